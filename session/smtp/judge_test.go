package smtp

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// told writes a doubt as the table below does: kind, what it is about, "held",
// and the better line behind an arrow.
func told(doubts []Doubt) string {
	var all []string
	for _, doubt := range doubts {
		text := string(doubt.Kind)
		if doubt.Word != "" {
			text += " " + doubt.Word
		}
		if doubt.Hold {
			text += " held"
		}
		if doubt.Mends {
			text += " -> " + doubt.Better
		}
		all = append(all, text)
	}
	return strings.Join(all, "; ")
}

func TestJudge(t *testing.T) {
	const greeted = "S: 220 hi\n"
	long := strings.Repeat("x", 600)
	for _, test := range []struct{ dialogue, line, want string }{
		// The four that are held, of which the last is two.
		{greeted, "EHLO Jean-Marc here", "space-in-name Jean-Marc here held"},
		{greeted, "helo a\tb", "space-in-name a\tb held"},
		{rich, "MAIL FROM:a@b SIZE=5", "no-brackets held -> MAIL FROM:<a@b> SIZE=5"},
		{rich, "mail from:", "no-brackets held -> MAIL FROM:<>"},
		{rich, "MAIL a@b", "no-brackets held -> MAIL FROM:<a@b>"},
		{mail, "rcpt to: a@b", "no-brackets held -> RCPT TO:<a@b>"},
		{mail, "RCPT TO:<a@b", "no-brackets held -> RCPT TO:<a@b>"},
		{mail, "RCPT TO:Anna <a@b>", "no-brackets held -> RCPT TO:<a@b>"},
		{mail, "RCPT TO:", "no-brackets held"},
		{rich, "MAILFROM:<a@b>", "no-verb held -> MAIL FROM:<a@b>"},
		{rich, "> QUIT", "no-verb held -> QUIT"},
		{greeted, "C: EHLO pc17", "no-verb held -> EHLO pc17"},
		{mail, "TO:<a@b>", "no-verb held -> RCPT TO:<a@b>"},
		{rich, "<>", "no-verb held"},
		{data, ".", "no-from held -> From: a@b; no-empty-line held -> "},
		{data + "C: From: a@b\n", ".", "no-empty-line held -> "},
		{data + "C: From: a@b\nC: How are you?\n", ".", "no-empty-line held"},
		{data + "C: Subject: x\nC: \nC: text\n", ".", "no-from held"},
		{data + "C: From: a@b\nC: \nC: text\n", ".", ""},
		{data + "C: Subject: a\nC:  folded: x\nC: from : a@b\nC: \n", ".", ""},
		// All else is a note.
		{greeted, "ELHO pc17", "unknown ELHO -> EHLO pc17"},
		{rich, "RCTP TO:<a@b>", "unknown RCTP -> RCPT TO:<a@b>"},
		{rich, "exit", "unknown EXIT -> QUIT"},
		{rich, "XYZZY", "unknown XYZZY"},
		{rich, "ETRN a.example", "not-offered ETRN"},
		{rich, ".", "bare-dot"},
		{rich, "RCPT TO:<a@b>", "early MAIL"},
		{mail, "DATA", "early RCPT"},
		{greeted, "MAIL FROM:<>", "early EHLO"},
		{rich, "MAIL FROM:<a@b> SMTPUTF8", "not-offered SMTPUTF8"},
		{rich, "MAIL FROM:<a@b> BODY=BINARYMIME FOO=1", "not-offered BODY; not-offered FOO"},
		{rich, "MAIL FROM:<a@b> SIZE=31981569", "too-big SIZE=31981569"},
		{rich, "MAIL FROM:<a@b> SIZE=5 RET=HDRS BODY=7bit", ""},
		{mail, "RCPT TO:<a@b> NOTIFY=NEVER ORCPT=rfc822;a@b", ""},
		{mail, "RCPT TO:<a@b> SIZE=5", "not-offered SIZE"},
		{rich, "MAIL FROM <a@b>", "colon -> MAIL FROM:<a@b>"},
		{rich, "MAIL FROM: <a@b> SIZE=5", "blank -> MAIL FROM:<a@b> SIZE=5"},
		{mail, "RCPT TO:<anna>", "no-domain anna"},
		{mail, "RCPT TO:<Postmaster>", ""},
		{rich, "AUTH CRAM-MD5", "not-offered AUTH CRAM-MD5"},
		{rich, "AUTH PLAIN", "in-clear PLAIN"},
		{greeted, "EHLO", "no-name"},
		{greeted, "EHLO a@b", "mail-as-name a@b"},
		{mail, "RCPT TO:<jos\u00e9@b.example>", "eight-bit SMTPUTF8"},
		{data, "Subject: \u00e9", "eight-bit SMTPUTF8"},
		{data + "C: From: a@b\nC: \n", "\u00e9", "unsaid BODY=8BITMIME"},
		{strings.Replace(data, "<a@b>", "<a@b> BODY=8BITMIME", 1) + "C: \n", "\u00e9", ""},
		{strings.Replace(data, "S: 250-8BITMIME\n", "", 1) + "C: \n", "\xe9", "eight-bit 8BITMIME"},
		{data, "How are you?", "no-header"},
		{data, strings.Repeat(long, 2) + ": x", "long text"},
		{rich, "NOOP " + long, "long line"},
		{mail, "RCPT TO:<" + long[:65] + "@b>", "long local"},
		{mail, "RCPT TO:<a@" + long[:256] + ">", "long domain; long path"},
		{rich, "MAIL FROM:<a@b> ENVID=" + long, ""},
		// Nothing is odd about these.
		{greeted, "EHLO [192.0.2.1]", ""},
		{rich, "MAIL FROM:<>", ""},
		{rcpt, "DATA", ""},
		{rcpt, "VRFY anna", ""},
		{rich, "", ""},
		{data, "", ""},
		{data, "..", "no-header"},
		{rich + "C: AUTH LOGIN\nS: 334 VXNlcm5hbWU6\n", "no verb: a secret", ""},
	} {
		if got := told(fold(t, Dialect{}, test.dialogue).Judge(test.line)); got != test.want {
			t.Errorf("%.40q: %q, want %q", test.line, got, test.want)
		}
	}
}

