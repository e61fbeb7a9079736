package message

import "bytes"

// clean returns how many bytes at the beginning of b are right as they are,
// and folds them into the counts. A CR at the very end is left: what follows
// it is not known yet.
func (w *WireReader) clean(b []byte) int {
	n, lines := rightLines(b, w.start)
	if bytes.Count(b[:n], []byte{'\r'}) != lines {
		n = beforeBareCR(b[:n])
		lines = bytes.Count(b[:n], []byte{'\n'})
	}
	w.counts.Lines += int64(lines)
	if n > 0 {
		w.start = b[n-1] == '\n'
	}
	return n
}

// rightLines returns the length of the beginning of b in which every LF has
// its CR and no line begins with a dot, and the line ends in it. A CR inside a
// line is not looked for: a count over the whole block is cheaper.
func rightLines(b []byte, start bool) (n, lines int) {
	for n < len(b) {
		if b[n] == '.' && (start || n > 0) {
			return n, lines
		}
		lf := bytes.IndexByte(b[n:], '\n')
		if lf < 0 {
			break
		}
		if lf == 0 || b[n+lf-1] != '\r' {
			return n, lines
		}
		n += lf + 1
		lines++
	}
	if n < len(b) && b[len(b)-1] == '\r' {
		return len(b) - 1, lines
	}
	return len(b), lines
}

// beforeBareCR returns where the line of the first CR without LF begins.
func beforeBareCR(b []byte) int {
	for at := 0; ; at++ {
		cr := bytes.IndexByte(b[at:], '\r')
		if cr < 0 {
			return len(b)
		}
		at += cr
		if at+1 == len(b) || b[at+1] != '\n' {
			return bytes.LastIndexByte(b[:at], '\n') + 1
		}
	}
}

// mend writes src to dst as it must be on the wire, as far as there is room,
// and returns how much was used and made. Unless last, a CR at the end of src
// is left until what follows it is known.
func (w *WireReader) mend(dst, src []byte, last bool) (used, made int) {
	last = last && len(src) <= len(dst)
	src = src[:min(len(src), len(dst))] // what is made is never shorter than what is used
	lf, cr := -1, -1
	for used < len(src) && len(dst)-made >= 2 {
		if w.start && src[used] == '.' {
			w.start = false
			w.counts.Stuffed++
			dst[made] = '.'
			made++
			continue
		}
		lf, cr = next(src, lf, used, '\n'), next(src, cr, used, '\r')
		run := copy(dst[made:], src[used:min(lf, cr)])
		used, made = used+run, made+run
		w.start = w.start && run == 0
		if used < min(lf, cr) || len(dst)-made < 2 {
			break
		}
		n := w.lineEnd(src[used:], last)
		if n == 0 {
			break
		}
		used += n
		made += copy(dst[made:], "\r\n")
		w.start = true
		w.counts.Lines++
	}
	return used, made
}

// next returns the place of c in b from the place from on, or len(b). at is
// what it returned before: each byte is looked at once.
func next(b []byte, at, from int, c byte) int {
	if at >= from {
		return at
	}
	if i := bytes.IndexByte(b[from:], c); i >= 0 {
		return from + i
	}
	return len(b)
}

// lineEnd returns how long the line end at the beginning of b is, 0 when that
// is not known yet, and counts what is wrong with it.
func (w *WireReader) lineEnd(b []byte, last bool) int {
	switch {
	case len(b) == 0:
		return 0
	case b[0] == '\n':
		w.counts.BareLF++
		return 1
	case len(b) == 1 && !last:
		return 0
	case len(b) == 1 || b[1] != '\n':
		w.counts.BareCR++
		return 1
	}
	return 2
}

// stuff is mend for raw messages: every byte stays, and a dot is doubled only
// where a line begins after CRLF.
func (w *WireReader) stuff(dst, src []byte) (used, made int) {
	for used < len(src) && len(dst)-made >= 2 {
		if w.start && src[used] == '.' {
			w.counts.Stuffed++
			dst[made] = '.'
			made++
		}
		line := src[used:]
		if lf := bytes.IndexByte(line, '\n'); lf >= 0 {
			line = line[:lf+1]
		}
		line = line[:copy(dst[made:], line)]
		used, made = used+len(line), made+len(line)
		w.start = w.endsLine(line)
		if w.start {
			w.counts.Lines++
		}
	}
	return used, made
}

// endsLine reports whether a raw piece ends in CRLF, the CR perhaps in the
// piece before, and counts the CR and LF that stand alone. A piece holds one LF
// at most, at its end.
func (w *WireReader) endsLine(piece []byte) bool {
	end := len(piece) - 1
	before := w.lastCR
	alone := bytes.Count(piece[:end], []byte{'\r'})
	if end > 0 {
		if before {
			alone++
		}
		before = piece[end-1] == '\r'
	}
	ended := before && piece[end] == '\n'
	switch {
	case ended && end > 0:
		alone--
	case piece[end] == '\n' && !before:
		w.counts.BareLF++
	case end == 0 && before && !ended:
		alone++
	}
	w.counts.BareCR += int64(alone)
	w.lastCR = piece[end] == '\r'
	return ended
}
