package imap

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ehlo/session"
)

// play folds a talk: "C: " a typed line, "S: " a response, "T: " TLS begins.
func play(t *testing.T, talk ...string) State {
	t.Helper()
	state := Dialect{}.Start()
	for _, line := range talk {
		who, text, _ := strings.Cut(line, ": ")
		switch who {
		case "C":
			state = state.Sent(Dialect{}.Parse(text, state).Shown())
		case "T":
			state = state.Encrypted()
		case "S":
			reply, _ := frame(t, text+"\r\n", state.(State))
			state = state.Heard(reply)
		}
	}
	return state.(State)
}

func TestSignIn(t *testing.T) {
	before := []string{"S: * OK [CAPABILITY IMAP4rev1 STARTTLS LOGINDISABLED] hello", "C: starttls", "S: a1 OK begin", "T: "}
	state := play(t, before...)
	if !state.Secure || state.Capabilities != nil || !state.Greeted {
		t.Errorf("after TLS %+v", state)
	}
	before = append(before, "C: capability", "S: * CAPABILITY IMAP4rev1 auth=PLAIN SASL-IR", "S: a2 OK")
	state = play(t, before...)
	if !state.Offers("sasl-ir") || !cmp.Equal(state.Mechanisms(), []string{"PLAIN"}) {
		t.Errorf("offered %v", state.Capabilities)
	}
	before = append(before, "C: authenticate PLAIN", "S: + ")
	if state = play(t, before...); !state.SecretNext() || state.Outstanding() != 0 {
		t.Errorf("after the challenge %+v", state)
	}
	before = append(before, "C: AGJvYgBzZWNyZXQ=")
	if state = play(t, append(before, "S: a3 NO [AUTHENTICATIONFAILED] wrong")...); state.SignedIn || !state.Ladder().Refused || state.Outstanding() != 0 {
		t.Errorf("refused: %+v", state)
	}
	state = play(t, append(before, "S: a3 OK in")...)
	if !state.SignedIn || state.Capabilities != nil || state.Outstanding() != 0 {
		t.Errorf("after the yes %+v: what is offered may be otherwise now", state)
	}
	if state = play(t, append(before, "S: * CAPABILITY IMAP4rev1 SPECIAL-USE", "S: a3 OK in")...); !state.Offers("SPECIAL-USE") {
		t.Errorf("told with the yes: %v", state.Capabilities)
	}
}

func TestLookUp(t *testing.T) {
	state := play(t, "S: * PREAUTH hello",
		`C: list "" *`,
		`S: * LIST (\HasNoChildren) "/" INBOX`,
		`S: * LIST (\HasNoChildren \Junk) "/" "Mail/Unerw&APw-nscht"`,
		"S: * LIST (\\Noselect) NIL {3}\r\na b",
		"S: a1 OK",
		`C: examine "Mail/Unerw&APw-nscht"`, "S: * 23 EXISTS", "S: * FLAGS (\\Seen)", "S: a2 OK [READ-ONLY] open",
		"C: uid search header Message-ID x", "S: * SEARCH 7 12", "S: a3 OK",
		"C: uid fetch 12 (UID INTERNALDATE BODY.PEEK[HEADER])",
		"S: * 3 FETCH (FLAGS (\\Seen) UID 12 INTERNALDATE \" 1-Nov-2026 10:02:03 +0100\" BODY[HEADER]<0> {6}\r\na: b\r\n)",
		"S: a4 OK",
	)
	want := []Folder{
		{Raw: "INBOX", Name: "INBOX", Delimiter: "/", Attributes: []string{`\HasNoChildren`}},
		{Raw: "Mail/Unerw&APw-nscht", Name: "Mail/Unerwünscht", Delimiter: "/", Attributes: []string{`\HasNoChildren`, `\Junk`}},
		{Raw: "a b", Name: "a b", Attributes: []string{`\Noselect`}},
	}
	if diff := cmp.Diff(want, state.Folders); diff != "" {
		t.Error(diff)
	}
	if !state.SignedIn || state.Folder != want[1].Raw || state.Exists != 23 || !cmp.Equal(state.Found, []uint32{7, 12}) {
		t.Errorf("%q, %d messages, found %v", state.Folder, state.Exists, state.Found)
	}
	message := Message{Number: 3, UID: 12, Date: time.Date(2026, 11, 1, 9, 2, 3, 0, time.UTC), Header: "a: b\r\n"}
	if got := state.Fetched; len(got) != 1 || !got[0].Date.Equal(message.Date) || got[0].Header != message.Header || got[0].UID != 12 {
		t.Errorf("fetched %+v", got)
	}
	if leaf := want[1].Leaf(); leaf != "Unerwünscht" || !want[1].Has(`\junk`) {
		t.Errorf("leaf %q", leaf)
	}
}

