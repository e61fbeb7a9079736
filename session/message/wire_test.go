package message

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"pgregory.net/rapid"
)

func TestWire(t *testing.T) {
	tests := []struct{ name, in, want, raw string }{
		{"empty", "", "", ""},
		{"right", "a\r\nb\r\n", "a\r\nb\r\n", "a\r\nb\r\n"},
		{"no end", "a", "a\r\n", "a\r\n"},
		{"LF", "a\nb\n", "a\r\nb\r\n", "a\nb\n\r\n"},
		{"CR", "a\rb\r", "a\r\nb\r\n", "a\rb\r\r\n"},
		{"CR CR LF", "a\r\r\n", "a\r\n\r\n", "a\r\r\n"},
		{"LF CR", "a\n\r", "a\r\n\r\n", "a\n\r\r\n"},
		{"dot alone", ".", "..\r\n", "..\r\n"},
		{"dot line", ".\r\n", "..\r\n", "..\r\n"},
		{"dots", "..\r\n...\r\n", "...\r\n....\r\n", "...\r\n....\r\n"},
		{"dot inside", "a.b\r\n", "a.b\r\n", "a.b\r\n"},
		{"dot after LF", "a\n.\nb\n", "a\r\n..\r\nb\r\n", "a\n.\nb\n\r\n"},
		{"dot after CR", "a\r.\r\n", "a\r\n..\r\n", "a\r.\r\n"},
		{"dot LF", "a\r\n.\nb\r\n", "a\r\n..\r\nb\r\n", "a\r\n..\nb\r\n"},
		{"blank lines", "\n\n\r\n", "\r\n\r\n\r\n", "\n\n\r\n"},
		{"NUL and 8 bit", "\x00\xff\n", "\x00\xff\r\n", "\x00\xff\n\r\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := wired(t, strings.NewReader(test.in), Options{}); got != test.want {
				t.Errorf("got %q, want %q", got, test.want)
			}
			if got := wired(t, strings.NewReader(test.in), Options{Raw: true}); got != test.raw {
				t.Errorf("raw: got %q, want %q", got, test.raw)
			}
		})
	}
}

func TestWireCounts(t *testing.T) {
	w := Wire(strings.NewReader("a\r\n.b\nc\rd"), Options{})
	if _, err := io.Copy(io.Discard, w); err != nil {
		t.Fatal(err)
	}
	want := Counts{Bytes: 14, Lines: 4, Stuffed: 1, BareCR: 1, BareLF: 1, Closed: true}
	if got := w.Counts(); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// A message whose source fails is not made to look whole.
func TestWireSourceFails(t *testing.T) {
	broken := errors.New("disk gone")
	for _, options := range []Options{{}, {Raw: true}} {
		w := Wire(io.MultiReader(strings.NewReader("one\r\ntwo"), iotest.ErrReader(broken)), options)
		got, err := io.ReadAll(w)
		if string(got) != "one\r\ntwo" || !errors.Is(err, broken) {
			t.Errorf("%+v: got %q, %v", options, got, err)
		}
	}
}

func TestWireNoProgress(t *testing.T) {
	_, err := io.ReadAll(Wire(emptyReader{}, Options{}))
	if !errors.Is(err, io.ErrNoProgress) {
		t.Errorf("got %v", err)
	}
}

type emptyReader struct{}

func (emptyReader) Read([]byte) (int, error) { return 0, nil }

// Blocks stay whole: the session writes what one Read gives.
func TestWireFillsBlocks(t *testing.T) {
	for name, line := range benchLines() {
		source := iotest.HalfReader(bytes.NewReader(bytes.Repeat([]byte(line), 20000)))
		w := Wire(source, Options{})
		block := make([]byte, blockBytes)
		for {
			n, err := w.Read(block)
			if err == io.EOF {
				break
			}
			if n < blockBytes-directBytes && w.err == nil {
				t.Fatalf("%s: a block of %d bytes", name, n)
			}
		}
	}
}

// Long input, over many blocks, in every form, cut at any place.
func TestWireAgreesWithReference(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		piece := rapid.SampledFrom([]string{"\r", "\n", ".", "\r\n", "\r\n.", "a", strings.Repeat("m", 76) + "\r\n", strings.Repeat("x", 5000)})
		text := strings.Join(rapid.SliceOfN(piece, 0, 60).Draw(t, "pieces"), "")
		text = strings.Repeat(text, rapid.SampledFrom([]int{1, 1, 7}).Draw(t, "times"))
		options := Options{Raw: rapid.Bool().Draw(t, "raw")}
		source := &choppy{rest: text, sizes: rapid.SliceOfN(rapid.IntRange(1, 9000), 1, 5).Draw(t, "reads")}
		buffer := make([]byte, rapid.SampledFrom([]int{1, 2, 3, 100, 5000, blockBytes, 3 * blockBytes}).Draw(t, "buffer"))
		var got bytes.Buffer
		w := Wire(source, options)
		if _, err := io.CopyBuffer(&got, struct{ io.Reader }{w}, buffer); err != nil {
			t.Fatal(err)
		}
		if want := reference(text, options.Raw); got.String() != want {
			t.Fatalf("got %q\nwant %q", got.String(), want)
		}
		if counts := w.Counts(); counts.Bytes != int64(got.Len()) || counts.Lines != int64(strings.Count(got.String(), "\r\n")) {
			t.Fatalf("counts %+v for %d bytes", counts, got.Len())
		}
	})
}

