package journal

import (
	"os"
	"path/filepath"
	"runtime"
	"testing"
	"time"
)

var noon = time.Date(2007, 5, 8, 12, 0, 0, 0, time.UTC)

func create(t *testing.T, folder string, at time.Time) *File {
	t.Helper()
	j, err := Create(folder, at)
	if err != nil {
		t.Fatal(err)
	}
	return j
}

// A journal is for its owner alone, locked while it is open, and gone after.
func TestCreate(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "state", "ehlo")
	j := create(t, folder, noon)
	if runtime.GOOS != "windows" {
		for path, want := range map[string]os.FileMode{folder: 0o700, j.Path(): 0o600} {
			if info, err := os.Stat(path); err != nil || info.Mode().Perm() != want {
				t.Errorf("%s: %v, %v", path, info.Mode(), err)
			}
		}
	}
	if left := Left(folder); len(left) != 0 {
		t.Errorf("left: %q, but its run is alive", left)
	}
	if _, err := Create(folder, noon); err == nil {
		t.Error("two runs have one journal")
	}
	if _, err := j.WriteAt([]byte("text"), 64); err != nil {
		t.Error(err)
	}
	text := make([]byte, 4)
	if _, err := j.ReadAt(text, 64); err != nil || string(text) != "text" {
		t.Errorf("%q, %v", text, err)
	}
	if err := j.Close(); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(j.Path()); !os.IsNotExist(err) {
		t.Errorf("after a clean exit: %v", err)
	}
}

// What bad ends leave is found, and does not pile up.
func TestLeft(t *testing.T) {
	folder := t.TempDir()
	var paths []string
	for i := range MaxLeft + 2 {
		j := create(t, folder, noon.Add(time.Duration(i)*time.Hour))
		j.Keep()
		if err := j.Close(); err != nil {
			t.Fatal(err)
		}
		paths = append(paths, j.Path())
	}
	if err := os.WriteFile(filepath.Join(folder, "config.toml"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	alive := create(t, folder, noon.Add(-time.Hour))
	defer alive.Close()
	left := Left(folder)
	if len(left) != MaxLeft || left[0] != paths[2] {
		t.Errorf("left: %q", left)
	}
	if _, err := os.Stat(alive.Path()); err != nil {
		t.Errorf("the one that is alive: %v", err)
	}
}

func TestCreateRefused(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Create(filepath.Join(file, "ehlo"), noon); err == nil {
		t.Error("a journal in a file")
	}
}

func TestFolder(t *testing.T) {
	env := map[string]string{"XDG_STATE_HOME": t.TempDir()}
	folder, err := Folder(func(key string) string { return env[key] })
	if err != nil || folder != filepath.Join(env["XDG_STATE_HOME"], "ehlo") {
		t.Errorf("%q, %v", folder, err)
	}
	env["XDG_STATE_HOME"] = "not/absolute"
	t.Setenv("HOME", "/home/me")
	if folder, err = Folder(func(key string) string { return env[key] }); runtime.GOOS == "linux" && folder != "/home/me/.local/state/ehlo" {
		t.Errorf("%q, %v", folder, err)
	}
}

// One that was left is opened, nobody's no longer, and taken away when that is
// asked for.
func TestOpen(t *testing.T) {
	folder := t.TempDir()
	j := create(t, folder, noon)
	if _, err := Open(j.Path()); err == nil {
		t.Error("opened, but its run is alive")
	}
	j.Keep()
	if err := j.Close(); err != nil {
		t.Fatal(err)
	}
	for _, drop := range []bool{false, true} {
		old, err := Open(j.Path())
		if err != nil {
			t.Fatal(err)
		}
		if size, err := old.Size(); err != nil || size != int64(len(title)) || len(Left(folder)) != 0 {
			t.Errorf("%d bytes, %v; left %q", size, err, Left(folder))
		}
		if drop {
			old.Drop()
		}
		if err := old.Close(); err != nil {
			t.Error(err)
		}
		if left := len(Left(folder)); left == 1 == drop {
			t.Errorf("dropped: %v, %d are left", drop, left)
		}
	}
	if at := Begun(j.Path(), time.UTC); !at.Equal(noon) {
		t.Errorf("begun at %v", at)
	}
	if at := Begun("x.journal", time.UTC); !at.IsZero() {
		t.Errorf("begun at %v", at)
	}
}
