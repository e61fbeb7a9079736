package transcript

import (
	"context"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"go.uber.org/goleak"

	"ehlo/session"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// spilling returns a transcript with a journal of its own.
func spilling(t testing.TB, limit int64) (*Transcript, *os.File) {
	t.Helper()
	file, err := os.Create(filepath.Join(t.TempDir(), "journal"))
	if err != nil {
		t.Fatal(err)
	}
	tr := &Transcript{}
	tr.SpillTo(file, limit)
	t.Cleanup(func() { tr.Close(); file.Close() })
	return tr, file
}

// settle waits until all full chunks are written.
func settle(tr *Transcript) {
	tr.mu.Lock()
	defer tr.mu.Unlock()
	for s := tr.spill; s != nil && tr.spill == s && len(s.queue) > 0; {
		s.moved.Wait()
	}
}

// readBack returns an entry, however long the journal takes.
func readBack(tr *Transcript, i int) Entry {
	for {
		if e := tr.At(i); e.Kind != KindAway {
			return e
		}
		runtime.Gosched()
	}
}

// A reply of a million lines is all kept, in little memory, and each line is
// there with what became known of it at the end.
func TestMillionLines(t *testing.T) {
	const n = 1_000_000
	tr, _ := spilling(t, 1<<30)
	before := heap()
	help := said(0, 1, "HELP")
	tr.Append(help)
	for i := 0; i < n; i += 1000 {
		batch := session.Heard{Stamp: at(1)}
		for at := range 1000 {
			batch.Lines = append(batch.Lines, session.HeardLine{Text: line(i+at, 60), First: i+at == 0})
		}
		tr.Append(batch)
		tr.Room()
	}
	tr.Append(answered(5, session.No, help))
	settle(tr)
	if grown := heap() - before; grown > 8<<20 || tr.Bytes() > 8<<20 {
		t.Errorf("%d bytes, counted %d", grown, tr.Bytes())
	}
	for _, i := range []int{0, 4095, 4096, 654_321, 5, n - 1} {
		if e := readBack(tr, i+1); e.Text != line(i, 60) || e.Class != session.No || e.Flags&Whole == 0 {
			t.Errorf("line %d: %+v", i, e)
		}
	}
	if sent := readBack(tr, 0); sent.Class != session.No || sent.Took != 5*time.Millisecond || tr.Dropped() != 0 {
		t.Errorf("the line sent: %+v", sent)
	}
	readBack(tr, 1)
	if i, ok := tr.Seek(n, -1, Refusals); i != 1 || !ok {
		t.Errorf("the refusal is at %d, %v", i, ok)
	}
	readBack(tr, 0)
	if i, ok := tr.Seek(n, -1, Ours); i != 0 || !ok {
		t.Errorf("the newest line of ours is at %d, %v", i, ok)
	}
	hit, err := tr.NewSearch(Words("250-777777 ")).Next(context.Background(), 0, false)
	if err != nil || hit != (Hit{Entry: 777_778, Number: 1, Total: 1}) {
		t.Errorf("found %+v, %v", hit, err)
	}
	runtime.KeepAlive(tr)
}

// The journal does not grow for ever: the oldest go, and what is left is true.
func TestJournalIsCapped(t *testing.T) {
	const limit = 8 << 20
	tr, file := spilling(t, limit)
	for i := range 200 {
		fill(tr, 4096, 60+i%40)
		tr.Room()
	}
	settle(tr)
	info, _ := file.Stat()
	if info.Size() > limit || tr.Dropped() == 0 || tr.Dropped() > tr.Len()-4096*10 {
		t.Errorf("%d bytes, %d of %d dropped", info.Size(), tr.Dropped(), tr.Len())
	}
	for i := tr.Dropped(); i < tr.Len(); i += 101 {
		if e := readBack(tr, i); e.Text != line(i%4096, 60+i/4096%40) {
			t.Fatalf("line %d: %q", i, e.Text)
		}
	}
	if tr.At(tr.Dropped()-1) != (Entry{}) {
		t.Error("a line is dropped and there")
	}
}

// What is in the journal comes back as it was, whatever it is.
func TestRoundTrip(t *testing.T) {
	events := []session.Event{
		session.Began{Stamp: at(0), Stage: session.StageTLS},
		session.Passed{Stamp: at(1), Stage: session.StageTLS, Took: time.Second, Addr: netip.MustParseAddrPort("[fe80::1%eth0]:25"), TLS: &session.Encryption{
			Version: "TLS 1.3", Trusted: true, Names: []string{"\xff"}, NotAfter: at(90).At,
			Chain:  []session.Certificate{{Subject: "a", DER: []byte("\x00\xff")}, {SelfSigned: true}},
			Faults: []session.Fault{{Kind: session.FaultPurpose, Link: 1, Text: "\xfe"}},
		}},
		session.BodyBegan{Stamp: at(2), ID: 4, Length: 9},
		session.BodyEnded{Stamp: at(3), ID: 4, Bytes: 9, Head: []byte("a\x00\xff"), Finished: true},
		session.Overdue{Stamp: at(4), To: session.Command{Verb: "NOOP", Line: "NOOP \xff", Answers: 1}, Waited: time.Minute},
		session.GaveUp{Stamp: at(5), To: session.Command{Verb: "NOOP"}},
		session.Returned{Stamp: at(6), Lines: []string{"a", "\xfe"}},
		said(7, 1, "RSET \xff"),
		session.Heard{Stamp: at(8), Late: true, Lines: []session.HeardLine{{Text: "250-a\nb", First: true, Cut: 1 << 31, Flaws: session.FlawNUL | session.FlawEndless}, {Text: ""}}},
		session.Ended{Stamp: at(9), Cause: &session.Cause{Why: session.WhyLost, Err: errors.New("reset"), Reply: &session.Reply{Code: 421, Lines: []string{"421 x"}, Closing: true}}},
		Unkept{at(10), "full"},
		Recalled{Stamp: at(11), Begun: at(1).At, Lost: 2},
	}
	var tr Transcript
	for _, event := range events {
		tr.Append(event)
	}
	c := tr.chunks[0]
	c.body.patches = []told{{1, patch{entry: 3, event: events[3], timed: true}}, {2, patch{entry: wholeReply, serial: 7, class: session.No}}}
	parts, err := split(append(encode([]byte("before"), 3, 0, c.body), c.body.text...))
	if err != nil || parts.serial != 3 || parts.count != c.count {
		t.Fatalf("%+v, %v", parts, err)
	}
	got, err := parts.body()
	if err != nil {
		t.Fatal(err)
	}
	opts := []cmp.Option{cmp.AllowUnexported(body{}, record{}, told{}, patch{}), cmpopts.EquateEmpty(), cmpopts.EquateComparable(netip.AddrPort{}), cmp.Comparer(sameError)}
	if diff := cmp.Diff(c.body, got, opts...); diff != "" {
		t.Error(diff)
	}
}

func sameError(a, b error) bool { return fmt.Sprint(a) == fmt.Sprint(b) }

// failing is a journal that takes some writes, and gives nothing back when it
// is told so.
type failing struct {
	*os.File
	takes   int
	unknown bool
}

func (f *failing) WriteAt(p []byte, off int64) (int, error) {
	if f.takes--; f.takes < 0 {
		return 0, errors.New("no space left on device")
	}
	return f.File.WriteAt(p, off)
}

func (f *failing) ReadAt(p []byte, off int64) (int, error) {
	n, err := f.File.ReadAt(p, off)
	if f.unknown && n > headBytes {
		p[n/2] ^= 1
	}
	return n, err
}

// A file system that refuses costs one note, and never the talk.
func TestRefused(t *testing.T) {
	_, file := spilling(t, 1)
	tr := &Transcript{}
	tr.SpillTo(&failing{File: file, takes: 3}, 1<<30)
	defer tr.Close()
	for range 200 {
		fill(tr, 4096, 60)
		tr.Room()
	}
	notes := 0
	for i := tr.Dropped(); i < tr.Len(); i++ {
		if e, ok := tr.At(i).Event.(Unkept); ok && e.Reason == "no space left on device" {
			notes++
		}
	}
	if notes > 1 || tr.Dropped() == 0 || tr.Bytes() > MaxBytes+2*chunkBytes || tr.Len() != 200*4096+1 {
		t.Errorf("%d notes, %d dropped, %d bytes, %d entries", notes, tr.Dropped(), tr.Bytes(), tr.Len())
	}
	if e := tr.At(tr.Len() - 1); e.Text != line(4095, 60) {
		t.Errorf("the last line is %q", e.Text)
	}
}

// What the journal gives back damaged is said to be lost, and not shown.
func TestDamaged(t *testing.T) {
	_, file := spilling(t, 1)
	journal := &failing{File: file, takes: 1000}
	tr := &Transcript{}
	tr.SpillTo(journal, 1<<30)
	defer tr.Close()
	for range 30 {
		fill(tr, 4096, 60)
	}
	settle(tr)
	journal.unknown = true
	if e := readBack(tr, 0); e != (Entry{Kind: KindLost}) {
		t.Errorf("got %+v", e)
	}
	hit, err := tr.NewSearch(Words("250-1 ")).Next(t.Context(), 0, false)
	if err != nil || hit.Total == 0 || hit.Total >= 30 {
		t.Errorf("found %+v, %v", hit, err)
	}
}

// asleep is a journal on a disk that gives nothing for a time.
type asleep struct {
	*os.File
	wake chan struct{}
}

func (a asleep) ReadAt(p []byte, off int64) (int, error) {
	<-a.wake
	return a.File.ReadAt(p, off)
}

// A slow disk holds up a frame by no more than half of one, however many lines
// it asks for.
func TestSlowDisk(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		file, err := os.Create(filepath.Join(t.TempDir(), "journal"))
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		tr, wake := &Transcript{}, make(chan struct{})
		tr.SpillTo(asleep{file, wake}, 1<<30)
		defer tr.Close()
		for range 40 {
			fill(tr, 4096, 60)
		}
		settle(tr)
		begun := time.Now()
		for i := range 20 {
			if e := tr.At(i * 4096); e != (Entry{Kind: KindAway}) {
				t.Errorf("got %+v", e)
			}
		}
		if held := time.Since(begun); held > patience {
			t.Errorf("held up for %v", held)
		}
		close(wake)
		synctest.Wait()
		if e := tr.At(1); e.Text != line(1, 60) {
			t.Errorf("got %+v", e)
		}
	})
}

