package transcript

import "ehlo/session"

// talk is what Append has to remember of the conversation under way.
type talk struct {
	waiting []waiting     // lines whose answers are not all in, oldest first
	serial  uint32        // of the last reply
	hearing bool          // a reply is being heard
	open    int           // index of its first line
	stage   session.Stage // whose note is still to be completed
	note    int           // index of that note
	upload  bool          // a message is on its way
	body    int           // index of its entry
}

// waiting is a line sent that is still to be answered.
type waiting struct {
	index   int
	id      session.ID
	answers int
}

// Append adds what an event tells and returns the index of the first entry
// that is new or has changed; Len when none has.
func (t *Transcript) Append(event session.Event) (changed int) {
	changed = t.length
	r := record{at: event.When().UnixNano()}
	switch e := event.(type) {
	case session.Said:
		t.said(r, e)
	case session.Heard:
		t.heard(r.at, e)
	case session.Answered:
		changed = t.answered(e)
	case session.Began:
		t.talk.stage, t.talk.note = e.Stage, t.length
		t.addEvent(r, KindNote, e)
	case session.Passed:
		changed = t.passed(r, e)
	case session.BodyBegan:
		t.talk.body, t.talk.upload = t.length, true
		t.addEvent(r, KindBody, e)
	case session.BodyMoved, session.BodyEnded:
		changed = t.moved(r, e)
	case session.Ended:
		t.talk = talk{serial: t.talk.serial}
		t.addEvent(r, KindNote, e)
	default:
		t.addEvent(r, KindNote, e)
	}
	return max(changed, t.dropped)
}

func (t *Transcript) said(r record, e session.Said) {
	if e.Command.Answers > 0 {
		t.talk.waiting = append(t.talk.waiting, waiting{t.length, e.ID, e.Command.Answers})
	}
	r.flags = flag(e.Stuffed, Stuffed)
	t.addLine(r, KindSent, e.Command.Line)
}

func (t *Transcript) heard(at int64, e session.Heard) {
	for _, line := range e.Lines {
		if line.First || !t.talk.hearing {
			t.talk.serial++
			t.talk.open, t.talk.hearing = t.length, true
		}
		r := record{at: at, serial: t.talk.serial, flaws: line.Flaws}
		r.extra = clamp(int64(line.Cut))
		r.flags = flag(line.First, FirstLine) | flag(e.Unasked, Unasked) | flag(e.Late, Late)
		t.addLine(r, KindHeard, line.Text)
	}
}

func flag(set bool, f Flag) Flag {
	if set {
		return f
	}
	return 0
}

// answered tells the lines of a whole reply, and the line it answers, how it
// went.
func (t *Transcript) answered(e session.Answered) int {
	changed := t.length
	if t.talk.hearing {
		for i := max(t.talk.open, t.dropped); i < t.length; i++ {
			if r := t.record(i); r.kind() == KindHeard && r.serial == t.talk.serial {
				r.setClass(e.Reply.Class)
				changed = min(changed, i)
			}
		}
		t.talk.hearing = false
	}
	sent, ok := t.match(e)
	if !ok || sent < t.dropped {
		return changed
	}
	r := t.record(sent)
	r.setTook(e.Took)
	r.serial = t.talk.serial
	r.setClass(worse(r, e.Reply.Class))
	return min(changed, sent)
}

// match finds the line that a reply answers; a greeting answers none.
func (t *Transcript) match(e session.Answered) (int, bool) {
	greeting := e.ToID == 0 && e.To.Verb == "" && e.To.Line == ""
	if e.Unasked || greeting {
		return 0, false
	}
	for i := range t.talk.waiting {
		w := &t.talk.waiting[i]
		if w.id != e.ToID {
			continue
		}
		index := w.index
		if w.answers--; w.answers == 0 {
			t.talk.waiting = append(t.talk.waiting[:i], t.talk.waiting[i+1:]...)
		}
		return index, true
	}
	return 0, false
}

// worse returns the class of a line that has several answers.
func worse(r *record, c session.Class) session.Class {
	if r.flags&Whole != 0 && r.class().Refusal() && r.class() > c {
		return r.class()
	}
	return c
}

// passed completes the note of its stage, or adds one.
func (t *Transcript) passed(r record, e session.Passed) int {
	at := t.talk.note
	if t.talk.stage != e.Stage || at < t.dropped {
		at = t.length
		t.addEvent(r, KindNote, e)
	} else {
		t.setEvent(at, e)
	}
	t.talk.stage = ""
	t.record(at).setTook(e.Took)
	return at
}

// moved tells the entry of a message how far it is.
func (t *Transcript) moved(r record, e session.Event) int {
	at := t.talk.body
	if !t.talk.upload || at < t.dropped {
		at = t.length
		t.talk.body = at
		t.addEvent(r, KindBody, e)
	} else {
		t.setEvent(at, e)
	}
	_, ended := e.(session.BodyEnded)
	t.talk.upload = !ended
	return at
}
