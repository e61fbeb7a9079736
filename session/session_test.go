package session_test

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"ehlo/session"
	"ehlo/session/smtp"
)

func TestNothingIsSaidBeforeTheGreetingIsWhole(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := begin(t, session.Options{})
		k.Send(session.Line{Text: "EHLO a"})
		k.says("220-wait for it\r\n")
		synctest.Wait()
		k.peer.SetReadDeadline(time.Now().Add(time.Minute))
		if line, err := k.lines.ReadString('\n'); err == nil {
			t.Fatalf("said %q into the greeting", line)
		}
		k.peer.SetReadDeadline(time.Time{})
		k.says("220 ready\r\n")
		k.hears("EHLO a")
	})
}

func TestLockStep(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		k := greeted(t, session.Options{})
		k.Send(session.Line{Text: "NOOP 1"})
		k.Send(session.Line{Text: "NOOP 2"})
		k.hears("NOOP 1")
		synctest.Wait()
		k.peer.SetReadDeadline(time.Now().Add(time.Minute))
		if line, err := k.lines.ReadString('\n'); err == nil {
			t.Fatalf("said %q before the answer", line)
		}
		k.peer.SetReadDeadline(time.Time{})
		k.says("250 ok\r\n")
		k.hears("NOOP 2")
	})
}

func TestALineWithALineEndInsideIsRefused(t *testing.T) {
	k := greeted(t, session.Options{})
	for _, text := range []string{"NOOP\r\nQUIT", "NOOP\nQUIT", "NOOP\x00"} {
		if id := k.Send(session.Line{Text: text}); id != 0 {
			t.Errorf("%q was queued", text)
		}
	}
}

func TestWithdraw(t *testing.T) {
	k := greeted(t, session.Options{})
	k.Send(session.Line{Text: "NOOP 1"})
	id := k.Send(session.Line{Text: "NOOP 2"})
	k.hears("NOOP 1")
	out, ok := k.Withdraw(id)
	if line, _ := out.(session.Line); !ok || line.Text != "NOOP 2" {
		t.Fatalf("got %v %v", out, ok)
	}
	k.Send(session.Line{Text: "NOOP 3"})
	k.says("250 ok\r\n")
	k.hears("NOOP 3")
}

func TestALateAnswerBelongsToItsOwnLine(t *testing.T) {
	k := greeted(t, session.Options{})
	k.Send(session.Line{Text: "RCPT TO:<slow@b>"})
	k.hears("RCPT TO:<slow@b>")
	k.StopWaiting()
	await[session.GaveUp](k)
	k.Send(session.Line{Text: "NOOP"})
	k.hears("NOOP")
	k.says("250 recipient ok\r\n250 noop ok\r\n")
	late, next := await[session.Answered](k), await[session.Answered](k)
	if !late.Late || late.To.Verb != smtp.RCPT || next.Late || next.To.Verb != smtp.NOOP {
		t.Errorf("late %v to %q, then %v to %q", late.Late, late.To.Verb, next.Late, next.To.Verb)
	}
}

func TestUnaskedReplies(t *testing.T) {
	k := greeted(t, session.Options{})
	k.says("250 by the way\r\n")
	if answered := await[session.Answered](k); !answered.Unasked {
		t.Error("not marked as unasked")
	}
	k.says("421 shutting down\r\n")
	if ended := await[session.Ended](k); ended.Cause == nil || ended.Cause.Why != session.WhyHungUp {
		t.Errorf("ended with %v", ended.Cause)
	}
}

func TestHowConversationsEnd(t *testing.T) {
	for _, test := range []struct {
		name   string
		strict bool
		play   func(*talk)
		want   session.Why
	}{
		{"as asked", false, func(k *talk) { k.exchange("QUIT", "221 bye\r\n") }, ""},
		{"hung up on by us", false, func(k *talk) { k.Close() }, ""},
		{"closed in mid-session", false, func(k *talk) { k.peer.Close() }, session.WhyLost},
		{"unasked in a strict one", true, func(k *talk) { k.says("250 hello?\r\n") }, session.WhyProtocol},
		{"mixed codes in a strict one", true, func(k *talk) { k.exchange("NOOP", "250-a\r\n550 b\r\n") }, session.WhyProtocol},
		{"endless reply in a strict one", true, func(k *talk) {
			k.Send(session.Line{Text: "HELP"})
			k.hears("HELP")
			go func() {
				for {
					if _, err := k.peer.Write(bytes.Repeat([]byte("214-more\r\n"), 100)); err != nil {
						return
					}
				}
			}()
		}, session.WhyProtocol},
		{"lost after the dot", false, func(k *talk) {
			k.toData()
			k.Send(session.Line{Text: "."})
			k.hears(".")
			k.peer.Close()
		}, session.WhyAfterData},
		{"clear text after STARTTLS", false, func(k *talk) {
			k.Send(session.Line{Text: "STARTTLS"})
			k.hears("STARTTLS")
			k.says("220 go\r\n250 injected\r\n")
		}, session.WhyClearText},
	} {
		t.Run(test.name, func(t *testing.T) {
			k := greeted(t, session.Options{Strict: test.strict})
			test.play(k)
			ended := await[session.Ended](k)
			var got session.Why
			if ended.Cause != nil {
				got = ended.Cause.Why
			}
			if got != test.want {
				t.Errorf("ended with %q, want %q", got, test.want)
			}
		})
	}
}

