package prompt

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"pgregory.net/rapid"
)

// pieces are what editors trip over: marks, joined emoji, flags, wide letters,
// controls, bidi, bytes that are not text, the signs of mail commands.
var pieces = []string{
	"a", "Z", " ", "<", ">", "@", ":", "=", ",", "é", "e\u0301", "\u0301", "漢", "👩\u200d👩\u200d👧", "🇩", "🇪", "👍🏽",
	"\x00", "\x1b", "\r", "\n", "\t", "\u202e", "\u200b", "\xe9", "\xff\xfe", "한", "\u1100", "\u1161", "क्षि", "\\",
}

func anyText(t *rapid.T) string {
	text := ""
	for _, p := range rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 40).Draw(t, "text") {
		text += p
	}
	return text
}

func anyEditor(t *rapid.T) editor {
	text := anyText(t)
	return editor{text, boundary(text, rapid.IntRange(0, len(text)).Draw(t, "at"))}
}

// onBoundary reports whether the cursor stands between two clusters.
func onBoundary(e editor) bool {
	at := 0
	for at < e.at {
		at += len(first(e.text[at:]))
	}
	return at == e.at
}

// anyKey draws a key the prompt knows, or a piece typed or pasted.
func anyKey(t *rapid.T) tea.KeyMsg {
	names := []string{
		"<left>", "<right>", "<ctrl+left>", "<ctrl+right>", "<home>", "<end>", "<bs>", "<del>", "<ctrl+w>", "<alt+d>", "<ctrl+u>",
		"<ctrl+k>", "<ctrl+y>", "<alt+y>", "<ctrl+z>", "<alt+z>", "<up>", "<down>", "<ctrl+r>", "<esc>", "<enter>", "<tab>", "<ctrl+v>",
	}
	if n := rapid.IntRange(0, 2*len(names)).Draw(t, "key"); n < len(names) {
		return keys(names[n])[0]
	}
	piece := rapid.SampledFrom(pieces).Draw(t, "piece")
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(piece), Paste: rapid.Bool().Draw(t, "pasted")}
}

// check holds what must be true of every prompt at every time.
func check(t interface{ Fatalf(string, ...any) }, m Model) {
	if !onBoundary(m.editor) {
		t.Fatalf("cursor inside a letter: %q at %d", m.editor.text, m.editor.at)
	}
	row, cursor := m.View("What this line means."), m.Cursor()
	if w := ansi.StringWidth(row); w > m.width {
		t.Fatalf("%d columns in a row of %d: %q", w, m.width, row)
	}
	if cursor < indent || cursor >= m.width {
		t.Fatalf("cursor at column %d of %d", cursor, m.width)
	}
	for _, r := range ansi.Strip(row) {
		if r < ' ' || r == '\u202e' || r == 0x7f {
			t.Fatalf("control %q in the row %q", r, row)
		}
	}
	if w := m.window(); w.text != "" && ansi.StringWidth(w.text)+count(w.cutLeft)+count(w.cutRight) != w.width {
		t.Fatalf("%q is taken for %d columns", w.text, w.width)
	}
}

func count(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func TestAnyKeys(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := plain()
		m.SetSecret(auth)
		m.Remember("EHLO x", "MAIL FROM:<é>")
		m.SetWidth(rapid.IntRange(minimum, 130).Draw(t, "width"))
		m.editor = anyEditor(t)
		now := noon
		for range rapid.IntRange(1, 30).Draw(t, "keys") {
			now = now.Add(time.Duration(rapid.IntRange(0, 300).Draw(t, "ms")) * time.Millisecond)
			switch rapid.IntRange(0, 9).Draw(t, "event") {
			case 0:
				m.Offer(anyText(t), now)
			case 1:
				m.OfferBody("[message]", now)
			case 2:
				m.Restore(Submit{Line: anyText(t), Pasted: rapid.Bool().Draw(t, "was pasted")})
			case 3:
				m.SetPasted([]string{anyText(t), anyText(t)})
			default:
				m, _ = m.Update(anyKey(t), now)
			}
			check(t, m)
		}
	})
}

func TestUndoIsIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := plain()
		m.editor = anyEditor(t)
		m.ring.keep("killed")
		before := m.editor
		script := rapid.SampledFrom([]string{"x", "<bs>", "<del>", "<ctrl+w>", "<alt+d>", "<ctrl+u>", "<ctrl+k>", "<ctrl+y>"}).Draw(t, "key")
		did, _ := press(m, script)
		after := did.editor
		if after == before {
			return
		}
		undone, _ := press(did, "<ctrl+z>")
		if undone.editor != before {
			t.Fatalf("%s of %+v, undone: %+v", script, before, undone.editor)
		}
		if redone, _ := press(undone, "<alt+z>"); redone.editor != after {
			t.Fatalf("%s of %+v, redone: %+v, want %+v", script, before, redone.editor, after)
		}
	})
}

