package conversation

import (
	"fmt"
	"strconv"
	"strings"

	"ehlo/session"
	"ehlo/session/explain"
	"ehlo/session/sanitize"
	"ehlo/session/smtp"
	"ehlo/session/transcript"
)

// maxMeanings bounds the replies whose meanings are kept.
const maxMeanings = 256

// meanings keeps what whole replies mean, by their number.
type meanings struct{ known map[uint32]meaning }

// meaning is what a reply says, entry by entry.
type meaning struct {
	first   int      // its first entry
	says    []string // beside each entry from the first on; nil: line by line
	missing string   // beneath its last line
}

func (k *meanings) get(serial uint32) (meaning, bool) {
	found, ok := k.known[serial]
	return found, ok
}

func (k *meanings) put(serial uint32, m meaning) {
	if k.known == nil || len(k.known) >= maxMeanings {
		k.known = make(map[uint32]meaning)
	}
	k.known[serial] = m
}

// asks is what a line of ours means. Where meanings stand beneath their lines
// there is only room for those of the server.
func (m Model) asks(i int, e transcript.Entry) string {
	if m.level != Explain || !m.places().beside {
		return ""
	}
	if e.Flags&transcript.Stuffed != 0 {
		return words().Stuffed
	}
	command := m.asked.command(i, e.Text)
	if command.Effect == session.EffectText && m.store.At(i-1).Kind == transcript.KindSent && m.effect(i-1) == session.EffectText {
		return "" // said once, at the first line of the message
	}
	return explain.Command(command)
}

// effect is that of the line of ours at an entry.
func (m Model) effect(i int) session.Effect { return m.asked.command(i, "").Effect }

// says is what a line of the server means: the sentence beside it and, after
// the last line of a list, what is missing in it. That a line came late or
// unasked, or out of form, is no meaning but a fact, and told at every level.
func (m Model) says(i int, e transcript.Entry) []string {
	if m.level == Raw {
		_, to := m.answers(i, e)
		form, _ := m.form(i, e)
		return paragraphs(join(stray(e, to), form, cut(e)))
	}
	known, to := m.reply(i, e)
	say, missing := "", ""
	if at := i - known.first; known.says != nil && at < len(known.says) {
		say = known.says[at]
		if at == len(known.says)-1 && m.level == Explain {
			missing = known.missing
		}
	} else {
		say = explain.Line(e.Text, e.Flags&transcript.FirstLine != 0, to)
	}
	form, unclear := m.form(i, e)
	if unclear {
		say = ""
	}
	return paragraphs(join(stray(e, to), form, say, cut(e)), missing)
}

// form says what is wrong with the form of a line, also beside the one before,
// and whether it is such that the line means nothing.
func (m Model) form(i int, e transcript.Entry) (says string, unclear bool) {
	line := m.dialect.Frame(m.dialect.Start())
	line.Take([]byte(e.Text), e.Flaws)
	flaws := line.Reply().Flaws
	if before := m.store.At(i - 1); before.Kind == transcript.KindHeard && before.Reply == e.Reply {
		both := m.dialect.Frame(m.dialect.Start())
		both.Take([]byte(before.Text), 0)
		both.Take([]byte(e.Text), 0)
		flaws |= both.Reply().Flaws & session.FlawMixedCodes
	}
	return explain.Form(flaws), flaws&session.FlawMixedCodes != 0
}

// reply returns what the reply of a line means, worked out once when it is
// whole, and the line it answers.
func (m Model) reply(i int, e transcript.Entry) (meaning, session.Command) {
	link, to := m.answers(i, e)
	if e.Flags&transcript.Whole == 0 {
		return meaning{first: i}, to
	}
	if known, ok := m.meanings.get(e.Reply); ok {
		return known, to
	}
	first, end := m.store.Span(i)
	long := end-first > session.MaxReplyLines
	if !long && (!m.begins(first) || m.belongs(end, e.Reply)) {
		return meaning{first: first}, to // not all of it is at hand
	}
	known := meaning{first: first}
	if !long {
		known = m.learn(first, end, to)
	}
	if link.secure {
		known.missing = ""
	}
	m.meanings.put(e.Reply, known)
	return known, to
}

// begins reports whether an entry is the first line of a reply.
func (m Model) begins(i int) bool { return m.store.At(i).Flags&transcript.FirstLine != 0 }

// belongs reports whether an entry is a line of a reply.
func (m Model) belongs(i int, serial uint32) bool {
	e := m.store.At(i)
	return e.Kind == transcript.KindHeard && e.Reply == serial
}

// learn works out what the reply means whose lines stand from first to end.
func (m Model) learn(first, end int, to session.Command) meaning {
	known := meaning{first: first}
	reply, lines := m.frame(first, end)
	if says := m.explain(reply, to); len(says) == len(lines) {
		known.says = make([]string, end-first)
		for line, say := range says {
			known.says[lines[line]-first] = say
		}
	}
	if reply.Class == session.Yes && (to.Verb == smtp.EHLO || to.Verb == smtp.LHLO) {
		known.missing = explain.Missing(reply.Text()[1:])
	}
	return known
}

// answers returns the line that a line of the server answers; one that nobody
// asked for answers a command that nobody knows.
func (m Model) answers(i int, e transcript.Entry) (reply, session.Command) {
	link, ok := m.asked.reply(i)
	switch {
	case !ok || e.Flags&transcript.Unasked != 0:
		return reply{}, session.Command{Answers: 1}
	case link.sent == toGreeting:
		return link, session.Command{}
	}
	return link, m.asked.command(int(link.sent), m.store.At(int(link.sent)).Text)
}

// frame reads the lines of a reply again as one, and tells at which entries
// they stand.
func (m Model) frame(first, end int) (session.Reply, []int) {
	framer := m.dialect.Frame(m.dialect.Start())
	var lines []int
	for i := first; i < end; i++ {
		if e := m.store.At(i); e.Kind == transcript.KindHeard {
			framer.Take([]byte(e.Text), e.Flaws)
			lines = append(lines, i)
		}
	}
	return framer.Reply(), lines
}

// stray marks in words an answer that came late, or that nobody asked for.
func stray(e transcript.Entry, to session.Command) string {
	switch {
	case e.Flags&transcript.FirstLine == 0:
		return ""
	case e.Flags&transcript.Late != 0:
		return strings.ReplaceAll(words().Late, "{line}", sanitize.Text(named(to)))
	case e.Flags&transcript.Unasked != 0:
		return words().Unasked
	}
	return ""
}

// maxNamed bounds the line that a late answer is said to answer, in bytes.
const maxNamed = 40

// named is a command as a late answer refers to it.
func named(to session.Command) string {
	if len(to.Line) <= maxNamed {
		return to.Line
	}
	return to.Verb
}

// cut tells of bytes that were not kept.
func cut(e transcript.Entry) string {
	if e.Cut == 0 {
		return ""
	}
	return strings.ReplaceAll(words().Cut, "{n}", strconv.Itoa(e.Cut))
}

// join joins the sentences that are not empty.
func join(sentences ...string) string { return strings.Join(paragraphs(sentences...), " ") }

// paragraphs are the sentences that are not empty.
func paragraphs(sentences ...string) (kept []string) {
	for _, s := range sentences {
		if s != "" {
			kept = append(kept, s)
		}
	}
	return kept
}

// count words a number of things: "1 line", "4 lines".
func count(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%d %ss", n, thing)
}