func TestWaitsHaveDeadlines(t *testing.T) {
	for _, test := range []struct {
		name string
		play func(*talk)
		want session.Why
	}{
		{"greeting", func(*talk) {}, session.WhySilent},
		{"a greeting that drips", func(k *talk) {
			for range 40 {
				time.Sleep(time.Second)
				if _, err := k.peer.Write([]byte("2")); err != nil {
					return
				}
			}
		}, session.WhyNotProtocol},
		{"a greeting after a teaser", func(k *talk) { k.says("220-wait\r\n22") }, session.WhySilent},
		{"reply", func(k *talk) {
			k.says("220 ready\r\n")
			k.Send(session.Line{Text: "NOOP"})
			k.hears("NOOP")
		}, session.WhyOverdue},
		{"handshake", func(k *talk) {
			k.says("220 ready\r\n")
			k.Send(session.Line{Text: "STARTTLS"})
			k.hears("STARTTLS")
			k.says("220 go\r\n")
			go io.Copy(io.Discard, k.peer)
		}, session.WhyTLSFailed},
		{"a peer that does not read", func(k *talk) {
			k.says("220 ready\r\n")
			k.toData()
			k.Send(session.Body{Source: strings.NewReader("x\r\n"), Length: 3})
		}, session.WhyBodyStopped},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k := begin(t, session.Options{Strict: true, Timeouts: session.EveryStage(30 * time.Second)})
				began := time.Now()
				test.play(k)
				ended := await[session.Ended](k)
				if ended.Cause == nil || ended.Cause.Why != test.want {
					t.Fatalf("ended with %v, want %v", ended.Cause, test.want)
				}
				if took := time.Since(began); took > 45*time.Second {
					t.Errorf("took %v", took)
				}
			})
		})
	}
}

func TestUnsaidLinesComeBack(t *testing.T) {
	k := greeted(t, session.Options{})
	k.Send(session.Line{Text: "NOOP 1"})
	k.Send(session.Line{Text: "NOOP 2"})
	k.Send(session.Line{Text: "AUTH PLAIN c2VjcmV0"})
	k.hears("NOOP 1")
	k.peer.Close()
	got := await[session.Returned](k)
	if want := "NOOP 2|AUTH PLAIN " + session.Hidden; strings.Join(got.Lines, "|") != want {
		t.Errorf("got %q", got.Lines)
	}
	if id := k.Send(session.Line{Text: "NOOP"}); id != 0 {
		t.Error("queued after the end")
	}
}

func TestBodyGoesOutWholeAndEndsWithADot(t *testing.T) {
	k := greeted(t, session.Options{Digest: true})
	k.toData()
	text := strings.Repeat("a line of the message\r\n", 10_000)
	k.Send(session.Body{Source: strings.NewReader(text), Length: int64(len(text))})
	got := make([]byte, len(text)+len(".\r\n"))
	if _, err := io.ReadFull(k.lines, got); err != nil || string(got) != text+".\r\n" {
		t.Fatalf("the message changed on its way: %v", err)
	}
	k.says("250 ok dirdel\r\n")
	ended := await[session.BodyEnded](k)
	if !ended.Finished || ended.Bytes != int64(len(text)) || len(ended.Head) != session.MaxHead || len(ended.SHA256) != 64 {
		t.Errorf("%v %d %d %q", ended.Finished, ended.Bytes, len(ended.Head), ended.SHA256)
	}
	if answered := await[session.Answered](k); answered.To.Verb != smtp.End || answered.State.(smtp.State).Accepted != 1 {
		t.Errorf("answer to %q, %+v", answered.To.Verb, answered.State)
	}
}

