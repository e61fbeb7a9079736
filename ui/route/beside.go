package route

import (
	"cmp"

	"ehlo/session/sanitize"
	"ehlo/ui/page"
)

// View is one line of two DNS answers beside each other: a server with its
// numbers, or an address with "yes"; "" where an answer does not have it.
type View struct {
	Label        string
	Ours, Theirs string
}

// SetViews shows what two DNS servers say beside each other; their names stand
// above. Where they differ is in the notes of the route.
func (m *Model) SetViews(ours, theirs string, views []View) {
	m.ours, m.theirs, m.views = ours, theirs, views
}

// viewRows are the two answers beside each other; where there is no room for
// three columns, each answer on a row of its own.
func (m Model) viewRows() (rows []row) {
	if len(m.views) == 0 || m.brief {
		return nil
	}
	rows = append(rows, row{air: 3}, row{text: m.theme.Muted.Render(m.besideHead())})
	for _, view := range m.views {
		rows = append(rows, m.viewLine(view)...)
	}
	return rows
}

// besideColumns are where the two answers stand.
func (m Model) besideColumns() (ours, theirs int) {
	if m.full() {
		return 40, 59
	}
	return m.width - 15, m.width - 7
}

// besideHead names the two servers, or tells them apart where there is no room
// for names.
func (m Model) besideHead() string {
	ours, theirs := m.besideColumns()
	one, other := sayOurs, sayTheirs
	label := ""
	if m.full() {
		one, other, label = sanitize.Text(m.ours), sanitize.Text(m.theirs), sayBeside
	}
	return page.At(page.At(page.At("", 3, label), ours, one), theirs, other)
}

// viewLine draws one line. One that differs is marked.
func (m Model) viewLine(view View) (rows []row) {
	const column = 3
	ours, theirs := m.besideColumns()
	parts := broken(view.Label, max(ours-column-1, 1))
	for i, part := range parts {
		text := ""
		if i == 0 && view.Ours != view.Theirs {
			text = page.At("", 1, m.theme.Marks.NotNow.Render())
		}
		rows = append(rows, row{text: page.At(text, column, m.theme.Plain.Render(part))})
	}
	last := &rows[len(rows)-1]
	for i, said := range []string{view.Ours, view.Theirs} {
		said = sanitize.Text(cmp.Or(said, m.theme.Marks.None.Sign))
		last.text = page.At(last.text, []int{ours, theirs}[i], m.theme.Plain.Render(said))
	}
	return rows
}
