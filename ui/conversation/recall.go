package conversation

import (
	"time"

	"ehlo/session"
	"ehlo/session/transcript"
)

// Recall adds a talk of another run, which began at a time, between two notes
// that say so. Nothing else is added meanwhile. It reads, so it is not for the
// goroutine that draws; like Append it may be called on a copy. The error is
// that of reading, what was read until then stays.
func (m *Model) Recall(old *transcript.Recovered, begun, now time.Time) error {
	m.order.Lock()
	defer m.order.Unlock()
	at := session.Stamp{At: now}
	m.add(transcript.Recalled{Stamp: at, Begun: begun, Lost: old.Lost()})
	r := &recaller{add: m.add, dialect: m.dialect, state: m.dialect.Start()}
	err := old.Entries(r.take)
	r.close()
	m.add(transcript.Recalled{Stamp: at, Begun: begun, Over: true})
	return err
}

// add is Append of one event that need not hurry.
func (m *Model) add(event session.Event) {
	m.asked.take(event, m.store.Append(event))
	m.asked.trim(m.store.Dropped())
	m.store.Room()
}

// recaller makes entries events again, as they were told.
type recaller struct {
	add     func(session.Event)
	dialect session.Dialect
	state   session.State
	id      session.ID
	waiting []asking

	batch  session.Heard
	last   transcript.Entry // of the reply that is open
	framer session.Framer   // nil: none is open
	whole  bool             // the framer has all of it
}

// asking is a line sent that had an answer.
type asking struct {
	id      session.ID
	command session.Command
	entry   transcript.Entry
}

// maxBatch is how many lines are told at once.
const maxBatch = 256

func (r *recaller) take(e transcript.Entry) bool {
	switch e.Kind {
	case transcript.KindHeard:
		r.heard(e)
	case transcript.KindSent:
		if r.flush(); r.whole {
			r.close() // how the line is read may rest on it
		}
		r.said(e)
	default:
		r.flush()
		r.tell(e.Event)
	}
	return true
}

func (r *recaller) said(e transcript.Entry) {
	r.id++
	command := r.dialect.Parse(e.Text, r.state)
	r.state = r.state.Sent(command)
	command.Answers = 0
	if e.Flags&transcript.Timed != 0 {
		command.Answers = 1 // of several the last one tells all
		r.waiting = append(r.waiting, asking{r.id, command, e})
	}
	r.add(session.Said{Stamp: session.Stamp{At: e.At}, ID: r.id, Command: command, Stuffed: e.Flags&transcript.Stuffed != 0})
}

// heard gathers lines of one reply that arrived together.
func (r *recaller) heard(e transcript.Entry) {
	if e.Flags&transcript.FirstLine != 0 || r.framer == nil {
		r.close()
		r.framer = r.dialect.Frame(r.state)
	}
	if !e.At.Equal(r.batch.At) || len(r.batch.Lines) >= maxBatch {
		r.flush()
	}
	r.whole = r.framer.Take([]byte(e.Text), e.Flaws)
	r.last, r.batch.At = e, e.At
	r.batch.Unasked, r.batch.Late = e.Flags&transcript.Unasked != 0, e.Flags&transcript.Late != 0
	r.batch.Lines = append(r.batch.Lines, session.HeardLine{
		Text: e.Text, Cut: e.Cut, Flaws: e.Flaws, First: e.Flags&transcript.FirstLine != 0,
	})
}

// flush tells the lines that were gathered.
func (r *recaller) flush() {
	if len(r.batch.Lines) > 0 {
		if to, ok := r.answers(); ok {
			r.batch.To = to.command
		}
		r.add(r.batch)
	}
	r.batch = session.Heard{}
}

// answers returns the line that the open reply answers.
func (r *recaller) answers() (asking, bool) {
	if len(r.waiting) == 0 {
		return asking{}, false
	}
	for _, w := range r.waiting {
		if w.entry.Reply == r.last.Reply {
			return w, true
		}
	}
	return asking{command: r.waiting[0].command}, true
}

// close tells that the open reply is whole, if it was.
func (r *recaller) close() {
	r.flush()
	if r.framer == nil {
		return
	}
	reply := r.framer.Reply()
	r.framer, r.whole = nil, false
	if r.last.Flags&transcript.Whole == 0 {
		return
	}
	to, _ := r.answers()
	reply.Class = r.last.Class
	if r.last.Flags&transcript.Unasked == 0 {
		r.state = r.state.Heard(reply)
	}
	r.add(session.Answered{
		Stamp: session.Stamp{At: r.last.At}, Reply: reply, To: to.command, ToID: to.id, Took: to.entry.Took,
		Unasked: r.last.Flags&transcript.Unasked != 0, Late: r.last.Flags&transcript.Late != 0,
	})
	for i, w := range r.waiting {
		if w.id == to.id {
			r.waiting = append(r.waiting[:i], r.waiting[i+1:]...)
			return
		}
	}
}

// tell tells an event, and follows the conversation by it.
func (r *recaller) tell(event session.Event) {
	switch e := event.(type) {
	case nil, transcript.Unkept:
		return
	case session.Passed:
		r.close()
		if e.Stage == session.StageTLS {
			r.state = r.state.Encrypted()
		}
	case session.BodyBegan, session.BodyMoved, session.BodyEnded:
		r.close()
	case session.Ended, transcript.Recalled:
		r.close()
		r.state, r.waiting = r.dialect.Start(), nil
	}
	r.add(event)
}
