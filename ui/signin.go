package ui

import (
	"slices"
	"strings"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session"
	"ehlo/session/explain"
	"ehlo/session/script"
	"ehlo/session/signin"
	"ehlo/session/smtp"
	"ehlo/ui/prompt"
	"ehlo/ui/sheet"
)

// signOn is the helper of a sign-in: it asks how, who, and for the password, and
// then answers what the server asks; or the user does, in plain words, and the
// base64 is done here. What is secret goes from the prompt to the wire, and
// stands nowhere between.
type signOn struct {
	of     *session.Session
	facts  signin.Facts
	typed  string // the line that opened it; "" for a key or the guide
	choice signin.Choice
	user   string
	plan   script.SignOn
	on     bool // AUTH has gone out
	byHand bool // the user answers
}

// The rows of the sheet that are no way to sign in.
const (
	signByHand = "by-hand"
	signTyped  = "as-typed"
	signNot    = "not"
)

// wantsHelper reports whether a line opens the helper: AUTH alone or with a way,
// typed where a sign-in can begin. One that has its secret with it goes as it is.
func (m *Model) wantsHelper(sent prompt.Submit) bool {
	if sent.Pasted || !m.live.idle() || m.live.state.SecretNext() || len(m.live.state.Extensions.Mechanisms()) == 0 {
		return false
	}
	command := smtp.Dialect{}.Parse(sent.Line, m.live.state)
	words := strings.Fields(command.Arg)
	return command.Verb == smtp.AUTH && (len(words) < 2 || len(words) == 2 && words[1] == session.Hidden)
}

// openSignIn opens the helper, for the way that a line names or for any.
func (m *Model) openSignIn(typed string) tea.Cmd {
	if why := m.whyNoSignIn(); why != "" {
		m.note = m.text(why)
		return nil
	}
	state := m.live.state
	facts := signin.Facts{
		Offered: state.Extensions.Mechanisms(), Insecure: m.config.SignIn.Insecure, InsecureAuth: m.config.SignIn.InsecureAuth,
	}
	if words := strings.Fields(typed); len(words) > 1 {
		facts.Way = strings.ToUpper(words[1])
	}
	if layer := m.live.encrypted; layer != nil {
		facts.Encrypted, facts.Trusted, facts.Reason, facts.Binding = true, layer.Trusted, layer.Reason, layer.Binding
	}
	if strings.Contains(typed, session.Hidden) {
		typed = "" // it cannot be said as it stands
	}
	m.signing = &signOn{of: m.live.session, facts: facts, typed: strings.TrimSpace(typed), user: m.config.SignIn.Who.User}
	return m.considerSignIn()
}

// whyNoSignIn says why a sign-in cannot begin now, "" when it can.
func (m *Model) whyNoSignIn() string {
	switch state := m.state(); {
	case !m.live.talking():
		return "no-line-now"
	case state.SecretNext():
		return "signin-asked"
	case !m.live.idle():
		return "repeat-busy"
	case state.Hello == "":
		return "signin-hello"
	case state.SignedIn:
		return "signin-already"
	case state.HasSender:
		return "signin-message"
	}
	return ""
}

// state is that of the talk, or of none.
func (m *Model) state() smtp.State {
	if m.live == nil {
		return smtp.State{}
	}
	return m.live.state
}

// considerSignIn asks for what the policy wants to be asked, then for the way.
func (m *Model) considerSignIn() tea.Cmd {
	choice, err := signin.Choose(m.signing.facts)
	problem, _ := err.(*signin.Problem)
	switch {
	case problem == nil:
		m.signing.choice = choice
		m.offerWays()
	case problem.Kind == signin.NotEncrypted:
		m.askSignIn("signin-clear", func(m *Model) { m.signing.facts.InsecureAuth = true })
	case problem.Kind == signin.NotTrusted:
		m.askSignIn("signin-untrusted", func(m *Model) { m.signing.facts.Insecure = true }, "{reason}", problem.Text)
	case problem.Kind == signin.TokensOnly:
		m.offerWays()
	default:
		m.signInEnds(problem)
	}
	return nil
}

// askSignIn asks for an explicit yes; anything else leaves the helper.
func (m *Model) askSignIn(words string, allow func(*Model), fill ...string) {
	m.put(words, func(m *Model) tea.Cmd {
		allow(m)
		return m.considerSignIn()
	}, fill...)
	m.ask.signs = true
}

