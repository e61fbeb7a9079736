package ui

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	tea "github.com/charmbracelet/bubbletea"
)

// maxEdited bounds what is taken back from an editor, in bytes.
const maxEdited = 32 << 20

// editing is a file that an editor works on. It lies in a folder of its own
// that nobody else can look into, and both are gone when the editor has ended.
type editing struct {
	folder string
	path   string
	cmd    *exec.Cmd
	err    error
}

// edited is what an editor has left.
type edited struct {
	purpose string // as given to edit
	text    []byte // line ends as the editor writes them
	err     error
}

// editorReady tells that a file stands ready for the editor.
type editorReady struct {
	purpose string
	editing editing
}

// errNoEditor tells that no editor is named and none of the usual ones is there.
var errNoEditor = errors.New("no editor")

// errTooBig tells that a file came back larger than maxEdited.
var errTooBig = errors.New("too big")

// edit opens an editor on text; what it leaves comes back as edited. The file
// is made outside Update, as all that touches a disk.
func edit(purpose, name, text string) tea.Cmd {
	return func() tea.Msg { return editorReady{purpose, prepare(name, text)} }
}

// prepare writes the file and finds the editor.
func prepare(name, text string) (file editing) {
	words, err := editorWords(os.Getenv)
	if err != nil {
		return editing{err: err}
	}
	if file.folder, err = os.MkdirTemp("", "ehlo-"); err != nil { // 0700
		return editing{err: err}
	}
	file.path = filepath.Join(file.folder, name)
	if err := os.WriteFile(file.path, []byte(text), 0o600); err != nil {
		os.RemoveAll(file.folder)
		return editing{err: err}
	}
	file.cmd = exec.Command(words[0], append(words[1:], file.path)...)
	return file
}

// editorWords is the editor of the user as it is called: VISUAL, then EDITOR,
// whose blanks part its options, then what the system usually has.
func editorWords(getenv func(string) string) ([]string, error) {
	for _, name := range []string{"VISUAL", "EDITOR"} {
		if words := strings.Fields(getenv(name)); len(words) > 0 {
			return words, nil
		}
	}
	usual := []string{"nano", "vi"}
	if runtime.GOOS == "windows" {
		usual = []string{"notepad.exe"}
	}
	for _, name := range usual {
		if _, err := exec.LookPath(name); err == nil {
			return []string{name}, nil
		}
	}
	return nil, errNoEditor
}

// take reads what the editor has left and removes it. ended is how the editor
// ended.
func (file editing) take(ended error) ([]byte, error) {
	defer os.RemoveAll(file.folder)
	if ended != nil {
		return nil, ended
	}
	left, err := os.Open(file.path)
	if err != nil {
		return nil, err
	}
	defer left.Close()
	text, err := io.ReadAll(io.LimitReader(left, maxEdited+1))
	if len(text) > maxEdited {
		return nil, errTooBig
	}
	return text, err
}

// runEditor gives the terminal to the editor until it has ended. The
// conversation goes on meanwhile; its events wait.
func (m *Model) runEditor(ready editorReady) tea.Cmd {
	file := ready.editing
	if file.err != nil {
		return m.editorEnded(edited{err: file.err})
	}
	if m.config.Terminal[0] != nil {
		file.cmd.Stdin, file.cmd.Stdout, file.cmd.Stderr = m.config.Terminal[0], m.config.Terminal[1], m.config.Terminal[1]
	}
	return m.exec(file.cmd, func(ended error) tea.Msg {
		text, err := file.take(ended)
		return edited{ready.purpose, text, err}
	})
}

// editorEnded takes what came back to where it was wanted. The mouse is asked
// for anew: it was given away with the terminal.
func (m *Model) editorEnded(back edited) tea.Cmd {
	switch {
	case errors.Is(back.err, errNoEditor):
		m.note = around("editor-none")
	case errors.Is(back.err, errTooBig):
		m.note = around("editor-big", "{size}", "32 MB")
	case back.err != nil:
		m.note = around("editor-failed", "{why}", fmt.Sprint(back.err))
	case len(bytes.TrimSpace(back.text)) == 0:
		m.note = around("editor-empty")
	case back.purpose == purposePasted:
		m.pastedEdited(back.text)
	default:
		m.letterEdited(back.text)
	}
	return tea.EnableMouseCellMotion
}
