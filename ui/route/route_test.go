package route

import (
	"net/netip"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session/verdict"
	"ehlo/ui/golden"
	"ehlo/ui/theme"
)

func addresses(texts ...string) (list []netip.Addr) {
	for _, text := range texts {
		list = append(list, netip.MustParseAddr(text))
	}
	return list
}

// catium is the route of the how-to.
func catium() verdict.Route {
	return verdict.Route{
		Server: verdict.Server{Address: "10.50.128.52"},
		Took:   verdict.Millis(30 * time.Millisecond),
		Hosts: []verdict.Host{
			{Name: "mx1.biz.mail.yahoo.com", Preference: 20, TTL: 1800, Addresses: addresses("4.79.181.18", "67.28.113.136", "209.191.89.172")},
			{Name: "mx5.biz.mail.yahoo.com", Preference: 30, TTL: 1800, Addresses: addresses("68.142.224.244", "66.196.126.37")},
		},
	}
}

func pane(w, h int, found verdict.Route) Model {
	m := New(theme.New(theme.Options{}))
	m.SetSize(w, h)
	m.SetRoute("catium.com", found)
	return m
}

func TestScreens(t *testing.T) {
	named := catium()
	named.Server.Name = "svl0dc03.sv.us.sonicwall.com"
	t.Run("80", func(t *testing.T) {
		golden.Frame(t, "80x14", pane(80, 14, catium()).View(), 80, 14)
	})
	t.Run("practice", func(t *testing.T) {
		m := pane(80, 14, named)
		m.SetPaper(true)
		golden.Frame(t, "practice-80x14", m.View(), 80, 14)
	})
	t.Run("tried", func(t *testing.T) {
		m := pane(80, 30, catium())
		for i, ms := range []time.Duration{90, 110, 80, 100, 140} {
			m.SetTry(m.spots[i].address, Try{State: Answers, Took: ms * time.Millisecond})
		}
		m.SetChecks([]Check{
			{"YES", "The domain exists", "catium.com has its own name servers"},
			{"YES", "Every MX name is a computer", "no alias, no missing address, none private"},
			{"YES", "Both DNS views agree", "office 10.50.128.52, public 192.0.2.53"},
			{"", "IPv6", "none of the servers has an IPv6 address"},
		})
		golden.Frame(t, "tried-80x30", m.View(), 80, 30)
		m.SetSize(80, 14) // no room for the checks: the table is as it was
		if got := ansi.Strip(m.View()); strings.Contains(got, "Checked") || !strings.HasPrefix(got, "\n   When") {
			t.Errorf("checks without room:\n%s", got)
		}
		if got, want := m.Summary(), "Mail for catium.com goes to 2 servers at Yahoo. All 5 addresses answer."; got != want {
			t.Errorf("summary %q, want %q", got, want)
		}
	})
	t.Run("side", func(t *testing.T) {
		for _, w := range []int{37, 30} {
			m := pane(w, 11, catium())
			m.SetBrief(true)
			m.SetTry(m.spots[0].address, Try{State: Here, Took: 100 * time.Millisecond})
			golden.Frame(t, map[int]string{37: "side-37x11", 30: "side-30x11"}[w], m.View(), w, 11)
		}
	})
	t.Run("narrow", func(t *testing.T) {
		golden.Frame(t, "narrow-40x20", pane(40, 20, named).View(), 40, 20)
	})
}

func TestStates(t *testing.T) {
	m := pane(80, 14, catium())
	for i, try := range []Try{
		{State: Trying, Took: 4 * time.Second},
		{State: Refused},
		{State: Silent, Took: 10 * time.Second},
		{State: Unreachable},
		{State: HungUp, Took: time.Second},
	} {
		m.SetTry(m.spots[i].address, try)
	}
	golden.Frame(t, "states-80x14", m.View(), 80, 14)
	m.SetBrief(true)
	m.SetSize(37, 9)
	golden.Frame(t, "states-37x9", m.View(), 37, 9)
}

