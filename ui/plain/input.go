package plain

import (
	"bufio"
	"context"
	"errors"
	"io"
	"strings"
)

// maxTyped bounds a line of input, in bytes.
const maxTyped = 64 << 10

// entry is one line of input, without line end.
type entry struct {
	text    string
	tooLong bool // over maxTyped; nothing of it was kept
}

// readLines reads lines until in or ctx ends; the channel is then closed.
func readLines(ctx context.Context, in io.Reader) <-chan entry {
	lines := make(chan entry)
	go func() {
		defer close(lines)
		reader := bufio.NewReaderSize(in, maxTyped)
		for {
			line, ok := readLine(reader)
			if !ok {
				return
			}
			select {
			case lines <- line:
			case <-ctx.Done():
				return
			}
		}
	}()
	return lines
}

// readLine reads one line; a last one without end counts. ok is false when
// there is none left.
func readLine(reader *bufio.Reader) (line entry, ok bool) {
	raw, err := reader.ReadSlice('\n')
	text := strings.TrimSuffix(strings.TrimSuffix(string(raw), "\n"), "\r")
	if !errors.Is(err, bufio.ErrBufferFull) {
		return entry{text: text}, err == nil || text != ""
	}
	for errors.Is(err, bufio.ErrBufferFull) {
		_, err = reader.ReadSlice('\n')
	}
	return entry{tooLong: true}, true
}
