package ui

import (
	"fmt"
	"net/netip"
	"strings"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"

	"ehlo/session"
	"ehlo/session/address"
	"ehlo/session/explain"
	"ehlo/session/message"
	"ehlo/session/probe"
	"ehlo/session/script"
	"ehlo/session/verdict"
	"ehlo/ui/headline"
	"ehlo/ui/prompt"
	"ehlo/ui/sheet"
)

// guided is a guided send: first its questions, then its talk. It never sends:
// what the plan wants is offered in the prompt.
type guided struct {
	questions script.Guide
	talking   bool // the questions are answered, the talk is on
	finished  bool // the result was shown
	plan      script.Send
	message   *message.Message
	offered   string      // the last line that was offered
	paused    bool        // a wait was stopped: nothing goes out by itself any more
	byHand    bool        // the user types the message
	secret    script.Step // of a sign-in, where that was offered
	wanted    bool        // a sign-in, by the user
	unsigned  bool        // no sign-in is wanted
	reset     bool        // the open line has a message of its own, to be forgotten first
}

// asking reports whether the questions have the prompt.
func (g *guided) asking() bool { return g != nil && !g.talking }

// talks reports whether the plan leads the talk.
func (g *guided) talks() bool { return g != nil && g.talking && !g.finished }

// startGuide asks first and talks later, with what is known already.
func (m *Model) startGuide() tea.Cmd {
	m.closeSheet()
	m.dismiss()
	if m.guided != nil && m.guided.finished && m.live != nil {
		m.showResult()
		return nil
	}
	facts := script.Facts{Hello: m.hello(), From: m.config.From, TLS: m.config.Policy, Route: m.guideRoute(), SignIn: m.config.SignIn}
	if m.about.Kind == address.KindMailbox {
		facts.To = m.about.To.Display()
	}
	if m.config.Practice != nil {
		facts = facts.ForPractice()
	}
	m.guided = &guided{questions: script.NewGuide(facts)}
	m.clearPrompt()
	m.offerAnswer()
	return nil
}

// guideRoute is what is known of the way, for the question about the server.
func (m *Model) guideRoute() script.Route {
	if (m.about.Kind == address.KindServer || m.config.Server.Host != "") && m.live != nil {
		server := script.Server{Name: m.live.serverHost(), Address: m.live.target.Addr.Addr().String(), Port: m.live.target.Addr.Port()}
		return script.Route{Servers: []script.Server{server}}
	}
	if m.found == nil {
		return script.Route{}
	}
	return m.routeForGuide(m.about.Domain.ASCII, m.found)
}

func (m *Model) routeForGuide(domain string, found *verdict.Route) script.Route {
	route := script.Route{Domain: domain, Problem: found.Error}
	_, chosen := m.route.Chosen()
	for _, host := range found.Hosts {
		if route.Provider == "" {
			route.Provider = host.Provider
		}
		for _, addr := range host.Addresses {
			if addr == chosen {
				route.Chosen = len(route.Servers)
			}
			route.Servers = append(route.Servers, script.Server{Name: host.Name, Address: addr.String(), Port: m.config.Port})
		}
	}
	if found.Null {
		route.Problem = m.text("null-mx", "{domain}", domain)
	}
	return route
}

// offerAnswer puts the usual answer of the question into the prompt.
func (m *Model) offerAnswer() {
	m.prompt.Offer(m.guided.questions.Offer(), time.Time{})
}

// answerGuide takes the answer to the question at hand.
func (m *Model) answerGuide(sent prompt.Submit) tea.Cmd {
	next, problem := m.guided.questions.Answer(sent.Line)
	m.guided.questions = next
	if problem != "" {
		m.prompt.Restore(sent)
		return nil
	}
	switch next.Phase() {
	case script.Confirmed:
		return m.guidedTalk()
	case script.ByHand:
		line := next.Line()
		m.guided = nil
		m.prompt.SetValue(line)
		return nil
	}
	m.offerAnswer()
	if domain := next.Lookup(); domain != "" {
		return m.lookUpForGuide(domain)
	}
	return nil
}

// lookUpForGuide finds the servers of the recipient's domain.
func (m *Model) lookUpForGuide(domain string) tea.Cmd {
	parsed, err := address.ParseDomain(domain)
	if err != nil {
		return nil
	}
	m.about = address.Target{Kind: address.KindDomain, Domain: parsed}
	if to, err := address.Parse(m.guided.questions.List()[0].Answer); err == nil {
		m.about = address.Target{Kind: address.KindMailbox, To: to, Domain: to.Domain}
	}
	return m.lookUp(parsed)
}

// guideBack steps back in the questions; what is typed is kept.
func (m *Model) guideBack() {
	if m.guided.questions.AtStart() {
		m.guided = nil
		m.prompt.SetValue("")
		m.offerChosen()
		return
	}
	m.guided.questions = m.guided.questions.Keep(m.prompt.Value()).Back()
	m.prompt.SetValue("")
	m.offerAnswer()
}

