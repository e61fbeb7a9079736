package prompt

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session"
)

// editor is one line under edit: a text and a place in it. It is a pure value
// over grapheme clusters (UAX 29): at is always a boundary between two, so no
// key ever takes half a letter. The text is what will be sent, bytes that are
// not UTF-8 included.
type editor struct {
	text string
	at   int // in bytes
}

// edited returns an editor on text with the cursor at its end.
func edited(text string) editor { return editor{text, len(text)} }

// replace puts s in the place of the bytes from..to and the cursor behind it.
// What stands around may join with s to other clusters, so the cursor goes to
// the next boundary. A text over session.MaxLine stays as it was.
func (e editor) replace(from, to int, s string) editor {
	if len(e.text)-(to-from)+len(s) > session.MaxLine {
		return e
	}
	text := e.text[:from] + s + e.text[to:]
	return editor{text, boundary(text, from+len(s))}
}

func (e editor) insert(s string) editor { return e.replace(e.at, e.at, s) }

// first returns the first cluster of text. It is the one ansi.StringWidth goes
// by: two libraries do not agree on every script, and then the cursor would
// not stand where the letter is. A byte that is not text is a cluster of its
// own: it is seen as an escape, and deleted alone.
func first(text string) string {
	cluster, _ := ansi.FirstGraphemeCluster(text, ansi.GraphemeWidth)
	for at, r := range cluster {
		if _, size := utf8.DecodeRuneInString(cluster[at:]); r == utf8.RuneError && size == 1 {
			return cluster[:max(at, 1)]
		}
	}
	return cluster
}

// boundary returns the first boundary of text at or after at.
func boundary(text string, at int) int {
	end := 0
	for end < at && end < len(text) {
		end += len(first(text[end:]))
	}
	return end
}

// right returns the boundary after the cursor.
func (e editor) right() int {
	if e.at == len(e.text) {
		return e.at
	}
	return boundary(e.text, e.at+1)
}

// left returns the boundary before the cursor.
func (e editor) left() int {
	last, end := 0, 0
	for end < e.at {
		last, end = end, end+len(first(e.text[end:]))
	}
	return last
}

// separates tells what stands between the words of a mail command: blanks and
// the signs around addresses and parameters.
func separates(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune("<>@:=,", r)
}

// wordLeft returns the beginning of the word before the cursor.
func (e editor) wordLeft() int {
	at := e.at
	skip := func(over bool) {
		for at > 0 {
			r, size := utf8.DecodeLastRuneInString(e.text[:at])
			if separates(r) != over {
				return
			}
			at -= size
		}
	}
	skip(true)
	skip(false)
	return e.snapped(at)
}

// wordRight returns the end of the word after the cursor.
func (e editor) wordRight() int {
	at := e.at
	skip := func(over bool) {
		for at < len(e.text) {
			r, size := utf8.DecodeRuneInString(e.text[at:])
			if separates(r) != over {
				return
			}
			at += size
		}
	}
	skip(true)
	skip(false)
	return boundary(e.text, at)
}

// snapped returns the last boundary at or before at: a mark may cling to a
// separator.
func (e editor) snapped(at int) int {
	if b := boundary(e.text, at); b == at {
		return at
	}
	return editor{e.text, at}.left()
}
