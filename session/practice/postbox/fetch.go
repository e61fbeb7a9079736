package postbox

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

func (t *talk) fetch(tag string, args []value)    { t.read(tag, args, false) }
func (t *talk) uidFetch(tag string, args []value) { t.read(tag, args, true) }

// read answers FETCH (RFC 3501 section 6.4.5).
func (t *talk) read(tag string, args []value, byUID bool) {
	t.refresh()
	letters := t.folder.letters
	last := len(letters)
	if byUID {
		last = t.folder.next() - 1
	}
	numbers, ok := readSet(args[0].text, last)
	items := itemsOf(args[1])
	if byUID && !contains(items, "UID") {
		items = append(items, "UID")
	}
	if !ok || items == nil {
		t.wire.say("%s BAD I cannot read what to fetch", tag)
		return
	}
	for i, l := range letters {
		n := i + 1
		if byUID {
			n = l.message.Number
		}
		if !numbers.has(n) {
			continue
		}
		words := make([]string, len(items))
		for j, item := range items {
			if words[j], ok = l.item(item); !ok {
				t.wire.say("%s BAD I do not know %s", tag, printable(item))
				return
			}
		}
		t.wire.say("* %d FETCH (%s)", i+1, strings.Join(words, " "))
	}
	t.wire.say("%s OK fetched", tag)
}

// printable is what a client wrote, short and harmless.
func printable(text string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' || r >= 0x7f {
			return '?'
		}
		return r
	}, text[:min(len(text), 100)])
}

func contains(items []string, name string) bool {
	for _, item := range items {
		if strings.EqualFold(item, name) {
			return true
		}
	}
	return false
}

// itemsOf reads what is to be fetched: one item, a list, or a name for several.
func itemsOf(v value) (items []string) {
	switch v.word() {
	case "FAST":
		return []string{"FLAGS", "INTERNALDATE", "RFC822.SIZE"}
	case "ALL", "FULL":
		return []string{"FLAGS", "INTERNALDATE", "RFC822.SIZE", "ENVELOPE"}
	}
	if !v.isList {
		return []string{v.text}
	}
	for _, item := range v.list {
		items = append(items, item.text)
	}
	return items
}

// dateForm is how INTERNALDATE is written (RFC 3501 section 9).
const dateForm = "_2-Jan-2006 15:04:05 -0700"

// item writes one item of a mail.
func (l letter) item(name string) (string, bool) {
	upper := strings.ToUpper(name)
	switch upper {
	case "UID":
		return fmt.Sprintf("UID %d", l.message.Number), true
	case "FLAGS":
		return "FLAGS ()", true
	case "INTERNALDATE":
		return `INTERNALDATE "` + l.message.At.Format(dateForm) + `"`, true
	case "RFC822.SIZE":
		return fmt.Sprintf("RFC822.SIZE %d", len(l.text())), true
	case "RFC822":
		return "RFC822 " + literal(l.text()), true
	case "RFC822.HEADER":
		return "RFC822.HEADER " + literal(l.header()), true
	case "RFC822.TEXT":
		return "RFC822.TEXT " + literal(bytes.TrimPrefix(l.text(), l.header())), true
	case "ENVELOPE":
		return "ENVELOPE " + l.envelope(), true
	case "BODY", "BODYSTRUCTURE":
		return upper + " " + l.structure(), true
	}
	return l.section(upper)
}

func literal(data []byte) string { return fmt.Sprintf("{%d}\r\n%s", len(data), data) }

// section writes a part of a mail: BODY[HEADER], BODY.PEEK[TEXT]<0.100>.
func (l letter) section(name string) (string, bool) {
	head, behind, _ := strings.Cut(name, "[")
	section, partial, closed := strings.Cut(behind, "]")
	if head != "BODY" && head != "BODY.PEEK" || !closed {
		return "", false
	}
	data, ok := l.part(section)
	if !ok {
		return "", false
	}
	from := ""
	if partial != "" {
		start, size, ok := readPartial(partial)
		if !ok {
			return "", false
		}
		start = min(start, len(data))
		from = strings.SplitN(partial, ".", 2)[0] + ">"
		data = data[start:min(len(data), start+size)]
	}
	return "BODY[" + section + "]" + from + " " + literal(data), true
}

// readPartial reads "<0.100>".
func readPartial(text string) (start, size int, ok bool) {
	inside, closed := strings.CutSuffix(strings.TrimPrefix(text, "<"), ">")
	first, second, both := strings.Cut(inside, ".")
	from, err := strconv.ParseUint(first, 10, 31)
	count, also := strconv.ParseUint(second, 10, 31)
	return int(from), int(count), closed && both && err == nil && also == nil && count > 0
}

// part is what a section stands for.
func (l letter) part(section string) ([]byte, bool) {
	word, rest, _ := strings.Cut(section, " ")
	switch word {
	case "":
		return l.text(), true
	case "HEADER", "MIME":
		return l.header(), true
	case "TEXT", "1":
		return bytes.TrimPrefix(l.text(), l.header()), true
	case "HEADER.FIELDS", "HEADER.FIELDS.NOT":
		names := strings.Fields(strings.Trim(rest, "()"))
		var b strings.Builder
		for _, f := range l.fields() {
			if contains(names, f.name) == (word == "HEADER.FIELDS") {
				b.WriteString(f.raw)
			}
		}
		return []byte(b.String() + "\r\n"), true
	}
	return nil, false
}
