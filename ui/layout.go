package ui

// Rect is a rectangle of the screen, in cells from the top left corner.
type Rect struct{ X, Y, W, H int }

// Layout is where everything stands. Rows that are not shown are -1.
type Layout struct {
	TooSmall bool
	Narrow   bool // under 80 columns
	Head     Rect
	Upper    int // row of the upper rule, -1 where the ladder takes its place
	Body     Rect
	Side     Rect // W 0: none
	Sheet    Rect // H 0: none; with its own rule
	Lower    int
	Prompt   int
	Hints    Rect
}

// The sizes that decide, see the design of the screens.
const (
	minWidth, minHeight = 40, 10
	fullWidth           = 80  // two hint rows, meaning beside its line
	sideWidth           = 100 // a side pane from here on
	wideWidth           = 120 // the left pane is as at 80 from here on
	fullHeight          = 20  // all rows of the head and both hint rows
	roomyHeight         = 24  // a verdict may take one row more
	oneRuleHeight       = 12  // under it the ladder is the only rule, above the pane
	divider             = 3   // " │ "
)

// arrange computes the layout of a screen of w x h cells whose head wants up to
// head rows and whose open sheet wants up to sheet rows.
func arrange(w, h int, head func(w, most int) int, sheet func(w, most int) int) Layout {
	if w < minWidth || h < minHeight {
		return Layout{TooSmall: true}
	}
	l := Layout{Narrow: w < fullWidth}
	hints := 2
	if l.Narrow || h < fullHeight {
		hints = 1
	}
	most := 7
	switch {
	case h >= roomyHeight:
		most = 8
	case h < fullHeight:
		most = max(3, 5-(fullHeight-h))
	}
	l.Head = Rect{0, 0, w, head(w, most)}
	l.Upper = l.Head.H
	l.Hints = Rect{0, h - hints, w, hints}
	l.Prompt = l.Hints.Y - 1
	l.Lower = l.Prompt - 1
	l.Body = Rect{0, l.Upper + 1, w, l.Lower - l.Upper - 1}
	if h < oneRuleHeight {
		l.Upper, l.Lower = -1, l.Head.H
		l.Body.H = l.Prompt - l.Lower - 1
	}
	if side := sideOf(w); side > 0 {
		l.Body.W = w - side - divider
		l.Side = Rect{l.Body.W + divider, l.Body.Y, side, l.Body.H}
	}
	l.Sheet = Rect{0, l.Body.Y + l.Body.H, l.Body.W, sheet(l.Body.W, max(0, l.Body.H-1))}
	l.Sheet.Y -= l.Sheet.H
	return l
}

// tee is the column of the line before the side pane; 0 when there is none.
func (l Layout) tee() int {
	if l.Side.W == 0 {
		return 0
	}
	return l.Body.W + 1
}

// sideOf is the width of the side pane.
func sideOf(w int) int {
	switch {
	case w < sideWidth:
		return 0
	case w < wideWidth:
		return 30
	}
	return 37 + (w-wideWidth)/2
}
