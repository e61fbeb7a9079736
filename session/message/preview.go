package message

import (
	"bytes"
	"fmt"
)

// The bounds of a preview.
const (
	previewLines = 200
	previewBytes = 32 << 10
)

// Preview returns the first lines of the message without their ends, at most
// 200 lines and 32 KiB, for the eye: an attachment is one line with its name
// and size. When more follows, the last line says so. The lines are not made
// safe for a terminal.
func (m *Message) Preview() []string {
	var lines []string
	from := 0
	for _, cut := range m.cuts {
		lines = append(lines, preview(m.skeleton[from:cut.at])...)
		lines = append(lines, cut.attachment.describe())
		from = cut.at
	}
	lines = append(lines, preview(m.skeleton[from:])...)
	return bound(lines)
}

// preview splits a piece of a message, no more of it than a preview shows.
func preview(piece []byte) []string {
	piece = bytes.TrimSuffix(piece[:min(len(piece), previewBytes)], []byte("\r\n"))
	var lines []string
	for _, line := range bytes.SplitN(piece, []byte("\r\n"), previewLines+2) {
		lines = append(lines, string(line))
	}
	return lines
}

func bound(lines []string) []string {
	size := 0
	for i, line := range lines {
		if size += len(line); i == previewLines || size > previewBytes {
			return append(lines[:i:i], "(more follows)")
		}
	}
	return lines
}

func (a Attachment) describe() string {
	if a.Size < 0 {
		return fmt.Sprintf("(%s, in base64)", a.base())
	}
	return fmt.Sprintf("(%s, %d bytes, %d lines of base64)", a.base(), a.Size, encodedLines(a.Size))
}
