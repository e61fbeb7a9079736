package plain

import (
	"io"

	"ehlo/session/sanitize"
)

// page is where lines are added. Everything that is printed passes the
// sanitiser here, one write a line. After the first error nothing is written.
type page struct {
	out  io.Writer
	gap  string // between a prompt and what a person types
	err  error
	open bool // a prompt stands without line end
}

// line adds a line, beneath a prompt that is open.
func (p *page) line(text string) {
	if p.open {
		p.end()
	}
	p.write(sanitize.Text(text) + "\n")
}

// prompt prints text and leaves the line open for the answer.
func (p *page) prompt(text string) {
	p.write(sanitize.Text(text) + p.gap)
	p.open = true
}

// answer prints what was answered to the open prompt and ends its line.
func (p *page) answer(text string) {
	if text != "" {
		p.write(" " + sanitize.Text(text))
	}
	p.end()
}

// end ends the line of the open prompt.
func (p *page) end() {
	p.open = false
	p.write("\n")
}

func (p *page) write(text string) {
	if p.err == nil {
		_, p.err = io.WriteString(p.out, text)
	}
}
