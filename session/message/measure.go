package message

import (
	"bytes"
	"errors"
	"io"
)

// sampled is how much of a file is looked at before it is read whole.
const sampled = 64 << 10

// Measure tells how many octets a message of so many bytes will have on the
// wire as RFC 1870 section 5 counts them, with its line ends mended. A message
// whose beginning has CRLF at the end of its lines is taken to have it
// throughout: then nothing more of it is read. The source is left at its
// beginning.
func Measure(source io.ReadSeeker, bytesInAll int64) (int64, error) {
	head := make([]byte, sampled)
	n, err := io.ReadFull(source, head)
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, io.ErrUnexpectedEOF) {
		return 0, err
	}
	if bareEnds(head[:n], 0) == 0 {
		return bytesInAll, rewind(source)
	}
	if err := rewind(source); err != nil {
		return 0, err
	}
	added, err := countBareEnds(source)
	if err != nil {
		return 0, err
	}
	return bytesInAll + added, rewind(source)
}

func rewind(source io.Seeker) error {
	_, err := source.Seek(0, io.SeekStart)
	return err
}

// countBareEnds counts the line feeds that have no carriage return before them.
func countBareEnds(source io.Reader) (count int64, err error) {
	block := make([]byte, sampled)
	last := byte(0)
	for {
		n, err := source.Read(block)
		if n > 0 {
			count += bareEnds(block[:n], last)
			last = block[n-1]
		}
		switch {
		case errors.Is(err, io.EOF):
			return count, nil
		case err != nil:
			return count, err
		}
	}
}

// bareEnds counts the LF without CR of a block; last is the byte before it.
func bareEnds(block []byte, last byte) int64 {
	whole := bytes.Count(block, []byte("\r\n"))
	if last == '\r' && len(block) > 0 && block[0] == '\n' {
		whole++
	}
	return int64(bytes.Count(block, []byte("\n")) - whole)
}
