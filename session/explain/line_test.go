package explain

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"ehlo/session"
)

// TestDialogues reads whole conversations: beneath each line, after "=", the
// sentence that stands beside it.
func TestDialogues(t *testing.T) {
	files, err := filepath.Glob("testdata/*.dialog")
	if err != nil || len(files) == 0 {
		t.Fatal("no dialogues", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			playDialogue(t, strings.Split(strings.TrimSpace(string(text)), "\n"))
		})
	}
}

func playDialogue(t *testing.T, lines []string) {
	var to session.Command
	var reply session.Reply
	var wants []string
	for i, line := range lines {
		mark, text, _ := strings.Cut(line, " ")
		want := ""
		if i+1 < len(lines) {
			want = strings.TrimPrefix(lines[i+1], "= ")
		}
		switch mark {
		case "C:":
			to = command(text)
			if got := Command(to); got != want {
				t.Errorf("%s\n got %q\nwant %q", line, got, want)
			}
		case "S:":
			one, last := replyOf(text)
			reply.Lines, wants = append(reply.Lines, text), append(wants, want)
			if !last {
				continue
			}
			reply.Class, reply.Code, reply.Enhanced = one.Class, one.Code, one.Enhanced
			for j, got := range Lines(reply, to) {
				if got != wants[j] {
					t.Errorf("S: %s\n got %q\nwant %q", reply.Lines[j], got, wants[j])
				}
			}
			reply, wants = session.Reply{}, nil
		}
	}
}

// TestLine explains lines as they come, without the rest of their reply.
func TestLine(t *testing.T) {
	ehlo := command("EHLO pc17.example.org")
	tests := []struct {
		line  string
		first bool
		to    session.Command
		want  string
	}{
		{"250-mta101.biz.mail.mud.yahoo.com", true, ehlo, "It greets us back by its own name."},
		{"250-SIZE 31981568", false, ehlo, "Accepts messages up to 32 MB (attachments up to about 23 MB)."},
		{"250-SIZE 0", false, ehlo, "Does not say how large a message may be."},
		{"250-SIZE 99999999999999999999", false, ehlo, "Does not say how large a message may be."},
		{"250-SIZE 10000", false, ehlo, "Accepts messages up to 10 kB, too small for attachments."},
		{"250-size 10240000", false, ehlo, "Accepts messages up to 10 MB (attachments up to about 7.5 MB)."},
		{"250-AUTH", false, ehlo, "Lets you sign in, but names no way to do so."},
		{"250-AUTH \x1b[2J", false, ehlo, `Lets you sign in with a user name and password (\x1B[2J).`},
		{"250-", false, ehlo, "An extension we do not know; not needed by hand."},
		{"250 mail.example.com", true, ehlo, "It greets us back by its own name."},
		{"501 5.5.4 Invalid domain name", true, ehlo, "No. The name after EHLO has characters that are not allowed."},
		{"214-one", true, command("HELP"), ""},
		{"214 two", false, command("HELP"), "It lists the commands it knows."},
		{"250", true, command("NOOP"), "Yes, it is still there."},
		{"", true, command("NOOP"), "This is no answer as mail servers give it."},
		{"HTTP/1.1 400 Bad Request", true, session.Command{}, "This is not mail talk: wrong port or wrong service."},
	}
	for _, tt := range tests {
		if got := Line(tt.line, tt.first, tt.to); got != tt.want {
			t.Errorf("Line(%q, %v, %s)\n got %q\nwant %q", tt.line, tt.first, tt.to.Verb, got, tt.want)
		}
	}
}

// TestLineAgreesWithReply: the last line alone and the whole reply say the
// same where the reply is one line.
func TestLineAgreesWithReply(t *testing.T) {
	for i := range replies().Wordings {
		example := exampleOf(t, "replies.json", i)
		to := fitting(replies().Wordings[i].Kind)
		if line, lines := Line(example, true, to), Lines(heardReply(example), to); line != lines[len(lines)-1] {
			t.Errorf("%q: Line %q, Lines %q", example, line, lines)
		}
	}
}

