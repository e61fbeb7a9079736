package postbox

import (
	"strconv"
	"strings"
)

// value is one argument of a command: an atom, a string, or a list.
type value struct {
	text   string
	list   []value
	isList bool
	quoted bool // a string, whatever it says
}

// word is an atom in upper case; "" for a string or a list.
func (v value) word() string {
	if v.isList || v.quoted {
		return ""
	}
	return strings.ToUpper(v.text)
}

// maxDepth bounds lists within lists.
const maxDepth = 8

// parse reads arguments; false where they cannot be read.
func parse(text string) ([]value, bool) {
	p := &parser{rest: text}
	list := p.sequence(0)
	return list, !p.bad && p.rest == ""
}

type parser struct {
	rest string
	bad  bool
}

func (p *parser) sequence(depth int) (list []value) {
	for !p.bad {
		p.rest = strings.TrimLeft(p.rest, " ")
		if p.rest == "" || p.rest[0] == ')' {
			return list
		}
		if depth > maxDepth {
			p.bad = true
			return nil
		}
		list = append(list, p.value(depth))
	}
	return list
}

func (p *parser) value(depth int) value {
	switch p.rest[0] {
	case '(':
		p.rest = p.rest[1:]
		list := p.sequence(depth + 1)
		if !strings.HasPrefix(p.rest, ")") {
			p.bad = true
			return value{}
		}
		p.rest = p.rest[1:]
		return value{list: list, isList: true}
	case '"':
		return p.quotedString()
	case '{':
		return p.literal()
	}
	return p.atom()
}

func (p *parser) quotedString() value {
	var b strings.Builder
	for i := 1; i < len(p.rest); i++ {
		switch c := p.rest[i]; {
		case c == '"':
			p.rest = p.rest[i+1:]
			return value{text: b.String(), quoted: true}
		case c == '\\' && i+1 < len(p.rest):
			i++
			b.WriteByte(p.rest[i])
		default:
			b.WriteByte(c)
		}
	}
	p.bad = true
	return value{}
}

// literal reads a count, a line end, and so many bytes.
func (p *parser) literal() value {
	head, behind, ok := strings.Cut(p.rest, "}\r\n")
	n, err := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(head, "{"), "+"))
	if !ok || err != nil || n < 0 || n > len(behind) {
		p.bad = true
		return value{}
	}
	p.rest = behind[n:]
	return value{text: behind[:n], quoted: true}
}

// atom reads a word; what stands in brackets belongs to it, blanks too.
func (p *parser) atom() value {
	inside, end := false, 0
	for ; end < len(p.rest); end++ {
		c := p.rest[end]
		if c == '[' {
			inside = true
		} else if c == ']' {
			inside = false
		}
		if !inside && (c == ' ' || c == '(' || c == ')' || c == '"') {
			break
		}
	}
	if end == 0 {
		p.bad = true
		return value{}
	}
	text := p.rest[:end]
	p.rest = p.rest[end:]
	return value{text: text}
}

// str writes a string for a response: quoted where it may be, else a literal.
func str(text string) string {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c >= 0x7f {
			return "{" + strconv.Itoa(len(text)) + "}\r\n" + text
		}
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(text) + `"`
}
