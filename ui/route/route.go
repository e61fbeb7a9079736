// Package route shows where mail for a domain goes: every mail server in the
// order in which it is tried, every address of it, and how each answered. It
// is also the list from which an address is chosen to connect to.
//
//	When         Server and addresses             Number    Port 25
//
//	try first    mx1.biz.mail.yahoo.com               20
//	>            4.79.181.18                                not tried
//
// Once addresses are tried stage by stage the table grows a column for each,
// and what was called only to compare stands beneath it.
//
// The pane draws plain values and does nothing itself: the route comes from
// verdict.Route, what became of an address from SetTry or SetTried. A route that leads
// nowhere is said in words, never drawn as an empty table.
package route

import (
	"maps"
	"net/netip"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session/verdict"
	"ehlo/ui/theme"
)

// Model is the pane. The zero value draws nothing; New makes a useful one.
type Model struct {
	theme         theme.Theme
	width, height int
	brief         bool
	port          uint16

	domain string
	asking bool // the look-up is under way
	known  bool // route holds what became of it
	route  verdict.Route
	paper  bool
	checks []Check

	ours, theirs string // two DNS servers
	views        []View // what they say beside each other

	spots  []spot // every address, in the order on the screen
	chosen int    // index into spots
	tries  map[netip.Addr]Try
	top    int // first row in sight

	tried    map[netip.Addr]Tried // not nil: a column for each stage
	compared []Tried              // what was called to see who has to act
	remark   string
}

// spot is one address of one host.
type spot struct {
	host    int
	address netip.Addr
}

// New returns an empty pane for port 25.
func New(t theme.Theme) Model { return Model{theme: t, port: 25} }

// SetSize gives the pane w columns and h rows.
func (m *Model) SetSize(w, h int) {
	m.width, m.height = w, h
	m.follow()
}

// SetBrief chooses the short form for a side pane: no head, no footnotes, and
// the chosen row is marked but not reversed.
func (m *Model) SetBrief(on bool) {
	m.brief = on
	m.follow()
}

// SetPort tells the port that is named above the answers; 25 until then.
func (m *Model) SetPort(port uint16) { m.port = port }

// SetPaper tells that the addresses are shown only, and that the connection
// goes to a practice server.
func (m *Model) SetPaper(on bool) { m.paper = on }

// SetAsking empties the pane: the route of domain is being looked up.
func (m *Model) SetAsking(domain string) {
	m.domain, m.asking, m.known = domain, true, false
	m.route, m.spots, m.tries, m.checks = verdict.Route{}, nil, nil, nil
	m.tried, m.compared, m.remark, m.views = nil, nil, "", nil
	m.chosen, m.top = 0, 0
}

// SetRoute shows what was found for domain. The first address of the first
// host that has one is chosen; what became of earlier tries is forgotten.
func (m *Model) SetRoute(domain string, found verdict.Route) {
	m.SetAsking(domain)
	m.asking, m.known, m.route = false, true, found
	for i, host := range found.Hosts {
		for _, address := range host.Addresses {
			m.spots = append(m.spots, spot{i, address})
		}
	}
}

// SetNotes takes the notes of a route that is shown already and has got more of
// them.
func (m *Model) SetNotes(found verdict.Route) { m.route = found }

// SetTry tells what has become of an address. The clock of a try that is under
// way is told again each second.
func (m *Model) SetTry(address netip.Addr, try Try) {
	// Copies of a Model must not share what changes.
	tries := make(map[netip.Addr]Try, len(m.tries)+1)
	maps.Copy(tries, m.tries)
	tries[address] = try
	m.tries = tries
}

// Rows is how many rows there are to show at the present width.
func (m Model) Rows() int { return len(m.rows()) + len(m.checked()) }

// Scroll moves the page by so many rows, up when negative.
func (m *Model) Scroll(rows int) {
	m.top = max(min(m.top+rows, len(m.squeezed())-m.height), 0)
}

// leastHeaded is how many rows are too few to give one to titles that have
// scrolled away.
const leastHeaded = 4

// View draws exactly the rows of SetSize.
func (m Model) View() string {
	rows := m.squeezed()
	top := max(min(m.top, len(rows)-m.height), 0)
	page := make([]string, m.height)
	for i := range page {
		if top+i < len(rows) {
			page[i] = ansi.Truncate(rows[top+i].text, m.width, "")
		}
	}
	for _, row := range rows[:min(top, len(rows))] {
		if row.head && m.height > leastHeaded {
			page[0] = ansi.Truncate(row.text, m.width, "") // titles stay over their columns
		}
	}
	return strings.Join(page, "\n")
}
