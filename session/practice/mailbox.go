package practice

import (
	"bytes"
	"fmt"
	"slices"
	"sync"
	"time"
)

// Bounds of what a server keeps of the messages it took. The oldest go first.
const (
	maxKept     = 4 << 20  // bytes of one message
	maxBoxBytes = 64 << 20 // bytes of all
	maxBox      = 1000     // messages
)

// Folder is where a message lands in the practice mailbox.
type Folder string

// The folders.
const (
	Inbox Folder = "Inbox"
	Bulk  Folder = "Bulk"
)

// Message is a mail a server took.
type Message struct {
	Number     int    // from 1, in the order they were taken
	Queue      string // the id a reply may have given for it
	At         time.Time
	Hello      string   // what the client called itself
	Sender     string   // of the envelope; "" is the null sender
	Recipients []string // of the envelope, those that were taken
	Data       []byte   // as sent, doubled dots undone; at most the first 4 MiB; not to be changed
	Size       int64    // bytes of the whole message
	Encrypted  bool
	User       string // who signed in, if anybody
	Folder     Folder
}

// box keeps messages within its bounds.
type box struct {
	mu       sync.Mutex
	messages []Message
	bytes    int
	queued   int // ids given out
	taken    int
}

// queue gives a message its id, before it is known whether it will be taken.
func (b *box) queue() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.queued++
	return fmt.Sprintf("4B%08X", b.queued)
}

func (b *box) put(m Message) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.taken++
	m.Number, m.At = b.taken, time.Now()
	b.messages = append(b.messages, m)
	b.bytes += len(m.Data)
	for len(b.messages) > maxBox || b.bytes > maxBoxBytes {
		b.bytes -= len(b.messages[0].Data)
		b.messages[0] = Message{} // lets its bytes go
		b.messages = b.messages[1:]
	}
}

// Messages returns what the server took and still keeps, oldest first: at most
// 1,000 messages and 64 MiB.
func (s *Server) Messages() []Message {
	s.box.mu.Lock()
	defer s.box.mu.Unlock()
	return slices.Clone(s.box.messages)
}

// Mailbox returns the messages of one folder, oldest first.
func (s *Server) Mailbox(folder Folder) []Message {
	return slices.DeleteFunc(s.Messages(), func(m Message) bool { return m.Folder != folder })
}

// file decides where a message lands.
func (s *Scenario) file(m Message) Folder {
	from, clean := inspect(m.Data)
	for _, reason := range s.bulk {
		switch {
		case reason == suspectNullSender && m.Sender == "",
			reason == suspectNoFrom && !from,
			reason == suspectNoEmptyLine && !clean:
			return Bulk
		}
	}
	return Inbox
}

// inspect tells of a message whether it has a From field, and whether its
// header ends in an empty line, or with the message (RFC 5322 section 2.1).
func inspect(data []byte) (from, clean bool) {
	for line := range bytes.Lines(data) {
		line = bytes.TrimRight(line, "\r\n")
		name, _, colon := bytes.Cut(line, []byte(":"))
		switch {
		case len(line) == 0:
			return from, true
		case line[0] == ' ' || line[0] == '\t': // the field before goes on
		case !colon || !fieldName(name):
			return from, false
		case bytes.EqualFold(name, []byte("From")):
			from = true
		}
	}
	return from, true
}

// fieldName reports whether a header field may be called so (RFC 5322 section
// 2.2).
func fieldName(name []byte) bool {
	for _, c := range name {
		if c <= ' ' || c >= 0x7f {
			return false
		}
	}
	return len(name) > 0
}
