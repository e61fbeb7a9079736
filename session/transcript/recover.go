package transcript

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"slices"

	"ehlo/session"
)

// Bounds on what is read of a journal that another run has left: it is a file
// like any other.
const (
	maxJournal = 1 << 30 // bytes of the file
	maxSection = 1 << 20 // bytes of the records, of the facts, of the text
	maxParts   = 1 << 15 // chunks
	maxWaste   = 1 << 30 // bytes of damaged chunks that are looked at
	leastWaste = 1 << 10 // that one counts as, however short
	maxTold    = 8 << 20 // bytes of the facts of chunks whose patches are kept
	searchStep = 256 << 10
)

// Errors of Recover.
var (
	ErrTooLarge = errors.New("this file is larger than a journal gets")
	ErrNothing  = errors.New("nothing in this file can be read as a talk")
)

// Recovered is what the journal of a run that was killed still holds. It keeps
// some hundred bytes a chunk; the entries are read when they are asked for.
type Recovered struct {
	journal io.ReaderAt
	chunks  []*chunk // by serial
	broken  int      // serial of the newest chunk that is damaged, -1 for none
	lost    int
	room    int // bytes of facts that may still be kept
	seen    view
}

// Recover finds the chunks in a journal of size bytes. Those that are damaged
// or half written are skipped and counted. The errors are ErrTooLarge,
// ErrNothing, and those of reading.
func Recover(journal io.ReaderAt, size int64) (*Recovered, error) {
	if size > maxJournal {
		return nil, ErrTooLarge
	}
	r := &Recovered{journal: journal, broken: -1, room: maxTold}
	if err := r.scan(size); err != nil {
		return nil, err
	}
	r.seen = view{}
	r.order()
	if len(r.chunks) == 0 {
		return nil, ErrNothing
	}
	return r, nil
}

// Lost returns how many parts of the talk could not be read: those that are
// missing between others, and a last one that was half written.
func (r *Recovered) Lost() int { return r.lost }

// scan looks for chunks from the beginning to the end. What lies between them
// is what is left of older ones.
func (r *Recovered) scan(size int64) error {
	for at, waste := int64(JournalHead), int64(0); at+headBytes <= size; {
		length, err := r.look(at, size)
		switch {
		case err == nil:
			at += length
		case !errors.Is(err, errDamaged):
			return err
		default:
			if waste += max(length, leastWaste); waste > maxWaste || len(r.chunks) > maxParts {
				return nil
			}
			if at, err = r.next(at+1, size); err != nil {
				return err
			}
		}
	}
	return nil
}

// look reads the chunk at an offset and returns its length: over 0 with an
// error for one that is damaged, 0 where none begins.
func (r *Recovered) look(at, size int64) (int64, error) {
	var head [headBytes]byte
	if _, err := r.journal.ReadAt(head[:], at); err != nil {
		return 0, err
	}
	length, ok := lengthOf(head[:], size-at)
	if !ok || len(r.chunks) > maxParts {
		return 0, errDamaged
	}
	data := make([]byte, length)
	if _, err := r.journal.ReadAt(data, at); err != nil {
		return 0, err
	}
	parts, err := split(data)
	if err == nil {
		err = r.found(parts, place{at, length})
	}
	if serial := binary.LittleEndian.Uint64(head[8:]); err != nil && serial <= maxJournal {
		r.broken = max(r.broken, int(serial))
	}
	return int64(length), err
}

// lengthOf reads the length of a chunk from its head; false when there is no
// head, or none that could be ours.
func lengthOf(head []byte, room int64) (length int, ok bool) {
	if binary.LittleEndian.Uint32(head) != magic {
		return 0, false
	}
	length = headBytes
	for at := 28; at < headBytes; at += 4 {
		section := binary.LittleEndian.Uint32(head[at:])
		if section > maxSection {
			return 0, false
		}
		length += int(section)
	}
	count := binary.LittleEndian.Uint32(head[24:])
	return length, count > 0 && count <= chunkRecords && int64(length) <= room
}

// found keeps a chunk, and what it tells of those before it in patches of its
// own until all are known.
func (r *Recovered) found(parts sections, at place) error {
	b, err := parts.body()
	if err != nil || parts.serial < 0 || parts.first < 0 {
		return errDamaged
	}
	c := &chunk{serial: parts.serial, first: parts.first, count: len(b.ends), place: at}
	if r.room -= len(parts.facts); r.room >= 0 && len(b.patches) > 0 {
		c.body = &body{patches: b.patches}
	}
	r.chunks = append(r.chunks, c)
	return nil
}

// next returns the offset from which on a head may begin.
func (r *Recovered) next(at, size int64) (int64, error) {
	mark := binary.LittleEndian.AppendUint32(nil, magic)
	for at+headBytes <= size {
		window, err := r.seen.at(r.journal, at, size)
		if err != nil {
			return 0, err
		}
		if i := bytes.Index(window, mark); i >= 0 {
			return at + int64(i), nil
		}
		at += int64(len(window) - len(mark) + 1)
	}
	return size, nil
}

// view is a piece of a file that is searched, read once however often.
type view struct {
	from int64
	data []byte
	room []byte
}

// at returns what follows an offset, a head at least.
func (v *view) at(file io.ReaderAt, at, size int64) ([]byte, error) {
	if skip := at - v.from; skip >= 0 && skip+headBytes <= int64(len(v.data)) {
		return v.data[skip:], nil
	}
	if v.room == nil {
		v.room = make([]byte, searchStep)
	}
	n, err := file.ReadAt(v.room[:min(searchStep, size-at)], at)
	if err != nil && !errors.Is(err, io.EOF) || n < headBytes {
		return nil, errors.Join(err, io.ErrUnexpectedEOF)
	}
	v.from, v.data = at, v.room[:n]
	return v.data, nil
}

// order puts the chunks in order, the fullest of each serial, lets each know
// what later ones tell of it, and counts what is missing.
func (r *Recovered) order() {
	slices.SortStableFunc(r.chunks, func(a, b *chunk) int {
		if a.serial != b.serial {
			return a.serial - b.serial
		}
		return b.count - a.count
	})
	r.chunks = slices.CompactFunc(r.chunks, func(a, b *chunk) bool { return a.serial == b.serial })
	for i, c := range r.chunks {
		if i > 0 {
			r.lost += c.serial - r.chunks[i-1].serial - 1
		}
		if c.body == nil {
			continue
		}
		for _, p := range c.body.patches {
			r.tell(p)
		}
		c.body = nil
	}
	if n := len(r.chunks); n > 0 && r.broken > r.chunks[n-1].serial {
		r.lost++
	}
}

func (r *Recovered) tell(p told) {
	at, ok := slices.BinarySearchFunc(r.chunks, p.chunk, func(c *chunk, serial int) int { return c.serial - serial })
	if ok && len(r.chunks[at].patches) < chunkRecords {
		r.chunks[at].learn(p.patch)
	}
}

// Entries calls take with each entry that is kept, oldest first, until it
// returns false. The error is that of reading.
func (r *Recovered) Entries(take func(Entry) bool) error {
	for _, c := range r.chunks {
		b, err := readChunk(r.journal, c.place, c.serial, make([]byte, c.place.size))
		if err != nil {
			return err
		}
		for at := range b.ends {
			e := c.entry(b, at)
			if e.Class > session.Data {
				e.Class = session.Unclear
			}
			if !take(e) {
				return nil
			}
		}
	}
	return nil
}
