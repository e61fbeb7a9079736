package postbox

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"time"
)

// Bounds of what is read and written.
const (
	maxLine    = 16 << 10 // of a command without its literals
	maxLiteral = 64 << 10 // of one literal
	maxCommand = 256 << 10
	writeTime  = time.Minute // for one write; a client that reads nothing is left
)

var (
	errLong    = errors.New("line too long")
	errLiteral = errors.New("literal too long")
	errFlood   = errors.New("literal too long, and on its way")
)

// wire is the bytes of a conversation: commands in, responses out.
type wire struct {
	conn net.Conn
	r    *bufio.Reader
	w    *bufio.Writer
	idle time.Duration
}

func newWire(conn net.Conn, idle time.Duration) *wire {
	return &wire{conn: conn, r: bufio.NewReader(conn), w: bufio.NewWriter(conn), idle: idle}
}

// line reads a line and takes its end off. One beyond the bound is read to its
// end.
func (w *wire) line() (string, error) {
	if err := w.flush(); err != nil {
		return "", err
	}
	_ = w.conn.SetReadDeadline(time.Now().Add(w.idle))
	var line []byte
	long := false
	for {
		part, err := w.r.ReadSlice('\n')
		if long = long || len(line)+len(part) > maxLine; !long {
			line = append(line, part...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
		case err != nil:
			return "", err
		case long:
			return "", errLong
		default:
			return strings.TrimSuffix(strings.TrimSuffix(string(line), "\n"), "\r"), nil
		}
	}
}

// command reads a command with its literals, each of which follows its count
// after a line end (RFC 3501 section 4.3).
func (w *wire) command() (string, error) {
	whole := ""
	for {
		line, err := w.line()
		if err != nil {
			return tagOf(whole + line), err
		}
		whole += line
		n, free, counted := count(line)
		if !counted {
			return whole, nil
		}
		switch tooLong := n > maxLiteral || len(whole)+n > maxCommand; {
		case tooLong && free:
			return "", errFlood
		case tooLong:
			return tagOf(whole), errLiteral
		}
		if !free {
			w.say("+ go on")
			if err := w.flush(); err != nil {
				return "", err
			}
		}
		literal := make([]byte, n)
		if _, err := io.ReadFull(w.r, literal); err != nil {
			return "", err
		}
		whole += "\r\n" + string(literal)
	}
}

func tagOf(line string) string {
	tag, _, _ := strings.Cut(line, " ")
	return tag
}

// count reads the count of a literal at the end of a line; free where the
// client waits for no leave (RFC 7888).
func count(line string) (n int, free, counted bool) {
	at := strings.LastIndexByte(line, '{')
	if at < 0 || !strings.HasSuffix(line, "}") {
		return 0, false, false
	}
	digits, free := strings.CutSuffix(line[at+1:len(line)-1], "+")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 0 || digits[0] == '+' || digits[0] == '-' {
		return 0, false, false
	}
	return n, free, true
}

// say writes one line.
func (w *wire) say(format string, args ...any) {
	fmt.Fprintf(w.w, format, args...)
	_, _ = w.w.WriteString("\r\n") // flush tells what is wrong
}

func (w *wire) flush() error {
	_ = w.conn.SetWriteDeadline(time.Now().Add(writeTime))
	err := w.w.Flush()
	_ = w.conn.SetWriteDeadline(time.Time{})
	return err
}
