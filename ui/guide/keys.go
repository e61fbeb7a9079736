package guide

import (
	"github.com/charmbracelet/bubbles/key"

	"ehlo/session/script"
)

// KeyMap is what can be pressed while the questions are open. Digits, y and the
// dot go into the prompt and count with Enter.
type KeyMap struct {
	Next    key.Binding
	Back    key.Binding
	Leave   key.Binding // in place of Back at the first question
	Recent  key.Binding
	ByHand  key.Binding
	Line    key.Binding // of the text
	EndText key.Binding
	Send    key.Binding
	No      key.Binding
	Change  key.Binding
	Pace    key.Binding
}

// DefaultKeys returns the keys of the design.
func DefaultKeys() KeyMap {
	bind := func(shown, does string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(shown, does))
	}
	return KeyMap{
		Next:    bind("Enter", "next", "enter"),
		Back:    bind("Esc", "one back", "esc"),
		Leave:   bind("Esc", "leave the questions", "esc"),
		Recent:  bind("Tab", "recent addresses", "tab"),
		ByHand:  bind("0", "type the SMTP line", "0"),
		Line:    bind("Enter", "next line", "enter"),
		EndText: bind(". Enter", "end the text", "."),
		Send:    bind("y Enter", "send", "y"),
		No:      bind("Enter or Esc", "back", "enter", "esc"),
		Change:  bind("1-5", "change an answer", "1", "2", "3", "4", "5"),
		Pace:    bind("0", "pause at each line", "0"),
	}
}

// Hints returns the keys that are of use now, the likeliest first.
func (m Model) Hints() []key.Binding {
	k := m.Keys
	back := k.Back
	if m.guide.AtStart() {
		back = k.Leave
	}
	switch m.guide.Topic() {
	case script.AskLook:
		if m.guide.Stepping() {
			k.Pace.SetHelp(k.Pace.Help().Key, "go on by itself")
		}
		return []key.Binding{k.Send, k.No, k.Change, k.Pace}
	case script.AskText:
		return []key.Binding{k.Line, k.EndText, k.Back}
	case script.AskSubject:
		return []key.Binding{k.Next, back}
	case script.AskTo, script.AskFrom:
		return []key.Binding{k.Next, back, k.Recent, k.ByHand}
	}
	return []key.Binding{k.Next, back, k.ByHand}
}
