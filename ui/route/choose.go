package route

import "net/netip"

// Up chooses the address above.
func (m *Model) Up() { m.choose(m.chosen - 1) }

// Down chooses the address below.
func (m *Model) Down() { m.choose(m.chosen + 1) }

// Choose chooses an address and reports whether the route has it.
func (m *Model) Choose(address netip.Addr) bool {
	for i, spot := range m.spots {
		if spot.address == address {
			m.choose(i)
			return true
		}
	}
	return false
}

// Chosen returns the index of the chosen host in verdict.Route.Hosts and the
// address; -1 and the zero Addr when there is none.
func (m Model) Chosen() (host int, address netip.Addr) {
	if len(m.spots) == 0 {
		return -1, netip.Addr{}
	}
	spot := m.spots[m.chosen]
	return spot.host, spot.address
}

func (m *Model) choose(i int) {
	if len(m.spots) == 0 {
		return
	}
	m.chosen = max(min(i, len(m.spots)-1), 0)
	m.follow()
}

// follow brings the chosen row into sight. At the first and the last address
// the rows around them come along: the head above, the footnotes below.
func (m *Model) follow() {
	rows := m.squeezed()
	if len(rows) <= m.height {
		m.top = 0
		return
	}
	at := 0
	for i, row := range rows {
		if row.chosen {
			at = i
		}
	}
	switch {
	case m.chosen == 0:
		m.top = max(at-m.height+1, 0)
	case m.chosen == len(m.spots)-1:
		m.top = min(len(rows)-m.height, at)
	case at < m.top:
		m.top = at
	case at >= m.top+m.height:
		m.top = at - m.height + 1
	}
	m.top = max(min(m.top, len(rows)-m.height), 0)
	if at == m.top && m.height > leastHeaded {
		m.top = max(m.top-1, 0) // the titles stand over the first row
	}
}
