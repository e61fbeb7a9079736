package command

import (
	"fmt"
	"strings"

	"ehlo/session/sanitize"
	"ehlo/session/verdict"
)

const (
	exitFailed  = verdict.ExitFailed
	exitUsage   = verdict.ExitUsage
	exitStopped = verdict.ExitStopped
)

// maxSentence bounds the last line on standard error, in characters.
const maxSentence = 300

// Failure is why a command ends with another code than 0, in one sentence.
type Failure struct {
	Code     int
	Sentence string
}

func (f *Failure) Error() string { return f.Sentence }

// line is the one line that a non-zero exit ends with.
func (f *Failure) line() string {
	text := []rune("ehlo: " + sanitize.Text(strings.Join(strings.Fields(f.Sentence), " ")))
	if len(text) > maxSentence {
		text = append(text[:maxSentence-3], []rune("...")...)
	}
	return string(text)
}

// usage is a Failure for a command line or file that cannot be used.
func usage(format string, args ...any) *Failure {
	return &Failure{Code: exitUsage, Sentence: fmt.Sprintf(format, args...)}
}

// failed turns a verdict into the Failure that says it; nil when all is well.
func failed(facts verdict.Facts) error {
	if facts.Exit == 0 || facts.Verdict == nil {
		return nil
	}
	sentence := facts.Verdict.Sentence
	if code := refusalCode(facts); code != 0 && !strings.Contains(sentence, fmt.Sprint(code)) {
		sentence = fmt.Sprintf("%s (%d).", strings.TrimSuffix(sentence, "."), code)
	}
	return &Failure{Code: facts.Exit, Sentence: sentence}
}

// refusalCode is the code of the refusal that decided; 0 when it was none.
func refusalCode(facts verdict.Facts) (code int) {
	try := verdict.Deciding(facts.Tries)
	if try == nil {
		return 0
	}
	for _, stage := range try.Stages {
		if !stage.OK && stage.Code != 0 && stage.Name != "quit" && stage.Name != verdict.Control && decides(stage, facts.Exit) {
			code = stage.Code
		}
	}
	return code
}

// decides reports whether an answer may have led to an exit code: of several
// recipients' answers only those of its class.
func decides(stage verdict.Stage, exit int) bool {
	switch exit {
	case verdict.ExitNotNow:
		return stage.Code/100 == 4
	case verdict.ExitRecipient:
		return stage.Code/100 == 5
	case verdict.ExitLost:
		return stage.Cause == "" && stage.Name != "rcpt"
	}
	return true
}
