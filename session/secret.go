package session

import (
	"fmt"
	"io"
)

// Secret is text that no print, log or encoder shows: all of them show Hidden.
// The zero value is the empty secret.
type Secret struct {
	text *string // behind a pointer: fmt prints fields that are not exported without asking
}

// NewSecret keeps text from eyes.
func NewSecret(text string) Secret { return Secret{&text} }

// Reveal returns the text. It belongs on the wire and nowhere else.
func (s Secret) Reveal() string {
	if s.text == nil {
		return ""
	}
	return *s.text
}

// Empty reports whether there is nothing to hide.
func (s Secret) Empty() bool { return s.Reveal() == "" }

// String returns Hidden.
func (s Secret) String() string { return Hidden }

// GoString returns Hidden.
func (s Secret) GoString() string { return Hidden }

// Format writes Hidden, whatever the verb: %x would else show the bytes.
func (s Secret) Format(state fmt.State, _ rune) { _, _ = io.WriteString(state, Hidden) }

// MarshalText returns Hidden; so do encoders of JSON, TOML and XML.
func (s Secret) MarshalText() ([]byte, error) { return []byte(Hidden), nil }
