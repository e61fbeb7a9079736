package verdict

import (
	"net/netip"
	"strings"
	"testing"

	"ehlo/session"
	"ehlo/session/smtp"
)

// said is a whole yes of a server.
func said(lines ...string) session.Reply {
	reply := session.Reply{Class: session.Yes, Code: 220, Lines: lines}
	if strings.HasPrefix(lines[0], "250") {
		reply.Code = 250
	}
	return reply
}

// TestBetween: what stands between us and the server is told at the greeting
// and at the hello, with who acts; a server's own words are not.
func TestBetween(t *testing.T) {
	hello := session.Command{Verb: smtp.EHLO, Line: "EHLO x"}
	for _, tt := range []struct {
		to        session.Command
		reply     session.Reply
		code, who string
	}{
		{session.Command{}, said("220 ****************0*2**"), "at:rewritten", "network"},
		{session.Command{}, said("220-***********", "220 *****"), "at:rewritten", "network"},
		{session.Command{}, said("220 fw CheckPoint FireWall-1 secure SMTP server"), "at:rewritten", "network"},
		{session.Command{}, said("220 pc avast! Mail Scanner SMTP proxy ready"), "at:scanned", "you"},
		{session.Command{}, said("220 (vsFTPd 3.0.5)"), "at:stranger", "you"},
		{session.Command{}, said("220 mx1.example.org ESMTP"), "at:greeting", "you"},
		{hello, said("250-mx1.example.org", "250-XXXXXXXA", "250 SIZE 1000"), "at:rewritten", "network"},
		{hello, said("250-mx1.example.org", "250-********", "250 SIZE 1000"), "at:rewritten", "network"},
		{hello, said("250-mx1.example.org", "250 XFORWARD NAME"), "at:hello", "you"},
		{hello, said("250 mx1.example.org"), "at:hello", "you"},
	} {
		got := Standing(tt.to, tt.reply, smtp.State{}, byRoute)
		if got.Code != tt.code || got.Who != tt.who || unworded(got) != "" {
			t.Errorf("%q stands as %+v", tt.reply.Lines, got)
		}
		if tt.code == "at:rewritten" && (got.Word != "GO ON" || !strings.Contains(got.Next, "SMTP fixup / ESMTP inspection")) {
			t.Errorf("%q: %+v", tt.reply.Lines, got)
		}
	}
}

// TestRecognised: what answers is named by its first words, and only where it
// stands in a mail server's place.
func TestRecognised(t *testing.T) {
	greeted := Stage{Name: "greeting", OK: true, Code: 220, Text: []string{"ready"}}
	for _, tt := range []struct {
		name   string
		port   uint16
		banner string
		stages []Stage
		code   string
		exit   int
		words  string
	}{
		{"silent on a TLS port", 465, "", []Stage{{Name: "greeting", Cause: "silent"}}, "silent", 24, "begin with TLS"},
		{"silent on 25", 25, "", []Stage{{Name: "greeting", Cause: "silent"}}, "silent", 24, "says nothing"},
		{"closed in a greeting", 25, "", []Stage{{Name: "greeting", Cause: "closed-early", Text: []string{"220 mx1"}}}, "closed-early", 23, "hung up"},
		{"TLS fails after STARTTLS", 25, "220 mx1 ESMTP", []Stage{greeted, {Name: "tls", Cause: "tls-failed", Text: []string{"220 go"}}}, "tls-failed", 33, "could not be set up: 220 go"},
		{"hello refused by a mail server", 25, "220 mx1 ESMTP", []Stage{greeted, {Name: "hello", Code: 550, Text: []string{"no"}}}, "hello-refused", 31, "EHLO"},
		{"hello refused by FTP", 21, "220 ProFTPD Server", []Stage{greeted, {Name: "hello", Code: 500, Text: []string{"EHLO not understood"}}}, "not-smtp", 25, "an FTP server"},
	} {
		got, exit := Of(Facts{Tries: []Try{{
			Host: "mx1.example.org", Address: netip.MustParseAddr("192.0.2.1"), Port: tt.port, Purpose: "server", Banner: tt.banner, Stages: tt.stages,
		}}})
		if got.Code != tt.code || exit != tt.exit || !strings.Contains(got.Sentence, tt.words) || unworded(got) != "" {
			t.Errorf("%s: %+v, %d", tt.name, got, exit)
		}
	}
}
