package arrival

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestRead reads headers of testdata and holds the sentences against what
// stands beside each.
func TestRead(t *testing.T) {
	files, err := filepath.Glob("testdata/*.eml")
	if err != nil || len(files) == 0 {
		t.Fatal("no headers", err)
	}
	for _, file := range files {
		t.Run(file, func(t *testing.T) {
			header, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			want, err := os.ReadFile(strings.TrimSuffix(file, ".eml") + ".want")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(told(Read(string(header))), "\n")); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// told is a reading as text.
func told(r Reading) string {
	lines := []string{r.MessageID + " | " + r.Subject + " | " + r.From}
	for _, hop := range r.Hops {
		lines = append(lines, hop.Sentence())
	}
	for _, check := range r.Checks {
		lines = append(lines, check.Sentence())
	}
	for _, mark := range r.Marks {
		lines = append(lines, mark.Sentence())
	}
	return strings.Join(lines, "\n") + "\n"
}

// TestHostileHeader holds that what others wrote is bounded and cannot act on
// a terminal.
func TestHostileHeader(t *testing.T) {
	long := strings.Repeat("x", 10_000)
	var header strings.Builder
	header.WriteString("X-Spam-Report: \x1b[2J\u202e" + long + "\r\n")
	header.WriteString("Authentication-Results: mx\x1b;" + strings.Repeat(" dkim=\x1bpass header.d=\u202eevil;", 500) + "\r\n")
	for range 5000 {
		header.WriteString("Received: from \x1b]0;a by " + long[:100] + "; no date\r\n")
	}
	reading := Read(header.String())
	if len(reading.Hops) > maxHops || len(reading.Checks) > maxChecks || len(reading.Marks) > maxMarks {
		t.Errorf("%d hops, %d checks, %d marks", len(reading.Hops), len(reading.Checks), len(reading.Marks))
	}
	for line := range strings.SplitSeq(strings.TrimPrefix(told(reading), " |  | \n"), "\n") {
		if strings.ContainsAny(line, "\x1b\u202e") || len(line) > 3*maxText+200 {
			t.Fatalf("%.300q", line)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"junk", "clocks", "howto"} {
		header, err := os.ReadFile("testdata/" + name + ".eml")
		if err != nil {
			f.Fatal(err)
		}
		f.Add(string(header))
	}
	f.Fuzz(func(t *testing.T, header string) {
		reading := Read(header)
		if len(reading.Hops) > maxHops || len(reading.Checks) > maxChecks+1 || len(reading.Marks) > maxMarks {
			t.Error("beyond the bounds")
		}
		for line := range strings.SplitSeq(strings.TrimSpace(told(Reading{Hops: reading.Hops, Checks: reading.Checks, Marks: reading.Marks})), "\n") {
			if strings.ContainsAny(line, "\x1b\r\x00\u202e") {
				t.Errorf("%q", line)
			}
		}
	})
}

func TestSpan(t *testing.T) {
	for d, want := range map[time.Duration]string{
		0: "0 seconds", time.Second: "1 second", 62 * time.Second: "1 minute 2 seconds", 2 * time.Minute: "2 minutes",
		90 * time.Minute: "1 hour 30 minutes", 72 * time.Hour: "3 days", -3 * time.Second: "-3 seconds",
	} {
		if got := Span(d); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}

// TestWordsAreWhole holds that the data can be read, and promises nothing.
func TestWordsAreWhole(t *testing.T) {
	if len(words().Check) < 20 || len(words().Filters) < 20 || len(names().Junk) < 50 || len(names().Sent) < 50 {
		t.Fatal("the data cannot be read")
	}
	for _, key := range []string{"took", "began", "unnamed", "nobody", "delay", "clocks", "encrypted"} {
		if words().Hop[key] == "" {
			t.Errorf("hop: no words for %s", key)
		}
	}
	for _, name := range append(names().Junk, names().Sent...) {
		if name != strings.ToLower(name) {
			t.Errorf("%q is not in small letters", name)
		}
	}
	for _, word := range []string{"verified", "valid ", "delivered", "guarantee"} {
		if strings.Contains(strings.ToLower(string(wordsJSON)), word) {
			t.Errorf("the words hold %q", word)
		}
	}
}
