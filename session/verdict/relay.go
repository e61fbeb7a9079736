package verdict

import (
	"cmp"
	"strings"
)

// The purposes of tries that a sending server would have made.
const (
	byRoute = "route"  // the MX record of the domain named the server
	byName  = "server" // the user did
)

// relayed says whose a refused relay is, by how the server was come by. One
// that the MX record names should know the domain, so the record or the server
// is wrong; one that the user named may well serve other domains, and passes
// on only for whom it knows.
func relayed(found finding, purpose string) finding {
	if found.code != "relay-refused" || strings.Contains(found.text, "TenantAttribution") {
		return found // that wording knows better: a connector of ours
	}
	switch purpose {
	case byRoute:
		found.words, found.who, found.next = "kind:relay-mx", "", ""
	case byName:
		found.words, found.who, found.next = "kind:relay-named", "", ""
	}
	return found
}

// domainOf is the domain of an address, and a word for one without.
func domainOf(address string) string {
	return cmp.Or(address[strings.LastIndexByte(address, '@')+1:], "that domain")
}
