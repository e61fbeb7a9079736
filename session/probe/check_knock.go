package probe

import (
	"context"

	"ehlo/session"
	"ehlo/session/smtp"
)

// mute is a dialect in which nobody has to speak: a connection that stands,
// encrypted where that was wanted, is the whole of it.
type mute struct{ smtp.Dialect }

// Name returns "tcp".
func (mute) Name() string { return "tcp" }

// ServerFirst reports false.
func (mute) ServerFirst() bool { return false }

// knock connects to a target and hangs up.
func (p Probe) knock(ctx context.Context, target Target) *Collector {
	s := session.New(mute{}, p.Options)
	stop := context.AfterFunc(ctx, s.Close)
	defer stop()
	s.Dial(session.Target{Host: target.Host, Addr: target.Addr, Implicit: target.Implicit})
	collector := NewCollector(target)
	stands := false
	for {
		events, err := s.Next(context.Background())
		if err != nil {
			break
		}
		for _, event := range events {
			event, matters := after(event, stands)
			if !matters {
				continue
			}
			if p.Watch != nil {
				p.Watch(event)
			}
			collector.Take(event)
			if !stands && stood(event, target.Implicit) {
				stands = true
				s.Close()
			}
		}
	}
	if ctx.Err() != nil && !stands {
		collector.Stop(session.WhyStopped)
	}
	return collector
}

// after tells what matters once the connection stands: that it is over, and it
// was we who hung up. Whatever the server says, nobody asked.
func after(event session.Event, stands bool) (session.Event, bool) {
	if !stands {
		return event, true
	}
	ended, over := event.(session.Ended)
	ended.Cause = nil
	return ended, over
}

// stood reports whether the connection stands now.
func stood(event session.Event, encrypted bool) bool {
	passed, ok := event.(session.Passed)
	if !ok {
		return false
	}
	return passed.Stage == session.StageTLS || passed.Stage == session.StageConnect && !encrypted
}
