package ui

import (
	"strconv"

	"github.com/charmbracelet/bubbles/key"
	tea "github.com/charmbracelet/bubbletea"
)

// KeyMap is every key of the root. Each F-key has an Alt or Ctrl twin, as
// terminals keep F1, F10 and F11 for themselves; what the twins do is harmless
// or asks, as over ssh Esc and a fast letter are the same bytes.
type KeyMap struct {
	Help, Route, Connect, Guided, Pane, Encrypt, Quit key.Binding
	TryAll, Level                                     key.Binding
	PaneLeft, PaneRight                               key.Binding
	Break, Stop, Back                                 key.Binding
	PageUp, PageDown, Follow                          key.Binding
	Older, Newer, Repeat                              key.Binding
	Complete                                          key.Binding
	FindNext, FindBack, Refusal                       key.Binding
	MarkOlder, MarkNewer, Copy                        key.Binding
}

// DefaultKeyMap is the contract of the design.
func DefaultKeyMap() KeyMap {
	bind := func(help, does string, keys ...string) key.Binding {
		return key.NewBinding(key.WithKeys(keys...), key.WithHelp(help, does))
	}
	return KeyMap{
		Help:      bind("F1/Alt+H", "help", "f1", "alt+h"),
		Route:     bind("F3/Alt+M", "route", "f3", "alt+m"),
		Connect:   bind("F4/Alt+O", "connect", "f4", "alt+o"),
		Guided:    bind("F5/Alt+W", "guided", "f5", "alt+w"),
		Pane:      bind("F6/Alt+N", "pane", "f6", "alt+n"),
		Encrypt:   bind("F8/Alt+T", "TLS", "f8", "alt+t"),
		TryAll:    bind("F9/Alt+A", "try all", "f9", "alt+a"),
		Level:     bind("F12/Alt+E", "level", "f12", "alt+e"),
		PaneLeft:  bind("Left", "pane before", "left"),
		PaneRight: bind("Right", "next pane", "right"),
		Quit:      bind("F10/Ctrl+Q", "quit", "f10", "ctrl+q"),
		Break:     bind("Esc/Ctrl+]", "break", "ctrl+]"),
		Repeat:    bind("Ctrl+T", "ask again", "ctrl+t"),
		Stop:      bind("Ctrl+C", "stop", "ctrl+c"),
		Back:      bind("Esc", "back", "esc"),
		PageUp:    bind("PgUp", "scroll", "pgup"),
		PageDown:  bind("PgDn", "scroll", "pgdown"),
		Follow:    bind("End", "newest line", "end"),
		Older:     bind("Up", "earlier lines", "up"),
		Newer:     bind("Down", "later lines", "down"),
		Complete:  bind("Tab", "complete", "tab"),
		FindNext:  bind("n", "next found", "n"),
		FindBack:  bind("N", "found before", "N"),
		Refusal:   bind("Alt+R", "refusal before", "alt+r"),
		MarkOlder: bind("Shift+Up", "mark up", "shift+up"),
		MarkNewer: bind("Shift+Down", "mark down", "shift+down"),
		Copy:      bind("Alt+C", "copy", "alt+c"),
	}
}

// All returns every binding, for help and for tests.
func (k KeyMap) All() []key.Binding {
	return []key.Binding{
		k.Help, k.Route, k.Connect, k.Guided, k.Pane, k.Encrypt, k.TryAll, k.Level, k.Repeat, k.Quit,
		k.PaneLeft, k.PaneRight, k.Break, k.Stop, k.Back, k.PageUp, k.PageDown, k.Follow, k.Older, k.Newer, k.Complete,
		k.FindNext, k.FindBack, k.Refusal, k.MarkOlder, k.MarkNewer, k.Copy,
	}
}

// Roomy returns the bindings of the last row where it has room for all.
func (k KeyMap) Roomy() []key.Binding {
	return []key.Binding{k.Help, k.Route, k.Connect, k.Guided, k.Pane, k.Encrypt, k.Quit}
}

// Fixed returns the bindings of the last row, which never changes.
func (k KeyMap) Fixed() []key.Binding {
	return []key.Binding{k.Help, k.Route, k.Guided, k.Pane, k.Quit}
}

// The keys of what is open now, most likely first and the way out last.

// Helped returns the keys of the help page.
func (k KeyMap) Helped() []key.Binding {
	return []key.Binding{hint("Up Down", "choose"), hint("Enter", "open"), hint("PgUp PgDn", "scroll"), hint("Esc", "back")}
}

// Reading returns the keys of a sheet that is only read.
func (k KeyMap) Reading() []key.Binding { return []key.Binding{hint("Esc", "close")} }

