package conversation

// The columns of the pane, from 0.
const (
	markColumn = 1
	textColumn = 3
	hanging    = 4 // more, for the rows that follow a long line
	timeWidth  = 5 // kept for the time of an answer
	clockWidth = 8 // and for that of a clock
	beneath    = 5 // column of a meaning beneath its line

	besideFrom = 66 // width from which on meanings stand beside their line
	meansWidth = 41
)

// places is where things stand in a width.
type places struct {
	right  int // column after the last one that is used
	beside bool
	edge   int // column of the meanings
	means  int // columns of a meaning
}

// Edge returns the column of the meanings, from 0, so that others can keep to
// it; 0 when meanings stand beneath their lines.
func (m Model) Edge() int {
	if p := m.places(); p.beside {
		return p.edge
	}
	return 0
}

func (m Model) places() places {
	p := places{right: max(m.width-1, 1), beside: m.width >= besideFrom, edge: beneath}
	if p.beside {
		p.edge = m.edgeColumn()
	}
	p.means = max(min(meansWidth, p.right-p.edge), 1)
	return p
}

// edgeColumn is the edge that was set, else the one of the width.
func (m Model) edgeColumn() int {
	const fixed = 38
	switch {
	case m.edge > 0:
		return min(m.edge, m.width*2/3)
	case m.width >= 80 && m.width < 100:
		return fixed
	}
	return (m.width*47 + 50) / 100
}
