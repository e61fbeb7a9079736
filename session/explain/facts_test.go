package explain

import (
	"encoding/json"
	"os"
	"strings"
	"sync"
	"testing"

	"ehlo/session"
)

// facts reads a section of a file of words as it stands there.
func facts(t testing.TB, file, section string) []map[string]any {
	t.Helper()
	text, err := words.ReadFile("words/en/" + file)
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]json.RawMessage
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	var list []map[string]any
	if err := json.Unmarshal(all[section], &list); err != nil {
		t.Fatalf("%s: %s: %v", file, section, err)
	}
	return list
}

// evidence is where a pattern was seen, and an example of what it matches.
type evidence struct{ Regex, Source, Example string }

var evidences = sync.OnceValue(func() map[string][]evidence {
	all := map[string][]evidence{}
	text, err := os.ReadFile("testdata/evidence.json")
	if err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err != nil {
		panic(err)
	}
	return map[string][]evidence{"replies.json": all["provider_replies"], "banners.json": all["banner_fingerprints"]}
})

// exampleOf returns the example of the i-th pattern of a file.
func exampleOf(t testing.TB, file string, i int) string {
	t.Helper()
	if i >= len(evidences()[file]) {
		t.Fatalf("%s: no evidence for pattern %d", file, i)
	}
	return evidences()[file][i].Example
}

// TestEveryPatternHasEvidence: where it was seen, and an example, in the same
// order.
func TestEveryPatternHasEvidence(t *testing.T) {
	check := func(file string, i int, regex string) {
		got := evidences()[file][i]
		if got.Regex != regex || got.Source == "" || got.Example == "" {
			t.Errorf("%s: evidence %d is %+v, want that of %s", file, i, got, regex)
		}
	}
	for i := range replies().Wordings {
		check("replies.json", i, replies().Wordings[i].Regex)
	}
	for i := range banners().Fingerprints {
		check("banners.json", i, banners().Fingerprints[i].Regex)
	}
}

func TestNothingIsLost(t *testing.T) {
	for _, tt := range []struct {
		file, section string
		want          int
	}{
		{"codes.json", "reply_codes", 50},
		{"codes.json", "enhanced_codes", 81},
		{"codes.json", "first_digit", 4},
		{"codes.json", "enhanced_subjects", 8},
		{"replies.json", "provider_replies", 140},
		{"keywords.json", "ehlo_keywords", 52},
		{"banners.json", "banner_fingerprints", 95},
		{"outcomes.json", "connection_outcomes", 25},
		{"hosts.json", "mx_hosts", 62},
	} {
		if got := len(facts(t, tt.file, tt.section)); got != tt.want {
			t.Errorf("%s: %d %s, want %d", tt.file, got, tt.section, tt.want)
		}
	}
}

// TestFilesAreRead makes sure that every file of words fits the type it is
// read into: data keeps silent about it.
func TestFilesAreRead(t *testing.T) {
	for name, n := range map[string]int{
		"stages": len(stages().Stages), "kinds": len(stages().Kinds), "digits": len(stages().Digits),
		"names": len(names().Names), "says": len(names().Says),
		"shorts": len(features().Shorts), "missing": len(features().Missing), "commands": len(commands().Commands),
		"who": len(who().Words), "who short": len(who().Short), "replies": len(replies().Wordings),
		"banners": len(banners().Fingerprints), "outcomes": len(outcomes().Known), "hosts": len(exchangers()),
	} {
		if n == 0 {
			t.Errorf("no %s", name)
		}
	}
	entries, err := words.ReadDir("words/en")
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		text, _ := words.ReadFile("words/en/" + entry.Name())
		if !json.Valid(text) {
			t.Errorf("%s is not JSON", entry.Name())
		}
	}
}

// TestEverySayingIsWhole: a sentence, what next, and who acts on a refusal.
func TestEverySayingIsWhole(t *testing.T) {
	for stage, sayings := range stages().Stages {
		for _, s := range sayings {
			refusal := strings.ContainsAny(s.Code[:1], "45")
			if s.Text == "" || s.Next == "" || refusal && s.Who == "" || s.Who != "" && Who(s.Who) == "" {
				t.Errorf("%s: %+v", stage, s)
			}
		}
	}
}

// heardReply reads the lines of a reply, joined by " | " as the data has them.
func heardReply(text string) session.Reply {
	lines := strings.Split(text, " | ")
	reply, _ := replyOf(lines[0])
	reply.Lines = lines
	return reply
}
