package plain

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/netip"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ehlo/resolver"
	"ehlo/session"
	"ehlo/session/practice"
	"ehlo/session/probe"
	"ehlo/session/verdict"
)

// live is a run whose lines are typed one after the other.
type live struct {
	out  *watched
	in   *io.PipeWriter
	end  context.CancelFunc
	exit chan int
	err  error
}

func begin(t *testing.T, config Config) *live {
	t.Helper()
	ctx, end := context.WithCancel(t.Context())
	reader, writer := io.Pipe()
	l := &live{out: newWatched(), in: writer, end: end, exit: make(chan int, 1)}
	go func() {
		exit, err := Run(ctx, reader, l.out, config)
		l.err = err
		reader.Close()
		l.exit <- exit
	}()
	t.Cleanup(end)
	return l
}

// types enters a line after part was printed.
func (l *live) types(t *testing.T, after, line string) {
	t.Helper()
	l.out.until(t, after)
	if _, err := io.WriteString(l.in, line+"\n"); err != nil {
		t.Fatalf("%q: %v\n%s", line, err, l.out)
	}
}

func (l *live) ends(t *testing.T, want int) string {
	t.Helper()
	if exit := <-l.exit; exit != want || (exit != 0) != (l.err != nil) {
		t.Errorf("exit %d, %v; want %d", exit, l.err, want)
	}
	return l.out.String()
}

// silentTalk brings a person to a server that does not answer RCPT.
func silentTalk(t *testing.T) *live {
	t.Helper()
	set := play(t, "silent")
	set.config.Target, set.config.Terminal = target(t, "192.0.2.25"), true
	l := begin(t, set.config)
	l.types(t, "waits for our hello", "EHLO pc17.example.org")
	l.types(t, "says what it can do", "MAIL FROM:<>")
	l.types(t, "takes the sender", "RCPT TO:<anna@example.org>")
	return l
}

func TestStopWaiting(t *testing.T) {
	l := silentTalk(t)
	l.types(t, "You: RCPT TO", "NOOP")
	l.types(t, "Held until", "/stop")
	l.types(t, "Not waiting any more", "/hangup")
	l.types(t, "You: NOOP", "/quit")
	l.ends(t, verdict.ExitStopped)
}

func TestHangUpWhileWaiting(t *testing.T) {
	l := silentTalk(t)
	l.types(t, "You: RCPT TO", "/hangup")
	l.types(t, "The line is closed.", "RSET")
	l.types(t, "No line is open.", "/again")
	l.out.until(t, "closed.\nNo line is open. /connect opens one, /help lists the commands.\n09:15:04 Connected")
	l.in.Close()
	l.end()
	l.ends(t, verdict.ExitStopped)
}

func TestQuitWhileWaiting(t *testing.T) {
	l := silentTalk(t)
	l.types(t, "You: RCPT TO", "/quit")
	if text := l.ends(t, verdict.ExitStopped); !strings.HasSuffix(text, "The line is closed.\n") {
		t.Errorf("ends in\n%s", text)
	}
}

func TestInterruptHangsUp(t *testing.T) {
	for _, prepare := range []func(*testing.T) *live{silentTalk, atTheQuestion, insideAMessage} {
		l := prepare(t)
		l.end()
		l.ends(t, verdict.ExitStopped)
		if l.err.Error() != "Stopped, as you asked." {
			t.Error(l.err)
		}
	}
}

func atTheQuestion(t *testing.T) *live {
	set := play(t, "howto")
	set.config.Target = target(t, "jcatalaa@catium.com")
	l := begin(t, set.config)
	l.types(t, "Server [1]:", "/send")
	l.out.until(t, "To [")
	return l
}

func insideAMessage(t *testing.T) *live {
	set := play(t, "howto")
	set.config.Target, set.config.Terminal = target(t, "192.0.2.25"), true
	l := begin(t, set.config)
	l.types(t, "waits for our hello", "EHLO Jean-Marc here")
	l.types(t, "Send it as typed?", "n")
	l.types(t, "Not sent.", "EHLO pc17.example.org")
	l.types(t, "says what it can do", "MAIL FROM:<>")
	l.types(t, "takes the sender", "RCPT TO:<jcatalaa@catium.com>")
	l.types(t, "takes mail for", "DATA")
	l.types(t, "waits for the message", "/help")
	l.types(t, "Every line is text", "/send is text")
	l.out.until(t, "You: /send is text")
	return l
}

