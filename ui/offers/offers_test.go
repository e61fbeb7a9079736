package offers

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"ehlo/ui/golden"
	"ehlo/ui/theme"
)

// yahoo is what the server of the how-to offers.
var yahoo = []string{"8BITMIME", "SIZE 31981568", "PIPELINING"}

// modern is a list with everything odd in it.
var modern = []string{
	"PIPELINING", "SIZE 10240000", "VRFY", "STARTTLS", "ENHANCEDSTATUSCODES", "XXXXXXXA",
	"AUTH PLAIN LOGIN CRAM-MD5 SCRAM-SHA-256 XOAUTH2 OAUTHBEARER NTLM GSSAPI KERBEROS_V4 DIGEST-MD5",
	"XEVIL \x1b[2J\u202e", "LIMITS MAILMAX=20",
}

func pane(w, h int, lines []string) Model {
	m := New(theme.New(theme.Options{}))
	m.SetSize(w, h)
	m.SetOffers(lines, false)
	return m
}

func TestScreens(t *testing.T) {
	golden.Frame(t, "yahoo-80x14", pane(80, 14, yahoo).View(), 80, 14)
	golden.Frame(t, "yahoo-40x14", pane(40, 14, yahoo).View(), 40, 14)
	golden.Frame(t, "modern-80x22", pane(80, 22, modern).View(), 80, 22)
	golden.Frame(t, "modern-40x40", pane(40, 40, modern).View(), 40, 40)
	for name, w := range map[string]int{"37": 37, "30": 30} {
		m := pane(w, 7, yahoo)
		m.SetBrief(true)
		golden.Frame(t, "yahoo-side-"+name+"x7", m.View(), w, 7)
		m.SetSize(w, 14)
		m.SetOffers(modern, true)
		golden.Frame(t, "modern-side-"+name+"x14", m.View(), w, 14)
	}
}

func TestNothing(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	m.SetSize(40, 4)
	golden.Frame(t, "unheard-40x4", m.View(), 40, 4)
	m.SetOffers(nil, false)
	golden.Frame(t, "nothing-40x4", m.View(), 40, 4)
	m.Forget()
	golden.Frame(t, "unheard-40x4", m.View(), 40, 4)
}

// On an encrypted line nobody misses STARTTLS.
func TestEncrypted(t *testing.T) {
	m := pane(80, 14, yahoo)
	m.SetOffers(yahoo, true)
	if view := ansi.Strip(m.View()); strings.Contains(view, "STARTTLS") {
		t.Errorf("STARTTLS is missed:\n%s", view)
	}
}

func TestUntrusted(t *testing.T) {
	for _, brief := range []bool{false, true} {
		m := pane(80, 30, append(modern, "\x1b]0;x\x07"))
		m.SetBrief(brief)
		for _, bad := range []string{"\x1b[2J", "\x1b]", "\x07", "\u202e"} {
			if strings.Contains(m.View(), bad) {
				t.Errorf("%q reached the screen", bad)
			}
		}
	}
}

func TestScroll(t *testing.T) {
	m := pane(80, 4, modern)
	if m.Rows() <= 4 {
		t.Fatalf("%d rows", m.Rows())
	}
	m.Scroll(1)
	m.Scroll(100)
	if view := ansi.Strip(m.View()); !strings.Contains(view, "LIMITS MAILMAX=20") {
		t.Errorf("the end is out of reach:\n%s", view)
	}
	m.Scroll(-100)
	if view := ansi.Strip(m.View()); !strings.HasPrefix(view, " √ PIPELINING") {
		t.Errorf("the beginning is out of reach:\n%s", view)
	}
}

func TestSizes(t *testing.T) {
	for w := range 130 {
		for _, brief := range []bool{false, true} {
			m := pane(w, 9, modern)
			m.SetBrief(brief)
			for _, row := range strings.Split(m.View(), "\n") {
				if got := ansi.StringWidth(row); got > w {
					t.Fatalf("width %d: a row of %d", w, got)
				}
			}
		}
	}
}
