//go:build unix

package ui_test

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"net"
	"strings"
	"sync"
	"testing"

	"ehlo/ui/screentest"
)

// talker is a server that answers HELP with so many lines, and all else by ok.
func talker(t *testing.T, lines int) (addr string) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var talks sync.WaitGroup
	talks.Go(func() {
		for {
			conn, err := ln.Accept()
			if err != nil {
				return
			}
			talks.Go(func() { talk(conn, lines) })
		}
	})
	t.Cleanup(func() { ln.Close(); talks.Wait() })
	return ln.Addr().String()
}

func talk(conn net.Conn, lines int) {
	defer conn.Close()
	fmt.Fprint(conn, "220 mx1 ready\r\n")
	in := bufio.NewScanner(conn)
	for in.Scan() {
		if in.Text() != "HELP" {
			fmt.Fprint(conn, "250 ok\r\n")
			continue
		}
		var reply strings.Builder
		for i := range lines - 1 {
			fmt.Fprintf(&reply, "214-line %d of many\r\n", i)
		}
		fmt.Fprint(conn, reply.String()+"214 the end\r\n")
	}
}

// TestLongTalk walks a talk that is longer than what stays in memory: it is
// searched, copied from, sized to every size, and follows its end again.
func TestLongTalk(t *testing.T) {
	addr := talker(t, 100_000)
	for _, flags := range [][]string{nil, {"--ascii", "--no-color"}} {
		t.Run(strings.Join(flags, " "), func(t *testing.T) {
			term := screentest.Start(t, screentest.Options{}, screentest.Build(t, "ehlo"), append(flags, addr)...)
			term.WaitFor("220 mx1 ready")
			say := func(line, answer string) {
				t.Helper()
				term.Type(line)
				term.Press("Enter")
				term.WaitFor(answer)
			}
			say("HELP", "214 the end")
			say("/find line 7777 of", "line 7777 of: 1 of 1")
			term.WaitFor("214-line 7777 of many")
			term.Press("Alt+c")
			term.WaitRaw("\x1b]52;c;" + base64.StdEncoding.EncodeToString([]byte("214-line 7777 of many")) + "\x07")
			term.WaitFor("1 line was sent to the terminal")
			for _, size := range [][2]int{{1, 1}, {200, 60}, {40, 10}, {2, 50}, {120, 3}, {66, 20}, {1, 40}, {99, 11}, {80, 24}} {
				term.Resize(size[0], size[1])
			}
			term.WaitFor("214-line 7777 of many")
			say("/find nowhere to be found", "stands nowhere in the talk.")
			say("NOOP", "250 ok")
			term.WaitFor("214 the end")
			leave(t, term)
		})
	}
}