func TestMissing(t *testing.T) {
	if got := Missing([]string{"SIZE 31981568", "8BITMIME"}); got != "Not in the list: STARTTLS (encryption)." {
		t.Errorf("got %q", got)
	}
	if got := Missing([]string{"SIZE", "starttls"}); got != "" {
		t.Errorf("got %q, want nothing", got)
	}
	for keyword, want := range map[string]string{"STARTTLS": "no encryption", "AUTH": "no sign-in", "ODD": "not offered"} {
		if got := MissingShort(keyword); got != want {
			t.Errorf("MissingShort(%s) = %q, want %q", keyword, got, want)
		}
	}
}

func TestEveryKeyword(t *testing.T) {
	for _, entry := range facts(t, "keywords.json", "ehlo_keywords") {
		keyword := entry["keyword"].(string)
		for _, text := range []string{keyword, strings.ToLower(keyword), keyword + " 1000000 b=c", keyword + " \xff\x1b"} {
			offer := Keyword(text)
			if offer.Name != keyword || !offer.Known || offer.Short == "" || offer.Tone == "" {
				t.Errorf("Keyword(%q) = %+v", text, offer)
			}
			if offer.Say == "" || strings.ContainsAny(offer.Say+offer.Short, "{}\x1b") || !utf8.ValidString(offer.Say) {
				t.Errorf("Keyword(%q) says %q, %q", text, offer.Say, offer.Short)
			}
		}
	}
	for text, want := range map[string]string{
		"AUTH=LOGIN": "AUTH=", "X-EXPS=LOGIN": "X-EXPS=LOGIN", "XXXXXXXA": "XXXX", "XXXA": "XXXA", "********": "XXXX",
		"X_PIPE_CONNECT": "PIPE_CONNECT", "XSHADOWREQUEST": "XSHADOW", "X": "X",
	} {
		if got := Keyword(text).Name; got != want {
			t.Errorf("Keyword(%q) is %q, want %q", text, got, want)
		}
	}
	if got := Keyword("SIZE 31981568").Short; got != "32 MB; files 23 MB" {
		t.Errorf("short is %q", got)
	}
}

func TestSize(t *testing.T) {
	for bytes, want := range map[int64]string{
		-1: "0 bytes", 0: "0 bytes", 999: "999 bytes", 1000: "1 kB", 1500: "1.5 kB", 9949: "9.9 kB", 9960: "10 kB",
		999_499: "999 kB", 999_500: "1 MB", 31_981_568: "32 MB", 23_361_140: "23 MB", 1_048_576: "1 MB",
		157_286_400: "157 MB", 1 << 40: "1.1 TB", 1<<63 - 1: "9.2 EB",
	} {
		if got := Size(bytes); got != want {
			t.Errorf("Size(%d) = %q, want %q", bytes, got, want)
		}
	}
	for message, want := range map[int64]int64{-5: 0, 0: 0, 10_000: 0, 31_981_568: 23_361_140} {
		if got := Attachment(message); got != want {
			t.Errorf("Attachment(%d) = %d, want %d", message, got, want)
		}
	}
}

func FuzzLine(f *testing.F) {
	for _, seed := range []string{"250-SIZE 1", "250 ", "250-AUTH=\x1b", "550", "5", "250-LIMITS =,=", "\u202e", "221-"} {
		f.Add(seed, "EHLO", true)
		f.Add(seed, "RCPT", false)
	}
	f.Fuzz(func(t *testing.T, line, verb string, first bool) {
		got := Line(line, first, session.Command{Verb: verb, Line: verb})
		if got == "" && !(len(line) > 3 && line[3] == '-') {
			t.Errorf("Line(%q) to %q is empty", line, verb)
		}
		if strings.ContainsFunc(got, unicode.IsControl) || strings.ContainsRune(got, unicode.ReplacementChar) && !strings.ContainsRune(line, unicode.ReplacementChar) {
			t.Errorf("Line(%q) to %q = %q", line, verb, got)
		}
	})
}