// The tail is in the journal too, once Flush is called.
func TestFlush(t *testing.T) {
	tr, file := spilling(t, 1<<30)
	fill(tr, 100, 60)
	tr.Flush()
	settle(tr)
	data, _ := os.ReadFile(file.Name())
	if parts, err := split(data[JournalHead:]); err != nil || parts.count != 100 || !strings.HasPrefix(string(parts.text), line(0, 60)) {
		t.Errorf("%+v, %v", parts, err)
	}
	fill(tr, 5000, 60)
	tr.Flush()
	settle(tr)
	if e := readBack(tr, 4000); e.Text != line(3900, 60) {
		t.Errorf("got %+v", e)
	}
}

func FuzzDecode(f *testing.F) {
	var tr Transcript
	tr.Append(session.Began{Stamp: at(0), Stage: session.StageConnect})
	tr.Append(heard(1, "220 hello"))
	b := tr.chunks[0].body
	f.Add(append(encode(nil, 0, 0, b), b.text...)[headBytes:], uint32(2), uint32(20), uint32(4))
	f.Fuzz(func(t *testing.T, data []byte, count, records, facts uint32) {
		if uint64(records)+uint64(facts) > uint64(len(data)) {
			return
		}
		s := sections{
			count: int(count), records: data[:records], facts: data[records : records+facts], text: data[records+facts:],
		}
		if b, err := s.body(); err == nil {
			c := chunk{count: len(b.ends), body: b}
			for at := range b.ends {
				_ = c.entry(b, at)
			}
		}
	})
}
