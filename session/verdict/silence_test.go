package verdict

import (
	"net/netip"
	"strconv"
	"strings"
	"testing"

	"ehlo/session"
)

// silences is what is said of mx1.example.org, 192.0.2.1, which does not answer
// on port 25, by what came of the other calls: host, address, port, outcome. The
// domain names mx1 and mx2; any other host is one known to answer.
const silences = `
# the port is answered elsewhere: this server only
ctl 192.0.2.9 25 ok                                      | recipient_admin | but ctl answers on port 25: it is this server only
mx2.example.org 192.0.2.2 25 ok                          | recipient_admin | but mx2.example.org answers on port 25: it is this server only
mx2.example.org 192.0.2.2 25 refused                     | recipient_admin | but mx2.example.org refuses calls on port 25: it is this server only
ctl 192.0.2.9 25 ok, mx2.example.org 192.0.2.2 25 no-answer, mx1.example.org 192.0.2.1 587 ok | recipient_admin | but ctl answers on port 25
ctl 192.0.2.9 25 ok, oth 192.0.2.8 25 no-answer          | recipient_admin | but ctl answers on port 25
mx2.example.org 192.0.2.2 25 refused, ctl 192.0.2.9 25 ok | recipient_admin | but ctl answers on port 25
a 192.0.2.5 25 ok, b 192.0.2.6 25 ok                     | recipient_admin | but a and b answer on port 25
a 192.0.2.5 25 ok, b 192.0.2.6 25 ok, c 192.0.2.7 25 ok, d 192.0.2.8 25 ok | recipient_admin | but a, b and 2 more answer on port 25
mx1.example.org 192.0.2.11 25 ok                         | recipient_admin | No answer from mx1.example.org at 192.0.2.1 on port 25, but 192.0.2.11 answers on port 25: it is this address only
mx1.example.org 192.0.2.11 25 ok, ctl 192.0.2.9 25 ok    | recipient_admin | it is this server only

# only over the other family
mx1.example.org 2001:db8::1 25 ok                        | network | over IPv4, but over the other 2001:db8::1 answers on port 25
ctl 2001:db8::9 25 ok, ctl 192.0.2.9 25 no-answer        | network | over IPv4, but over the other ctl answers

# a server known to answer is silent too: our side
ctl 192.0.2.9 25 no-answer                               | network | No answer on port 25 from mx1.example.org, nor from ctl: something on our side blocks it
ctl 192.0.2.9 25 no-answer, mx2.example.org 192.0.2.2 25 no-answer | network | nor from ctl and mx2.example.org: something on our side
ctl 192.0.2.9 25 no-answer, mx1.example.org 192.0.2.1 587 ok | network | no reply, while mx1.example.org answers on port 587.
ctl 192.0.2.9 25 no-answer, ctl 192.0.2.9 443 ok         | network | no reply, while ctl answers on port 443.

# the host answers, but not on this port: our side, most likely
mx1.example.org 192.0.2.1 587 ok                         | network | but mx1.example.org answers on port 587: most likely our side blocks port 25
mx1.example.org 192.0.2.1 587 ok, mx1.example.org 192.0.2.1 465 ok | network | answers on ports 587 and 465
mx1.example.org 192.0.2.1 587 refused, mx1.example.org 192.0.2.1 465 no-answer | network | but mx1.example.org refuses calls on port 587: most likely our side
mx1.example.org 192.0.2.1 465 ok, mx2.example.org 192.0.2.2 25 no-answer | network | nor from mx2.example.org, but mx1.example.org answers on port 465: most likely our side

mx1.example.org 192.0.2.1 587 ok, mx1.example.org 192.0.2.1 465 ok, mx1.example.org 192.0.2.1 2525 ok | network | answers on ports 587, 465 and 2525

# else
mx1.example.org 192.0.2.1 587 no-answer                  | network | it may be this server or our side
mx1.example.org 192.0.2.1 587 no-answer, mx2.example.org 192.0.2.2 25 no-answer | network | No answer on port 25 from mx1.example.org, nor from mx2.example.org: it may be
ctl 192.0.2.9 443 ok                                     | network | while ctl answers on port 443: it may be this server or our side
ctl 2001:db8::9 25 no-answer                             | network | No answer on port 25 from mx1.example.org: it may be
ctl 192.0.2.9 25 unreachable                             | network | No answer on port 25 from mx1.example.org: it may be
ctl 192.0.2.9 25 stopped                                 | network | No answer on port 25 from mx1.example.org: it may be
`

