package theme

import "strings"

// The attributes of a role, as SGR parameters (ECMA-48 section 8.3.117).
const (
	bold    = "1"
	reverse = "7"
	reset   = "\x1b[m"
)

// Style is one role made ready: what the terminal is told before and after a
// text. Rendering is on the way of every frame, so both are built once. The
// zero value leaves text as it is.
type Style struct {
	open  string // "" when the role has no attribute at all
	block string
}

// newStyle builds a style from SGR parameters, either of which may be empty.
func newStyle(attributes, hue string) Style {
	return Style{open: sgr(attributes, hue), block: sgr(bold, reverse, hue)}
}

// sgr joins the parameters that are not empty into one sequence, "" for none.
func sgr(parameters ...string) string {
	var kept []string
	for _, p := range parameters {
		if p != "" {
			kept = append(kept, p)
		}
	}
	if len(kept) == 0 {
		return ""
	}
	return "\x1b[" + strings.Join(kept, ";") + "m"
}

// Render returns text in the style. The text is one row at most: a style must
// not reach over a line end, since unchanged rows are not sent again. Text
// from the network must have passed the sanitiser before.
func (s Style) Render(text string) string {
	if s.open == "" || text == "" {
		return text
	}
	return s.open + text + reset
}

// Block returns text bold and reversed in the style's hue: the word of a
// verdict, the one reversed block on the screen while no list is open.
func (s Style) Block(text string) string {
	if s.block == "" || text == "" {
		return text
	}
	return s.block + text + reset
}

// Append adds the rendered text to b, without a string in between.
func (s Style) Append(b *strings.Builder, text string) {
	if s.open == "" || text == "" {
		b.WriteString(text)
		return
	}
	b.WriteString(s.open)
	b.WriteString(text)
	b.WriteString(reset)
}
