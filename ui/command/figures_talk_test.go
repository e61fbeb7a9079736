//go:build figures && linux

package command_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"ehlo/session"
	"ehlo/session/transcript"
	"ehlo/session/transcript/journal"
	"ehlo/ui/conversation"
	"ehlo/ui/screentest"
	"ehlo/ui/theme"
)

const million = 1_000_000

// TestFiguresTalk measures long conversations: the built program in a pty
// against a server that talks as fast as it is heard. Nothing is passed or
// failed by what it prints.
func TestFiguresTalk(t *testing.T) {
	f := &talkFigures{t: t, ehlo: screentest.Build(t, "ehlo"), server: newFlood(t)}
	f.shown()
	f.perLine()
	f.flood()
	f.held()
	f.inMemory()
}

type talkFigures struct {
	t      *testing.T
	ehlo   string
	server *flood
}

// shown compares a reply of a million lines, from the key to the frame with
// its last line, with the same bytes through a pipe to cat; and tells what it
// costs in memory and in bytes to the terminal.
func (f *talkFigures) shown() {
	var ehlo, null, terminal []time.Duration
	for range 5 {
		null = append(null, f.cat(false))
		terminal = append(terminal, f.cat(true))
		run := f.start()
		before, begun := run.wrote(), time.Now()
		run.ask("HELP 1000000", "214 the end of 1000000")
		ehlo = append(ehlo, time.Since(begun))
		f.tell(run, before, len(ehlo) == 5)
		run.end()
	}
	show("a reply of 1,000,000 lines / piped to cat", median(ehlo), median(null), "goal 5, aim 2.5")
	show("the same / piped to cat on the terminal", median(ehlo), median(terminal), "")
}

func (f *talkFigures) tell(run *rawRun, before int64, last bool) {
	if !last {
		return
	}
	share := float64(run.wrote()-before) / float64(len(f.server.reply(million))) * 100
	fmt.Printf("%-44s %9.2f %%   goal 5\n", "bytes to the terminal of bytes received", share)
	fmt.Printf("%-44s %9.2f MB  goal 100, aim 32\n", "peak memory, 1,000,000 lines", float64(run.status("VmHWM:"))/1024)
}

// cat times the same bytes through a pipe to cat.
func (f *talkFigures) cat(onTerminal bool) time.Duration {
	f.t.Helper()
	cmd := exec.Command("cat")
	if onTerminal {
		master, slave, err := pty.Open()
		if err != nil {
			f.t.Fatal(err)
		}
		defer master.Close()
		go io.Copy(io.Discard, master)
		defer slave.Close()
		cmd.Stdout = slave
	}
	in, err := cmd.StdinPipe()
	if err != nil {
		f.t.Fatal(err)
	}
	reply := f.server.reply(million)
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		f.t.Fatal(err)
	}
	in.Write(reply)
	in.Close()
	if err := cmd.Wait(); err != nil {
		f.t.Fatal(err)
	}
	return time.Since(begun)
}

// perLine compares the processor time of a line at a million with that at ten
// thousand.
func (f *talkFigures) perLine() {
	var few, many []time.Duration
	for range 5 {
		run := f.start()
		begun := run.cpu()
		for i := range 10 {
			run.ask("HELP "+strconv.Itoa(10_000+i), "214 the end of "+strconv.Itoa(10_000+i))
		}
		few = append(few, (run.cpu()-begun)/100)
		run.end()
		run = f.start()
		begun = run.cpu()
		run.ask("HELP 1000000", "214 the end of 1000000")
		many = append(many, (run.cpu()-begun)/1000)
		run.end()
	}
	show("processor per 1000 lines, at 1e6 / at 1e4", median(many), median(few), "goal 1.3")
}

// flood tells how the screen answers keys while a server talks without end.
func (f *talkFigures) flood() {
	term := f.screen()
	term.Type("FLOOD")
	term.Press("Enter")
	term.WaitFor("214-")
	const watch = 4 * time.Second
	before := len(term.Raw())
	time.Sleep(watch)
	frames := bytes.Count(term.Raw()[before:], []byte("\x1b[?2026h"))
	fmt.Printf("%-44s %9.2f /s  goal 30\n", "screen updates under a flood", float64(frames)/watch.Seconds())
	waits := keys(term, 200)
	fmt.Printf("%-44s %9.2f ms p50 %6.2f ms worst of %d  goal 20, 50\n", "key to frame under a flood", ms(waits[len(waits)/2]), ms(waits[len(waits)-1]), len(waits))
	begun := time.Now()
	term.Press("Ctrl+]")
	term.WaitFor("Break:")
	fmt.Printf("%-44s %9.2f ms  goal 100\n", "Ctrl+] under a flood", ms(time.Since(begun)))
	term.Press("Ctrl+C", "Ctrl+C")
	term.Wait()
}

