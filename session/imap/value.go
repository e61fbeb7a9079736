package imap

import (
	"strings"

	"ehlo/session"
)

// value is one piece of data of a response: an atom, a string, or a list.
type value struct {
	text   string
	list   []value
	isList bool
}

// Bounds on what is read of one response.
const (
	maxDepth  = 8
	maxValues = 20_000
)

// reading is a response under way: its lines, between which its literals stand.
type reading struct {
	lines []string
	rest  string // of the line at hand
	count int
	bad   bool
}

// values reads a whole response behind its "* "; ok is false where it cannot
// be read, or not all of it was kept.
func values(reply session.Reply) (list []value, ok bool) {
	if reply.Full() || len(reply.Lines)%2 == 0 {
		return nil, false
	}
	r := &reading{lines: reply.Lines[1:], rest: strings.TrimPrefix(reply.Lines[0], "* ")}
	list = r.sequence(0)
	return list, !r.bad && r.rest == "" && len(r.lines) == 0
}

// sequence reads values up to the end of the list, or of the response.
func (r *reading) sequence(depth int) (list []value) {
	for !r.bad {
		r.rest = strings.TrimLeft(r.rest, " ")
		if r.rest == "" || r.rest[0] == ')' {
			return list
		}
		if r.count++; r.count > maxValues || depth > maxDepth {
			r.bad = true
			return list
		}
		list = append(list, r.value(depth))
	}
	return list
}

// value reads one piece.
func (r *reading) value(depth int) value {
	switch {
	case r.rest[0] == '(':
		r.rest = r.rest[1:]
		list := r.sequence(depth + 1)
		if !strings.HasPrefix(r.rest, ")") {
			r.bad = true
			return value{}
		}
		r.rest = r.rest[1:]
		return value{list: list, isList: true}
	case r.rest[0] == '"':
		said, end, whole := quoted(r.rest)
		if !whole {
			r.bad = true
			return value{}
		}
		r.rest = r.rest[end:]
		return value{text: said}
	}
	if n, _ := countAt(r.rest); n >= 0 && r.rest[0] == '{' && len(r.lines) >= 2 {
		literal := r.lines[0]
		r.rest, r.lines = r.lines[1], r.lines[2:]
		return value{text: literal}
	}
	return r.atom()
}

// atom reads a word; brackets in it may hold blanks: BODY[HEADER.FIELDS (DATE)].
func (r *reading) atom() value {
	inside := false
	end := 0
	for ; end < len(r.rest); end++ {
		c := r.rest[end]
		if c == '[' {
			inside = true
		} else if c == ']' {
			inside = false
		}
		if !inside && (c == ' ' || c == '(' || c == ')') {
			break
		}
	}
	if end == 0 {
		r.bad = true
		return value{}
	}
	text := r.rest[:end]
	r.rest = r.rest[end:]
	return value{text: text}
}
