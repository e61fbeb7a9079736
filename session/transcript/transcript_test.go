package transcript

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"ehlo/session"
)

var start = time.Unix(1178640904, 0)

func at(ms int) session.Stamp {
	return session.Stamp{At: start.Add(time.Duration(ms) * time.Millisecond)}
}

func said(ms int, id session.ID, line string) session.Said {
	verb, _, _ := strings.Cut(line, " ")
	return session.Said{Stamp: at(ms), ID: id, Command: session.Command{Verb: verb, Line: line, Answers: 1}}
}

func heard(ms int, lines ...string) session.Heard {
	h := session.Heard{Stamp: at(ms)}
	for i, line := range lines {
		h.Lines = append(h.Lines, session.HeardLine{Text: line, First: i == 0})
	}
	return h
}

func answered(ms int, class session.Class, to session.Said) session.Answered {
	return session.Answered{
		Stamp: at(ms), Reply: session.Reply{Class: class}, To: to.Command, ToID: to.ID,
		Took: at(ms).At.Sub(to.At),
	}
}

// lines writes a transcript as a person would: side, text, class and times.
func lines(t *Transcript) []string {
	marks := map[Kind]string{KindSent: ">", KindHeard: "<", KindNote: "-", KindBody: "="}
	var all []string
	for i := t.Dropped(); i < t.Len(); i++ {
		e := t.At(i)
		line := fmt.Sprintf("%s %s", marks[e.Kind], e.Text)
		if e.Event != nil {
			line += strings.TrimPrefix(fmt.Sprintf("%T", e.Event), "session.")
		}
		if e.Reply > 0 {
			line += fmt.Sprintf(" #%d", e.Reply)
		}
		if e.Flags&Whole != 0 {
			line += " " + e.Class.String()
		}
		if e.Flags&Timed != 0 {
			line += " " + e.Took.String()
		}
		all = append(all, line)
	}
	return all
}

func TestAppend(t *testing.T) {
	ehlo, mail := said(200, 1, "EHLO pc17"), said(300, 2, "MAIL FROM:<>")
	rcpt, dot := said(310, 3, "RCPT TO:<a@b>"), said(900, 4, ".")
	dot.Command.Answers = 2
	text := session.Said{Stamp: at(500), ID: 9, Stuffed: true, Command: session.Command{Line: ".x", Effect: session.EffectText}}
	steps := []struct {
		event session.Event
		first int
	}{
		{session.Began{Stamp: at(0), Stage: session.StageConnect}, 0},
		{session.Passed{Stamp: at(90), Stage: session.StageConnect, Took: 90 * time.Millisecond}, 1},
		{heard(100, "220 mta101"), 1},
		{session.Answered{Stamp: at(100), Reply: session.Reply{Class: session.Yes}}, 2},
		{ehlo, 2},
		{heard(250, "250-mta101", "250-8BITMIME"), 3},
		{heard(251), 5},
		{session.Heard{Stamp: at(252), Lines: []session.HeardLine{{Text: "250 PIPELINING"}}}, 5},
		{answered(252, session.Yes, ehlo), 6},
		{mail, 6},
		{rcpt, 7},
		{heard(320, "250 null sender <> ok"), 8},
		{answered(320, session.Yes, mail), 9},
		{session.GaveUp{Stamp: at(400), To: rcpt.Command}, 9},
		{session.Heard{Stamp: at(450), Late: true, Lines: []session.HeardLine{{Text: "550 no", First: true, Cut: 7}}}, 10},
		{answered(450, session.No, rcpt), 11},
		{text, 11},
		{session.BodyBegan{Stamp: at(600), ID: 4, Length: 412}, 12},
		{session.BodyMoved{Stamp: at(700), Bytes: 100, Length: 412}, 13},
		{session.BodyEnded{Stamp: at(800), ID: 4, Bytes: 412, Finished: true}, 13},
		{dot, 13},
		{heard(950, "550 first"), 14},
		{answered(950, session.No, dot), 15},
		{heard(990, "250 second"), 15},
		{answered(990, session.Yes, dot), 16},
		{session.Heard{Stamp: at(999), Unasked: true, Lines: []session.HeardLine{{Text: "421 bye", First: true}}}, 16},
		{session.Answered{Stamp: at(999), Unasked: true, Reply: session.Reply{Class: session.NotNow}}, 17},
		{session.Ended{Stamp: at(1000)}, 17},
	}
	var tr Transcript
	for i, step := range steps {
		if got := tr.Append(step.event); got != step.first {
			t.Errorf("step %d, %T: first new entry %d, want %d", i, step.event, got, step.first)
		}
	}
	want := []string{
		"- Passed 90ms",
		"< 220 mta101 #1 yes",
		"> EHLO pc17 #2 yes 52ms",
		"< 250-mta101 #2 yes",
		"< 250-8BITMIME #2 yes",
		"< 250 PIPELINING #2 yes",
		"> MAIL FROM:<> #3 yes 20ms",
		"> RCPT TO:<a@b> #4 no 140ms",
		"< 250 null sender <> ok #3 yes",
		"- GaveUp",
		"< 550 no #4 no",
		"> .x",
		"= BodyEnded",
		"> . #6 no 90ms",
		"< 550 first #5 no",
		"< 250 second #6 yes",
		"< 421 bye #7 not now",
		"- Ended",
	}
	if diff := cmp.Diff(want, lines(&tr)); diff != "" {
		t.Error(diff)
	}
	late, first := tr.At(10), tr.At(3)
	if late.Flags != FirstLine|Late|Whole || late.Cut != 7 || first.Flags != FirstLine|Whole || tr.At(11).Flags != Stuffed || tr.At(16).Flags&Unasked == 0 {
		t.Errorf("flags: %+v, %+v", late, first)
	}
	if !first.At.Equal(at(250).At) {
		t.Errorf("time %v", first.At)
	}
	for i, want := range map[int][2]int{2: {2, 3}, 3: {3, 6}, 5: {3, 6}, 8: {8, 9}, 15: {15, 16}} {
		if from, end := tr.Span(i); from != want[0] || end != want[1] {
			t.Errorf("span of %d: %d to %d", i, from, end)
		}
	}
}

