package probe_test

import (
	"context"
	"crypto/x509"
	"fmt"
	"io"
	"log"
	"net"
	"net/netip"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapserver"
	"github.com/emersion/go-imap/v2/imapserver/imapmemserver"

	"ehlo/session"
	"ehlo/session/arrival"
	"ehlo/session/practice"
	"ehlo/session/practice/postbox"
	"ehlo/session/probe"
	"ehlo/session/script"
	"ehlo/session/signin"
	"ehlo/session/verdict"
)

// memory starts an IMAP server that is none of ours, with folders, and returns
// it as a target, with the roots that trust it.
func memory(t *testing.T, folders ...string) (*imapmemserver.User, probe.Target, *x509.CertPool) {
	t.Helper()
	scenario, _ := practice.Find("starttls")
	mail := practice.New(scenario)
	certificate, err := mail.Certificate()
	if err != nil {
		t.Fatal(err)
	}
	roots, err := mail.Roots()
	if err != nil {
		t.Fatal(err)
	}
	user := imapmemserver.NewUser("anna", "sec\"ret ü")
	for _, folder := range folders {
		if err := user.Create(folder, &imap.CreateOptions{}); err != nil {
			t.Fatal(err)
		}
	}
	mailboxes := imapmemserver.New()
	mailboxes.AddUser(user)
	server := imapserver.New(&imapserver.Options{
		NewSession: func(*imapserver.Conn) (imapserver.Session, *imapserver.GreetingData, error) {
			return mailboxes.NewSession(), nil, nil
		},
		Caps: imap.CapSet{imap.CapIMAP4rev1: {}, imap.CapIMAP4rev2: {}}, TLSConfig: certificate,
		Logger: log.New(io.Discard, "", 0),
	})
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ended := make(chan struct{})
	go func() { defer close(ended); _ = server.Serve(ln) }()
	t.Cleanup(func() { server.Close(); <-ended })
	return user, probe.Target{Host: scenario.Host, Addr: ln.Addr().(*net.TCPAddr).AddrPort(), Purpose: "server"}, roots
}

func appendTo(t *testing.T, user *imapmemserver.User, folder, text string) {
	t.Helper()
	if _, err := user.Append(folder, literalReader{strings.NewReader(text)}, &imap.AppendOptions{}); err != nil {
		t.Fatal(err)
	}
}

type literalReader struct{ *strings.Reader }

func (r literalReader) Size() int64 { return int64(r.Len()) }

// anna signs in to look for a message.
func anna(id string, wait time.Duration) probe.Arrived {
	return probe.Arrived{Mailbox: "anna", Plan: arrival.Plan{
		MessageID: id, Wait: wait, SignIn: script.SignIn{Who: signin.Credentials{User: "anna", Password: session.NewSecret("sec\"ret ü")}},
	}}
}

const header = "From: bob@example.com\r\nSubject: hello\r\nMessage-ID: <%s>\r\n\r\ntext\r\n"

// TestArrivedElsewhereMade looks into the mailbox of a server that is none of
// ours, over TLS that is verified, by either way of signing in.
func TestArrivedElsewhereMade(t *testing.T) {
	user, target, roots := memory(t, "INBOX", "Unerwünscht", "Lists", "Sent", "Entw&APw-rfe")
	appendTo(t, user, "INBOX", fmt.Sprintf(header, "in@x"))
	appendTo(t, user, "Unerwünscht", fmt.Sprintf(header, "junk@x"))
	appendTo(t, user, "Lists", fmt.Sprintf(header, "list@x"))
	appendTo(t, user, "Sent", fmt.Sprintf(header, "sent@x"))
	for id, want := range map[string]string{
		"in@x": "arrived INBOX 0", "<junk@x>": "arrived-junk Unerwünscht 0", "list@x": "arrived-elsewhere Lists 0",
		"sent@x": "not-arrived  42", "none@x": "not-arrived  42", "n@x": "not-arrived  42", // a part of another one
	} {
		for _, way := range []string{"", signin.Plain, signin.Login} {
			var seen strings.Builder
			p := probe.Probe{
				Options: session.Options{Timeouts: session.EveryStage(20 * time.Second), TLS: session.TLS{Roots: roots, RequireTrust: true}},
				Watch:   func(event session.Event) { fmt.Fprintf(&seen, "%+v\n", event) },
			}
			look := anna(id, 0)
			look.Plan.SignIn.Way = way
			var facts verdict.Facts
			p.Arrived(t.Context(), &facts, []probe.Target{target}, look)
			said, exit := verdict.Of(facts)
			if got := fmt.Sprintf("%s %s %d", said.Code, facts.Arrival.Folder, exit); got != want {
				t.Errorf("%s by %q: %s, want %s; %v", id, way, got, want, facts.Tries)
			}
			if strings.Contains(seen.String(), "sec\"ret") || strings.Contains(seen.String(), "c2VjInJldCD") {
				t.Errorf("%s by %q: the password shows", id, way)
			}
			if got, want := stages(facts.Tries[0]), "connect greeting tls hello auth folders look quit"; got != want {
				t.Errorf("stages %s, want %s", got, want)
			}
		}
	}
}

