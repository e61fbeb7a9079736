package headline

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
// the title only when the sentence would have to go.
func (p parts) within(h int) parts {
	for _, part := range [...]*[]string{&p.air, &p.next, &p.who} {
		if p.rows() <= h {
			return p
		}
		*part = nil
	}
	if len(p.title)+1 > h {
		p.title = nil
	}
	p.sentence = p.sentence[:min(len(p.sentence), max(h-len(p.title), 0))]
	return p
}
