package route

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session/sanitize"
	"ehlo/ui/page"
)

// grown reports whether the pane has a column for each stage.
func (m Model) grown() bool { return m.full() && len(m.tried)+len(m.compared) > 0 }

// The places of the grown form at 80 columns, counted from 0. A wider pane
// gives what it has more to the names.
const (
	grownName    = 3
	grownAddress = 6
	grownDNS     = 27
	grownServer  = 51
	grownWidest  = 24 // as much more has room for the longest address
)

// stageColumns are where the stages stand.
var stageColumns = [len(stages)]int{36, 50, 64, 72}

// stageRooms are how wide the cells of a stage may be.
var stageRooms = [len(stages)]int{13, 13, 7, 8}

var stageTitles = [len(stages)]string{"", "Greeting", "Hello", "TLS"}

// more is how much wider than at 80 columns the names are.
func (m Model) more() int { return min(max(m.width-80, 0), grownWidest) }

// stageTable is the route with what became of every stage of every address.
func (m Model) stageTable() []row {
	rows := []row{{air: 1}, {text: m.theme.Muted.Render(m.stageHead()), head: true}}
	next := 0
	for i := range m.route.Hosts {
		rows = append(rows, m.grownHost(i)...)
		for ; next < len(m.spots) && m.spots[next].host == i; next++ {
			address := m.spots[next].address
			tried, known := m.tried[address]
			if !known {
				tried = Tried{}
			}
			rows = append(rows, m.stageRows(address.String(), tried, m.tries[address], next == m.chosen)...)
		}
		for _, note := range m.route.Hosts[i].Notes {
			rows = append(rows, m.note(note, grownAddress)...)
		}
	}
	return append(append(rows, m.comparedRows()...), m.footnotes()...)
}

func (m Model) stageHead() string {
	head := page.At("   Server and address", grownDNS+m.more(), "DNS")
	for i, title := range stageTitles {
		if i == 0 {
			title = "Port " + strconv.Itoa(int(m.port))
		}
		head = page.At(head, stageColumns[i]+m.more(), title)
	}
	return head
}

// grownHost draws a server: its name, whether it has an address, when it is
// tried, and who answers there.
func (m Model) grownHost(i int) []row {
	host := m.route.Hosts[i]
	names := broken(host.Name, m.width-grownName)
	var rows []row
	for _, name := range names[:len(names)-1] {
		rows = append(rows, row{text: page.At("", grownName, m.theme.Plain.Render(name))})
	}
	text := page.At("", grownName, m.theme.Plain.Render(names[len(names)-1]))
	mark, said := m.theme.Marks.Yes, sayFound
	if len(host.Addresses) == 0 {
		mark, said = m.theme.Marks.No, sayNone
	}
	text = page.At(text, grownDNS+m.more(), mark.Role.Render(mark.Sign+" "+said))
	when := strings.TrimPrefix(m.when(i), "try ") + " "
	if i == 0 {
		when = m.when(i) + " "
	}
	if !m.route.Implicit && len(m.route.Hosts) > 1 {
		text = page.At(text, stageColumns[0]+m.more(), m.theme.Muted.Render(when+"("+strconv.Itoa(host.Preference)+")"))
	}
	server := m.whoAnswers(i)
	at := max(grownServer+m.more(), ansi.StringWidth(text)+1)
	if server != "" && at+len(server) <= m.width {
		text, server = page.At(text, at, m.theme.Voice.Render(server)), ""
	}
	rows = append(rows, row{text: text})
	if server != "" {
		rows = append(rows, m.paragraph(server, grownAddress)...)
	}
	return rows
}

// whoAnswers names the servers that greeted at the addresses of a host.
func (m Model) whoAnswers(i int) string {
	var all []string
	for _, address := range m.route.Hosts[i].Addresses {
		if server := m.tried[address].Server; server != "" && !slices.Contains(all, server) {
			all = append(all, server)
		}
	}
	return sanitize.Text(strings.Join(all, ", "))
}

// stageRows draws one address and its stages, on a row of its own when it is
// long. An address of which only the outcome is known has that in its column.
func (m Model) stageRows(label string, tried Tried, became Try, chosen bool) []row {
	parts := broken(label, m.width-grownAddress)
	start := stageColumns[0] + m.more()
	var rows []row
	last := len(parts) - 1
	if grownAddress+ansi.StringWidth(parts[last]) >= start {
		parts, last = append(parts, ""), last+1
	}
	for i, part := range parts[:last] {
		rows = append(rows, m.inFocus(chosen && i == 0, page.At("", grownAddress, part), nil))
	}
	cells := make([]cell, len(stages))
	for i, name := range stages {
		state := tried.stage(name)
		if tried.Try.Stages == nil && i == 0 && tried.Stage == "" {
			state = became
		}
		cells[i] = state.cell(&m.theme, stageRooms[i])
	}
	return append(rows, m.inFocus(chosen && last == 0, page.At("", grownAddress, parts[last]), cells))
}

// inFocus draws a row of cells; a chosen one with its mark and reversed.
func (m Model) inFocus(chosen bool, text string, cells []cell) row {
	if chosen {
		text = text[:1] + m.theme.Marks.You.Sign + text[2:]
	}
	for i, cell := range cells {
		drawn := cell.text
		if !chosen {
			drawn = cell.role.Render(cell.text)
		}
		text = page.At(text, stageColumns[i]+m.more(), drawn)
	}
	if chosen {
		text = text[:1] + m.theme.Focus.Render(text[1:])
	}
	return row{text: text, chosen: chosen}
}

// comparedRows are the calls that were made to compare.
func (m Model) comparedRows() []row {
	if len(m.compared) == 0 {
		return nil
	}
	rows := []row{{air: 4}, {text: page.At("", grownName, m.theme.Muted.Render(sayCompared))}}
	if !m.full() {
		rows = []row{{air: 4}}
		rows = append(rows, m.paragraph(sayCompared, m.columns().label)...)
	}
	for _, tried := range m.compared {
		label := fmt.Sprintf(sayPort, tried.host(), tried.Try.Port)
		if m.full() {
			rows = append(rows, m.stageRows(label, tried, Try{}, false)...)
			continue
		}
		rows = append(rows, m.state(label, tried.Became())...)
	}
	return rows
}

// host is the name of what was tried, or its address.
func (t Tried) host() string {
	if t.Try.Host != "" {
		return t.Try.Host
	}
	return t.Try.Address.String()
}

// state draws a label and what became of it in the small forms.
func (m Model) state(label string, try Try) []row {
	c := m.columns()
	parts := broken(label, m.width-c.name)
	rows := make([]row, 0, len(parts)+1)
	for _, part := range parts {
		rows = append(rows, row{text: page.At("", c.name, m.theme.Plain.Render(part))})
	}
	text := try.style(&m.theme).Render(try.short())
	last := &rows[len(rows)-1]
	if ansi.StringWidth(last.text) < c.state {
		last.text = page.At(last.text, c.state, text)
		return rows
	}
	return append(rows, row{text: page.At("", c.state, text)})
}
