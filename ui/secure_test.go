package ui

import (
	"encoding/pem"
	"net"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/session/script"
)

// TestEncryptionPane: F8 offers STARTTLS and shows what came of it, the two
// lists of EHLO, and what the DNS says.
func TestEncryptionPane(t *testing.T) {
	drives(t, "anna@example.org", &network{scenario: "starttls"}, func(d *drive) {
		d.types("", "EHLO pc17.example.org")
		d.wait(time.Second)
		d.press("f8")
		d.shows("[TLS]", "press F8/Alt+T, to switch", " > STARTTLS")
		d.wait(time.Second)
		d.press("enter")
		d.wait(time.Second)
		d.types("EHLO pc17.example.org")
		d.wait(time.Second)
		d.press("f8")
		d.shows("√ Encrypted        TLS 1.3", "√ Name fits", "no: why stands beneath", "There are no TLSA records for this server (DANE).")
		d.take(tea.WindowSizeMsg{Width: 80, Height: 50})
		d.shows("Key              ", "Fingerprint", "with TLS 1.3, the newest", "did not ask for a certificate of ours", "STARTTLS         Gone, as it should be")
	})
}

// TestSaveTheChain as PEM, for its owner alone, and never over another file.
func TestSaveTheChain(t *testing.T) {
	path := filepath.Join(t.TempDir(), "chain.pem")
	drives(t, "anna@example.org", &network{scenario: "starttls"}, func(d *drive) {
		d.types("", "/tls save "+path)
		d.shows("There is no certificate to keep")
		d.types("EHLO pc17.example.org", "STARTTLS")
		d.wait(time.Second)
		d.types("/tls save")
		d.shows("Into which file?")
		d.types("/tls save " + path)
		text, err := os.ReadFile(path)
		info, _ := os.Stat(path)
		if block, _ := pem.Decode(text); err != nil || block == nil || info.Mode().Perm() != 0o600 {
			t.Fatalf("%v %q", err, text)
		}
		d.shows("as PEM.")
		d.types("/tls save " + path)
		d.shows("stays as it is")
	})
}

// TestNoEncryptionWanted: --tls none is honoured by key and by the guide.
func TestNoEncryptionWanted(t *testing.T) {
	drives(t, "anna@example.org", &network{scenario: "starttls"}, func(d *drive) {
		d.guides("<>")
		if strings.Contains(strings.Join(d.said(), "\n"), "220 2.0.0") || d.live.state.Secure {
			t.Error("encrypted all the same")
		}
		d.press("esc", "f8")
		d.shows("Encryption is switched off by --tls none.")
	}, func(c *Config) { c.Policy = script.None })
}

// TestEncryptionRequired: with --tls starttls a guided send ends where the
// server does not offer it.
func TestEncryptionRequired(t *testing.T) {
	drives(t, "jcatalaa@catium.com", &network{scenario: "howto"}, func(d *drive) {
		d.guides("helpdesk@example.org")
		d.shows("What now?")
		if code := d.judgedCode(); code != "tls-missing" {
			t.Errorf("%s", code)
		}
		if strings.Contains(strings.Join(d.said(), "\n"), "MAIL") {
			t.Error("in clear")
		}
	}, func(c *Config) { c.Policy = script.StartTLS })
}

// TestClearTextBeforeTLS ends the talk and says so in the pane.
func TestClearTextBeforeTLS(t *testing.T) {
	n, server := heardBy("STARTTLS")
	server.answers["STARTTLS"] = "220 go\r\n250 and more"
	drives(t, "192.0.2.1:25", n, func(d *drive) {
		d.types("EHLO me.example", "STARTTLS")
		d.wait(time.Second)
		d.press("f8")
		d.shows("The switch to encryption did not work", "clear text came where only encryption may")
	})
}

// TestReplayStopsBeforeClear: after a talk behind TLS the same lines go no
// further than a STARTTLS that is refused on the new connection.
func TestReplayStopsBeforeClear(t *testing.T) {
	n := &network{scenario: "starttls"}
	drives(t, "anna@example.org", n, func(d *drive) {
		d.opens()
		d.types("MAIL FROM:<>")
		d.wait(time.Second)
		stripped := &peer{banner: "220 mx1.example.org", answers: map[string]string{"EHLO": "250 mx1.example.org", "STARTTLS": "502 no", "MAIL": "250 ok"}}
		n.serve = func(conn net.Conn) { stripped.talk(conn, n.over) }
		d.types("/again")
		d.wait(2 * time.Second)
		d.shows("Stopped at STARTTLS")
		if got := stripped.got.Load(); got != "STARTTLS" {
			t.Errorf("%q was said in clear", got)
		}
	})
}
