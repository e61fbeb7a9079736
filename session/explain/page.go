package explain

import (
	"slices"
	"strconv"
	"strings"

	"ehlo/session"
)

// Page is the lesson of one line of a talk: more than the sentence beside it.
type Page struct {
	Title   string
	Text    []string // paragraphs
	Facts   []Fact   // labelled, in their order
	Answers []Answer // what good and bad answers look like, good ones first
	Try     []string // lines to say next, with {hello}, {from}, {to}, {domain} to be filled in
	RFC     string   // where it is laid down
}

// Fact is something known under a label.
type Fact struct{ Label, Text string }

var pages = data[struct {
	Labels, Sources, RFC, Titles, Texts map[string]string
	Greeting                            []Answer
	Ready                               map[string][]string // by verb
	ReadyOffers                         map[string][]string `json:"ready_offers"` // by keyword
	After                               map[string][]string // by class: verbs
	Instead                             map[string][]string // by stage, after a refusal
}]("pages.json")

// Ready returns the lines of a verb as they can be said at once, with places
// to be filled in as in Page.Try; nil when there is none that does no harm.
func Ready(verb string) []string { return pages().Ready[verb] }

// CommandPage is the lesson of a line of ours.
func CommandPage(to session.Command) Page {
	switch {
	case to.Effect == session.EffectText:
		return plainPage("text")
	case to.Verb == "AUTH" && !beginsWith(to.Line, "AUTH"):
		return plainPage("sign-in")
	}
	entry, ok := CommandEntry(to.Verb)
	if !ok {
		return plainPage("unknown")
	}
	page := entry.Page()
	page.Facts = append([]Fact{fact("asks", Command(to))}, page.Facts...)
	return page
}

func plainPage(key string) Page {
	return Page{Title: pages().Titles[key], Text: []string{pages().Texts[key]}, RFC: pages().RFC[key]}
}

// Page is the entry as a lesson.
func (e Entry) Page() Page {
	page := Page{Title: e.Name, Text: []string{e.Text}, Answers: e.Answers, RFC: e.RFC}
	for _, syntax := range e.Syntax {
		page.Facts = append(page.Facts, fact("write", syntax))
	}
	page.Facts = append(page.Facts, fact("when", e.When))
	for _, line := range e.Example {
		page.Facts = append(page.Facts, fact("example", line))
	}
	page.Try = readyAll(e.Next)
	if e.Extension {
		page.Try = pages().ReadyOffers[e.Name]
	}
	return page
}

// OfferPage is the lesson of a line of an answer to EHLO, without its code.
func OfferPage(line string) Page {
	offer := Keyword(line)
	page := Page{Title: offer.Name, RFC: pages().RFC["list"]}
	if entry, ok := ExtensionEntry(offer.Name); ok {
		page = entry.Page()
	}
	facts := []Fact{fact("offers", offer.Say)}
	if offer.Name == "AUTH" || offer.Name == "AUTH=" {
		_, methods := keywordOf(line)
		for _, say := range MethodWords(methods) {
			facts = append(facts, fact("methods", say))
		}
	}
	page.Facts = append(facts, page.Facts...)
	return page
}

// GreetingPage is the lesson of a greeting, or of the first line of the answer
// to EHLO: what the server is, by all that it shows.
func GreetingPage(greeting session.Reply, list []string, mxHost string) Page {
	id := Identify(greeting, list, mxHost)
	page := plainPage("greeting")
	means := replyFacts(greeting, session.Command{})
	page.Facts = slices.Concat(means[:1], []Fact{fact("is", id.Say)}, means[2:3], means[1:2], identityFacts(id), means[3:])
	page.Answers = pages().Greeting
	page.Try = readyAll([]string{"EHLO"})
	if greeting.Class != session.Yes {
		page.Try = readyAll(pages().Instead["greeting"])
	}
	return page
}

// HelloPage is the lesson of the first line of an answer to EHLO: it greets us
// back, and with its list it shows what it is.
func HelloPage(reply session.Reply, to session.Command, greeting session.Reply, mxHost string) Page {
	page := ReplyPage(reply, to)
	id := Identify(greeting, reply.Text()[min(1, len(reply.Lines)):], mxHost)
	page.Text = append(page.Text, pages().Texts["list"])
	page.Facts = slices.Concat(page.Facts, []Fact{fact("is", id.Say)}, identityFacts(id))
	return page
}

func identityFacts(id Identity) (facts []Fact) {
	if id.Host != "" {
		facts = append(facts, fact("name", id.Host))
	}
	for _, why := range id.Why {
		facts = append(facts, fact("why", why))
	}
	return append(facts, fact("waits", PatienceOf(id).Say))
}

// ReplyPage is the lesson of an answer to a command.
func ReplyPage(reply session.Reply, to session.Command) Page {
	h := listen(reply, to)
	page := Page{Title: strings.TrimSpace(h.code + " " + h.enhanced), RFC: pages().RFC["code"]}
	if h.enhanced != "" {
		page.RFC = pages().RFC["enhanced"]
	}
	page.Facts = replyFacts(reply, to)
	lesson, known := LessonOf(to.Verb)
	if known {
		page.Answers = lesson.Answers
	}
	page.Try = h.try(lesson.Next)
	return page
}

// replyFacts tells what an answer means, who acts, what to do next, how that is
// known, and what each of its numbers means by itself.
func replyFacts(reply session.Reply, to session.Command) []Fact {
	h, meaning := listen(reply, to), Reply(reply, to)
	facts := []Fact{
		fact("means", voiced(meaning, reply)), fact("who", WhoShort(meaning.Who)), fact("next", meaning.Next),
		fact("known", sourceWords(meaning, h)),
	}
	for _, c := range codes().Replies {
		if h.code == strconv.Itoa(c.Code) && meaning.Source != ByCode {
			facts = append(facts, fact("number", h.code+": "+c.Meaning))
		}
	}
	if exact, ok := h.byEnhanced(); ok && meaning.Source != ByEnhanced {
		facts = append(facts, fact("exact", h.enhanced+": "+exact.Text))
	}
	return facts
}

func sourceWords(meaning Meaning, h heard) string {
	key := meaning.Source
	switch {
	case key == ByPattern && (meaning.Provider == "" || strings.HasPrefix(meaning.Provider, anyProvider)):
		key = "pattern-any"
	case key == ByStage && h.stage == "greeting":
		key = "stage-greeting"
	}
	verb := h.to.Verb
	if verb == session.Unreadable {
		verb = h.to.Line
	}
	return strings.NewReplacer("{provider}", meaning.Provider, "{verb}", quoted(verb)).Replace(pages().Sources[key])
}

// try is what can be said after the answer: what usually comes next, or after a
// refusal what helps.
func (h heard) try(next []string) []string {
	if h.reply.Class == session.Yes || h.reply.Class == session.GoOn {
		return readyAll(next)
	}
	instead, ok := pages().Instead[h.stage]
	if !ok {
		instead = pages().After[h.reply.Class.String()]
	}
	var lines []string
	for _, verb := range instead {
		if verb == "{same}" {
			verb = h.to.Verb
		}
		lines = append(lines, Ready(verb)...)
	}
	return slices.Compact(lines)
}

func readyAll(verbs []string) (lines []string) {
	for _, verb := range verbs {
		lines = append(lines, Ready(verb)...)
	}
	return lines
}

func fact(label, text string) Fact { return Fact{pages().Labels[label], text} }
