package guide

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"ehlo/session/script"
	"ehlo/ui/golden"
	"ehlo/ui/theme"
)

var facts = script.Facts{
	To: "jcatalaa@catium.com",
	Route: script.Route{Domain: "catium.com", Provider: "Yahoo", Servers: []script.Server{
		{Name: "mx1.biz.mail.yahoo.com", Address: "4.79.181.18", Port: 25},
		{Name: "mx5.biz.mail.yahoo.com", Address: "68.142.224.244", Port: 25},
	}},
	Hello: "pc17.example.org",
	From:  "helpdesk@example.org",
}

var (
	subject = []string{"", "", "", "", "Hello, Hola"}
	text    = append(subject[:5:5], "How are you? Como estas?", "Je ne sais quoi", "Ciao,", "Jean-Marc")
	whole   = append(text[:9:9], ".")
)

// shown returns the pane after some answers, with the offer in the prompt.
func shown(t testing.TB, width, height int, options theme.Options, facts script.Facts, answers ...string) Model {
	t.Helper()
	g := script.NewGuide(facts)
	for _, answer := range answers {
		var problem string
		if g, problem = g.Answer(answer); problem != "" {
			t.Fatalf("%q: %s", answer, problem)
		}
	}
	m := New(theme.New(options))
	m.SetSize(width, height)
	m.Show(g, g.Offer())
	return m
}

// plain is what eyes see, without blanks at the ends of rows.
func plain(view string) string {
	rows := strings.Split(ansi.Strip(view), "\n")
	for i := range rows {
		rows[i] = strings.TrimRight(rows[i], " ")
	}
	return strings.Join(rows, "\n")
}

// TestScreens holds the pane, and all it hands out, against the drawings of
// the design: every row from the headline to the hints but ladder and prompt.
func TestScreens(t *testing.T) {
	for file, m := range map[string]Model{
		"question": shown(t, 80, 14, theme.Options{}, facts, "", "", ""),
		"look":     shown(t, 80, 14, theme.Options{}, facts, whole...),
	} {
		drawn, err := os.ReadFile(filepath.Join("testdata", file+".screen"))
		if err != nil {
			t.Fatal(err)
		}
		want := strings.Split(string(drawn), "\n")
		var got []string
		for _, r := range m.Headline() {
			got = append(got, plain(place(80, cell{3, r.Label, theme.Style{}}, cell{16, r.Text, theme.Style{}})))
		}
		rule := "──[" + Name + "]  " + m.Place() + " "
		got = append(got, rule+strings.Repeat("─", 80-ansi.StringWidth(rule)))
		got = append(got, strings.Split(plain(m.View()), "\n")...)
		if diff := cmp.Diff(want[2:20], got); diff != "" {
			t.Errorf("%s: %s", file, diff)
		}
		if !strings.HasSuffix(want[21], m.Edge()) {
			t.Errorf("%s: %q beside the prompt %q", file, m.Edge(), want[21])
		}
		var hints []string
		for _, k := range m.Hints() {
			hints = append(hints, k.Help().Key+" "+k.Help().Desc)
		}
		if diff := cmp.Diff(want[22], " "+strings.Join(hints, "   ")); diff != "" {
			t.Errorf("%s: %s", file, diff)
		}
	}
}

