package command

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"ehlo/session/sanitize"
	"ehlo/session/verdict"
)

// encode writes one target as one line of JSON, angle brackets as they are.
// Whatever a terminal might obey is escaped: of the words of a server nothing
// is lost, and nothing of them acts.
func encode(out io.Writer, facts verdict.Facts) error {
	var line bytes.Buffer
	encoder := json.NewEncoder(&line)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(facts); err != nil {
		return err
	}
	_, err := out.Write(harmless(line.Bytes()))
	return err
}

// harmless escapes what JSON leaves as it is and screens do not: DEL, the C1
// controls, and whatever has no place of its own on a screen. It stands in
// strings only.
func harmless(line []byte) []byte {
	if !bytes.ContainsFunc(line, acts) {
		return line
	}
	safe := make([]byte, 0, len(line)+16)
	for _, r := range string(line) {
		switch {
		case !acts(r):
			safe = append(safe, string(r)...)
		case r > 0xffff: // beyond what one escape can say (RFC 8259 section 7)
			r -= 0x10000
			safe = fmt.Appendf(safe, "\\u%04x\\u%04x", 0xd800+r>>10, 0xdc00+r&0x3ff)
		default:
			safe = fmt.Appendf(safe, "\\u%04x", r)
		}
	}
	return safe
}

func acts(r rune) bool { return r >= 0x7f && !sanitize.Shown(r) }
