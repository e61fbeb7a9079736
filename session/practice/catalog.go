package practice

import (
	"embed"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strings"
	"sync"
)

//go:embed scenarios/*.txt
var shelf embed.FS

// First is the name of the scenario that is played when none is named: the
// example of the how-to.
const First = "howto"

// catalog reads the built-in scenarios when they are first asked for.
var catalog = sync.OnceValues(func() ([]Scenario, error) {
	entries, err := shelf.ReadDir("scenarios")
	if err != nil {
		return nil, err
	}
	all := make([]Scenario, 0, len(entries))
	for _, entry := range entries {
		text, err := shelf.ReadFile(path.Join("scenarios", entry.Name()))
		if err != nil {
			return nil, err
		}
		scenario, err := Parse(entry.Name(), text)
		if err != nil {
			return nil, err
		}
		all = append(all, scenario)
	}
	slices.SortFunc(all, byName)
	return all, nil
})

// byName orders scenarios by name, the first one first.
func byName(a, b Scenario) int {
	switch {
	case a.Name == b.Name:
		return 0
	case a.Name == First:
		return -1
	case b.Name == First:
		return 1
	}
	return strings.Compare(a.Name, b.Name)
}

// Scenarios returns the built-in scenarios, First first, then by name.
func Scenarios() []Scenario {
	all, _ := catalog() // a test reads every file; none can be wrong here
	return slices.Clone(all)
}

// Find returns the built-in scenario of that name, in whatever case.
func Find(name string) (Scenario, bool) {
	all, _ := catalog()
	at := slices.IndexFunc(all, func(s Scenario) bool { return strings.EqualFold(s.Name, name) })
	if at < 0 {
		return Scenario{}, false
	}
	return all[at], true
}

// Load reads a scenario from a user's file of at most 256 KiB. Its errors are
// those of the file system or a *SyntaxError.
func Load(file string) (Scenario, error) {
	text, err := readFile(file)
	if err != nil {
		return Scenario{}, err
	}
	return Parse(file, text)
}

// readFile reads a file up to the bound of ours.
func readFile(file string) ([]byte, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	text, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err == nil && len(text) > maxFile {
		err = &SyntaxError{File: file, Err: fmt.Errorf("larger than %d KiB", maxFile>>10)}
	}
	return text, err
}
