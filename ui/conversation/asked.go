package conversation

import (
	"slices"
	"strings"
	"sync"
	"unique"

	"ehlo/session"
	"ehlo/session/transcript"
)

// asked remembers what a transcript does not keep: how each line of ours was
// read, which of them a reply answers, and whether the line was encrypted then.
// It takes some 30 bytes an exchange. Safe for concurrent use.
type asked struct {
	mu      sync.Mutex
	sent    []sent
	replies []reply
	waiting []waiting
	hearing bool // a reply is coming in
	secure  bool
}

// sent is a line of ours; one of a message stands for all that follow it.
type sent struct {
	index  int32
	effect session.Effect
	verb   unique.Handle[string]
}

// reply is where a reply begins and the entry of the line it answers.
type reply struct {
	index  int32
	sent   int32 // toGreeting when it answers none
	secure bool
}

const toGreeting = -1

// waiting is a line whose answers are not all in.
type waiting struct {
	index   int32
	id      session.ID
	answers int
}

// take follows an event whose first entry will have an index.
func (a *asked) take(event session.Event, index int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	switch e := event.(type) {
	case session.Said:
		a.said(e, int32(index))
	case session.Heard:
		a.heard(e, int32(index))
	case session.Answered:
		a.hearing = false
		a.answered(e)
	case session.Passed:
		a.secure = a.secure || e.Stage == session.StageTLS
	case session.Ended, transcript.Recalled:
		a.waiting, a.hearing, a.secure = nil, false, false
	}
}

func (a *asked) said(e session.Said, index int32) {
	if e.Command.Answers > 0 {
		a.waiting = append(a.waiting, waiting{index, e.ID, e.Command.Answers})
	}
	text := e.Command.Effect == session.EffectText
	if last := len(a.sent) - 1; text && last >= 0 && a.sent[last].effect == session.EffectText {
		return
	}
	a.sent = append(a.sent, sent{index, e.Command.Effect, unique.Make(e.Command.Verb)})
}

func (a *asked) heard(e session.Heard, index int32) {
	for i := range e.Lines {
		if !e.Lines[i].First && a.hearing {
			continue
		}
		a.hearing = true
		switch {
		case e.Unasked:
		case greeting(e.To):
			a.replies = append(a.replies, reply{index + int32(i), toGreeting, a.secure})
		case len(a.waiting) > 0:
			a.replies = append(a.replies, reply{index + int32(i), a.waiting[0].index, a.secure})
		}
	}
}

// answered ends the wait of the line that a reply answers. Information alone
// (an untagged line of IMAP) answers nothing.
func (a *asked) answered(e session.Answered) {
	if e.Unasked || greeting(e.To) || e.Reply.Class == session.Data {
		return
	}
	for i := range a.waiting {
		if a.waiting[i].id != e.ToID {
			continue
		}
		if a.waiting[i].answers--; a.waiting[i].answers == 0 {
			a.waiting = slices.Delete(a.waiting, i, i+1)
		}
		return
	}
}

func greeting(to session.Command) bool {
	return to.Verb == "" && to.Line == "" && to.Answers == 0
}

// awaited reports whether an answer to the line of an entry is still to come.
func (a *asked) awaited(index int) bool {
	a.mu.Lock()
	defer a.mu.Unlock()
	return slices.ContainsFunc(a.waiting, func(w waiting) bool { return int(w.index) == index })
}

// command reads the line of an entry as it was read when it went out.
func (a *asked) command(index int, line string) session.Command {
	a.mu.Lock()
	defer a.mu.Unlock()
	at, exact := slices.BinarySearchFunc(a.sent, int32(index), func(s sent, i int32) int { return int(s.index) - int(i) })
	if !exact {
		at--
	}
	if at < 0 {
		return session.Command{Line: line, Answers: 1}
	}
	s := a.sent[at]
	if s.effect == session.EffectText {
		return session.Command{Line: line, Effect: s.effect}
	}
	command := session.Command{Verb: s.verb.Value(), Line: line, Effect: s.effect, Answers: 1}
	if _, arg, ok := strings.Cut(strings.TrimSpace(line), " "); ok {
		command.Arg = strings.TrimSpace(arg)
	}
	return command
}

// reply returns what is known of the reply that an entry belongs to, one that
// was asked for: the lines of two replies never mix.
func (a *asked) reply(index int) (reply, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	at, exact := slices.BinarySearchFunc(a.replies, int32(index), func(r reply, i int32) int { return int(r.index) - int(i) })
	if !exact {
		at--
	}
	if at < 0 {
		return reply{}, false
	}
	return a.replies[at], true
}

// trim forgets what belongs to entries that are no longer kept, in big pieces.
func (a *asked) trim(dropped int) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if half := len(a.sent) / 2; half > 0 && int(a.sent[half].index) < dropped {
		a.sent = slices.Clone(a.sent[half:])
	}
	if half := len(a.replies) / 2; half > 0 && int(a.replies[half].index) < dropped {
		a.replies = slices.Clone(a.replies[half:])
	}
}
