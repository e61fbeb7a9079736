package verdict

import "ehlo/session"

// WantsDifferential reports whether more connections would settle whose a
// silence is: the try that decides got no answer at all to its call, and
// nothing was asked about that yet. A refusal, an ICMP message and a server
// that takes the call and says nothing have come back from the far end, so
// they already tell where to look.
func WantsDifferential(facts Facts) bool {
	if facts.Route != nil && (facts.Route.Failure != "" || facts.Route.Null) {
		return false
	}
	for _, try := range facts.Tries {
		if try.Purpose == Differential {
			return false
		}
	}
	try := Deciding(facts.Tries)
	return try != nil && outcome(*try) == unheard
}

// heard is what came back of a call, as evidence.
type heard uint8

const (
	nothing heard = iota // not called, stopped, or no way: evidence of nothing
	unheard              // no packet came back
	refused              // an RST: the port is closed, and the way to it open
	taken                // the call was taken
)

// outcome reads the connect stage of a try.
func outcome(try Try) heard {
	stage, called := stageOf(&try, "connect")
	switch {
	case !called:
		return nothing
	case stage.OK:
		return taken
	case stage.Cause == string(session.WhyNoAnswer):
		return unheard
	case stage.Cause == string(session.WhyRefused), stage.Cause == string(session.WhyClosedEarly):
		return refused
	}
	return nothing
}