func TestSilences(t *testing.T) {
	for line := range strings.Lines(silences) {
		if line = strings.TrimSpace(line); line == "" || line[0] == '#' {
			continue
		}
		fields := strings.Split(line, "|")
		got, exit := Of(silenced(t, fields[0]))
		if got.Code != "no-answer" || exit != ExitNoAnswer || got.Who != strings.TrimSpace(fields[1]) || unworded(got) != "" {
			t.Errorf("%s\n\tgives %+v, %d", line, got, exit)
		}
		if words := strings.TrimSpace(fields[2]); !strings.Contains(got.Sentence+" "+got.Next, words) {
			t.Errorf("%s\n\tsays %s %s", line, got.Sentence, got.Next)
		}
	}
}

// silenced builds the facts of a row.
func silenced(t *testing.T, calls string) Facts {
	facts := Facts{
		Target: "anna@example.org", Domain: "example.org",
		Route: &Route{Hosts: []Host{{Name: "mx1.example.org"}, {Name: "mx2.example.org"}}},
		Tries: []Try{called(t, "mx1.example.org 192.0.2.1 25 no-answer", "route")},
	}
	for call := range strings.SplitSeq(calls, ",") {
		facts.Tries = append(facts.Tries, called(t, call, Differential))
	}
	return facts
}

func called(t *testing.T, call, purpose string) Try {
	words := strings.Fields(call)
	port, err := strconv.ParseUint(words[2], 10, 16)
	if err != nil {
		t.Fatal(err)
	}
	stage := Stage{Name: "connect", OK: words[3] == "ok"}
	if !stage.OK {
		stage.Cause = words[3]
	}
	return Try{Host: words[0], Address: netip.MustParseAddr(words[1]), Port: uint16(port), Purpose: purpose, Stages: []Stage{stage}}
}

// TestSilenceOfIPv6 says to try the other family.
func TestSilenceOfIPv6(t *testing.T) {
	facts := silenced(t, "mx1.example.org 192.0.2.1 25 ok")
	facts.Tries[0].Address = netip.MustParseAddr("2001:db8::1")
	if got, _ := Of(facts); got.Who != "network" || !strings.Contains(got.Next, "-4") || !strings.Contains(got.Sentence, "over IPv6") {
		t.Errorf("%+v", got)
	}
}

// TestWantsDifferential: a silence alone, and once.
func TestWantsDifferential(t *testing.T) {
	mute := called(t, "mx1.example.org 192.0.2.1 25 no-answer", "route")
	for _, tt := range []struct {
		name  string
		facts Facts
		want  bool
	}{
		{"no try", Facts{}, false},
		{"silence", Facts{Tries: []Try{mute}}, true},
		{"silence of a server named by hand", Facts{Tries: []Try{called(t, "mx1 192.0.2.1 25 no-answer", "server")}}, true},
		{"asked already", silenced(t, "ctl 192.0.2.9 25 ok"), false},
		{"refused", Facts{Tries: []Try{mute, called(t, "mx2 192.0.2.2 25 refused", "route")}}, false},
		{"unreachable", Facts{Tries: []Try{called(t, "mx2 192.0.2.2 25 unreachable", "route")}}, false},
		{"stopped", Facts{Tries: []Try{called(t, "mx2 192.0.2.2 25 stopped", "route")}}, false},
		{"no route", Facts{Route: &Route{Failure: "dns-failed"}, Tries: []Try{mute}}, false},
		{"says nothing", Facts{Tries: []Try{{Purpose: "route", Stages: []Stage{
			{Name: "connect", OK: true}, {Name: "greeting", Cause: string(session.WhySilent)},
		}}}}, false},
	} {
		if got := WantsDifferential(tt.facts); got != tt.want {
			t.Errorf("%s: %v", tt.name, got)
		}
	}
}
