package session

import (
	"encoding/base64"
	"strings"
)

// minSecret is the shortest value that is hidden wherever it appears; shorter
// ones only in our own lines and in the answer to a sign-in.
const minSecret = 4

// tap hides secrets in what goes out to eyes. Every event passes it once.
type tap struct {
	hidden []string // values to look for, longest forms first
}

// learn remembers secrets in the forms in which a server may echo them: as
// typed, what their base64 says, and their own base64.
func (t *tap) learn(secrets []string) {
	for _, secret := range secrets {
		t.add(secret)
		t.add(base64.StdEncoding.EncodeToString([]byte(secret)))
		plain, err := base64.StdEncoding.DecodeString(secret)
		if err != nil {
			continue
		}
		// A PLAIN answer is three values in one (RFC 4616 section 2).
		for _, part := range strings.Split(string(plain), "\x00") {
			t.add(part)
			t.add(base64.StdEncoding.EncodeToString([]byte(part)))
		}
	}
}

func (t *tap) add(value string) {
	if value != "" && value != "*" && value != "=" {
		t.hidden = append(t.hidden, value)
	}
}

func (t *tap) hide(text string, to Command) string {
	for _, value := range t.hidden {
		if len(value) >= minSecret || len(to.Line) >= len(Hidden) && strings.Contains(to.Line, Hidden) {
			text = strings.ReplaceAll(text, value, Hidden)
		}
	}
	return text
}

func (t *tap) hideLines(lines []HeardLine, to Command) {
	if len(t.hidden) == 0 {
		return
	}
	for i := range lines {
		lines[i].Text = t.hide(lines[i].Text, to)
	}
}

func (t *tap) hideReply(reply *Reply, to Command) {
	if len(t.hidden) == 0 {
		return
	}
	for i := range reply.Lines {
		reply.Lines[i] = t.hide(reply.Lines[i], to)
	}
}
