package ui

import (
	"slices"
	"strings"
	"testing"

	"ehlo/session"
	"ehlo/session/smtp"
)

// TestPath: what has led to where a talk stands, and no more.
func TestPath(t *testing.T) {
	for _, tt := range []struct{ name, said, want, stop string }{
		{"all of a message", "EHLO x 250; MAIL FROM:<> 250; RCPT TO:<a@b> 250", "EHLO x; MAIL FROM:<>; RCPT TO:<a@b>", ""},
		{"what changed nothing", "NOOP 250; EHLO x 250; VRFY a 252; MAIL FROM:<> 250; XYZZY 500", "EHLO x; MAIL FROM:<>", ""},
		{"a message forgotten", "EHLO x 250; MAIL FROM:<> 250; RCPT TO:<a@b> 250; RSET 250", "EHLO x", ""},
		{"a second sender", "EHLO x 250; MAIL FROM:<a@b> 250; RSET 250; MAIL FROM:<> 250", "EHLO x; MAIL FROM:<>", ""},
		{"a sender refused", "EHLO x 250; MAIL FROM:<a@b> 550", "EHLO x; MAIL FROM:<a@b>", ""},
		{"recipients refused", "EHLO x 250; MAIL FROM:<> 250; RCPT TO:<a@b> 450; RCPT TO:<b@b> 550", "EHLO x; MAIL FROM:<>; RCPT TO:<a@b>; RCPT TO:<b@b>", ""},
		{"an old server", "EHLO x 500; HELO x 250", "HELO x", ""},
		{"hello twice", "EHLO x 250; MAIL FROM:<> 250; EHLO y 250", "EHLO y", ""},
		{"encrypted", "EHLO x 250; STARTTLS 220; EHLO x 250; MAIL FROM:<> 250", "EHLO x; STARTTLS; EHLO x; MAIL FROM:<>", ""},
		{"encrypted, hello again", "EHLO x 250; STARTTLS 220; EHLO y 250; EHLO z 250", "EHLO x; STARTTLS; EHLO z", ""},
		{"signed in", "EHLO x 250; AUTH LOGIN 334; <hidden> 334; <hidden> 235; MAIL FROM:<> 250", "EHLO x", "AUTH LOGIN"},
		{"sign-in refused", "EHLO x 250; AUTH LOGIN 334; <hidden> 535; MAIL FROM:<> 250", "EHLO x; MAIL FROM:<>", ""},
		{"in a message", "EHLO x 250; MAIL FROM:<> 250; RCPT TO:<a@b> 250; DATA 354", "EHLO x; MAIL FROM:<>; RCPT TO:<a@b>", "DATA"},
		{"after a message", "EHLO x 250; MAIL FROM:<> 250; RCPT TO:<a@b> 250; DATA 354; . 250", "EHLO x", ""},
		{"before anything", "QUIT 221", "", ""},
	} {
		p := walked(tt.said)
		steps, stop := p.again()
		var got []string
		for _, s := range steps {
			got = append(got, s.line)
		}
		if strings.Join(got, "; ") != tt.want || stop.line != tt.stop {
			t.Errorf("%s: %q, stop %q, want %q, %q", tt.name, got, stop.line, tt.want, tt.stop)
		}
	}
}

// walked is the path of a talk: commands, each with the code of its answer.
func walked(said string) (p path) {
	for exchange := range strings.SplitSeq(said, "; ") {
		at := strings.LastIndexByte(exchange, ' ')
		verb, _, _ := strings.Cut(exchange[:at], " ")
		if verb == session.Hidden {
			verb = smtp.AUTH
		}
		code := int(exchange[at+1]-'0')*100 + int(exchange[at+2]-'0')*10 + int(exchange[at+3]-'0')
		before := slices.Clone(p.steps)
		held := p.steps
		p.take(session.Answered{
			To:    session.Command{Verb: verb, Line: exchange[:at], Answers: 1},
			Reply: session.Reply{Code: code, Class: smtp.ClassOf(code)},
		})
		if !slices.Equal(before, held) {
			panic("steps that others hold were changed")
		}
	}
	return p
}
