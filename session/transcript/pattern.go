package transcript

import (
	"bytes"
	"encoding/binary"
	"regexp"
	"unicode/utf8"
)

// Pattern is what is searched for in the text of lines. Safe for concurrent
// use.
type Pattern struct {
	word []byte // in lower case if fold; nil: expr
	fold bool
	expr *regexp.Regexp
}

// Words returns the pattern of a text as it stands. One without a capital
// letter finds capitals too.
func Words(text string) Pattern {
	word := []byte(text)
	if !bytes.Equal(word, bytes.ToLower(word)) {
		return Pattern{word: word}
	}
	for _, b := range word {
		if b >= utf8.RuneSelf { // the capitals of these are beyond lower
			return Pattern{expr: regexp.MustCompile("(?i)" + regexp.QuoteMeta(string(bytes.ToValidUTF8(word, nil))))}
		}
	}
	return Pattern{word: word, fold: true}
}

// Expression returns the pattern of a regular expression, as package regexp
// reads it; the error says what is wrong with it. Capitals count as in Words.
func Expression(text string) (Pattern, error) {
	if text == string(bytes.ToLower([]byte(text))) {
		text = "(?i)" + text
	}
	expr, err := regexp.Compile(text)
	return Pattern{expr: expr}, err
}

// Matches reports whether a text holds the pattern.
func (p Pattern) Matches(text []byte) bool {
	if p.expr != nil {
		return p.expr.Match(text)
	}
	if p.fold {
		text = lower(nil, text)
	}
	return bytes.Contains(text, p.word)
}

// lower appends ASCII text in lower case to dst, eight bytes at a time; other
// bytes stay as they are.
func lower(dst, text []byte) []byte {
	const (
		ones  = 0x0101010101010101
		highs = 0x80 * ones
	)
	for ; len(text) >= 8; text = text[8:] {
		word := binary.LittleEndian.Uint64(text)
		plain := word &^ highs
		from := plain + (0x80-'A')*ones   // the high bit: 'A' or more
		over := plain + (0x80-'Z'-1)*ones // the high bit: more than 'Z'
		capital := from &^ over & highs &^ word
		dst = binary.LittleEndian.AppendUint64(dst, word|capital>>2)
	}
	for _, b := range text {
		if b >= 'A' && b <= 'Z' {
			b |= 0x20
		}
		dst = append(dst, b)
	}
	return dst
}
