package script

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestGuideLosesNothing walks back and forth, at every stop with something
// half typed, and comes back to what it left.
func TestGuideLosesNothing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		g := NewGuide(howTo)
		answers := append(append([]string{}, greeting[:5]...), rapid.SliceOfN(rapid.StringMatching(`[a-z.]{2,6}`), 0, 5).Draw(t, "text")...)
		upTo := rapid.IntRange(0, len(answers)).Draw(t, "up to")
		for _, answer := range answers[:upTo] {
			g, _ = g.Answer(answer)
		}
		if upTo == len(answers) && rapid.Bool().Draw(t, "end") {
			g, _ = g.Answer(".")
		}
		half := rapid.StringMatching(`[a-z]{1,6}`).Draw(t, "half typed")
		left := g.Keep(half)
		walked, steps := left, rapid.IntRange(0, 12).Draw(t, "steps")
		for range steps {
			walked = walked.Keep(walked.Offer()).Back()
		}
		for walked.topic != left.topic || walked.line != left.line {
			next, problem := walked.Answer(walked.Offer())
			if walked.topic == AskText && walked.line == len(walked.lines) {
				next, problem = walked.EndText(), ""
			}
			if problem != "" {
				t.Fatalf("%q at %d: %s", walked.Offer(), walked.topic, problem)
			}
			walked = next
		}
		if walked.answers != left.answers || walked.given != left.given || !slices.Equal(walked.lines, left.lines) || walked.Offer() != left.Offer() {
			t.Fatalf("left %+v\nwalked %+v", left, walked)
		}
	})
}

// TestGuideStandsAnything gives it keys and words in any order: it never asks
// for the confirmation with a question open, and never confirms but by a yes.
func TestGuideStandsAnything(t *testing.T) {
	words := []string{"", "0", "1", "2", "3", "9", "y", "n", ".", "<>", "a@b.example", "a@gmial.com", "pc1.example.org", "localhost", "x y", "é\n.\n"}
	rapid.Check(t, func(t *rapid.T) {
		g := NewGuide(rapid.SampledFrom([]Facts{{}, howTo, {From: "<>", Text: "one\ntwo\n", Route: Route{Servers: howTo.Route.Servers}}}).Draw(t, "facts"))
		for range rapid.IntRange(1, 40).Draw(t, "moves") {
			typed := rapid.SampledFrom(words).Draw(t, "typed")
			before := g
			switch rapid.IntRange(0, 5).Draw(t, "move") {
			case 0:
				g = g.Keep(typed).Back()
			case 1:
				g = g.Jump(rapid.IntRange(0, 7).Draw(t, "number"))
			default:
				g, _ = g.Answer(typed)
			}
			if g.topic == AskLook && !g.complete() {
				t.Fatalf("looks over an open question: %+v", g)
			}
			if g.phase == Confirmed && (before.topic != AskLook || typed != "y") {
				t.Fatalf("%q at %d confirmed", typed, before.topic)
			}
			if q := g.Question(); q.Ask == "" || q.Edge == "" || len(g.List()) != 6 {
				t.Fatalf("%+v", q)
			}
			g.Preview(typed)
			g.Plan()
			g.Overview()
		}
	})
}
