package script

import (
	"strconv"
	"strings"

	"ehlo/session/sanitize"
)

// Question is what is asked now, in words that are safe to show.
type Question struct {
	Topic   Topic
	Number  int     // 1 to 6
	Label   string  // "Question 4"
	Place   string  // for the rule above: "question 4 of 6"
	Name    string  // of the answer: "From"
	Ask     string  // the question itself
	Help    [2]Help // the two rows beneath it
	Choices []Choice
	Default int // the digit of the choice that an empty line takes, 0 for none
	Labels  Labels
	Edge    string   // beside the prompt: what is asked for
	Text    []string // the lines of the text so far, for AskText only
	Line    int      // the one of them that is asked for, len(Text) for a new one
}

// Labels stand before what Preview and Problem return.
type Labels struct{ Sends, Means, NotYet string }

// Help is a row beneath a question. Most have no label.
type Help struct{ Label, Text string }

// Choice is one of the answers, or one of the things to do next, that a digit
// takes.
type Choice struct {
	Digit  int
	Text   string
	Remark string
	Action Action // of a Result only
	value  string
	own    bool // the answer is to be typed
}

// Question returns what is asked now.
func (g Guide) Question() Question {
	words, number := guideText(), strconv.Itoa(g.topic.Number())
	q := Question{
		Topic:   g.topic,
		Number:  g.topic.Number(),
		Label:   fill(words.Label, "n", number),
		Place:   fill(words.Place, "n", number),
		Name:    say(g.topic, "name"),
		Ask:     g.ask(),
		Help:    g.help(),
		Choices: g.choices(),
		Labels:  Labels{words.Sends, words.Means, words.NotYet},
		Edge:    g.edge(),
	}
	usual := g.usual()
	for _, choice := range q.Choices {
		if choice.value == usual && !choice.own && q.Default == 0 {
			q.Default = choice.Digit
		}
	}
	switch g.topic {
	case AskLook:
		q.Label, q.Place = say(AskLook, "label"), say(AskLook, "place")
	case AskText:
		q.Line = g.line
		for _, line := range g.lines {
			q.Text = append(q.Text, sanitize.Text(line))
		}
	}
	return q
}

func (g Guide) ask() string {
	switch {
	case g.doubted():
		return fill(guideText().Doubt["ask"], "better", g.doubt.better)
	case g.topic == AskServer:
		return g.askServer()
	case g.topic == AskLook:
		return fill(say(AskLook, "ask"), "to", g.answers[AskTo])
	}
	return say(g.topic, "ask")
}

func (g Guide) askServer() string {
	to, _ := g.recipient()
	key, servers := "ask", g.servers()
	switch {
	case len(servers) > 0 && g.facts.Route.Domain == "":
		key = "ask_given"
	case len(servers) == 1:
		key = "ask_one"
	case len(servers) > 1:
		key = "ask_many"
	}
	provider := ""
	if g.facts.Route.Provider != "" {
		provider = fill(say(AskServer, "provider"), "provider", g.facts.Route.Provider)
	}
	return fill(say(AskServer, key), "domain", to.Domain.Unicode, "n", strconv.Itoa(len(servers)), "provider", provider)
}

func (g Guide) help() [2]Help {
	words := guideText()
	first, second := say(g.topic, "help"), say(g.topic, "help2")
	switch {
	case g.topic == AskLook:
		next := "next"
		if g.stepping {
			next = "next_step"
		}
		return [2]Help{{say(AskLook, "who_label"), say(AskLook, "who")}, {say(AskLook, "next_label"), say(AskLook, next)}}
	case g.doubted():
		return [2]Help{{Text: g.doubt.why}, {Text: words.Doubt["help"]}}
	case second != "":
		return [2]Help{{Text: first}, {Text: second}}
	case g.topic == AskServer && len(g.servers()) == 0:
		first = say(AskServer, "help_none")
		if problem := g.facts.Route.Problem; problem != "" && g.fits() {
			first = fill(problem)
		}
	}
	form := words.Type
	if len(g.choices()) > 0 && !g.own {
		form = words.Choose
	}
	return [2]Help{{Text: first}, {Text: fill(form, "what", say(g.topic, "what"))}}
}

func (g Guide) edge() string {
	if g.topic != AskLook && g.Offer() == "" {
		return say(g.topic, "edge_empty")
	}
	return say(g.topic, "edge")
}

// choices returns the answers at hand, numbered. Texts are safe to show.
func (g Guide) choices() []Choice {
	var all []Choice
	switch {
	case g.topic >= AskSubject:
		return nil
	case g.doubted():
		words := guideText().Doubt
		all = []Choice{{value: g.doubt.better, Remark: words["better"]}, {value: g.doubt.typed, Remark: words["typed"]}}
	case g.topic == AskServer:
		all = g.serverChoices()
	default:
		all = g.usualChoices()
	}
	if len(all) > 0 && !g.doubted() {
		all = append(all, Choice{Text: say(g.topic, "other"), Remark: guideText().Other, own: true})
	}
	for i := range all {
		all[i].Digit = i + 1
		if all[i].Text == "" {
			all[i].Text = all[i].value
		}
		all[i].Text = sanitize.Text(all[i].Text)
	}
	return all
}

// usualChoices are those of a question with one usual answer.
func (g Guide) usualChoices() []Choice {
	usual := [...]string{AskTo: g.facts.To, AskServer: "", AskName: g.facts.Hello, AskFrom: g.facts.From}[g.topic]
	usual = strings.TrimSpace(usual)
	var all []Choice
	remark := "default"
	if g.topic == AskFrom && g.facts.Sample {
		remark = "sample"
	}
	if usual != "" && usual != nullSender {
		all = append(all, Choice{value: usual, Remark: say(g.topic, remark)})
	}
	if g.topic == AskFrom {
		all = append(all, Choice{value: nullSender, Text: say(AskFrom, "null"), Remark: say(AskFrom, "null_remark")})
	}
	return all
}

func (g Guide) serverChoices() []Choice {
	to, _ := g.recipient()
	var all []Choice
	for i, server := range g.servers() {
		remark := "then"
		switch {
		case g.facts.Route.Domain == "":
			remark = "given"
		case to.Domain.IP.IsValid():
			remark = "here"
		case i == 0:
			remark = "default"
		}
		name := server.Name
		if server.Port != defaultPort {
			name = server.String()
		}
		all = append(all, Choice{value: server.String(), Text: name, Remark: say(AskServer, remark)})
	}
	return all
}
