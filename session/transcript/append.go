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
	class   session.Class // the worst so far
}

// Append adds what an event tells and returns the index of the first entry
// that is new; Len when none is. It never waits: see Room.
func (t *Transcript) Append(event session.Event) (index int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	index, t.told = t.length, true
	r := record{at: event.When().UnixNano()}
	switch e := event.(type) {
	case session.Said:
		t.said(r, e)
	case session.Heard:
		t.heard(r.at, e)
	case session.Answered:
		t.answered(e)
	case session.Began:
		t.talk.stage, t.talk.note = e.Stage, t.length
		t.addEvent(r, KindNote, e)
	case session.Passed:
		t.passed(r, e)
	case session.BodyBegan:
		t.talk.body, t.talk.upload = t.length, true
		t.addEvent(r, KindBody, e)
	case session.BodyMoved, session.BodyEnded:
		t.moved(r, e)
	case session.Ended, Recalled:
		t.talk = talk{serial: t.talk.serial}
		t.addEvent(r, KindNote, e)
	default:
		t.addEvent(r, KindNote, e)
	}
	return index
}

func (t *Transcript) said(r record, e session.Said) {
	if e.Command.Answers > 0 {
		t.talk.waiting = append(t.talk.waiting, waiting{index: t.length, id: e.ID, answers: e.Command.Answers})
	}
	r.flags = flag(e.Stuffed, Stuffed)
	t.addLine(r, KindSent, e.Command.Line)
}

// heard adds the lines of a batch. It is what a flood comes down to: lines that
// differ in their text alone share a record.
func (t *Transcript) heard(at int64, e session.Heard) {
	flags := flag(e.Unasked, Unasked) | flag(e.Late, Late)
	if e.Block != nil {
		t.heardBlock(record{at: at, what: uint8(KindHeard), flags: flags}, e.Block)
	}
	for lines := e.Lines; len(lines) > 0; {
		line := &lines[0]
		if line.First || !t.talk.hearing {
			t.talk.serial++
			t.talk.open, t.talk.hearing = t.length, true
		}
		c := t.open(len(line.Text) + len(lineEnd))
		c.body.share(record{
			at: at, serial: t.talk.serial, extra: clamp(int64(line.Cut)), flaws: line.Flaws,
			what: uint8(KindHeard), flags: flags | flag(line.First, FirstLine),
		})
		n, size := c.takeLines(lines)
		c.heard += n
		t.added(c, n, size)
		lines = lines[n:]
	}
	t.bound()
}

// heardBlock adds the lines of a block, in the midst of a reply.
func (t *Transcript) heardBlock(r record, block *session.Block) {
	text, ends := block.Text(), block.Ends()
	if !t.talk.hearing {
		t.talk.serial++
		t.talk.open, t.talk.hearing = t.length, true
	}
	r.serial = t.talk.serial
	for from := 0; len(ends) > 0; {
		c := t.open(int(ends[0]) - from)
		c.body.share(r)
		n := c.takeBlock(text, from, ends)
		size := int(ends[n-1]) - from
		c.heard += n
		t.added(c, n, size)
		from, ends = from+size, ends[n:]
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
func (t *Transcript) answered(e session.Answered) {
	if t.talk.hearing {
		t.talk.hearing = false
		t.classify(e.Reply.Class)
	}
	sent, class, ok := t.match(e)
	c := t.chunk(sent)
	if !ok || c == nil {
		return
	}
	told := patch{entry: sent, serial: t.talk.serial, class: class, took: clamp(e.Took.Microseconds()), timed: true}
	if c != t.chunks[len(t.chunks)-1] {
		t.patch(c, told)
		return
	}
	told.apply(&c.body.records[c.body.find(sent-c.first)], sent)
}

// classify gives the lines of the last reply its class.
func (t *Transcript) classify(class session.Class) {
	first := max(t.talk.open, t.dropped)
	if c := t.chunk(t.talk.open); c != nil && class.Refusal() {
		c.refusals++
	}
	whole := patch{entry: wholeReply, serial: t.talk.serial, class: class}
	last := t.chunks[len(t.chunks)-1]
	for n := len(t.chunks) - 2; n >= 0 && t.chunks[n].first+t.chunks[n].count > first; n-- {
		t.patch(t.chunks[n], whole)
	}
	if first >= t.length {
		return
	}
	for n := last.body.find(max(first, last.first) - last.first); n < len(last.body.records); n++ {
		whole.apply(&last.body.records[n], 0)
	}
}

// match finds the line that a reply answers, and the worst class of its
// answers; a greeting answers none.
func (t *Transcript) match(e session.Answered) (int, session.Class, bool) {
	greeting := e.ToID == 0 && e.To.Verb == "" && e.To.Line == ""
	if e.Unasked || greeting {
		return 0, 0, false
	}
	for i := range t.talk.waiting {
		w := &t.talk.waiting[i]
		if w.id != e.ToID {
			continue
		}
		if class := e.Reply.Class; !w.class.Refusal() || class >= w.class {
			w.class = class
		}
		found := *w
		if w.answers--; w.answers == 0 {
			t.talk.waiting = append(t.talk.waiting[:i], t.talk.waiting[i+1:]...)
		}
		return found.index, found.class, true
	}
	return 0, 0, false
}

// passed completes the note of its stage, or adds one.
func (t *Transcript) passed(r record, e session.Passed) {
	took := clamp(e.Took.Microseconds())
	if t.talk.stage == e.Stage && t.talk.note >= t.dropped {
		t.setEvent(t.talk.note, e, took, true)
	} else {
		r.setTook(took)
		t.addEvent(r, KindNote, e)
	}
	t.talk.stage = ""
}

// moved tells the entry of a message how far it is.
func (t *Transcript) moved(r record, e session.Event) {
	if at := t.talk.body; !t.talk.upload || at < t.dropped {
		t.talk.body = t.length
		t.addEvent(r, KindBody, e)
	} else {
		t.setEvent(at, e, 0, false)
	}
	_, ended := e.(session.BodyEnded)
	t.talk.upload = !ended
}
