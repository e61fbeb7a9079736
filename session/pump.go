package session

import "io"

// pump reads a message ahead of the wire in a goroutine of its own, so that a
// source that stalls (standard input, a network disk) holds up nothing: the
// owner still hears the server and can be stopped.
type pump struct {
	source io.Reader
	full   chan piece
	empty  chan []byte
	quit   chan struct{}
}

// piece is what one read of the source gave: bytes, or why there are no more.
type piece struct {
	data []byte
	err  error
}

// maxEmptyReads is how often a source may give nothing before it is given up.
const maxEmptyReads = 100

func newPump(source io.Reader) *pump {
	p := &pump{source: source, full: make(chan piece), empty: make(chan []byte, 2), quit: make(chan struct{})}
	p.empty <- make([]byte, bodyBlock)
	p.empty <- make([]byte, bodyBlock)
	go p.run()
	return p
}

func (p *pump) run() {
	for {
		select {
		case room := <-p.empty:
			data, err := p.read(room)
			if len(data) > 0 && !p.give(piece{data: data}) {
				return
			}
			if err != nil {
				p.give(piece{err: err})
				return
			}
		case <-p.quit:
			return
		}
	}
}

// read reads some bytes of the source, or why there are none.
func (p *pump) read(room []byte) ([]byte, error) {
	for range maxEmptyReads {
		n, err := p.source.Read(room)
		if n > 0 || err != nil {
			return room[:n], err
		}
	}
	return nil, io.ErrNoProgress
}

func (p *pump) give(piece piece) bool {
	select {
	case p.full <- piece:
		return true
	case <-p.quit:
		return false
	}
}

// stop ends the pump. A read under way cannot be stopped from here but by
// closing the source, where it has a Close; else the goroutine ends with it.
func (p *pump) stop() {
	close(p.quit)
	if source, ok := p.source.(io.Closer); ok {
		source.Close()
	}
}
