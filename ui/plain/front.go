package plain

import (
	"context"
	"strings"
	"time"

	"ehlo/session"
	"ehlo/session/script"
	"ehlo/session/verdict"
)

// maxHeld is how many lines may be typed ahead of the server.
const maxHeld = 100

// front is one run. All its methods are called by one goroutine; what happens
// elsewhere arrives in turn.
type front struct {
	config Config
	ctx    context.Context // its end hangs up
	life   context.Context // of the goroutines beside
	page   page
	input  <-chan entry // nil once it has ended
	asked  string       // the prompt that waits for a line
	wants  bool         // a line is wanted now
	held   []string     // lines that were read and not used
	looked chan look    // the look-up under way, if any
	look   *look        // its result
	notice notice
	about  subject

	patience <-chan time.Time // when within has waited enough
	spent    bool

	talk     *talk // the last one; nil before the first
	silent   bool  // it was said that no line is open
	brief    bool  // a QUIT is said on the way to something else
	guide    script.Guide
	guided   bool            // guide holds answers
	plan     *script.Send    // what a guided send follows, nil else
	signing  *signing        // a sign-in that is helped with, nil else
	unsigned bool            // the guide does not ask for a sign-in any more
	hides    bool            // what is asked for is a secret
	secured  map[string]bool // that were talked to in secret
	over     bool            // the run ends
	stop     bool            // because ctx has ended
	usage    string          // why it could not begin
	lost     subject         // the look-up that led nowhere, if one did
}

// converse takes line after line until the run ends.
func (f *front) converse() {
	for !f.over {
		f.settle()
		secret := f.talk.live() && f.talk.state.SecretNext()
		if secret {
			f.echo(false)
		}
		text, ok := f.line()
		if secret {
			f.echo(true)
		}
		if !ok {
			return
		}
		f.obey(text)
	}
}

// line waits for the next line of input; what the server says meanwhile is
// told. ok is false at the end of input or of the run.
func (f *front) line() (text string, ok bool) {
	f.wants = true
	defer func() { f.wants = false }()
	for len(f.held) == 0 && f.input != nil && !f.over {
		f.turn()
		if f.asked != "" && !f.page.open && !f.over {
			f.page.prompt(f.asked)
		}
	}
	if f.over || len(f.held) == 0 {
		return "", false
	}
	text, f.held = f.held[0], f.held[1:]
	return text, true
}

// ask prints a prompt and waits for its answer. From a pipe the answer is
// printed behind it, as a terminal would have shown it.
func (f *front) ask(prompt string) (text string, ok bool) {
	f.asked = prompt
	f.page.prompt(prompt)
	text, ok = f.line()
	f.asked = ""
	switch {
	case !f.page.open:
	case ok && f.config.Terminal && f.hides && f.config.Echo != nil:
		f.page.answer("") // the line end was not shown either
	case ok && f.config.Terminal:
		f.page.open = false
	case f.hides && ok:
		f.page.answer(session.Hidden)
	default:
		f.page.answer(text)
	}
	return text, ok
}

// settle waits until the server has answered all that was said.
func (f *front) settle() {
	f.await(func() bool { return f.talk == nil || f.talk.idle() })
}

// await handles what happens until done or the end of the run.
func (f *front) await(done func() bool) {
	for !f.over && !done() {
		f.turn()
	}
	if done() {
		f.notice = notice{}
	}
}

// turn waits for one thing to happen and handles it.
func (f *front) turn() {
	select {
	case typed, ok := <-f.listen():
		f.typed(typed, ok)
	case events, ok := <-f.talk.heard():
		f.told(events, ok)
	case found := <-f.looked:
		f.look, f.looked = &found, nil
	case <-f.notice.due():
		f.page.line(f.clock(time.Now()) + " " + f.notice.tell())
	case <-f.patience:
		f.spent = true
	case <-f.ctx.Done():
		f.over, f.stop = true, true
	}
	if f.page.err != nil {
		f.over = true
	}
}

// listen returns the input when a line may be read: from a pipe only when one
// is wanted, so that each waits its turn.
func (f *front) listen() <-chan entry {
	if !f.wants && !f.config.Terminal || len(f.held) >= maxHeld {
		return nil
	}
	return f.input
}

// typed takes a line of input, or its end.
func (f *front) typed(typed entry, ok bool) {
	switch {
	case !ok:
		f.input = nil
	case typed.tooLong:
		f.page.line(say("too long"))
	case f.wants:
		f.held = append(f.held, typed.text)
	case f.interrupts(typed.text):
	default:
		f.held = append(f.held, typed.text)
		f.page.line(say("held"))
	}
}

// now is the time that dates are held against.
func (f *front) now() time.Time {
	if f.config.Now != nil {
		return f.config.Now()
	}
	return time.Now()
}

// clock words the time of a line.
func (f *front) clock(at time.Time) string {
	if f.config.Now != nil {
		at = f.config.Now()
	}
	return at.Format("15:04:05")
}

// stamped prints a line with its time.
func (f *front) stamped(at time.Time, text string) {
	f.page.line(strings.TrimRight(f.clock(at)+" "+text, " "))
}

// verdict prints the three lines of a verdict.
func (f *front) verdict(v verdict.Verdict) {
	next := v.Next
	if other, ok := words().Next[v.Code]; ok {
		next = other
	}
	f.page.line(v.Word + ". " + v.Sentence)
	f.page.line(say("who", "who", v.WhoText))
	f.page.line(say("next", "next", next))
}
