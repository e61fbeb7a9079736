package postbox_test

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/smtp"
	"regexp"
	"strings"
	"testing"

	"github.com/emersion/go-imap/v2"
	"github.com/emersion/go-imap/v2/imapclient"
	"go.uber.org/goleak"

	"ehlo/session/practice"
	"ehlo/session/practice/postbox"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// start starts the servers of the scenario bulk with two mails: one in the
// inbox, and the how-to's in Bulk.
func start(t *testing.T) *postbox.Server {
	t.Helper()
	scenario, _ := practice.Find("bulk")
	mail := practice.New(scenario)
	if err := mail.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mail.Close() })
	for sender, text := range map[string]string{
		"":               "this is a test\r\n",
		"me@example.com": "From: Me <me@example.com>\r\nTo: jcatalaa@catium.com\r\nSubject: hello\r\n there\r\nMessage-ID: <1@example.com>\r\n\r\nthe text\r\n",
	} {
		if err := smtp.SendMail(mail.Addr().String(), nil, sender, []string{"jcatalaa@catium.com"}, []byte(text)); err != nil {
			t.Fatal(err)
		}
	}
	mailbox := postbox.New(mail)
	if err := mailbox.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { mailbox.Close() })
	return mailbox
}

// TestPeer reads the mailbox with a client that is none of ours.
func TestPeer(t *testing.T) {
	mailbox := start(t)
	for name, dial := range map[string]func() (*imapclient.Client, error){
		"in clear": func() (*imapclient.Client, error) { return imapclient.DialInsecure(mailbox.Addr().String(), nil) },
		"STARTTLS": func() (*imapclient.Client, error) {
			return imapclient.DialStartTLS(mailbox.Addr().String(), &imapclient.Options{TLSConfig: &tls.Config{InsecureSkipVerify: true}})
		},
		"TLS": func() (*imapclient.Client, error) {
			return imapclient.DialTLS(mailbox.AddrTLS().String(), &imapclient.Options{TLSConfig: &tls.Config{InsecureSkipVerify: true}})
		},
	} {
		t.Run(name, func(t *testing.T) {
			client, err := dial()
			if err != nil {
				t.Fatal(err)
			}
			defer client.Close()
			if err := client.Login("jcatalaa@catium.com", "secret").Wait(); err != nil {
				t.Fatal(err)
			}
			folders, err := client.List("", "*", &imap.ListOptions{ReturnSpecialUse: true}).Collect()
			if err != nil || len(folders) != 2 {
				t.Fatalf("%v, %v", folders, err)
			}
			for folder, want := range map[string]string{"INBOX": "hello there", "Bulk": ""} {
				readOne(t, client, folder, want)
			}
			if err := client.Logout().Wait(); err != nil {
				t.Error(err)
			}
		})
	}
}

// readOne opens a folder, and fetches the one mail in it.
func readOne(t *testing.T, client *imapclient.Client, folder, subject string) {
	t.Helper()
	selected, err := client.Select(folder, &imap.SelectOptions{ReadOnly: true}).Wait()
	if err != nil || selected.NumMessages != 1 {
		t.Fatalf("%s: %+v, %v", folder, selected, err)
	}
	found, err := client.UIDSearch(&imap.SearchCriteria{Header: []imap.SearchCriteriaHeaderField{{Key: "Received", Value: "ESMTP"}}}, nil).Wait()
	if err != nil || len(found.AllUIDs()) != 1 {
		t.Fatalf("%s: %+v, %v", folder, found, err)
	}
	section := &imap.FetchItemBodySection{Specifier: imap.PartSpecifierHeader, Peek: true}
	messages, err := client.Fetch(imap.UIDSetNum(found.AllUIDs()...), &imap.FetchOptions{
		UID: true, Envelope: true, InternalDate: true, RFC822Size: true, Flags: true, BodySection: []*imap.FetchItemBodySection{section},
	}).Collect()
	if err != nil || len(messages) != 1 {
		t.Fatalf("%s: %v, %v", folder, messages, err)
	}
	m := messages[0]
	if m.Envelope.Subject != subject || m.InternalDate.IsZero() || m.RFC822Size == 0 || !strings.Contains(string(m.FindBodySection(section)), "Received: from") {
		t.Errorf("%s: %+v", folder, m)
	}
}