// held compares the time from a key to its frame with a million lines held
// and with a thousand.
func (f *talkFigures) held() {
	var many, few []time.Duration
	for range 2 {
		for _, side := range []struct {
			lines int
			waits *[]time.Duration
		}{{1000, &few}, {million, &many}} {
			term := f.screen()
			term.Type("HELP " + strconv.Itoa(side.lines))
			term.Press("Enter")
			term.WaitFor("214 the end")
			*side.waits = append(*side.waits, keys(term, 100)...)
			term.Press("Ctrl+C", "Ctrl+C")
			term.Wait()
		}
	}
	show("key to frame, 1e6 lines held / 1e3 held", median(many), median(few), "goal 1.2")
}

// keys types so many letters and returns, sorted, how long each took to be
// seen.
func keys(term *screentest.Terminal, n int) (waits []time.Duration) {
	typed := ""
	for i := range n {
		if i%40 == 0 {
			term.Press("Ctrl+U")
			term.WaitUntil("an empty prompt", func(rows []string) bool { return prompted(rows, "") })
			typed = ""
		}
		letter := string(rune('a' + i%26))
		typed += letter
		begun := time.Now()
		term.Press(letter)
		term.WaitUntil("the letter "+letter, func(rows []string) bool { return prompted(rows, typed) })
		waits = append(waits, time.Since(begun))
	}
	slices.Sort(waits)
	return waits
}

// prompted reports whether the prompt holds just a text.
func prompted(rows []string, text string) bool {
	row := strings.TrimPrefix(rows[len(rows)-3], " > ")
	held, _, _ := strings.Cut(row, " ")
	return held == text || text == "" && row == " >"
}

// inMemory times jumps and searches on the pane itself, its million lines in a
// journal.
func (f *talkFigures) inMemory() {
	file, err := journal.Create(f.t.TempDir(), time.Now())
	if err != nil {
		f.t.Fatal(err)
	}
	defer file.Close()
	talk := conversation.New(theme.New(theme.Options{}))
	talk.SetSize(80, 24)
	store := talk.Store()
	store.SpillTo(file, journal.MaxBytes)
	defer store.Close()
	fill(&talk, f.server.reply(million))
	var jumps []time.Duration
	for i := range 200 {
		begun := time.Now()
		talk.Look(i * 7919 * 131 % million)
		_ = talk.View()
		jumps = append(jumps, time.Since(begun))
	}
	slices.Sort(jumps)
	fmt.Printf("%-44s %9.2f ms p50 %6.2f ms worst of %d  goal 16\n", "a jump anywhere in 1,000,000 lines", ms(jumps[100]), ms(jumps[199]), len(jumps))
	var finds []time.Duration
	for range 11 {
		begun := time.Now()
		hit, err := store.NewSearch(transcript.Words("line 0765432 ")).Next(f.t.Context(), 0, false)
		if err != nil || hit.Total != 1 {
			f.t.Errorf("found %+v, %v", hit, err)
		}
		finds = append(finds, time.Since(begun))
	}
	fmt.Printf("%-44s %9.2f ms  goal 300, aim 80\n", "a search for a rare word through them", ms(median(finds)))
}

// fill lets a pane hear a reply, as a session tells it.
func fill(talk *conversation.Model, reply []byte) {
	var batch []session.HeardLine
	first := true
	for line := range strings.Lines(string(reply)) {
		batch = append(batch, session.HeardLine{Text: strings.TrimSuffix(line, "\r\n"), First: first})
		first = false
		if len(batch) == 1000 {
			talk.Append(session.Heard{Stamp: session.Stamp{At: time.Now()}, Lines: batch})
			talk.Store().Room()
			batch = nil
		}
	}
	talk.Append(session.Heard{Lines: batch}, session.Answered{Reply: session.Reply{Class: session.Yes, Code: 214}})
}

func median(values []time.Duration) time.Duration {
	slices.Sort(values)
	return values[len(values)/2]
}

// screen is the program in a terminal with an emulator, the line open.
func (f *talkFigures) screen() *screentest.Terminal {
	f.t.Helper()
	term := screentest.Start(f.t, screentest.Options{Deadline: time.Minute}, f.ehlo, f.server.addr)
	term.WaitFor("220 flood")
	return term
}

