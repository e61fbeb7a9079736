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
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"ehlo/ui/screentest"
)

// TestFigures measures the built program and prints a table; .ci/figures runs
// it. Each figure is a median, each ratio of one run, the two sides in turns.
// Nothing is passed or failed by them.
func TestFigures(t *testing.T) {
	f := newFigures(t)
	fmt.Printf("%-44s %12s %12s %6s\n", "figure", "ehlo", "base", "ratio")
	for _, part := range []struct {
		name    string
		measure func()
	}{{"start", f.start}, {"throughput", f.throughput}, {"memory", f.memory}, {"many", f.many}, {"screen", f.screen}} {
		t.Run(part.name, func(t *testing.T) {
			f.t = t
			part.measure()
		})
	}
}

// figures is one run of the measurements.
type figures struct {
	t                *testing.T
	ehlo, line, pour string
	sink             *pit
	dir              string
}

func newFigures(t *testing.T) *figures {
	f := &figures{t: t, dir: t.TempDir(), sink: newPit(t)}
	f.ehlo = screentest.Build(t, "ehlo")
	f.line = screentest.Build(t, "ehlo/ui/command/testdata/figures/line")
	f.pour = screentest.Build(t, "ehlo/ui/command/testdata/figures/pour")
	return f
}

func show(name string, value, base time.Duration, goal string) {
	fmt.Printf("%-44s %9.2f ms %9.2f ms %6.2f  %s\n", name, ms(value), ms(base), float64(value)/float64(base), goal)
}

func ms(d time.Duration) float64 { return float64(d) / float64(time.Millisecond) }

// start compares a whole tiny send, start to exit, with the start of a program
// that prints one line.
func (f *figures) start() {
	send, line := f.inTurns(31, f.command("--body=hello"), func() *exec.Cmd { return exec.Command(f.line) })
	show("tiny send / a program that prints a line", send, line, "goal 4")
	version, line := f.inTurns(31, func() *exec.Cmd { return exec.Command(f.ehlo, "version") }, func() *exec.Cmd { return exec.Command(f.line) })
	show("version / the same", version, line, "")
}

// throughput compares sending a file with pouring the same bytes, ready for
// the wire.
func (f *figures) throughput() {
	const size = 100 << 20
	file, ready := f.lines(size, "\n"), f.lines(size, "\r\n")
	send, pour := f.inTurns(9, f.command("--data="+file),
		func() *exec.Cmd { return exec.Command(f.pour, f.sink.addr, ready) })
	show("send --data, 100 MB / the bytes poured", send, pour, "goal 2.6")
}

// memory tells the peak of the resident set, read when the dot arrives.
func (f *figures) memory() {
	for _, size := range []int64{1 << 20, 100 << 20, 1 << 30} {
		file := f.lines(size, "\n")
		var peaks []int
		for range 3 {
			f.run(f.command("--data=" + file)())
			peaks = append(peaks, int(f.sink.peak.Load()))
		}
		os.Remove(file)
		slices.Sort(peaks)
		fmt.Printf("%-44s %9.2f MB\n", fmt.Sprintf("peak memory, send --data of %d MB", size>>20), float64(peaks[1])/1024)
	}
}

// command makes a send to the sink.
func (f *figures) command(args ...string) func() *exec.Cmd {
	return func() *exec.Cmd {
		return exec.Command(f.ehlo, append([]string{
			"send", "--quiet", "--server=" + f.sink.addr, "--from=me@example.com", "--to=anna@example.org",
		}, args...)...)
	}
}

// inTurns runs two commands n times each, one after the other, and returns the
// medians of their times.
func (f *figures) inTurns(n int, one, other func() *exec.Cmd) (first, second time.Duration) {
	f.run(one())
	f.run(other())
	var ones, others []time.Duration
	for range n {
		ones = append(ones, f.run(one()))
		others = append(others, f.run(other()))
	}
	slices.Sort(ones)
	slices.Sort(others)
	return ones[n/2], others[n/2]
}

func (f *figures) run(cmd *exec.Cmd) time.Duration {
	f.t.Helper()
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		f.t.Fatal(err)
	}
	f.sink.pid.Store(int64(cmd.Process.Pid))
	if err := cmd.Wait(); err != nil {
		f.t.Fatalf("%v: %v", cmd, err)
	}
	return time.Since(begun)
}

// lines writes a file of base64-like lines.
func (f *figures) lines(size int64, end string) string {
	f.t.Helper()
	line := strings.Repeat("QUJDREVGR0hJSktMTU5P", 4)[:76] + end
	block := []byte(strings.Repeat(line, 1000))
	path := filepath.Join(f.dir, fmt.Sprintf("%d-%d.eml", size, len(end)))
	file, err := os.Create(path)
	if err != nil {
		f.t.Fatal(err)
	}
	defer file.Close()
	for written := int64(0); written < size; written += int64(len(block)) {
		if _, err := file.Write(block); err != nil {
			f.t.Fatal(err)
		}
	}
	return path
}

// pit is a mail server that takes all and keeps nothing, as fast as it can.
type pit struct {
	addr string
	pid  atomic.Int64 // the client
	peak atomic.Int64 // KiB, of the last client when its dot came
}

func newPit(t *testing.T) *pit {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &pit{addr: ln.Addr().String()}
	var talks sync.WaitGroup
	talks.Go(func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			talks.Go(func() { p.talk(conn) })
		}
	})
	t.Cleanup(func() { ln.Close(); talks.Wait() })
	return p
}

func (p *pit) talk(conn net.Conn) {
	defer conn.Close()
	in := bufio.NewReader(conn)
	io.WriteString(conn, "220 pit\r\n")
	for {
		line, err := in.ReadString('\n')
		switch {
		case err != nil:
			return
		case strings.HasPrefix(line, "QUIT"):
			io.WriteString(conn, "221 bye\r\n")
			return
		case strings.HasPrefix(line, "DATA"):
			io.WriteString(conn, "354 go\r\n")
			if !swallow(conn) {
				return
			}
			p.look()
		}
		io.WriteString(conn, "250 ok\r\n")
	}
}

// swallow reads to the dot. It looks only at the ends of what it reads: the
// messages of this file hold no line with a dot.
func swallow(conn net.Conn) bool {
	const dot = "\r\n.\r\n"
	block, tail := make([]byte, 256<<10), []byte("\r\n")
	for {
		n, err := conn.Read(block)
		if err != nil {
			return false
		}
		tail = append(tail, block[max(0, n-len(dot)):n]...)
		tail = tail[max(0, len(tail)-len(dot)):]
		if bytes.Equal(tail, []byte(dot)) {
			return true
		}
	}
}

// look reads the peak of the client's resident set. What the system reports
// after its end counts that of the process that started it, too.
func (p *pit) look() {
	status, _ := os.ReadFile(fmt.Sprintf("/proc/%d/status", p.pid.Load()))
	_, after, _ := bytes.Cut(status, []byte("VmHWM:"))
	var kib int64
	fmt.Sscan(string(after), &kib)
	p.peak.Store(kib)
}
