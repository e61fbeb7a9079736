package message

import (
	"bytes"
	"errors"
	"io"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	mime "github.com/emersion/go-message"
)

func draft() Draft {
	return Draft{
		From: "helpdesk@example.org", To: []string{"jcatalaa@catium.com"}, Subject: "Hello, Hola",
		Text: "How are you?\nJe ne sais quoi\nCiao,\nJean-Marc",
		Date: time.Date(2007, 5, 8, 9, 15, 4, 0, time.FixedZone("", -7*3600)), ID: "1@example.org",
	}
}

func TestComposePlain(t *testing.T) {
	m := composed(t, draft())
	want, err := os.ReadFile(filepath.Join("testdata", "plain.eml"))
	if err != nil {
		t.Fatal(err)
	}
	if got := read(t, m); got != strings.ReplaceAll(string(want), "\n", "\r\n") {
		t.Errorf("got\n%s", got)
	}
	if m.HeaderLines() != 8 || m.TextLines() != 4 || m.EightBit() || m.ID() != "1@example.org" {
		t.Errorf("%d header lines, %d of text, id %q", m.HeaderLines(), m.TextLines(), m.ID())
	}
}

func TestComposeForms(t *testing.T) {
	tests := []struct {
		name   string
		change func(*Draft)
		want   []string
	}{
		{"null sender", func(d *Draft) { d.From, d.Hello, d.ID = "", "pc17.example.org", "" }, []string{"From: postmaster@pc17.example.org\r\n", "@pc17.example.org>\r\n"}},
		{"names", func(d *Draft) {
			d.From, d.To = `"C, Jean" <a@b.example>`, []string{"Jürgen <c@d.example>", `"x y"@e.example`}
		}, []string{`From: "C, Jean" <a@b.example>`, "To: =?utf-8?q?J=C3=BCrgen?= <c@d.example>, \"x y\"@e.example\r\n"}},
		{"subject", func(d *Draft) { d.Subject = "Grüße" }, []string{"Subject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n"}},
		{"accents", func(d *Draft) { d.Text = "¿Cómo estás?" }, []string{"quoted-printable\r\n\r\n=C2=BFC=C3=B3mo est=C3=A1s?\r\n"}},
		{"8 bit", func(d *Draft) { d.Text, d.EightBit = "¿Cómo estás?", true }, []string{"8bit\r\n\r\n¿Cómo estás?\r\n"}},
		{"long line", func(d *Draft) { d.Text = strings.Repeat("x", 999) }, []string{"quoted-printable"}},
		{"longest line", func(d *Draft) { d.Text = strings.Repeat("x", 998) }, []string{"7bit", strings.Repeat("x", 998) + "\r\n"}},
		{"no text", func(d *Draft) { d.Text, d.Subject = "", "" }, []string{"Subject: \r\n", "7bit\r\n\r\n"}},
		{"own headers", func(d *Draft) {
			d.Header = []Field{{"X-MyThing", "1"}, {"subject", "other"}, {"Cc", "Zoë <z@e.example>"}}
		}, []string{"X-MyThing: 1\r\n", "subject: other\r\n", "Cc: =?utf-8?q?Zo=C3=AB?= <z@e.example>\r\n"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			d := draft()
			test.change(&d)
			got := read(t, composed(t, d))
			for _, want := range test.want {
				if !strings.Contains(got, want) {
					t.Errorf("no %q in\n%s", want, got)
				}
			}
			if _, err := mail.ReadMessage(strings.NewReader(got)); err != nil {
				t.Error(err)
			}
			if strings.Count(got, "ubject:") != 1 {
				t.Errorf("not one Subject in\n%s", got)
			}
		})
	}
}

func TestComposeRefuses(t *testing.T) {
	tests := []struct {
		change  func(*Draft)
		problem string
	}{
		{func(d *Draft) { d.From = "" }, "From: "},
		{func(d *Draft) { d.From = "a@b\r\nBcc: c@d" }, "From: this is no mail address"},
		{func(d *Draft) { d.From = "A\r\nBcc: x@y <a@b>" }, "From: there is a line break at character 2"},
		{func(d *Draft) { d.To = []string{"a@b", "c\n@d"} }, "To: "},
		{func(d *Draft) { d.Subject = "héllo\r\nBcc: c@d" }, "Subject: there is a line break at character 6"},
		{func(d *Draft) { d.Subject = "a\x00b" }, "Subject: there is a NUL byte at character 2"},
		{func(d *Draft) { d.ID = "a@b>\n" }, "Message-ID: there is a line break"},
		{func(d *Draft) { d.ID = "a b@c" }, "Message-ID: blanks"},
		{func(d *Draft) { d.Header = []Field{{"X\r\nY", "1"}} }, "a name has no blanks"},
		{func(d *Draft) { d.Header = []Field{{"X", "1\rY: 2"}} }, "X: there is a line break at character 2"},
		{func(d *Draft) { d.Header = []Field{{"", "1"}} }, "it has no name"},
		{func(d *Draft) { d.Header = []Field{{"Content-Type", "text/html"}} }, "ehlo writes this one itself"},
		{func(d *Draft) { d.Attach = []Attachment{{Name: "a\nb"}} }, "line break"},
		{func(d *Draft) { d.Attach = []Attachment{{Name: "folder/"}} }, "no name"},
	}
	for _, test := range tests {
		d := draft()
		test.change(&d)
		_, err := Compose(d)
		var field *FieldError
		if !errors.As(err, &field) || !strings.Contains(err.Error(), test.problem) || strings.ContainsAny(err.Error(), "\r\n\x00") {
			t.Errorf("got %q, want %q", err, test.problem)
		}
	}
}

