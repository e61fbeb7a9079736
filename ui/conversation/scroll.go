package conversation

// position is a row of an entry, which stands at the top of the pane.
type position struct{ entry, row int }

func (p position) before(q position) bool {
	return p.entry < q.entry || p.entry == q.entry && p.row < q.row
}

// Following reports whether the pane shows the newest line as it comes.
func (m Model) Following() bool { return !m.held }

// NewLines counts what has come since the pane was scrolled back and has not
// been on the screen; 0 while it follows.
func (m Model) NewLines() int {
	if !m.held {
		return 0
	}
	return max(m.store.Len()-m.seen, 0)
}

// ScrollUp shows older rows, and leaves following when there are any.
func (m *Model) ScrollUp(rows int) {
	top := m.current()
	to := m.up(top, rows)
	if !to.before(top) {
		return
	}
	if !m.held {
		m.held, m.seen = true, m.store.Len()
	}
	m.top = to
}

// ScrollDown shows newer rows, and follows again from the last one.
func (m *Model) ScrollDown(rows int) {
	if !m.held {
		return
	}
	m.top = m.down(m.current(), rows)
	if !m.top.before(m.bottom()) {
		m.End()
		return
	}
	m.seen = max(m.seen, m.lastSeen(m.top)+1)
}

// PageUp shows the page before; two rows of this one stay.
func (m *Model) PageUp() { m.ScrollUp(m.page()) }

// PageDown shows the next page; two rows of this one stay.
func (m *Model) PageDown() { m.ScrollDown(m.page()) }

func (m Model) page() int { return max(m.height-2, 1) }

// Home shows the oldest line that is kept.
func (m *Model) Home() {
	first := m.first()
	if !m.held && first.before(m.bottom()) {
		m.held, m.seen = true, m.store.Len()
	}
	m.top = first
}

// End shows the newest line, and follows from now on.
func (m *Model) End() { m.held, m.top, m.seen = false, position{}, 0 }

// up goes back by so many rows, at most to the first one.
func (m Model) up(p position, rows int) position {
	for rows > p.row {
		before, ok := m.store.Seek(p.entry-1, -1, m.side)
		if !ok {
			return m.first()
		}
		rows -= p.row
		p = position{before, len(m.rows(before))}
	}
	p.row -= max(rows, 0)
	return p
}

// down goes forward by so many rows, at most to the end.
func (m Model) down(p position, rows int) position {
	for p.entry < m.store.Len() {
		height := len(m.rows(p.entry))
		if p.row+rows < height {
			p.row += max(rows, 0)
			return p
		}
		rows -= height - p.row
		p = position{entry: m.after(p.entry)}
	}
	return p
}

// first is the oldest row that is shown.
func (m Model) first() position { return position{entry: m.after(m.store.Dropped() - 1)} }

// after is the next entry that is shown, Len when there is none.
func (m Model) after(i int) int {
	next, ok := m.store.Seek(i+1, 1, m.side)
	if !ok {
		return m.store.Len()
	}
	return next
}

// bottom is the top of a pane that shows the newest row as its last.
func (m Model) bottom() position {
	return m.up(position{entry: m.store.Len()}, m.height)
}

// current is what stands at the top now. What was there may have been dropped,
// or be shorter since the size has changed; and no room is left beneath the
// newest row that older ones could fill.
func (m Model) current() position {
	bottom := m.bottom()
	if !m.held || bottom.before(m.top) {
		return bottom
	}
	if first := m.first(); m.top.before(first) {
		return first
	}
	return position{m.top.entry, min(m.top.row, max(len(m.rows(m.top.entry))-1, 0))}
}

// lastSeen is the last entry that can be seen from a top on.
func (m Model) lastSeen(top position) int {
	return min(m.down(top, max(m.height-1, 0)).entry, m.store.Len()-1)
}
