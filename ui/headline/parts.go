package headline

import "github.com/charmbracelet/x/ansi"

// parts are the rows of a headline, apart, so that some can be dropped.
type parts struct {
	title    []string
	air      []string
	sentence []string
	who      []string
	next     []string
}

func (p parts) rows() int { return len(p.list()) }

func (p parts) list() (rows []string) {
	for _, part := range [...][]string{p.title, p.air, p.sentence, p.who, p.next} {
		rows = append(rows, part...)
	}
	return rows
}

// within drops what has no room in h rows: the empty row, Next, Who acts, and
// the title only when the sentence would have to go. A sentence of which the
// end is dropped says so within w columns.
func (p parts) within(w, h int) parts {
	for _, part := range [...]*[]string{&p.air, &p.next, &p.who} {
		if p.rows() <= h {
			return p
		}
		*part = nil
	}
	if len(p.title)+1 > h {
		p.title = nil
	}
	if room := max(h-len(p.title), 0); room < len(p.sentence) {
		p.sentence = p.sentence[:room:room]
		if room > 0 && w > 3 {
			p.sentence[room-1] = ansi.Truncate(p.sentence[room-1], max(w-3, 0), "") + "..."
		}
	}
	return p
}
