package ui

import (
	"context"
	"slices"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session"
	"ehlo/ui/conversation"
)

const (
	// frame is the time from one message of a session to the next while it
	// tells much: what comes meanwhile comes in one.
	frame = 50 * time.Millisecond
	// ahead is how many messages may come at once after a pause, so that a talk
	// in single lines is not held up: 20 a second, and these, make 30.
	ahead = 10
	// flood is how many lines in one message make it a flood, which has no such
	// credit.
	flood = 500
)

// source is the events of a session on their way to the screen. The lines that
// a server says go to the talk as they come; of the rest, the screen gets a
// message a frame. So a flood is kept as fast as it comes, costs one message a
// frame and not one a line, and a slow journal holds up the server, not the
// keys.
type source struct {
	session *session.Session

	mu       sync.Mutex
	talk     conversation.Model // a copy: it shows the same conversation
	replaced bool

	// Only await has these.
	free  time.Time // when the next message may come
	lines int       // of the reply that is coming in
}

// replace lets nothing more of this session into the talk.
func (s *source) replace() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.replaced = true
}

// keep adds what events tell to the talk.
func (s *source) keep(events []session.Event) {
	s.mu.Lock()
	if !s.replaced {
		s.talk.Append(events...)
	}
	s.mu.Unlock()
	s.talk.Store().Room()
}

// await waits for the next events and gathers those that come before the next
// message may.
func (s *source) await() tea.Cmd {
	return func() tea.Msg {
		told := heard{from: s.session, source: s}
		events, err := s.session.Next(context.Background())
		if err != nil {
			told.ended = true
			return told
		}
		due := time.Now()
		if !ours(events) {
			due = s.due(lines(events))
		}
		ctx, enough := context.WithDeadline(context.Background(), due)
		defer enough()
		for err == nil {
			s.keep(events)
			atOnce := ours(events) || s.endsFlood(events)
			told.events = append(told.events, brief(events)...)
			if atOnce || ctx.Err() != nil {
				break
			}
			events, err = s.session.Next(ctx)
		}
		return told
	}
}

// due is when the message that is being gathered may come, which begins with
// so many lines.
func (s *source) due(lines int) time.Time {
	early := time.Now()
	if lines < flood {
		early = early.Add(-ahead * frame)
	}
	if s.free.Before(early) {
		s.free = early
	}
	s.free = s.free.Add(frame)
	return s.free
}

// ours reports whether events tell of something that we have done, which the
// screen shows at once.
func ours(events []session.Event) bool {
	return slices.ContainsFunc(events, func(event session.Event) bool {
		switch event.(type) {
		case session.Heard, session.Answered, session.BodyMoved:
			return false
		}
		return true
	})
}

// endsFlood follows what a server says and reports whether a reply of very many
// lines to something of ours is whole now: somebody waits for its end, and such
// replies cannot come more often than we ask.
func (s *source) endsFlood(events []session.Event) (ends bool) {
	for _, event := range events {
		switch event := event.(type) {
		case session.Heard:
			s.lines += event.Len()
		case session.Answered:
			ends = ends || s.lines >= flood && !event.Unasked
			s.lines = 0
		}
	}
	return ends
}

// lines counts what a server said in a batch of events.
func lines(events []session.Event) (n int) {
	for _, event := range events {
		if heard, ok := event.(session.Heard); ok {
			n += heard.Len()
		}
	}
	return n
}

// brief is events without the lines in them, which the talk has; of those that would then tell the
// same, the last.
func brief(events []session.Event) []session.Event {
	told := events[:0]
	for _, event := range events {
		heard, lines := event.(session.Heard)
		if !lines {
			told = append(told, event)
			continue
		}
		heard.Block.Done()
		heard.Lines, heard.Block = nil, nil
		if last := len(told) - 1; last >= 0 {
			if _, same := told[last].(session.Heard); same {
				told[last] = heard
				continue
			}
		}
		told = append(told, heard)
	}
	return told
}
