package transcript

import (
	"bytes"
	"encoding/gob"
	"errors"

	"ehlo/session"
)

// Unkept is the event of a note that the transcript makes itself: the journal
// cannot be written, so only the newest MaxBytes are kept from now on.
type Unkept struct {
	session.Stamp
	Reason string // from the operating system
}

// facts are the events and patches of a chunk as they are written. The type
// is gob's: strings keep their exact bytes, whatever they are.
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
	Overdue   *session.Overdue
	GaveUp    *session.GaveUp
	Returned  *session.Returned
	Ended     *session.Ended
	Unkept    *Unkept
	Err       string // of the cause of an end

	Chunk, Entry int
	Serial       uint32
	Class        session.Class
	Took         uint32
	Timed        bool
}

// stripped is an event as it is kept: without what folds a conversation.
func stripped(event session.Event) session.Event {
	switch e := event.(type) {
	case session.Passed:
		e.State = nil
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
	case session.Overdue:
		f.Overdue = &e
	case session.GaveUp:
		f.GaveUp = &e
	case session.Returned:
		f.Returned = &e
	case session.Ended:
		f.Ended = ended(&e, &f.Err)
	case Unkept:
		f.Unkept = &e
	}
	return f
}

// ended puts the error of a cause, of whatever type, into words.
func ended(e *session.Ended, words *string) *session.Ended {
	if e.Cause != nil && e.Cause.Err != nil {
		cause := *e.Cause
		*words, cause.Err = cause.Err.Error(), nil
		e.Cause = &cause
	}
	return e
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
	case f.Overdue != nil:
		return *f.Overdue
	case f.GaveUp != nil:
		return *f.GaveUp
	case f.Returned != nil:
		return *f.Returned
	case f.Ended != nil:
		if f.Err != "" && f.Ended.Cause != nil {
			f.Ended.Cause.Err = errors.New(f.Err)
		}
		return *f.Ended
	case f.Unkept != nil:
		return *f.Unkept
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
	out := bytes.NewBuffer(dst)
	if err := gob.NewEncoder(out).Encode(all); err != nil {
		return dst // a chunk whose facts are missing is damaged, not lost to the others
	}
	return out.Bytes()
}

func readFacts(data []byte, b *body) error {
	if len(data) == 0 {
		return nil
	}
	var all facts
	if err := gob.NewDecoder(bytes.NewReader(data)).Decode(&all); err != nil {
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
