package explain

import (
	"strings"
	"testing"

	"ehlo/session"
)

// TestIdentify puts greeting, list and name together.
func TestIdentify(t *testing.T) {
	postfix := []string{"PIPELINING", "SIZE 10240000", "VRFY", "ETRN", "STARTTLS", "ENHANCEDSTATUSCODES", "8BITMIME", "DSN", "SMTPUTF8", "CHUNKING"}
	exchange := []string{"SIZE 37748736", "PIPELINING", "DSN", "X-ANONYMOUSTLS", "X-EXPS GSSAPI NTLM", "XRDST"}
	for _, tt := range []struct {
		greeting string
		list     []string
		host     string
		say      string
		why      string
	}{
		{"220 mail.example.com ESMTP Postfix (3.1.4)", postfix, "mail.example.com", "It is Postfix 3.1.4.", "Its list fits: ETRN, VRFY, ENHANCEDSTATUSCODES, DSN, 8BITMIME."},
		{"220 mail.example.com ESMTP", postfix, "", "Perhaps Postfix.", "as Postfix has."},
		{"220 mail.example.com ESMTP", exchange, "", "It is Microsoft Exchange.", "X-EXPS"},
		{"220 mail.example.com ESMTP Postfix", exchange, "", "Perhaps Postfix.", "something may stand between"},
		{"220 mta101.biz.mail.mud.yahoo.com ESMTp YSmtp service ready", nil, "mx1.biz.mail.yahoo.com", "It is run by Yahoo.", "The name mx1.biz.mail.yahoo.com is Yahoo's."},
		{"220 mail.example.com ESMTP Postfix", nil, "mx0a-0001.pphosted.com", "It is Postfix. It is run by Proofpoint.", "That is a filter"},
		{"220 mta101.biz.mail.mud.yahoo.com ESMTp YSmtp service ready", nil, "mx.google.com", "Perhaps run by Yahoo.", "But the name mx.google.com is Google"},
		{"220 mail.example.com ESMTP", nil, "", "It does not tell what it is.", ""},
		{"220 *****************************0*2*****0*", []string{"XXXXXXXX"}, "", "It is Cisco PIX/ASA", "Its list fits: XXXX."},
	} {
		got := Identify(heardReply(tt.greeting), tt.list, tt.host)
		if why := strings.Join(got.Why, " "); !strings.HasPrefix(got.Say, tt.say) && !strings.Contains(got.Say, strings.TrimPrefix(tt.say, "It is ")) || !strings.Contains(why, tt.why) {
			t.Errorf("%s, %q: %q because %q\nwant %q, %q", tt.greeting, tt.host, got.Say, why, tt.say, tt.why)
		}
	}
	if got := Identify(session.Reply{}, nil, ""); got.Sure != "" || got.Say == "" {
		t.Errorf("nothing is %+v", got)
	}
}

// TestIdentifyEveryBanner: there is always a sentence, safe and whole, and a
// word for how sure wherever something is named.
func TestIdentifyEveryBanner(t *testing.T) {
	for i := range banners().Fingerprints {
		greeting := heardReply(exampleOf(t, "banners.json", i))
		for _, host := range []string{"", "mx1.biz.mail.yahoo.com", "mx0a-0001.pphosted.com"} {
			got := Identify(greeting, []string{"PRDR", "SIZE 1"}, host)
			if got.Say == "" || strings.ContainsAny(got.Say+strings.Join(got.Why, ""), "{}\x1b") {
				t.Errorf("%q: %+v", greeting.Lines, got)
			}
			if got.Software+got.Provider != "" && (got.Sure == "" || len(got.Why) == 0) {
				t.Errorf("%q: how sure? %+v", greeting.Lines, got)
			}
		}
	}
}
