package verdict

import (
	"encoding/json"
	"strings"
	"testing"

	"ehlo/session"
)

// TestAsked holds what a question without a message comes to.
func TestAsked(t *testing.T) {
	hello := Stage{Name: "hello", OK: true, Code: 250}
	yes := Stage{Name: "rcpt", OK: true, Code: 250}
	no := Stage{Name: "rcpt", Code: 550, Enhanced: "5.1.1", Text: []string{"5.1.1 User unknown"}}
	anyone := Stage{Name: Control, OK: true, Code: 250}
	nobody := Stage{Name: Control, Code: 550, Text: []string{"User unknown"}}
	later := Stage{Name: Control, Code: 450, Text: []string{"Greylisted"}}
	lost := Stage{Name: "session", Cause: string(session.WhyLost)}
	for _, tt := range []struct {
		name    string
		stages  []Stage
		answers []string
		code    string
		exit    int
		about   string
	}{
		{"nobody asked about", []Stage{hello}, nil, "open", 0, ""},
		{"one taken", []Stage{yes}, []string{Accepted}, "accepted", 0, "a@example.org was accepted as a recipient; nothing was sent"},
		{"all taken", []Stage{yes, yes}, []string{Accepted, Accepted}, "accepted", 0, "accepted; nothing was sent"},
		{"one refused", []Stage{yes, no}, []string{Accepted, Refused}, "refused-address", ExitRecipient, "b@example.org"},
		{"anybody taken", []Stage{yes, anyone}, []string{Accepted}, "accepts-everything", ExitCannotTell, "made-up"},
		{"made-up name refused", []Stage{yes, nobody}, []string{Accepted}, "accepted", 0, "A test with a made-up name was refused"},
		{"made-up name refused, several taken", []Stage{yes, yes, nobody}, []string{Accepted, Accepted}, "accepted", 0, "A test with a made-up name was refused"},
		{"made-up name put off", []Stage{yes, later}, []string{Accepted}, "accepted", 0, "nothing was sent"},
		{"taken, then lost", []Stage{yes, lost}, []string{Accepted}, "accepted", 0, ""},
		{"lost at the made-up name", []Stage{yes, {Name: Control, Cause: string(session.WhyLost)}}, []string{Accepted}, "accepted", 0, ""},
		{"lost before an answer", []Stage{hello, lost}, []string{Unknown}, "connection-lost", ExitLost, ""},
		{"never asked", []Stage{hello}, []string{Unknown}, "cannot-tell", ExitCannotTell, ""},
	} {
		facts := Facts{Asked: true, Tries: []Try{{Purpose: "route", Stages: tt.stages}}}
		for i, answer := range tt.answers {
			facts.Recipients = append(facts.Recipients, Recipient{Address: string(rune('a'+i)) + "@example.org", Answer: answer})
		}
		got, exit := Of(facts)
		if got.Code != tt.code || exit != tt.exit || !strings.Contains(got.Sentence, tt.about) || unworded(got) != "" {
			t.Errorf("%s: %+v, %d", tt.name, got, exit)
		}
	}
}

// TestDeciding holds that what a sending server would not have tried decides
// nothing.
func TestDeciding(t *testing.T) {
	tries := []Try{{Host: "a", Purpose: "route"}, {Host: "b", Purpose: "route"}, {Host: "c", Purpose: Matrix}, {Host: "d", Purpose: Differential}}
	if try := Deciding(tries); try == nil || try.Host != "b" {
		t.Errorf("it was %+v", try)
	}
	if try := Deciding(tries[2:]); try != nil {
		t.Errorf("it was %+v", try)
	}
}

// TestStageNamesInJSON are those of the design.
func TestStageNamesInJSON(t *testing.T) {
	text, err := json.Marshal([]StageName{"rcpt", Control, "data", "end"})
	if err != nil || string(text) != `["rcpt","rcpt","data","data"]` {
		t.Errorf("%s, %v", text, err)
	}
}
