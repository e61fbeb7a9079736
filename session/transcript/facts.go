package transcript

import (
	"errors"
	"reflect"
	"time"

	"ehlo/session"
)

// Unkept is the event of a note that the transcript makes itself: the journal
// cannot be written, so only the newest MaxBytes are kept from now on.
type Unkept struct {
	session.Stamp
	Reason string // from the operating system
}

// Recalled is the event of the notes around a talk that was cut off and is shown
// again: the first has when it began and how much of it is lost, the last is
// Over.
type Recalled struct {
	session.Stamp
	Begun time.Time
	Lost  int // parts that could not be read
	Over  bool
}

// facts are the events and patches of a chunk as they are written.
type facts struct {
	Events  []fact
	Patches []fact
}

// fact is one event, and of a patch what it is told of. One field of the
// events is set.
type fact struct {
	Began     *session.Began
	Passed    *session.Passed
	BodyBegan *session.BodyBegan
	BodyMoved *session.BodyMoved
	BodyEnded *session.BodyEnded
	Endless   *session.Endless
	Overdue   *overdue
	GaveUp    *gaveUp
	Returned  *session.Returned
	Ended     *ended
	Unkept    *Unkept
	Recalled  *Recalled

	Chunk, Entry int
	Serial       uint32
	Class        session.Class
	Took         uint32
	Timed        bool
}

// Events that name a command or a reply, and causes with an error, are written
// in types of their own: commands and replies may carry secrets for the next
// line, which are never written, and an error is only known by its words.
type (
	reply struct {
		Class               session.Class
		Code                int
		Enhanced, Word, Tag string
		Lines               []string
		Dropped             int
		Bytes               int64
		Flaws               session.Flaw
		Closing             bool
	}
	command struct {
		Verb, Arg, Line string
		Effect          session.Effect
		Answers         int
	}
	overdue struct {
		session.Stamp
		To     command
		Waited time.Duration
	}
	gaveUp struct {
		session.Stamp
		To command
	}
	ended struct {
		session.Stamp
		Cause *cause
	}
	cause struct {
		Why   session.Why
		Stage session.Stage
		To    command
		Reply *reply
		Lines []string
		Err   string
	}
)

func commandOf(c session.Command) command {
	return command{c.Verb, c.Arg, c.Line, c.Effect, c.Answers}
}

func (c command) command() session.Command {
	return session.Command{Verb: c.Verb, Arg: c.Arg, Line: c.Line, Effect: c.Effect, Answers: c.Answers}
}

// stripped is an event as it is kept: without what folds a conversation, or what
// a sign-in is tied to.
func stripped(event session.Event) session.Event {
	switch e := event.(type) {
	case session.Passed:
		e.State = nil
		if e.TLS != nil {
			layer := *e.TLS
			layer.Binding = session.Binding{}
			e.TLS = &layer
		}
		return e
	case session.Ended:
		e.State = nil
		return e
	}
	return event
}

func factOf(event session.Event) (f fact) {
	switch e := event.(type) {
	case session.Began:
		f.Began = &e
	case session.Passed:
		f.Passed = &e
	case session.BodyBegan:
		f.BodyBegan = &e
	case session.BodyMoved:
		f.BodyMoved = &e
	case session.BodyEnded:
		f.BodyEnded = &e
	case session.Endless:
		f.Endless = &e
	case session.Overdue:
		f.Overdue = &overdue{e.Stamp, commandOf(e.To), e.Waited}
	case session.GaveUp:
		f.GaveUp = &gaveUp{e.Stamp, commandOf(e.To)}
	case session.Returned:
		f.Returned = &e
	case session.Ended:
		f.Ended = &ended{e.Stamp, causeOf(e.Cause)}
	case Unkept:
		f.Unkept = &e
	case Recalled:
		f.Recalled = &e
	}
	return f
}

func causeOf(c *session.Cause) *cause {
	if c == nil {
		return nil
	}
	kept := cause{Why: c.Why, Stage: c.Stage, To: commandOf(c.To), Lines: c.Lines}
	if r := c.Reply; r != nil {
		kept.Reply = &reply{r.Class, r.Code, r.Enhanced, r.Word, r.Tag, r.Lines, r.Dropped, r.Bytes, r.Flaws, r.Closing}
	}
	if c.Err != nil {
		kept.Err = c.Err.Error()
	}
	return &kept
}

func (c *cause) cause() *session.Cause {
	if c == nil {
		return nil
	}
	read := session.Cause{Why: c.Why, Stage: c.Stage, To: c.To.command(), Lines: c.Lines}
	if r := c.Reply; r != nil {
		read.Reply = &session.Reply{
			Class: r.Class, Code: r.Code, Enhanced: r.Enhanced, Word: r.Word, Tag: r.Tag,
			Lines: r.Lines, Dropped: r.Dropped, Bytes: r.Bytes, Flaws: r.Flaws, Closing: r.Closing,
		}
	}
	if c.Err != "" {
		read.Err = errors.New(c.Err)
	}
	return &read
}

// event is nil when no field is set.
func (f fact) event() session.Event {
	switch {
	case f.Began != nil:
		return *f.Began
	case f.Passed != nil:
		return *f.Passed
	case f.BodyBegan != nil:
		return *f.BodyBegan
	case f.BodyMoved != nil:
		return *f.BodyMoved
	case f.BodyEnded != nil:
		return *f.BodyEnded
	case f.Endless != nil:
		return *f.Endless
	case f.Overdue != nil:
		return session.Overdue{Stamp: f.Overdue.Stamp, To: f.Overdue.To.command(), Waited: f.Overdue.Waited}
	case f.GaveUp != nil:
		return session.GaveUp{Stamp: f.GaveUp.Stamp, To: f.GaveUp.To.command()}
	case f.Returned != nil:
		return *f.Returned
	case f.Ended != nil:
		return session.Ended{Stamp: f.Ended.Stamp, Cause: f.Ended.Cause.cause()}
	case f.Unkept != nil:
		return *f.Unkept
	case f.Recalled != nil:
		return *f.Recalled
	}
	return nil
}

// appendFacts appends the events and patches of a chunk, nothing if it has
// none.
func appendFacts(dst []byte, b *body) []byte {
	if len(b.events) == 0 && len(b.patches) == 0 {
		return dst
	}
	var all facts
	for _, event := range b.events {
		all.Events = append(all.Events, factOf(event))
	}
	for _, p := range b.patches {
		f := factOf(p.patch.event)
		f.Chunk, f.Entry, f.Serial = p.chunk, p.patch.entry, p.patch.serial
		f.Class, f.Took, f.Timed = p.patch.class, p.patch.took, p.patch.timed
		all.Patches = append(all.Patches, f)
	}
	return appendValue(dst, reflect.ValueOf(all))
}

func readFacts(data []byte, b *body) error {
	if len(data) == 0 {
		return nil
	}
	var all facts
	in := reader{data, true}
	if in.value(reflect.ValueOf(&all).Elem()); !in.ok || len(in.data) > 0 {
		return errDamaged
	}
	for _, f := range all.Events {
		b.events = append(b.events, f.event())
	}
	for _, f := range all.Patches {
		b.patches = append(b.patches, told{f.Chunk, patch{f.Entry, f.Serial, f.Class, f.Took, f.Timed, f.event()}})
	}
	return nil
}
