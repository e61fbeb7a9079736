package command_test

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/base64"
	"fmt"
	"math/big"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"ehlo/session/signin"
)

// canary is a secret with every sign that a server might write in another way.
const canary = `canary-"bird\4711é`

// parrot is a server that repeats what it is told in every form it can think
// of, and knows the password besides.
type parrot struct {
	ln    net.Listener
	cert  tls.Certificate
	all   sync.WaitGroup
	mu    sync.Mutex
	heard []string // the lines of sign-ins, as they came
}

func newParrot(t *testing.T) *parrot {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	form := &x509.Certificate{SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, form, form, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	p := &parrot{cert: tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}}
	if p.ln, err = net.Listen("tcp", "127.0.0.1:0"); err != nil {
		t.Fatal(err)
	}
	p.all.Go(func() {
		for {
			conn, err := p.ln.Accept()
			if err != nil {
				return
			}
			p.all.Go(func() { p.talk(conn) })
		}
	})
	t.Cleanup(func() {
		p.ln.Close()
		p.all.Wait()
	})
	return p
}

// talk answers one client: a question full of echoes to AUTH, a no full of
// echoes to the answer.
func (p *parrot) talk(conn net.Conn) {
	defer func() { conn.Close() }()
	lines := bufio.NewReader(conn)
	var told []string
	signing := 0
	fmt.Fprint(conn, "220 parrot\r\n")
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return
		}
		line = strings.TrimRight(line, "\r\n")
		verb, _, _ := strings.Cut(line, " ")
		switch {
		case signing > 0, verb == "AUTH":
			told = append(told, strings.Fields(strings.TrimPrefix(line, "AUTH"))...)
			p.note(told)
			if signing++; signing < 3 && line != "*" {
				fmt.Fprintf(conn, "334 %s\r\n", encoded("you say "+strings.Join(told, " ")+", is it "+canary))
				continue
			}
			signing = 0
			fmt.Fprint(conn, echoes("535", told))
		case verb == "EHLO":
			fmt.Fprintf(conn, "250-parrot\r\n250-STARTTLS\r\n250 AUTH %s\r\n", strings.Join(signin.Ways(), " "))
		case verb == "STARTTLS":
			fmt.Fprint(conn, "220 go\r\n")
			layer := tls.Server(conn, &tls.Config{Certificates: []tls.Certificate{p.cert}})
			conn, lines = layer, bufio.NewReader(layer)
		case verb == "QUIT":
			fmt.Fprint(conn, echoes("221", told))
			return
		default:
			fmt.Fprint(conn, echoes("250", told))
		}
	}
}

func (p *parrot) note(told []string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.heard = append(p.heard, told...)
}

func encoded(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }

// quotedForm is how a string stands in quotes.
func quotedForm(text string) string {
	return strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text)
}

// echoes is a reply that repeats the password and what was said: as it is, in
// base64, in quotes, torn over two lines.
func echoes(code string, told []string) string {
	said := []string{canary, encoded(canary), quotedForm(canary), encoded("x" + canary), "response=" + encoded("yy"+canary) + ";", encoded("\x00anna\x00" + canary), canary[:7], canary[7:]}
	for _, word := range told {
		plain, _ := base64.StdEncoding.DecodeString(word)
		said = append(said, word, strings.Map(func(r rune) rune {
			if r < ' ' {
				return '|'
			}
			return r
		}, string(plain)))
	}
	var b strings.Builder
	for _, text := range said {
		// What stands alone in its line can be told from what it is torn from.
		fmt.Fprintf(&b, "%s-%s\r\n", code, text)
	}
	fmt.Fprintf(&b, "%s end\r\n", code)
	return b.String()
}

// TestNoRoadTellsASecret: whichever way is taken, whatever the server repeats,
// neither the transcript nor the answer, as text or as JSON, nor a file has the
// secret, its base64 or what was said for it.
func TestNoRoadTellsASecret(t *testing.T) {
	server := newParrot(t)
	folder := t.TempDir()
	file := filepath.Join(folder, "password")
	if err := os.WriteFile(file, []byte(canary+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	addr := server.ln.Addr().String()
	for _, way := range append(signin.Ways(), "") {
		if way == signin.External {
			continue // it has no secret
		}
		for _, road := range [][]string{
			{"send", "--from", "me@example.com", "--to", "anna@example.org", "--server", addr},
			{"send", "--json", "--from", "me@example.com", "--to", "anna@example.org", "--server", addr},
			{"check", "-v", "--server", addr, "anna@example.org"},
			{"check", "-v", "--json", "--server", addr, "anna@example.org"},
			{"check", "-v", "--tls", "none", "--insecure-auth", "smtp://" + addr},
		} {
			args := append(road, "--insecure", "--auth-user", "anna", "--auth-password-file", file, "--auth="+way)
			if way == "" {
				args = args[:len(args)-1]
			}
			t.Run(way+" "+strings.Join(road[:2], " "), func(t *testing.T) {
				cmd := exec.CommandContext(t.Context(), "ehlo", args...)
				cmd.Dir = folder
				cmd.Env = append(os.Environ(), "HOME="+folder)
				out, _ := cmd.CombinedOutput()
				clean(t, server, string(out))
				if !strings.Contains(string(out), "<hidden>") && !strings.Contains(way, "PLUS") {
					t.Errorf("nothing was hidden, so nothing was said:\n%s", out)
				}
			})
		}
	}
	_ = os.Remove(file)
	left, err := os.ReadDir(folder)
	if err != nil || len(left) > 0 {
		t.Errorf("files were written: %v %v", left, err)
	}
}

// clean fails when a text holds the secret in some form, or what was said for it.
func clean(t *testing.T, server *parrot, text string) {
	t.Helper()
	server.mu.Lock()
	defer server.mu.Unlock()
	forms := []string{canary, encoded(canary), quotedForm(canary), "bird", encoded("x" + canary), encoded("yy" + canary), encoded("\x00anna\x00" + canary)}
	for _, word := range server.heard {
		plain, err := base64.StdEncoding.DecodeString(word)
		if err == nil && len(word) > 8 && !strings.Contains(string(plain), "r=") {
			forms = append(forms, word)
			if digest, ok := strings.CutPrefix(string(plain), "anna "); ok {
				forms = append(forms, digest)
			}
		}
		if _, proof, ok := strings.Cut(string(plain), ",p="); ok {
			forms = append(forms, word, proof)
		}
	}
	for _, form := range forms {
		if at := strings.Index(text, form); at >= 0 {
			t.Errorf("%q is told: %.200q", form, text[max(0, at-60):])
		}
	}
}
