package ui

import (
	"context"
	"net"
	"net/netip"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/ansi"
	"github.com/miekg/dns"

	"ehlo/resolver"
	dnspractice "ehlo/resolver/practice"
	"ehlo/session"
	"ehlo/session/address"
	"ehlo/session/practice"
	"ehlo/session/probe"
	"ehlo/ui/theme"
)

// network is what a driven screen reaches: nothing but pipes.
type network struct {
	scenario string // that servers and names play, unless serve is given
	peer     *peer  // the server; nil and no scenario: a call is never taken

	doors practice.Scenario   // tells what a call to an address finds
	zone  *dnspractice.Zone   // nil: names are asked for, and never answered
	serve func(conn net.Conn) // holds one conversation
	asked atomic.Int32        // questions to the name service
	open  atomic.Int32        // those that still wait
	calls atomic.Int32
	over  chan struct{} // closed at the end
}

// set builds the servers, in the bubble: their timers are of it.
func (n *network) set(t *testing.T) {
	t.Helper()
	n.over = make(chan struct{})
	if n.peer != nil {
		n.serve = func(conn net.Conn) { n.peer.talk(conn, n.over) }
	}
	if n.scenario == "" {
		return
	}
	scenario, ok := practice.Find(n.scenario)
	zone, err := zoneFor(scenario)
	if !ok || err != nil {
		t.Fatalf("scenario %q: %v", n.scenario, err)
	}
	n.zone, n.doors = zone, scenario
	if n.serve == nil {
		server := practice.New(scenario)
		n.serve = func(conn net.Conn) { server.Serve(paced{conn}) }
	}
}

// paced is a line on which a flood takes a microsecond for four bytes: without a speed the
// clock of the bubble would stand still in a flood.
type paced struct{ net.Conn }

func (p paced) Write(b []byte) (int, error) {
	if len(b) < 1<<10 {
		return p.Conn.Write(b) // an answer takes no time
	}
	time.Sleep(time.Duration(len(b)) * time.Microsecond / 4)
	return p.Conn.Write(b)
}

// dial is the way to the name service.
func (n *network) dial(context.Context, string, string) (net.Conn, error) {
	near, far := net.Pipe()
	n.asked.Add(1)
	n.open.Add(1)
	go func() {
		defer n.open.Add(-1)
		defer far.Close()
		n.name(far)
	}()
	return near, nil
}

// name answers questions until the other side has gone.
func (n *network) name(conn net.Conn) {
	buffer := make([]byte, 4096)
	for {
		size, err := conn.Read(buffer)
		if err != nil {
			return
		}
		asked := new(dns.Msg)
		if asked.Unpack(buffer[:size]) != nil || n.zone == nil {
			continue
		}
		if packed, err := n.zone.Answer(asked).Pack(); err == nil {
			conn.Write(packed)
		}
	}
}

// reach is the way to mail servers.
func (n *network) reach(ctx context.Context, addr netip.AddrPort) (net.Conn, error) {
	n.calls.Add(1)
	port, known := n.doors.PortAt(addr)
	switch {
	case port.Door == practice.DoorRefuse, n.scenario != "" && !known && !addr.Addr().IsLoopback():
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: syscall.ECONNREFUSED}
	case n.serve == nil, port.Door == practice.DoorNeverAnswer:
		<-ctx.Done()
		return nil, ctx.Err()
	}
	near, far := net.Pipe()
	go n.serve(far)
	return near, nil
}

// drive is a screen without a terminal, in a bubble of synctest: its commands
// run in goroutines, what they bring is fed back, and time is that of the
// bubble. After every message the screen must be drawn whole.
type drive struct {
	*Model
	t     *testing.T
	net   *network
	inbox chan tea.Msg
	over  chan struct{}
	quit  bool // tea.Quit has come
}

// drives walks a screen of 80x24 that is about target; setup may change the
// config first.
func drives(t *testing.T, target string, n *network, walk func(*drive), setup ...func(*Config)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		n.set(t)
		ctx, cancel := context.WithCancel(t.Context())
		config := Config{
			Way: probe.Probe{
				Resolver: resolver.New(resolver.Options{Servers: []string{"10.50.128.52"}, Dial: n.dial}),
				Options:  session.Options{Reach: n.reach},
			},
			Port: 25, Hello: "pc17.example.org", Theme: theme.Options{NoColor: true},
		}
		if target != "" {
			var err error
			if config.Target, err = address.ParseTarget(target); err != nil {
				t.Fatal(err)
			}
		}
		for _, change := range setup {
			change(&config)
		}
		d := &drive{Model: New(ctx, config), t: t, net: n, inbox: make(chan tea.Msg), over: make(chan struct{})}
		defer func() {
			close(d.over)
			close(n.over)
			d.close()
			cancel()
			time.Sleep(5 * time.Second) // the clock of the screen runs out, and a slow server
		}()
		d.take(tea.WindowSizeMsg{Width: 80, Height: 24})
		d.run(d.Init())
		d.settle()
		walk(d)
	})
}

// run runs a command and feeds back what it brings.
func (d *drive) run(cmd tea.Cmd) {
	if cmd == nil {
		return
	}
	go func() {
		msg := cmd()
		select {
		case d.inbox <- msg:
		case <-d.over:
		}
	}()
}

