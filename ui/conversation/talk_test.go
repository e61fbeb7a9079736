package conversation

import (
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"ehlo/session"
	"ehlo/session/smtp"
)

// player turns a dialogue of testdata into the events of a session.
type player struct {
	t       testing.TB
	dialect smtp.Dialect
	state   session.State
	events  []session.Event
	now     time.Time
	waiting []told
	lines   []session.HeardLine
	id      session.ID
	late    string // the answer that comes next is a late one to this line
	unasked bool
}

// told is a line that waits for its answer.
type told struct {
	id      session.ID
	command session.Command
	took    time.Duration
}

// play reads dialogues, one after the other.
func play(t testing.TB, names ...string) []session.Event {
	t.Helper()
	p := &player{t: t, now: time.Unix(1178608504, 0)}
	p.state = p.dialect.Start()
	for _, name := range names {
		text, err := os.ReadFile(filepath.Join("testdata", name+".dialog"))
		if err != nil {
			t.Fatal(err)
		}
		for line := range strings.Lines(string(text)) {
			p.line(strings.TrimSuffix(line, "\n"))
		}
	}
	return p.events
}

func (p *player) stamp() session.Stamp {
	p.now = p.now.Add(time.Millisecond)
	return session.Stamp{At: p.now}
}

func (p *player) add(e session.Event) { p.events = append(p.events, e) }

func (p *player) line(line string) {
	verb, rest, _ := strings.Cut(line, " ")
	switch {
	case strings.HasPrefix(line, "#"):
	case verb == "S:":
		p.hear(rest)
	case verb == "C:":
		p.say(rest, 0)
	case verb == "C":
		took, text, _ := strings.Cut(rest, ": ")
		p.say(text, p.duration(took))
	case verb == "connect":
		p.connect(rest)
	case verb == "encrypt":
		p.state = p.state.Encrypted()
		p.add(session.Began{Stamp: p.stamp(), Stage: session.StageTLS})
		p.add(session.Passed{
			Stamp: p.stamp(), Stage: session.StageTLS, Took: 120 * time.Millisecond,
			TLS: &session.Encryption{Version: rest, Trusted: true}, State: p.state,
		})
	case verb == "body":
		p.body(rest)
	case line == "give up":
		p.add(session.GaveUp{Stamp: p.stamp(), To: p.waiting[0].command})
	case verb == "late":
		p.late = rest
	case verb == "unasked":
		p.unasked = true
	case verb == "end":
		p.add(session.Ended{Stamp: p.stamp(), Cause: &session.Cause{Why: session.Why(rest)}, State: p.state})
	default:
		p.t.Fatalf("dialogue: %q", line)
	}
}

func (p *player) duration(text string) time.Duration {
	d, err := time.ParseDuration(text)
	if err != nil {
		p.t.Fatal(err)
	}
	return d
}

func (p *player) connect(rest string) {
	addr, took, _ := strings.Cut(rest, " ")
	to := netip.MustParseAddrPort(addr)
	p.add(session.Began{Stamp: p.stamp(), Stage: session.StageConnect, Addr: to})
	p.add(session.Passed{Stamp: p.stamp(), Stage: session.StageConnect, Addr: to, Took: p.duration(took), State: p.state})
	p.add(session.Began{Stamp: p.stamp(), Stage: session.StageGreeting, Addr: to})
}

func (p *player) say(line string, took time.Duration) {
	command := p.dialect.Parse(line, p.state).Shown()
	p.state = p.state.Sent(command)
	p.id++
	if command.Answers > 0 {
		p.waiting = append(p.waiting, told{p.id, command, took})
	}
	stuffed := command.Effect == session.EffectText && strings.HasPrefix(line, ".")
	p.add(session.Said{Stamp: p.stamp(), ID: p.id, Command: command, Stuffed: stuffed, State: p.state})
}

// hear takes a line of the server, and tells the whole reply after its last.
func (p *player) hear(line string) {
	p.lines = append(p.lines, session.HeardLine{Text: line, First: len(p.lines) == 0})
	if len(line) > 3 && line[3] == '-' {
		return
	}
	framer := p.dialect.Frame(p.state)
	for _, line := range p.lines {
		framer.Take([]byte(line.Text), 0)
	}
	reply := framer.Reply()
	to, late := p.answering(), p.late != ""
	p.state = p.state.Heard(reply)
	p.add(session.Heard{Stamp: p.stamp(), To: to.command, Lines: p.lines, Unasked: p.unasked, Late: late})
	p.add(session.Answered{
		Stamp: p.stamp(), Reply: reply, To: to.command, ToID: to.id, Took: to.took,
		Unasked: p.unasked, Late: late, State: p.state,
	})
	if !p.unasked && to.id == 0 {
		p.add(session.Passed{Stamp: p.stamp(), Stage: session.StageGreeting, State: p.state})
	}
	p.lines, p.late, p.unasked = nil, "", false
}

// answering returns what the next reply answers: the oldest line that waits,
// nothing for the greeting.
func (p *player) answering() (to told) {
	if len(p.waiting) == 0 {
		return told{}
	}
	to, p.waiting = p.waiting[0], p.waiting[1:]
	return to
}

func (p *player) body(name string) {
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		p.t.Fatal(err)
	}
	head := strings.ReplaceAll(string(text), "\n", "\r\n")
	p.id++
	p.add(session.BodyBegan{Stamp: p.stamp(), ID: p.id, Length: int64(len(head))})
	p.add(session.BodyMoved{Stamp: p.stamp(), Bytes: 100, Length: int64(len(head))})
	p.add(session.BodyEnded{Stamp: p.stamp(), ID: p.id, Bytes: int64(len(head)), Head: []byte(head), Finished: true})
}

// flood is n lines in answers of a hundred.
func flood(n int) (events []session.Event) {
	stamp, help := session.Stamp{At: time.Unix(1178608504, 0)}, session.Command{Verb: "HELP", Line: "HELP", Answers: 1}
	for begin := 0; begin < n; begin += 100 {
		h := session.Heard{Stamp: stamp, To: help}
		for i := range min(100, n-begin) {
			h.Lines = append(h.Lines, session.HeardLine{Text: fmt.Sprintf("250-line %d of a long list of lines", begin+i), First: i == 0})
		}
		events = append(events, h, session.Answered{Stamp: stamp, To: help, Reply: session.Reply{Class: session.Yes}})
	}
	return events
}
