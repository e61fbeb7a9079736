package ui

import (
	"slices"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/probe"
	"ehlo/session/verdict"
	"ehlo/ui/route"
)

// askNames asks for the names of the addresses of the route (PTR), and whether
// they lead back: notes beneath the servers tell.
func (m *Model) askNames() tea.Cmd {
	m.show(PaneRoute)
	if m.found == nil || len(m.targets) == 0 {
		m.note = m.text("try-none")
		return nil
	}
	named := *m.found
	named.Hosts = slices.Clone(named.Hosts)
	for i, host := range named.Hosts {
		named.Hosts[i].Notes = slices.DeleteFunc(slices.Clone(host.Notes), ofNames)
	}
	ctx := m.newLookUp()
	m.query.names = true
	serial, way := m.query.serial, m.way
	return func() tea.Msg {
		way.Reverse(ctx, &named)
		return namesFound{serial, &named}
	}
}

// ofNames reports whether a note is about the name of an address.
func ofNames(note verdict.Note) bool {
	return noted([]verdict.Note{note}, probe.CodeReverse, probe.CodeReverseUnconfirmed, probe.CodeNoReverse, probe.CodeReverseUnknown)
}

func (m *Model) namesCame(msg namesFound) {
	if msg.serial != m.query.serial {
		return
	}
	m.query.since, m.query.names = time.Time{}, false
	m.found = msg.route
	m.route.SetNotes(*msg.route)
	m.route.SetChecks(checksOf(msg.route))
	m.offerChosen()
}

// showViews lays what two DNS servers say beside each other.
func (m *Model) showViews(theirs *probe.View) {
	if theirs == nil {
		return
	}
	var views []route.View
	for _, line := range probe.Beside(m.found, theirs.Route) {
		label := line.Host
		if line.Address.IsValid() {
			label = "  " + line.Address.String()
		}
		views = append(views, route.View{Label: label, Ours: line.Ours, Theirs: line.Theirs})
	}
	m.route.SetViews(m.found.Server.Address, theirs.Server, views)
}
