package practice

import (
	"bufio"
	"bytes"
	"errors"
	"net"
	"time"
)

// Bounds of what is read and written.
const (
	readBuffer = 32 << 10
	maxCommand = 12288       // of a command line (RFC 4954 section 4 asks for it)
	writeTime  = time.Minute // for one write; a client that reads nothing is left
)

// errLong is a line beyond its bound. It has been read to its end.
var errLong = errors.New("line too long")

// patient is a connection whose every read has a deadline. Writes get theirs
// in flush, so that TLS may set a shorter one for its goodbye.
type patient struct {
	net.Conn
	idle time.Duration
}

func (p *patient) Read(b []byte) (int, error) {
	_ = p.SetReadDeadline(time.Now().Add(p.idle)) // Read tells better what is wrong
	return p.Conn.Read(b)
}

// wire is the bytes of a conversation: lines in, replies out.
type wire struct {
	conn net.Conn
	r    *bufio.Reader
	w    *bufio.Writer
}

func newWire(conn net.Conn) *wire {
	return &wire{conn: conn, r: bufio.NewReaderSize(conn, readBuffer), w: bufio.NewWriter(conn)}
}

// line reads a line and takes its end off, be it CRLF or LF. Replies are held
// back while whole lines are waiting here: the answers to a group of commands
// leave together (RFC 2920 section 3.2).
func (w *wire) line(limit int) (string, error) {
	if !w.lineWaits() {
		if err := w.flush(); err != nil {
			return "", err
		}
	}
	var line []byte
	long := false
	for {
		part, err := w.r.ReadSlice('\n')
		if len(line)+len(part) > limit {
			long = true
		} else {
			line = append(line, part...)
		}
		if err == nil {
			break
		}
		if !errors.Is(err, bufio.ErrBufferFull) {
			return "", err
		}
	}
	if long {
		return "", errLong
	}
	return string(bytes.TrimSuffix(bytes.TrimSuffix(line, []byte("\n")), []byte("\r"))), nil
}

// lineWaits reports whether a whole line is here already.
func (w *wire) lineWaits() bool {
	here, _ := w.r.Peek(w.r.Buffered())
	return bytes.IndexByte(here, '\n') >= 0
}

// flush lets out what was said.
func (w *wire) flush() error {
	if w.w.Buffered() == 0 {
		return nil
	}
	if err := w.conn.SetWriteDeadline(time.Now().Add(writeTime)); err != nil {
		return err
	}
	return w.w.Flush()
}

// write says bytes; they leave with the next flush, or earlier when they are
// many.
func (w *wire) write(text string) error {
	if w.w.Available() < len(text) {
		if err := w.flush(); err != nil {
			return err
		}
		if err := w.conn.SetWriteDeadline(time.Now().Add(writeTime)); err != nil {
			return err
		}
	}
	_, err := w.w.WriteString(text)
	return err
}

// reset makes the close that follows an RST, where the connection is TCP.
func reset(conn net.Conn) {
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.SetLinger(0)
	}
	_ = conn.Close()
}

// closeHalf says that nothing more comes; where that cannot be said, it closes.
func closeHalf(conn net.Conn) {
	if tcp, ok := conn.(*net.TCPConn); ok {
		_ = tcp.CloseWrite()
		return
	}
	_ = conn.Close()
}
