package script

import (
	"slices"
	"strings"
)

// AtStart reports whether there is nothing to go back to.
func (g Guide) AtStart() bool { return g.topic == AskTo && !g.returning && !g.own && !g.doubted() }

// Back goes one step back: from a doubt to the question, from a line of the
// text to the one before, from an answer being changed to looking it over.
// At the start it changes nothing.
func (g Guide) Back() Guide {
	g.phase, g.wrong = Asking, wrong{}
	switch {
	case g.doubted():
		g.drafts[g.topic], g.doubt = g.doubt.typed, doubt{}
	case g.own:
		g.own = false
	case g.topic == AskLook:
		g.topic, g.line = AskText, len(g.lines)
	case g.topic == AskText && g.line > 0:
		g.line--
	case g.returning && g.topic != AskText && g.complete():
		g.topic, g.returning = AskLook, false
	case g.topic > AskTo:
		g.topic--
	}
	return g
}

// Jump goes to a question, 1 to 6, as far as all before it are answered. After
// a jump from the last question the next answer leads back to it.
func (g Guide) Jump(number int) Guide {
	topic := Topic(max(number, 1) - 1)
	if number >= AskLook.Number() {
		topic = AskLook
	}
	g.phase, g.wrong, g.own, g.doubt = Asking, wrong{}, false, doubt{}
	g.topic = min(topic, g.firstOpen())
	g.returning = g.topic != AskLook && g.complete()
	return g
}

// firstOpen returns the first topic without an answer.
func (g Guide) firstOpen() Topic {
	if open := slices.Index(g.given[:], false); open >= 0 {
		return Topic(open)
	}
	if !g.texted {
		return AskText
	}
	return AskLook
}

// next goes on after an answer was taken.
func (g Guide) next() Guide {
	switch {
	case g.topic == AskSubject:
		g.topic, g.line = AskText, len(g.lines)
	case g.returning || g.topic == AskText:
		g.topic = g.firstOpen()
		g.returning = g.topic != AskLook
	default:
		g.topic++
	}
	return g
}

// Keep notes what stands in the prompt without being entered, so that it is
// offered when the question comes again. Call it before Back and Jump.
func (g Guide) Keep(typed string) Guide {
	switch {
	case g.topic == AskLook, g.topic == AskText && typed == endOfText:
	case g.topic != AskText:
		g.drafts[g.topic] = ""
		if typed != g.usual() {
			g.drafts[g.topic] = typed
		}
	case g.line < len(g.lines):
		g.lines = slices.Clone(g.lines)
		g.lines[g.line] = typed
	default:
		g.tail = typed
	}
	return g
}

// Offer returns what is put into the empty prompt: what was typed before, the
// answer given before, or the usual one; "" when there is none.
func (g Guide) Offer() string {
	switch {
	case g.topic == AskLook:
		return ""
	case g.topic == AskText && g.line < len(g.lines):
		return g.lines[g.line]
	case g.topic == AskText && g.texted && g.tail == "":
		return endOfText // come back from looking it over: Enter leads there again
	case g.topic == AskText:
		return g.tail
	case !g.doubted() && g.drafts[g.topic] != "":
		return g.drafts[g.topic]
	}
	return g.usual()
}

// usual is the answer that an empty line gives.
func (g Guide) usual() string {
	switch {
	case g.topic >= AskText || g.own:
		return ""
	case g.doubted():
		return g.doubt.typed
	case g.given[g.topic]:
		return g.answers[g.topic]
	}
	switch g.topic {
	case AskTo:
		return strings.TrimSpace(g.facts.To)
	case AskServer:
		return g.usualServer()
	case AskName:
		return g.facts.Hello
	case AskFrom:
		return g.facts.From
	}
	if g.facts.Subject != "" {
		return g.facts.Subject
	}
	return say(AskSubject, "default")
}
