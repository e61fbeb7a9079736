package conversation

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"

	"ehlo/session"
	"ehlo/ui/theme"
)

// shown is the rows of a pane as text.
func shown(m Model) []string { return strings.Split(ansi.Strip(m.View()), "\n") }

func TestFollow(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	m.SetSize(80, 10)
	m.SetLevel(Raw)
	m.Append(flood(100)...)
	last := func() string { return shown(m)[9] }
	if !m.Following() || !strings.Contains(last(), "line 99 ") {
		t.Fatalf("following %v, %q", m.Following(), last())
	}
	m.ScrollUp(3)
	before := m.View()
	m.Append(flood(7)...)
	if m.Following() || m.NewLines() != 7 || m.View() != before {
		t.Errorf("scrolled back: following %v, %d new lines, moved %v", m.Following(), m.NewLines(), m.View() != before)
	}
	m.ScrollDown(5) // lines 97 to 99, and two of the new ones
	if m.Following() || m.NewLines() != 5 || !strings.Contains(last(), "line 1 ") {
		t.Errorf("on the way: %d new lines, %q", m.NewLines(), last())
	}
	m.End()
	if !m.Following() || m.NewLines() != 0 || !strings.Contains(last(), "line 6 ") {
		t.Errorf("at the end: %d new lines, %q", m.NewLines(), last())
	}
	m.ScrollUp(4)
	m.ScrollDown(4)
	if !m.Following() {
		t.Error("does not follow from the last row on")
	}
}

func TestScrollStaysWhereAllFits(t *testing.T) {
	m := pane(t, 80, 40, "talk")
	m.ScrollUp(1)
	m.Home()
	if !m.Following() {
		t.Error("there is nothing to scroll back to")
	}
}

func TestPages(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	m.SetSize(80, 10)
	m.SetLevel(Raw)
	m.Append(flood(100)...)
	m.PageUp()
	if rows := shown(m); !strings.Contains(rows[9], "line 91 ") || !strings.Contains(rows[0], "line 82 ") {
		t.Errorf("a page up: %q", rows)
	}
	m.Home()
	if rows := shown(m); rows[0] != "" || !strings.Contains(rows[1], "line 0 ") {
		t.Errorf("home: %q", rows)
	}
	for range 20 {
		m.PageDown()
	}
	if !m.Following() {
		t.Error("pages down do not lead to the end")
	}
}

// Up and down again is where it was, and no row is passed over.
func TestScrollRows(t *testing.T) {
	events := play(t, "talk", "message", "odd")
	rapid.Check(t, func(t *rapid.T) {
		m := New(theme.New(theme.Options{}))
		m.SetSize(rapid.IntRange(1, 130).Draw(t, "w"), rapid.IntRange(1, 20).Draw(t, "h"))
		m.SetAiry(rapid.Bool().Draw(t, "airy"))
		m.Append(events...)
		m.ScrollUp(rapid.IntRange(1, 40).Draw(t, "from"))
		if m.Following() {
			return
		}
		here := shown(m)
		n := rapid.IntRange(1, 30).Draw(t, "n")
		at := m.current()
		m.ScrollUp(n)
		if up := shown(m); m.height > 1 && n == 1 && m.current() != at && up[1] != here[0] {
			t.Fatalf("a row up: %q above %q", up, here)
		}
		moved := m.up(at, n)
		if back := m.down(moved, n); moved.entry > 0 && m.heightAt(back) != m.heightAt(at) {
			t.Fatalf("from %v up to %v and down to %v", at, moved, back)
		}
	})
}

// heightAt counts the rows above a position.
func (m Model) heightAt(p position) (rows int) {
	for i := range p.entry {
		rows += len(m.rows(i))
	}
	return rows + p.row
}

// A pane that is scrolled back stays at its line while its width changes.
func TestResizeKeepsPlace(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	m.SetSize(80, 10)
	m.SetLevel(Raw)
	m.Append(flood(1000)...)
	m.ScrollUp(500)
	entry := m.current().entry
	for _, w := range []int{40, 1, 120, 66, 80} {
		m.SetSize(w, 10)
		if m.current().entry != entry {
			t.Errorf("at %d columns: entry %d, was %d", w, m.current().entry, entry)
		}
	}
}

// When the oldest lines are dropped, the pane says so and goes on.
func TestDropped(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	m.SetSize(80, 6)
	m.Append(play(t, "talk")...)
	m.Home()
	long := strings.Repeat("x", session.MaxLine)
	for range 2000 {
		m.Append(session.Heard{Unasked: true, Lines: []session.HeardLine{{Text: long, First: true}}})
	}
	if m.Store().Dropped() == 0 {
		t.Fatal("nothing was dropped")
	}
	if rows := shown(m); !strings.Contains(rows[0], "earlier lines are no longer kept here.") {
		t.Errorf("%q", rows)
	}
	if m.Following() || m.NewLines() != 2000 {
		t.Errorf("following %v, %d new lines", m.Following(), m.NewLines())
	}
}

// What is drawn costs the same however much is held.
func TestViewDoesNotGrow(t *testing.T) {
	allocs := func(n int) float64 {
		m := held(n)
		m.View()
		return testing.AllocsPerRun(5, func() { m.View() })
	}
	few, many := allocs(1_000), allocs(200_000)
	if many > few*1.05 {
		t.Errorf("%v allocations with a thousand lines, %v with 200,000", few, many)
	}
}

func held(n int) Model {
	m := New(theme.New(theme.Options{Profile: theme.RGB}))
	m.SetSize(80, 40)
	m.Append(flood(n)...)
	return m
}

func BenchmarkView(b *testing.B) {
	for name, n := range map[string]int{"1e3": 1_000, "1e6": 1_000_000} {
		for _, back := range []bool{false, true} {
			m := held(n)
			if back {
				name += "-back"
				m.ScrollUp(500)
			}
			b.Run(name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					_ = m.View()
				}
			})
		}
	}
}

// BenchmarkViewLong draws a part of the longest line that is kept.
func BenchmarkViewLong(b *testing.B) {
	for name, text := range map[string]string{"ascii": "word and ", "wide": "日本語 ", "hostile": "\x1b\x00"} {
		m := New(theme.New(theme.Options{}))
		m.SetSize(80, 40)
		line := strings.Repeat(text, session.MaxLine/len(text))
		m.Append(session.Heard{Stamp: session.Stamp{At: time.Unix(0, 0)}, Unasked: true, Lines: []session.HeardLine{{Text: line, First: true}}})
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_ = m.View()
			}
		})
	}
}
