package ui

import (
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/address"
	"ehlo/session/practice"
)

// builtIn reads "practice" and "practice NAME", the way to the built-in servers
// that is typed. A name may be missing.
func builtIn(line string) (scenario string, asked bool) {
	words := strings.Fields(line)
	if len(words) == 0 || len(words) > 2 || !strings.EqualFold(words[0], "practice") {
		return "", false
	}
	return strings.Join(words[1:], ""), true
}

// startBuiltIn changes over to the built-in servers, or from one scenario to
// another; without a name it is the one that is played, else the first. What
// was known of another route is forgotten.
func (m *Model) startBuiltIn(name string) tea.Cmd {
	if name == "" && m.config.Practice != nil {
		name = m.config.Practice.Name
	}
	if name == "" {
		name = practice.First
	}
	scenario, known := practice.Find(name)
	switch {
	case known:
	case m.config.Practice != nil && m.config.Practice.Name == name:
		scenario = *m.config.Practice // from a file
	default:
		m.prompt.SetValue("practice " + name)
		m.say("no-scenario", "{name}", name)
		return nil
	}
	if m.practice != nil && m.practice.Scenario.Name == scenario.Name {
		return m.beginPractice()
	}
	m.forgetRoute()
	m.about, m.config.Practice = address.Target{}, &scenario
	m.show(PaneTalk)
	m.greet()
	return startPractice(m.ctx, scenario)
}

// practiceStands begins with what the built-in servers are about; others that
// stood before them end.
func (m *Model) practiceStands(msg practiceReady) tea.Cmd {
	if msg.err != nil {
		m.tell("NO", "The practice servers could not be started: "+msg.err.Error()+".", "you", "Try again; or type an address to look at the real one.")
		return nil
	}
	if before := m.practice; before != nil {
		m.stopTries()
		m.leave()
		m.road.running.Go(before.Close)
	}
	m.practice, m.way = msg.practice, msg.way
	m.route.SetPaper(true)
	return m.beginPractice()
}

// beginPractice looks up whom the scenario is about.
func (m *Model) beginPractice() tea.Cmd {
	target, err := address.ParseTarget(m.practice.Scenario.Target)
	if err != nil {
		m.greet()
		return nil
	}
	return m.begin(target)
}
