package prompt

// SetSecret tells which lines are secret: f gets the line as typed so far and
// must be quick and pure. It is asked at every change and at once; call
// SetSecret again when its answer may have changed, as when the server asks
// for a password. A nil f means none.
func (m *Model) SetSecret(f func(line string) bool) {
	m.secret = f
	m.mask()
}

// Masked reports whether what is typed is hidden.
func (m Model) Masked() bool { return m.masked }

func (m Model) isSecret(line string) bool { return m.secret != nil && m.secret(line) }

// mask hides the line from the moment it is secret until it is sent or
// cleared; deleting back to a harmless beginning does not show it.
func (m *Model) mask() {
	was := m.masked
	// The label of an offered piece tells nothing, and is to be read.
	m.masked = !m.Token() && (m.isSecret(m.editor.text) || m.masked && m.editor.text != "")
	if was && m.editor.text == "" {
		m.journal = journal{} // a cleared secret cannot be brought back
	}
}

// signsIn reports whether a pasted line begins a sign-in: the lines after it
// may be its secrets, whatever they look like.
func (m Model) signsIn(line string) bool { return m.isSecret(line) || m.isSecret(line+" ") }
