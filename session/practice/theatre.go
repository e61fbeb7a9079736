package practice

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"sync"
)

// Theatre plays a dialogue once over TCP on loopback, for a client that wants
// to dial. Its zero value with a Dialogue is ready.
type Theatre struct {
	Dialogue *Dialogue

	ln      net.Listener
	unhook  func() bool
	waiting sync.WaitGroup
	err     error

	mu   sync.Mutex
	conn net.Conn
	shut bool
}

// Start listens on loopback and plays the dialogue to the first call. When the
// context ends, so does the play.
func (t *Theatre) Start(ctx context.Context) error {
	ln, err := net.Listen("tcp", anyPort)
	if err != nil {
		return err
	}
	t.ln = ln
	t.waiting.Go(t.play)
	t.unhook = context.AfterFunc(ctx, t.end)
	return nil
}

// Addr returns where it listens. Start comes first.
func (t *Theatre) Addr() netip.AddrPort { return addrOf(t.ln.Addr()) }

func (t *Theatre) play() {
	conn, err := t.ln.Accept()
	_ = t.ln.Close()
	if err != nil {
		t.err = errNobody
		return
	}
	t.mu.Lock()
	t.conn = conn
	shut := t.shut
	t.mu.Unlock()
	if shut {
		_ = conn.Close()
	}
	t.err = t.Dialogue.Play(conn)
}

var errNobody = errors.New("nobody called")

// end cuts everything off.
func (t *Theatre) end() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.shut = true
	_ = t.ln.Close()
	if t.conn != nil {
		_ = t.conn.Close()
	}
}

// Wait returns when the play is over, with what Play says.
func (t *Theatre) Wait() error {
	t.waiting.Wait()
	return t.err
}

// Close cuts a play that is not over off, waits, and returns what Play
// says. Before Start it does nothing.
func (t *Theatre) Close() error {
	if t.ln == nil {
		return nil
	}
	t.unhook()
	t.end()
	return t.Wait()
}
