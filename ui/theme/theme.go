// Package theme is how ehlo speaks to the eye: a dozen roles, seven marks and
// the lines between panes. A pane asks for a role, never for a colour:
//
//	t := theme.New(theme.Detect(os.Getenv))
//	row := t.Marks.Yes.Render() + " " + t.Plain.Render(line)
//
// Words come first, marks second, colour third. So every screen reads without
// any hue (NO_COLOR and TERM=dumb leave bold and reverse), no background is
// ever painted, and each text hue is readable (contrast of 4.5 or more, WCAG
// 2.1 section 1.4.3) on the background it is meant for. When the background is
// not known the hues are those that read on black and on white; with only 16
// colours there are none such, and then there is no hue.
//
// The package does no IO. Nothing here asks the terminal a question: late
// answers would be typed into the prompt.
package theme

// Theme is every role, mark and line of one program. It is a plain value, safe
// to copy and to read from many goroutines. The zero value draws without any
// attribute and has no marks; New makes a useful one.
type Theme struct {
	Plain   Style // the server's words, text, numbers
	Sent    Style // what the user said, and the prompt
	Voice   Style // ehlo's own sentences
	Good    Style // √ and YES
	Wait    Style // ~ ? » and NOT NOW, CANNOT TELL, GO ON; the clock
	Refused Style // × and NO
	Muted   Style // labels, times, closed tabs, the title row
	Rule    Style // lines only, never words
	Focus   Style // the chosen row of a list (reverse; the row also has a >)
	Open    Style // the open tab, the ladder's bracket (bold; also in [ ])
	Key     Style // key names in hints, digits in sheets
	Secret  Style // <hidden> and the stars of a typed secret

	Marks Marks
	Lines Lines
	ASCII bool // nothing beyond ASCII is drawn by ehlo itself
}

// Options choose a theme. The zero value is a terminal without hues and with
// an unknown background, in UTF-8.
type Options struct {
	Profile    Profile
	Background Background
	ASCII      bool // --ascii: marks and lines in ASCII
	NoColor    bool // --no-color: no hue, whatever Profile says
}

// Profile is how many colours a terminal shows.
type Profile uint8

// The profiles. Mono is the zero value: bold and reverse, no hue.
const (
	Mono Profile = iota
	Colours16
	Colours256
	RGB
)

// Background is what the terminal paints behind the text.
type Background uint8

// The backgrounds. Unknown is the zero value: hues must read on both.
const (
	Unknown Background = iota
	Dark
	Light
)

// New makes the theme for o. It costs a few dozen short strings.
func New(o Options) Theme {
	if o.NoColor {
		o.Profile = Mono
	}
	role := func(h hues, attributes string) Style {
		return newStyle(attributes, h.sgr(o.Profile, o.Background))
	}
	t := Theme{
		Plain:   role(noHue, ""),
		Sent:    role(noHue, bold),
		Voice:   role(voice, ""),
		Good:    role(good, bold),
		Wait:    role(wait, bold),
		Refused: role(refused, bold),
		Muted:   role(muted, ""),
		Rule:    role(rule, ""),
		Focus:   role(noHue, reverse),
		Open:    role(noHue, bold),
		Key:     role(noHue, bold),
		Secret:  role(noHue, reverse),
		Lines:   newLines(o.ASCII),
		ASCII:   o.ASCII,
	}
	t.Marks = newMarks(&t)
	return t
}
