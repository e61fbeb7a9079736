package practice

import (
	"bytes"
	"embed"
	"fmt"
	"io/fs"
	"net/netip"
	"strings"

	"github.com/miekg/dns"
)

//go:embed *.zone
var files embed.FS

// defaultTTL is the time to live of records without one, in seconds.
const defaultTTL = 1800

// Zone is what the server knows and how it behaves. The zero value knows
// nothing: no name exists.
type Zone struct {
	Records       []dns.RR        // given out in this order
	Authoritative bool            // set the AA flag
	Authenticated bool            // set the AD flag when it is asked for
	Shown         netip.Addr      // the address the server plays; the zero Addr plays none
	Rules         map[string]Rule // by name, lower case, without the last dot; "*" is any other name
}

// Load returns a built-in zone: "howto".
func Load(name string) (*Zone, error) {
	text, err := files.ReadFile(name + ".zone")
	if err != nil {
		return nil, fmt.Errorf("there is no practice zone %q", name)
	}
	return ParseZone(name+".zone", string(text))
}

// Names lists the built-in zones.
func Names() []string {
	paths, _ := fs.Glob(files, "*.zone")
	for i, path := range paths {
		paths[i] = strings.TrimSuffix(path, ".zone")
	}
	return paths
}

// ParseZone reads a zone file; the file's name is for errors. Lines that begin
// with ";!" say how the server behaves:
//
//	;! authoritative yes           set the AA flag; the default is no
//	;! authenticated yes           set the AD flag; the default is no
//	;! server 10.50.128.52         the address the server plays
//	;! on NAME RULE...             how it treats a name, "*" for any other: see ParseRule
func ParseZone(file, text string) (*Zone, error) {
	zone := &Zone{Rules: make(map[string]Rule)}
	parser := dns.NewZoneParser(strings.NewReader(text), ".", file)
	parser.SetDefaultTTL(defaultTTL)
	for record, ok := parser.Next(); ok; record, ok = parser.Next() {
		zone.Records = append(zone.Records, record)
	}
	if err := parser.Err(); err != nil {
		return nil, err
	}
	number := 0
	for line := range bytes.Lines([]byte(text)) {
		number++
		order, ok := strings.CutPrefix(strings.TrimSpace(string(line)), ";!")
		if !ok {
			continue
		}
		if err := zone.obey(strings.Fields(order)); err != nil {
			return nil, fmt.Errorf("%s:%d: %w", file, number, err)
		}
	}
	return zone, nil
}

// obey takes in a line that begins with ";!".
func (z *Zone) obey(words []string) (err error) {
	if len(words) < 2 {
		return fmt.Errorf("%q is not complete", strings.Join(words, " "))
	}
	switch words[0] {
	case "authoritative":
		z.Authoritative = words[1] == "yes"
	case "authenticated":
		z.Authenticated = words[1] == "yes"
	case "server":
		z.Shown, err = netip.ParseAddr(words[1])
	case "on":
		z.Rules[plain(words[1])], err = ParseRule(words[2:])
	default:
		err = fmt.Errorf("%q is not known", words[0])
	}
	return err
}

// Readdress returns a copy of the zone in which every address is replaced by
// what the function makes of it. Where that is the zero Addr the record is left
// out, and so is a record that another became equal to.
func (z *Zone) Readdress(become func(netip.Addr) netip.Addr) *Zone {
	other := *z
	other.Records = nil
	seen := make(map[string]bool)
	for _, record := range z.Records {
		old := addressOf(record)
		if old.IsValid() {
			record = readdressed(record, become(old))
		}
		if record != nil && !seen[record.String()] {
			seen[record.String()] = true
			other.Records = append(other.Records, record)
		}
	}
	return &other
}

// Loopback is for Readdress: it sends everybody to this computer, to 127.0.0.1
// and ::1.
func Loopback(addr netip.Addr) netip.Addr {
	if addr.Is4() {
		return netip.AddrFrom4([4]byte{127, 0, 0, 1})
	}
	return netip.IPv6Loopback()
}

func addressOf(record dns.RR) netip.Addr {
	var addr netip.Addr
	switch rr := record.(type) {
	case *dns.A:
		addr, _ = netip.AddrFromSlice(rr.A.To4())
	case *dns.AAAA:
		addr, _ = netip.AddrFromSlice(rr.AAAA.To16())
	}
	return addr
}

// readdressed returns a record of the same name with another address, nil when
// that is the zero Addr.
func readdressed(record dns.RR, addr netip.Addr) dns.RR {
	head := *record.Header()
	switch {
	case addr.Is4():
		head.Rrtype = dns.TypeA
		return &dns.A{Hdr: head, A: addr.AsSlice()}
	case addr.Is6():
		head.Rrtype = dns.TypeAAAA
		return &dns.AAAA{Hdr: head, AAAA: addr.AsSlice()}
	}
	return nil
}

// plain returns a name as the keys of Rules have it.
func plain(name string) string { return strings.TrimSuffix(strings.ToLower(name), ".") }
