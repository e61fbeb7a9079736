package route

import (
	"net/netip"
	"testing"
	"time"

	"ehlo/session"
	"ehlo/session/verdict"
	"ehlo/ui/golden"
	"ehlo/ui/theme"
)

// step is a stage that is over: a time that went well, a cause, or a code.
func step(name verdict.StageName, what any) verdict.Stage {
	stage := verdict.Stage{Name: name, Took: verdict.Millis(10 * time.Second), Text: []string{}}
	switch what := what.(type) {
	case time.Duration:
		stage.OK, stage.Took = true, verdict.Millis(what)
	case session.Why:
		stage.Cause = string(what)
	case int:
		stage.Code = what
	}
	return stage
}

// called is an address as it was tried.
func called(address string, port uint16, steps ...verdict.Stage) Tried {
	return Tried{Try: verdict.Try{Address: netip.MustParseAddr(address), Port: port, Purpose: verdict.Matrix, Stages: steps}}
}

// tenth is how long most of it took.
const tenth = 100 * time.Millisecond

// everyState has each outcome at one address.
func everyState() (verdict.Route, []Tried) {
	found := catium()
	found.Hosts[1].Addresses = append(found.Hosts[1].Addresses, addresses("192.0.2.7", "2001:db8:1234:5678:9abc:def0:1234:5678", "192.0.2.8", "192.0.2.9", "192.0.2.10")...)
	found.Hosts = append(found.Hosts, verdict.Host{Name: "a-name-of-the-longest-kind.mail.protection.example.org", Preference: 40, Notes: []verdict.Note{{Code: "no-address", Text: "a-name-of-the-longest-kind.mail.protection.example.org has no address."}}})
	first := called("4.79.181.18", 25, step("connect", tenth), step("greeting", tenth), step("hello", tenth), step("tls", tenth))
	first.Try.TLS, first.Server = &verdict.TLS{Trusted: true}, "Yahoo"
	second := called("67.28.113.136", 25, step("connect", tenth), step("greeting", 70*time.Second), step("hello", tenth), step("tls", tenth))
	second.Try.TLS, second.Server, second.Here = &verdict.TLS{}, "Postfix (on Ubuntu or Debian)", true
	third := called("209.191.89.172", 25, step("connect", tenth), step("greeting", tenth), step("hello", tenth))
	third.Try.Extensions, third.Server = map[string][]string{"SIZE": nil}, "Yahoo"
	waits := called("192.0.2.10", 25)
	waits.Stage, waits.Took = "connect", 4*time.Second
	return found, []Tried{
		first, second, third, waits,
		called("68.142.224.244", 25, step("connect", session.WhyNoAnswer)),
		called("66.196.126.37", 25, step("connect", session.WhyUnreachable)),
		called("192.0.2.7", 25, step("connect", tenth), step("greeting", session.WhySilent)),
		called("2001:db8:1234:5678:9abc:def0:1234:5678", 25, step("connect", tenth), step("greeting", 554)),
		called("192.0.2.8", 25, step("connect", tenth), step("greeting", session.WhyNotProtocol)),
		called("192.0.2.9", 25, step("connect", tenth), step("greeting", tenth), step("hello", session.WhyOverdue)),
	}
}

func TestStages(t *testing.T) {
	found, tried := everyState()
	for name, size := range map[string]struct{ w, h int }{"80x26": {80, 26}, "120x26": {120, 26}, "40x30": {40, 30}} {
		m := pane(size.w, size.h, found)
		m.SetTried(tried)
		golden.Frame(t, "stages-"+name, m.View(), size.w, size.h)
		m.SetBrief(true)
		m.SetSize(37, 20)
		golden.Frame(t, "stages-side-37x20", m.View(), 37, 20)
	}
}

// TestCompared is screen 7: nobody answers, and what was called to see why.
func TestCompared(t *testing.T) {
	var tried []Tried
	for _, address := range []string{"4.79.181.18", "67.28.113.136", "209.191.89.172", "68.142.224.244", "66.196.126.37"} {
		tried = append(tried, called(address, 25, step("connect", session.WhyNoAnswer)))
	}
	control := func(port uint16, what any) Tried {
		c := called("192.0.2.99", port, step("connect", what))
		c.Try.Host = "mail.example.net"
		return c
	}
	submission := called("4.79.181.18", 587, step("connect", session.WhyRefused))
	submission.Try.Host = "mx1.biz.mail.yahoo.com"
	tried = append(tried, submission, control(25, session.WhyNoAnswer), control(587, tenth))
	for name, size := range map[string]struct{ w, h int }{"80x16": {80, 16}, "40x30": {40, 30}} {
		m := pane(size.w, size.h, catium())
		m.SetTried(tried)
		golden.Frame(t, "compared-"+name, m.View(), size.w, size.h)
	}
	m := pane(80, 16, catium())
	m.theme = theme.New(theme.Options{ASCII: true, NoColor: true})
	m.SetTried(tried)
	golden.Frame(t, "compared-ascii-80x16", m.View(), 80, 16)
}

func TestViews(t *testing.T) {
	views := []View{
		{"mx1.biz.mail.yahoo.com", "20", "20"},
		{"4.79.181.18", "yes", ""},
		{"a-name-of-the-longest-kind.mail.protection.example.org", "", "10"},
	}
	for name, size := range map[string]struct{ w, h int }{"80x22": {80, 22}, "40x30": {40, 30}} {
		m := pane(size.w, size.h, catium())
		m.SetViews("10.50.128.52", "192.0.2.53", views)
		golden.Frame(t, "views-"+name, m.View(), size.w, size.h)
	}
}

// TestBecame: one word for a whole try, for where there is no room for stages.
func TestBecame(t *testing.T) {
	_, tried := everyState()
	for i, want := range []State{Answers, Here, Answers, Trying, Silent, Unreachable, Mute, SaysNo, NotSMTP, Silent} {
		if got := tried[i].Became().State; got != want {
			t.Errorf("%d: %d, want %d", i, got, want)
		}
	}
}