// guidedTalk begins the talk: with the server that was chosen, or on the line
// that is open already when it is the same.
func (m *Model) guidedTalk() tea.Cmd {
	plan, draft := m.guided.questions.Plan()
	composed, err := message.Compose(draft)
	if err != nil {
		m.tell("CANNOT TELL", "The message cannot be made: "+err.Error()+".", "you", "F5 begins anew; your answers are kept.")
		m.guided = nil
		return nil
	}
	plan.Size, plan.EightBit = max(0, composed.Size()), composed.EightBit()
	m.guided.plan, m.guided.message, m.guided.talking = plan, composed, true
	m.clearPrompt()
	m.show(PaneTalk)
	server := m.guided.questions.Server()
	if m.live.idle() && m.live.target.Host == server.Name {
		m.guided.reset = m.live.state.HasSender
		m.planEncrypted()
		return m.goOn()
	}
	addr, err := netip.ParseAddr(server.Address)
	if err != nil {
		return m.lookUpServer(address.Server{Host: server.Name, Port: server.Port}, m.config.Implicit)
	}
	return m.call(probe.Target{Host: server.Name, Addr: netip.AddrPortFrom(addr, server.Port), Implicit: m.config.Implicit, Purpose: "route"})
}

// noteProblem tells why the plan itself finds no way on.
func (m *Model) noteProblem(step script.Step) {
	switch {
	case step.Problem == "":
		return
	case step.SignIn != nil:
		m.live.collector.StopSignIn(step.SignIn)
	default:
		m.live.collector.Stop(step.Problem)
		m.live.newest = m.text("announced-"+string(step.Problem), "{size}", fmt.Sprint(m.live.state.Extensions.Size()))
	}
	m.verdict = m.judged()
}

func (m *Model) messageLabel() string {
	composed := m.guided.message
	return m.text("message-label", "{lines}", fmt.Sprint(composed.Lines()), "{size}", explain.Size(composed.Size()))
}

// sendMessage sends the message that was offered.
func (m *Model) sendMessage() tea.Cmd {
	if !m.guided.talks() || !m.live.talking() || !m.live.state.InPayload() {
		return nil // the talk it was offered for is over
	}
	source, err := m.guided.message.Reader()
	if err != nil {
		m.tell("CANNOT TELL", "The message cannot be read: "+err.Error()+".", "you", "Ctrl+] for the menu; nothing was sent.")
		return nil
	}
	m.live.uploading = m.send(session.Body{Source: message.Wire(source, message.Options{}), Length: m.guided.message.Size()})
	return nil
}

// maxRemark keeps a server's words within the column of a sheet.
const maxRemark = 44

// showResult raises what can be done when the plan has come to its end.
func (m *Model) showResult() {
	m.guided.finished = true
	choices := script.Result(m.outcome())
	items := make([]sheet.Item, 0, len(choices))
	for _, choice := range choices {
		items = append(items, sheet.Item{Key: string(choice.Action), Label: choice.Text, Remark: ansi.Truncate(choice.Remark, maxRemark, "...")})
	}
	if code := m.judgedCode(); code == "sign-in-needed" && m.whyNoSignIn() == "" && len(m.live.state.Extensions.Mechanisms()) > 0 {
		first := sheet.Item{Key: string(actionSignIn), Label: m.text("signin-then"), Remark: m.text("signin-then-more")}
		items = append([]sheet.Item{first}, items...)
	}
	m.open(menuResult, m.text("what-now"), items)
}

// outcome puts what became of the send into plain values.
func (m *Model) outcome() script.Outcome {
	said, _ := verdict.Of(m.facts())
	return script.Outcome{
		Verdict: said.Code, Who: said.Who, Server: m.guided.questions.Server(), At: m.now(), Reply: m.live.newest,
		From: m.guided.plan.From, To: strings.Join(m.guided.plan.To, ", "), Open: m.live.talking(),
	}
}

// wordsTitle is the title of the words, as the list of the result has it.
func (m *Model) wordsTitle() string {
	for _, choice := range script.Result(m.outcome()) {
		if choice.Action == script.ActionWords {
			return choice.Text
		}
	}
	return ""
}

func (m *Model) pickResult(action script.Action) tea.Cmd {
	switch action {
	case script.ActionAgain:
		m.guided.talking, m.guided.finished, m.guided.paused = false, false, false
		m.leave()
		m.live.ended = true // the same answers, a new talk
		return m.guidedTalk()
	case actionSignIn:
		return m.signInThenSend()
	case script.ActionWords:
		m.menu = menuWords
		m.sheet.Warn(m.wordsTitle(), []string{m.outcome().Words()}, nil)
	case script.ActionLook:
		m.guided = nil
		m.clearPrompt()
	case script.ActionDone:
		m.guided = nil
		m.clearPrompt()
		m.send(session.Line{Text: "QUIT"})
	}
	return nil
}

// guideHead is the question at hand in the head of the screen.
func (m *Model) guideHead() headline.Verdict {
	m.guidePane.Show(m.guided.questions, m.prompt.Value())
	rows := m.guidePane.Headline()
	v := headline.Verdict{Label: rows[0].Label, Sentence: rows[0].Text}
	if rows[1].Label != "" {
		v.Who, v.Next = rows[1].Text, rows[2].Text
		return v
	}
	v.Notes = []string{rows[1].Text, rows[2].Text}
	return v
}