// TestJudgedAhead: a hello that is hoped for has listed nothing, so nothing is
// missed in it.
func TestJudgedAhead(t *testing.T) {
	state := fold(t, Dialect{}, "S: 220 hi\nC: EHLO a\n").Ahead()
	if doubts := state.Judge("MAIL FROM:<a@b> SIZE=5"); len(doubts) > 0 {
		t.Errorf("doubts %+v", doubts)
	}
}

// TestBetterIsBetter: what is offered in place of a line is not held itself,
// and judging any line in any state comes to an end.
func TestBetterIsBetter(t *testing.T) {
	states := []State{
		fold(t, Dialect{}, "S: 220 hi"), fold(t, Dialect{}, rich), fold(t, Dialect{}, mail), fold(t, Dialect{}, data),
		fold(t, Dialect{}, data+"C: Subject: x\n"),
	}
	pieces := []string{"MAIL", "FROM", "RCPT", "TO", "EHLO", ":", "<", ">", "@", "a", " ", ".", `"`, `\`, "C:", "\u00e9", "\xff", "SIZE=5", "250"}
	rapid.Check(t, func(t *rapid.T) {
		line := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 12).Draw(t, "line"), "")
		state := rapid.SampledFrom(states).Draw(t, "state")
		for _, doubt := range state.Judge(line) {
			if !doubt.Mends || !doubt.Hold {
				continue
			}
			for _, again := range state.Judge(doubt.Better) {
				if again.Hold {
					t.Fatalf("%q: %q is held too: %s", line, doubt.Better, fmt.Sprintf("%+v", again))
				}
			}
		}
	})
}
