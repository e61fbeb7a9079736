package theme

// Mark is a sign of one column and the role it is drawn in.
type Mark struct {
	Sign string // one column wide
	Role Style
}

// Render returns the sign in its role.
func (m Mark) Render() string { return m.Role.Render(m.Sign) }

// Marks are the seven signs of column 2.
type Marks struct {
	Yes        Mark // accepted, done
	GoOn       Mark // so far so good, the next move is the user's
	NotNow     Mark // busy, greylisted; a soft warning
	No         Mark // refused, silent
	CannotTell Mark // the answer proves nothing
	You        Mark // a sent line; the chosen row of a list
	None       Mark // not there, not reached; no judgement
}

func newMarks(t *Theme) Marks {
	m := Marks{
		Yes:        Mark{"√", t.Good},
		GoOn:       Mark{"»", t.Wait},
		NotNow:     Mark{"~", t.Wait},
		No:         Mark{"×", t.Refused},
		CannotTell: Mark{"?", t.Wait},
		You:        Mark{">", t.Sent},
		None:       Mark{"-", t.Muted},
	}
	if t.ASCII {
		m.Yes.Sign, m.GoOn.Sign, m.No.Sign = "+", ":", "x"
	}
	return m
}

// Verdict returns the mark of a verdict's word: YES, GO ON, NOT NOW, NO or
// CANNOT TELL. The word itself is drawn with mark.Role.Block. Any other word
// is no verdict and gets a blank in Plain.
func (t Theme) Verdict(word string) Mark {
	switch word {
	case "YES":
		return t.Marks.Yes
	case "GO ON":
		return t.Marks.GoOn
	case "NOT NOW":
		return t.Marks.NotNow
	case "NO":
		return t.Marks.No
	case "CANNOT TELL":
		return t.Marks.CannotTell
	default:
		return Mark{Sign: " ", Role: t.Plain}
	}
}

// Lines are the characters of the rules and of the line between two panes.
type Lines struct {
	Across  string // ─ along a rule
	Down    string // │ between two panes
	TeeDown string // ┬ where that line leaves the upper rule
	TeeUp   string // ┴ where it meets the lower rule
}

func newLines(ascii bool) Lines {
	if ascii {
		return Lines{Across: "-", Down: "|", TeeDown: "+", TeeUp: "+"}
	}
	return Lines{Across: "─", Down: "│", TeeDown: "┬", TeeUp: "┴"}
}
