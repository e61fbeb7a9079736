package session

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"sync"
	"time"
)

// wire is the byte side of a connection: lines in, bounded; blocks out. It is
// the only place that sees bytes.
type wire struct {
	conn    net.Conn
	in      *bufio.Reader
	arrived time.Time // when the last bytes were read of the socket
	ends    []uint32  // what block returned last
}

// readBlock is the most that is read of a socket at a time.
const readBlock = 64 << 10

// blocks are those of wires that are done with. To clear one costs more than to
// say hello, and many conversations may follow each other.
var blocks = sync.Pool{New: func() any { return bufio.NewReaderSize(nil, readBlock) }}

func newWire(conn net.Conn) *wire {
	w := &wire{conn: conn, in: blocks.Get().(*bufio.Reader)}
	w.in.Reset(w)
	return w
}

// release gives back what the wire holds. Nobody may read of it any more.
func (w *wire) release() {
	w.in.Reset(nil)
	blocks.Put(w.in)
	w.in = nil
}

// Read reads of the socket and notes when.
func (w *wire) Read(p []byte) (int, error) {
	n, err := w.conn.Read(p)
	w.arrived = time.Now()
	return n, err
}

// begun waits for the first byte of what comes next and returns when it
// arrived; an error shows when it is read.
func (w *wire) begun() time.Time {
	_, _ = w.in.Peek(1)
	return w.arrived
}

// farewellWait is how long TLS may take to say that it closes.
const farewellWait = 500 * time.Millisecond

// hangUp closes the connection. TLS says goodbye first, for five seconds where
// the far end does not read; that is too long for somebody who wants to go.
func (w *wire) hangUp() {
	if layer, ok := w.conn.(*tls.Conn); ok {
		enough := time.AfterFunc(farewellWait, func() { layer.NetConn().Close() })
		defer enough.Stop()
	}
	w.conn.Close()
}

// line reads one line without its line end, at most MaxLine bytes of it. The
// bytes are good until the next call. At the end of the stream a last line
// without line end comes back with io.ErrUnexpectedEOF.
func (w *wire) line() (text []byte, cut int, flaws Flaw, err error) {
	text, err = w.in.ReadSlice('\n')
	if errors.Is(err, bufio.ErrBufferFull) {
		text = bytes.Clone(text)
		cut, err = w.skipLine()
		flaws |= FlawTooLong
	}
	if err != nil {
		if len(text) > 0 && errors.Is(err, io.EOF) {
			err = io.ErrUnexpectedEOF
		}
		return text, cut, flaws, err
	}
	if cut == 0 {
		text = text[:len(text)-1]
		if n := len(text); n > 0 && text[n-1] == '\r' {
			text = text[:n-1]
		} else {
			flaws |= FlawBareLF
		}
	}
	return text, cut, flaws | flawsWithin(text), nil
}

// skipLine reads to the end of the line and counts what it drops, the line end
// not included. A line without end is passed on in pieces, so that it is noticed.
func (w *wire) skipLine() (dropped int, err error) {
	for {
		part, err := w.in.ReadSlice('\n')
		dropped += len(part)
		switch {
		case !errors.Is(err, bufio.ErrBufferFull):
			return max(1, dropped-len("\r\n")), err
		case dropped > EndlessBytes:
			return dropped, nil
		}
	}
}

func flawsWithin(text []byte) (flaws Flaw) {
	if bytes.IndexByte(text, '\r') >= 0 {
		flaws |= FlawBareCR
	}
	if bytes.IndexByte(text, 0) >= 0 {
		flaws |= FlawNUL
	}
	return flaws
}

// literal reads exactly n bytes, at most MaxReplyBytes.
func (w *wire) literal(n int) ([]byte, error) {
	if n > MaxReplyBytes {
		return nil, errLiteral
	}
	data := make([]byte, n)
	n, err := io.ReadFull(w.in, data)
	return data[:n], err
}

var errLiteral = errors.New("a literal over the bound of a reply")

// lineReady reports whether a whole line can be read without waiting.
func (w *wire) lineReady() bool {
	ready, _ := w.in.Peek(w.in.Buffered())
	return bytes.IndexByte(ready, '\n') >= 0
}

// block returns the whole lines that have arrived, up to one that is not clean,
// and where each ends, its CRLF included. They are good until the next read, and
// stay to be read until they are skipped.
func (w *wire) block() (lines []byte, ends []uint32) {
	ready, _ := w.in.Peek(w.in.Buffered())
	if w.ends = cleanLines(w.ends[:0], ready); len(w.ends) == 0 {
		return nil, nil
	}
	return ready[:w.ends[len(w.ends)-1]], w.ends
}

// fill waits for more of a line that is not whole, and reports whether there is
// more; not when it is whole, or too long.
func (w *wire) fill() bool {
	if w.lineReady() {
		return false
	}
	_, err := w.in.Peek(w.in.Buffered() + 1)
	return err == nil
}

// skip takes n bytes that have arrived as read.
func (w *wire) skip(n int) { _, _ = w.in.Discard(n) }

// unread returns what has arrived and was not read: before a TLS handshake it
// must be nothing.
func (w *wire) unread() []byte {
	ready, _ := w.in.Peek(w.in.Buffered())
	return bytes.Clone(ready)
}
