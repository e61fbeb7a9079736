package practice

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"strings"
	"time"
)

const defaultPatience = 10 * time.Second

// stage is a dialogue being played.
type stage struct {
	*Dialogue
	raw  *patient
	wire *wire
	over bool // hung up as the dialogue says
}

// Play plays the dialogue over a connection and closes it. The error is an
// *UnlikeError for the first line that was unlike, else one of the connection.
func (d *Dialogue) Play(conn net.Conn) error {
	defer conn.Close()
	patience := positive(d.Patience, defaultPatience)
	raw := &patient{conn, patience}
	p := &stage{Dialogue: d, raw: raw, wire: newWire(raw)}
	for _, next := range d.turns {
		if err := p.turn(next); err != nil {
			return err
		}
	}
	if p.over {
		return nil
	}
	return p.farewell()
}

func (p *stage) turn(next turn) error {
	switch next.does {
	case turnSay:
		return p.blame(next, p.say(next.text))
	case turnExpect:
		return p.expect(next)
	case turnTLS:
		return p.blame(next, p.encrypt())
	case turnWait:
		p.wait(next.pause)
		return nil
	case turnReset:
		p.over = true
		reset(p.raw.Conn)
		return nil
	}
	p.over = true
	return p.wire.conn.Close()
}

// blame names the line at which the connection failed.
func (p *stage) blame(at turn, err error) error {
	if err == nil {
		return nil
	}
	return &UnlikeError{File: p.Name, Line: at.number, Want: at.String(), Err: err}
}

// say writes in one write.
func (p *stage) say(text string) error {
	if err := p.wire.conn.SetWriteDeadline(time.Now().Add(positive(p.Patience, defaultPatience))); err != nil {
		return err
	}
	_, err := io.WriteString(p.wire.conn, text)
	return err
}

// expect reads a line of the client, its end included: CRLF and no other.
func (p *stage) expect(want turn) error {
	got, err := p.line()
	if err != nil {
		return p.blame(want, err)
	}
	text, ended := strings.CutSuffix(got, "\r\n")
	if ended && like(strings.Split(want.text, wildcard), text) {
		return nil
	}
	return &UnlikeError{File: p.Name, Line: want.number, Want: want.text, Got: got}
}

// line reads up to LF, within the bound of a line.
func (p *stage) line() (string, error) {
	part, err := p.wire.r.ReadSlice('\n')
	switch {
	case err == nil:
		return string(part), nil
	case errors.Is(err, io.EOF) && len(part) > 0:
		return string(part), fmt.Errorf("the client left in mid-line, after %q: %w", part, err)
	case errors.Is(err, io.EOF):
		return "", fmt.Errorf("the client left: %w", err)
	case errors.Is(err, os.ErrDeadlineExceeded):
		return "", fmt.Errorf("the client said nothing in time: %w", err)
	}
	return "", err
}

// encrypt changes to TLS; the client must not have spoken ahead of it.
func (p *stage) encrypt() error {
	if here := p.wire.r.Buffered(); here > 0 {
		return fmt.Errorf("the client said %d bytes in clear text before TLS", here)
	}
	config, err := p.identity.config(p.names())
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), positive(p.Patience, defaultPatience))
	defer cancel()
	conn := tls.Server(p.wire.conn, config)
	if err := conn.HandshakeContext(ctx); err != nil {
		return err
	}
	p.wire = newWire(conn)
	return nil
}

// wait stays silent. A client that speaks meanwhile is heard later; one that
// leaves ends the wait.
func (p *stage) wait(pause time.Duration) {
	end := time.Now().Add(pause)
	patience := p.raw.idle
	defer func() { p.raw.idle = patience }()
	for rest := pause; rest > 0; rest = time.Until(end) {
		p.raw.idle = rest
		if _, err := p.wire.r.Peek(p.wire.r.Buffered() + 1); err != nil {
			return // the time is over, or the client left: the next line tells
		}
	}
}

// farewell waits for the client to hang up and say no more.
func (p *stage) farewell() error {
	last := p.turns[len(p.turns)-1]
	got, err := p.line()
	switch {
	case err == nil || got != "":
		return &UnlikeError{File: p.Name, Line: last.number, Want: "nothing after this line", Got: got}
	case errors.Is(err, os.ErrDeadlineExceeded):
		return &UnlikeError{File: p.Name, Line: last.number, Want: "the client to hang up after this line", Err: err}
	}
	return nil
}

// String returns the line as it stands in the file.
func (t turn) String() string {
	switch t.does {
	case turnSay:
		return "S: " + strings.TrimSuffix(t.text, "\r\n")
	case turnExpect:
		return t.text
	case turnTLS:
		return "TLS"
	case turnWait:
		return "WAIT " + t.pause.String()
	case turnReset:
		return "RESET"
	}
	return "CLOSE"
}
