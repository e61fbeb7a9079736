package practice

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestCatalogReads(t *testing.T) {
	if _, err := catalog(); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, s := range Scenarios() {
		names = append(names, s.Name)
		if len(s.Title) > 76 {
			t.Errorf("%s: the title has %d letters; a list holds 76", s.Name, len(s.Title))
		}
		if len(s.Story) == 0 {
			t.Errorf("%s has no story", s.Name)
		}
		if _, err := os.Stat(filepath.Join("scenarios", s.Name+".txt")); err != nil {
			t.Errorf("%s does not stand in a file of its name", s.Name)
		}
	}
	if names[0] != First || !slices.IsSorted(names[1:]) {
		t.Errorf("order: %q", names)
	}
	for _, name := range []string{
		"greylist", "unknown-user", "blocked-sender", "silent", "hangup", "accepts-everything", "starttls",
		"auth-needed", "full", "too-big", "refused-greeting", "busy", "refused-message", "bulk",
		"filtered", "blocked-here", "refused", "teaser", "slow-greeting", "firewall-rewrites", "not-smtp", "second-mx-answers", "null-mx", "no-mx", "dns-fails",
	} {
		if _, ok := Find(name); !ok {
			t.Errorf("no scenario %q", name)
		}
	}
	if _, ok := Find("no such"); ok {
		t.Error("found what is not there")
	}
}

func TestLoad(t *testing.T) {
	if s, err := Load("scenarios/howto.txt"); err != nil || s.Name != "howto" {
		t.Errorf("%q, %v", s.Name, err)
	}
	if _, err := Load("scenarios/none.txt"); !os.IsNotExist(err) {
		t.Errorf("a file that is not there: %v", err)
	}
	large := filepath.Join(t.TempDir(), "large.txt")
	if err := os.WriteFile(large, make([]byte, maxFile+1), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Load(large); err == nil {
		t.Error("a file beyond the bound was read")
	}
}
