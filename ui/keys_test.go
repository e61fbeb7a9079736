package ui

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/bubbles/key"

	"ehlo/ui/guide"
	"ehlo/ui/prompt"
)

// shared are the keys that mean two things, and when which. All others have
// one meaning while the prompt is live.
var shared = map[string]string{
	"esc":   "leaves the search while one is on, else goes back",
	"end":   "follows the newest line while the prompt is empty and scrolled back, else ends the line",
	"up":    "moves in an open list while the prompt is empty, else brings earlier lines",
	"down":  "likewise",
	"left":  "opens the pane before while nothing is typed or offered, else moves",
	"right": "likewise",
	"tab":   "takes an offer where one waits, else completes",
	"enter": "takes the row chosen in an open list, else sends",
}

// TestNoTwoBindingsShareAKey holds the keys that are live together: those of
// the root and those of the prompt, with the ones that a question adds.
func TestNoTwoBindingsShareAKey(t *testing.T) {
	owner := map[string]string{}
	for place, bindings := range map[string][]key.Binding{"root": DefaultKeyMap().All(), "prompt": prompt.DefaultKeyMap().All()} {
		for _, binding := range bindings {
			help := binding.Help()
			if help.Key == "" || help.Desc == "" || !binding.Enabled() {
				t.Errorf("%s %v has no help", place, binding.Keys())
			}
			for _, name := range binding.Keys() {
				keyOf(t, name)
				if before, taken := owner[name]; taken && shared[name] == "" {
					t.Errorf("%q is %q and %q", name, before, help.Desc)
				}
				owner[name] = help.Desc
			}
		}
	}
	for name := range shared {
		if owner[name] == "" && name != "enter" {
			t.Errorf("%q is not shared any more", name)
		}
	}
}

// TestKeysOfAQuestionAreThePrompts: digits, y and the dot go into the prompt;
// what a question adds is nothing that the root or the editor would take.
func TestKeysOfAQuestionAreThePrompts(t *testing.T) {
	keys := guide.DefaultKeys()
	for _, binding := range []key.Binding{keys.ByHand, keys.EndText, keys.Send, keys.Change, keys.Pace} {
		for _, name := range binding.Keys() {
			msg := keyOf(t, name)
			for _, other := range append(DefaultKeyMap().All(), prompt.DefaultKeyMap().All()...) {
				if key.Matches(msg, other) {
					t.Errorf("%q is %q too", name, other.Help().Desc)
				}
			}
		}
	}
}

// TestEveryFKeyHasATwin, printed with it, that other terminals do not take.
func TestEveryFKeyHasATwin(t *testing.T) {
	for _, binding := range DefaultKeyMap().All() {
		f, twin, paired := strings.Cut(binding.Help().Key, "/")
		isF := slices.ContainsFunc(binding.Keys(), func(name string) bool { return name[0] == 'f' && len(name) <= 3 })
		if !isF {
			continue
		}
		want := []string{strings.ToLower(f), strings.ToLower(twin)}
		if !paired || !slices.Equal(binding.Keys(), want) {
			t.Errorf("printed %q, bound %v", binding.Help().Key, binding.Keys())
		}
		if !strings.HasPrefix(twin, "Alt+") && !strings.HasPrefix(twin, "Ctrl+") {
			t.Errorf("%q is no twin", twin)
		}
	}
}

// TestHintsWork presses what each row of hints prints, at each place where it
// is printed: every one of them changes the screen.
func TestHintsWork(t *testing.T) {
	for name, come := range map[string]func(*drive){
		"start":     func(d *drive) { d.press("esc"); d.types("a@nowhere.example"); d.letters("a") },
		"route":     func(*drive) {},
		"talk":      func(d *drive) { d.types("", "EHLO me.example", "NOOP", "NOOP", "NOOP"); d.letters("E") },
		"break":     func(d *drive) { d.types(""); d.press("ctrl+]") },
		"verbs":     func(d *drive) { d.types(""); d.letters("R"); d.press("tab") },
		"warning":   func(d *drive) { d.types("", "EHLO Jean Marc") },
		"quit":      func(d *drive) { d.press("f10") },
		"question":  func(d *drive) { d.press("f5"); d.types("") },
		"text":      func(d *drive) { d.press("f5"); d.types(answers[:5]...); d.letters("Hello") },
		"look over": func(d *drive) { d.press("f5"); d.types(answers...) },
		"result": func(d *drive) {
			d.press("f5")
			d.types(answers...)
			d.types("y")
			d.wait(time.Second)
			d.press("enter")
			d.wait(time.Second)
		},
	} {
		t.Run(name, func(t *testing.T) {
			for i := 0; ; i++ {
				more := false
				drives(t, "jcatalaa@catium.com", &network{scenario: "howto"}, func(d *drive) {
					come(d)
					d.wait(time.Second)
					hints := d.openHints()
					if more = i < len(hints); !more {
						return
					}
					for _, name := range spelled(hints[i].Help().Key, hints[i].Help().Desc) {
						d.works(hints[i], name)
					}
				})
				if !more {
					break
				}
			}
		})
	}
}

// works presses the keys of one hint.
func (d *drive) works(hint key.Binding, names []string) {
	d.t.Helper()
	d.arrange() // the clock
	before := d.screen()
	x := d.prompt.Cursor()
	d.press(names...)
	if d.screen() == before && d.prompt.Cursor() == x && !d.quit {
		d.t.Errorf("%q (%s): %v does nothing\n%s", hint.Help().Key, hint.Help().Desc, names, before)
	}
}

// spelled reads the keys of a hint as they are printed: "Esc or Ctrl+]" is one
// or the other, "Up Down" too, "y Enter" is one after the other, "1-7" any.
func spelled(text, does string) (ways [][]string) {
	text = strings.ToLower(text)
	if from, _, isRange := strings.Cut(text, "-"); isRange {
		return [][]string{{from}}
	}
	if last, ok := strings.CutSuffix(text, " enter"); ok && !strings.HasSuffix(last, " or") {
		return [][]string{{last, "enter"}}
	}
	if strings.HasPrefix(text, "/") {
		return [][]string{append(strings.Split(text, ""), "enter")}
	}
	if does == "try all" {
		return [][]string{{"f9"}} // the twin leads to the same once more
	}
	if does == "take it" {
		return [][]string{{"down", "enter"}} // the row that was moved to
	}
	if text == "up down" {
		return [][]string{{"down"}, {"down", "down", "up"}}
	}
	for _, one := range strings.FieldsFunc(strings.ReplaceAll(text, " or ", "/"), func(r rune) bool { return r == '/' }) {
		if one == "esc" && strings.Contains(text, "ctrl+]") {
			continue // on an empty prompt; the test of the break menu has it
		}
		ways = append(ways, []string{one})
	}
	return ways
}
