package command

import (
	"context"
	"fmt"
	"io"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"ehlo/session"
	"ehlo/session/address"
	"ehlo/session/message"
	"ehlo/session/probe"
)

// messageFlags say what is sent.
type messageFlags struct {
	Subject string   `placeholder:"TEXT" help:"Subject." group:"say"`
	Body    string   `placeholder:"TEXT" help:"The text; without it, one line that says it is a test." group:"say"`
	Attach  []string `sep:"none" type:"path" placeholder:"FILE" help:"Attach a file; may be repeated." group:"say"`
	Header  []string `sep:"none" placeholder:"'K: V'" help:"A header of your own; may be repeated." group:"say"`
	Data    string   `placeholder:"FILE|-" help:"A whole message, nothing added, line ends mended." group:"say"`
	Raw     bool     `help:"With --data: the bytes as they are." group:"say"`
}

// outgoingMessage is a message that is ready to be opened once.
type outgoingMessage struct {
	open     func() (io.ReadCloser, error)
	size     int64 // octets as RFC 1870 counts them, 0 when unknown
	eightBit bool  // or not known: a server that offers 8BITMIME is told so
	raw      bool
	waits    bool // its source may keep us waiting
	opened   io.Closer
	ends     *atomic.Pointer[message.Counts] // set once it has been read to its end
}

// until ends reading with ctx, also while nothing comes: standard input may be
// a person, or a program that waits.
func (m *outgoingMessage) until(ctx context.Context) {
	if !m.waits {
		return
	}
	open := m.open
	m.open = func() (io.ReadCloser, error) {
		source, err := open()
		return &patient{ctx: ctx, source: source}, err
	}
}

// body opens the message in the form it has on the wire.
func (m *outgoingMessage) body() (session.Body, error) {
	source, err := m.open()
	if err != nil {
		return session.Body{}, err
	}
	m.opened = source
	length := m.size
	if length == 0 {
		length = -1
	}
	m.ends = new(atomic.Pointer[message.Counts])
	wire := message.Wire(source, message.Options{Raw: m.raw})
	return session.Body{Source: &counting{wire, m.ends}, Length: length}, nil
}

func (m *outgoingMessage) close() {
	if m.opened != nil {
		m.opened.Close()
	}
}

// open prepares the message that the flags describe. Files are opened here, so
// that one that cannot be read is told before anything is contacted.
func (f messageFlags) open(c sendCommand, streams Streams) (outgoingMessage, error) {
	if f.Data == "" {
		if f.Raw {
			return outgoingMessage{}, usage("--raw goes with --data.")
		}
		return f.compose(c)
	}
	if f.Subject != "" || f.Body != "" || len(f.Attach) > 0 || len(f.Header) > 0 {
		return outgoingMessage{}, usage("--data is a whole message: --subject, --body, --attach and --header do not go with it.")
	}
	if f.Data == "-" {
		return outgoingMessage{open: once(streams.In), raw: f.Raw, waits: true, eightBit: true}, nil
	}
	return f.openFile()
}

// openFile opens --data. A file that is no regular one (a pipe) has no size
// before it was read, and may keep us waiting.
func (f messageFlags) openFile() (outgoingMessage, error) {
	file, err := os.Open(f.Data)
	if err != nil {
		return outgoingMessage{}, usage("--data: %v.", err)
	}
	prepared := outgoingMessage{open: once(file), raw: f.Raw, opened: file, waits: true, eightBit: true}
	info, err := file.Stat()
	switch {
	case err != nil || info.IsDir():
		err = fmt.Errorf("%s is not a file that can be read", f.Data)
	case !info.Mode().IsRegular():
		return prepared, nil
	case f.Raw:
		prepared.size = info.Size()
	default:
		prepared.size, err = message.Measure(file, info.Size())
	}
	if err != nil {
		file.Close()
		return outgoingMessage{}, usage("--data: %v.", err)
	}
	prepared.waits = false
	return prepared, nil
}

func once(source io.ReadCloser) func() (io.ReadCloser, error) {
	return func() (io.ReadCloser, error) { return source, nil }
}

// compose makes a message of the single flags.
func (f messageFlags) compose(c sendCommand) (outgoingMessage, error) {
	draft := message.Draft{
		From: c.headerFrom(), To: displayed(c.To), Subject: f.Subject, Text: f.Body, Hello: c.Hello,
	}
	if draft.Hello == "" {
		draft.Hello = probe.HelloName(netip.AddrPort{})
	}
	if draft.Subject == "" {
		draft.Subject = "Test, please ignore"
	}
	if draft.Text == "" {
		draft.Text = "This is a test message sent with ehlo. Please ignore it.\n"
	}
	for _, header := range f.Header {
		key, value, ok := strings.Cut(header, ":")
		if !ok {
			return outgoingMessage{}, usage("--header wants 'Name: value', not %q.", header)
		}
		draft.Header = append(draft.Header, message.Field{Key: strings.TrimSpace(key), Value: strings.TrimSpace(value)})
	}
	for _, path := range f.Attach {
		attachment, err := attach(path)
		if err != nil {
			return outgoingMessage{}, err
		}
		draft.Attach = append(draft.Attach, attachment)
	}
	composed, err := message.Compose(draft)
	if err != nil {
		return outgoingMessage{}, usage("The message cannot be made: %v.", err)
	}
	return outgoingMessage{open: composed.Reader, size: max(0, composed.Size()), eightBit: composed.EightBit()}, nil
}

// headerFrom is the From of the header: the sender, or with the null sender
// whatever Compose puts there.
func (c sendCommand) headerFrom() string {
	from, err := sender(*c.From)
	if err != nil || from == (address.Address{}) {
		return ""
	}
	return from.String()
}

func displayed(texts []string) (addresses []string) {
	for _, text := range texts {
		if to, err := address.Parse(text); err == nil {
			addresses = append(addresses, to.String())
		}
	}
	return addresses
}

func attach(path string) (message.Attachment, error) {
	info, err := os.Stat(path)
	if err != nil {
		return message.Attachment{}, usage("--attach: %v.", err)
	}
	if info.IsDir() {
		return message.Attachment{}, usage("--attach: %s is a folder.", path)
	}
	open := func() (io.ReadCloser, error) { return os.Open(path) }
	return message.Attachment{Name: filepath.Base(path), Open: open, Size: info.Size()}, nil
}
