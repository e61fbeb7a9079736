// Package journal keeps the file that a transcript spills to: one a run, for
// the full screen and the plain one.
//
//	~/.local/state/ehlo/            0700
//	    20070508-091504-4711.journal    0600, locked while its run is alive
//
// It is removed after a clean exit. One that is left, by a crash or by a
// machine that lost its power, is nobody's: it is not locked. The newest of
// those are kept, as they may hold what somebody still needs; Left lists them.
//
// What a file holds is the transcript's business; its first line says what it
// is. Secrets never get here: events are redacted before they are kept.
package journal

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// MaxBytes is how large a journal may grow.
const MaxBytes = 256 << 20

// MaxLeft is how many journals of runs that did not end well are kept.
const MaxLeft = 3

const (
	suffix = ".journal"
	title  = "ehlo journal 1\n"
	stamp  = "20060102-150405"
)

// File is a journal. Safe for concurrent use.
type File struct {
	file *os.File
	keep bool
}

// Create makes a journal in a folder, which it makes too, and takes away the
// oldest that are left there. The errors are those of the file system, a file
// of that name among them.
func Create(folder string, now time.Time) (*File, error) {
	if err := os.MkdirAll(folder, 0o700); err != nil {
		return nil, err
	}
	if err := os.Chmod(folder, 0o700); err != nil {
		return nil, err
	}
	prune(folder)
	name := fmt.Sprintf("%s-%d%s", now.Format(stamp), os.Getpid(), suffix)
	file, err := os.OpenFile(filepath.Join(folder, name), os.O_RDWR|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return nil, err
	}
	j := &File{file: file}
	if err := lock(file); err != nil {
		return nil, errors.Join(err, j.Close())
	}
	if _, err := file.WriteAt([]byte(title), 0); err != nil {
		return nil, errors.Join(err, j.Close())
	}
	return j, nil
}

// Open opens a journal that was left, for reading, and locks it, so that no other
// run takes it for nobody's. It is kept unless Drop is called.
func Open(path string) (*File, error) {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	if err := lock(file); err != nil {
		return nil, errors.Join(err, file.Close())
	}
	return &File{file: file, keep: true}, nil
}

// Size returns how long the file is, in bytes.
func (j *File) Size() (int64, error) {
	info, err := j.file.Stat()
	if err != nil {
		return 0, err
	}
	return info.Size(), nil
}

// Begun returns when the run of a journal began, as its name tells, in a
// location; the zero time when it tells nothing.
func Begun(path string, in *time.Location) time.Time {
	name, _ := strings.CutSuffix(filepath.Base(path), suffix)
	at, err := time.ParseInLocation(stamp, name[:min(len(name), len(stamp))], in)
	if err != nil {
		return time.Time{}
	}
	return at
}

// Path returns where the journal is.
func (j *File) Path() string { return j.file.Name() }

// ReadAt and WriteAt are those of the file.
func (j *File) ReadAt(p []byte, off int64) (int, error) { return j.file.ReadAt(p, off) }

// WriteAt writes to the file.
func (j *File) WriteAt(p []byte, off int64) (int, error) { return j.file.WriteAt(p, off) }

// Keep lets Close leave the file where it is.
func (j *File) Keep() { j.keep = true }

// Drop lets Close take the file away.
func (j *File) Drop() { j.keep = false }

// Close unlocks the journal and takes it away, unless it is to be kept.
func (j *File) Close() error {
	err := j.file.Close() // the lock goes with it
	if j.keep {
		return err
	}
	return errors.Join(err, os.Remove(j.file.Name()))
}

// Left lists the journals in a folder whose runs did not end well, oldest
// first. A folder that cannot be read has none.
func Left(folder string) (paths []string) {
	entries, _ := os.ReadDir(folder) // sorted by name, which begins with the time
	for _, entry := range entries {
		path := filepath.Join(folder, entry.Name())
		if entry.Type().IsRegular() && strings.HasSuffix(entry.Name(), suffix) && free(path) {
			paths = append(paths, path)
		}
	}
	return paths
}

// free reports whether nobody holds the lock of a journal.
func free(path string) bool {
	file, err := os.OpenFile(path, os.O_RDWR, 0)
	if err != nil {
		return false
	}
	defer file.Close()
	return lock(file) == nil
}

// prune takes away the oldest that are left.
func prune(folder string) {
	left := Left(folder)
	for _, path := range slices.Clone(left[:max(0, len(left)-MaxLeft)]) {
		_ = os.Remove(path) // it is tried again the next time
	}
}
