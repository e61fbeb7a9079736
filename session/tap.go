package session

import (
	"encoding/base64"
	"slices"
	"strings"
)

// minSecret is the shortest value that is hidden wherever it appears; shorter
// ones only in our own lines and in the answer to a sign-in.
const minSecret = 4

// tap hides secrets in what goes out to eyes. Every event passes it once.
type tap struct {
	hidden []string // values to look for, the longest first: one may begin another
}

// learnFrom remembers what is secret in a line on its way to the wire.
func (t *tap) learnFrom(command Command, line Line) {
	if line.Secrets == nil || line.secret() {
		t.learn(command.Secrets)
		return
	}
	for _, value := range command.Secrets {
		t.add(value)
	}
	for _, secret := range line.Secrets {
		t.add(secret.Reveal())
	}
}

// learn remembers secrets in the forms in which a server may echo them: as
// typed, what their base64 says, and the base64 and quoted forms of each.
func (t *tap) learn(secrets []string) {
	for _, secret := range secrets {
		t.add(secret)
		plain, err := base64.RawStdEncoding.DecodeString(strings.TrimRight(secret, "="))
		if err != nil {
			continue
		}
		// A PLAIN answer is three values in one (RFC 4616 section 2), one of
		// XOAUTH2 or OAUTHBEARER several (RFC 7628 section 3.1).
		for _, part := range strings.FieldsFunc(string(plain), func(r rune) bool { return r <= 1 }) {
			t.add(part)
			if token, ok := strings.CutPrefix(part, "auth=Bearer "); ok {
				t.add(token)
			}
		}
	}
}

// add remembers a value with its other forms.
func (t *tap) add(value string) {
	if value == "" || value == "*" || value == "=" {
		return
	}
	quoted := strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value)
	for _, form := range []string{value, quoted, base64.StdEncoding.EncodeToString([]byte(value))} {
		if !slices.Contains(t.hidden, form) {
			t.hidden = append(t.hidden, form)
		}
	}
	slices.SortStableFunc(t.hidden, func(a, b string) int { return len(b) - len(a) })
}

// hide replaces every secret in a line of the server that answers to, also
// where its base64 says one: a challenge is shown decoded.
func (t *tap) hide(text string, to Command) string {
	answersIt := strings.Contains(to.Line, Hidden)
	text = t.cover(text, answersIt)
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !ofBase64(r) }) {
		plain, err := base64.RawStdEncoding.DecodeString(word)
		if err != nil || len(plain) < minSecret {
			continue
		}
		if covered := t.cover(string(plain), answersIt); covered != string(plain) {
			text = replacePadded(text, word, base64.StdEncoding.EncodeToString([]byte(covered)))
		}
	}
	return text
}

// replacePadded replaces a word of base64 with the signs that fill it up.
func replacePadded(text, word, with string) string {
	if padded := word + strings.Repeat("=", -len(word)&3); strings.Contains(text, padded) {
		word = padded
	}
	return strings.Replace(text, word, with, 1)
}

// cover replaces every secret in a text; short ones only in what answers a
// sign-in.
func (t *tap) cover(text string, answersIt bool) string {
	for _, value := range t.hidden {
		if len(value) >= minSecret || answersIt {
			text = strings.ReplaceAll(text, value, Hidden)
		}
	}
	return text
}

func ofBase64(r rune) bool {
	return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '+' || r == '/'
}

// hideTexts hides in lines that follow each other, in place, and returns them.
func (t *tap) hideTexts(texts []string, to Command) []string {
	if len(t.hidden) == 0 || len(texts) == 0 {
		return texts
	}
	for i := range texts {
		texts[i] = t.hide(texts[i], to)
	}
	for _, value := range t.hidden {
		for range texts[1:] { // one ends in each line at most
			if len(value) < minSecret || !hideTorn(texts, value) {
				break
			}
		}
	}
	return texts
}

// hideReply hides in a reply. A challenge is answered as it came.
func (t *tap) hideReply(reply *Reply, to Command) {
	last := len(reply.Lines) - 1
	if len(t.hidden) == 0 || last < 0 {
		return
	}
	came := reply.Lines[last]
	t.hideTexts(reply.Lines, to)
	if reply.Lines[last] != came {
		reply.Unhidden = NewSecret(came)
	}
}

// replyHead is the length of a code and the sign after it, behind which a line
// goes on with what the line before began.
const replyHead = len("250-")

// hideTorn hides one value that the ends of lines have torn, and reports
// whether there was one.
func hideTorn(texts []string, value string) bool {
	var joined strings.Builder
	for _, text := range texts {
		joined.WriteString(text[min(replyHead, len(text)):])
	}
	from := strings.Index(joined.String(), value)
	if from < 0 {
		return false
	}
	to := from + len(value)
	for i, text := range texts {
		head := min(replyHead, len(text))
		body := text[head:]
		if first, last := max(from, 0), min(to, len(body)); first < last {
			texts[i] = text[:head] + body[:first] + Hidden + body[last:]
		}
		from, to = from-len(body), to-len(body)
	}
	return true
}

// hideHeard hides in lines that were heard. Those of a block are told one by one
// from the first secret on.
func (t *tap) hideHeard(heard *Heard) {
	if len(t.hidden) == 0 {
		return
	}
	if heard.Block != nil {
		heard.Lines = slices.Collect(heard.All())
		heard.Block.Done()
		heard.Block = nil
	}
	t.hideLines(heard.Lines, heard.To)
}

func (t *tap) hideLines(lines []HeardLine, to Command) {
	texts := make([]string, len(lines))
	for i := range lines {
		texts[i] = lines[i].Text
	}
	for i, text := range t.hideTexts(texts, to) {
		lines[i].Text = text
	}
}
