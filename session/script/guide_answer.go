package script

import (
	"slices"
	"strconv"
	"strings"
)

// byHand is what is typed to leave the questions with the line at hand; on the
// last page it changes the pace.
const byHand = "0"

// endOfText is the line that ends the text, as in the conversation itself.
const endOfText = "."

// wrong is an answer that was not taken, and why.
type wrong struct{ typed, problem string }

// Problem returns why the very text typed was not taken, "" when it was not
// tried yet.
func (g Guide) Problem(typed string) string {
	if g.wrong.typed != typed {
		return ""
	}
	return g.wrong.problem
}

// Answer takes what was entered. With a problem, one sentence, the question
// stays. Otherwise Offer tells what belongs into the prompt: the question may
// have a second part, or ask back whether a slip was meant.
func (g Guide) Answer(text string) (Guide, string) {
	g.phase, g.wrong = Asking, wrong{}
	switch g.topic {
	case AskText:
		return g.addText(text), ""
	case AskLook:
		return g.lookedOver(text)
	}
	typed := strings.TrimSpace(text)
	if typed == byHand && g.topic != AskSubject {
		g.phase = ByHand
		return g, ""
	}
	value, own := g.resolve(typed)
	if own {
		g.own, g.doubt, g.drafts[g.topic] = true, doubt{}, ""
		return g, ""
	}
	answer, problem := g.check(value)
	if problem != "" {
		return g.refuse(text, problem)
	}
	if found := g.doubtOf(answer); found.typed != "" && found.typed != g.doubt.typed {
		g.doubt = found
		return g, ""
	}
	return g.take(answer), ""
}

func (g Guide) refuse(text, problem string) (Guide, string) {
	g.wrong = wrong{typed: text, problem: problem}
	return g, problem
}

// resolve returns what is meant by what was typed: the digit of a choice, or
// nothing for the usual answer. own means that the answer is still to be typed.
func (g Guide) resolve(typed string) (value string, own bool) {
	if typed == "" {
		return g.usual(), false
	}
	for _, choice := range g.choices() {
		if typed == strconv.Itoa(choice.Digit) {
			return choice.value, choice.own
		}
	}
	return typed, false
}

// take keeps an answer and goes on.
func (g Guide) take(answer string) Guide {
	before := g.servers()
	g.answers[g.topic], g.given[g.topic], g.drafts[g.topic] = answer, true, ""
	g.own, g.doubt = false, doubt{}
	if g.topic == AskTo {
		g = g.forgetServer(before)
	}
	return g.next()
}

// addText takes one line of the text, or several that were pasted. A dot on
// the last of them ends it; what was typed before stays.
func (g Guide) addText(text string) Guide {
	lines := textLines(text)
	last := len(lines) - 1
	ends := lines[last] == endOfText
	if ends {
		lines = lines[:last]
	}
	if len(lines) > 0 {
		if g.line == len(g.lines) {
			g.tail = ""
		}
		g.lines = slices.Concat(g.lines[:g.line], lines, g.lines[min(g.line+1, len(g.lines)):])
		g.line += len(lines)
	}
	if ends {
		return g.EndText()
	}
	return g
}

// EndText ends the text, as a dot alone does. It does nothing elsewhere.
func (g Guide) EndText() Guide {
	if g.topic != AskText {
		return g
	}
	g.texted, g.tail, g.line = true, "", len(g.lines)
	return g.next()
}

// lookedOver takes the answer to the last question. Only a clear yes sends.
func (g Guide) lookedOver(text string) (Guide, string) {
	switch typed := strings.ToLower(strings.TrimSpace(text)); typed {
	case "y", "yes":
		g.phase = Confirmed
	case "", "n", "no":
		return g.Back(), ""
	case byHand:
		g.stepping = !g.stepping
	case "1", "2", "3", "4", "5":
		return g.Jump(int(typed[0] - '0')), ""
	default:
		return g.refuse(text, say(AskLook, "problem"))
	}
	return g, ""
}

// textLines splits at line ends of any kind; there is always one line.
func textLines(text string) []string {
	return strings.Split(strings.NewReplacer("\r\n", "\n", "\r", "\n").Replace(text), "\n")
}
