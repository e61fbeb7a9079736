//go:build peers && linux

package peers

import (
	"bytes"
	"context"
	"fmt"
	"net"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"syscall"
	"testing"
)

// computer is a network namespace: it has addresses, routes and a firewall of
// its own, and sees no network but the cables that are put into it. One thread
// stands in it and opens and starts all that is to be there. It has no name,
// so it is gone with that thread and what it opened, even when the test is
// killed.
type computer struct {
	path string // of the namespace, for ip
	jobs chan func()
}

// networks is "yes" where .ci/peers found that computers can be made, else it
// tells why not.
var networks = os.Getenv("EHLO_PEERS_NETWORKS")

// newComputer makes one with loopback up.
func newComputer(t *testing.T) *computer {
	t.Helper()
	if networks != "yes" {
		t.Skip("no network of its own can be made here: " + networks)
	}
	c := &computer{jobs: make(chan func())}
	begun, ended := make(chan error), make(chan struct{})
	go c.live(begun, ended)
	if err := <-begun; err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		close(c.jobs)
		<-ended
	})
	c.do(t, "ip link set lo up")
	return c
}

// live is the thread. It is never given back to others: it ends with its
// goroutine, as that does not unlock it.
func (c *computer) live(begun chan<- error, ended chan<- struct{}) {
	defer close(ended)
	runtime.LockOSThread()
	c.path = fmt.Sprintf("/proc/%d/task/%d/ns/net", os.Getpid(), syscall.Gettid())
	err := syscall.Unshare(syscall.CLONE_NEWNET)
	begun <- err
	if err != nil {
		return
	}
	for job := range c.jobs {
		job()
	}
}

// there calls a function on the computer's thread.
func (c *computer) there(call func()) {
	done := make(chan struct{})
	c.jobs <- func() { defer close(done); call() }
	<-done
}

// do runs commands of ip or nft on the computer, one after the other.
func (c *computer) do(t *testing.T, commands ...string) {
	t.Helper()
	if err := c.attempt(t, commands); err != nil {
		t.Fatal(err)
	}
}

// attempt is do for goroutines other than that of the test.
func (c *computer) attempt(t *testing.T, commands []string) error {
	for _, command := range commands {
		words := strings.Fields(command)
		if _, stderr, code := c.run(t, words[0], words[1:]...); code != 0 {
			return fmt.Errorf("%s: exit %d: %s", command, code, stderr)
		}
	}
	return nil
}

// run runs a program on the computer; it is killed with the test. It returns
// both streams and the exit code, -1 when it could not be run.
func (c *computer) run(t *testing.T, program string, args ...string) (stdout, stderr string, code int) {
	var out, said bytes.Buffer
	cmd := exec.CommandContext(t.Context(), program, args...)
	cmd.Stdout, cmd.Stderr = &out, &said
	cmd.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	var err error
	c.there(func() { err = cmd.Start() })
	if err != nil {
		return "", err.Error(), -1
	}
	// The exit code tells all there is to know of an error.
	_ = cmd.Wait()
	return out.String(), said.String(), cmd.ProcessState.ExitCode()
}

// listen opens a port of the computer.
func (c *computer) listen(t *testing.T, address string) net.Listener {
	t.Helper()
	var listener net.Listener
	var err error
	c.there(func() { listener, err = new(net.ListenConfig).Listen(context.Background(), "tcp", address) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	return listener
}

// listenPacket opens a UDP port of the computer.
func (c *computer) listenPacket(t *testing.T, address string) net.PacketConn {
	t.Helper()
	var packets net.PacketConn
	var err error
	c.there(func() { packets, err = new(net.ListenConfig).ListenPacket(context.Background(), "udp", address) })
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { packets.Close() })
	return packets
}
