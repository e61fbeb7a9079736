package transcript

import (
	"encoding/binary"
	"errors"
	"hash/crc32"

	"ehlo/session"
)

// A chunk in the journal is a head of headBytes, little endian, and after it
// the records, the facts (events and patches; nothing where there are none) and
// the text:
//
//	0  magic    8  serial   24 count     28 length of the records
//	4  checksum 16 first    32 length of the facts   36 length of the text
//
// The checksum, CRC-32 (IEEE 802.3, which is the fastest here), is of all that
// follows it. A record is a row of
// variable integers, its time and reply told from the record before, how many
// entries it is of, and then of each the length of its text: a byte for most
// lines of a flood.
const (
	headBytes = 40
	magic     = 0x33436865 // "ehC3"
)

var errDamaged = errors.New("this part of the journal is damaged")

// encode returns a chunk up to its text, in the room of dst. The text, which
// follows, is as it is.
func encode(dst []byte, serial, first int, b *body) []byte {
	dst = append(dst[:0], make([]byte, headBytes)...)
	dst = appendRecords(dst, b)
	facts := len(dst)
	dst = appendFacts(dst, b)
	head := dst[:headBytes]
	binary.LittleEndian.PutUint32(head, magic)
	binary.LittleEndian.PutUint64(head[8:], uint64(serial))
	binary.LittleEndian.PutUint64(head[16:], uint64(first))
	binary.LittleEndian.PutUint32(head[24:], uint32(len(b.ends)))
	binary.LittleEndian.PutUint32(head[28:], uint32(facts-headBytes))
	binary.LittleEndian.PutUint32(head[32:], uint32(len(dst)-facts))
	binary.LittleEndian.PutUint32(head[36:], uint32(len(b.text)))
	binary.LittleEndian.PutUint32(head[4:], checksum(dst[8:], b.text))
	return dst
}

// checksum is of two pieces that follow each other.
func checksum(data, more []byte) uint32 {
	return crc32.Update(crc32.ChecksumIEEE(data), crc32.IEEETable, more)
}

func appendRecords(dst []byte, b *body) []byte {
	var before record
	for n := range b.records {
		r := &b.records[n]
		dst = binary.AppendVarint(dst, r.at-before.at)
		dst = append(dst, r.what, byte(r.flags))
		dst = binary.AppendUvarint(dst, uint64(r.flaws))
		dst = binary.AppendVarint(dst, int64(r.serial)-int64(before.serial))
		dst = binary.AppendUvarint(dst, uint64(r.extra))
		dst = binary.AppendUvarint(dst, uint64(b.span(n)))
		dst = appendLengths(dst, b.offset(int(r.first)), b.ends[r.first:][:b.span(n)])
		before = *r
	}
	return dst
}

// appendLengths appends the lengths of texts of which the first begins at from.
func appendLengths(dst []byte, from int, ends []uint32) []byte {
	before := uint32(from)
	for _, end := range ends {
		dst = binary.AppendUvarint(dst, uint64(end-before)-uint64(len(lineEnd)))
		before = end
	}
	return dst
}

// sections are the parts of a chunk as the journal gives it.
type sections struct {
	serial, first, count int
	records, facts, text []byte
}

// split finds the parts of a chunk and checks that they are as they were
// written.
func split(data []byte) (sections, error) {
	if len(data) < headBytes || binary.LittleEndian.Uint32(data) != magic {
		return sections{}, errDamaged
	}
	number := func(at int) int { return int(binary.LittleEndian.Uint32(data[at:])) }
	records, facts, text := number(28), number(32), number(36)
	if len(data) != headBytes+records+facts+text || checksum(data[8:], nil) != binary.LittleEndian.Uint32(data[4:]) {
		return sections{}, errDamaged
	}
	rest := data[headBytes:]
	return sections{
		serial: int(binary.LittleEndian.Uint64(data[8:])), first: int(binary.LittleEndian.Uint64(data[16:])), count: number(24),
		records: rest[:records], facts: rest[records : records+facts], text: rest[records+facts:],
	}, nil
}

// body reads the entries. Their text stays where it is.
func (s sections) body() (b *body, err error) {
	b = &body{text: s.text}
	if err := s.readRecords(b); err != nil {
		return nil, err
	}
	if err := readFacts(s.facts, b); err != nil {
		return nil, err
	}
	for _, r := range b.records {
		kind := r.kind()
		if (kind == KindNote || kind == KindBody) && int(r.serial) >= len(b.events) {
			return nil, errDamaged
		}
	}
	return b, nil
}

// readRecords reads the records and holds them against the text.
func (s sections) readRecords(b *body) error {
	if s.count > len(s.records) {
		return errDamaged
	}
	b.ends = make([]uint32, 0, s.count)
	var r record
	in := reader{s.records, true}
	for len(b.ends) < s.count {
		r.at += in.signed()
		r.what, r.flags = in.one(), Flag(in.one())
		r.flaws = session.Flaw(in.unsigned())
		r.serial = uint32(int64(r.serial) + in.signed())
		r.extra = uint32(in.unsigned())
		r.first = uint32(len(b.ends))
		b.records = append(b.records, r)
		span := in.unsigned()
		if !in.ok || span == 0 || span > uint64(s.count-len(b.ends)) || !in.lengths(b, int(span)) {
			return errDamaged
		}
	}
	return nil
}

// lengths reads the lengths of the texts of so many entries, and reports whether
// the text of the chunk is as long.
func (r *reader) lengths(b *body, span int) bool {
	end := uint64(b.offset(len(b.ends)))
	for range span {
		length := r.unsigned()
		if end += length + uint64(len(lineEnd)); !r.ok || length > uint64(len(b.text)) || end > uint64(len(b.text)) {
			return false
		}
		b.ends = append(b.ends, uint32(end))
	}
	return true
}

// reader takes integers from the head of data until one is not whole.
type reader struct {
	data []byte
	ok   bool
}

func (r *reader) skip(n int) {
	if n <= 0 || n > len(r.data) {
		r.ok, r.data = false, nil
		return
	}
	r.data = r.data[n:]
}

func (r *reader) signed() int64 {
	v, n := binary.Varint(r.data)
	r.skip(n)
	return v
}

func (r *reader) unsigned() uint64 {
	v, n := binary.Uvarint(r.data)
	r.skip(n)
	return v
}

func (r *reader) one() (b byte) {
	if len(r.data) > 0 {
		b = r.data[0]
	}
	r.skip(1)
	return b
}