func TestCutAndPasteIsIdentity(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := plain()
		m.editor = anyEditor(t)
		before := m.editor
		script := rapid.SampledFrom([]string{"<ctrl+w>", "<alt+d>", "<ctrl+u>", "<ctrl+k>"}).Draw(t, "key")
		if m, _ = press(m, script); m.editor.text == before.text {
			return
		}
		// Where the parts on both sides join to one letter the cursor is behind it.
		if at := m.editor.at; at != before.at && len(before.text)-len(m.editor.text)+at != before.at && at > 0 {
			return
		}
		if m, _ = press(m, "<ctrl+y>"); len(m.editor.text) != len(before.text) {
			t.Fatalf("%s and back: %q, was %q", script, m.editor.text, before.text)
		}
	})
}

// TestEveryByteCanBeSent: what is typed and spelled goes out byte for byte, but
// for those that cannot stand in a line.
func TestEveryByteCanBeSent(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m, want := plain(), ""
		for _, b := range rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "bytes") {
			if b == 0 || b == '\r' || b == '\n' {
				continue
			}
			m, _ = press(m, fmt.Sprintf("<ctrl+v>x%02x", b))
			want += string([]byte{b})
		}
		if m.Value() != want {
			t.Fatalf("holds %q, want %q", m.Value(), want)
		}
		if _, sent := press(m, "<enter>"); sent == nil || sent.Line != want {
			t.Fatalf("sends %+v, want %q", sent, want)
		}
	})
}

// TestNoPastedLineIsLost: whatever is said in between, each goes out once and
// in its turn, or waits.
func TestNoPastedLineIsLost(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := plain()
		var lines, said []string
		for i := range rapid.IntRange(2, 6).Draw(t, "lines") {
			lines = append(lines, fmt.Sprintf("NOOP %d", i))
		}
		m = paste(m, strings.Join(lines, "\n"))
		for range rapid.IntRange(0, 20).Draw(t, "steps") {
			script := rapid.SampledFrom([]string{"<enter>", "QUIT<enter>", "<enter>restore", "<home><end>", "<ctrl+r><esc>", "<up><down>"}).Draw(t, "script")
			if m.Value() != "" && !m.Offered() && strings.HasPrefix(script, "QUIT") {
				continue // typed into the pasted line
			}
			script, restores := strings.CutSuffix(script, "restore")
			after, sent := press(m, script)
			switch m = after; {
			case sent == nil:
			case restores:
				m.Restore(*sent)
			case sent.Line != "QUIT" && sent.Line != "":
				said = append(said, sent.Line)
			}
		}
		if got := slices.Concat(said, m.TakePasted()); !slices.Equal(got, lines) {
			t.Fatalf("came out %q, want %q", got, lines)
		}
	})
}

// TestHistoryByPrefix: Up brings what begins as typed, newest first, nothing
// twice in a row, and Down the way back to what was typed.
func TestHistoryByPrefix(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := plain()
		var lines []string
		for range rapid.IntRange(0, 12).Draw(t, "lines") {
			lines = append(lines, rapid.SampledFrom([]string{"RCPT TO:<a>", "RCPT TO:<b>", "RSET", "NOOP", "R"}).Draw(t, "line"))
		}
		m.Remember(lines...)
		typed := rapid.SampledFrom([]string{"", "R", "RC", "X"}).Draw(t, "typed")
		m, _ = press(m, typed)
		var want []string
		for _, line := range slices.Backward(lines) {
			if last := len(want) - 1; strings.HasPrefix(line, typed) && (last < 0 && line != typed || last >= 0 && want[last] != line) {
				want = append(want, line)
			}
		}
		for _, line := range want {
			if m, _ = press(m, "<up>"); m.Value() != line {
				t.Fatalf("%q of %q: %q, want %q", typed, lines, m.Value(), line)
			}
		}
		for range want {
			m, _ = press(m, "<down>")
		}
		if m.Value() != typed {
			t.Fatalf("%q of %q: back at %q", typed, lines, m.Value())
		}
	})
}

// FuzzEditor plays any bytes as keys: controls as themselves, all else typed.
func FuzzEditor(f *testing.F) {
	f.Add("RCPT TO:<a@b>\x17\x1a\x19\x01\x04", uint8(80))
	f.Add("e\u0301\x08\u200d\x15\x19漢漢漢漢漢漢漢漢漢漢\x02\x02", uint8(16))
	f.Add("AUTH PLAIN x\r\x10\x1a", uint8(40))
	f.Fuzz(func(t *testing.T, script string, width uint8) {
		m := plain()
		m.SetSecret(auth)
		m.SetWidth(int(width))
		now := noon
		for i, r := range script[:min(len(script), 500)] {
			now = now.Add(time.Duration(i) * time.Millisecond)
			k := tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}}
			if r < ' ' {
				k = tea.KeyMsg{Type: tea.KeyType(r)}
			}
			m, _ = m.Update(k, now)
		}
		check(t, m)
	})
}
