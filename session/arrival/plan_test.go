package arrival

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ehlo/session"
	"ehlo/session/imap"
	"ehlo/session/script"
	"ehlo/session/signin"
)

var start = time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)

// server answers a line without its tag; "TAG" in an answer is that.
type server func(line string, now time.Time) []string

// play follows a plan against a server and returns how it ended and what was
// said, secrets hidden, with pauses between.
func play(plan Plan, greeting string, answers server) (after Plan, problem session.Why, said []string) {
	state, now, tag := imap.Dialect{}.Start(), start, ""
	hear := func(line string) {
		framer := imap.Dialect{}.Frame(state)
		for part := range strings.SplitSeq(line, "|") { // a literal stands between
			framer.Take([]byte(part), 0)
		}
		to, _ := state.Awaiting()
		state = state.Heard(framer.Reply())
		plan = plan.Heard(to, framer.Reply(), state.(imap.State), now)
	}
	hear(greeting)
	for range 500 {
		step := plan.Next(state.(imap.State), now)
		if step.Problem != "" {
			problem = step.Problem
		}
		switch {
		case step.Done:
			return plan, problem, said
		case step.Pause > 0:
			said = append(said, step.Pause.String())
			now = now.Add(step.Pause)
			continue
		case step.Outgoing() == nil:
			return plan, problem, append(said, "nothing")
		}
		command := imap.Dialect{}.Parse(step.Line, state)
		shown, line := command.Shown().Line, command.Line
		if !state.SecretNext() {
			tag, line, _ = strings.Cut(command.Line, " ")
			_, shown, _ = strings.Cut(shown, " ")
		}
		said = append(said, shown)
		state = state.Sent(command.Shown())
		for _, answer := range answers(line, now) {
			hear(strings.Replace(answer, "TAG", tag, 1))
		}
		if command.Effect == session.EffectUpgrade && !plan.noTLS {
			state = state.Encrypted()
			plan = plan.Encrypted(session.Encryption{Trusted: true})
		}
	}
	return plan, problem, append(said, "without end")
}

func anna(plan Plan) Plan {
	plan.SignIn.Who = signin.Credentials{User: "anna", Password: session.NewSecret("secret")}
	return plan
}

// box is a server with folders, and one message <1@x> in one of them from a
// time on.
func box(where string, from time.Duration) server {
	open := ""
	return func(line string, now time.Time) []string {
		verb, arg, _ := strings.Cut(line, " ")
		there := open == where && !now.Before(start.Add(from))
		switch {
		case verb == "CAPABILITY":
			return []string{"* CAPABILITY IMAP4rev1 AUTH=PLAIN", "TAG OK"}
		case line == "AUTHENTICATE PLAIN":
			return []string{"+ "}
		case verb == "LIST":
			return []string{`* LIST (\Sent) "/" Sent`, `* LIST () "/" Lists`, `* LIST () "/" Spamverdacht`, `* LIST () "/" INBOX`, `* LIST (\Noselect) "/" up`, "TAG OK"}
		case verb == "EXAMINE":
			open = strings.Trim(arg, `"`)
			return []string{"* 3 EXISTS", "TAG OK"}
		case strings.HasPrefix(line, "UID SEARCH") && there:
			return []string{"* SEARCH 5 7", "TAG OK"}
		case strings.HasPrefix(line, "UID SEARCH"):
			return []string{"* SEARCH", "TAG OK"}
		case strings.HasPrefix(line, "UID FETCH"):
			return []string{
				"* 1 FETCH (UID 5 BODY[HEADER] {22}|Message-ID: <11@x.y>\r\n|)",
				"* 2 FETCH (UID 7 BODY[HEADER] {19}|Message-ID: <1@X>\r\n|)", "TAG OK",
			}
		case strings.HasPrefix(line, "FETCH") && there:
			return []string{`* 3 FETCH (UID 7 INTERNALDATE "24-Nov-2026 10:00:00 +0000" BODY[HEADER] {19}|Message-ID: <1@x>` + "\r\n|)", "TAG OK"}
		case strings.HasPrefix(line, "FETCH"):
			return []string{`* 3 FETCH (UID 3 INTERNALDATE "23-Nov-2026 10:00:00 +0000" BODY[HEADER] {19}|Message-ID: <0@x>` + "\r\n|)", "TAG OK"}
		}
		return []string{"TAG OK"}
	}
}

