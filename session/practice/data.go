package practice

import (
	"bufio"
	"bytes"
	"errors"
)

// data answers DATA and, after a yes, reads the message (RFC 5321 section
// 4.1.1.4).
func (t *talk) data(arg string) answer {
	switch {
	case !t.mail.begun:
		return t.no(503, "5.5.1", "say MAIL FROM first")
	case len(t.mail.recipients) == 0:
		return t.no(503, "5.5.1", "no recipient was taken; say RCPT TO first")
	case arg != "":
		return t.no(501, "5.5.4", "DATA stands alone")
	}
	return t.yes(354, "", "go ahead, end with a dot on its own line", "", t.message)
}

// message reads a message and answers its end.
func (t *talk) message() bool {
	if t.wire.flush() != nil {
		return false
	}
	in := intake{talk: t, fresh: true}
	err := in.read()
	if err != nil {
		t.part(err)
		return false
	}
	mail := t.mail
	t.mail = transaction{}
	switch {
	case in.answered:
		return true
	case !t.fitsSize(in.size):
		return t.respond(".", t.tooBig())
	}
	letter := Message{
		Queue: t.server.box.queue(), Hello: t.hello, Encrypted: t.encrypted, User: t.user,
		Sender: mail.sender, Recipients: mail.recipients, Data: in.kept, Size: in.size,
	}
	letter.Folder = t.play.file(letter)
	a := t.yes(250, "2.0.0", "ok, queued as {queue}", "", func() bool {
		t.server.box.put(letter)
		return true
	})
	a.queue = letter.Queue
	return t.respond(".", a)
}

// intake reads a message up to the dot.
type intake struct {
	talk     *talk
	kept     []byte
	size     int64 // without the dot and what was doubled
	fresh    bool  // the last line ended in CRLF
	last     byte  // the byte before what comes
	answered bool  // a rule spoke before the end
}

var (
	crlf    = []byte("\r\n")
	endMark = []byte(".\r\n")
	errCut  = errors.New("the conversation ended in the message")
)

// read takes the message. Only CRLF ends a line and only CRLF.CRLF the
// message: anything laxer lets mails be smuggled in.
func (in *intake) read() error {
	early, expected := in.talk.play.early()
	for {
		part, err := in.talk.wire.r.ReadSlice('\n')
		if err != nil && !errors.Is(err, bufio.ErrBufferFull) {
			return err
		}
		if in.fresh && bytes.Equal(part, endMark) {
			return nil
		}
		in.take(part)
		if expected && in.size >= early.after {
			expected = false
			if err := in.interrupt(early); err != nil {
				return err
			}
		}
	}
}

// take adds a piece of the message, taking off a doubled dot (RFC 5321 section
// 4.5.2).
func (in *intake) take(part []byte) {
	before := in.last
	in.last = part[len(part)-1]
	doubled := in.fresh && part[0] == '.'
	in.fresh = bytes.HasSuffix(part, crlf) || len(part) == 1 && part[0] == '\n' && before == '\r'
	if doubled {
		part = part[1:]
	}
	in.size += int64(len(part))
	if room := maxKept - len(in.kept); room > 0 {
		in.kept = append(in.kept, part[:min(room, len(part))]...)
	}
}

// interrupt lets a BODY rule speak in the middle of the message.
func (in *intake) interrupt(r rule) error {
	in.answered = r.code() != 0
	if !in.talk.perform(r.steps, answer{}) || r.code() == 421 {
		return errCut
	}
	return in.talk.wire.flush()
}

// early returns the rule that speaks in the middle of a message.
func (s *Scenario) early() (rule, bool) {
	for _, r := range s.rules {
		if r.verb == "BODY" {
			return r, true
		}
	}
	return rule{}, false
}