// TestOrder holds that answers are known by their tags, and that stray lines
// leave the order as it is.
func TestOrder(t *testing.T) {
	for _, tt := range []struct {
		name string
		talk []string
		want int
	}{
		{"unknown tag", []string{"C: noop", "S: x9 OK"}, 1},
		{"a plus for nothing", []string{"S: +"}, 0},
		{"goodbye in the middle", []string{"C: noop", "S: * BYE"}, 1},
		{"literal by itself", []string{`C: search text "ö"`, "S: +"}, 1},
		{"literal by hand", []string{"C: search text {1}", "S: + ok", "C: o", "S: a1 OK"}, 0},
		{"idle", []string{"C: idle", "S: +", "C: DONE", "S: a1 OK"}, 0},
		{"idle, forgotten", []string{"C: idle", "S: +", "C: noop", "S: a2 BAD"}, 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			state := play(t, append([]string{"S: * OK hello"}, tt.talk...)...)
			if state.Outstanding() != tt.want {
				t.Errorf("%d outstanding, want %d: %+v", state.Outstanding(), tt.want, state.awaiting)
			}
		})
	}
	if state := play(t, "S: * OK", "C: logout", "S: * BYE", "S: a1 OK"); !state.Over {
		t.Error("not over after LOGOUT")
	}
}

func TestESearch(t *testing.T) {
	for text, want := range map[string][]uint32{
		`(TAG "a1") UID ALL 2,10:12`: {2, 10, 11, 12},
		`(TAG "a1") UID`:             nil,
		`(TAG "a1") MIN 2 ALL 5:4`:   {4, 5},
		`ALL 4294967295`:             {4294967295},
	} {
		state := play(t, "S: * OK", "C: uid search all", "S: * ESEARCH "+text)
		if !cmp.Equal(state.Found, want) {
			t.Errorf("%s: %v, want %v", text, state.Found, want)
		}
	}
}

func TestNames(t *testing.T) {
	for raw, want := range map[string]string{
		"Bulk": "Bulk", "Tom &- Jerry": "Tom & Jerry", "&U,BTFw-": "台北", "&ZeVnLIqe-": "日本語",
		"&Jjo": "&Jjo", "&Jjo!-": "&Jjo!-", "Entwürfe": "Entwürfe", "&2D3eAA-": "😀",
	} {
		if got := decodeName(raw); got != want {
			t.Errorf("%q reads %q, want %q", raw, got, want)
		}
	}
}

func TestLadder(t *testing.T) {
	for _, tt := range []struct {
		talk []string
		want string
	}{
		{nil, "*CONNECT TLS SIGN IN FOLDER SEARCH READ"},
		{[]string{"S: * OK"}, "+CONNECT -TLS *SIGN IN FOLDER SEARCH READ"},
		{[]string{"S: * PREAUTH"}, "+CONNECT -TLS +SIGN IN *FOLDER SEARCH READ"},
		{[]string{"S: * PREAUTH", "C: select INBOX", "S: a1 OK"}, "+CONNECT -TLS +SIGN IN +FOLDER *SEARCH READ"},
	} {
		ladder := play(t, tt.talk...).Ladder()
		var got []string
		for i, rung := range ladder.Rungs {
			mark := map[session.Step]string{session.Done: "+", session.Skipped: "-"}[rung.Step]
			if i == ladder.At {
				mark = "*"
			}
			got = append(got, mark+rung.Name)
		}
		if strings.Join(got, " ") != tt.want {
			t.Errorf("%v: %v", tt.talk, got)
		}
	}
}
