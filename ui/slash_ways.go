package ui

import (
	"slices"
	"strings"
)

// inMessage are the lines that are ehlo's inside a message; any other is text.
var inMessage = []string{"/editor", "/cancel", "/help"}

// slashes are the lines for ehlo that begin as typed, with what may follow the
// word.
func (m *Model) slashes(typed string) (list []way) {
	word, rest, behind := strings.Cut(typed, " ")
	if behind {
		return m.slashArguments(word, strings.TrimLeft(rest, " "))
	}
	payload := m.live.talking() && m.live.ahead().InPayload()
	for _, line := range words().Slashes {
		name, _, more := strings.Cut(line.Name, " ")
		_, known := slashCommands[name]
		if !known || !strings.HasPrefix(name, typed) || payload && !slices.Contains(inMessage, name) {
			continue
		}
		way := way{line: name, name: name, label: line.Name, remark: line.Does}
		if more {
			way.line += " "
		}
		list = append(list, way)
	}
	return list
}

// slashArguments are what may follow a word: addresses for a look-up,
// servers of the route for a call.
func (m *Model) slashArguments(word, begun string) (list []way) {
	add := func(known, remark string) {
		if known != "" && strings.HasPrefix(known, begun) && known != begun {
			list = append(list, way{line: word + " " + known, name: known, label: known, remark: remark})
		}
	}
	switch word {
	case "/mx":
		for _, used := range m.usedAddresses() {
			add(used, around("used"))
		}
	case "/connect":
		if m.found == nil {
			return nil
		}
		for _, host := range m.found.Hosts {
			for _, addr := range host.Addresses {
				add(addr.String(), host.Name)
			}
		}
	}
	return list
}

// slashMeans is what a line for ehlo does, as far as it is typed: the help for
// it. "" when it is not known.
func slashMeans(typed string) string {
	word, _, _ := strings.Cut(typed, " ")
	for _, line := range words().Slashes {
		if name, _, _ := strings.Cut(line.Name, " "); name == strings.ToLower(word) {
			return line.Does
		}
	}
	return ""
}

// slashLike is the one line for ehlo that begins as a word does, "" when none
// or several do.
func slashLike(word string) string {
	like := ""
	for name := range slashCommands {
		if len(word) > 1 && strings.HasPrefix(name, strings.ToLower(word)) {
			if like != "" {
				return ""
			}
			like = name
		}
	}
	return like
}