// rawRun is the program in a terminal that only counts: an emulator would be
// slower than what is measured.
type rawRun struct {
	t      *testing.T
	cmd    *exec.Cmd
	master *os.File
	seen   chan []byte
	bytes  atomic.Int64
	reader sync.WaitGroup
}

func (f *talkFigures) start() *rawRun {
	f.t.Helper()
	run := &rawRun{t: f.t, cmd: exec.Command(f.ehlo, f.server.addr), seen: make(chan []byte, 1<<16)}
	run.cmd.Env = append(os.Environ(), "TERM=xterm-256color", "XDG_STATE_HOME="+f.t.TempDir(), "CI=")
	master, err := pty.StartWithSize(run.cmd, &pty.Winsize{Rows: 24, Cols: 80})
	if err != nil {
		f.t.Fatal(err)
	}
	run.master = master
	run.reader.Go(run.read)
	run.until("220 flood")
	return run
}

func (r *rawRun) read() {
	defer close(r.seen)
	for {
		block := make([]byte, 64<<10)
		n, err := r.master.Read(block)
		if err != nil {
			return
		}
		r.bytes.Add(int64(n))
		r.seen <- block[:n]
	}
}

// until reads what is written up to some words.
func (r *rawRun) until(words string) {
	r.t.Helper()
	var tail []byte
	deadline := time.After(time.Minute)
	for !bytes.Contains(tail, []byte(words)) {
		tail = tail[max(0, len(tail)-len(words)):]
		select {
		case block, open := <-r.seen:
			if !open {
				r.t.Fatalf("ended before %q", words)
			}
			tail = append(tail, block...)
		case <-deadline:
			r.t.Fatalf("never showed %q", words)
		}
	}
}

// ask says a line and waits for the words that end its answer.
func (r *rawRun) ask(line, words string) {
	r.t.Helper()
	r.master.WriteString(line)
	r.until(line)
	r.master.WriteString("\r")
	r.until(words)
}

func (r *rawRun) wrote() int64 { return r.bytes.Load() }

// status reads a number of the process, in KiB.
func (r *rawRun) status(name string) (kib int64) {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", r.cmd.Process.Pid))
	_, after, _ := bytes.Cut(status, []byte(name))
	fmt.Sscan(string(after), &kib)
	return kib
}

// cpu is the processor time of all threads so far.
func (r *rawRun) cpu() (total time.Duration) {
	paths, _ := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/schedstat", r.cmd.Process.Pid))
	for _, path := range paths {
		text, _ := os.ReadFile(path)
		var ns int64
		fmt.Sscan(string(text), &ns)
		total += time.Duration(ns)
	}
	return total
}

func (r *rawRun) end() {
	r.cmd.Process.Signal(syscall.SIGTERM)
	r.cmd.Wait()
	r.master.Close()
	r.reader.Wait()
}

// flood is a server that answers HELP n with n lines and FLOOD without end, as
// fast as it is heard.
type flood struct {
	addr    string
	mu      sync.Mutex
	replies map[int][]byte
}

func newFlood(t *testing.T) *flood {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &flood{addr: ln.Addr().String(), replies: make(map[int][]byte)}
	f.reply(million) // made before anybody waits for it
	var talks sync.WaitGroup
	talks.Go(func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			talks.Go(func() { f.talk(conn) })
		}
	})
	t.Cleanup(func() { ln.Close(); talks.Wait() })
	return f
}

// reply is n lines of one answer.
func (f *flood) reply(n int) []byte {
	f.mu.Lock()
	defer f.mu.Unlock()
	if reply, made := f.replies[n]; made {
		return reply
	}
	var b bytes.Buffer
	for i := range n - 1 {
		fmt.Fprintf(&b, "214-line %07d of a long list of lines\r\n", i)
	}
	fmt.Fprintf(&b, "214 the end of %d\r\n", n)
	f.replies[n] = b.Bytes()
	return b.Bytes()
}

func (f *flood) talk(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	io.WriteString(conn, "220 flood\r\n")
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			return
		}
		verb, arg, _ := strings.Cut(strings.TrimSpace(line), " ")
		n, _ := strconv.Atoi(arg)
		switch verb {
		case "HELP":
			conn.Write(f.reply(max(n, 1)))
		case "FLOOD":
			pour(conn, f.reply(10_000))
			return
		default:
			io.WriteString(conn, "250 ok\r\n")
		}
	}
}

// pour writes the lines of a reply that never ends.
func pour(conn net.Conn, reply []byte) {
	lines := reply[:bytes.LastIndex(reply, []byte("214 "))]
	for {
		if _, err := conn.Write(lines); err != nil {
			return
		}
	}
}
