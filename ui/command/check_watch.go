package command

import (
	"bytes"
	"io"
	"sync"

	"ehlo/session"
	"ehlo/session/probe"
)

// turns writes the transcripts of talks that go on side by side one after the
// other: the first as it happens, each of the others in one piece when it has
// ended and nobody is being shown.
type turns struct {
	mu    sync.Mutex
	out   io.Writer
	live  *talk
	ended bytes.Buffer // what waits for the end of the live one
}

func newTurns(out io.Writer) *turns { return &turns{out: out} }

// talk is one of several talks.
type talk struct {
	turns *turns
	held  bytes.Buffer // said, and not shown yet
}

// enter returns what sees the events of one more talk.
func (t *turns) enter(probe.Target) func(session.Event) {
	mine := &talk{turns: t}
	lines := &transcript{out: mine}
	return func(event session.Event) {
		t.mu.Lock()
		defer t.mu.Unlock()
		if t.live == nil {
			t.live = mine
		}
		lines.Watch(event)
		if _, over := event.(session.Ended); over {
			t.leave(mine)
		}
	}
}

// Write shows what is live and keeps the rest; turns is locked.
func (t *talk) Write(p []byte) (int, error) {
	if t.turns.live != t {
		return t.held.Write(p)
	}
	if t.held.Len() > 0 { // said before its turn came
		if _, err := t.held.WriteTo(t.turns.out); err != nil {
			return 0, err
		}
	}
	return t.turns.out.Write(p)
}

// leave ends a talk. That standard error cannot be written stops nothing.
func (t *turns) leave(mine *talk) {
	if t.live != mine {
		_, _ = mine.held.WriteTo(&t.ended)
		return
	}
	t.live = nil
	_, _ = t.ended.WriteTo(t.out)
}