func TestRoutesInWords(t *testing.T) {
	server := verdict.Server{Name: "dns.example.org", Address: "192.0.2.53"}
	notes := verdict.Route{
		Server: server, Authoritative: true, Authenticated: true,
		Notes: []verdict.Note{{Code: "alias", Text: "catium.com is another name for catium.example; mail goes where that one says."}},
		Hosts: []verdict.Host{
			{Name: "mx1.catium.com", Preference: 10, TTL: 86400, Addresses: addresses("192.168.1.9"), Notes: []verdict.Note{{Code: "private-address", Text: "192.168.1.9 is a private address, to be reached only from inside its own network."}}},
			{Name: "mx2.catium.com", Preference: 10, Notes: []verdict.Note{{Code: "not-existing", Text: "DNS knows no computer of this name. Mail cannot go there."}}},
			{Name: "mx3." + strings.Repeat("long-", 9) + "name.catium.com", Preference: 10, Addresses: addresses("2001:db8:1111:2222:3333:4444:5555:6666")},
		},
	}
	tests := []struct {
		name    string
		route   verdict.Route
		summary string
	}{
		{"notes", notes, "Mail for catium.com goes to 3 servers."},
		{"implicit", verdict.Route{Server: server, Implicit: true, Hosts: []verdict.Host{{Name: "catium.com", TTL: 300, Addresses: addresses("192.0.2.1")}}}, "Mail for catium.com goes to 1 server."},
		{"null", verdict.Route{Server: server, Null: true}, `catium.com takes no mail: it says so itself (its MX is "0 .").`},
		{"no-domain", verdict.Route{Server: server, Failure: "no-domain"}, "DNS knows no domain catium.com."},
		{"no-address", verdict.Route{Server: server, Failure: "no-address"}, "catium.com names no computer that mail could go to."},
		{"failed", verdict.Route{Failure: "dns-failed", Error: "DNS gave no answer about catium.com: 192.0.2.53 said SERVFAIL (\x1b[2J)"}, `DNS gave no answer about catium.com: 192.0.2.53 said SERVFAIL (\x1B[2J).`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := pane(80, 16, tt.route)
			golden.Frame(t, tt.name+"-80x16", m.View(), 80, 16)
			if m.Summary() != tt.summary {
				t.Errorf("summary %q, want %q", m.Summary(), tt.summary)
			}
			m.SetSize(40, 24)
			golden.Frame(t, tt.name+"-40x24", m.View(), 40, 24)
		})
	}
}

func TestBeforeARoute(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	m.SetSize(40, 4)
	golden.Frame(t, "idle-40x4", m.View(), 40, 4)
	m.SetAsking("catium.com")
	golden.Frame(t, "asking-40x4", m.View(), 40, 4)
	if host, address := m.Chosen(); host != -1 || address.IsValid() {
		t.Errorf("chosen %d %v before there is a route", host, address)
	}
	m.Up()
	m.Down()
	if m.Summary() != "" {
		t.Errorf("summary %q", m.Summary())
	}
}

func TestChoosing(t *testing.T) {
	m := pane(80, 14, catium())
	m.Up()
	for range 3 {
		m.Down()
	}
	if host, address := m.Chosen(); host != 1 || address != netip.MustParseAddr("68.142.224.244") {
		t.Errorf("chosen %d %v", host, address)
	}
	for range 9 {
		m.Down()
	}
	if _, address := m.Chosen(); address != netip.MustParseAddr("66.196.126.37") {
		t.Errorf("chosen %v, want the last", address)
	}
	if !m.Choose(netip.MustParseAddr("67.28.113.136")) || m.Choose(netip.MustParseAddr("192.0.2.1")) {
		t.Error("Choose takes what is on the route and nothing else")
	}
}

// The chosen row stays in sight at any height, whichever way it is reached.
func TestChosenIsSeen(t *testing.T) {
	for h := 1; h < 20; h++ {
		m := pane(80, h, catium())
		for i := range 10 {
			if i < 5 {
				m.Down()
			} else {
				m.Up()
			}
			if !strings.Contains(m.View(), "\x1b[7m>") {
				t.Fatalf("height %d, step %d: the chosen row is out of sight\n%s", h, i, ansi.Strip(m.View()))
			}
		}
	}
}

func TestScroll(t *testing.T) {
	m := pane(80, 5, catium())
	m.Scroll(100)
	last := ansi.Strip(m.View())
	if !strings.Contains(last, "Asked 10.50.128.52") {
		t.Errorf("the end is out of reach:\n%s", last)
	}
	m.Scroll(-100)
	if first := ansi.Strip(m.View()); !strings.Contains(first, "When") {
		t.Errorf("the head is out of reach:\n%s", first)
	}
}

// A name that is not clean must not reach the terminal as it is.
func TestUntrusted(t *testing.T) {
	found := catium()
	found.Hosts[0].Name = "mx1\x1b]0;gone\x07.example"
	found.Server.Name = "dns\x1b[31m.example"
	view := pane(80, 20, found).View()
	for _, bad := range []string{"\x1b]", "\x07", "\x1b[31m"} {
		if strings.Contains(view, bad) {
			t.Errorf("%q reached the screen", bad)
		}
	}
}

func TestSizes(t *testing.T) {
	for w := range 90 {
		for _, brief := range []bool{false, true} {
			m := pane(w, 6, catium())
			m.SetBrief(brief)
			for _, row := range strings.Split(m.View(), "\n") {
				if got := ansi.StringWidth(row); got > w {
					t.Fatalf("width %d: a row of %d", w, got)
				}
			}
		}
	}
}
