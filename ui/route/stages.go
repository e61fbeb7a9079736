package route

import (
	"cmp"
	"fmt"
	"net/netip"
	"slices"
	"time"

	"ehlo/session"
	"ehlo/session/verdict"
	"ehlo/ui/theme"
)

// Tried is one address and port with the stages it was tried through so far.
type Tried struct {
	Try    verdict.Try
	Stage  verdict.StageName // under way; "" is none
	Took   time.Duration     // how long it has been
	Here   bool              // the talk goes on with it
	Server string            // who answers, by its greeting: "Postfix 3.1.4"
}

// stages are the columns of the grown form.
var stages = [...]verdict.StageName{"connect", "greeting", "hello", "tls"}

// stage is what became of one stage.
func (t Tried) stage(name verdict.StageName) Try {
	found := Try{}
	if t.Stage == name {
		found = Try{State: Trying, Took: t.Took}
	}
	for _, stage := range t.Try.Stages {
		if stage.Name == name {
			found = stateOf(stage)
		}
	}
	if name == "tls" && t.Try.TLS != nil && !t.Try.TLS.Trusted && found.State == Answers {
		found.State = Doubtful
	}
	offers := t.Try.Extensions != nil
	if _, offered := t.Try.Extensions["STARTTLS"]; name == "tls" && found.State == NotTried && offers && !offered && t.Try.TLS == nil {
		found.State = NotOffered
	}
	return found
}

// Became is what a try comes to in one word: the stage at which it broke, else
// that it answered, and after how long. What came after the hello does not
// matter to the route.
func (t Tried) Became() Try {
	if t.Stage != "" && (t.Stage == "connect" || len(t.Try.Stages) == 0) {
		return Try{State: Trying, Took: t.Took}
	}
	connect := t.stage("connect")
	if connect.State != Answers {
		return connect
	}
	for _, name := range stages[1:3] {
		switch one := t.stage(name); one.State {
		case NotTried, Trying, Answers:
		case Stopped:
			connect.State = Answers
		default:
			return one
		}
	}
	if t.Here {
		connect.State = Here
	}
	return connect
}

// causes lead from what broke a stage to its state.
var causes = map[session.Why]State{
	session.WhyRefused: Refused, session.WhyNoAnswer: Silent, session.WhyUnreachable: Unreachable,
	session.WhyClosedEarly: HungUp, session.WhySilent: Mute, session.WhyNotProtocol: NotSMTP,
	session.WhyProtocol: NotSMTP, session.WhyTLSFailed: Failed, session.WhyClearText: Failed,
	session.WhyTLSMissing: NotOffered, session.WhyOverdue: Silent, session.WhyStopped: Stopped,
}

// stateOf is the state of a stage that is over.
func stateOf(stage verdict.Stage) Try {
	state := Try{State: HungUp, Took: time.Duration(stage.Took), Code: stage.Code}
	known, told := causes[session.Why(stage.Cause)]
	switch {
	case stage.OK:
		state.State = Answers
	case told:
		state.State = known
	case stage.Cause != "":
	case stage.Code/100 == 4:
		state.State = SaysNotNow
	default:
		state.State = SaysNo
	}
	return state
}

// cell draws a stage in a column: its mark, and its word or its time.
func (t Try) cell(roles *theme.Theme, room int) cell {
	mark, text := roles.Marks.No, t.word()
	switch t.State {
	case NotTried:
		return cell{roles.Marks.None.Sign, roles.Muted}
	case Trying:
		return cell{text, roles.Wait}
	case Answers, Here:
		mark, text = roles.Marks.Yes, coarse(t.Took)
	case Doubtful:
		mark, text = roles.Marks.NotNow, coarse(t.Took)
	case SaysNo:
		text = fmt.Sprint(t.Code)
	case SaysNotNow:
		mark, text = roles.Marks.NotNow, fmt.Sprint(t.Code)
	case NotOffered, Stopped:
		mark = roles.Marks.None
	case Mute:
		text = "silent " + whole(t.Took)
	}
	if short := "silent"; len(text)+2 > room && len(text) > len(short) && text[:len(short)] == short {
		text = short
	}
	return cell{mark.Sign + " " + text, mark.Role}
}

// cell is a text in its role.
type cell struct {
	text string
	role theme.Style
}

// SetTried tells how far the addresses of the route, and what was called to
// compare, have been tried. With it the pane grows a column for each stage.
// What is told later of the same address and port counts.
func (m *Model) SetTried(list []Tried) {
	known := make(map[netip.Addr]bool, len(m.spots))
	for _, spot := range m.spots {
		known[spot.address] = true
	}
	m.tried, m.compared = make(map[netip.Addr]Tried, len(list)), nil
	for _, tried := range list {
		if known[tried.Try.Address] && tried.Try.Port == m.port {
			m.tried[tried.Try.Address] = tried
			m.SetTry(tried.Try.Address, tried.Became())
			continue
		}
		m.compared = append(m.compared, tried)
	}
	slices.SortStableFunc(m.compared, m.before)
	m.follow()
}

// before orders what was called to compare: the hosts of the route first, then
// by name and port.
func (m *Model) before(a, b Tried) int {
	return cmp.Or(
		cmp.Compare(m.hostIndex(a), m.hostIndex(b)), cmp.Compare(a.host(), b.host()), cmp.Compare(a.Try.Port, b.Try.Port),
	)
}

// hostIndex is the place of a host in the route, behind all when it has none.
func (m *Model) hostIndex(tried Tried) int {
	if i := slices.IndexFunc(m.route.Hosts, func(h verdict.Host) bool { return h.Name == tried.host() }); i >= 0 {
		return i
	}
	return len(m.route.Hosts)
}

// SetRemark puts a sentence beneath the table; "" takes it away.
func (m *Model) SetRemark(text string) { m.remark = text }