// TestMailboxTrouble holds where it ends when it does not come to a look.
func TestMailboxTrouble(t *testing.T) {
	_, target, roots := memory(t, "INBOX")
	wrong := anna("x", 0)
	wrong.Plan.SignIn.Who.Password = session.NewSecret("another")
	for _, tt := range []struct {
		name  string
		roots *x509.CertPool
		look  probe.Arrived
		tls   script.Policy
		want  string
	}{
		{"wrong password", roots, wrong, "", "sign-in-refused 34"},
		{"not trusted", nil, anna("x", 0), "", "sign-in-refused 34"},
		{"not encrypted", roots, anna("x", 0), script.None, "sign-in-refused 34"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.look.Plan.TLS = tt.tls
			p := probe.Probe{Options: session.Options{Timeouts: session.EveryStage(20 * time.Second), TLS: session.TLS{Roots: tt.roots}}}
			if tt.roots == nil {
				p.Options.TLS.Roots = x509.NewCertPool()
			}
			var facts verdict.Facts
			p.Arrived(t.Context(), &facts, []probe.Target{target}, tt.look)
			said, exit := verdict.Of(facts)
			if got := fmt.Sprintf("%s %d", said.Code, exit); got != tt.want {
				t.Errorf("%s: %s; %+v", got, said.Sentence, facts.Tries)
			}
		})
	}
}

// TestHostileMailbox holds that a server that goes astray is left, and why is
// told.
func TestHostileMailbox(t *testing.T) {
	const hello = "* OK [CAPABILITY IMAP4rev1] hello\r\n"
	for _, tt := range []struct{ name, says, want string }{
		{"SMTP", "220 mx ESMTP\r\n", "not-smtp 25 connect greeting!not-protocol"},
		{"turned away", "* BYE [UNAVAILABLE] later\r\n", "refused-us 30 connect greeting!"},
		{"silent", "", "silent 24 connect greeting!silent"},
		{"hangs up", "HANGUP", "closed-early 23 connect greeting!closed-early"},
		{"another tag", hello + "x9 OK\r\n", "connection-lost 40 connect greeting auth!protocol"},
		{"a plus for nothing", hello + "+ go on\r\n", "connection-lost 40 connect greeting auth!protocol"},
		{"no IMAP behind the greeting", hello + "what is this\r\n", "connection-lost 40 connect greeting auth!protocol"},
		{"no answer", hello, "connection-lost 40 connect greeting auth!overdue"},
		{"literal without end", hello + "* 1 FETCH (BODY[] {4000000000}\r\nabc", "connection-lost 40 connect greeting auth!overdue"},
		{"goodbye in the middle", hello + "* BYE bye\r\nHANGUP", "connection-lost 40 connect greeting auth!hung-up"},
		{"lost in the middle", hello + "HANGUP", "connection-lost 40 connect greeting auth!lost"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				facts := lookInto(t.Context(), t, func(conn net.Conn) {
					text, hangsUp := strings.CutSuffix(tt.says, "HANGUP")
					greeting, rest, _ := strings.Cut(text, "\r\n")
					if greeting != "" {
						fmt.Fprintf(conn, "%s\r\n", greeting)
					}
					if rest != "" || strings.Count(tt.says, "\n") > 0 && hangsUp {
						_, _ = conn.Read(make([]byte, 1000)) // the sign-in
						_, _ = io.WriteString(conn, rest)
					}
					if hangsUp {
						return
					}
					_, _ = io.Copy(io.Discard, conn)
				}, 0)
				said, exit := verdict.Of(facts)
				if got := fmt.Sprintf("%s %d %s", said.Code, exit, stages(facts.Tries[0])); got != tt.want {
					t.Errorf("%s, want %s", got, tt.want)
				}
			})
		})
	}
}

// lookInto looks into a mailbox behind one end of a pipe.
func lookInto(ctx context.Context, t *testing.T, serve func(net.Conn), wait time.Duration) (facts verdict.Facts) {
	t.Helper()
	p := probe.Probe{Options: session.Options{Timeouts: session.EveryStage(20 * time.Second), Reach: func(context.Context, netip.AddrPort) (net.Conn, error) {
		ours, theirs := net.Pipe()
		go func() {
			defer theirs.Close()
			serve(theirs)
		}()
		return ours, nil
	}}}
	look := anna("1@x", wait)
	look.Plan.SignIn.InsecureAuth = true
	look.Plan.SignIn.Who.Password = session.NewSecret("secret")
	look.Plan.TLS = script.None
	p.Arrived(ctx, &facts, []probe.Target{{Host: "imap.example.org", Addr: netip.MustParseAddrPort("192.0.2.1:143"), Purpose: "server"}}, look)
	return facts
}

