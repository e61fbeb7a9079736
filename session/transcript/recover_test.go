package transcript

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"ehlo/session"
)

// recovered reads all entries that a journal still holds.
func recovered(t testing.TB, journal []byte) ([]Entry, *Recovered) {
	t.Helper()
	r, err := Recover(bytes.NewReader(journal), int64(len(journal)))
	if err != nil {
		t.Fatal(err)
	}
	var all []Entry
	if err := r.Entries(func(e Entry) bool { all = append(all, e); return true }); err != nil {
		t.Fatal(err)
	}
	return all, r
}

// What a run that was killed had written comes back as it was, to its last
// Flush.
func TestRecover(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		file, err := os.CreateTemp(dir, "journal")
		if err != nil {
			t.Fatal(err)
		}
		defer os.Remove(file.Name())
		defer file.Close()
		tr, m := &Transcript{}, &model{}
		tr.SpillTo(file, 1<<30)
		defer tr.Close()
		for range rapid.IntRange(1, 3).Draw(t, "steps") {
			m.hears(t, tr, rapid.IntRange(1, 6000).Draw(t, "lines"))
			tr.Append(session.GaveUp{Stamp: at(1), To: session.Command{Verb: "X"}})
			m.add(Entry{Kind: KindNote, At: at(1).At, Event: session.GaveUp{Stamp: at(1), To: session.Command{Verb: "X"}}})
			settle(tr) // a Flush may be put off
			tr.Flush()
			settle(tr)
		}
		journal, err := os.ReadFile(file.Name())
		if err != nil {
			t.Fatal(err)
		}
		r, err := Recover(bytes.NewReader(journal), int64(len(journal)))
		if err != nil || r.Lost() != 0 {
			t.Fatalf("%+v, %v", r, err)
		}
		n := 0
		err = r.Entries(func(e Entry) bool {
			if n >= len(m.entries) || !alike(e, m.entries[n]) {
				t.Fatalf("entry %d is %+v", n, e)
			}
			n++
			return true
		})
		if err != nil || n != len(m.entries) {
			t.Fatalf("%d entries of %d, %v", n, len(m.entries), err)
		}
	})
}

// alike compares entries, events by what they say.
func alike(a, b Entry) bool {
	if fmt.Sprint(a.Event) != fmt.Sprint(b.Event) || !a.At.Equal(b.At) {
		return false
	}
	a.Event, b.Event, a.At = nil, nil, b.At
	return a == b
}

// A journal that has gone round gives the newest in order.
func TestRecoverRing(t *testing.T) {
	tr, file := spilling(t, 2<<20)
	const rounds = 50
	for i := range rounds {
		fill(tr, 4096, 60+i%7)
		tr.Room()
	}
	settle(tr) // a Flush may be put off
	tr.Flush()
	settle(tr)
	journal, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	all, _ := recovered(t, journal)
	if len(all) < tr.Len()-tr.Dropped() {
		t.Fatalf("%d entries, the transcript has %d", len(all), tr.Len()-tr.Dropped())
	}
	kept := all[len(all)-(tr.Len()-tr.Dropped()):]
	for i, e := range kept {
		n := tr.Dropped() + i
		if want := line(n%4096, 60+n/4096%7); e.Text != want {
			t.Fatalf("entry %d is %q, want %q", n, e.Text, want)
		}
	}
}

// What is damaged, or was being written, is skipped and counted.
func TestRecoverDamaged(t *testing.T) {
	tr, file := spilling(t, 1<<30)
	for range 5 {
		fill(tr, 4096, 40)
	}
	tr.Append(said(1, 1, "QUIT"))
	settle(tr)
	tr.Flush()
	settle(tr)
	whole, err := os.ReadFile(file.Name())
	if err != nil {
		t.Fatal(err)
	}
	starts := bytes.Split(whole, []byte("ehC3"))
	second, last := len(starts[0])+4+len(starts[1]), bytes.LastIndex(whole, []byte("ehC3"))
	for name, test := range map[string]struct {
		change        func([]byte) []byte
		lost, entries int
	}{
		"whole":               {func(b []byte) []byte { return b }, 0, 5*4096 + 1},
		"a byte in a chunk":   {func(b []byte) []byte { b[second+500] ^= 1; return b }, 1, 4*4096 + 1},
		"no head any more":    {func(b []byte) []byte { b[second] = 'x'; return b }, 1, 4*4096 + 1},
		"the last half there": {func(b []byte) []byte { b[len(b)-1] ^= 1; return b }, 1, 5 * 4096},
		"the last cut off":    {func(b []byte) []byte { return b[:last+20] }, 0, 5 * 4096},
	} {
		all, r := recovered(t, test.change(bytes.Clone(whole)))
		if len(all) != test.entries || r.Lost() != test.lost {
			t.Errorf("%s: %d entries, %d lost", name, len(all), r.Lost())
		}
	}
}

// A file that is no journal is said to be none.
func TestRecoverNothing(t *testing.T) {
	heads := bytes.Repeat(append([]byte("ehC3"), bytes.Repeat([]byte{1, 0, 0, 0}, 9)...), 10_000)
	for name, file := range map[string][]byte{
		"empty": nil, "a title": []byte("ehlo journal 1\n"), "text": bytes.Repeat([]byte("abc\n"), 100_000), "heads": heads,
		"marks": []byte(strings.Repeat("ehC3", 100_000)),
	} {
		if r, err := Recover(bytes.NewReader(file), int64(len(file))); !errors.Is(err, ErrNothing) {
			t.Errorf("%s: %+v, %v", name, r, err)
		}
	}
	if _, err := Recover(bytes.NewReader(nil), maxJournal+1); !errors.Is(err, ErrTooLarge) {
		t.Errorf("too large: %v", err)
	}
}

// FuzzRecover: no file makes it panic, whatever its checksums say.
func FuzzRecover(f *testing.F) {
	var tr Transcript
	tr.Append(session.Began{Stamp: at(0), Stage: session.StageConnect})
	tr.Append(heard(1, "220 hello"))
	b := tr.chunks[0].body
	part := append(encode(nil, 0, 0, b), b.text...)
	f.Add(append(part[8:], part[8:]...), uint16(len(part)-8))
	f.Fuzz(func(_ *testing.T, data []byte, cut uint16) {
		first := data[:min(int(cut), len(data))]
		file := make([]byte, JournalHead)
		for _, rest := range [][]byte{first, data[len(first):]} {
			head := []byte("ehC3\x00\x00\x00\x00")
			sum := checksum(rest, nil)
			head[4], head[5], head[6], head[7] = byte(sum), byte(sum>>8), byte(sum>>16), byte(sum>>24)
			file = append(append(file, head...), rest...)
		}
		r, err := Recover(bytes.NewReader(file), int64(len(file)))
		if err != nil {
			return
		}
		_ = r.Entries(func(e Entry) bool { _ = e.Class.String(); return true })
	})
}
