package message

import "io"

// Options say how Wire treats what it reads.
type Options struct {
	// Raw keeps every byte as it is: line ends are not mended, and dots are
	// doubled after CRLF alone. What a server makes of a bare CR or LF before
	// a dot can be tried out so.
	Raw bool
}

// Counts tell what a WireReader has given so far.
type Counts struct {
	Bytes   int64 // octets given, doubled dots and added line ends included
	Lines   int64 // lines ended
	Stuffed int64 // leading dots doubled
	BareCR  int64 // CR without LF, made CRLF unless Raw
	BareLF  int64 // LF without CR, likewise
	Closed  bool  // the last line had no end and was given one
}

// WireReader turns a message into what goes over the wire between the answer
// to DATA and the final dot. Wire makes one; it is for one goroutine.
//
// A block that is already right is read straight into the caller's buffer and
// only looked at (clean). From the first wrong place on, a block is put aside
// and mended on its way (mend); the next is read aside at once.
type WireReader struct {
	source io.Reader
	raw    bool
	start  bool   // the next byte begins a line
	lastCR bool   // raw: the byte before was a CR
	aside  []byte // room for what has to be mended
	rest   []byte // the part of aside that waits; one CR waits for what follows it
	seen   int64  // what had been mended when the last block was read
	half   []byte // output that a one-byte buffer could not take
	err    error  // of the source
	counts Counts
}

const (
	// blockBytes is the most that is read at once, and the size of the one
	// buffer a WireReader holds.
	blockBytes = 64 << 10
	// directBytes is the least room worth reading into in place.
	directBytes = 4 << 10
	// maxEmptyReads is how often a source may give nothing before it is given up.
	maxEmptyReads = 100
)

// Wire returns a reader of r as RFC 5321 section 4.5.2 wants it on the wire:
// every line ends in CRLF, a dot at the beginning of a line is doubled, and
// the last line is ended. An empty message gives nothing. The final dot is not
// part of it.
//
// Memory does not grow with the message. An error of r comes after the bytes
// before it, and the last line then stays open: the message is not whole.
func Wire(r io.Reader, options Options) *WireReader {
	return &WireReader{source: r, raw: options.Raw, start: true}
}

// Counts tells what was given so far.
func (w *WireReader) Counts() Counts { return w.counts }

// Read fills p, but for its last 4 KiB at most, unless the message ends.
func (w *WireReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	if len(p) == 1 || len(w.half) > 0 {
		return w.readHalf(p)
	}
	n := w.fill(p)
	w.counts.Bytes += int64(n)
	if n == 0 {
		return 0, w.err
	}
	return n, nil
}

// readHalf serves a buffer without room for the two bytes that one may become.
func (w *WireReader) readHalf(p []byte) (int, error) {
	if len(w.half) == 0 {
		var pair [2]byte
		n, err := w.Read(pair[:])
		if n == 0 {
			return 0, err
		}
		w.half = append(w.half, pair[:n]...)
	}
	n := copy(p, w.half)
	w.half = w.half[n:]
	return n, nil
}

// fill puts as much into p as goes in; 0 means that err is due.
func (w *WireReader) fill(p []byte) (n int) {
	for {
		used, made := w.step(p[n:])
		w.rest, n = w.rest[used:], n+made
		room := len(p) - n
		switch {
		case len(w.rest) > 1 || room < 2 || n > 0 && room < directBytes:
			return n
		case w.err != nil:
			return n + w.close(p[n:])
		case w.raw || room < directBytes || w.mended() != w.seen:
			w.load()
		default:
			n += w.direct(p[n:min(n+blockBytes, len(p))])
		}
	}
}

// step mends some of what waits.
func (w *WireReader) step(p []byte) (used, made int) {
	if w.raw {
		return w.stuff(p, w.rest)
	}
	return w.mend(p, w.rest, w.err != nil)
}

// close ends the last line of a message that was read to its end.
func (w *WireReader) close(p []byte) int {
	if w.start || w.err != io.EOF {
		return 0
	}
	w.start = true
	w.counts.Closed = true
	w.counts.Lines++
	return copy(p, "\r\n")
}

// direct reads a block into p itself and returns how much of it is right; the
// rest of it is put aside.
func (w *WireReader) direct(p []byte) int {
	w.seen = w.mended()
	n := copy(p, w.rest)
	n += w.read(p[n:])
	right := w.clean(p[:n])
	w.rest = nil
	if right < n {
		w.rest = w.room()[:copy(w.room(), p[right:n])]
	}
	return right
}

// load reads a block aside.
func (w *WireReader) load() {
	w.seen = w.mended()
	n := copy(w.room(), w.rest)
	w.rest = w.aside[:n+w.read(w.aside[n:])]
}

func (w *WireReader) room() []byte {
	if w.aside == nil {
		w.aside = make([]byte, blockBytes)
	}
	return w.aside
}

// mended counts the changes that make a block worth reading aside.
func (w *WireReader) mended() int64 {
	return w.counts.Stuffed + w.counts.BareCR + w.counts.BareLF
}

// read reads some bytes of the source, or sets err.
func (w *WireReader) read(p []byte) int {
	for range maxEmptyReads {
		n, err := w.source.Read(p)
		w.err = err
		if n > 0 || err != nil {
			return n
		}
	}
	w.err = io.ErrNoProgress
	return 0
}
