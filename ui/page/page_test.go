package page

import "testing"

func TestWindow(t *testing.T) {
	rows := []string{"one", "two", "three"}
	for _, test := range []struct {
		top, w, h int
		want      string
	}{
		{0, 5, 2, "one\ntwo"},
		{1, 5, 2, "two\nthree"},
		{9, 5, 2, "two\nthree"},
		{-1, 2, 1, "on"},
		{0, 5, 4, "one\ntwo\nthree\n"},
		{0, 5, 0, ""},
	} {
		if got := Window(rows, test.top, test.w, test.h); got != test.want {
			t.Errorf("%+v: got %q", test, got)
		}
	}
}

func TestAt(t *testing.T) {
	for _, test := range []struct{ row, want string }{
		{"", "    x"}, {"ab", "ab  x"}, {"abcd", "abcd x"}, {"abcdef", "abcdef x"},
	} {
		if got := At(test.row, 4, "x"); got != test.want {
			t.Errorf("%q: got %q", test.row, got)
		}
	}
}
