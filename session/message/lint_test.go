package message

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

func TestLint(t *testing.T) {
	const good = "From: a@b\r\nDate: x\r\nMessage-ID: <1@b>\r\n"
	tests := []struct {
		name, in string
		want     []string // "line count beginning of the sentence"
	}{
		{"good", good + "Subject: a\r\n b\r\n\r\nText: é\r\n", nil},
		{"empty", "", []string{"0 0 The message is empty"}},
		{"no empty line", good, []string{"0 0 There is no empty line"}},
		{"no headers", "\r\nHi\r\n", []string{"0 0 There is no From", "0 0 There is no Date", "0 0 There is no Message-ID"}},
		{"text first", "Hi there\r\n" + good + "\r\n", []string{"1 1 This line is no header"}},
		{"LF", good + "\n\na\n", []string{"4 3 This line ends in LF"}},
		{"CR", good + "\r\na\rb\r\n", []string{"5 1 There is a CR"}},
		{"NUL", good + "\r\na\x00\r\n", []string{"5 1 There is a NUL"}},
		{"longest", good + "\r\n" + strings.Repeat("x", 998) + "\r\n", nil},
		{"too long", good + "\r\n" + strings.Repeat("x", 999) + "\r\n", []string{"5 1 This line is longer"}},
		{"far too long", good + "\r\n" + strings.Repeat("x", 100_000) + "\r\nb\r\n" + strings.Repeat("y", 2000) + "\r\n", []string{"5 2 This line is longer"}},
		{"CRLF where a part ends", good + "\r\n" + strings.Repeat("x", 4095) + "\r\n", []string{"5 1 This line is longer"}},
		{"CR where a part ends", good + "\r\n" + strings.Repeat("x", 4095) + "\ry\r\n", []string{"5 1 There is a CR", "5 1 This line is longer"}},
		{"too long at the end", good + "\r\n" + strings.Repeat("x", 1001), []string{"5 1 This line is longer"}},
		{"8 bit", good + "Subject: é\r\n\r\n", []string{"4 1 A header has letters"}},
		{"twice", good + "from: c@d\r\n\r\n", []string{"4 1 A second from header"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			findings, err := Lint(strings.NewReader(test.in))
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, f := range findings {
				got = append(got, fmt.Sprintf("%d %d %s", f.Line, f.Count, f.Text))
			}
			if !slices.EqualFunc(got, test.want, strings.HasPrefix) {
				t.Errorf("got %q", got)
			}
		})
	}
}

func TestLintSourceFails(t *testing.T) {
	broken := errors.New("disk gone")
	if _, err := Lint(iotest.ErrReader(broken)); !errors.Is(err, broken) {
		t.Errorf("got %v", err)
	}
}

// What Compose makes has nothing odd about it.
func TestLintComposed(t *testing.T) {
	d := draft()
	d.Subject, d.Text = "Grüße", strings.Repeat("é", 2000)
	findings, err := Lint(strings.NewReader(read(t, composed(t, d))))
	if err != nil || len(findings) > 0 {
		t.Errorf("got %v, %v", findings, err)
	}
}