// Leaving returns the keys of the last question of Ctrl+C.
func (k KeyMap) Leaving() []key.Binding {
	return []key.Binding{hint("Ctrl+C", "quit"), hint("Enter", "stay")}
}

// Asking returns the keys of a question.
func (k KeyMap) Asking() []key.Binding {
	return []key.Binding{hint("y Enter", "yes"), hint("Enter", "no")}
}

// Telling returns the keys of a question that wants a line.
func (k KeyMap) Telling() []key.Binding {
	return []key.Binding{hint("Enter", "go on"), hint("Esc", "leave it")}
}

// Warned returns the keys of a warning, which may know a better line.
func (k KeyMap) Warned(better bool) []key.Binding {
	if !better {
		return []key.Binding{hint("Enter", "send as typed"), hint("Esc", "edit")}
	}
	return []key.Binding{hint("Enter", "send as typed"), hint("1", "take the better line"), hint("Esc", "edit")}
}

// Listed returns the keys of an open list whose rows have digits from 1 to n; 0
// is a list without digits.
func (k KeyMap) Listed(n int) []key.Binding {
	if n == 0 {
		return []key.Binding{hint("Up Down", "choose"), hint("Tab or Enter", "take it (not sent yet)"), hint("Esc", "close")}
	}
	return []key.Binding{hint("1-"+strconv.Itoa(n), "choose"), hint("Up Down", "move"), hint("Enter", "take it"), hint("Esc", "close this list")}
}

// Over returns the keys while a text is typed under an open list, which they are
// not for; enter is what sends the text.
func (k KeyMap) Over(enter key.Binding) []key.Binding {
	return []key.Binding{enter, hint("Ctrl+U", "clear the line, then choose"), hint("Esc", "close this list")}
}

// Signing returns the keys of the ways to sign in, while a text is typed: once
// Enter was pressed over it they are for the list.
func (k KeyMap) Signing(list bool) []key.Binding {
	if !list {
		return []key.Binding{hint("Enter", "keep the line, then choose"), hint("Ctrl+U", "clear it"), hint("Esc", "close this list")}
	}
	return []key.Binding{hint("Up Down", "choose"), hint("Enter", "take it"), hint("Ctrl+U", "clear the line"), hint("Esc", "close this list")}
}

// Choosing returns the keys of a route.
func (k KeyMap) Choosing() []key.Binding {
	return []key.Binding{hint("Enter", "connect"), hint("Up Down", "choose"), k.TryAll, hint("/names", ""), hint("Esc", "clear the line")}
}

// Trying returns the keys while addresses are tried.
func (k KeyMap) Trying() []key.Binding {
	return []key.Binding{hint("Esc", "stop"), hint("Up Down", "choose"), hint("Enter", "connect"), hint("Ctrl+]", "menu")}
}

// Looking returns the keys of a talk while nothing is typed.
func (k KeyMap) Looking() []key.Binding {
	return []key.Binding{hint("Enter", "look around"), k.Complete, hint("Down", "walk the lines"), hint("Left Right", "panes"), k.Break}
}

// Walking returns the keys of a pane whose rows are chosen.
func (k KeyMap) Walking(enter string) []key.Binding {
	return []key.Binding{hint("Up Down", "choose"), hint("Enter", enter), hint("Left Right", "panes"), hint("Esc", "back")}
}

// Talking returns the keys of a talk.
func (k KeyMap) Talking() []key.Binding {
	return []key.Binding{hint("Enter", "send"), k.Complete, k.Older, k.PageUp, k.Break}
}

// Ended returns the keys after a talk.
func (k KeyMap) Ended() []key.Binding {
	return []key.Binding{hint("Enter", "connect again"), k.Older, k.PageUp, hint("Esc or Ctrl+]", "menu")}
}

// Unsaid returns the keys of a text that is typed while no line is open: a
// command that has nowhere to go, a line for ehlo, or a target.
func (k KeyMap) Unsaid(command, slash bool) []key.Binding {
	rest := []key.Binding{hint("Ctrl+U", "clear the line"), k.Older, hint("Ctrl+]", "menu")}
	switch {
	case command:
		return append([]key.Binding{k.Connect}, rest...)
	case slash:
		return append([]key.Binding{hint("Enter", "do it"), k.Complete}, rest...)
	}
	return append([]key.Binding{hint("Enter", "look up")}, rest...)
}

// Starting returns the keys while no line is open.
func (k KeyMap) Starting() []key.Binding {
	return []key.Binding{hint("Enter", "look up"), k.Older, hint("Esc or Ctrl+]", "menu")}
}

func hint(keys, does string) key.Binding {
	return key.NewBinding(key.WithKeys(keys), key.WithHelp(keys, does))
}

