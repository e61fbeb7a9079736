package plain

import (
	"strconv"
	"strings"

	"ehlo/session/script"
)

// headingOf is the line that asks, "" where the prompt alone does.
func headingOf(q script.Question) string {
	number := strconv.Itoa(q.Number)
	switch q.Topic {
	case script.AskSubject:
		return say("question message", "n", number)
	case script.AskText:
		return ""
	case script.AskLook:
		return say("question send", "n", number, "ask", q.Ask)
	}
	return say("question", "n", number, "ask", q.Ask)
}

func (f *front) tellQuestion(heading string) {
	q := f.guide.Question()
	if q.Topic == script.AskLook {
		f.tellOverview(f.guide.Overview())
	}
	f.page.line(heading)
	if !listed(q) {
		return
	}
	for _, choice := range q.Choices {
		f.page.line(say("choice", "n", strconv.Itoa(choice.Digit), "text", choice.Text, "remark", choice.Remark))
	}
}

// listed reports whether the answers at hand are printed with numbers: not
// where there is but the usual one, which stands in the brackets. That a
// message may have no sender is always told.
func listed(q script.Question) bool {
	return len(q.Choices) > 2 || len(q.Choices) > 0 && (q.Default != 1 || q.Topic == script.AskFrom)
}

// promptFor is the prompt of a question, with what an empty line takes.
func promptFor(q script.Question, offer string) string {
	name := q.Name
	switch q.Topic {
	case script.AskSubject:
		name = say("subject")
	case script.AskText:
		return say("text") + ":"
	case script.AskLook:
		return say("yes or no")
	}
	switch {
	case listed(q) && q.Default > 0:
		offer = strconv.Itoa(q.Default)
	case offer == "":
		return name + ":"
	}
	return name + " [" + offer + "]:"
}

// question asks for one answer and takes it. It reports false when the
// questions are left.
func (f *front) question() bool {
	g := f.guide
	offer := g.Offer()
	if g.Topic() == script.AskText {
		offer = ""
	}
	text, ok := f.ask(promptFor(g.Question(), offer))
	if !ok {
		f.endedAt("ended guide", true)
		return false
	}
	if f.left(text) {
		return false
	}
	if f.ofGuide(text) {
		return true
	}
	if strings.TrimSpace(text) == "" && offer != "" {
		text = offer
	}
	line, _ := g.Preview(text)
	next, problem := g.Answer(text)
	switch {
	case problem != "":
		f.page.line(problem)
	case next.Topic() != g.Topic() && willSend(g.Topic()):
		f.page.line(say("will send", "line", line))
	case next.Stepping() != g.Stepping():
		f.page.line(sayStepping(next.Stepping()))
	}
	f.guide = next
	return true
}

// willSend reports whether an answer comes to a command.
func willSend(topic script.Topic) bool {
	return topic == script.AskTo || topic == script.AskName || topic == script.AskFrom
}

func sayStepping(on bool) string {
	if on {
		return say("stepping")
	}
	return say("not stepping")
}
