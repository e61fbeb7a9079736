package prompt

import (
	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// KeyMap is every key of the prompt. All of them do no more than edit, but
// Send. Over ssh Esc and a fast letter are the same bytes as Alt and the
// letter, so what Alt does can be undone.
type KeyMap struct {
	Send, Cancel, Take                           key.Binding
	Left, Right, WordLeft, WordRight, Home, End  key.Binding
	Backspace, Delete                            key.Binding
	KillWord, KillNextWord, KillToStart, KillEnd key.Binding
	Yank, YankOlder, Undo, Redo                  key.Binding
	Older, Newer, Search, Quote                  key.Binding
}

// DefaultKeyMap is what hands know from shells. Backspace is both 0x08 and
// 0x7f, as terminals send either.
func DefaultKeyMap() KeyMap {
	bind := func(help, does string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, does))
	}
	return KeyMap{
		Send:         bind("Enter", "send", "enter"),
		Cancel:       bind("Esc", "leave the search", "esc", "ctrl+g"),
		Take:         bind("Tab", "take the offered line", "tab"),
		Left:         bind("Left", "one letter back", "left", "ctrl+b"),
		Right:        bind("Right", "one letter on", "right", "ctrl+f"),
		WordLeft:     bind("Ctrl+Left/Alt+B", "one word back", "ctrl+left", "alt+left", "alt+b"),
		WordRight:    bind("Ctrl+Right/Alt+F", "one word on", "ctrl+right", "alt+right", "alt+f"),
		Home:         bind("Home/Ctrl+A", "to the start", "home", "ctrl+a"),
		End:          bind("End/Ctrl+E", "to the end", "end", "ctrl+e"),
		Backspace:    bind("Backspace", "delete the letter before", "backspace", "ctrl+h"),
		Delete:       bind("Delete/Ctrl+D", "delete the letter after", "delete", "ctrl+d"),
		KillWord:     bind("Ctrl+W", "cut the word before", "ctrl+w", "alt+backspace"),
		KillNextWord: bind("Alt+D", "cut the word after", "alt+d"),
		KillToStart:  bind("Ctrl+U", "cut all before", "ctrl+u"),
		KillEnd:      bind("Ctrl+K", "cut all after", "ctrl+k"),
		Yank:         bind("Ctrl+Y", "paste what was cut", "ctrl+y"),
		YankOlder:    bind("Alt+Y", "paste an older cut instead", "alt+y"),
		Undo:         bind("Ctrl+Z", "undo", "ctrl+z", "ctrl+_"),
		Redo:         bind("Alt+Z", "redo", "alt+z"),
		Older:        bind("Up", "earlier lines", "up", "ctrl+p"),
		Newer:        bind("Down", "later lines", "down", "ctrl+n"),
		Search:       bind("Ctrl+R", "find in earlier lines", "ctrl+r"),
		Quote:        bind("Ctrl+V", "put in the key that follows, or x and two hex digits", "ctrl+v"),
	}
}

// All returns every binding, for help and for tests.
func (k KeyMap) All() []key.Binding {
	return []key.Binding{
		k.Send, k.Cancel, k.Take, k.Left, k.Right, k.WordLeft, k.WordRight, k.Home, k.End,
		k.Backspace, k.Delete, k.KillWord, k.KillNextWord, k.KillToStart, k.KillEnd,
		k.Yank, k.YankOlder, k.Undo, k.Redo, k.Older, k.Newer, k.Search, k.Quote,
	}
}

// printable reports whether a key types its own runes.
func printable(msg tea.KeyMsg) bool {
	return (msg.Type == tea.KeyRunes || msg.Type == tea.KeySpace) && !msg.Alt && len(msg.Runes) > 0
}
