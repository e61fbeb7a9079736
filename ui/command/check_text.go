package command

import (
	"fmt"
	"io"
	"strings"

	"ehlo/session/address"
	"ehlo/session/sanitize"
	"ehlo/session/verdict"
)

// printChecked writes what came of one target, for people.
func (j *checkJob) printChecked(out io.Writer, q question, facts verdict.Facts) {
	printVerdict(out, *facts.Verdict)
	try := verdict.Deciding(facts.Tries)
	if try != nil {
		fmt.Fprintf(out, "%-12s %s\n", "Server", sanitize.Text(serverLine(*try)))
	}
	for _, recipient := range facts.Recipients {
		line := fmt.Sprintf("%s %s", recipient.Address, answerWords[recipient.Answer])
		if recipient.Code != 0 {
			line += fmt.Sprintf(": %d %s", recipient.Code, recipient.Text)
		}
		fmt.Fprintf(out, "%-12s %s\n", "Recipient", sanitize.Text(line))
	}
	if try != nil {
		printControl(out, *try)
	}
	if q.Kind == address.KindMailbox && len(facts.Tries) > 0 {
		fmt.Fprintf(out, "%-12s %s\n", "Asked as", sanitize.Text(j.askedAs()))
	}
	printMatrix(out, facts)
	if facts.Route != nil {
		if asked := whoAnswered(facts.Route); asked != "" {
			fmt.Fprintf(out, "\n%s\n", asked)
		}
	}
	fmt.Fprintln(out, "\nNothing was sent.")
}

// askedAs says which sender the question was asked with.
func (j *checkJob) askedAs() string {
	if j.plan.From == "" {
		return "<>, the null sender (--from names another)"
	}
	return j.plan.From
}

// printControl writes what became of the made-up name, if it was asked about.
func printControl(out io.Writer, try verdict.Try) {
	for _, stage := range try.Stages {
		if stage.Name != verdict.Control {
			continue
		}
		said := "no answer"
		if stage.Code != 0 {
			said = fmt.Sprintf("%s: %d %s", word(stage), stage.Code, strings.Join(stage.Text, " "))
		}
		fmt.Fprintf(out, "%-12s %s\n", "Made-up name", sanitize.Text(said))
	}
}

// printLine writes one of many results in one line.
func printLine(out io.Writer, facts verdict.Facts) {
	word, said := "CANNOT TELL", ""
	if facts.Verdict != nil {
		word, said = facts.Verdict.Word, facts.Verdict.Code+": "+facts.Verdict.Sentence
	} else if facts.Route != nil {
		said = "not asked: " + facts.Route.Error
	}
	fmt.Fprintf(out, "%-12s %s  %s\n", word, sanitize.Text(facts.Target), sanitize.Text(said))
}