const inClear = "* OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] hello"

func TestFound(t *testing.T) {
	plan, problem, said := play(anna(Plan{MessageID: "<1@x>", Wait: time.Minute}), inClear, box("Spamverdacht", 0))
	want := []string{
		"STARTTLS", "CAPABILITY", "AUTHENTICATE PLAIN", "<hidden>", "CAPABILITY", `LIST "" "*"`,
		`EXAMINE "INBOX"`, `UID SEARCH HEADER Message-ID "1@x"`,
		`EXAMINE "Spamverdacht"`, `UID SEARCH HEADER Message-ID "1@x"`, "UID FETCH 5,7 (UID INTERNALDATE BODY.PEEK[HEADER]<0.131072>)",
		"LOGOUT",
	}
	if diff := cmp.Diff(want, said); diff != "" {
		t.Error(diff)
	}
	if f := plan.Found; problem != "" || f == nil || f.Place.Kind != Junk || f.Header != "Message-ID: <1@X>\r\n" {
		t.Errorf("%s, found %+v", problem, plan.Found)
	}
}

// TestWaits holds how it looks again: after longer and longer pauses, a last
// time when the time is over, and no more.
func TestWaits(t *testing.T) {
	for _, tt := range []struct {
		name         string
		wait, comes  time.Duration
		found        bool
		rounds       int
		pauses, last string
	}{
		{"comes late", time.Minute, 8 * time.Second, true, 3, "2s 3s 4s", ""},
		{"comes in the last moment", 10 * time.Second, 10 * time.Second, true, 4, "2s 3s 4s 1s", ""},
		{"comes too late", 10 * time.Second, 11 * time.Second, false, 5, "2s 3s 4s 1s", ""},
		{"looks once", 0, time.Second, false, 1, "", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			plan, _, said := play(anna(Plan{MessageID: "1@x", Wait: tt.wait}), inClear, box("INBOX", tt.comes))
			var pauses []string
			for _, line := range said {
				if _, err := time.ParseDuration(line); err == nil {
					pauses = append(pauses, line)
				}
			}
			if (plan.Found != nil) != tt.found || plan.Rounds != tt.rounds || strings.Join(pauses, " ") != tt.pauses || said[len(said)-1] != "LOGOUT" {
				t.Errorf("found %v in round %d, pauses %v, at last %q", plan.Found != nil, plan.Rounds, pauses, said[len(said)-1])
			}
		})
	}
}

// TestNewest holds that without a Message-ID the newest one counts, wherever it
// is, and no old one.
func TestNewest(t *testing.T) {
	plan, _, _ := play(anna(Plan{Since: start.Add(-time.Minute)}), inClear, box("Lists", 0))
	if plan.Found == nil || plan.Found.Place.Kind != Other || plan.Found.Place.Name != "Lists" {
		t.Errorf("found %+v", plan.Found)
	}
	plan, _, _ = play(anna(Plan{Since: start.Add(-time.Minute)}), inClear, box("nowhere", 0))
	if plan.Found != nil || !plan.Over(start) {
		t.Errorf("an old one was taken: %+v", plan.Found)
	}
}

