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
// The checksum, CRC-32C, is of all that follows it. A record is a row of
// variable integers, its time and reply told from the record before; a line of
// the same batch as the one before takes seven bytes.
const (
	headBytes = 40
	magic     = 0x31436865 // "ehC1"
)

var errDamaged = errors.New("this part of the journal is damaged")

// encode appends a chunk to dst.
func encode(dst []byte, serial, first int, b *body) []byte {
	at := len(dst)
	dst = append(dst, make([]byte, headBytes)...)
	dst = appendRecords(dst, b.records)
	facts := len(dst)
	dst = appendFacts(dst, b)
	text := len(dst)
	dst = append(dst, b.text...)
	head := dst[at : at+headBytes]
	binary.LittleEndian.PutUint32(head, magic)
	binary.LittleEndian.PutUint64(head[8:], uint64(serial))
	binary.LittleEndian.PutUint64(head[16:], uint64(first))
	binary.LittleEndian.PutUint32(head[24:], uint32(len(b.records)))
	binary.LittleEndian.PutUint32(head[28:], uint32(facts-at-headBytes))
	binary.LittleEndian.PutUint32(head[32:], uint32(text-facts))
	binary.LittleEndian.PutUint32(head[36:], uint32(len(b.text)))
	binary.LittleEndian.PutUint32(head[4:], checksum(dst[at+8:]))
	return dst
}

func checksum(data []byte) uint32 { return crc32.Checksum(data, crc32.MakeTable(crc32.Castagnoli)) }

func appendRecords(dst []byte, records []record) []byte {
	var before record
	for i := range records {
		r := &records[i]
		dst = binary.AppendVarint(dst, r.at-before.at)
		dst = append(dst, r.what, byte(r.flags))
		dst = binary.AppendUvarint(dst, uint64(r.flaws))
		dst = binary.AppendVarint(dst, int64(r.offset)-int64(before.offset+before.length))
		dst = binary.AppendUvarint(dst, uint64(r.length))
		dst = binary.AppendVarint(dst, int64(r.serial)-int64(before.serial))
		dst = binary.AppendUvarint(dst, uint64(r.extra))
		before = *r
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
	if len(data) != headBytes+records+facts+text || checksum(data[8:]) != binary.LittleEndian.Uint32(data[4:]) {
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
	if b.records, err = s.readRecords(); err != nil {
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
func (s sections) readRecords() ([]record, error) {
	if s.count > len(s.records) {
		return nil, errDamaged
	}
	records := make([]record, s.count)
	var before record
	in := reader{s.records, true}
	for i := range records {
		r := &records[i]
		r.at = before.at + in.signed()
		r.what, r.flags = in.one(), Flag(in.one())
		r.flaws = session.Flaw(in.unsigned())
		r.offset = uint32(int64(before.offset+before.length) + in.signed())
		r.length = uint32(in.unsigned())
		r.serial = uint32(int64(before.serial) + in.signed())
		r.extra = uint32(in.unsigned())
		if !in.ok || uint64(r.offset)+uint64(r.length) > uint64(len(s.text)) {
			return nil, errDamaged
		}
		before = *r
	}
	return records, nil
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