func TestAReplyBeforeTheDotStopsTheUpload(t *testing.T) {
	k := greeted(t, session.Options{})
	k.toData()
	k.Send(session.Body{Source: endless{}, Length: -1})
	await[session.BodyBegan](k)
	go io.Copy(io.Discard, k.lines)
	k.says("552 5.3.4 too big\r\n")
	ended := await[session.Ended](k)
	if ended.Cause == nil || ended.Cause.Why != session.WhyBodyStopped || ended.Cause.Reply == nil || ended.Cause.Reply.Code != 552 {
		t.Errorf("ended with %+v", ended.Cause)
	}
}

func TestABodyThatCannotBeReadIsNotFinished(t *testing.T) {
	k := greeted(t, session.Options{})
	k.toData()
	k.Send(session.Body{Source: io.MultiReader(strings.NewReader("half\r\n"), broken{}), Length: -1})
	rest, _ := io.ReadAll(k.lines)
	if string(rest) != "half\r\n" {
		t.Errorf("the server got %q", rest)
	}
	if ended := await[session.Ended](k); ended.Cause == nil || ended.Cause.Why != session.WhyBodySource || !errors.Is(ended.Cause, errBroken) {
		t.Errorf("ended with %v", ended.Cause)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) { return copy(p, "more of it\r\n"), nil }

type broken struct{}

var errBroken = errors.New("the disk is gone")

func (broken) Read([]byte) (int, error) { return 0, errBroken }

func TestSecretsExistOnlyOnTheWire(t *testing.T) {
	const password, encoded = "hunter22", "aHVudGVyMjI="
	k := greeted(t, session.Options{})
	k.exchange("EHLO a", "250-b\r\n250 AUTH LOGIN PLAIN\r\n")
	k.exchange("AUTH LOGIN "+"bWVtZQ==", "334 UGFzc3dvcmQ6\r\n")
	k.Send(session.Line{Text: encoded})
	k.hears(encoded)
	k.says("535-you said " + encoded + "\r\n535 which is " + password + "\r\n")
	k.Send(session.Line{Text: "AUTH PLAIN AG1lbWUAaHVudGVyMjI="})
	k.hears("AUTH PLAIN AG1lbWUAaHVudGVyMjI=")
	k.says("535 " + password + " is wrong\r\n")
	answered := await[session.Answered](k)
	k.Close()
	seen := everything(k) + strings.Join(answered.Reply.Lines, "|")
	for _, secret := range []string{password, encoded, "bWVtZQ==", "AG1lbWUAaHVudGVyMjI="} {
		if strings.Contains(seen, secret) {
			t.Errorf("%q was shown:\n%s", secret, seen)
		}
	}
	if !strings.Contains(seen, session.Hidden) {
		t.Errorf("nothing was hidden:\n%s", seen)
	}
}

// TestEveryWaitEndsAtOnce holds the promise of the break menu: hanging up acts
// at every point, while the far end is silent.
func TestEveryWaitEndsAtOnce(t *testing.T) {
	for _, test := range []struct {
		name string
		play func(*talk)
	}{
		{"greeting", func(*talk) {}},
		{"reply", func(k *talk) {
			k.says("220 ready\r\n")
			k.Send(session.Line{Text: "NOOP"})
			k.hears("NOOP")
		}},
		{"handshake", func(k *talk) {
			k.says("220 ready\r\n")
			k.Send(session.Line{Text: "STARTTLS"})
			k.hears("STARTTLS")
			k.says("220 go\r\n")
			k.peer.Read(make([]byte, 1))
		}},
		{"upload", func(k *talk) {
			k.says("220 ready\r\n")
			k.toData()
			k.Send(session.Body{Source: endless{}, Length: -1})
			k.peer.Read(make([]byte, 1))
		}},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				k := begin(t, session.Options{})
				test.play(k)
				synctest.Wait()
				asked := time.Now()
				k.Close()
				await[session.Ended](k)
				if took := time.Since(asked); took > time.Second {
					t.Errorf("took %v of the test's clock", took)
				}
			})
		})
	}
}

func TestStopWaitingEndsWhatHasNotBegun(t *testing.T) {
	k := begin(t, session.Options{})
	k.StopWaiting()
	if ended := await[session.Ended](k); ended.Cause == nil || ended.Cause.Why != session.WhyStopped {
		t.Errorf("ended with %v", ended.Cause)
	}
}
