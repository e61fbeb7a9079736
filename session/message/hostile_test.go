package message

import (
	"io"
	"strings"
	"testing"
	"testing/iotest"
)

// TestBareLineEndsAreCounted in the same way whether they are mended or left, and
// however the message comes in pieces.
func TestBareLineEndsAreCounted(t *testing.T) {
	for _, tt := range []struct {
		text   string
		cr, lf int64
	}{
		{"", 0, 0},
		{"a\r\nb\r\n", 0, 0},
		{"a\nb\r\n", 0, 1},
		{"a\rb\r\n", 1, 0},
		{"a\r\r\nb", 1, 0},
		{"a\n.\r\nMAIL FROM:<>\r.\r\n", 1, 1},
		{"\n\r\n\r\r\n\n", 1, 2},
		{"\r\r\rx\n", 3, 1},
	} {
		for _, raw := range []bool{false, true} {
			for name, source := range map[string]io.Reader{
				"whole": strings.NewReader(tt.text), "byte by byte": iotest.OneByteReader(strings.NewReader(tt.text)),
			} {
				w := Wire(source, Options{Raw: raw})
				if _, err := io.Copy(io.Discard, struct{ io.Reader }{w}); err != nil {
					t.Fatal(err)
				}
				if got := w.Counts(); got.BareCR != tt.cr || got.BareLF != tt.lf {
					t.Errorf("%q, raw %v, %s: %d CR, %d LF; want %d, %d", tt.text, raw, name, got.BareCR, got.BareLF, tt.cr, tt.lf)
				}
			}
		}
	}
}