func FuzzWire(f *testing.F) {
	for _, seed := range []string{"", ".", "a\r\n.b\n\rc", "\r\r\n\n..\r.", strings.Repeat("q", 80) + "\r\n."} {
		f.Add(seed, false, 3, 7)
		f.Add(seed, true, 1, 2)
	}
	f.Fuzz(func(t *testing.T, text string, raw bool, read, buffer int) {
		read, buffer = 1+(read&0xfff), 1+(buffer&0xfff)
		source := &choppy{rest: text, sizes: []int{read}}
		var got bytes.Buffer
		w := Wire(source, Options{Raw: raw})
		if _, err := io.CopyBuffer(&got, struct{ io.Reader }{w}, make([]byte, buffer)); err != nil {
			t.Fatal(err)
		}
		if want := reference(text, raw); got.String() != want {
			t.Fatalf("got %q\nwant %q", got.String(), want)
		}
		if !raw && unstuff(got.String()) != mendedText(text) {
			t.Fatalf("there and back: %q from %q", unstuff(got.String()), text)
		}
		if strings.HasPrefix(got.String(), ".\r\n") || strings.Contains(got.String(), "\r\n.\r\n") {
			t.Fatalf("the final dot inside %q", got.String())
		}
	})
}

// choppy gives its text in pieces of the given sizes, over and over.
type choppy struct {
	rest  string
	sizes []int
	turn  int
}

func (c *choppy) Read(p []byte) (int, error) {
	if c.rest == "" {
		return 0, io.EOF
	}
	n := copy(p, c.rest[:min(len(c.rest), c.sizes[c.turn%len(c.sizes)])])
	c.turn++
	c.rest = c.rest[n:]
	return n, nil
}

// reference is Wire, byte by byte.
func reference(text string, raw bool) string {
	if !raw {
		text = mendedText(text)
	} else if text != "" && !strings.HasSuffix(text, "\r\n") {
		text += "\r\n"
	}
	var b strings.Builder
	for i := range len(text) {
		if text[i] == '.' && (i == 0 || i > 1 && text[i-2:i] == "\r\n") {
			b.WriteByte('.')
		}
		b.WriteByte(text[i])
	}
	return b.String()
}

// mendedText ends every line in CRLF.
func mendedText(text string) string {
	text = strings.ReplaceAll(text, "\r\n", "\n")
	text = strings.ReplaceAll(text, "\r", "\n")
	if text != "" && !strings.HasSuffix(text, "\n") {
		text += "\n"
	}
	return strings.ReplaceAll(text, "\n", "\r\n")
}

// unstuff reads a message as a server does, RFC 5321 section 4.5.2.
func unstuff(text string) string {
	lines := strings.SplitAfter(text, "\r\n")
	for i, line := range lines {
		lines[i] = strings.TrimPrefix(line, ".")
	}
	return strings.Join(lines, "")
}

func wired(t *testing.T, r io.Reader, options Options) string {
	t.Helper()
	got, err := io.ReadAll(Wire(r, options))
	if err != nil {
		t.Fatal(err)
	}
	return string(got)
}

func benchLines() map[string]string {
	base64 := strings.Repeat("TWFu", 19)
	return map[string]string{
		"crlf": base64 + "\r\n", "lf": base64 + "\n", "dots": "." + base64 + "\r\n", "short": "\r\n",
	}
}

func BenchmarkWire(b *testing.B) {
	for _, name := range []string{"crlf", "lf", "dots", "short"} {
		b.Run(name, func(b *testing.B) {
			line := benchLines()[name]
			text := bytes.Repeat([]byte(line), 16<<20/len(line))
			benchmarkReads(b, text, func(r io.Reader) io.Reader { return Wire(r, Options{}) })
		})
	}
	b.Run("copy", func(b *testing.B) { // what reading alone costs
		benchmarkReads(b, make([]byte, 16<<20), func(r io.Reader) io.Reader { return r })
	})
}

func benchmarkReads(b *testing.B, text []byte, wrap func(io.Reader) io.Reader) {
	block := make([]byte, blockBytes)
	b.SetBytes(int64(len(text)))
	b.ReportAllocs()
	for b.Loop() {
		r := wrap(bytes.NewReader(text))
		for {
			if _, err := r.Read(block); err != nil {
				break
			}
		}
	}
}
