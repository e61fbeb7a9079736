package headline

import (
	"strings"
	"testing"
	"time"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"ehlo/ui/golden"
	"ehlo/ui/theme"
)

var talk = Title{
	About: "jcatalaa@catium.com", Server: "mx1.biz.mail.yahoo.com:25", Encryption: "not encrypted",
	Clock: Clock{On: true, Connected: 72 * time.Second},
}

var takes = Verdict{
	Word: "YES", Sentence: "The server takes mail for jcatalaa@catium.com.",
	Who: "You. No message has been sent yet.", Next: "DATA hands over a message; QUIT stops here and leaves no trace.",
}

var screens = []struct {
	name    string
	w, h    int
	ascii   bool
	title   Title
	verdict Verdict
}{
	{"start", 80, 5, false, Title{Server: "no server yet"}, Verdict{
		Label: "Welcome", Sentence: "Whose mail are we looking at? Type an address, then Enter.",
		Notes: []string{"Nothing leaves this computer until you press Enter."},
	}},
	{"route", 80, 5, false, Title{About: "jcatalaa@catium.com", Server: "2 servers found"}, Verdict{
		Word: "GO ON", Sentence: "Mail for catium.com goes to 2 servers at Yahoo.", Who: "You.",
		Next: "Enter connects to the one marked > ; Up and Down choose another.",
	}},
	{"talk", 80, 5, false, talk, takes},
	{"talk-120", 120, 5, false, talk, takes},
	{"talk-ascii", 80, 5, true, talk, takes},
	{"talk-40", 40, 3, false, talk, takes},
	{"talk-40-whole", 40, 8, false, talk, takes},
	{"question", 80, 5, false, Title{About: "jcatalaa@catium.com", Server: "not connected"}, Verdict{
		Label: "Question 4", Sentence: "Who is this message from?",
		Notes: []string{"Any address of yours. Answers and bounces come back to it.", "A number and Enter, or type an address."},
	}},
	{"send", 80, 5, false, Title{About: "jcatalaa@catium.com", Server: "not connected"}, Verdict{
		Label: "Send it?", Sentence: "This delivers a real message to jcatalaa@catium.com.", Who: "You.",
		Next: "y and Enter begins. The message waits for one more Enter.",
	}},
	{"waiting", 80, 5, false, talk, Verdict{
		Label: "Waiting", Ticking: true, Elapsed: 47 * time.Second,
		Sentence: "The server has not answered RCPT TO yet. It may take 5 minutes.",
		Who:      "Nobody yet. A slow answer is often a filter at work.",
		Next:     "Wait, or choose below. What was said stays here either way.",
	}},
	{"calling", 80, 5, false, Title{About: "jcatalaa@catium.com", Server: "2 servers found"}, Verdict{
		Label: "Calling", Ticking: true, Elapsed: 4 * time.Second,
		Sentence: "67.28.113.136, port 25. Address 2 of 5; the first was silent.",
	}},
	{"sending", 80, 5, false, talk, Verdict{Label: "Sending", Who: "Nobody yet.", Progress: progress}},
	{"sending-40", 40, 4, false, talk, Verdict{Label: "Sending", Who: "Nobody yet.", Progress: progress}},
	{"wraps", 80, 7, false, talk, Verdict{
		Word: "NOT NOW", Sentence: "The server takes no mail at the moment because it is looking at who we are first, as it does for all.",
		Who: "You.", Next: "Next try at 09:30, please; it is a filter that asks every newcomer to come back in a quarter of an hour.",
	}},
	{"cannot-tell", 80, 5, false, talk, Verdict{
		Word: "CANNOT TELL", Sentence: "The server says yes to any name, even a made-up one.", Who: "You.", Next: "Only sending tells.",
	}},
}

var progress = &Progress{Sent: 9_400_000, Total: 23_000_000, Took: 13800 * time.Millisecond}

func TestGolden(t *testing.T) {
	for _, s := range screens {
		t.Run(s.name, func(t *testing.T) {
			m := New(theme.New(theme.Options{ASCII: s.ascii}))
			m.SetTitle(s.title)
			m.SetVerdict(s.verdict)
			if got := m.Height(s.w, s.h); got != s.h {
				t.Errorf("wants %d rows of %d", got, s.h)
			}
			m.SetSize(s.w, s.h)
			golden.Text(t, s.name, ansi.Strip(m.View()))
		})
	}
}

func TestStyled(t *testing.T) {
	m := New(theme.New(theme.Options{Profile: theme.Colours256, Background: theme.Dark}))
	late := talk
	late.Clock.Idle = 4*time.Minute + 7*time.Second
	m.SetTitle(late)
	m.SetVerdict(takes)
	m.SetSize(80, 5)
	golden.Text(t, "styled", strings.ReplaceAll(m.View(), "\x1b", "ESC"))
}

// Rows go in the order of the design, and the sentence is the last to stay.
func TestRowsDropped(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	m.SetTitle(talk)
	m.SetVerdict(takes)
	for h, want := range map[int]string{
		5: "title  sentence who next", 4: "title sentence who next", 3: "title sentence who", 2: "title sentence", 1: "sentence", 0: "",
	} {
		m.SetSize(80, h)
		if h > 0 && m.Height(80, h) != h {
			t.Errorf("%d rows: wants %d", h, m.Height(80, h))
		}
		var got []string
		for _, row := range strings.Split(ansi.Strip(m.View()), "\n") {
			name := ""
			for begin, known := range map[string]string{" ehlo": "title", " √ YES": "sentence", "   Who acts": "who", "   Next": "next"} {
				if strings.HasPrefix(row, begin) {
					name = known
				}
			}
			got = append(got, name)
		}
		if diff := cmp.Diff(want, strings.Join(got, " ")); diff != "" {
			t.Errorf("%d rows: %s", h, diff)
		}
	}
}

