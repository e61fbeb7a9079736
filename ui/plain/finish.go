package plain

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"ehlo/session"
	"ehlo/session/verdict"
)

// quitPatience is how long the answer to QUIT is waited for.
const quitPatience = 10 * time.Second

// within handles what happens until done, for d at most.
func (f *front) within(d time.Duration, done func() bool) {
	f.patience, f.spent = time.After(d), false
	f.await(func() bool { return f.spent || done() })
	f.patience = nil
}

// abandon hangs up without a word and waits until the line is closed. Inside a
// message the dot stays unsaid, so that no server takes half of it.
func (f *front) abandon() {
	if !f.talk.live() {
		return
	}
	switch {
	case f.talk.state.InPayload():
		f.talk.note("end", session.WhyStopped)
	case !f.talk.idle():
		f.talk.note("session", session.WhyStopped)
	}
	f.talk.session.Close()
	for f.talk.events != nil {
		events, ok := <-f.talk.events // closing takes no time
		f.told(events, ok)
	}
}

// leave ends the run as QUIT does: what is open is hung up.
func (f *front) leave() {
	f.brief = true
	switch {
	case f.over:
		f.abandon()
	case f.inPayload():
		f.page.line(say("message stopped"))
		f.abandon()
	default:
		f.settle()
		f.hangUp()
		f.abandon()
	}
	f.over = true
}

// judge returns the verdict on the last talk, else on the look-up.
func (f *front) judge() (verdict.Verdict, int) {
	if f.talk == nil {
		return f.lost.judge()
	}
	try, recipients := f.talk.facts()
	facts := verdict.Facts{
		Target: f.about.target.Domain.ASCII, Domain: f.about.target.Domain.ASCII,
		Tries: append([]verdict.Try{try}, f.talk.evidence...), Recipients: recipients,
	}
	if len(f.talk.evidence) > 0 {
		facts.Route = f.about.route
	}
	said, exit := verdict.Of(facts)
	said = said.Short()
	return said, exit
}

// conclude returns the exit code and the sentence for it.
func (f *front) conclude() (exit int, err error) {
	if f.page.open {
		f.page.end()
	}
	switch {
	case f.stop:
		return verdict.ExitStopped, errors.New(say("stopped"))
	case f.page.err != nil:
		return verdict.ExitFailed, errors.New(say("unwritable", "reason", f.page.err.Error()))
	}
	if f.talk != nil || f.lost.route != nil {
		if said, exit := f.judge(); exit != verdict.ExitDone {
			return exit, errors.New(f.withCode(said.Sentence, exit))
		}
	}
	if f.usage != "" {
		return verdict.ExitUsage, errors.New(f.usage)
	}
	return verdict.ExitDone, nil // also when nothing was tried: nothing went wrong
}

// stageOf is the stage whose refusal an exit code tells of.
var stageOf = map[int]verdict.StageName{
	verdict.ExitHello: "hello", verdict.ExitMail: "mail", verdict.ExitNotNow: "rcpt", verdict.ExitRecipient: "rcpt",
}

// withCode adds the code of the refusal that decided, where one did: of the
// stage that the exit code is about, else the last.
func (f *front) withCode(sentence string, exit int) string {
	if f.talk == nil {
		return sentence
	}
	code := 0
	try, _ := f.talk.facts()
	decided := false
	for _, stage := range try.Stages {
		if stage.OK || stage.Code == 0 || stage.Name == "quit" || decided && stage.Name != stageOf[exit] {
			continue
		}
		code, decided = stage.Code, stage.Name == stageOf[exit]
	}
	if code == 0 || strings.Contains(sentence, fmt.Sprint(code)) {
		return sentence
	}
	return fmt.Sprintf("%s (%d).", strings.TrimSuffix(sentence, "."), code)
}
