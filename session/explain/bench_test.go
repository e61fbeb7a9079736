package explain

import (
	"encoding/json"
	"regexp"
	"strings"
	"sync"
	"testing"

	"ehlo/session"
)

// BenchmarkReply explains replies whose patterns are compiled already: one
// that the first pattern knows, one that the last does, one that none does.
func BenchmarkReply(b *testing.B) {
	last := len(replies().Wordings) - 1
	for name, text := range map[string]string{
		"first":   exampleOf(b, "replies.json", 0),
		"last":    exampleOf(b, "replies.json", last),
		"unknown": "550 words that nobody knows",
		"yes":     "250 2.1.5 Ok",
	} {
		reply, to := heardReply(text), rcpt()
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Reply(reply, to)
			}
		})
	}
}

// BenchmarkFirstUse is what a program pays that explains one reply: reading
// the words it needs, and compiling the patterns that look like the reply.
func BenchmarkFirstUse(b *testing.B) {
	b.Run("read replies", func(b *testing.B) {
		for b.Loop() {
			readAgain[struct {
				Wordings []wording `json:"provider_replies"`
			}](b, "replies.json")
		}
	})
	b.Run("read stages", func(b *testing.B) {
		for b.Loop() {
			readAgain[struct{ Stages map[string][]saying }](b, "stages.json")
		}
	})
	b.Run("read who", func(b *testing.B) {
		for b.Loop() {
			readAgain[struct {
				Words map[string]string `json:"who_words"`
			}](b, "who.json")
		}
	})
	b.Run("compile for one reply", func(b *testing.B) {
		text := exampleOf(b, "replies.json", len(replies().Wordings)/2)
		lower := strings.ToLower(text)
		for b.Loop() {
			for i := range replies().Wordings {
				if w := &replies().Wordings[i]; w.mayMatch(lower) {
					regexp.MustCompile(w.Regex)
					break
				}
			}
		}
	})
	b.Run("compile all, to compare", func(b *testing.B) {
		for b.Loop() {
			for i := range replies().Wordings {
				regexp.MustCompile(replies().Wordings[i].Regex)
			}
		}
	})
}

func readAgain[T any](b *testing.B, file string) {
	text, err := words.ReadFile("words/en/" + file)
	if err != nil {
		b.Fatal(err)
	}
	if err := json.Unmarshal(text, new(T)); err != nil {
		b.Fatal(err)
	}
}

func BenchmarkLine(b *testing.B) {
	to := command("EHLO pc17.example.org")
	b.ReportAllocs()
	for b.Loop() {
		Line("250-SIZE 31981568", false, to)
	}
}

// TestAtOnce explains from many goroutines; the race detector judges it.
func TestAtOnce(t *testing.T) {
	var all sync.WaitGroup
	for n := range 8 {
		all.Go(func() {
			for i := range replies().Wordings {
				text := exampleOf(t, "replies.json", (i+n*17)%len(replies().Wordings))
				Reply(heardReply(text), rcpt())
				Banner(session.Reply{Lines: []string{exampleOf(t, "banners.json", (i+n)%len(banners().Fingerprints))}})
			}
			Keyword("SIZE 1")
			Provider("mx.google.com")
		})
	}
	all.Wait()
}
