// Package session holds one conversation with a server, whatever protocol it
// speaks, and tells everything that happens as events.
//
// A Session owns the socket in one goroutine. A second goroutine reads for it
// by permit: one permit reads one whole reply. Lines to be said are queued by
// Send, which never blocks, and go out in lock-step: one line, one write, when
// every answer before it is whole.
//
//	s := session.New(smtp.Dialect{}, session.Options{})
//	s.Dial(session.Target{Host: "mx.example.org", Addr: addr})
//	for {
//		events, err := s.Next(ctx)
//		...
//	}
//
// The package knows no protocol but through Dialect, no DNS, and no screen.
package session
