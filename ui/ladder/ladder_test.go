package ladder

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session"
	"ehlo/ui/theme"
)

// at is SMTP's ladder standing at a rung; lower names below it are skipped.
func at(place int, skipped ...int) session.Ladder {
	l := session.Ladder{At: place}
	for i, name := range []string{"CONNECT", "HELLO", "TLS", "SIGN IN", "FROM", "TO", "DATA", "SENT"} {
		rung := session.Rung{Name: name}
		if i < place {
			rung.Step = session.Done
		}
		l.Rungs = append(l.Rungs, rung)
	}
	for _, i := range skipped {
		l.Rungs[i].Step = session.Skipped
	}
	return l
}

func TestView(t *testing.T) {
	refused := at(5, 2, 3)
	refused.Refused = true
	sent := at(7, 2, 3)
	sent.Rungs[7].Step = session.Done
	tests := []struct {
		name   string
		ladder session.Ladder
		width  int
		tee    int
		ascii  bool
		want   string
	}{
		{
			"start", at(0), 80, 0, false,
			"──[CONNECT]> HELLO > TLS > SIGN IN > FROM > TO > DATA > SENT ───────────────────",
		},
		{
			"hello", at(1), 80, 0, false,
			"── CONNECT >[HELLO]> TLS > SIGN IN > FROM > TO > DATA > SENT ───────────────────",
		},
		{
			"data", at(6, 2, 3), 80, 0, false,
			"── CONNECT > HELLO >(tls)>(sign in)> FROM > TO >[DATA]> SENT ───────────────────",
		},
		{
			"refused", refused, 80, 0, false,
			"── CONNECT > HELLO >(tls)>(sign in)> FROM >[TO]> DATA > SENT ───────────────────",
		},
		{
			"sent", sent, 80, 0, false,
			"── CONNECT > HELLO >(tls)>(sign in)> FROM > TO > DATA >[SENT]───────────────────",
		},
		{
			"ascii", at(6, 2, 3), 80, 0, true,
			"-- CONNECT > HELLO >(tls)>(sign in)> FROM > TO >[DATA]> SENT -------------------",
		},
		{
			"side pane", at(6, 2, 3), 120, 81, false,
			"── CONNECT > HELLO >(tls)>(sign in)> FROM > TO >[DATA]> SENT ────────────────────┴──────────────────────────────────────",
		},
		{"narrow", at(6, 2, 3), 40, 0, false, "──[DATA] is next ───────────────────────"},
		{"narrow refused", refused, 40, 0, false, "──[TO] was refused ─────────────────────"},
		{"narrow sent", sent, 40, 0, false, "──[SENT] is done ───────────────────────"},
		{"no stages", session.Ladder{}, 80, 0, false, strings.Repeat("─", 80)},
		{"no stages, narrow", session.Ladder{}, 40, 0, false, strings.Repeat("─", 40)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			m := New(theme.New(theme.Options{ASCII: tt.ascii}))
			m.SetSize(tt.width, 1)
			m.SetTee(tt.tee)
			m.Set(tt.ladder)
			if got := ansi.Strip(m.View()); got != tt.want {
				t.Errorf("\n got %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestAnySize(t *testing.T) {
	m := New(theme.New(theme.Options{Profile: theme.RGB}))
	m.Set(at(4))
	for w := -1; w < 100; w++ {
		for h := -1; h < 4; h++ {
			m.SetSize(w, h)
			rows := strings.Split(m.View(), "\n")
			if len(rows) != max(h, 1) || h > 0 && ansi.StringWidth(rows[0]) != max(w, 0) {
				t.Fatalf("%d x %d: %q", w, h, rows)
			}
		}
	}
}

// A refused place is in Refused, else in Open; what is done stands out from
// what is ahead.
func TestRoles(t *testing.T) {
	th := theme.New(theme.Options{Profile: theme.Colours256, Background: theme.Dark})
	m := New(th)
	m.SetSize(80, 1)
	ladder := at(1)
	m.Set(ladder)
	for _, want := range []string{th.Plain.Render(" CONNECT "), th.Open.Render("[HELLO]"), th.Muted.Render(" TLS ")} {
		if !strings.Contains(m.View(), want) {
			t.Errorf("no %q in %q", want, m.View())
		}
	}
	ladder.Refused = true
	m.Set(ladder)
	if want := th.Refused.Render("[HELLO]"); !strings.Contains(m.View(), want) {
		t.Errorf("no %q in %q", want, m.View())
	}
}
