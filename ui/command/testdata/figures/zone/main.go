// Command zone is a DNS server, fast and simple, for which each domain has one
// mail server, and each name that begins with mx and a number an address in
// 127.0.0.0/8 of its own. It prints its address and serves until its input ends.
package main

import (
	"encoding/binary"
	"fmt"
	"io"
	"log"
	"net"
	"os"
)

const (
	typeA    = 1
	typeMX   = 15
	typeAAAA = 28
)

func main() {
	socket, err := net.ListenUDP("udp4", &net.UDPAddr{IP: net.IPv4(127, 0, 0, 1)})
	if err != nil {
		log.Fatal(err)
	}
	for range 2 {
		go serve(socket)
	}
	fmt.Println(socket.LocalAddr())
	io.Copy(io.Discard, os.Stdin)
}

func serve(socket *net.UDPConn) {
	buffer := make([]byte, 1024)
	for {
		n, from, err := socket.ReadFromUDPAddrPort(buffer)
		if err != nil {
			return
		}
		if reply := answer(buffer[:n]); reply != nil {
			socket.WriteToUDPAddrPort(reply, from)
		}
	}
}

// answer turns a question into its answer: the head and the question as they
// came, one record, and the OPT record where there was one.
func answer(query []byte) []byte {
	const head = 12
	end, number, first := head, 0, byte(0)
	for end < len(query) && query[end] != 0 {
		if end == head {
			first, number = query[end+1], digits(query[end+1:end+1+int(query[end])])
		}
		end += int(query[end]) + 1
	}
	end++
	if end+4 > len(query) {
		return nil
	}
	reply := append(make([]byte, 0, 256), query[:end+4]...)
	reply[2], reply[3] = 0x81, 0x80 // a response; recursion was wanted and is there
	clear(reply[6:12])
	switch kind := binary.BigEndian.Uint16(query[end:]); {
	case kind == typeMX && first == 'd':
		host := fmt.Appendf(nil, "mx%d", number)
		reply = record(reply, 6, kind, append(append([]byte{0, 10, byte(len(host))}, host...), "\x04mail\x07example\x00"...))
	case kind == typeA && first == 'm':
		reply = record(reply, 6, kind, []byte{127, 1, byte(number >> 8), byte(number)})
	default:
		reply = record(reply, 8, 6, append(make([]byte, 2), make([]byte, 20)...)) // SOA: there is no such record
	}
	if binary.BigEndian.Uint16(query[10:]) > 0 {
		reply[11] = 1
		reply = append(reply, 0, 0, 41, 4, 208, 0, 0, 0, 0, 0, 0)
	}
	return reply
}

// record appends a record to the name asked for and counts it.
func record(reply []byte, count int, kind uint16, data []byte) []byte {
	reply[count+1] = 1
	reply = append(reply, 0xc0, 12)
	reply = binary.BigEndian.AppendUint16(reply, kind)
	reply = append(reply, 0, 1, 0, 0, 2, 88)
	reply = binary.BigEndian.AppendUint16(reply, uint16(len(data)))
	return append(reply, data...)
}

// digits reads the number in a label.
func digits(label []byte) (number int) {
	for _, b := range label {
		if b >= '0' && b <= '9' {
			number = number*10 + int(b-'0')
		}
	}
	return number
}
