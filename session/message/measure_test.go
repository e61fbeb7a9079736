package message

import (
	"strings"
	"testing"
)

func TestMeasure(t *testing.T) {
	long := strings.Repeat("a line of text\n", 10_000)
	for name, test := range map[string]struct {
		text string
		want int64
	}{
		"empty":             {"", 0},
		"CRLF":              {"a\r\nb\r\n", 6},
		"LF":                {"a\nb\n", 6},
		"both":              {"a\nb\r\n", 6},
		"LF over blocks":    {long, int64(len(long) + 10_000)},
		"split in a CRLF":   {"\n" + strings.Repeat("x", sampled-2) + "\r\nend", int64(1 + sampled + 3 + 1)},
		"CRLF in the first": {strings.Repeat("a\r\n", sampled) + "b\n", 3*sampled + 2},
	} {
		source := strings.NewReader(test.text)
		got, err := Measure(source, int64(len(test.text)))
		if err != nil || got != test.want {
			t.Errorf("%s: got %d (%v), want %d", name, got, err, test.want)
		}
		if source.Len() != len(test.text) {
			t.Errorf("%s: the source is not at its beginning", name)
		}
	}
}
