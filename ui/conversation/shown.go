package conversation

import (
	"fmt"

	"ehlo/session"
	"ehlo/session/transcript"
)

// Times is which time stands at the right of a line.
type Times uint8

// The times. Took is the zero value.
const (
	Took  Times = iota // how long the answer took, beside the line sent
	Clock              // when it was said or heard
	Since              // how long after the line before
)

// SetTimes chooses the times.
func (m *Model) SetTimes(t Times) { m.times = t }

// SetHex shows the bytes of each line as they were on the wire, or the text.
func (m *Model) SetHex(hex bool) { m.hex = hex }

// SetSide shows the lines of one side only, or all; what stood at the top stays
// as near as can be.
func (m *Model) SetSide(side transcript.Side) {
	if m.side == side {
		return
	}
	m.side = side
	m.LookAway()
}

// timeWidth is what is kept for a time.
func (m Model) timeWidth() int {
	if m.times == Clock {
		return clockWidth
	}
	return timeWidth
}

// timeOf is the time beside a line, and whether a place is kept for it.
func (m Model) timeOf(i int, e transcript.Entry) (string, bool) {
	switch {
	case m.times == Clock:
		return e.At.Format("15:04:05"), true
	case m.times == Since:
		return m.since(i, e), true
	case e.Kind == transcript.KindSent:
		return m.answerTime(i, e), m.effect(i) != session.EffectText
	}
	return "", false
}

// since is the time from the line before; the first has none.
func (m Model) since(i int, e transcript.Entry) string {
	before := m.store.At(i - 1)
	if before.At.IsZero() {
		return ""
	}
	return took(max(e.At.Sub(before.At), 0))
}

// wire is the bytes of a line as they were on the wire; a secret is replaced in
// them, too.
func wire(e transcript.Entry) string {
	text := e.Text
	if e.Flags&transcript.Stuffed != 0 {
		text = "." + text
	}
	switch {
	case e.Cut > 0:
		return text
	case e.Flaws&session.FlawBareLF != 0:
		return text + "\n"
	}
	return text + "\r\n"
}

// hexRows lays the bytes of a line out: where they stand, the bytes, and what
// of them is plain.
func (m Model) hexRows(it item, e transcript.Entry) (rows []row) {
	text, n := wire(e), hexBytes(m.places().right-textColumn)
	for at := 0; at < len(text); at += n {
		r := row{mark: blank, indent: textColumn, role: it.role, text: hexRow(text[at:min(at+n, len(text))], at, n)}
		if at == 0 {
			r.mark = it.mark
		}
		rows = append(rows, r)
	}
	return rows
}

// hexBytes is how many bytes have room in a row.
func hexBytes(width int) int {
	const place, cell = len("00000  "), len("00 ") + len("x")
	n := 16
	for n > 1 && place+n*cell+1 > width {
		n /= 2
	}
	return n
}

func hexRow(bytes string, at, n int) string {
	plain := []byte(bytes)
	for i, b := range plain {
		if b < ' ' || b > '~' {
			plain[i] = '.'
		}
	}
	return fmt.Sprintf("%05x  %-*s %s", at, 3*n, fmt.Sprintf("% x", bytes), plain)
}