// bulk is the practice mailbox with the rules of the scenario bulk.
func bulk(t *testing.T) (*practice.Server, *postbox.Server) {
	t.Helper()
	scenario, ok := practice.Find("bulk")
	if !ok {
		t.Fatal("no scenario")
	}
	mail := practice.New(scenario)
	return mail, postbox.New(mail)
}

// deliver says a mail to a practice server, dot and all.
func deliver(mail *practice.Server, sender, text string) {
	ours, theirs := net.Pipe()
	done := make(chan struct{})
	go func() { defer close(done); mail.Serve(theirs) }()
	go func() { _, _ = io.Copy(io.Discard, ours) }()
	for _, line := range []string{"EHLO me.example.com", "MAIL FROM:<" + sender + ">", "RCPT TO:<jcatalaa@catium.com>", "DATA", text + "\r\n.", "QUIT"} {
		_, _ = io.WriteString(ours, line+"\r\n")
	}
	<-done
	ours.Close()
}

// TestComesLate holds that it is looked for again until the mail is there, and
// no longer than was asked for.
func TestComesLate(t *testing.T) {
	for _, tt := range []struct {
		name       string
		wait, late time.Duration
		want       string
	}{
		{"in time", time.Minute, 20 * time.Second, "arrived INBOX"},
		{"too late", time.Minute, 2 * time.Minute, "not-arrived "},
	} {
		t.Run(tt.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				mail, mailbox := bulk(t)
				defer mail.Close()
				defer mailbox.Close()
				began := time.Now()
				comes := time.AfterFunc(tt.late, func() { deliver(mail, "me@example.com", "From: me@example.com\r\nMessage-ID: <1@x>\r\n\r\nhi") })
				defer comes.Stop()
				facts := lookInto(t.Context(), t, mailbox.Serve, tt.wait)
				said, _ := verdict.Of(facts)
				if got := said.Code + " " + facts.Arrival.Folder; got != tt.want {
					t.Errorf("%s, want %s: %+v", got, tt.want, facts.Tries)
				}
				if took := time.Since(began); took < min(tt.late, tt.wait) || took > tt.wait+time.Second || time.Duration(facts.Arrival.Waited) > took {
					t.Errorf("took %v, waited %v", took, time.Duration(facts.Arrival.Waited))
				}
			})
		})
	}
}

// TestStoppedLooking holds that a stop ends the waiting at once.
func TestStoppedLooking(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mail, mailbox := bulk(t)
		defer mail.Close()
		defer mailbox.Close()
		ctx, cancel := context.WithTimeout(t.Context(), 25*time.Second)
		defer cancel()
		began := time.Now()
		facts := lookInto(ctx, t, mailbox.Serve, time.Hour)
		if took := time.Since(began); took != 25*time.Second {
			t.Errorf("took %v", took)
		}
		if said, exit := verdict.Of(facts); said.Code != "stopped" || exit != verdict.ExitStopped {
			t.Errorf("%s %d", said.Code, exit)
		}
	})
}

// TestHowTo holds the end of the how-to: its exact bytes land in Bulk, a whole
// mail in the inbox.
func TestHowTo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		mail, mailbox := bulk(t)
		defer mail.Close()
		defer mailbox.Close()
		for _, tt := range []struct{ sender, text, want string }{
			{"", "this is a test", "arrived-junk Bulk"},
			{"me@example.com", "this is a test", "arrived-junk Bulk"},
			{"", "From: me@example.com\r\n\r\nhi", "arrived-junk Bulk"},
			{"me@example.com", "From: me@example.com\r\nMessage-ID: <9@x>\r\n\r\nhi", "arrived INBOX"},
		} {
			time.Sleep(time.Second) // INTERNALDATE knows whole seconds
			deliver(mail, tt.sender, tt.text)
			if found := newest(t, mailbox); found != tt.want {
				t.Errorf("%q: %s, want %s", tt.text, found, tt.want)
			}
		}
	})
}

// newest looks for the newest message.
func newest(t *testing.T, mailbox *postbox.Server) string {
	t.Helper()
	ours, theirs := net.Pipe()
	go mailbox.Serve(theirs)
	p := probe.Probe{Options: session.Options{
		Timeouts: session.EveryStage(20 * time.Second),
		Reach:    func(context.Context, netip.AddrPort) (net.Conn, error) { return ours, nil },
	}}
	look := anna("", 0)
	look.Plan.Since = time.Now().Add(-time.Minute)
	look.Plan.SignIn.Insecure = true
	var facts verdict.Facts
	p.Arrived(t.Context(), &facts, []probe.Target{{Host: "mta101", Addr: netip.MustParseAddrPort("192.0.2.1:143")}}, look)
	said, _ := verdict.Of(facts)
	return said.Code + " " + facts.Arrival.Folder
}
