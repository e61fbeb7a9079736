package ui

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"
)

// writes lets an editor that is ours change the file it is called with, and
// notes how the file stood while it was open.
type writes struct {
	change func(before string) (after string, err error)
	before string
	path   string
	modes  []os.FileMode
}

// exec stands for tea.ExecProcess.
func (w *writes) exec(cmd *exec.Cmd, done tea.ExecCallback) tea.Cmd {
	return func() tea.Msg {
		w.path = cmd.Args[len(cmd.Args)-1]
		for _, path := range []string{w.path, filepath.Dir(w.path)} {
			info, err := os.Stat(path)
			if err != nil {
				return done(err)
			}
			w.modes = append(w.modes, info.Mode().Perm())
		}
		text, err := os.ReadFile(w.path)
		if err != nil {
			return done(err)
		}
		w.before = string(text)
		after, err := w.change(w.before)
		if err != nil {
			return done(err)
		}
		return done(os.WriteFile(w.path, []byte(after), 0o600))
	}
}

// gone holds that nothing of the file is left, and that nobody else could read
// it.
func (w *writes) gone(t *testing.T) {
	t.Helper()
	if _, err := os.Stat(filepath.Dir(w.path)); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("%s is left: %v", w.path, err)
	}
	if want := []os.FileMode{0o600, 0o700}; !slices.Equal(w.modes, want) {
		t.Errorf("modes %v, want %v", w.modes, want)
	}
}

// TestEditorWritesTheMessage: what comes back is offered as a body, what is odd
// about it stands beneath, and Enter sends it with its dot.
func TestEditorWritesTheMessage(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	t.Setenv("VISUAL", "an-editor --wait")
	for _, test := range []struct{ name, text, note string }{
		{"whole", "", "From, empty line and text are there."},
		{"no empty line", "From: a@b\nHow are you?\n", "No empty line stands between"},
		{"no From", "Subject: x\n\n.text\n", "The message has no From header."},
		{"DOS line ends", "From: a@b\r\n\r\ntext\r\n", "Looked over: There is no Date header."},
	} {
		t.Run(test.name, func(t *testing.T) {
			n, server := heardBy()
			drives(t, "192.0.2.1:25", n, func(d *drive) {
				editor := &writes{change: func(before string) (string, error) {
					if test.text != "" {
						return test.text, nil
					}
					return strings.Replace(before, "Subject: \n", "Subject: Hello\n", 1) + "How are you?\n.\n..\n", nil
				}}
				d.exec = editor.exec
				d.types(append(slices.Clone(inLetter), "/editor")...)
				d.wait(time.Second)
				d.shows(" > [your message, ", test.note)
				for _, want := range []string{"From: a@b\n", "To: c@d.example\n", "Date: ", "Message-ID: <"} {
					if !strings.Contains(editor.before, want) {
						t.Errorf("began with %q, without %q", editor.before, want)
					}
				}
				editor.gone(t)
				d.saysNothing(func() {})
				d.press("enter")
				d.wait(time.Second)
				if got := server.got.Load(); got != "." || d.live.state.Accepted != 1 {
					t.Errorf("the server heard %q last, and has taken %d", got, d.live.state.Accepted)
				}
			})
		})
	}
}

// TestEditorGoesWrong, and nothing is lost or left.
func TestEditorGoesWrong(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	t.Setenv("VISUAL", "an-editor")
	for _, test := range []struct {
		name   string
		change func(string) (string, error)
		note   string
	}{
		{"fails", func(string) (string, error) { return "", errors.New("exit status 1") }, "The editor ended with an error: exit status 1"},
		{"empty", func(string) (string, error) { return " \n\n", nil }, "The file came back empty"},
		{"too big", func(string) (string, error) { return strings.Repeat("x", maxEdited+1), nil }, "Larger than 32 MB"},
	} {
		t.Run(test.name, func(t *testing.T) {
			drives(t, "192.0.2.1:25", greets(), func(d *drive) {
				editor := &writes{change: test.change}
				d.exec = editor.exec
				d.types(append(slices.Clone(inLetter), "/editor")...)
				d.wait(time.Second)
				d.shows(test.note)
				d.hides("[your message")
				editor.gone(t)
			})
		})
	}
	drives(t, "192.0.2.1:25", greets(), func(d *drive) {
		d.types("/editor")
		d.shows("/editor is for a message: say DATA first.")
	})
}

// TestEditorOnAPaste: the lines come back as a paste.
func TestEditorOnAPaste(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	t.Setenv("VISUAL", "an-editor")
	drives(t, "192.0.2.1:25", greets(), func(d *drive) {
		editor := &writes{change: func(before string) (string, error) {
			return strings.Replace(before, "RSET\n", "NOOP\nQUIT\n", 1), nil
		}}
		d.exec = editor.exec
		d.pastes(recipe...)
		d.press("4")
		d.wait(time.Second)
		if want := strings.Join(recipe, "\n") + "\n"; editor.before != want {
			t.Errorf("began with %q, want %q", editor.before, want)
		}
		editor.gone(t)
		d.shows("Pasted: 5 lines, not sent yet")
		if got := d.prompt.TakePasted(); !slices.Equal(got, append(slices.Clone(recipe[:3]), "NOOP", "QUIT")) {
			t.Errorf("came back: %q", got)
		}
	})
}

// TestWhichEditor is the user's own, with its options.
func TestWhichEditor(t *testing.T) {
	for _, test := range []struct {
		env  map[string]string
		want []string
	}{
		{map[string]string{"VISUAL": "code --wait", "EDITOR": "vi"}, []string{"code", "--wait"}},
		{map[string]string{"VISUAL": " ", "EDITOR": "vi"}, []string{"vi"}},
	} {
		if got, err := editorWords(func(name string) string { return test.env[name] }); err != nil || !slices.Equal(got, test.want) {
			t.Errorf("%v: %q, %v", test.env, got, err)
		}
	}
	t.Setenv("PATH", t.TempDir())
	if _, err := editorWords(func(string) string { return "" }); !errors.Is(err, errNoEditor) {
		t.Errorf("found one: %v", err)
	}
}