// take gives the screen one message, as bubbletea does.
func (d *drive) take(msg tea.Msg) {
	switch msg := msg.(type) {
	case nil:
		return
	case tea.BatchMsg:
		for _, cmd := range msg {
			d.run(cmd)
		}
		return
	case tea.QuitMsg:
		d.quit = true
		return
	}
	_, cmd := d.Update(msg)
	d.drawn()
	d.run(cmd)
}

// drawn holds the frame against its size.
func (d *drive) drawn() {
	d.t.Helper()
	if d.leaving.quit {
		return
	}
	if problem := misdrawn(d.Model); problem != "" {
		d.t.Fatalf("%s\n%s", problem, ansi.Strip(d.View()))
	}
}

// settle feeds back all that comes without time passing.
func (d *drive) settle() {
	for {
		synctest.Wait()
		select {
		case msg := <-d.inbox:
			d.take(msg)
		default:
			return
		}
	}
}

// wait lets time pass.
func (d *drive) wait(total time.Duration) {
	const step = 50 * time.Millisecond
	for ; total > 0; total -= step {
		time.Sleep(min(step, total))
		d.settle()
	}
}

// press presses keys by the names that bindings have: "enter", "ctrl+]", "f5".
func (d *drive) press(names ...string) {
	d.t.Helper()
	for _, name := range names {
		d.take(keyOf(d.t, name))
		d.settle()
	}
}

// types types text and then Enter, which waits until an offer is old enough to
// be sent.
func (d *drive) types(lines ...string) {
	d.t.Helper()
	for _, line := range lines {
		d.wait(200 * time.Millisecond)
		d.letters(line)
		d.press("enter")
	}
}

// letters types text and no more.
func (d *drive) letters(text string) {
	for _, r := range text {
		d.take(letter(r))
	}
	d.settle()
}

func letter(r rune) tea.KeyMsg {
	if r == ' ' {
		return tea.KeyMsg{Type: tea.KeySpace, Runes: []rune{r}}
	}
	return tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}}
}

// keyOf finds the key that bubbletea names so.
func keyOf(t *testing.T, name string) tea.KeyMsg {
	t.Helper()
	plain, alt := strings.CutPrefix(name, "alt+")
	if len([]rune(plain)) == 1 {
		msg := letter([]rune(plain)[0])
		msg.Alt = alt
		return msg
	}
	for kind := tea.KeyType(-120); kind < 128; kind++ {
		msg := tea.KeyMsg{Type: kind, Alt: alt}
		if kind != tea.KeyRunes && msg.String() == name {
			return msg
		}
	}
	t.Fatalf("bubbletea knows no key %q", name)
	return tea.KeyMsg{}
}

// screen is the frame as plain text.
func (d *drive) screen() string { return ansi.Strip(d.View()) }

// shows fails the test unless the frame shows each text on a row.
func (d *drive) shows(texts ...string) {
	d.t.Helper()
	for _, text := range texts {
		if !strings.Contains(d.screen(), text) {
			d.t.Fatalf("not shown: %q\n%s", text, d.screen())
		}
	}
}

// hides fails the test if the frame shows a text.
func (d *drive) hides(texts ...string) {
	d.t.Helper()
	for _, text := range texts {
		if strings.Contains(d.screen(), text) {
			d.t.Fatalf("shown: %q\n%s", text, d.screen())
		}
	}
}

// said is the talk, line by line, whatever of it is on the screen.
func (d *drive) said() (lines []string) {
	store := d.talk.Store()
	for i := store.Dropped(); i < store.Dropped()+store.Len(); i++ {
		if text := store.At(i).Text; text != "" {
			lines = append(lines, text)
		}
	}
	return lines
}

// hears fails the test unless each line stands in the talk, in this order.
func (d *drive) hears(lines ...string) {
	d.t.Helper()
	said := d.said()
	for _, line := range said {
		if len(lines) > 0 && strings.Contains(line, lines[0]) {
			lines = lines[1:]
		}
	}
	if len(lines) > 0 {
		d.t.Fatalf("%q was not said, or not in this order:\n%s", lines[0], strings.Join(said, "\n"))
	}
}

// misdrawn tells what is wrong with the size of a frame, "" if nothing.
func misdrawn(m *Model) string {
	rows := strings.Split(m.View(), "\n")
	if len(rows) != m.height {
		return "wrong number of rows"
	}
	for _, row := range rows {
		if ansi.StringWidth(row) > m.width {
			return "too wide: " + row
		}
	}
	return ""
}

// peer is a server that answers by verb, and not at all where it has no
// answer. After a 354 it takes nothing more.
type peer struct {
	banner  string
	answers map[string]string
	got     atomic.Value // the last line, a string
}

// talk holds one conversation.
func (p *peer) talk(conn net.Conn, over <-chan struct{}) {
	defer conn.Close()
	if p.banner != "" {
		conn.Write([]byte(p.banner + "\r\n"))
	}
	buffer := make([]byte, 4096)
	for {
		n, err := conn.Read(buffer)
		if err != nil {
			return
		}
		line := strings.TrimSpace(string(buffer[:n]))
		p.got.Store(line)
		verb, _, _ := strings.Cut(line, " ")
		answer := p.answers[verb]
		if answer == "" {
			continue
		}
		conn.Write([]byte(answer + "\r\n"))
		if strings.HasPrefix(answer, "354") {
			<-over
			return
		}
	}
}
