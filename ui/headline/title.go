package headline

import (
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// Title is the first row. Parts that are "" are left out.
type Title struct {
	About      string // whom we ask about: "jcatalaa@catium.com"
	Server     string // "mx1.example.com:25", or what there is of one: "2 servers found"
	Encryption string // "not encrypted", "TLS 1.3"
	Clock      Clock
}

// The least columns that a name keeps when the row is short of room.
const (
	leastAbout  = 16
	leastServer = 12
)

// gap is the columns between two parts of the row; fewer when room is short,
// since a name is worth more than air.
const gap = 3

// titleRow draws the title in w columns; the first and the last stay empty.
func (m Model) titleRow(w int) string {
	if w < narrow {
		return m.shortTitle(w)
	}
	t := m.title
	clock := t.Clock.text()
	between, room := gap, w-2-len("ehlo")
	parts := 0
	for _, part := range [...]string{t.About, t.Server, t.Encryption, clock} {
		if part != "" {
			parts++
			room -= ansi.StringWidth(part)
		}
	}
	for between > 1 && room < between*parts {
		between--
	}
	room -= between * parts
	t.About, room = shorten(t.About, leastAbout, room)
	t.Server, _ = shorten(t.Server, leastServer, room)
	blank := strings.Repeat(" ", between)
	return m.ends(join(blank, "ehlo", t.About), join(blank, t.Server, t.Encryption), blank, clock, w)
}

// shortTitle is the title of a narrow screen: the clock is all there is at its
// right.
func (m Model) shortTitle(w int) string {
	clock := m.title.Clock.text()
	left := "ehlo"
	if m.title.About != "" {
		about, _ := shorten(m.title.About, 0, w-2-len("ehlo ")-ansi.StringWidth(m.title.About)-1-len(clock))
		left += " " + about
	}
	return m.ends(left, "", "", clock, w)
}

// ends draws what stands at the left and at the right of a row, and the clock
// after a blank.
func (m Model) ends(left, right, blank, clock string, w int) string {
	if right != "" && clock != "" {
		right += blank
	}
	row := " " + left
	if right != "" || clock != "" {
		width := ansi.StringWidth(right) + len(clock)
		row += strings.Repeat(" ", max(w-1-width-ansi.StringWidth(row), 1)) + right
	}
	row = ansi.Truncate(row, w, "")
	clock = ansi.Truncate(clock, max(w-ansi.StringWidth(row), 0), "")
	return m.theme.Muted.Render(row) + m.drawClock(clock)
}

// drawClock draws the title's clock; it leaves its place empty while another
// one ticks, so that nothing beside it moves.
func (m Model) drawClock(clock string) string {
	switch {
	case m.verdict.Ticking:
		return strings.Repeat(" ", len(clock))
	case m.title.Clock.late():
		return m.theme.Wait.Render(clock)
	}
	return m.theme.Muted.Render(clock)
}

// shorten cuts a name by as many columns as room lacks, down to least, and
// returns the room there is then.
func shorten(name string, least, room int) (string, int) {
	width := ansi.StringWidth(name)
	if room >= 0 || width <= least {
		return name, room
	}
	kept := max(width+room, least)
	return ansi.Truncate(name, kept, "..."), room + width - kept
}

// join joins the parts that are not empty.
func join(blank string, parts ...string) string {
	parts = slices.DeleteFunc(parts, func(part string) bool { return part == "" })
	return strings.Join(parts, blank)
}
