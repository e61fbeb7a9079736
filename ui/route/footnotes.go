package route

import (
	"cmp"
	"fmt"
	"strings"
	"time"

	"ehlo/session/verdict"
)

// footnotes stand beneath the table.
func (m Model) footnotes() []row {
	column := m.columns().label + 2
	if m.full() {
		column = 3
	}
	rows := append(m.viewRows(), row{air: 3})
	if m.remark != "" {
		rows = append(rows, m.paragraph(m.remark, column)...)
	}
	for _, note := range m.notes() {
		rows = append(rows, m.note(note, column)...)
	}
	for _, text := range []string{m.order(), m.asked(), m.practice()} {
		if text == "" {
			continue
		}
		for _, row := range m.paragraph(text, column) {
			if len(m.compared) > 0 {
				row.air = 2 // who has to act matters more
			}
			rows = append(rows, row)
		}
	}
	return rows
}

// notes are the notes of the route. An implicit MX is always said aloud.
func (m Model) notes() []verdict.Note {
	notes := m.route.Notes
	for _, note := range notes {
		if note.Code == "implicit" {
			return notes
		}
	}
	if m.route.Implicit {
		notes = append([]verdict.Note{{Text: fmt.Sprintf(sayImplicit, m.domain)}}, notes...)
	}
	return notes
}

func (m Model) order() string {
	hosts := m.route.Hosts
	switch {
	case len(hosts) < 2, len(m.compared) > 0:
		return "" // or nobody answers, whatever the order
	case hosts[0].Preference == hosts[len(hosts)-1].Preference:
		return sayShared
	}
	return sayOrder
}

func (m Model) practice() string {
	if !m.paper {
		return ""
	}
	return sayPaper
}

// asked names the DNS server, how fast it answered and with what authority;
// "" when none was asked.
func (m Model) asked() string {
	server := m.route.Server
	if server.Address == "" {
		return ""
	}
	who := server.Address
	if server.Name != "" {
		who = server.Name + " (" + server.Address + ")"
	}
	facts := []string{settled(time.Duration(m.route.Took)), "not authoritative"}
	if m.route.Authoritative {
		facts[1] = "authoritative"
	}
	if hosts := m.route.Hosts; len(hosts) > 0 && hosts[0].TTL > 0 {
		facts = append(facts, "good for "+span(time.Duration(hosts[0].TTL)*time.Second))
	}
	text := "Asked " + who + ": " + strings.Join(facts, ", ") + "."
	if m.route.Authenticated {
		text += fmt.Sprintf(saySigned, cmp.Or(server.Name, server.Address))
	}
	return text
}

// settled words how long an answer took: hundredths below a tenth of a second.
func settled(d time.Duration) string {
	switch {
	case d < 10*time.Millisecond:
		return "under 0.01 s"
	case d < 95*time.Millisecond:
		return fine(d)
	}
	return coarse(d)
}

// span words a time to live in the largest unit that does not hide half of it.
func span(d time.Duration) string {
	for _, unit := range [...]struct {
		size time.Duration
		name string
	}{{24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}} {
		switch n := d / unit.size; {
		case n == 1 && d%unit.size == 0:
			return "1 " + unit.name
		case n > 1:
			return fmt.Sprintf("%d %ss", n, unit.name)
		}
	}
	return fmt.Sprintf("%d seconds", d/time.Second)
}
