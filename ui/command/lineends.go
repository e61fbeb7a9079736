package command

import (
	"fmt"
	"io"
	"sync/atomic"

	"ehlo/session/message"
)

// counting is a message on its way that remembers, at its end, what was wrong
// with its line ends.
type counting struct {
	*message.WireReader
	found *atomic.Pointer[message.Counts]
}

// Read reads on, and notes the end.
func (c *counting) Read(p []byte) (int, error) {
	n, err := c.WireReader.Read(p)
	if err == io.EOF {
		counts := c.Counts()
		c.found.Store(&counts)
	}
	return n, err
}

// tellLineEnds says what became of line ends that were none (RFC 5321 section
// 2.3.8): mended, or sent as they are, which is how messages are smuggled.
func (m *outgoingMessage) tellLineEnds(out io.Writer) {
	if m.ends == nil {
		return
	}
	counts := m.ends.Load()
	if counts == nil || counts.BareCR+counts.BareLF == 0 {
		return
	}
	bare := fmt.Sprintf("%d LF without CR, %d CR without LF", counts.BareLF, counts.BareCR)
	if m.raw {
		fmt.Fprintf(out, "-- sent as it is, with %s: a server that ends lines there reads another message than ours (SMTP smuggling)\n", bare)
		return
	}
	fmt.Fprintf(out, "-- line ends mended: %s\n", bare)
}
