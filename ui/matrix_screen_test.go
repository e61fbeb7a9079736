//go:build unix

package ui_test

import (
	"fmt"
	"net"
	"testing"

	"ehlo/session/practice"
	"ehlo/ui"
	"ehlo/ui/screentest"
)

// TestTryAllOnScreen tries every address by a key, and then talks to the one
// that is marked.
func TestTryAllOnScreen(t *testing.T) {
	term := screentest.Start(t, screentest.Options{}, screentest.Build(t, "ehlo"), "practice")
	term.WaitFor("/connect 4.79.181.18")
	term.Press("F9")
	term.WaitFor("mx1.biz.mail.yahoo.com  √ found  try first (20) Yahoo")
	term.WaitFor("Enter connects to the one marked")
	enter(term)
	term.WaitFor("Yahoo's mail server. It is ready.")
	leave(t, term)
}

// TestTryAllIsStoppedOnScreen: the calls to servers that never answer end at a
// key, at once.
func TestTryAllIsStoppedOnScreen(t *testing.T) {
	term := screentest.Start(t, screentest.Options{}, screentest.Build(t, "ehlo"), "practice", "blocked-here")
	term.WaitFor("/connect 192.0.2.25")
	for _, key := range []string{"Esc", "Ctrl+C"} {
		term.Press("F9")
		term.WaitFor("trying 0:0")
		term.Press(key)
		term.WaitFor("192.0.2.25                    - stopped")
		term.WaitFor("192.0.2.26                    - stopped")
	}
	leave(t, term)
}

// TestControlOnScreen: the server of --control is called after a silence.
func TestControlOnScreen(t *testing.T) {
	scenario, _ := practice.Find("filtered")
	servers, err := ui.StartPractice(t.Context(), scenario, true)
	if err != nil {
		t.Fatal(err)
	}
	defer servers.Close()
	control, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer control.Close()
	port := control.Addr().(*net.TCPAddr).Port
	term := screentest.Start(t, screentest.Options{}, screentest.Build(t, "ehlo"),
		"--dns", servers.DNS().String(), "--port", fmt.Sprint(servers.Mail.Addr().Port()), "--timeout", "1s",
		"--control", control.Addr().String(), "anna@example.org")
	term.WaitFor("/connect 127.0.0.1")
	enter(term)
	term.WaitFor(fmt.Sprintf("%-29s √ 0.0 s", fmt.Sprintf("127.0.0.1, port %d", port)))
	term.WaitFor("mx1.example.org, port 587     × refused")
	term.WaitFor("Who acts")
	leave(t, term)
}
