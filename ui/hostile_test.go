package ui

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"
	"unicode"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"ehlo/session/practice"
	"ehlo/session/transcript"
)

// TestWhatBreaksTheFormIsMarkedAndTheTalkGoesOn: no flaw of an answer ends a talk
// with a person, who is told of each.
func TestWhatBreaksTheFormIsMarkedAndTheTalkGoesOn(t *testing.T) {
	hello, rcpt := "EHLO pc17.example.org", "RCPT TO:<anna@example.org>"
	for _, tt := range []struct {
		scenario string
		types    []string
		shows    []string
		goesOn   string
	}{
		{"hostile-codes", []string{hello, "NOOP"}, []string{"There is no such code"}, "RSET"},
		{"hostile-codes", []string{hello, "HELP"}, []string{"It begins with no code"}, "RSET"},
		{"hostile-two-codes", []string{hello, "MAIL FROM:<>", rcpt}, []string{"Its code is not that of the", "CANNOT TELL", "550-5.1.1", "250 2.1.5"}, "RSET"},
		{"hostile-nul", []string{hello}, []string{"It holds a CR", "It holds a NUL", "It ends in LF", `\x0Dat your service`, `\x00MIME`}, "RSET"},
		{"hostile-early", []string{}, []string{"Nobody asked for this."}, hello},
		{"hostile-long-line", []string{hello, "MAIL FROM:<>", rcpt}, []string{"bytes more were not kept."}, "RSET"},
		{"hostile-many", []string{hello}, []string{"250 8BITMIME"}, "RSET"},
	} {
		t.Run(tt.scenario, func(t *testing.T) {
			drives(t, "anna@example.org", &network{scenario: tt.scenario}, func(d *drive) {
				d.take(tea.WindowSizeMsg{Width: 100, Height: 60})
				d.types("") // connects
				d.wait(time.Second)
				d.types(tt.types...)
				d.wait(3 * time.Second)
				d.shows(tt.shows...)
				d.types(tt.goesOn)
				d.wait(time.Second)
				d.hears(tt.goesOn, "250")
				if !d.live.talking() {
					t.Error("the talk is over")
				}
			})
		})
	}
}

// TestAnEndlessAnswerIsToldAndCanBeStopped: it is shown in bounded memory, and
// the keys work on.
func TestAnEndlessAnswerIsToldAndCanBeStopped(t *testing.T) {
	drives(t, "anna@example.org", &network{scenario: "hostile-flood"}, func(d *drive) {
		d.types("")
		d.wait(time.Second)
		d.types("EHLO pc17.example.org", "MAIL FROM:<>", "RCPT TO:<anna@example.org>")
		d.wait(10 * time.Second)
		noted := 0
		store := d.talk.Store()
		for i := store.Dropped(); i < store.Dropped()+store.Len(); i++ {
			if store.At(i).Kind == transcript.KindNote && store.At(i).Event != nil && fmt.Sprintf("%T", store.At(i).Event) == "session.Endless" {
				noted++
			}
		}
		if noted > 1 || noted == 0 && store.Dropped() == 0 {
			t.Errorf("told %d times that it does not end", noted)
		}
		d.shows("The answer of the server does not end.")
		if store.Bytes() > transcript.MaxBytes {
			t.Errorf("%d bytes are kept", store.Bytes())
		}
		d.press("ctrl+]", "4")
		d.wait(time.Second)
		if d.live.talking() {
			t.Error("the line is still open")
		}
	})
}

// colours are the only sequences that a frame holds of itself.
var colours = regexp.MustCompile(`\x1b\[[0-9;]*m`)

// trick returns the first character of a text that would do something to a
// terminal or to the eye, 0 when there is none.
func trick(text string) rune {
	for _, r := range text {
		switch {
		case r == '\n':
		case r < ' ', r >= 0x7f && r <= 0x9f, r == 0xAD, unicode.Is(unicode.Cf, r), unicode.Is(unicode.Zl, r), unicode.Is(unicode.Zp, r),
			r >= 0xE0000 && r <= 0xE0FFF, r == unicode.ReplacementChar:
			return r
		}
	}
	return 0
}

// TestNoFrameHoldsWhatAServerSent: through a whole guided send to each hostile
// server, every frame is of our own making.
func TestNoFrameHoldsWhatAServerSent(t *testing.T) {
	for _, scenario := range practice.Scenarios() {
		if !strings.HasPrefix(scenario.Name, "hostile-") || scenario.Name == "hostile-flood" {
			continue
		}
		t.Run(scenario.Name, func(t *testing.T) {
			drives(t, "anna@example.org", &network{scenario: scenario.Name}, func(d *drive) {
				d.asks("helpdesk@example.org", "y")
				for range 40 {
					d.wait(100 * time.Millisecond)
					if found := trick(colours.ReplaceAllString(d.View(), "")); found != 0 {
						t.Fatalf("%U in the frame\n%s", found, ansi.Strip(d.View()))
					}
					if _, message := d.message(); message {
						d.press("enter")
					}
				}
				for range 6 { // every pane
					d.press("f6")
					if found := trick(colours.ReplaceAllString(d.View(), "")); found != 0 {
						t.Fatalf("%U in the frame\n%s", found, ansi.Strip(d.View()))
					}
				}
			})
		})
	}
}

// paste pastes text into the prompt.
func (d *drive) paste(text string) {
	d.take(tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(text), Paste: true})
	d.settle()
}

// TestNothingPastedIsASecondLine: pasted lines are one each, none goes out by
// itself, and what no line may hold never reaches the wire.
func TestNothingPastedIsASecondLine(t *testing.T) {
	drives(t, "anna@example.org", &network{scenario: "hostile-quit"}, func(d *drive) {
		d.types("")
		d.wait(time.Second)
		d.types("EHLO pc17.example.org")
		d.wait(time.Second)
		before := len(d.sent())
		d.paste("NOOP 1\r\nQUIT\r\n")
		d.wait(time.Second)
		if sent := d.sent()[before:]; len(sent) != 0 {
			t.Fatalf("%q went out by itself", sent)
		}
		d.press("esc", "ctrl+u")
		for _, text := range []string{"NOOP\x00QUIT", "NOOP\rQUIT", "RCPT TO:<a@b>\x00"} {
			d.paste(text)
			d.wait(200 * time.Millisecond)
			d.press("enter")
			d.wait(time.Second)
			d.press("esc", "ctrl+u")
		}
		for _, line := range d.sent()[before:] {
			if strings.ContainsAny(line, "\r\n\x00") || strings.HasPrefix(line, "QUIT") {
				t.Errorf("%q went out", line)
			}
		}
	})
}

// TestNoAnswerOfTheGuideIsASecondLine: what is pasted into a question is no
// command, nor more than one answer that makes one.
func TestNoAnswerOfTheGuideIsASecondLine(t *testing.T) {
	for _, answer := range []string{"me@example.org>\r\nDATA", "me@example.org\x00", "a@b\nRCPT TO:<eve@example.net>"} {
		drives(t, "anna@example.org", &network{scenario: "hostile-quit"}, func(d *drive) {
			d.press("f5")
			d.types("", "", "")
			d.shows("Question 4")
			d.paste(answer)
			d.wait(200 * time.Millisecond)
			for range 4 {
				d.press("enter")
				d.wait(time.Second)
			}
			for _, line := range d.sent() {
				if strings.ContainsAny(line, "\r\n\x00") || strings.HasPrefix(line, "DATA") || strings.Contains(line, "eve@") {
					t.Errorf("%q went out", line)
				}
			}
		})
	}
}
