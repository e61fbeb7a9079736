package script

import (
	"strconv"
	"strings"

	"ehlo/session/address"
	"ehlo/session/message"
	"ehlo/session/sanitize"
)

// Plan returns what the answers come to: the lines to be said and the message
// to be composed, whose size and bytes the plan does not know yet. Before the
// last question it holds what was answered so far; carry it out only when
// Phase is Confirmed.
func (g Guide) Plan() (Send, message.Draft) {
	to, _ := address.Parse(g.answers[AskTo])
	from, _ := address.Parse(g.answers[AskFrom])
	plan := Send{
		Hello:  g.answers[AskName],
		From:   from.String(),
		TLS:    g.facts.TLS,
		SignIn: g.facts.SignIn,
		UTF8:   to.NeedsUTF8() || from.NeedsUTF8(),
	}
	draft := message.Draft{
		From:    from.String(),
		Subject: g.answers[AskSubject],
		Text:    strings.Join(g.lines, "\n"),
		Hello:   g.answers[AskName],
	}
	if g.given[AskTo] {
		plan.To, draft.To = []string{to.String()}, []string{to.String()}
	}
	return plan, draft
}

// Listed is one question in the list of all, with its answer.
type Listed struct {
	Number int
	Name   string
	Answer string // "" when it has none yet, or is asked now
	Line   string // what it comes to on the wire
	Now    bool   // it is the one that is asked
}

// List returns the six questions. Texts are safe to show.
func (g Guide) List() []Listed {
	now := g.topic.Number()
	var all []Listed
	for _, topic := range []Topic{AskTo, AskServer, AskName, AskFrom, AskSubject, AskLook} {
		one := Listed{Number: topic.Number(), Name: say(topic, "name"), Now: topic.Number() == now}
		if topic != AskLook && g.given[topic] && topic != g.topic {
			one.Answer, one.Line = g.listed(topic)
		}
		all = append(all, one)
	}
	return all
}

func (g Guide) listed(topic Topic) (answer, line string) {
	answer = sanitize.Text(g.answers[topic])
	switch {
	case topic == AskFrom && answer == nullSender:
		answer = say(AskFrom, "null")
	case topic == AskSubject:
		return answer, count(say(AskText, "listed_none"), say(AskText, "listed_one"), say(AskText, "listed"), len(g.lines))
	}
	return answer, sanitize.Text(wireLine(topic, g.answers[topic]))
}

// Overview is all that will be said, to be looked over. Texts are safe to show.
type Overview struct {
	ServerLabel string
	Server      string // "mx1.biz.mail.yahoo.com, port 25"
	Name        string // "from pc17.example.org"
	SayLabel    string
	Say         []string // the commands
	TextLabel   string
	Headers     []string // those that people read
	HeadersNote string   // what is written besides
	EmptyNote   string   // of the empty line that follows
	Text        []string // as typed
	Dot         string
	DotNote     string
}

// Overview returns what the answers come to.
func (g Guide) Overview() Overview {
	words, server := guideText().Over, g.Server()
	over := Overview{
		ServerLabel: words["server"],
		Server:      fill(words["port"], "host", server.Name, "port", strconv.Itoa(int(server.Port))),
		Name:        fill(words["name"], "name", g.answers[AskName]),
		SayLabel:    words["say"],
		TextLabel:   words["message"],
		HeadersNote: words["headers"],
		EmptyNote:   words["empty"],
		Dot:         endOfText,
		DotNote:     words["dot"],
	}
	for _, topic := range []Topic{AskName, AskFrom, AskTo} {
		over.Say = append(over.Say, sanitize.Text(wireLine(topic, g.answers[topic])))
		if topic == AskName && g.facts.SignIn.Wanted {
			over.Say = append(over.Say, g.facts.SignIn.shown())
		}
	}
	over.Say = append(over.Say, "DATA")
	over.Headers = []string{fill("From: " + g.header()), fill("To: " + g.answers[AskTo]), fill("Subject: " + g.answers[AskSubject])}
	for _, line := range g.lines {
		over.Text = append(over.Text, sanitize.Text(line))
	}
	return over
}

// header is the sender in the header: a message without one in the envelope
// still has one here, as message.Compose writes it.
func (g Guide) header() string {
	if g.answers[AskFrom] == nullSender {
		return "postmaster@" + g.answers[AskName]
	}
	return g.answers[AskFrom]
}

// More says how many lines of the text are not shown.
func (o Overview) More(n int) string {
	words := guideText().Over
	return count("", words["more_one"], words["more"], n)
}

// count picks the words for none, one or many.
func count(none, one, many string, n int) string {
	switch n {
	case 0:
		return none
	case 1:
		return one
	}
	return fill(many, "n", strconv.Itoa(n))
}