// TestSignIn holds which way in is taken, and when none is.
func TestSignIn(t *testing.T) {
	plain := script.SignIn{InsecureAuth: true}
	for _, tt := range []struct {
		name     string
		plan     Plan
		greeting string
		answer   []string
		want     string
		problem  session.Why
	}{
		{"in clear", Plan{}, "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hello", nil, "LOGOUT", session.WhySignIn},
		{"in clear, allowed", Plan{SignIn: plain}, "* OK [CAPABILITY IMAP4rev1 SASL-IR AUTH=PLAIN] hello", []string{"TAG NO no"}, "AUTHENTICATE PLAIN <hidden>, LOGOUT", ""},
		{"LOGIN alone", Plan{SignIn: plain}, "* OK [CAPABILITY IMAP4rev1] hello", []string{"TAG NO no"}, `LOGIN "anna" "<hidden>", LOGOUT`, ""},
		{"not even that", Plan{SignIn: plain}, "* OK [CAPABILITY IMAP4rev1 LOGINDISABLED] hello", nil, "LOGOUT", session.WhySignIn},
		{"TLS wanted", Plan{TLS: script.StartTLS}, "* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] hello", nil, "LOGOUT", session.WhyTLSMissing},
		{"TLS refused", Plan{TLS: script.StartTLS}, inClear, []string{"TAG NO no"}, "STARTTLS, LOGOUT", session.WhyTLSMissing},
		{"a proof that is none", Plan{SignIn: script.SignIn{InsecureAuth: true, Way: signin.ScramSHA256}}, "* OK [CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-256] hello", []string{"+ AAAA"}, "AUTHENTICATE SCRAM-SHA-256, <hidden>, *, LOGOUT", session.WhySignIn},
		{"yes without a proof", Plan{SignIn: script.SignIn{InsecureAuth: true, Way: signin.ScramSHA256}}, "* OK [CAPABILITY IMAP4rev1 AUTH=SCRAM-SHA-256] hello", []string{"TAG OK"}, "AUTHENTICATE SCRAM-SHA-256, LOGOUT", session.WhySignIn},
		{"turned away", Plan{}, "* BYE no", nil, "", ""},
		{"no capabilities", Plan{}, "* OK hello", []string{"TAG BAD no"}, "CAPABILITY, LOGOUT", ""},
		{"already in", Plan{}, "* PREAUTH [CAPABILITY IMAP4rev1] hello", []string{"TAG NO no"}, `LIST "" "*", LOGOUT`, ""},
		{"already in, TLS wanted", Plan{TLS: script.StartTLS}, "* PREAUTH [CAPABILITY IMAP4rev1 STARTTLS] hello", nil, "LOGOUT", session.WhyTLSMissing},
		{"no folders", Plan{}, "* PREAUTH [CAPABILITY IMAP4rev2] hello", []string{"TAG NO no"}, `LIST "" "*" RETURN (SPECIAL-USE), LIST "" "*", LOGOUT`, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			_, problem, said := play(anna(tt.plan), tt.greeting, func(line string, _ time.Time) []string {
				if line == "LOGOUT" {
					return []string{"TAG OK"}
				}
				if line == "*" {
					return []string{"TAG BAD stopped"}
				}
				return tt.answer
			})
			if got := strings.Join(said, ", "); got != tt.want || problem != tt.problem {
				t.Errorf("%s (%s)", got, problem)
			}
		})
	}
}

func TestOrder(t *testing.T) {
	folders := []imap.Folder{
		{Raw: "[Gmail]/All", Name: "[Gmail]/All", Delimiter: "/", Attributes: []string{`\All`}},
		{Raw: "Trash", Name: "Trash", Attributes: []string{`\Trash`}},
		{Raw: "Junk", Name: "Junk", Attributes: []string{`\Archive`}}, // what the server says goes before the name
		{Raw: "[Gmail]/Spam", Name: "[Gmail]/Spam", Delimiter: "/"},
		{Raw: "x", Name: "x", Attributes: []string{`\junk`}},
		{Raw: "Gesendet", Name: "Gesendet"},
		{Raw: "a\r\nb", Name: "a\r\nb"},
		{Raw: "Inbox", Name: "Inbox"},
	}
	var got []string
	for _, place := range order(folders) {
		got = append(got, string(place.Kind)+" "+place.Name)
	}
	want := []string{"inbox Inbox", "junk [Gmail]/Spam", "junk x", "other Trash", "other Junk", "other [Gmail]/All"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// TestBounds holds that folders without end cost no time without end.
func TestBounds(t *testing.T) {
	var folders []imap.Folder
	for range 1000 {
		folders = append(folders, imap.Folder{Raw: "f", Name: "f"})
	}
	folders = append(folders, imap.Folder{Raw: "INBOX", Name: "INBOX"}, imap.Folder{Raw: "Bulk", Name: "Bulk"})
	plan := Plan{listed: true, Begun: start, Wait: 24 * time.Hour, places: order(folders)}
	if len(plan.places) != maxPlaces || plan.places[1].Kind != Junk {
		t.Fatalf("%d places", len(plan.places))
	}
	for range maxLooks {
		if plan.at >= len(plan.places) {
			plan.at = 0
		}
		plan = plan.onward(start)
	}
	if len(plan.places) != 2 {
		t.Errorf("%d places are left after %d looks", len(plan.places), plan.examined)
	}
}
