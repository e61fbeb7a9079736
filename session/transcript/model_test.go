package transcript

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ehlo/session"
)

// model is a transcript as simple as can be: every entry for ever.
type model struct{ entries []Entry }

func (m *model) add(e Entry) { m.entries = append(m.entries, e) }

// seek is Seek, entry by entry.
func (m *model) seek(i, step, dropped int, side Side) (int, bool) {
	for ; i >= dropped && i < len(m.entries); i += step {
		e := m.entries[i]
		ours, theirs := e.Kind == KindSent || e.Kind == KindBody, e.Kind == KindHeard
		if side == All || side == Ours && ours || side == Theirs && theirs || side == Refusals && e.Refused() {
			return i, true
		}
	}
	return 0, false
}

// find is a search forward for a text in lower case, entry by entry.
func (m *model) find(from, dropped int, word string) (hit Hit) {
	var found []int
	for i := dropped; i < len(m.entries); i++ {
		if strings.Contains(strings.ToLower(m.entries[i].Text), word) {
			found = append(found, i)
		}
	}
	hit.Total = len(found)
	for number, i := range found {
		if i > from {
			hit.Entry, hit.Number = i, number+1
			return hit
		}
	}
	if len(found) > 0 {
		hit.Entry, hit.Number, hit.Wrapped = found[0], 1, true
	}
	return hit
}

// hears adds a reply of n lines to both, in batches.
func (m *model) hears(t *rapid.T, tr *Transcript, n int) {
	serial := uint32(1)
	for i := len(m.entries) - 1; i >= 0; i-- {
		if m.entries[i].Kind == KindHeard {
			serial = m.entries[i].Reply + 1
			break
		}
	}
	class := session.Class(rapid.IntRange(1, 4).Draw(t, "class"))
	width := rapid.SampledFrom([]int{10, 60, 400}).Draw(t, "width")
	for i := 0; i < n; {
		var lines []session.HeardLine
		for range min(n-i, rapid.IntRange(1, 3000).Draw(t, "batch")) {
			text := fmt.Sprintf("250-Line %d of %d %s", i, n, strings.Repeat("y", width))
			lines = append(lines, session.HeardLine{Text: text, First: i == 0})
			m.add(Entry{Kind: KindHeard, At: at(1).At, Text: text, Flags: Unasked | Whole | flag(i == 0, FirstLine), Reply: serial, Class: class})
			i++
		}
		tr.Append(session.Heard{Stamp: at(1), Unasked: true, Lines: lines})
		tr.Room()
	}
	tr.Append(session.Answered{Stamp: at(1), Unasked: true, Reply: session.Reply{Class: class}})
}

// A transcript that spills, drops and reads back is at every moment what the
// simple one is, as far as it is kept.
func TestModel(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		file, err := os.CreateTemp(dir, "journal")
		if err != nil {
			t.Fatal(err)
		}
		defer os.Remove(file.Name())
		defer file.Close()
		tr, m := &Transcript{}, &model{}
		tr.SpillTo(file, int64(rapid.SampledFrom([]int{2 << 20, 1 << 30}).Draw(t, "limit")))
		defer tr.Close()
		for range rapid.IntRange(1, 6).Draw(t, "steps") {
			switch rapid.IntRange(0, 3).Draw(t, "what") {
			case 0:
				m.hears(t, tr, rapid.IntRange(1, 12_000).Draw(t, "lines"))
			case 1:
				tr.Append(session.Said{Stamp: at(1), Command: session.Command{Line: "NOOP"}})
				m.add(Entry{Kind: KindSent, At: at(1).At, Text: "NOOP"})
			case 2:
				event := session.GaveUp{Stamp: at(1), To: session.Command{Verb: "X"}}
				tr.Append(event)
				m.add(Entry{Kind: KindNote, At: at(1).At, Event: event})
			case 3:
				tr.Flush()
			}
			settle(tr)
			compare(t, tr, m)
		}
	})
}

// compare holds lengths, entries here and there, seeks and a search against
// the model.
func compare(t *rapid.T, tr *Transcript, m *model) {
	dropped := tr.Dropped()
	if tr.Len() != len(m.entries) || dropped > tr.Len() {
		t.Fatalf("%d entries of %d, %d dropped", tr.Len(), len(m.entries), dropped)
	}
	if tr.Len() == dropped {
		return
	}
	for range 20 {
		i := rapid.IntRange(dropped, tr.Len()-1).Draw(t, "i")
		if got := readBack(tr, i); fmt.Sprint(got) != fmt.Sprint(m.entries[i]) {
			t.Fatalf("entry %d is %+v, want %+v", i, got, m.entries[i])
		}
	}
	i, step := rapid.IntRange(dropped, tr.Len()-1).Draw(t, "from"), rapid.SampledFrom([]int{-1, 1}).Draw(t, "step")
	side := Side(rapid.IntRange(0, 3).Draw(t, "side"))
	got, ok := seekBack(tr, i, step, side)
	if want, is := m.seek(i, step, dropped, side); got != want || ok != is {
		t.Fatalf("seek from %d by %d for %d: %d, %v; want %d, %v", i, step, side, got, ok, want, is)
	}
	word := fmt.Sprintf("line %d ", rapid.IntRange(0, 12_000).Draw(t, "word"))
	hit, err := tr.NewSearch(Words(word)).Next(context.Background(), i, false)
	if want := m.find(i, dropped, word); err != nil || hit != want {
		t.Fatalf("found %+v, %v; want %+v", hit, err, want)
	}
}

// seekBack is Seek, however long the journal takes.
func seekBack(tr *Transcript, i, step int, side Side) (int, bool) {
	for {
		found, ok := tr.Seek(i, step, side)
		if !ok || tr.At(found).Kind != KindAway {
			return found, ok
		}
	}
}

// A search that is cancelled ends at once.
func TestSearchIsCancelled(t *testing.T) {
	tr, _ := spilling(t, 1<<30)
	fill(tr, 100_000, 60)
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	s := tr.NewSearch(Words("250"))
	if hit, err := s.Next(ctx, 0, false); err == nil || hit != (Hit{}) || len(s.counts) != 0 {
		t.Errorf("found %+v, %v, looked at %d chunks", hit, err, len(s.counts))
	}
}

// TestPattern holds both ways to search against each other.
func TestPattern(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringMatching(`[a-zA-ZäÄ@\[{ ]{0,20}`).Draw(t, "text")
		word := rapid.StringMatching(`[a-zA-ZäÄ@\[{]{1,3}`).Draw(t, "word")
		held := strings.Contains(text, word)
		if word == strings.ToLower(word) {
			held = strings.Contains(strings.ToLower(text), word)
		}
		if got := Words(word).Matches([]byte(text)); got != held {
			t.Fatalf("%q in %q: %v", word, text, got)
		}
	})
}