func TestCancelInsideAMessage(t *testing.T) {
	l := insideAMessage(t)
	l.types(t, "You: /send", "/cancel")
	l.types(t, "The line is closed.", "/quit")
	if text := l.ends(t, verdict.ExitStopped); strings.Contains(text, "You: .") {
		t.Errorf("the dot was said:\n%s", text)
	}
}

// TestWaitsTellOfThemselves walks the clock past every line of a wait, to the
// time at which a pipe gives up.
func TestWaitsTellOfThemselves(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		go func() {
			_, _ = io.WriteString(theirs, "220 mx1.example.org ready\r\n")
			_, _ = io.Copy(io.Discard, theirs)
		}()
		dial := func(ctx context.Context, _ netip.AddrPort) (net.Conn, error) {
			time.Sleep(16 * time.Second)
			return ours, nil
		}
		config := Config{Target: target(t, "192.0.2.25"), Way: probe.Probe{Options: session.Options{Reach: dial}}}
		start := time.Now()
		config.Now = func() time.Time { return time.Time{}.Add(time.Since(start)) }
		printed, exit, err := walk(t, config, "EHLO pc17.example.org\nNOOP\n")
		if exit != verdict.ExitLost || err == nil {
			t.Errorf("exit %d, %v", exit, err)
		}
		golden(t, "waiting", regexp.MustCompile(`Waiting (\d+) s`).ReplaceAllString(printed, "Waiting $1 seconds"))
	})
}

// TestFarewellAtAPrompt: what the server says unasked stands on lines of its
// own, and the question is asked again beneath.
func TestFarewellAtAPrompt(t *testing.T) {
	ours, theirs := net.Pipe()
	said := make(chan string)
	go func() {
		_, _ = io.WriteString(theirs, "220 mx1.example.org ready\r\n")
		for line := range said {
			_, _ = io.WriteString(theirs, line)
			theirs.Close()
		}
	}()
	dial := func(context.Context, netip.AddrPort) (net.Conn, error) { return ours, nil }
	set := play(t, "howto")
	set.config.Target, set.config.Way.Options.Reach = target(t, "192.0.2.25"), dial
	l := begin(t, set.config)
	l.types(t, "waits for our hello", "/send")
	l.out.until(t, "To:")
	said <- "421 4.4.2 idle too long\x1b[2J, goodbye\r\n"
	close(said)
	l.out.until(t, "closed.")
	l.in.Close()
	text := l.ends(t, verdict.ExitLost)
	if !strings.Contains(text, "To:\n09:15:04 Server, unasked: 421 4.4.2 idle too long\\x1B[2J, goodbye\n") || strings.Contains(text, "\x1b") {
		t.Errorf("printed\n%s", text)
	}
}

func TestOutputThatCannotBeWritten(t *testing.T) {
	set := play(t, "howto")
	set.config.Target = target(t, "192.0.2.25")
	in, typed := io.Pipe()
	defer typed.Close()
	exit, err := Run(t.Context(), in, refusing{}, set.config)
	in.Close()
	if exit != verdict.ExitFailed || err == nil {
		t.Errorf("exit %d, %v", exit, err)
	}
}

type refusing struct{}

func (refusing) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestLinesAreBounded(t *testing.T) {
	long := strings.Repeat("x", maxTyped)
	reader := bufio.NewReaderSize(strings.NewReader("one\r\n"+long+"\n\nlast"), maxTyped)
	want := []entry{{text: "one"}, {tooLong: true}, {text: ""}, {text: "last"}}
	for _, line := range want {
		if got, ok := readLine(reader); !ok || got != line {
			t.Errorf("%.20q, %v; want %v", got.text, ok, line)
		}
	}
	if _, ok := readLine(reader); ok {
		t.Error("there was one more line")
	}
}

// TestSecretsAreNotPrinted plants a password and looks for it in any form.
func TestSecretsAreNotPrinted(t *testing.T) {
	for _, in := range []string{"testdata/sign-in.txt"} {
		text, err := os.ReadFile(in)
		if err != nil {
			t.Fatal(err)
		}
		for _, secret := range []string{"ZWhsbw==", "cHJhY3RpY2U=", "AGVobG8Ad3Jvbmctb25l", "practice"} {
			if strings.Contains(string(text), secret) {
				t.Errorf("%s shows %s", in, secret)
			}
		}
	}
}

