//go:build peers && unix

package peers

import (
	"bytes"
	"fmt"
	"net/mail"
	"os"
	"strings"
	"testing"
)

func TestRoute(t *testing.T) {
	stdout, stderr, code := run(t, nil, "mx", "--dns", dns, "anna@"+domain)
	if code != 0 || stderr != "" {
		t.Fatalf("exit %d: %s", code, stderr)
	}
	for _, words := range []string{"try first  mx." + domain, "then       backup." + domain, "127.0.0.1", "authoritative"} {
		if !strings.Contains(stdout, words) {
			t.Errorf("no %q in\n%s", words, stdout)
		}
	}
	for name, want := range map[string]int{"null": 12, "implicit": 0, "bare": 13, "nowhere": 11} {
		if stdout, _, code := run(t, nil, "mx", "--dns", dns, name+"."+domain); code != want {
			t.Errorf("%s: exit %d, want %d\n%s", name, code, want, stdout)
		}
	}
	// A domain this server knows nothing of: it refuses to answer.
	if stdout, _, code := run(t, nil, "mx", "--dns", dns, "elsewhere.example"); code != 10 {
		t.Errorf("exit %d, want 10\n%s", code, stdout)
	}
}

func TestComposed(t *testing.T) {
	box := open(t, "anna")
	text := ".a dot first\n..two\nFrom me\n\nd\u00e9j\u00e0 vu\n"
	facts := send(t, 0, nil, to("anna"), "--subject", "Caf\u00e9 at ten", "--body", text, "--header", "X-Ours: yes")
	if facts.Message == nil || facts.Message.QueueID == "" || facts.Verdict.Code != "accepted" {
		t.Errorf("message %+v, verdict %+v", facts.Message, facts.Verdict)
	}
	got := box.next()
	message, err := mail.ReadMessage(bytes.NewReader(got))
	if err != nil {
		t.Fatalf("%v in\n%s", err, got)
	}
	for field, want := range map[string]string{"From": "me@sender.example", "To": "anna@" + domain, "X-Ours": "yes"} {
		if said := message.Header.Get(field); !strings.Contains(said, want) {
			t.Errorf("%s: %q, want %q", field, said, want)
		}
	}
	for _, field := range []string{"Date", "Message-Id", "Mime-Version", "Content-Type"} {
		if message.Header.Get(field) == "" {
			t.Errorf("no %s in\n%s", field, got)
		}
	}
}

// TestByteForByte sends whole messages; what is in the mailbox is what was
// given, from a file, from standard input and over TLS.
func TestByteForByte(t *testing.T) {
	message := hard()
	inLF := bytes.ReplaceAll(message, []byte("\r\n"), []byte("\n"))
	for name, args := range map[string][]string{
		"file":     {"--data", write(t, message)},
		"LF":       {"--data", write(t, inLF)},
		"input":    {"--data", "-"},
		"raw":      {"--raw", "--data", write(t, message)},
		"clear":    {"--tls", "none", "--data", write(t, message)},
		"starttls": {"--tls", "starttls", "--ca", ca, "--data", write(t, message)},
		"no end":   {"--data", write(t, bytes.TrimSuffix(message, []byte("\r\n")))},
	} {
		t.Run(name, func(t *testing.T) {
			box := open(t, "anna")
			send(t, 0, message, append(args, to("anna"))...)
			same(t, box.next(), message)
		})
	}
}

func TestNullSender(t *testing.T) {
	box := open(t, "otto")
	send(t, 0, nil, to("otto"), "--from", "", "--data", write(t, hard()))
	same(t, box.next(), hard())
	filed, err := os.ReadFile(box.path)
	if err != nil || !bytes.Contains(filed, []byte("Return-Path: <>")) {
		t.Errorf("the sender is not the null sender (%v)", err)
	}
}

func TestBig(t *testing.T) {
	var message bytes.Buffer
	fmt.Fprintf(&message, "Subject: 5 MB\r\n\r\n")
	for i := 0; message.Len() < 5<<20; i++ {
		fmt.Fprintf(&message, "%.*s%06d %s\r\n", i%3, "..", i, strings.Repeat("x", i%71))
	}
	box := open(t, "big")
	send(t, 0, message.Bytes(), to("big"), "--data", "-")
	same(t, box.next(), message.Bytes())
}

func TestTwoRecipients(t *testing.T) {
	anna, otto := open(t, "anna"), open(t, "otto")
	facts := send(t, 37, nil, to("anna"), to("nobody"), to("otto"), "--data", write(t, hard()))
	if answers := [3]string{facts.Recipients[0].Answer, facts.Recipients[1].Answer, facts.Recipients[2].Answer}; answers != [3]string{"accepted", "refused", "accepted"} {
		t.Errorf("answers %s", answers)
	}
	same(t, anna.next(), hard())
	same(t, otto.next(), hard())
}

func TestEncryption(t *testing.T) {
	facts := send(t, 0, nil, to("anna"))
	if try := facts.Tries[0]; try.TLS == nil || try.TLS.Trusted || try.TLS.Reason == "" {
		t.Errorf("auto: %+v", try.TLS)
	}
	facts = send(t, 0, nil, to("anna"), "--tls", "starttls", "--ca", ca)
	if try := facts.Tries[0]; try.TLS == nil || !try.TLS.Trusted {
		t.Errorf("with --ca: %+v", try.TLS)
	}
	facts = send(t, 33, nil, to("anna"), "--tls", "starttls")
	if facts.Verdict.Code != "tls-failed" || facts.Message != nil {
		t.Errorf("without --ca: %+v", facts.Verdict)
	}
	facts = send(t, 33, nil, to("anna"), "--tls", "starttls", "--ca", ca, "--server-name", "other.example")
	if facts.Verdict.Code != "tls-failed" {
		t.Errorf("another name: %+v", facts.Verdict)
	}
}

func TestRefused(t *testing.T) {
	tooBig := append([]byte("Subject: too big\r\n\r\n"), bytes.Repeat([]byte(strings.Repeat("x", 76)+"\r\n"), 140_000)...)
	for _, tt := range []struct {
		name    string
		exit    int
		verdict string
		stdin   []byte
		args    []string
	}{
		{"unknown user", 37, "refused-address", nil, []string{to("nobody")}},
		{"relay", 37, "relay-refused", nil, []string{"--to=anna@elsewhere.example", "--server", smtp}},
		{"over the size announced", 35, "too-big", nil, []string{to("big"), "--data", write(t, tooBig)}},
		{"over the size, untold", 39, "too-big", tooBig, []string{to("big"), "--data", "-"}},
		{"null MX", 12, "null-mx", nil, []string{"--to=anna@null." + domain}},
		{"nothing listens", 20, "connection-refused", nil, []string{to("anna"), "--port", "1"}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			facts := send(t, tt.exit, tt.stdin, tt.args...)
			if facts.Verdict.Code != tt.verdict {
				t.Errorf("verdict %+v, want %s", facts.Verdict, tt.verdict)
			}
		})
	}
}