func TestComposeAttachments(t *testing.T) {
	for _, size := range []int{0, 1, 56, 57, 58, 57 * 256, 57*256 + 1, 100_000} {
		content := bytes.Repeat([]byte{0, 'x', 255}, size/3+1)[:size]
		d := draft()
		d.Attach = []Attachment{file("dir/größe.bin", content, int64(size)), file("note.eml", []byte("Hi"), 2)}
		m := composed(t, d)
		got := read(t, m)
		if m.Size() != int64(len(got)) || m.Lines() != int64(strings.Count(got, "\r\n")) {
			t.Errorf("%d: size %d, lines %d, but %d and %d", size, m.Size(), m.Lines(), len(got), strings.Count(got, "\r\n"))
		}
		if got != read(t, m) {
			t.Errorf("%d: read again, it is another", size)
		}
		parts := parsed(t, got)
		want := []string{"text/plain|" + strings.ReplaceAll(d.Text, "\n", "\r\n") + "\r\n", "application/octet-stream|" + string(content), "application/octet-stream|Hi"}
		if !slices.Equal(parts, want) {
			t.Errorf("%d: %d parts do not come back", size, len(parts))
		}
		if longest, _ := measure(got); longest > maxLine {
			t.Errorf("%d: a line of %d", size, longest)
		}
	}
}

func TestAttachmentChanges(t *testing.T) {
	for _, size := range []int64{0, 1, 9, 11, 100_000} {
		d := draft()
		d.Attach = []Attachment{file("a.bin", make([]byte, 10), size)}
		r, err := composed(t, d).Reader()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.ReadAll(r); !errors.Is(err, ErrChanged) {
			t.Errorf("said to be %d: got %v", size, err)
		}
		r.Close()
	}
}

func TestAttachmentUnknownSize(t *testing.T) {
	d := draft()
	d.Attach = []Attachment{file("a.bin", []byte("abc"), -1)}
	m := composed(t, d)
	if m.Size() != -1 || m.Lines() != -1 || !strings.Contains(read(t, m), "\r\n\r\nYWJj\r\n--") {
		t.Errorf("size %d, lines %d", m.Size(), m.Lines())
	}
}

func TestAttachmentCannotBeOpened(t *testing.T) {
	closed := 0
	d := draft()
	d.Attach = []Attachment{
		{Name: "a", Open: func() (io.ReadCloser, error) { return closer{strings.NewReader(""), &closed}, nil }},
		{Name: "b", Open: func() (io.ReadCloser, error) { return nil, os.ErrPermission }},
	}
	_, err := composed(t, d).Reader()
	if !errors.Is(err, os.ErrPermission) || !strings.Contains(err.Error(), `attachment "b"`) || closed != 1 {
		t.Errorf("got %v, closed %d", err, closed)
	}
}

func TestPreview(t *testing.T) {
	d := draft()
	d.Text = strings.Repeat("line\n", 1000)
	lines := composed(t, d).Preview()
	if len(lines) != previewLines+1 || lines[0] != "From: helpdesk@example.org" || lines[previewLines] != "(more follows)" {
		t.Errorf("%d lines, the last %q", len(lines), lines[len(lines)-1])
	}
	d.Text, d.Attach = "Hi", []Attachment{file("a.bin", nil, 58)}
	if got := strings.Join(composed(t, d).Preview(), "\n"); !strings.Contains(got, "\n(a.bin, 58 bytes, 2 lines of base64)\n") {
		t.Errorf("got\n%s", got)
	}
}

func composed(t *testing.T, d Draft) *Message {
	t.Helper()
	m, err := Compose(d)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func read(t *testing.T, m *Message) string {
	t.Helper()
	r, err := m.Reader()
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if m.Size() >= 0 && int64(len(text)) != m.Size() {
		t.Errorf("size %d, but %d octets", m.Size(), len(text))
	}
	if wire := wired(t, bytes.NewReader(text), Options{Raw: true}); unstuff(wire) != string(text) {
		t.Error("the text is not CRLF throughout")
	}
	return string(text)
}

// parsed reads a message with the library, each part as type|content.
func parsed(t *testing.T, text string) []string {
	t.Helper()
	whole, err := mime.Read(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	var parts []string
	for r := whole.MultipartReader(); ; {
		part, err := r.NextPart()
		if err == io.EOF {
			return parts
		}
		if err != nil {
			t.Fatal(err)
		}
		media, _, _ := part.Header.ContentType()
		body, err := io.ReadAll(part.Body)
		if err != nil {
			t.Fatal(err)
		}
		parts = append(parts, media+"|"+string(body))
	}
}

func file(name string, content []byte, size int64) Attachment {
	return Attachment{Name: name, Size: size, Open: func() (io.ReadCloser, error) {
		return io.NopCloser(bytes.NewReader(content)), nil
	}}
}

type closer struct {
	io.Reader
	closed *int
}

func (c closer) Close() error {
	*c.closed++
	return nil
}

func BenchmarkAttachment(b *testing.B) {
	d := draft()
	content := make([]byte, 16<<20)
	d.Attach = []Attachment{file("a.bin", content, int64(len(content)))}
	m, err := Compose(d)
	if err != nil {
		b.Fatal(err)
	}
	b.SetBytes(m.Size())
	block := make([]byte, blockBytes)
	for b.Loop() {
		r, _ := m.Reader()
		w := Wire(r, Options{})
		for {
			if _, err := w.Read(block); err != nil {
				break
			}
		}
		r.Close()
	}
}
