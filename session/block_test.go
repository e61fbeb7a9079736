package session

import (
	"bytes"
	"fmt"
	"net"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// counted is a framer that ends a reply at a line "end", and takes a literal
// behind a line "literal".
type counted struct{ literal int }

func (c *counted) Wants() int { return c.literal }

func (c *counted) Take(line []byte, _ Flaw) bool {
	inside := c.literal > 0
	c.literal = 0
	if !inside && string(line) == "literal" {
		c.literal = len("a\r\nb")
	}
	return !inside && string(line) == "end"
}

func (*counted) Reply() Reply { return Reply{Code: 214} }

// sayings are what a server says, line by line, and how it is to be heard.
var sayings = []struct {
	wire string
	want []HeardLine
}{
	{"214-a clean line\r\n", []HeardLine{{Text: "214-a clean line"}}},
	{"\r\n", []HeardLine{{}}},
	{"214-bare\n", []HeardLine{{Text: "214-bare", Flaws: FlawBareLF}}},
	{"\n", []HeardLine{{Flaws: FlawBareLF}}},
	{"a\rb\r\n", []HeardLine{{Text: "a\rb", Flaws: FlawBareCR}}},
	{"\r\r\n", []HeardLine{{Text: "\r", Flaws: FlawBareCR}}},
	{"a\rb\n", []HeardLine{{Text: "a\rb", Flaws: FlawBareCR | FlawBareLF}}},
	{"a\x00b\r\n", []HeardLine{{Text: "a\x00b", Flaws: FlawNUL}}},
	{"literal\r\na\r\nb", []HeardLine{{Text: "literal"}, {Text: "a"}, {Text: "b"}}},
	{"end\r\n", []HeardLine{{Text: "end"}}},
}

// Lines are heard one way, however they come and whatever is among them: by the
// block, line by line, as literals.
func TestBlocks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var wire bytes.Buffer
		var want []HeardLine
		first := true
		say := func(kind, n int) {
			for range n {
				wire.WriteString(sayings[kind].wire)
				for _, line := range sayings[kind].want {
					line.First, first = first, false
					want = append(want, line)
				}
				first = sayings[kind].wire == "end\r\n"
			}
		}
		for range rapid.IntRange(1, 4).Draw(t, "parts") {
			say(0, rapid.SampledFrom([]int{0, 1, 4000}).Draw(t, "clean"))
			say(rapid.IntRange(0, len(sayings)-1).Draw(t, "kind"), rapid.SampledFrom([]int{1, 2, 300}).Draw(t, "times"))
		}
		say(len(sayings)-1, 1)
		got := hearAll(wire.Bytes(), rapid.SampledFrom([]int{1000, 40_000, 1 << 20}).Draw(t, "write"))
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff[:min(len(diff), 2000)])
		}
	})
}

// hearAll hears what is written in pieces of so many bytes, to the end.
func hearAll(wire []byte, piece int) (lines []HeardLine) {
	near, far := net.Pipe()
	defer near.Close()
	go func() {
		defer far.Close()
		for len(wire) > 0 {
			n := min(piece, len(wire))
			if _, err := far.Write(wire[:n]); err != nil {
				return
			}
			wire = wire[n:]
		}
	}()
	w := newWire(near)
	defer w.release()
	r := reader{permits: make(chan permit), heard: make(chan hearing), quit: make(chan struct{})}
	go func() {
		defer close(r.heard)
		for r.read(permit{w, &counted{}}, &gathering{}) {
		}
	}()
	for batch := range r.heard {
		for line := range (Heard{Lines: batch.lines, Block: batch.block}).All() {
			lines = append(lines, line)
		}
		batch.block.Done()
	}
	return lines
}

// A line that is not as it should be is heard at once, though nothing comes
// after it.
func TestBlockThenSilence(t *testing.T) {
	near, far := net.Pipe()
	defer far.Close()
	w := newWire(near)
	heard, quit := make(chan hearing), make(chan struct{})
	r := reader{heard: heard, quit: quit}
	var reading sync.WaitGroup
	reading.Go(func() { r.read(permit{w, &counted{}}, &gathering{}) })
	defer func() {
		near.Close()
		close(quit)
		reading.Wait()
		w.release()
	}()
	go func() {
		for i := range 10_000 {
			fmt.Fprintf(far, "214-%d\r\n", i)
		}
		far.Write([]byte("214-last\n"))
	}()
	enough := time.After(10 * time.Second)
	for n := 0; n <= 10_000; {
		select {
		case batch := <-heard:
			n += Heard{Lines: batch.lines, Block: batch.block}.Len()
		case <-enough:
			t.Fatalf("%d lines were heard", n)
		}
	}
}

// FuzzCleanLines holds the one look at a text against line after line.
func FuzzCleanLines(f *testing.F) {
	f.Add([]byte("214-a\r\n\r\n214-\tb\x80\xff\r\nbare\n"))
	f.Add([]byte("a long line of more than a word\r\nand one\rmore\r\n"))
	f.Fuzz(func(t *testing.T, text []byte) {
		var want []uint32
		end := 0
		for line := range bytes.Lines(text) {
			body, whole := bytes.CutSuffix(line, []byte(crlf))
			if !whole || flawsWithin(body) != 0 {
				break
			}
			end += len(line)
			want = append(want, uint32(end))
		}
		if got := cleanLines(nil, text); !slices.Equal(got, want) {
			t.Errorf("%q: ends %v, want %v", text, got, want)
		}
	})
}