// TestAnyCommand says anything at any time: each line has its one answer.
func TestAnyCommand(t *testing.T) {
	mailbox := start(t)
	conn, err := net.Dial("tcp", mailbox.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	in := bufio.NewReader(conn)
	if line, _ := in.ReadString('\n'); !strings.HasPrefix(line, "* OK") {
		t.Fatalf("greeting %q", line)
	}
	for i, tt := range []struct{ says, want string }{
		{"FROB", "BAD"},
		{"SELECT INBOX", "BAD sign in"},
		{"FETCH 1 FLAGS", "BAD open"},
		{"CAPABILITY x", "BAD"},
		{"LOGIN a", "BAD"},
		{"LOGIN a {3+}\r\nabc", "OK"},
		{"LOGIN a b", "BAD signed in"},
		{"LIST", "BAD"},
		{`LIST "" %`, "OK"},
		{`LIST (SPECIAL-USE) "" (*) RETURN (CHILDREN)`, "OK"},
		{`LIST "" ""`, "OK"},
		{`LSUB "" *`, "OK"},
		{"SELECT nothing", "NO"},
		{"STATUS inbox (MESSAGES UIDNEXT)", "OK"},
		{"STATUS inbox (FROB)", "BAD"},
		{"SELECT Inbox", "OK [READ-ONLY]"},
		{"SEARCH", "BAD"},
		{"SEARCH ALL (OR SEEN NOT SUBJECT hello) 1:*", "OK"},
		{"SEARCH CHARSET KOI8 ALL", "NO"},
		{"SEARCH SINCE 1-Jan-2020 SMALLER 100000 BODY text FROM me", "OK"},
		{"SEARCH FROB", "BAD"},
		{"SEARCH NOT", "BAD"},
		{"SEARCH (((((((((((ALL)))))))))))", "BAD"},
		{"FETCH 1 (FLAGS BODY[TEXT]<0.3> BODY.PEEK[HEADER.FIELDS (Subject)] BODYSTRUCTURE)", "OK"},
		{"FETCH 1 FROB", "BAD"},
		{"FETCH 0 FLAGS", "BAD"},
		{"FETCH 5 FLAGS", "OK"},
		{"UID FETCH 1:* FULL", "OK"},
		{"STORE 1 FLAGS ()", "NO"},
		{"EXPUNGE", "NO"},
		{"APPEND x {3+}\r\nabc", "NO"},
		{"NOOP", "OK"},
		{"UID FROB 1", "BAD"},
		{"UID", "BAD"},
		{"ID NIL", "OK"},
		{"CLOSE", "OK"},
		{"CHECK", "BAD"},
		{"STARTTLS", "BAD"},
		{strings.Repeat("x", 20_000), ""},
		{"NOOP {100000}", "NO [TOOBIG]"},
		{"AUTHENTICATE FROB", "NO"},
		{"LOGOUT", "OK"},
	} {
		tag := fmt.Sprintf("t%d", i)
		fmt.Fprintf(conn, "%s %s\r\n", tag, tt.says)
		if tt.want == "" {
			tag = "*"
		}
		for {
			line, err := in.ReadString('\n')
			if err != nil {
				t.Fatalf("%.60s: %v", tt.says, err)
			}
			if rest, mine := strings.CutPrefix(line, tag+" "); mine {
				if !strings.HasPrefix(rest, tt.want) {
					t.Errorf("%.60s: %q, want %s", tt.says, rest, tt.want)
				}
				break
			}
		}
	}
	if rest, err := io.ReadAll(in); len(rest) > 0 || err != nil {
		t.Errorf("after LOGOUT: %q, %v", rest, err)
	}
}

// TestUsers holds who may come in, and what each sees.
func TestUsers(t *testing.T) {
	mailbox := start(t)
	for user, want := range map[string]uint32{"jcatalaa@catium.com": 1, "JCATALAA@catium.com": 1, "other@catium.com": 0, "postmaster": 1} {
		client, err := imapclient.DialInsecure(mailbox.Addr().String(), nil)
		if err != nil {
			t.Fatal(err)
		}
		if err := client.Login(user, "x").Wait(); err != nil {
			t.Error(err)
		}
		if selected, err := client.Select("INBOX", nil).Wait(); err != nil || selected.NumMessages != want {
			t.Errorf("%s: %+v, %v", user, selected, err)
		}
		client.Close()
	}
}

// TestFetchText holds the bytes of a mail: what the server wrote, and then what
// was sent.
func TestFetchText(t *testing.T) {
	mailbox := start(t)
	client, err := imapclient.DialInsecure(mailbox.Addr().String(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	if err := client.Login("anybody", "x").Wait(); err != nil {
		t.Fatal(err)
	}
	if _, err := client.Select("Bulk", nil).Wait(); err != nil {
		t.Fatal(err)
	}
	section := &imap.FetchItemBodySection{}
	messages, err := client.Fetch(imap.SeqSetNum(1), &imap.FetchOptions{BodySection: []*imap.FetchItemBodySection{section}}).Collect()
	if err != nil || len(messages) != 1 {
		t.Fatal(messages, err)
	}
	want := regexp.MustCompile(`^Return-Path: <>\r\nAuthentication-Results: .*\r\nX-Spam-Flag: YES\r\nReceived: from \S+ \(\[127\.0\.0\.1\]\)\r\n\tby \S+ with ESMTP id \w+;\r\n\t.*\r\nthis is a test\r\n$`)
	if text := string(messages[0].FindBodySection(section)); !want.MatchString(text) {
		t.Errorf("%q", text)
	}
}

// TestFull holds that there is a bound to conversations, and that Close ends
// them.
func TestFull(t *testing.T) {
	mailbox := postbox.New(practice.New(practice.Scenario{}))
	mailbox.MaxOpen = 1
	if err := mailbox.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	first, err := net.Dial("tcp", mailbox.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer first.Close()
	in := bufio.NewReader(first)
	if _, err := in.ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	second, err := net.Dial("tcp", mailbox.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer second.Close()
	if n, err := second.Read(make([]byte, 1)); n != 0 || err == nil {
		t.Error("a second one was let in")
	}
	mailbox.Close()
	if _, err := in.ReadString('\n'); err == nil {
		t.Error("the first one goes on")
	}
	if err := mailbox.Start(t.Context()); err == nil {
		t.Error("started again after Close")
	}
}