// press routes one key: what is global first, then what is open, then the
// prompt.
func (m *Model) press(msg tea.KeyMsg) tea.Cmd {
	m.note, m.leaving.noted = "", false
	if m.ask != nil && m.ask.words == "quit-message" && !key.Matches(msg, m.keys.Stop) {
		m.dismiss() // anything but a third Ctrl+C stays
		if answerKeys[msg.String()] {
			return nil
		}
	}
	if cmd, done := m.pressGlobal(msg); done {
		return cmd
	}
	if cmd, done := m.pressHelp(msg); done {
		return cmd
	}
	if cmd, done := m.pressTalk(msg); done {
		return cmd
	}
	if cmd, done := m.pressLook(msg); done {
		return cmd
	}
	if cmd, done := m.pressOpen(msg); done {
		return cmd
	}
	return m.type_(msg)
}

// answerKeys are the keys that only answer a question; any other means what it
// always does.
var answerKeys = map[string]bool{"n": true, "N": true, "enter": true, "esc": true, "y": true, "Y": true}

func (m *Model) pressGlobal(msg tea.KeyMsg) (tea.Cmd, bool) {
	if m.helping != nil && !msg.Paste && key.Matches(msg, append(m.keys.Roomy()[1:], m.keys.TryAll, m.keys.Repeat)...) {
		m.closeHelp()
	}
	switch {
	case msg.Paste:
		return nil, false
	case key.Matches(msg, m.keys.Stop):
		return m.stop(), true
	case key.Matches(msg, m.keys.Break):
		return m.toggleBreak(), true
	case key.Matches(msg, m.keys.Quit):
		return m.askQuit(), true
	case key.Matches(msg, m.keys.Help):
		return m.openHelp(), true
	case key.Matches(msg, m.keys.Route):
		m.show(PaneRoute)
		return nil, true
	case key.Matches(msg, m.keys.Connect):
		return m.offerConnect(), true
	case key.Matches(msg, m.keys.Guided):
		return m.startGuide(), true
	case key.Matches(msg, m.keys.Pane):
		m.nextPane()
		return nil, true
	case key.Matches(msg, m.keys.Encrypt):
		return m.encrypt(), true
	case key.Matches(msg, m.keys.Repeat):
		return m.repeat(), true
	case key.Matches(msg, m.keys.Level):
		return m.nextLevel(), true
	case key.Matches(msg, m.keys.TryAll):
		return m.tryAll(), true
	}
	return nil, false
}

// pressOpen gives a key to what is open: a search, a sheet, a pane.
func (m *Model) pressOpen(msg tea.KeyMsg) (tea.Cmd, bool) {
	switch {
	case msg.Paste, m.prompt.Searching():
		return nil, false
	case key.Matches(msg, m.keys.Back):
		return m.back(), true
	case key.Matches(msg, m.prompt.Keys.Backspace) && m.takeBack():
		return nil, true
	case key.Matches(msg, m.keys.PageUp):
		m.scrollPage(false)
		return nil, true
	case key.Matches(msg, m.keys.PageDown):
		m.scrollPage(true)
		return nil, true
	case key.Matches(msg, m.keys.Follow) && m.prompt.Empty() && !m.talk.Following():
		m.talk.End()
		return nil, !m.prompt.Offered() // which End makes the user's own
	case key.Matches(msg, m.keys.Older) && m.listed():
		m.choose(-1)
		return nil, true
	case key.Matches(msg, m.keys.Newer) && m.listed():
		m.choose(1)
		return nil, true
	case key.Matches(msg, m.keys.Complete) && !m.prompt.WantsTab():
		return m.complete(), true
	case m.menu == menuWarning && m.warned.mends && msg.String() == "1":
		m.takeBetter()
		return nil, true
	case m.sheetHasKeys() && msg.Type == tea.KeyEnter && m.pickable():
		return m.pickChosen(), true
	case m.sheetHasKeys() && len(msg.Runes) == 1 && !msg.Alt && (m.menu != menuSignIn || m.prompt.Empty()):
		return m.pickDigit(msg.Runes[0])
	}
	return nil, false
}

// type_ gives a key to the prompt, and what it sends to submit.
func (m *Model) type_(msg tea.KeyMsg) tea.Cmd {
	waiting := m.prompt.Pasted()
	if sent := m.updatePrompt(msg); sent != nil {
		return tea.Batch(m.keep(*sent), m.submit(*sent))
	}
	m.typed()
	if msg.Paste && m.prompt.Pasted() > waiting && m.ask == nil && !m.guided.asking() {
		return m.openPasted()
	}
	return nil
}