// A second conversation counts on, and does not answer lines of the first.
func TestAppendSecondConversation(t *testing.T) {
	var tr Transcript
	one, two := said(0, 1, "NOOP"), said(10, 1, "QUIT")
	for _, e := range []session.Event{one, session.Ended{Stamp: at(5)}, two, heard(20, "221 bye"), answered(20, session.Yes, two)} {
		tr.Append(e)
	}
	want := []string{"> NOOP", "- Ended", "> QUIT #1 yes 10ms", "< 221 bye #1 yes"}
	if diff := cmp.Diff(want, lines(&tr)); diff != "" {
		t.Error(diff)
	}
}

func TestZeroTranscript(t *testing.T) {
	var tr Transcript
	if tr.Len() != 0 || tr.Dropped() != 0 || tr.At(0) != (Entry{}) || tr.At(-1) != (Entry{}) {
		t.Error("the zero Transcript is not empty")
	}
}

// However much comes, without a journal memory stays within bounds and indexes
// stay true.
func TestBounded(t *testing.T) {
	for _, width := range []int{100, session.MaxLine} {
		var tr Transcript
		before := heap()
		n := 2 * MaxBytes / (width + recordBytes + endBytes)
		fill(&tr, n, width)
		tr.Append(session.Ended{Stamp: at(1)})
		if grown := heap() - before; grown > MaxBytes+4<<20 || tr.Bytes() > MaxBytes+2*chunkBytes {
			t.Errorf("width %d: %d bytes, counted %d", width, grown, tr.Bytes())
		}
		if tr.Dropped() < n/3 || tr.Dropped() > n*2/3 || tr.Len() != n+1 {
			t.Errorf("width %d: %d of %d dropped", width, tr.Dropped(), tr.Len())
		}
		if tr.At(tr.Dropped()-1) != (Entry{}) || tr.At(tr.Dropped()).Text != line(tr.Dropped(), width) || tr.At(n-1).Text != line(n-1, width) {
			t.Errorf("width %d: entries are not where they were", width)
		}
		runtime.KeepAlive(&tr)
	}
}

// Messages keep a piece of their text: many of them are bounded too.
func TestBoundedMessages(t *testing.T) {
	var tr Transcript
	for i := range 3000 {
		tr.Append(session.BodyBegan{Stamp: at(i)})
		tr.Append(session.BodyEnded{Stamp: at(i), Head: make([]byte, session.MaxHead)})
	}
	if tr.Bytes() > MaxBytes+2*chunkBytes || tr.Dropped() == 0 {
		t.Errorf("%d bytes, %d dropped", tr.Bytes(), tr.Dropped())
	}
	if _, ok := tr.At(tr.Dropped()).Event.(session.BodyEnded); !ok {
		t.Errorf("got %+v", tr.At(tr.Dropped()))
	}
}

func line(i, width int) string {
	n := fmt.Sprintf("250-%d ", i)
	return n + strings.Repeat("x", width-len(n))
}

func fill(tr *Transcript, n, width int) {
	for i := range n {
		tr.Append(session.Heard{Stamp: at(i), Lines: []session.HeardLine{{Text: line(i, width), First: true}}})
		tr.Append(session.Answered{Stamp: at(i), Unasked: true, Reply: session.Reply{Class: session.Yes}})
	}
}

func heap() int64 {
	runtime.GC()
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}
