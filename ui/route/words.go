package route

import (
	"fmt"
	"strings"
	"time"

	"ehlo/session/explain"
	"ehlo/session/sanitize"
	"ehlo/session/verdict"
	"ehlo/ui/theme"
)

// The words of the pane.
const (
	sayIdle     = "No address yet. Type one, then Enter; its route is shown here."
	sayAsking   = "Asking where mail for %s goes."
	sayOrder    = "The lowest number is tried first; the next one only when it is silent."
	sayShared   = "Servers with the same number share the work; any of them will do."
	sayPaper    = "These are paper addresses: the talk goes to a server inside ehlo."
	sayImplicit = "%s has no MX record, but an address: mail goes to the computer of that name."
	sayNull     = `%s takes no mail: it says so itself (its MX is "0 .").`
	sayDomain   = "DNS knows no domain %s."
	sayAddress  = "%s names no computer that mail could go to."
	sayFailed   = "DNS gave no answer about %s, so nobody knows where its mail goes."

	sayNullNext    = "The address cannot be right. Ask its owner for another one."
	sayDomainNext  = "Look at the spelling after the @."
	sayAddressNext = "Their DNS has to be mended by whoever runs it."
	sayFailedNext  = "Try again in a minute, or ask another DNS server: --dns HOST."
)

// Summary says in one sentence how many servers take mail and who runs them:
// "Mail for catium.com goes to 2 servers at Yahoo.". A second sentence tells
// when every address has been tried. It is "" while nothing is known, and the
// reason when the route leads nowhere.
func (m Model) Summary() string {
	switch {
	case !m.known:
		return ""
	case len(m.route.Hosts) == 0:
		sentence, _ := m.reason()
		return sanitize.Text(sentence)
	}
	at := ""
	if provider := m.provider(); provider != "" {
		at = " at " + provider
	}
	return sanitize.Text(fmt.Sprintf("Mail for %s goes to %s%s.", m.domain, hostsOf(m.route), at) + m.tally())
}

// provider names who runs the servers, "" unless it is one for all.
func (m Model) provider() string {
	one := ""
	for i, host := range m.route.Hosts {
		provider := host.Provider
		if provider == "" {
			provider, _ = explain.Provider(host.Name)
		}
		if i > 0 && provider != one {
			return ""
		}
		one = provider
	}
	return one
}

// tally counts the answers once every address has been tried.
func (m Model) tally() string {
	answers := 0
	for _, spot := range m.spots {
		switch m.tries[spot.address].State {
		case NotTried, Trying:
			return ""
		case Answers, Here:
			answers++
		}
	}
	switch all := len(m.spots); {
	case all < 2:
		return ""
	case answers == all:
		return fmt.Sprintf(" All %d addresses answer.", all)
	case answers == 0:
		return fmt.Sprintf(" None of the %d addresses answers.", all)
	default:
		return fmt.Sprintf(" %d of %d addresses answer.", answers, all)
	}
}

// nowhere is the page when there is no server to draw.
func (m Model) nowhere() []row {
	column := 3
	if m.brief {
		column = 2
	}
	rows := []row{{air: 1}}
	switch {
	case m.asking:
		return append(rows, m.paragraph(fmt.Sprintf(sayAsking, m.domain), column)...)
	case !m.known:
		return append(rows, m.paragraph(sayIdle, column)...)
	}
	sentence, next := m.reason()
	rows = append(rows, m.marked(m.sign(), sentence, column)...)
	rows = append(rows, m.paragraph(next, column)...)
	for _, note := range m.route.Notes {
		rows = append(rows, m.paragraph(note.Text, column)...)
	}
	if asked := m.asked(); asked != "" && !m.brief {
		rows = append(append(rows, row{air: 3}), m.paragraph(asked, column)...)
	}
	return rows
}

// reason says why there is no server, and what to do about it.
func (m Model) reason() (sentence, next string) {
	switch {
	case m.route.Null:
		return fmt.Sprintf(sayNull, m.domain), sayNullNext
	case m.route.Failure == "no-domain":
		sentence, next = sayDomain, sayDomainNext
	case m.route.Failure == "no-address":
		sentence, next = sayAddress, sayAddressNext
	default:
		sentence, next = sayFailed, sayFailedNext
	}
	if m.route.Error != "" {
		return sentenceOf(m.route.Error), next
	}
	return fmt.Sprintf(sentence, m.domain), next
}

// sign is the mark of a route that leads nowhere: a domain that cannot be
// reached, or one of which nothing is known.
func (m Model) sign() theme.Mark {
	if m.route.Null || m.route.Failure == "no-domain" || m.route.Failure == "no-address" {
		return m.theme.Marks.No
	}
	return m.theme.Marks.CannotTell
}

// sentenceOf makes a sentence of a text that has no capital and no full stop.
func sentenceOf(text string) string {
	return strings.ToUpper(text[:1]) + strings.TrimRight(text[1:], ".") + "."
}

// footnotes stand beneath the table.
func (m Model) footnotes() []row {
	column := m.columns().label + 2
	if m.full() {
		column = 3
	}
	rows := []row{{air: 3}}
	for _, note := range m.notes() {
		rows = append(rows, m.note(note.Text, column)...)
	}
	for _, text := range []string{m.order(), m.asked(), m.practice()} {
		if text != "" {
			rows = append(rows, m.paragraph(text, column)...)
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
	case len(hosts) < 2:
		return ""
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
	if m.route.Authenticated {
		facts = append(facts, "signatures checked")
	}
	if hosts := m.route.Hosts; len(hosts) > 0 && hosts[0].TTL > 0 {
		facts = append(facts, "good for "+span(time.Duration(hosts[0].TTL)*time.Second))
	}
	return "Asked " + who + ": " + strings.Join(facts, ", ") + "."
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
