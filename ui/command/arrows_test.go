package command_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// arrow is a rule about who may know whom: no package under from reaches one
// under to, neither by itself nor through others.
type arrow struct {
	from, to string
	except   []string
	why      string
}

var arrows = []arrow{
	{"ehlo/session", "ehlo/ui", nil, "the conversation knows no screen"},
	{"ehlo/resolver", "ehlo/ui", nil, "the resolver knows no screen"},
	{"ehlo/resolver", "ehlo/session", nil, "session and resolver are strangers"},
	{"ehlo/session", "ehlo/resolver", []string{"ehlo/session/probe"}, "session and resolver are strangers, joined in probe"},
	{"ehlo/session", "github.com/charmbracelet/bubbletea", nil, "only ui knows the screen's library"},
	{"ehlo/session", "github.com/charmbracelet/lipgloss", nil, "only ui knows the screen's library"},
	{"ehlo/session", "github.com/charmbracelet/bubbles", nil, "only ui knows the screen's library"},
	{"ehlo/resolver", "github.com/charmbracelet", nil, "only ui knows the screen's library"},
	{"ehlo/session/practice", "ehlo/session/smtp", nil, "client and server are independent witnesses"},
	{"ehlo/session/practice", "ehlo/session/imap", nil, "client and server are independent witnesses"},
	{"ehlo/session/imap", "ehlo/session/smtp", nil, "dialects are strangers"},
	{"ehlo/session/smtp", "ehlo/session/explain", nil, "a dialect does not explain"},
	{"ehlo/session/explain", "ehlo/session/verdict", nil, "words below, judgement above"},
	{"ehlo/session/verdict", "ehlo/session/probe", nil, "facts are plain values"},
}

// panes do no IO and do not know each other; rule, wrap and page are what they are
// drawn with, theme is their colours.
var shared = map[string]bool{"ehlo/ui/theme": true, "ehlo/ui/rule": true, "ehlo/ui/wrap": true, "ehlo/ui/page": true}

func TestArrowsRunOneWay(t *testing.T) {
	deps := dependencies(t)
	for _, arrow := range arrows {
		for pkg, reached := range deps {
			if !under(pkg, arrow.from) || exempt(pkg, arrow.except) {
				continue
			}
			for _, dep := range reached {
				if under(dep, arrow.to) {
					t.Errorf("%s reaches %s: %s", pkg, dep, arrow.why)
				}
			}
		}
	}
}

func TestSessionImportsNothingBelowIt(t *testing.T) {
	for _, dep := range dependencies(t)["ehlo/session"] {
		if under(dep, "ehlo/session") {
			t.Errorf("session imports %s", dep)
		}
	}
}

func TestPanesDoNoIOAndAreStrangers(t *testing.T) {
	for pkg, imports := range list(t, `{{join .Imports " "}}`) {
		name, isPane := strings.CutPrefix(pkg, "ehlo/ui/")
		if !isPane || shared[pkg] || name == "command" || name == "terminal" || name == "terminal/quiet" || name == "screentest" || name == "golden" || name == "peers" || name == "plain" {
			continue
		}
		for _, dep := range imports {
			switch {
			case dep == "os" || dep == "net" || dep == "os/exec":
				t.Errorf("the pane %s imports %s", pkg, dep)
			case under(dep, "ehlo/ui") && !shared[dep]:
				t.Errorf("the pane %s knows its sibling %s", pkg, dep)
			}
		}
	}
}

func TestTheRootIsAsPlanned(t *testing.T) {
	planned := map[string]bool{"main.go": true, "ui": true, "session": true, "resolver": true, "go.mod": true, "go.sum": true, "README.md": true}
	entries, err := os.ReadDir(root(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, entry := range entries {
		if name := entry.Name(); !strings.HasPrefix(name, ".") && !planned[name] && name != "ehlo" {
			t.Errorf("%s is not on the plan of the root", name)
		}
	}
}

func under(pkg, root string) bool { return pkg == root || strings.HasPrefix(pkg, root+"/") }

func exempt(pkg string, except []string) bool {
	for _, name := range except {
		if under(pkg, name) {
			return true
		}
	}
	return false
}

func dependencies(t *testing.T) map[string][]string { return list(t, `{{join .Deps " "}}`) }

// list asks the go command about every package of the module.
func list(t *testing.T, format string) map[string][]string {
	t.Helper()
	command := exec.Command("go", "list", "-f", `{{.ImportPath}} `+format, "./...")
	command.Dir = root(t)
	out, err := command.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	packages := make(map[string][]string)
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		packages[fields[0]] = fields[1:]
	}
	return packages
}

func root(t *testing.T) string {
	t.Helper()
	dir, err := filepath.Abs("../..")
	if err != nil {
		t.Fatal(err)
	}
	return dir
}
