package command_test

import (
	"crypto/tls"
	"encoding/pem"
	"errors"
	"fmt"
	"net/smtp"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"

	dnspractice "ehlo/resolver/practice"
	"ehlo/session/practice"
	"ehlo/ui/command"
)

// The test binary is the program: a script's "ehlo" runs command.Main in a
// process of its own.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"ehlo": func() {
		os.Exit(command.Main(os.Args[1:], command.Streams{In: os.Stdin, Out: os.Stdout, Err: os.Stderr}))
	}})
}

// TestScripts runs testdata/*.txtar. Beyond testscript's own commands they
// know:
//
//	zone FILE             a DNS server with that zone; its address in $DNS
//	mail [NAME=]SCENARIO  a mail server that plays a built-in scenario or a file;
//	                      its port in $SMTP (with NAME: in $NAME)
//	authority FILE        the certificate of the last mail server
//	exits CODE ehlo ...   run, and hold the exit code and the last line against the design
//	kept N FILE           write the Nth message that the last mail server took to a file
//	unescape FROM TO      write a file with its \r and \n made so, its own line ends left out
//	json PATH VALUE       a value in the object on standard output, as tries.0.stages.1.code
//	shape                 that object has the shape of the design
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata",
		RequireExplicitExec: true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"zone": cmdZone, "mail": cmdMail, "exits": cmdExits, "kept": cmdKept, "json": cmdJSON, "shape": cmdShape, "authority": cmdAuthority, "unescape": cmdUnescape,
		},
		Setup: func(env *testscript.Env) error {
			env.Values[servers{}] = &servers{t: t}
			return nil
		},
	})
}

// servers are those that a script has started.
type servers struct {
	t    *testing.T
	last *practice.Server
}

func cmdZone(ts *testscript.TestScript, _ bool, args []string) {
	zone, err := dnspractice.ParseZone(args[0], ts.ReadFile(args[0]))
	ts.Check(err)
	server := &dnspractice.Server{Zone: zone}
	ts.Check(server.Start(ts.Value(servers{}).(*servers).t.Context()))
	ts.Defer(func() { server.Close() })
	ts.Setenv("DNS", server.Addr().String())
}

// head stands before the scenarios of scripts, which have only what they are
// about.
const head = `ehlo scenario 1
name: script
title: Of a script
story: A server that does one thing.
target: anna@example.org
verdict: accepted
exit: 0
host: mx1.example.org
`

func cmdMail(ts *testscript.TestScript, _ bool, args []string) {
	name, source, named := strings.Cut(args[0], "=")
	if !named {
		name, source = "SMTP", args[0]
	}
	scenario, found := practice.Find(source)
	if !found {
		var err error
		scenario, err = practice.Parse(source, []byte(head+ts.ReadFile(source)))
		ts.Check(err)
	}
	server := practice.New(scenario)
	started := ts.Value(servers{}).(*servers)
	ts.Check(server.Start(started.t.Context()))
	ts.Defer(func() { server.Close() })
	started.last = server
	ports := scenario.Ports
	if len(ports) == 0 {
		ports = []practice.Port{{Number: 25}}
	}
	addr, _ := server.AddrOf(ports[0].Number)
	ts.Setenv(name, fmt.Sprint(addr.Port()))
}

// cmdAuthority asks the last mail server for its certificate, which it has
// signed itself.
func cmdAuthority(ts *testscript.TestScript, _ bool, args []string) {
	addr := ts.Value(servers{}).(*servers).last.Addr()
	client, err := smtp.Dial(addr.String())
	ts.Check(err)
	defer client.Close()
	ts.Check(client.StartTLS(&tls.Config{InsecureSkipVerify: true}))
	state, _ := client.TLSConnectionState()
	block := &pem.Block{Type: "CERTIFICATE", Bytes: state.PeerCertificates[0].Raw}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), pem.EncodeToMemory(block), 0o600))
}

// cmdExits holds what every command must keep to against the design: the exit
// code, and exactly one last line "ehlo: SENTENCE" when it is not 0.
func cmdExits(ts *testscript.TestScript, _ bool, args []string) {
	err := ts.Exec(args[1], args[2:]...)
	code := 0
	if exited := (*exec.ExitError)(nil); errors.As(err, &exited) {
		code = exited.ExitCode()
	} else {
		ts.Check(err)
	}
	if fmt.Sprint(code) != args[0] {
		ts.Fatalf("exit %d, want %s", code, args[0])
	}
	stdout, stderr := ts.ReadFile("stdout"), ts.ReadFile("stderr")
	if at := strings.IndexFunc(stdout+stderr, control); at >= 0 {
		ts.Fatalf("a control character: %q", (stdout + stderr)[at:])
	}
	if fault := lastLine(stderr, code); fault != "" {
		ts.Fatalf("%s", fault)
	}
	if strings.Contains("\n"+stdout, "\nehlo: ") {
		ts.Fatalf("the last line went to standard output")
	}
}

func control(r rune) bool { return r < ' ' && r != '\n' || r >= 0x7f && r <= 0x9f }

// lastLine says what is wrong with the line that an exit other than 0 ends
// with; "" when it is as it must be.
func lastLine(stderr string, code int) string {
	count := strings.Count("\n"+stderr, "\nehlo: ")
	lines := strings.Split(strings.TrimSuffix(stderr, "\n"), "\n")
	last := lines[len(lines)-1]
	switch {
	case code == 0 && count > 0:
		return "exit 0 has a last line"
	case code == 0:
		return ""
	case count != 1 || !strings.HasPrefix(last, "ehlo: ") || !strings.HasSuffix(stderr, "\n"):
		return fmt.Sprintf("%d lines begin with ehlo:, the last line is %q", count, last)
	case len([]rune(last)) > 300:
		return fmt.Sprintf("the last line has %d characters", len([]rune(last)))
	case last == "ehlo: " || strings.Contains(last, "{"):
		return fmt.Sprintf("the last line says nothing, or has a gap: %q", last)
	}
	return ""
}

// cmdUnescape makes files that the archive of a script cannot hold.
func cmdUnescape(ts *testscript.TestScript, _ bool, args []string) {
	text := strings.NewReplacer("\n", "", `\r`, "\r", `\n`, "\n").Replace(ts.ReadFile(args[0]))
	ts.Check(os.WriteFile(ts.MkAbs(args[1]), []byte(text), 0o600))
}

func cmdKept(ts *testscript.TestScript, _ bool, args []string) {
	messages := ts.Value(servers{}).(*servers).last.Messages()
	for _, message := range messages {
		if fmt.Sprint(message.Number) == args[0] {
			ts.Check(os.WriteFile(ts.MkAbs(args[1]), message.Data, 0o600))
			ts.Check(os.WriteFile(filepath.Join(filepath.Dir(ts.MkAbs(args[1])), "envelope"),
				fmt.Appendf(nil, "%s from <%s> to %s encrypted %v\n", message.Hello, message.Sender, strings.Join(message.Recipients, ","), message.Encrypted), 0o600))
			return
		}
	}
	ts.Fatalf("the server took %d messages, none is number %s", len(messages), args[0])
}
