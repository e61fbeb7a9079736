package ui

import (
	"slices"
	"strings"

	"ehlo/session/address"
	"ehlo/session/smtp"
)

// addresses are those used before that begin as typed behind a <; for a sender
// none at all is one of them.
func (m *Model) addresses(typed string) (list []way) {
	open := strings.LastIndexByte(typed, '<')
	if open < 0 || strings.IndexByte(typed[open:], '>') >= 0 {
		return nil
	}
	start, begun := typed[:open+1], typed[open+1:]
	add := func(known, remark string) {
		line := start + known + ">"
		same := func(w way) bool { return w.line == line }
		if strings.HasPrefix(known, begun) && !slices.ContainsFunc(list, same) {
			list = append(list, way{line: line, name: "<" + known + ">", label: "<" + known + ">", remark: remark})
		}
	}
	sender := strings.HasPrefix(strings.ToUpper(typed), smtp.MAIL)
	if m.config.From != "" && sender {
		add(m.config.From, around("yours"))
	}
	if about := m.aboutMailbox(); about != "" {
		add(about, around("about"))
	}
	for _, used := range m.usedAddresses() {
		add(used, around("used"))
	}
	if sender && begun == "" {
		add("", around("null-sender"))
	}
	return list
}

// usedAddresses are those of the envelope of the talk, then those of earlier
// lines, the newest first.
func (m *Model) usedAddresses() (used []string) {
	add := func(address string) {
		if address != "" && !slices.Contains(used, address) {
			used = append(used, address)
		}
	}
	if m.live != nil {
		for _, recipient := range slices.Backward(m.live.recipients) {
			add(recipient)
		}
		add(m.live.state.Sender)
	}
	for _, line := range slices.Backward(m.prompt.History()) {
		add(addressIn(line))
	}
	return used
}

// addressIn is the address in a line of MAIL or RCPT, "" for another.
func addressIn(line string) string {
	command := smtp.Dialect{}.Parse(line, smtp.State{})
	if command.Verb != smtp.MAIL && command.Verb != smtp.RCPT {
		return ""
	}
	address, _, bracketed := smtp.Path(command.Arg)
	if !bracketed || !strings.Contains(address, "@") {
		return ""
	}
	return address
}

// aboutMailbox is the address that the screen is about, "" for a domain.
func (m *Model) aboutMailbox() string {
	if m.about.Kind != address.KindMailbox {
		return ""
	}
	return m.about.To.String()
}
