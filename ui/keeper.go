package ui

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/ui/prompt"
)

// keeper keeps lines between runs in a file of the user's own (0600), only when
// that is switched on. What is secret never comes here, nor does the text of a
// message. A nil keeper keeps nothing.
type keeper struct {
	path    string
	writing sync.Mutex // one writer at a time, so that lines keep their order
	mu      sync.Mutex
	fresh   []string // not written yet
}

// remembered are the lines of earlier runs, oldest first.
type remembered []string

// The bounds of the file: over the first it is cut to its newest lines.
const (
	maxKept     = 256 << 10 // bytes
	keptAtStart = prompt.HistorySize
)

func newKeeper(path string) *keeper {
	if path == "" {
		return nil
	}
	return &keeper{path: path}
}

// recall reads what was kept. What cannot be read is as if there were nothing.
func (k *keeper) recall() tea.Cmd {
	if k == nil {
		return nil
	}
	return func() tea.Msg {
		k.writing.Lock()
		defer k.writing.Unlock()
		lines, over := k.read()
		if over {
			k.cut(lines)
		}
		return remembered(lines)
	}
}

// read returns the newest lines, and whether the file is over its bound. The
// file is for nobody else's eyes, whoever made it.
func (k *keeper) read() (lines []string, over bool) {
	file, err := os.Open(k.path)
	if err != nil {
		return nil, false
	}
	defer file.Close()
	_ = file.Chmod(0o600)
	end, err := file.Seek(0, io.SeekEnd)
	if err != nil {
		return nil, false
	}
	from := max(0, end-maxKept)
	text, err := io.ReadAll(io.NewSectionReader(file, from, maxKept))
	if err != nil {
		return nil, false
	}
	if from > 0 {
		_, text, _ = bytes.Cut(text, []byte("\n")) // half a line
	}
	for line := range strings.Lines(string(text)) {
		lines = append(lines, strings.TrimRight(line, "\r\n"))
	}
	return lines[max(0, len(lines)-keptAtStart):], from > 0
}

// cut writes the file anew with its newest lines.
func (k *keeper) cut(lines []string) {
	file, err := os.CreateTemp(filepath.Dir(k.path), ".history-") // 0600
	if err != nil {
		return
	}
	_, err = file.WriteString(strings.Join(lines, "\n") + "\n")
	if file.Close() != nil || err != nil || os.Rename(file.Name(), k.path) != nil {
		_ = os.Remove(file.Name())
	}
}

// keep notes a line and returns what writes it, outside Update.
func (k *keeper) keep(lines ...string) tea.Cmd {
	k.mu.Lock()
	k.fresh = append(k.fresh, lines...)
	k.mu.Unlock()
	return func() tea.Msg {
		k.write()
		return nil
	}
}

// write appends what is fresh. A disk that takes nothing is no reason to stop
// anybody's work.
func (k *keeper) write() {
	k.writing.Lock()
	defer k.writing.Unlock()
	k.mu.Lock()
	lines := k.fresh
	k.fresh = nil
	k.mu.Unlock()
	if len(lines) == 0 || os.MkdirAll(filepath.Dir(k.path), 0o700) != nil {
		return
	}
	file, err := os.OpenFile(k.path, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err != nil {
		return
	}
	_, _ = file.WriteString(strings.Join(lines, "\n") + "\n")
	_ = file.Close()
}

// keep keeps a line that was sent from the prompt: one for a server, for ehlo,
// or a target. No secret, no answer to a question, no text of a message.
func (m *Model) keep(sent prompt.Submit) tea.Cmd {
	answer := m.ask != nil || m.guided.asking()
	inMessage := m.live.talking() && m.live.ahead().InPayload()
	if m.keeper == nil || sent.Line == "" || sent.Secret || sent.Body || answer || inMessage {
		return nil
	}
	return m.keeper.keep(sent.Line)
}
