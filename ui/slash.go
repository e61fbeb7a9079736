package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/smtp"
	"ehlo/ui/prompt"
)

// slashCommands are the lines that are for ehlo and not for the server. Each
// is the third twin of a key.
var slashCommands = map[string]func(*Model, string) tea.Cmd{
	"/mx":      (*Model).slashRoute,
	"/connect": (*Model).slashConnect,
	"/try":     func(m *Model, _ string) tea.Cmd { return m.tryAll() },
	"/names":   func(m *Model, _ string) tea.Cmd { return m.askNames() },
	"/send":    func(m *Model, _ string) tea.Cmd { return m.startGuide() },
	"/tls":     (*Model).slashTLS,
	"/auth":    (*Model).slashAuth,
	"/again":   func(m *Model, _ string) tea.Cmd { return m.again() },
	"/hangup":  func(m *Model, _ string) tea.Cmd { m.hangUp(); return nil },
	"/cancel":  func(m *Model, _ string) tea.Cmd { m.hangUp(); return nil },
	"/repeat":  func(m *Model, _ string) tea.Cmd { return m.repeat() },
	"/level":   (*Model).slashLevel,
	"/look":    (*Model).slashLook,
	"/editor":  (*Model).slashEditor,
	"/queue":   func(m *Model, _ string) tea.Cmd { return m.openPasted() },
	"/find":    (*Model).slashFind,
	"/refusal": func(m *Model, _ string) tea.Cmd { m.nextRefusal(); return nil },
	"/side":    (*Model).slashSide,
	"/times":   (*Model).slashTimes,
	"/hex":     (*Model).slashHex,
	"/copy":    func(m *Model, _ string) tea.Cmd { m.copyTalk(); return nil },
	"/mouse":   (*Model).slashMouse,
	"/journal": (*Model).slashJournal,
	"/status":  func(m *Model, _ string) tea.Cmd { m.tellStatus(); return nil },
	"/help":    func(m *Model, _ string) tea.Cmd { return m.openHelp() },
	"/quit":    func(m *Model, _ string) tea.Cmd { return m.askQuit() },
}

// slash obeys a line that is for ehlo.
func (m *Model) slash(sent prompt.Submit) tea.Cmd {
	line := sent.Line
	word, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
	obey, known := slashCommands[strings.ToLower(word)]
	if _, looked := m.talk.Looked(); !known && looked && m.pane == PaneTalk {
		return m.slashFind(strings.TrimPrefix(strings.TrimSpace(line), "/"))
	}
	if !known {
		m.prompt.Restore(sent)
		m.note = m.text("unknown-slash", "{word}", word)
		if better := slashLike(word); better != "" {
			m.note = around("did-you-mean", "{word}", word, "{better}", better)
		}
		return nil
	}
	return obey(m, strings.TrimSpace(rest))
}

// slashRoute looks a domain up, or shows the route that is known.
func (m *Model) slashRoute(rest string) tea.Cmd {
	m.show(PaneRoute)
	if rest == "" {
		return nil
	}
	return m.beginWith(prompt.Submit{Line: rest})
}

// slashAuth opens the helper of a sign-in, for a way that is named or for any.
func (m *Model) slashAuth(way string) tea.Cmd {
	return m.openSignIn(strings.TrimSpace(smtp.AUTH + " " + way))
}

// slashConnect calls an address of the route, any server, or the one chosen.
func (m *Model) slashConnect(rest string) tea.Cmd {
	if target, ok := m.routeTarget(rest); ok {
		return m.call(target)
	}
	if rest == "" {
		return m.offerConnect()
	}
	return m.beginWith(prompt.Submit{Line: withPort(rest, m.config.Port)})
}
