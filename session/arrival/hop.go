package arrival

import (
	"net/mail"
	"net/netip"
	"slices"
	"strings"
	"time"
)

// Hop is one server that took the message from another (RFC 5321 section 4.4).
type Hop struct {
	From  string        // the name the other gave itself; "" when it is not told
	IP    netip.Addr    // its address; the zero Addr when it is not told
	By    string        // who took it
	With  string        // how: "ESMTPS"
	ID    string        // what the server called it
	At    time.Time     // the server's clock; the zero time when it cannot be read
	Delay time.Duration // since the hop before; below zero where clocks differ
}

// Encrypted reports whether the hop was encrypted, by its own word (RFC 3848).
func (h Hop) Encrypted() bool {
	with := strings.ToUpper(h.With)
	return strings.HasSuffix(with, "SMTPS") || strings.HasSuffix(with, "SMTPSA") || with == "LMTPS" || with == "LMTPSA"
}

// hops reads the Received fields. Each server puts its own on top.
func hops(all fields) (list []Hop) {
	for _, f := range all {
		if strings.EqualFold(f.name, "Received") && len(list) < maxHops {
			list = append(list, hop(f.value))
		}
	}
	slices.Reverse(list)
	var before time.Time
	for i, h := range list {
		if h.At.IsZero() {
			continue
		}
		if !before.IsZero() {
			list[i].Delay = h.At.Sub(before)
		}
		before = h.At
	}
	return list
}

// hop reads one Received field.
func hop(value string) (h Hop) {
	told, date := value, ""
	if at := strings.LastIndexByte(value, ';'); at >= 0 {
		told, date = value[:at], value[at+1:]
	}
	h.At, _ = mail.ParseDate(strings.TrimSpace(date))
	words := strings.Fields(uncommented(told))
	for i := 0; i+1 < len(words); i++ {
		target := map[string]*string{"from": &h.From, "by": &h.By, "with": &h.With, "id": &h.ID}[strings.ToLower(words[i])]
		if target != nil && *target == "" {
			i++
			*target = words[i]
		}
	}
	if strings.HasPrefix(strings.ToLower(strings.TrimSpace(told)), "from") {
		h.IP = addressIn(told)
	}
	return h
}

// addressIn finds the address of the other side: in brackets, in front of "by".
func addressIn(told string) netip.Addr {
	from, _, _ := strings.Cut(told, " by ")
	for from != "" {
		_, behind, found := strings.Cut(from, "[")
		if !found {
			break
		}
		inside, rest, _ := strings.Cut(behind, "]")
		if addr, err := netip.ParseAddr(strings.TrimPrefix(inside, "IPv6:")); err == nil {
			return addr
		}
		from = rest
	}
	return netip.Addr{}
}