// TestWordsAreWhole: every key that the code asks for is there, and no other.
func TestWordsAreWhole(t *testing.T) {
	var data struct{ Say map[string]string }
	if err := json.Unmarshal(wordsData, &data); err != nil {
		t.Fatal(err)
	}
	used := map[string]bool{"await connect": true, "await greeting": true, "await tls": true}
	files, _ := filepath.Glob("*.go")
	asked := regexp.MustCompile(`(?:say|sayCount|endedAt)\("([^"]+)"|key :?= "([^"]+)"|range \[\]string\{"([^"]+)", "([^"]+)"\}`)
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range asked.FindAllStringSubmatch(string(source), -1) {
			for _, key := range found[1:] {
				used[key] = true
			}
		}
	}
	delete(used, "")
	for key := range used {
		if _, ok := data.Say[key]; !ok && key != "await " {
			t.Errorf("no words for %q", key)
		}
	}
	for key := range data.Say {
		if !used[key] && !used[strings.TrimSuffix(key, " one")] {
			t.Errorf("nobody says %q", key)
		}
	}
}

// TestEveryScenarioEndsAsPromised walks a guided send through each practice
// scenario to the exit code that its file names. Those of the DNS call nobody,
// and the slow one takes its time: it is walked on the screen.
func TestEveryScenarioEndsAsPromised(t *testing.T) {
	for _, scenario := range practice.Scenarios() {
		if scenario.Name == "null-mx" || scenario.Name == "dns-fails" || scenario.Name == "slow-greeting" {
			continue
		}
		t.Run(scenario.Name, func(t *testing.T) {
			set := playFound(t, scenario)
			set.config.Target, set.config.From = target(t, "192.0.2.25"), "helpdesk@example.org"
			set.config.Way.Options.Timeouts = session.Timeouts{Connect: 2 * time.Second, Reply: 200 * time.Millisecond, End: 2 * time.Second}
			printed, exit, err := walk(t, set.config, "/send\n"+scenario.Target+"\n\n\n\nTest\nHello.\n.\ny\n")
			if exit != scenario.Exit {
				t.Errorf("exit %d, %v; want %d\n%s", exit, err, scenario.Exit, printed)
			}
		})
	}
}

// TestLateAnswer: an answer that comes after its wait was given up is shown
// beside its command, and the talk goes on.
func TestLateAnswer(t *testing.T) {
	ours, theirs := net.Pipe()
	late := make(chan struct{})
	go func() {
		lines := bufio.NewReader(theirs)
		_, _ = io.WriteString(theirs, "220 mx1.example.org ready\r\n")
		_, _ = lines.ReadString('\n')
		<-late
		_, _ = io.WriteString(theirs, "250 here I am\r\n")
		_, _ = lines.ReadString('\n')
		_, _ = io.WriteString(theirs, "221 goodbye\r\n")
		theirs.Close()
	}()
	config := Config{Target: target(t, "192.0.2.25"), Terminal: true}
	config.Way.Options.Reach = func(context.Context, netip.AddrPort) (net.Conn, error) { return ours, nil }
	l := begin(t, config)
	l.types(t, "waits for our hello", "NOOP")
	l.types(t, "You: NOOP", "/stop")
	l.out.until(t, "Not waiting any more")
	close(late)
	l.types(t, "Server, late answer to NOOP: 250 here I am", "QUIT")
	l.out.until(t, "The line is closed.")
	l.in.Close()
	l.ends(t, verdict.ExitDone)
}

// TestLookUpCanBeStopped asks a DNS server that never answers.
func TestLookUpCanBeStopped(t *testing.T) {
	deaf, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer deaf.Close()
	config := Config{Target: target(t, "catium.com"), Terminal: true}
	config.Way.Resolver = resolver.New(resolver.Options{Servers: []string{deaf.LocalAddr().String()}, Timeout: time.Hour, Overall: time.Hour})
	l := begin(t, config)
	if _, _, err := deaf.ReadFrom(make([]byte, 512)); err != nil { // it has been asked
		t.Fatal(err)
	}
	l.types(t, "", "/stop")
	l.types(t, "", "/mx")
	l.types(t, "", "/quit")
	l.ends(t, verdict.ExitDone)
	l = begin(t, config)
	l.end()
	l.ends(t, verdict.ExitStopped)
}