func TestGolden(t *testing.T) {
	long := facts
	long.Route.Servers = []script.Server{
		{Name: "catium-com.mail.protection.outlook.com", Port: 25},
		{Name: "b.example", Port: 2525},
		{Name: "c.example", Port: 25},
		{Name: "d.example", Port: 25},
		{Name: "e.example", Port: 25},
	}
	ascii := theme.Options{ASCII: true, NoColor: true}
	manyLines := append(text[:9:9], strings.TrimSpace(strings.Repeat("A long letter has many words, and more of them than a row has room for.\n", 12)), ".")
	wrong := shown(t, 80, 14, ascii, facts, "", "", "")
	g, _ := wrong.guide.Answer("helpdesk")
	wrong.Show(g, "helpdesk")
	for name, m := range map[string]Model{
		"to":             shown(t, 80, 14, ascii, facts),
		"to-nothing":     shown(t, 80, 14, ascii, script.Facts{}),
		"servers":        shown(t, 80, 14, ascii, long, ""),
		"doubt":          shown(t, 80, 14, ascii, facts, "jean@gmial.con"),
		"subject":        shown(t, 80, 14, ascii, facts, "", "", "", ""),
		"text":           shown(t, 80, 14, ascii, facts, text...),
		"long-subject":   shown(t, 80, 14, ascii, facts, "", "", "", "", "A subject that is longer than its column has room for"),
		"refused":        wrong,
		"look-long":      shown(t, 80, 14, ascii, facts, manyLines...),
		"question-40x14": shown(t, 40, 14, ascii, facts, "", "", ""),
		"question-40x3":  shown(t, 40, 3, ascii, facts, "", "", ""),
		"text-40x14":     shown(t, 40, 14, ascii, facts, text...),
		"look-40x14":     shown(t, 40, 14, ascii, facts, whole...),
		"look-40x3":      shown(t, 40, 3, ascii, facts, whole...),
		"question-120":   shown(t, 120, 30, ascii, facts, "", "", ""),
	} {
		t.Run(name, func(t *testing.T) {
			got := plain(m.View())
			golden.Text(t, name, got)
			if strings.ContainsFunc(got, func(r rune) bool { return r > 126 }) {
				t.Error("more than ASCII")
			}
		})
	}
}

// TestFits draws any answers in any room: as many rows as asked for, none too
// wide, nothing that could move the cursor.
func TestFits(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		width, height := rapid.IntRange(1, 130).Draw(r, "width"), rapid.IntRange(1, 40).Draw(r, "height")
		word := rapid.StringOfN(rapid.RuneFrom([]rune("abc é漢字👩‍🚀\x1b\u202e\t.")), 0, 90, -1)
		g := script.NewGuide(script.Facts{
			To: word.Draw(r, "to") + "@b.example", From: "a@b.example", Hello: word.Draw(r, "hello"),
			Route: script.Route{Provider: word.Draw(r, "provider"), Servers: []script.Server{{Name: word.Draw(r, "server"), Port: 25}, {Name: "b", Port: 25}}},
		})
		for _, answer := range []string{"a@b.example", "2", "pc.example", "", "subject", word.Draw(r, "text"), word.Draw(r, "text"), "."}[:rapid.IntRange(0, 8).Draw(r, "answers")] {
			g, _ = g.Answer(answer)
		}
		m := New(theme.New(theme.Options{Profile: theme.RGB}))
		m.SetSize(width, height)
		m.Show(g, word.Draw(r, "typed"))
		rows := strings.Split(m.View(), "\n")
		if len(rows) != height {
			r.Fatalf("%d rows, not %d", len(rows), height)
		}
		for _, row := range rows {
			if ansi.StringWidth(row) > width {
				r.Fatalf("%d columns in %d: %q", ansi.StringWidth(row), width, row)
			}
			if bare := ansi.Strip(row); strings.ContainsAny(bare, "\x1b\t\u202e") {
				r.Fatalf("unsafe: %q", bare)
			}
		}
	})
}

func TestHints(t *testing.T) {
	if keys := shown(t, 80, 14, theme.Options{}, facts).Hints(); keys[1].Help().Desc != "leave the questions" {
		t.Errorf("at the start Esc says %q", keys[1].Help().Desc)
	}
	step := shown(t, 80, 14, theme.Options{}, facts, append(whole[:10:10], "0")...)
	if keys := step.Hints(); keys[3].Help().Desc != "go on by itself" {
		t.Errorf("pausing, 0 says %q", keys[3].Help().Desc)
	}
	if m := (Model{}); m.View() != "" {
		t.Error("without a size nothing is drawn")
	}
}
