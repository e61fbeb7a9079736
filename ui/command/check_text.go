package command

import (
	"fmt"
	"io"
	"strings"

	"ehlo/session/address"
	"ehlo/session/probe"
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
	printOurselves(out, facts.Ourselves)
	printMatrix(out, facts)
	printDifferential(out, facts.Tries)
	printNotes(out, facts.Route)
	if j.theirs.Route != nil {
		printBeside(out, j.ours, j.theirs)
	}
	if facts.Route != nil {
		if asked := whoAnswered(facts.Route); asked != "" {
			fmt.Fprintf(out, "\n%s\n", asked)
		}
	}
	fmt.Fprintln(out, "\nNothing was sent.")
}

// printOurselves writes where it was tested from, and what DNS says about that.
func printOurselves(out io.Writer, ours *verdict.Ourselves) {
	if ours == nil {
		return
	}
	from := fmt.Sprintf("%s, our end of the connection", ours.Address)
	if ours.Told {
		from = fmt.Sprintf("%s, as the server saw it", ours.Address)
	}
	fmt.Fprintf(out, "%-12s %s\n", "Tested from", from)
	for _, note := range ours.Notes {
		fmt.Fprintf(out, "%-12s %s\n", "", sanitize.Text(note.Text))
	}
}

// printNotes writes what is to know of a route, but not that a name leads back
// as it should, or was not told.
func printNotes(out io.Writer, route *verdict.Route) {
	if route == nil {
		return
	}
	notes := append([]verdict.Note{}, route.Notes...)
	for _, host := range route.Hosts {
		for _, note := range host.Notes {
			if note.Code != probe.CodeReverse && note.Code != probe.CodeReverseUnknown {
				notes = append(notes, verdict.Note{Text: host.Name + ": " + note.Text})
			}
		}
	}
	for i, note := range notes {
		if i == 0 {
			fmt.Fprintln(out)
		}
		fmt.Fprintf(out, "note: %s\n", sanitize.Text(note.Text))
	}
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
