package explain

import (
	"net/netip"
	"strings"

	"ehlo/session"
)

// maxListName bounds, in bytes, the name of a list that is shown; a name in DNS
// is no longer than 253 (RFC 1035 section 2.3.4), and those of lists are short.
const maxListName = 80

// beforeList are the words after which servers name a block list.
var beforeList = [...]string{"blocked using", "listed at", "listed in", "listed on", "listed by", "using"}

// Listed finds in a refusal the block list that it names, "" where it names
// none, and the address that is on it, the zero value where there is none. Both
// are safe to show.
func Listed(reply session.Reply) (list string, address netip.Addr) {
	text := listen(reply, session.Command{}).text
	lower := strings.ToLower(text)
	for _, words := range beforeList {
		if _, behind, found := strings.Cut(lower, words+" "); found && list == "" {
			list = listName(behind)
		}
	}
	address = addressIn(text)
	_, link, _ := strings.Cut(lower, "://")
	link, _, _ = strings.Cut(link, " ")
	if list == "" && address.IsValid() && strings.Contains(link, address.String()) { // where it is looked up
		list = strings.TrimPrefix(listName(link), "www.")
	}
	return list, address
}

// addressIn is the first address in a text.
func addressIn(text string) netip.Addr {
	for _, word := range strings.FieldsFunc(text, func(r rune) bool { return r >= 0x80 || !inAddress(byte(r)) }) {
		if found, err := netip.ParseAddr(strings.TrimRight(word, ".:")); err == nil && found.Zone() == "" {
			return found
		}
	}
	return netip.Addr{}
}

// listName is the host name that a text begins with, "" for none.
func listName(text string) string {
	end := strings.IndexFunc(text, func(r rune) bool {
		return r != '.' && r != '-' && (r < '0' || r > '9') && (r < 'a' || r > 'z')
	})
	if end >= 0 {
		text = text[:end]
	}
	text = strings.Trim(text, ".-")
	top := strings.TrimLeft(text[strings.LastIndexByte(text, '.')+1:], "0123456789")
	if len(text) > maxListName || top == "" || !strings.Contains(text, ".") {
		return ""
	}
	return text
}

// inAddress reports whether a byte may be part of an address.
func inAddress(c byte) bool {
	return c == '.' || c == ':' || c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F'
}
