package postbox

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"
	"time"
)

func (t *talk) search(tag string, args []value)    { t.find(tag, args, false) }
func (t *talk) uidSearch(tag string, args []value) { t.find(tag, args, true) }

// find answers SEARCH (RFC 3501 section 6.4.4).
func (t *talk) find(tag string, args []value, byUID bool) {
	if args[0].word() == "CHARSET" && len(args) > 2 {
		if charset := strings.ToUpper(args[1].text); charset != "UTF-8" && charset != "US-ASCII" {
			t.wire.say("%s NO [BADCHARSET (UTF-8 US-ASCII)] that charset is not known here", tag)
			return
		}
		args = args[2:]
	}
	t.refresh()
	q := &question{rest: args, view: t.folder}
	test := q.all()
	if q.bad {
		t.wire.say("%s BAD I cannot read what to search for", tag)
		return
	}
	found := ""
	for i, l := range t.folder.letters {
		if test(i+1, l) && byUID {
			found += fmt.Sprintf(" %d", l.message.Number)
		} else if test(i+1, l) {
			found += fmt.Sprintf(" %d", i+1)
		}
	}
	t.wire.say("* SEARCH%s", found)
	t.wire.say("%s OK searched", tag)
}

// test tells whether a mail, by its place in the folder, is meant.
type test func(place int, l letter) bool

func always(int, letter) bool { return true }
func never(int, letter) bool  { return false }

// question reads search keys.
type question struct {
	rest []value
	view *view
	bad  bool
}

// all reads keys to the end: a mail must fit every one.
func (q *question) all() test {
	var tests []test
	for len(q.rest) > 0 && !q.bad {
		tests = append(tests, q.key())
	}
	return func(place int, l letter) bool {
		for _, fits := range tests {
			if !fits(place, l) {
				return false
			}
		}
		return true
	}
}

// next takes one value off; a missing one makes the question a bad one.
func (q *question) next() value {
	if len(q.rest) == 0 {
		q.bad = true
		return value{}
	}
	v := q.rest[0]
	q.rest = q.rest[1:]
	return v
}

// key reads one search key.
func (q *question) key() test {
	v := q.next()
	if v.isList {
		inner := &question{rest: v.list, view: q.view}
		fits := inner.all()
		q.bad = q.bad || inner.bad
		return fits
	}
	switch word := v.word(); word {
	case "ALL", "UNSEEN", "OLD", "UNANSWERED", "UNDELETED", "UNDRAFT", "UNFLAGGED":
		return always
	case "SEEN", "NEW", "RECENT", "ANSWERED", "DELETED", "DRAFT", "FLAGGED":
		return never
	case "KEYWORD", "UNKEYWORD":
		q.next()
		return map[string]test{"KEYWORD": never, "UNKEYWORD": always}[word]
	case "NOT":
		fits := q.key()
		return func(place int, l letter) bool { return !fits(place, l) }
	case "OR":
		one, other := q.key(), q.key()
		return func(place int, l letter) bool { return one(place, l) || other(place, l) }
	case "UID":
		return q.number(q.next().text, func(_ int, l letter) int { return l.message.Number })
	default:
		return q.valued(word, v)
	}
}

// valued reads a key with a value, or a set of numbers.
func (q *question) valued(word string, v value) test {
	switch word {
	case "HEADER":
		name, text := q.next().text, q.next().text
		return func(_ int, l letter) bool { return l.has(name, text) }
	case "FROM", "TO", "CC", "BCC", "SUBJECT":
		text := q.next().text
		return func(_ int, l letter) bool { return l.has(word, text) }
	case "TEXT":
		text := q.next().text
		return func(_ int, l letter) bool { return holds(string(l.text()), text) }
	case "BODY":
		text := q.next().text
		return func(_ int, l letter) bool { return holds(string(bytes.TrimPrefix(l.text(), l.header())), text) }
	case "LARGER", "SMALLER":
		size, err := strconv.Atoi(q.next().text)
		q.bad = q.bad || err != nil
		return func(_ int, l letter) bool {
			return (len(l.text()) > size) == (word == "LARGER") && len(l.text()) != size
		}
	case "SINCE", "BEFORE", "ON", "SENTSINCE", "SENTBEFORE", "SENTON":
		return q.dated(strings.TrimPrefix(word, "SENT"))
	}
	return q.number(v.text, func(place int, _ letter) int { return place })
}

// dated reads a key about a day, by the clock of the server.
func (q *question) dated(word string) test {
	day, err := time.ParseInLocation("2-Jan-2006", q.next().text, time.Local)
	q.bad = q.bad || err != nil
	return func(_ int, l letter) bool {
		switch at := l.message.At; word {
		case "SINCE":
			return !at.Before(day)
		case "BEFORE":
			return at.Before(day)
		default:
			return !at.Before(day) && at.Before(day.AddDate(0, 0, 1))
		}
	}
}

// number reads a set of numbers.
func (q *question) number(text string, of func(int, letter) int) test {
	last := 0
	if n := len(q.view.letters); n > 0 {
		last = of(n, q.view.letters[n-1])
	}
	set, ok := readSet(text, last)
	q.bad = q.bad || !ok
	return func(place int, l letter) bool { return set.has(of(place, l)) }
}

// set is a sequence set: pairs of first and last (RFC 3501 section 9).
type set [][2]int

// readSet reads "2,4:7,9:*"; * is the last number there is.
func readSet(text string, last int) (list set, ok bool) {
	one := func(word string) int {
		if word == "*" {
			return max(1, last)
		}
		n, err := strconv.ParseUint(word, 10, 31)
		if err != nil {
			return 0
		}
		return int(n)
	}
	for part := range strings.SplitSeq(text, ",") {
		first, end, isRange := strings.Cut(part, ":")
		from, to := one(first), one(end)
		if !isRange {
			to = from
		}
		if from == 0 || to == 0 {
			return nil, false
		}
		list = append(list, [2]int{min(from, to), max(from, to)})
	}
	return list, true
}

func (s set) has(n int) bool {
	for _, pair := range s {
		if n >= pair[0] && n <= pair[1] {
			return true
		}
	}
	return false
}
