//go:build figures && linux

package command_test

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime/pprof"
	"strings"
	"testing"

	"ehlo/ui/command"
	"ehlo/ui/screentest"
)

// network is a DNS server and a mail server on many addresses, each a process
// of its own, so that both sides of a figure find the same.
type network struct {
	dns           string
	clear, secure string // ports of the mail server; only the second offers STARTTLS
	authorities   string // the file of who signed its certificate
}

func newNetwork(t *testing.T) *network {
	n := &network{authorities: filepath.Join(t.TempDir(), "authorities.pem")}
	n.dns = serve(t, "zone")
	n.clear, n.secure, _ = strings.Cut(serve(t, "sink", n.authorities), " ")
	return n
}

// serve starts a program of testdata and returns the line that it prints.
func serve(t *testing.T, name string, args ...string) string {
	t.Helper()
	cmd := exec.Command(screentest.Build(t, "ehlo/ui/command/testdata/figures/"+name), args...)
	until, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { until.Close(); cmd.Wait() })
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return strings.TrimSpace(line)
}

// domains writes a file of so many targets.
func (f *figures) domains(count int) string {
	f.t.Helper()
	var text bytes.Buffer
	for i := range count {
		fmt.Fprintf(&text, "d%d.example\n", i)
	}
	path := filepath.Join(f.dir, fmt.Sprintf("domains-%d", count))
	if err := os.WriteFile(path, text.Bytes(), 0o600); err != nil {
		f.t.Fatal(err)
	}
	return path
}

// reading makes a command that reads a file as its input.
func (f *figures) reading(path, program string, args ...string) func() *exec.Cmd {
	return func() *exec.Cmd {
		cmd := exec.Command(program, args...)
		in, err := os.Open(path)
		if err != nil {
			f.t.Fatal(err)
		}
		f.t.Cleanup(func() { in.Close() })
		cmd.Stdin = in
		return cmd
	}
}

const manyTargets = 10_000

// many compares check and mx of many targets with the least that the same work
// can cost, and tells the memory of check.
func (f *figures) many() {
	net := newNetwork(f.t)
	hello := screentest.Build(f.t, "ehlo/ui/command/testdata/figures/hello")
	ask := screentest.Build(f.t, "ehlo/ui/command/testdata/figures/ask")
	domains := f.domains(manyTargets)

	mine, base := f.inTurns(9, f.reading(domains, f.ehlo, net.args("mx")...), f.reading(domains, ask, net.dns))
	show("mx of 10,000 domains / a bare loop", mine, base, "goal 2, aim 1.2")
	mine, base = f.inTurns(7, f.reading(domains, f.ehlo, net.args("check", "--port="+net.clear)...), f.reading(domains, hello, net.dns, net.clear))
	show("check of 10,000 domains / a bare program", mine, base, "goal 1.6, aim 1.25")
	mine, base = f.inTurns(5, f.reading(domains, f.ehlo, net.args("check", "--port="+net.secure, "--ca="+net.authorities)...),
		f.reading(domains, hello, net.dns, net.secure, net.authorities))
	show("the same with STARTTLS", mine, base, "goal 1.4")

	for _, count := range []int{manyTargets / 10, manyTargets} {
		peak := f.peak(f.domains(count), net.args("check", "--port="+net.secure, "--ca="+net.authorities)...)
		fmt.Printf("%-44s %9.2f MB  goal 100, flat\n", fmt.Sprintf("peak memory, check of %d with STARTTLS", count), float64(peak)/1024)
	}
}

func (n *network) args(name string, more ...string) []string {
	return append([]string{name, "--dns=" + n.dns, "-"}, more...)
}

// peak returns the peak of the resident set, in KiB, when all is answered and
// the input has not ended yet.
func (f *figures) peak(domains string, args ...string) int64 {
	f.t.Helper()
	text, err := os.ReadFile(domains)
	if err != nil {
		f.t.Fatal(err)
	}
	cmd := exec.Command(f.ehlo, args...)
	in, inErr := cmd.StdinPipe()
	out, outErr := cmd.StdoutPipe()
	if inErr != nil || outErr != nil {
		f.t.Fatal(inErr, outErr)
	}
	if err := cmd.Start(); err != nil {
		f.t.Fatal(err)
	}
	go in.Write(text)
	lines := bufio.NewScanner(out)
	for range bytes.Count(text, []byte("\n")) {
		if !lines.Scan() {
			f.t.Fatal("it ended early: ", lines.Err())
		}
	}
	f.sink.pid.Store(int64(cmd.Process.Pid))
	f.sink.look()
	in.Close()
	io.Copy(io.Discard, out)
	if err := cmd.Wait(); err != nil {
		f.t.Fatal(err)
	}
	return f.sink.peak.Load()
}

// TestProfile runs one of the figures in this process, several times, and
// writes its profile to the file named by EHLO_PROFILE; EHLO_FIGURE is mx,
// check or tls. Without them it does nothing.
func TestProfile(t *testing.T) {
	path := os.Getenv("EHLO_PROFILE")
	if path == "" {
		t.Skip("EHLO_PROFILE names no file")
	}
	net := newNetwork(t)
	args := map[string][]string{
		"mx":    net.args("mx"),
		"check": net.args("check", "--port="+net.clear),
		"tls":   net.args("check", "--port="+net.secure, "--ca="+net.authorities),
	}[os.Getenv("EHLO_FIGURE")]
	f := &figures{t: t, dir: t.TempDir()}
	domains := f.domains(manyTargets)
	profile, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer profile.Close()
	out, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	if err := pprof.StartCPUProfile(profile); err != nil {
		t.Fatal(err)
	}
	defer pprof.StopCPUProfile()
	for range 3 {
		in, err := os.Open(domains)
		if err != nil {
			t.Fatal(err)
		}
		if code := command.Main(args, command.Streams{In: in, Out: out, Err: os.Stderr}); code != 0 {
			t.Fatal("exit ", code)
		}
		in.Close()
	}
}
