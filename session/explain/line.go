package explain

import (
	"strings"

	"ehlo/session"
	"ehlo/session/smtp"
)

// Line is the sentence beside one line of the server; first tells that the
// line begins its reply. In the answer to EHLO every line has its own. In other
// answers the meaning stands beside the last line, and the lines before it
// have "". Who has the whole reply should ask Lines: some wordings are spread
// over several lines.
func Line(line string, first bool, to session.Command) string {
	reply, last := replyOf(line)
	switch {
	case lists(reply, to) && first:
		return stages().Line.Hello
	case lists(reply, to):
		return Keyword(reply.Text()[0]).Say
	case !last:
		return ""
	}
	return voiced(Reply(reply, to), reply)
}

// Lines gives the sentence beside each line that a reply has kept, as Line
// does, knowing the whole of it.
func Lines(reply session.Reply, to session.Command) []string {
	says := make([]string, len(reply.Lines))
	if !lists(reply, to) {
		if last := len(says) - 1; last >= 0 {
			says[last] = voiced(Reply(reply, to), reply)
		}
		return says
	}
	for i, text := range reply.Text() {
		says[i] = stages().Line.Hello
		if i > 0 {
			says[i] = Keyword(text).Say
		}
	}
	return says
}

// lists reports whether the lines of a reply are a list of extensions.
func lists(reply session.Reply, to session.Command) bool {
	return reply.Code == 250 && stageOf(to) == "EHLO"
}

// voiced is the text of a meaning as an answer: it begins with yes, no, or not
// now, so that nobody has to know the numbers.
func voiced(meaning Meaning, reply session.Reply) string {
	voice := stages().Line
	for _, begin := range voice.Voices {
		if strings.HasPrefix(meaning.Text, begin) {
			return meaning.Text
		}
	}
	switch reply.Class {
	case session.No:
		return voice.No + meaning.Text
	case session.NotNow:
		return voice.NotNow + meaning.Text
	}
	return meaning.Text
}

// replyOf reads one line of a server as a reply of its own, and tells whether
// it is the last of its reply (RFC 5321 section 4.2.1).
func replyOf(line string) (reply session.Reply, last bool) {
	reply.Lines = []string{line}
	if len(line) < 3 || strings.Trim(line[:3], "0123456789") != "" {
		return reply, true
	}
	for _, digit := range line[:3] {
		reply.Code = reply.Code*10 + int(digit-'0')
	}
	reply.Class = smtp.ClassOf(reply.Code)
	reply.Enhanced = enhancedIn(line[3:], line[0])
	return reply, len(line) == 3 || line[3] != '-'
}

// enhancedIn reads the enhanced code at the head of a reply's text, of the
// class of its code (RFC 2034 section 4).
func enhancedIn(text string, class byte) string {
	if len(text) < 2 || text[1] != class {
		return ""
	}
	word, _, _ := strings.Cut(text[1:], " ")
	return marked("#" + word)
}