// offerWays raises the ways to sign in, the one that is taken by itself first.
func (m *Model) offerWays() {
	s, items := m.signing, []sheet.Item(nil)
	for _, way := range m.waysToSignIn() {
		item := sheet.Item{Key: way, Label: m.text("signin-way", "{way}", way)}
		if says := explain.MethodWords([]string{way}); len(says) > 0 {
			_, item.Remark, _ = strings.Cut(says[0], ": ")
		}
		if way == s.choice.Way && s.facts.Way == "" {
			item.Remark = m.text("signin-strongest")
		}
		items = append(items, item)
	}
	items = append(items, sheet.Item{Key: signByHand, Label: m.text("signin-by-hand", "{way}", m.wayByHand()), Remark: m.text("signin-by-hand-more")})
	if s.typed != "" && !strings.EqualFold(s.typed, smtp.AUTH) {
		items = append(items, sheet.Item{Key: signTyped, Label: m.text("signin-typed"), Remark: m.text("signin-typed-more")})
	}
	items = append(items, sheet.Item{Key: signNot, Label: m.text("signin-not"), Remark: m.text("signin-not-more")})
	m.open(menuSignIn, m.text("signin-how"), items)
	m.sheet.Down()
}

// maxWays is how many ways the sheet has room for, beside its other rows.
const maxWays = 5

// waysToSignIn are the one that was named, or those that both sides speak, the
// strongest first.
func (m *Model) waysToSignIn() (list []string) {
	facts := m.signing.facts
	if facts.Way != "" {
		return []string{facts.Way}
	}
	for _, way := range signin.Ways() {
		facts.Way = way
		if _, err := signin.Choose(facts); err == nil && way != signin.External {
			list = append(list, way)
		}
	}
	return list[:min(len(list), maxWays)]
}

// wayByHand is the way that a person can follow best: questions in words.
func (m *Model) wayByHand() string {
	switch s := m.signing; {
	case s.facts.Way != "":
		return s.facts.Way
	case slices.Contains(s.facts.Offered, signin.Login):
		return signin.Login
	case slices.Contains(s.facts.Offered, signin.Plain):
		return signin.Plain
	case s.choice.Way != "":
		return s.choice.Way
	}
	return m.signing.facts.Offered[0]
}

// pickSignIn does what a row of the sheet says.
func (m *Model) pickSignIn(key string) tea.Cmd {
	s := m.signing
	switch key {
	case signNot:
		return m.leaveSignIn()
	case signTyped:
		m.signing = nil
		m.send(session.Line{Text: s.typed})
		m.guided.leave(m.live.state)
		m.show(PaneTalk)
		return nil
	case signByHand:
		s.on, s.byHand, s.facts.Way = true, true, m.wayByHand()
		m.send(session.Line{Text: smtp.AUTH + " " + s.facts.Way})
		m.show(PaneTalk)
		return nil
	}
	s.facts.Way = key
	choice, err := signin.Choose(s.facts)
	if problem, failed := err.(*signin.Problem); failed {
		return m.signInEnds(problem)
	}
	s.choice = choice
	return m.askWho()
}

// signsIn reports whether the helper is open: its sheet, a question of it, or
// its talk. One that was left by another road is over.
func (m *Model) signsIn() bool {
	s := m.signing
	if s == nil {
		return false
	}
	here := m.live.talking() && m.live.session == s.of
	return here && (s.on || m.menu == menuSignIn || m.ask != nil && m.ask.signs)
}

// leaveSignIn closes the helper; the guide goes on without.
func (m *Model) leaveSignIn() tea.Cmd {
	m.signing = nil
	if m.guided != nil {
		m.guided.unsigned = true
	}
	return m.goOn()
}

// warnOfSecret holds a line back that has its secret with it, where anybody on
// the way can read it or nobody knows who gets it: the second Enter is the
// explicit yes.
func (m *Model) warnOfSecret(line string) bool {
	state, layer := m.live.ahead(), m.live.encrypted
	command := smtp.Dialect{LMTP: m.live.target.LMTP}.Parse(line, state)
	if !smtp.SignsIn(line) || len(command.Secrets) == 0 || state.SecretNext() || state.InPayload() {
		return false
	}
	text := m.text("signin-warn-clear")
	switch allowed := m.config.SignIn; {
	case layer == nil && allowed.InsecureAuth, layer != nil && (layer.Trusted || allowed.Insecure):
		return false
	case layer != nil:
		text = m.text("signin-warn-untrusted", "{reason}", layer.Reason)
	}
	m.menu, m.warned.better, m.warned.mends = menuWarning, "", false
	m.sheet.Warn(around("not-sent"), []string{text}, []sheet.Item{
		{Key: "Enter", Label: around("send-typed")}, {Key: "Esc", Label: around("keep-editing")},
	})
	return true
}
