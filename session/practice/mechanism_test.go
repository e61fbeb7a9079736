package practice

import (
	"bufio"
	"crypto/tls"
	"encoding/base64"
	"fmt"
	"net/smtp"
	"strings"
	"testing"
)

const everyWay = "AUTH SCRAM-SHA-256-PLUS SCRAM-SHA-1-PLUS SCRAM-SHA-256 SCRAM-SHA-1 CRAM-MD5 PLAIN LOGIN XOAUTH2 OAUTHBEARER EXTERNAL"

// TestPackageSMTPSignsIn: a client that knows nothing of us.
func TestPackageSMTPSignsIn(t *testing.T) {
	server := start(t, Scenario{
		Host: "mx1.example.org", Offers: []string{"STARTTLS", everyWay}, NeedAuth: true,
		users: map[string]string{"anna": "hunter22"},
	})
	roots, err := server.Roots()
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		auth smtp.Auth
		ok   bool
	}{
		{smtp.PlainAuth("", "anna", "hunter22", "mx1.example.org"), true},
		{smtp.PlainAuth("", "anna", "hunter23", "mx1.example.org"), false},
		{smtp.CRAMMD5Auth("anna", "hunter22"), true},
		{smtp.CRAMMD5Auth("anna", "hunter23"), false},
		{smtp.CRAMMD5Auth("nobody", ""), false},
	} {
		client, err := smtp.NewClient(call(t, server), "mx1.example.org")
		if err != nil {
			t.Fatal(err)
		}
		if err := client.StartTLS(&tls.Config{ServerName: "mx1.example.org", RootCAs: roots}); err != nil {
			t.Fatal(err)
		}
		if err := client.Auth(test.auth); (err == nil) != test.ok {
			t.Errorf("%+v: %v", test.auth, err)
		}
	}
}

// TestSignInsThatGoWrong: each ends in a reply, whatever the client says.
func TestSignInsThatGoWrong(t *testing.T) {
	encode := func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
	for _, test := range []struct {
		name string
		said []string
		want []string // codes
	}{
		{"OAUTHBEARER, acknowledged", []string{"AUTH OAUTHBEARER " + encode("n,a=anna,\x01auth=Bearer x\x01\x01"), "AQ=="}, []string{"334", "535"}},
		{"OAUTHBEARER, an empty line", []string{"AUTH OAUTHBEARER " + encode("n,a=anna,\x01auth=Bearer x\x01\x01"), ""}, []string{"334", "535"}},
		{"OAUTHBEARER, nothing", []string{"AUTH OAUTHBEARER =", ""}, []string{"334", "535"}},
		{"XOAUTH2", []string{"AUTH XOAUTH2 " + encode("user=anna\x01auth=Bearer x\x01\x01"), ""}, []string{"334", "535"}},
		{"XOAUTH2, no token", []string{"AUTH XOAUTH2", ""}, []string{"334", "535"}},
		{"SCRAM, nothing", []string{"AUTH SCRAM-SHA-256", ""}, []string{"334", "535"}},
		{"SCRAM, half", []string{"AUTH SCRAM-SHA-256 " + encode("n,,n=anna,r=abc"), encode("c=biws,r=abc,p=")}, []string{"334", "535"}},
		{"SCRAM, tied and not", []string{"AUTH SCRAM-SHA-256-PLUS " + encode("n,,n=anna,r=abc")}, []string{"535"}},
		{"SCRAM, lied to", []string{"AUTH SCRAM-SHA-256 " + encode("y,,n=anna,r=abc")}, []string{"535"}},
		{"CRAM-MD5, too early", []string{"AUTH CRAM-MD5 " + encode("anna x")}, []string{"535"}},
		{"CRAM-MD5, no blank", []string{"AUTH CRAM-MD5", encode("anna")}, []string{"334", "535"}},
		{"EXTERNAL in clear", []string{"AUTH EXTERNAL " + encode("anna")}, []string{"535"}},
		{"no base64", []string{"AUTH CRAM-MD5", "!"}, []string{"334", "501"}},
		{"stopped", []string{"AUTH LOGIN", "*"}, []string{"334", "501"}},
		{"not known", []string{"AUTH GSSAPI"}, []string{"504"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			server := start(t, Scenario{Offers: []string{everyWay}, users: map[string]string{"anna": "hunter22"}})
			conn := call(t, server)
			r := bufio.NewReader(conn)
			var codes []string
			for i, line := range append([]string{"HELO", "EHLO x"}, test.said...) {
				if i > 0 {
					fmt.Fprintf(conn, "%s\r\n", line)
				}
				for more := true; more; {
					reply, err := r.ReadString('\n')
					if err != nil {
						t.Fatal(err)
					}
					if more = reply[3] == '-'; !more && i > 1 {
						codes = append(codes, reply[:3])
					}
				}
			}
			if strings.Join(codes, " ") != strings.Join(test.want, " ") {
				t.Errorf("%v, want %v", codes, test.want)
			}
		})
	}
}
