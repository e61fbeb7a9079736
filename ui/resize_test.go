package ui

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"pgregory.net/rapid"
)

// stormKeys are pressed between changes of size: all that have a meaning, and
// letters that make lines of them. Ctrl+C is missing, as two of it quit.
var stormKeys = []string{
	"enter", "enter", "enter", "tab", "esc", "up", "down", "left", "home", "end", "backspace", "delete", "pgup", "pgdown",
	"ctrl+]", "ctrl+u", "ctrl+w", "ctrl+k", "ctrl+y", "ctrl+z", "ctrl+r", "ctrl+a", "ctrl+q",
	"f1", "f3", "f4", "f5", "f6", "f8", "f10", "alt+h", "alt+m", "alt+o", "alt+w", "alt+n", "alt+t",
	"1", "2", "3", "4", "5", "6", "7", "0", ".", "/", "n", "q", "日", "é",
}

var stormLines = []string{
	"EHLO me.example", "EHLO Jean Marc", "MAIL FROM:<>", "RCPT TO:<jcatalaa@catium.com>", "DATA", "QUIT", "NOOP", "STARTTLS", "RSET",
	"/again", "/hangup", "/mx catium.com", "/connect", "/nonsense", "//x", "AUTH PLAIN AHVzZXIAcGFzcw==",
	strings.Repeat("long ", 60), "a@b@c", "catium.com", "x\x01\xff",
}

// TestResizeStorm draws random sizes between random keys while a talk runs. The
// harness looks at every frame: as many rows as the screen has, none wider.
func TestResizeStorm(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		// What is drawn inside the bubble comes of one seed: rapid's own state
		// must not be used there.
		seed := rapid.Uint64().Draw(rt, "seed")
		scenario := rapid.SampledFrom([]string{"howto", "starttls", "hangup", "silent"}).Draw(rt, "scenario")
		if problem := storm(t, seed, scenario); problem != "" {
			rt.Fatal(problem)
		}
	})
}

// storm drives one screen through a storm and tells what was wrong.
func storm(t *testing.T, seed uint64, scenario string) (problem string) {
	random := rand.New(rand.NewPCG(seed, 1))
	target := map[bool]string{true: "jcatalaa@catium.com", false: "anna@example.org"}[scenario == "howto"]
	drives(t, target, &network{scenario: scenario}, func(d *drive) {
		trace := []string{}
		defer func() {
			if got := recover(); got != nil {
				problem = fmt.Sprintf("%v\nafter %q", got, trace)
			}
			if t.Failed() {
				t.Logf("after %q", trace)
			}
		}()
		for range 20 {
			switch random.IntN(5) {
			case 0:
				w, h := 1+random.IntN(200), 1+random.IntN(60)
				trace = append(trace, fmt.Sprintf("%dx%d", w, h))
				d.take(tea.WindowSizeMsg{Width: w, Height: h})
				d.settle()
			case 1:
				line := stormLines[random.IntN(len(stormLines))]
				trace = append(trace, line)
				d.types(line)
			case 2:
				d.wait(time.Duration(random.IntN(1500)) * time.Millisecond)
			default:
				name := stormKeys[random.IntN(len(stormKeys))]
				trace = append(trace, name)
				d.press(name)
			}
			if d.quit {
				return
			}
			if bad := misdrawn(d.Model); bad != "" {
				panic(bad)
			}
		}
	})
	return problem
}

// TestEverySize draws the screen with each thing open at sizes around those
// that decide.
func TestEverySize(t *testing.T) {
	for name, come := range map[string]func(*drive){
		"route": func(*drive) {}, "talk": func(d *drive) { d.types("", "EHLO me.example", "MAIL FROM:<>") },
		"break": func(d *drive) { d.types(""); d.press("ctrl+]") }, "question": func(d *drive) { d.press("f5") },
		"look": func(d *drive) { d.asks("<>") }, "result": func(d *drive) { d.guides("<>") },
		"words": func(d *drive) { d.guides("<>"); d.press("2") }, "warning": func(d *drive) { d.types("", "EHLO a b") },
		"note": func(d *drive) { d.press("ctrl+c") },
	} {
		t.Run(name, func(t *testing.T) {
			drives(t, "jcatalaa@catium.com", &network{scenario: "howto"}, func(d *drive) {
				come(d)
				for _, w := range []int{1, 2, 39, 40, 41, 53, 66, 79, 80, 99, 100, 119, 120, 161} {
					for _, h := range []int{1, 2, 9, 10, 11, 12, 13, 15, 19, 20, 21, 24, 30, 47} {
						d.take(tea.WindowSizeMsg{Width: w, Height: h})
					}
				}
				d.take(tea.WindowSizeMsg{Width: 30, Height: 8})
				d.shows("This window is 30 x 8.", "ehlo needs 40 x 10.")
				d.take(tea.WindowSizeMsg{Width: 80, Height: 24})
				d.hides("This window is")
			})
		})
	}
}