func TestAnySize(t *testing.T) {
	for _, s := range screens {
		m := New(theme.New(theme.Options{Profile: theme.RGB}))
		m.SetTitle(s.title)
		m.SetVerdict(s.verdict)
		for w := -1; w < 130; w += 3 {
			for h := -1; h < 12; h++ {
				m.SetSize(w, h)
				rows := strings.Split(m.View(), "\n")
				if len(rows) != max(h, 1) || m.Height(w, h) > max(h, 0) {
					t.Fatalf("%s at %d x %d: %d rows, wants %d", s.name, w, h, len(rows), m.Height(w, h))
				}
				for _, row := range rows {
					if ansi.StringWidth(row) > max(w, 0) {
						t.Fatalf("%s at %d x %d: %q", s.name, w, h, ansi.Strip(row))
					}
				}
			}
		}
	}
}

func TestLongTitle(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	long := talk
	long.About = "a.very.long.name.of.a.person@department.example.org"
	long.Server = "a-very-long-name-of-a-server.mail.protection.example.net:25"
	m.SetTitle(long)
	for w, want := range map[int]string{
		80:  " ehlo a.very.long.n... a-very-long-name-of-a-server.mail.... not encrypted 1:12",
		120: " ehlo a.very.long.name.of.a.person@de... a-very-long-name-of-a-server.mail.protection.example.net:25 not encrypted 1:12",
		40:  " ehlo a.very.long.name.of.a.per... 1:12",
	} {
		m.SetSize(w, 5)
		got, _, _ := strings.Cut(ansi.Strip(m.View()), "\n")
		if got != want {
			t.Errorf("%d columns: %q", w, got)
		}
	}
}

// What comes from the network reaches the screen only made safe.
func TestHostileText(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	bad := "x\x1b[2J\u202Ey\r\nz"
	m.SetTitle(Title{About: bad, Server: bad, Encryption: bad})
	m.SetVerdict(Verdict{Word: "NO", Sentence: bad, Who: bad, Next: bad})
	m.SetSize(120, 5)
	if got := ansi.Strip(m.View()); strings.ContainsAny(got, "\x1b\r\u202E") || strings.Count(got, "\n") != 4 {
		t.Errorf("%q", got)
	}
	m.SetVerdict(Verdict{Label: "x", Notes: []string{bad}})
	if got := m.View(); strings.ContainsAny(ansi.Strip(got), "\x1b\r\u202E") {
		t.Errorf("%q", got)
	}
}

func TestClock(t *testing.T) {
	const minute, second = time.Minute, time.Second
	for _, tt := range []struct {
		clock Clock
		want  string
		late  bool
	}{
		{Clock{}, "", false},
		{Clock{Idle: 10 * minute}, "", false},
		{Clock{On: true}, "0:00", false},
		{Clock{On: true, Connected: 47*second + 999*time.Millisecond}, "0:47", false},
		{Clock{On: true, Connected: 4*minute + 7*second, Idle: 29 * second}, "4:07", false},
		{Clock{On: true, Connected: 9 * minute, Idle: 30 * second}, "idle 0:30", false},
		{Clock{On: true, Idle: 4*minute - 1}, "idle 3:59", false},
		{Clock{On: true, Idle: 4 * minute}, "idle 4:00", true},
		{Clock{On: true, Connected: 3723 * second}, "1:02:03", false},
		{Clock{On: true, Connected: -second}, "0:00", false},
	} {
		if got := tt.clock.text(); got != tt.want || tt.clock.late() != tt.late {
			t.Errorf("%+v: %q, late %v", tt.clock, got, tt.clock.late())
		}
	}
}

func TestProgress(t *testing.T) {
	for _, tt := range []struct {
		p                 Progress
		label, bar, words string
	}{
		{*progress, "Sending 41 %", "[========            ]", "9.4 of 23 MB, about 20 s left"},
		{Progress{Total: 100}, "Sending 0 %", "[                    ]", "0 of 100 bytes"},
		{Progress{Sent: 900_000, Total: 23_000_000}, "Sending 4 %", "[                    ]", "900 kB of 23 MB"},
		{Progress{Sent: 23_000_000, Total: 23_000_000, Took: time.Hour}, "Sending 100 %", "[====================]", "23 of 23 MB"},
		{Progress{Sent: 24_000_000, Total: 23_000_000}, "Sending 100 %", "[====================]", "24 of 23 MB"},
		{Progress{Sent: 5_000_000, Total: -1}, "Sending", "", "5 MB so far"},
		{Progress{Sent: 1e6, Total: 3e6, Took: time.Minute}, "Sending 33 %", "[======              ]", "1 of 3 MB, about 2 min left"},
		{Progress{Sent: 1e6, Total: 1e9, Took: time.Minute}, "Sending 0 %", "[                    ]", "1 MB of 1 GB, about 17 h left"},
	} {
		if tt.p.label("Sending") != tt.label || tt.p.bar() != tt.bar || tt.p.words() != tt.words {
			t.Errorf("%+v: %q %q %q", tt.p, tt.p.label("Sending"), tt.p.bar(), tt.p.words())
		}
	}
}

// TestCutSentence: where rows are short the sentence says that it has lost its
// end.
func TestCutSentence(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	m.SetTitle(talk)
	m.SetVerdict(Verdict{Word: "NOT NOW", Sentence: "The server takes no mail at the moment because it is looking at who we are first, as it does for all."})
	for h, cut := range map[int]bool{2: true, 3: true, 6: false} {
		m.SetSize(40, h)
		if text := strings.TrimRight(ansi.Strip(m.View()), " \n"); strings.HasSuffix(text, "...") != cut {
			t.Errorf("%d rows:\n%s", h, text)
		}
	}
}
