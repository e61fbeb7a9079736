package conversation

import (
	"os"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"ehlo/session"
	"ehlo/session/transcript"
	"ehlo/ui/golden"
	"ehlo/ui/theme"
)

// The other ways to show a talk, as they look.
func TestShown(t *testing.T) {
	local := time.Local
	time.Local = time.UTC // a clock shows local time
	defer func() { time.Local = local }()
	for name, choose := range map[string]func(*Model){
		"hex":    func(m *Model) { m.SetHex(true) },
		"clock":  func(m *Model) { m.SetTimes(Clock) },
		"since":  func(m *Model) { m.SetTimes(Since) },
		"ours":   func(m *Model) { m.SetSide(transcript.Ours) },
		"theirs": func(m *Model) { m.SetSide(transcript.Theirs) },
	} {
		for _, size := range []struct {
			suffix string
			w, h   int
		}{{"80", 80, 24}, {"40", 40, 16}} {
			m := pane(t, size.w, size.h, "odd")
			choose(&m)
			m.Home()
			golden.Frame(t, "shown-"+name+"-"+size.suffix, m.View(), size.w, size.h)
		}
	}
}

func TestMarkAndCopy(t *testing.T) {
	m := pane(t, 80, 24, "odd")
	if text, lines, whole := m.Copied(); text != "" || lines != 0 || !whole {
		t.Errorf("nothing is looked at: %q, %d", text, lines)
	}
	m.Mark(-1)
	m.Walk(-1)
	if text, lines, _ := m.Copied(); lines != 1 || text != "421 4.4.2 mx.example.net timeout, closing" {
		t.Errorf("one: %q", text)
	}
	m.Mark(-1)
	m.Mark(-1)
	text, lines, whole := m.Copied()
	if want := "C: .\nS: 250 taken as A1B2\nS: 421 4.4.2 mx.example.net timeout, closing"; text != want || lines != 3 || !whole {
		t.Errorf("three: %q", text)
	}
	marked := 0
	for _, row := range shown(m) {
		if strings.HasPrefix(row, ">") {
			marked++
		}
	}
	if marked != 3 {
		t.Errorf("%d rows are marked", marked)
	}
	m.Walk(1)
	if _, lines, _ := m.Copied(); lines != 1 {
		t.Error("a walk does not end the mark")
	}
	long := strings.Repeat("x", session.MaxLine/2)
	for range 4 {
		m.Append(session.Heard{Unasked: true, Lines: []session.HeardLine{{Text: long, First: true}}})
	}
	m.LookAway()
	m.Walk(-1)
	for range 3 {
		m.Mark(-1)
	}
	if text, lines, whole := m.Copied(); whole || lines != 1 || len(text) > MaxCopied {
		t.Errorf("%d lines, %d bytes, whole %v", lines, len(text), whole)
	}
}

// What is copied, too, is safe to be pasted into a terminal.
func TestCopiedIsSafe(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	m.SetSize(80, 10)
	m.Append(session.Heard{Unasked: true, Lines: []session.HeardLine{{Text: "250 \x1b[2J\x07", First: true}}})
	m.Walk(-1)
	if text, _, _ := m.Copied(); text != `250 \x1B[2J\x07` {
		t.Errorf("%q", text)
	}
}

func TestLookAtRow(t *testing.T) {
	m := pane(t, 80, 24, "talk")
	rows := shown(m)
	for y, row := range rows {
		looked := m.LookAtRow(y)
		subject, _ := m.Looked()
		if strings.HasPrefix(row, " > RCPT") && (!looked || !strings.HasPrefix(subject.Line, "RCPT")) {
			t.Errorf("row %d is %q, looked at is %q", y, row, subject.Line)
		}
		if row == "" && looked {
			t.Errorf("row %d is empty, looked at is %q", y, subject.Line)
		}
		m.LookAway()
	}
	if m.LookAtRow(-1) || m.LookAtRow(1000) {
		t.Error("looked beyond the pane")
	}
}

func TestRefusal(t *testing.T) {
	m := pane(t, 80, 10, "refused", "talk")
	if !m.Refusal(-1) {
		t.Fatal("no refusal")
	}
	if subject, _ := m.Looked(); subject.Reply.Class != session.No || !subject.First || m.Following() {
		t.Errorf("looked at %+v", subject)
	}
	for m.Refusal(-1) {
	}
	first := m.At()
	if !m.Refusal(1) && first != m.At() {
		t.Error("moved although there is none")
	}
}

// spilled is a pane whose talk lies in a journal.
func spilled(t *rapid.T, dir string) (m Model, end func()) {
	file, err := os.CreateTemp(dir, "journal")
	if err != nil {
		t.Fatal(err)
	}
	m = New(theme.New(theme.Options{}))
	m.Store().SpillTo(file, 1<<30)
	return m, func() { m.Store().Close(); file.Close(); os.Remove(file.Name()) }
}

// However the pane is scrolled, sized and filtered, it draws exactly its rows,
// and what stands at its top stays there while only the size changes.
func TestPlaces(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		m, end := spilled(t, dir)
		defer end()
		m.SetSize(80, 10)
		m.Append(flood(rapid.IntRange(0, 20_000).Draw(t, "lines"))...)
		m.Append(refusedOne()...)
		for range rapid.IntRange(1, 12).Draw(t, "steps") {
			n := rapid.IntRange(1, 40_000).Draw(t, "n")
			switch rapid.IntRange(0, 8).Draw(t, "what") {
			case 0:
				m.ScrollUp(n)
			case 1:
				m.ScrollDown(n)
			case 2:
				m.Home()
			case 3:
				m.SetSide(transcript.Side(n % 3))
			case 4:
				m.Look(n)
			case 5:
				m.SetHex(n%2 == 0)
				m.SetTimes(Times(n % 3))
			case 6:
				m.Append(flood(n % 200)...)
			default:
				place := m.current().entry
				held := m.held && m.top.entry == place
				m.SetSize(1+n%150, 1+n%50)
				if now := m.current().entry; held && m.top.before(m.bottom()) && now != place {
					t.Fatalf("at %dx%d the top is %d, was %d", m.width, m.height, now, place)
				}
			}
			if rows := strings.Count(m.View(), "\n") + 1; rows != m.height {
				t.Fatalf("%d rows of %d", rows, m.height)
			}
		}
	})
}

// refusedOne is a small exchange that ends with a refusal.
func refusedOne() []session.Event {
	stamp := session.Stamp{At: time.Unix(1178608504, 0)}
	command := session.Command{Verb: "RCPT", Line: "RCPT TO:<a@b>", Answers: 1}
	return []session.Event{
		session.Said{Stamp: stamp, ID: 1, Command: command},
		session.Heard{Stamp: stamp, To: command, Lines: []session.HeardLine{{Text: "550 5.1.1 no such user", First: true}}},
		session.Answered{Stamp: stamp, To: command, ToID: 1, Reply: session.Reply{Class: session.No, Code: 550}},
	}
}
