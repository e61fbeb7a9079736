package resolver

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// payload is the size of a UDP answer that is asked for: what passes nearly
// everywhere without being fragmented (DNS flag day 2020).
const payload = 1232

// query is the message that puts a question. It has no ID yet.
func query(q question, edns bool) *dns.Msg {
	whole := new(struct { // one piece of memory
		dns.Msg
		question [1]dns.Question
		extra    [1]dns.RR
		opt      dns.OPT
	})
	m := &whole.Msg
	m.RecursionDesired = true
	m.AuthenticatedData = true // RFC 6840 section 5.7: asks for the AD flag
	m.CheckingDisabled = q.unchecked
	whole.question[0] = dns.Question{Name: dns.Fqdn(q.name), Qtype: q.kind, Qclass: dns.ClassINET}
	m.Question = whole.question[:]
	if edns {
		whole.opt.Hdr = dns.RR_Header{Name: ".", Rrtype: dns.TypeOPT}
		whole.opt.SetUDPSize(payload)
		whole.extra[0] = &whole.opt
		m.Extra = whole.extra[:]
	}
	return m
}

// exchange sends a query to one server and waits for its answer. Messages that
// do not answer it are passed over until the context ends.
func (r *Resolver) exchange(ctx context.Context, network string, server Server, m *dns.Msg) (*dns.Msg, error) {
	if network == "udp" && !r.own {
		return r.lines.send(server, m).wait(ctx)
	}
	m.Id = dns.Id()
	packed, err := m.Pack()
	if err != nil {
		return nil, err
	}
	conn, err := r.options.Dial(ctx, network, server.Addr.String())
	if err != nil {
		return nil, ended(ctx, err)
	}
	defer conn.Close()
	stop := context.AfterFunc(ctx, func() { conn.SetDeadline(time.Unix(1, 0)) })
	defer stop()
	return converse(ctx, conn, network, packed, m)
}

// converse writes a packed query and reads its answer.
func converse(ctx context.Context, conn net.Conn, network string, packed []byte, m *dns.Msg) (*dns.Msg, error) {
	read := readDatagram
	if network == "tcp" {
		read = readFramed
		packed = append(binary.BigEndian.AppendUint16(nil, uint16(len(packed))), packed...)
	}
	if _, err := conn.Write(packed); err != nil {
		return nil, ended(ctx, err)
	}
	return await(ctx, conn, m, read)
}

// await reads until a message answers the query.
func await(ctx context.Context, conn net.Conn, m *dns.Msg, read func(net.Conn, []byte) ([]byte, error)) (*dns.Msg, error) {
	buffer := make([]byte, 4096)
	for {
		packed, err := read(conn, buffer)
		if err != nil {
			return nil, ended(ctx, err)
		}
		got := new(dns.Msg)
		whole := got.Unpack(packed) == nil
		if answers(got, m) && (whole || got.Truncated) {
			return got, nil
		}
	}
}

// ended returns why a wait is over: the context's reason when that has ended,
// for it is what cut the connection.
func ended(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return context.Cause(ctx)
	}
	return err
}

func readDatagram(conn net.Conn, buffer []byte) ([]byte, error) {
	n, err := conn.Read(buffer)
	return buffer[:n], err
}

// readFramed reads a message with its length before it (RFC 1035 section
// 4.2.2); the length bounds it to 64 KiB.
func readFramed(conn net.Conn, buffer []byte) ([]byte, error) {
	if _, err := io.ReadFull(conn, buffer[:2]); err != nil {
		return nil, err
	}
	size := int(binary.BigEndian.Uint16(buffer))
	if size > len(buffer) {
		buffer = make([]byte, size)
	}
	_, err := io.ReadFull(conn, buffer[:size])
	return buffer[:size], err
}

// answers reports whether a message is the response to a query: same ID, same
// question (RFC 5452 section 9.1). An error may come without the question.
func answers(got, m *dns.Msg) bool {
	if got.Id != m.Id || !got.Response || got.Opcode != m.Opcode {
		return false
	}
	if len(got.Question) == 0 {
		return got.Rcode != dns.RcodeSuccess && got.Rcode != dns.RcodeNameError
	}
	if len(got.Question) != 1 {
		return false
	}
	a, b := got.Question[0], m.Question[0]
	return a.Qtype == b.Qtype && a.Qclass == b.Qclass && same(a.Name, b.Name)
}

// unaware reports whether a server stumbled over EDNS.
func unaware(m *dns.Msg) bool {
	switch m.Rcode {
	case dns.RcodeFormatError, dns.RcodeNotImplemented:
		return m.IsEdns0() == nil
	}
	return false
}

// rcode names a response code: "SERVFAIL".
func rcode(code int) string {
	if name := dns.RcodeToString[code]; name != "" {
		return name
	}
	return "RCODE " + strconv.Itoa(code)
}

// same reports whether two full names are one: letters are alike in either case
// (RFC 4343). Names of messages are ASCII, other bytes are escaped.
func same(a, b string) bool { return a == b || strings.EqualFold(a, b) }
