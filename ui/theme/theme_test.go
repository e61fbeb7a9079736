package theme

import (
	"math"
	"strings"
	"testing"

	"github.com/charmbracelet/x/ansi"
)

// luminance is the relative luminance of 0xRRGGBB, WCAG 2.1.
func luminance(rgb int) float64 {
	part := func(shift uint) float64 {
		v := float64(rgb>>shift&0xff) / 255
		if v <= 0.04045 {
			return v / 12.92
		}
		return math.Pow((v+0.055)/1.055, 2.4)
	}
	return 0.2126*part(16) + 0.7152*part(8) + 0.0722*part(0)
}

func contrast(a, b int) float64 {
	high, low := luminance(a), luminance(b)
	if high < low {
		high, low = low, high
	}
	return (high + 0.05) / (low + 0.05)
}

// xterm returns the RGB of an index of 16 and up.
func xterm(index int) int {
	if index >= 232 {
		grey := 8 + 10*(index-232)
		return grey<<16 | grey<<8 | grey
	}
	level := func(n int) int {
		if n == 0 {
			return 0
		}
		return 55 + 40*n
	}
	n := index - 16
	return level(n/36)<<16 | level(n/6%6)<<8 | level(n%6)
}

func TestContrast(t *testing.T) {
	const black, white = 0x000000, 0xffffff
	text := map[string]hues{"voice": voice, "good": good, "wait": wait, "refused": refused, "muted": muted}
	behind := map[Background][]int{Dark: {black}, Light: {white}, Unknown: {black, white}}
	for name, h := range text {
		for background, grounds := range behind {
			for _, ground := range grounds {
				c := h.on(background)
				if got := contrast(c.rgb, ground); got < 4.5 {
					t.Errorf("%s, background %d: #%06x on #%06x has %.2f", name, background, c.rgb, ground, got)
				}
				if got := contrast(xterm(c.index), ground); got < 4.5 {
					t.Errorf("%s, background %d: colour %d on #%06x has %.2f", name, background, c.index, ground, got)
				}
			}
		}
	}
}

// TestContrastRange holds the wider promise: RGB reads at 5 on dark and light
// backgrounds that are not quite black or white.
func TestContrastRange(t *testing.T) {
	for name, h := range map[string]hues{"voice": voice, "good": good, "wait": wait, "refused": refused, "muted": muted} {
		for _, pair := range [][2]int{{h.dark.rgb, 0}, {h.dark.rgb, 0x2b303b}, {h.light.rgb, 0xffffff}, {h.light.rgb, 0xfdf6e3}} {
			if got := contrast(pair[0], pair[1]); got < 5 {
				t.Errorf("%s: #%06x on #%06x has %.2f", name, pair[0], pair[1], got)
			}
		}
	}
}

func TestRoles(t *testing.T) {
	tests := []struct {
		name    string
		options Options
		role    func(Theme) Style
		want    string
	}{
		{"voice dark rgb", Options{Profile: RGB, Background: Dark}, func(t Theme) Style { return t.Voice }, "\x1b[38;2;134;197;218m"},
		{"voice dark 256", Options{Profile: Colours256, Background: Dark}, func(t Theme) Style { return t.Voice }, "\x1b[38;5;116m"},
		{"voice dark 16", Options{Profile: Colours16, Background: Dark}, func(t Theme) Style { return t.Voice }, "\x1b[96m"},
		{"voice light 16", Options{Profile: Colours16, Background: Light}, func(t Theme) Style { return t.Voice }, "\x1b[34m"},
		{"voice unknown 16", Options{Profile: Colours16}, func(t Theme) Style { return t.Voice }, ""},
		{"good light 16", Options{Profile: Colours16, Background: Light}, func(t Theme) Style { return t.Good }, "\x1b[1m"},
		{"refused unknown 256", Options{Profile: Colours256}, func(t Theme) Style { return t.Refused }, "\x1b[1;38;5;131m"},
		{"refused without colour", Options{Profile: RGB, NoColor: true}, func(t Theme) Style { return t.Refused }, "\x1b[1m"},
		{"focus without colour", Options{NoColor: true}, func(t Theme) Style { return t.Focus }, "\x1b[7m"},
		{"plain", Options{Profile: RGB, Background: Dark}, func(t Theme) Style { return t.Plain }, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := tt.role(New(tt.options)).Render("words")
			want := "words"
			if tt.want != "" {
				want = tt.want + "words\x1b[m"
			}
			if got != want {
				t.Errorf("got %q, want %q", got, want)
			}
		})
	}
}

func TestVerdict(t *testing.T) {
	for _, profile := range []Profile{Mono, Colours16, Colours256, RGB} {
		th := New(Options{Profile: profile, Background: Dark})
		for word, sign := range map[string]string{"YES": "√", "GO ON": "»", "NOT NOW": "~", "NO": "×", "CANNOT TELL": "?", "Waiting": " "} {
			mark := th.Verdict(word)
			if mark.Sign != sign {
				t.Errorf("%s: mark %q, want %q", word, mark.Sign, sign)
			}
			if block := mark.Role.Block(word); !strings.HasPrefix(block, "\x1b[1;7") || ansi.Strip(block) != word {
				t.Errorf("%s: block %q is not bold and reversed", word, block)
			}
		}
	}
}

func TestASCII(t *testing.T) {
	th := New(Options{ASCII: true, Profile: RGB})
	m, l := th.Marks, th.Lines
	all := m.Yes.Sign + m.GoOn.Sign + m.NotNow.Sign + m.No.Sign + m.CannotTell.Sign + m.You.Sign + m.None.Sign + l.Across + l.Down + l.TeeDown + l.TeeUp
	if all != "+:~x?>--|++" {
		t.Errorf("ASCII signs are %q", all)
	}
}

func TestSignsAreOneColumn(t *testing.T) {
	th := New(Options{})
	for _, sign := range []string{th.Marks.Yes.Sign, th.Marks.GoOn.Sign, th.Marks.No.Sign, th.Lines.Across, th.Lines.Down, th.Lines.TeeDown, th.Lines.TeeUp} {
		if ansi.StringWidth(sign) != 1 {
			t.Errorf("%q is %d columns wide", sign, ansi.StringWidth(sign))
		}
	}
}

func TestAppendIsRender(t *testing.T) {
	th := New(Options{Profile: RGB})
	for _, style := range []Style{th.Plain, th.Voice, th.Sent} {
		for _, text := range []string{"", "250 ok"} {
			var b strings.Builder
			style.Append(&b, text)
			if b.String() != style.Render(text) {
				t.Errorf("Append %q, Render %q", b.String(), style.Render(text))
			}
		}
	}
}

func BenchmarkRender(b *testing.B) {
	th := New(Options{Profile: RGB, Background: Dark})
	for b.Loop() {
		_ = th.Voice.Render("Yes. Bounces come without a sender.")
	}
}
