package prompt

import (
	"slices"
	"strings"
	"time"

	"ehlo/session/sanitize"
)

// Grace is how long after an offer's arrival an Enter is not taken for it: the
// finger was on its way for something else.
const Grace = 150 * time.Millisecond

// offer is a line proposed by the guide, a paste or a pane.
type offer struct {
	text      string
	token     bool // stands for a message body; indivisible
	pasted    bool
	joined    bool // the user's text has the first line of a paste in it
	hidden    bool // a pasted line behind one that signs in
	untouched bool // it is in the prompt as it came
	arrived   time.Time
}

// Offer proposes a line. It fills an empty prompt or replaces an untouched
// offer, of which a pasted line waits again; when the user has typed it waits as the next offer (NextLabel), and
// Tab takes it. An empty text takes a proposal back. now is its arrival.
func (m *Model) Offer(text string, now time.Time) {
	m.propose(offer{text: text, arrived: now})
}

// OfferBody proposes a message body under its label, such as
// "[message, 412 lines, 28 MB: Enter sends it]". The label is one piece: it is
// sent, or it is gone.
func (m *Model) OfferBody(label string, now time.Time) {
	m.propose(offer{text: label, token: true, arrived: now})
}

func (m *Model) propose(o offer) {
	if !m.Empty() || m.search.on {
		m.next = o
		return
	}
	m.next = offer{}
	m.requeue()
	m.fill(o)
}

// requeue lets an untouched pasted line wait again, the first of all: what is
// pasted goes to the wire or stays.
func (m *Model) requeue() {
	if m.offer.untouched && m.offer.pasted {
		m.pasteHidden = m.pasteHidden || m.offer.hidden
		m.pasted = append([]string{m.offer.text}, m.pasted...)
		m.clear()
	}
}

// Queue lets lines wait before all others that do, as lines of a paste.
func (m *Model) Queue(lines []string) {
	m.requeue()
	m.pasted = slices.Concat(lines, m.pasted)
	m.pasteHidden = m.pasteHidden || slices.ContainsFunc(lines, m.signsIn)
}

// fill puts an offer into the prompt. What the user typed before can still be
// brought back by undo, unless it was secret.
func (m *Model) fill(o offer) {
	if m.masked {
		m.journal = journal{}
	}
	o.untouched = o.text != ""
	m.offer, m.editor, m.masked = o, edited(o.text), o.hidden
	m.journal.typing, m.history.walking = false, false
	m.mask()
}

// refill brings the next offer into an empty prompt, pasted lines first.
func (m *Model) refill(now time.Time) {
	if o, ok := m.shift(); ok {
		o.arrived = now
		m.fill(o)
	}
}

// shift takes the next offer out of its queue.
func (m *Model) shift() (offer, bool) {
	if len(m.pasted) > 0 {
		o := offer{text: m.pasted[0], pasted: true, hidden: m.pasteHidden}
		m.pasted = m.pasted[1:]
		m.pasteHidden = m.pasteHidden && len(m.pasted) > 0
		return o, true
	}
	o := m.next
	m.next = offer{}
	return o, o.text != ""
}

// NextOffer returns the line that waits until Tab or an empty prompt takes it,
// and false when there is none. For eyes use NextLabel.
func (m Model) NextOffer() (string, bool) {
	o, ok := m.shift()
	return o.text, ok
}

// NextLabel returns the waiting line as it may be shown, "" when there is
// none. Pasted lines after one that signs in are hidden with it.
func (m Model) NextLabel() string {
	text, ok := m.NextOffer()
	switch {
	case !ok:
		return ""
	case m.pasteHidden && len(m.pasted) > 0, m.isSecret(text):
		return "<hidden>"
	default:
		return sanitize.Text(text)
	}
}

// Token reports whether the label of a message body stands in the prompt.
func (m Model) Token() bool { return m.offer.token && m.offer.untouched }

// Pasted returns how many pasted lines wait, to be sent one by one.
func (m Model) Pasted() int { return len(m.pasted) }

// Queued is Pasted with the line in the prompt, if that is one of them or has
// the first of them in it.
func (m Model) Queued() int {
	if m.offer.pasted || m.offer.joined {
		return len(m.pasted) + 1
	}
	return len(m.pasted)
}

// PasteHidden reports whether a pasted line that waits, or the one in the
// prompt, may be a secret: the lines belong on the wire and nowhere else.
func (m Model) PasteHidden() bool { return m.pasteHidden || m.masked }

// DropPasted forgets the pasted lines that wait, and the one in the prompt if
// it is one of them.
func (m *Model) DropPasted() {
	if m.offer.pasted {
		m.clear()
	}
	m.pasted, m.pasteHidden = nil, false
}

// TakePasted takes all pasted lines out, the one in the prompt first: they are
// the caller's now, byte for byte. They may be secret (PasteHidden). Those that
// are not secret enter the history.
func (m *Model) TakePasted() []string {
	lines := m.pasted
	if m.offer.pasted || m.offer.joined {
		lines = append([]string{m.editor.text}, lines...)
	}
	if !m.PasteHidden() {
		for _, line := range lines {
			m.history.add(line)
		}
	}
	if len(lines) > len(m.pasted) {
		m.clear() // a text of the user's own stays
	}
	m.pasted, m.pasteHidden = nil, false
	return lines
}

// SetPasted puts lines into the prompt as a paste: the first stands in it, the
// others wait.
func (m *Model) SetPasted(lines []string) {
	m.clear()
	m.pasted, m.pasteHidden = nil, false
	if len(lines) > 0 {
		m.paste(strings.Join(lines, "\n"))
		m.mask()
	}
}

// WantsTab reports whether Tab is the prompt's: there is an offer to take.
// Otherwise Tab completes, which is not the prompt's work.
func (m Model) WantsTab() bool {
	_, waits := m.NextOffer()
	return m.offer.untouched && !m.offer.token || waits
}

// take is Tab: an untouched offer becomes the user's own text, else the next
// offer replaces what is there. Undo brings that back.
func (m *Model) take() {
	if m.offer.untouched && !m.offer.token {
		m.own()
		return
	}
	o, ok := m.shift()
	if !ok {
		return
	}
	m.journal.note(m.editor, "")
	m.fill(o)
	if !o.token {
		m.own()
	}
}

// own makes what was offered the user's own text. A body's label is nobody's
// text: it goes.
func (m *Model) own() {
	if m.offer.token {
		m.editor, m.offer = editor{}, offer{}
	}
	m.offer.untouched = false
}
