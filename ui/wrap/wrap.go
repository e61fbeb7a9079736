// Package wrap breaks text into rows: at spaces where it can, else anywhere,
// and never leaves a word out. Text of others has passed the sanitiser before:
// it holds no control characters and no line ends.
package wrap

import (
	"strings"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"
)

// maxBytes bounds how many bytes are looked at for one column: a letter of four
// bytes with the marks that the sanitiser lets through.
const maxBytes = 40

// Text breaks text into rows of at most first columns for the first one and
// rest columns for those that follow. The spaces at a break are left out. There
// is always one row; a width under 1 counts as 1, and a character that is wider
// than its row stands alone on it.
func Text(text string, first, rest int) []string {
	width := max(first, 1)
	var rows []string
	for {
		end, next := rowEnd(text, width)
		rows = append(rows, text[:end])
		if text = text[next:]; text == "" {
			return rows
		}
		width = max(rest, 1)
	}
}

// rowEnd returns where the first row of text ends and where the next begins.
func rowEnd(text string, width int) (end, next int) {
	fits := Fit(text, width)
	if fits == len(text) {
		return fits, fits
	}
	end = fits
	if text[fits] != ' ' {
		end = strings.LastIndexByte(text[:fits], ' ')
	}
	end = len(strings.TrimRight(text[:max(end, 0)], " "))
	if end == 0 {
		return fits, fits
	}
	return end, len(text) - len(strings.TrimLeft(text[end:], " "))
}

// Fit returns how many bytes of text fit into width columns, whole characters
// only, but at least one. It looks at no more of the text than can fit.
func Fit(text string, width int) int {
	if len(text) == 0 {
		return 0
	}
	plain := 0
	for plain < len(text) && plain <= width && text[plain] < utf8.RuneSelf {
		plain++
	}
	if plain > width || plain == len(text) {
		return max(min(plain, width), 1)
	}
	for size := 2*width + 8; ; size *= 2 {
		head := prefix(text, size)
		fits := len(ansi.Truncate(head, width, ""))
		if fits > 0 && (fits < len(head) || len(head) == len(text)) {
			return fits
		}
		if fits == 0 || size >= width*maxBytes {
			break
		}
	}
	_, size := utf8.DecodeRuneInString(text)
	return size
}

// prefix returns at most size bytes of text, whole characters only.
func prefix(text string, size int) string {
	if size >= len(text) {
		return text
	}
	for size > 0 && !utf8.RuneStart(text[size]) {
		size--
	}
	return text[:size]
}
