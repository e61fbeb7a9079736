package rule

import (
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"

	"ehlo/ui/theme"
)

var panes = []string{"Talk", "Route", "Offers", "TLS", "Lesson"}

func TestUpper(t *testing.T) {
	tests := []struct {
		name  string
		upper Upper
		width int
		ascii bool
		want  string
	}{
		{
			"talk",
			Upper{Tabs: panes},
			80, false,
			"──[Talk]  Route   Offers   TLS   Lesson ────────────────────────────────────────",
		},
		{
			"route",
			Upper{Tabs: panes, Open: 1},
			80, false,
			"── Talk  [Route]  Offers   TLS   Lesson ────────────────────────────────────────",
		},
		{
			"tls",
			Upper{Tabs: panes, Open: 3},
			80, false,
			"── Talk   Route   Offers  [TLS]  Lesson ────────────────────────────────────────",
		},
		{
			"lesson",
			Upper{Tabs: panes, Open: 4},
			80, false,
			"── Talk   Route   Offers   TLS  [Lesson]────────────────────────────────────────",
		},
		{
			"guided",
			Upper{Tabs: []string{"Guided send", "question 4 of 6"}},
			80, false,
			"──[Guided send]  question 4 of 6 ───────────────────────────────────────────────",
		},
		{
			"ascii",
			Upper{Tabs: panes},
			80, true,
			"--[Talk]  Route   Offers   TLS   Lesson ----------------------------------------",
		},
		{
			"side pane",
			Upper{Tabs: panes, Tee: 81, Side: "Route"},
			120, false,
			"──[Talk]  Route   Offers   TLS   Lesson ─────────────────────────────────────────┬─ Route ──────────────────────────────",
		},
		{
			"scrolled back",
			Upper{Tabs: panes, Notice: NewLines(3)},
			80, false,
			"──[Talk]  Route   Offers   TLS   Lesson ──────────────────── 3 new lines, End ──",
		},
		{
			"scrolled back, side pane",
			Upper{Tabs: panes, Notice: NewLines(1), Tee: 81, Side: "Route"},
			120, false,
			"──[Talk]  Route   Offers   TLS   Lesson ────────────────────── 1 new line, End ──┬─ Route ──────────────────────────────",
		},
		{
			"narrow",
			Upper{Tabs: panes, Notice: NewLines(12)},
			40, false,
			"──[Talk]  Route ─── 12 new lines, End ──",
		},
		{"tiny", Upper{Tabs: panes, Notice: NewLines(12)}, 5, false, "── 12"},
		{"nothing", Upper{}, 10, false, "──────────"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := ansi.Strip(tt.upper.Render(theme.New(theme.Options{ASCII: tt.ascii}), tt.width))
			if got != tt.want {
				t.Errorf("\n got %q\nwant %q", got, tt.want)
			}
		})
	}
}

func TestNewLines(t *testing.T) {
	for n, want := range map[int]string{-1: "", 0: "", 1: "1 new line, End", 3: "3 new lines, End"} {
		if got := NewLines(n); got != want {
			t.Errorf("NewLines(%d) = %q", n, got)
		}
	}
}

func TestSheet(t *testing.T) {
	th := theme.New(theme.Options{})
	for _, tt := range []struct {
		title string
		width int
		want  string
	}{
		{"What now?", 80, "── What now? ───────────────────────────────────────────────────────────────────"},
		{"Offers", 37, "── Offers ───────────────────────────"},
		{"", 5, "─────"},
		{"日本語", 8, "── 日本─"},
		{"日本語", 6, "── 日─"},
	} {
		if got := ansi.Strip(Sheet(th, tt.title, tt.width)); got != tt.want {
			t.Errorf("\n got %q\nwant %q", got, tt.want)
		}
	}
}

// Whatever the room, a rule has exactly its width.
func TestWidths(t *testing.T) {
	th := theme.New(theme.Options{Profile: theme.RGB})
	for width := range 130 {
		for _, tee := range []int{0, 3, 81} {
			u := Upper{Tabs: panes, Notice: NewLines(3), Tee: tee, Side: "日本語"}
			for _, row := range []string{u.Render(th, width), Sheet(th, "日本語 日本語", width)} {
				if got := ansi.StringWidth(row); got != width {
					t.Fatalf("width %d, tee %d: %d columns: %q", width, tee, got, ansi.Strip(row))
				}
			}
		}
	}
}

// Lines are in Rule, words never.
func TestRoles(t *testing.T) {
	th := theme.New(theme.Options{Profile: theme.Colours256, Background: theme.Dark})
	got := Upper{Tabs: panes[:2]}.Render(th, 20)
	want := th.Rule.Render("──") + th.Open.Render("[Talk]") + th.Muted.Render(" ") + th.Muted.Render(" Route ") + th.Rule.Render(strings.Repeat("─", 4))
	if got != want {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}
