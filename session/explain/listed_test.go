package explain

import (
	"strings"
	"testing"
)

// TestListed: a list is known by the words before its name, or by the link; what
// is no host name is none.
func TestListed(t *testing.T) {
	for _, tt := range []struct{ reply, list, address string }{
		{"554 5.7.1 Service unavailable; Client host [192.0.2.25] blocked using zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.25", "zen.spamhaus.org", "192.0.2.25"},
		{"550 5.7.1 Rejected: 192.0.2.1 listed at zen.example.org", "zen.example.org", "192.0.2.1"},
		{"550 JunkMail rejected - see https://www.spamcop.net/bl.shtml?192.0.2.1", "spamcop.net", "192.0.2.1"},
		{"554 Blocked - see https://ipcheck.proofpoint.com/?ip=192.0.2.1", "ipcheck.proofpoint.com", "192.0.2.1"},
		{"550 5.7.606 Access denied, banned sending IP [192.0.2.1].", "", "192.0.2.1"},
		{"550 5.7.513 Service unavailable, Client host [192.0.2.1] blocked by example.com using Customer Block list", "", "192.0.2.1"},
		{"553 5.7.1 [BL21] Connections will not be accepted from 192.0.2.25; see https://postmaster.example.com/550-bl23.html", "", "192.0.2.25"},
		{"554 5.7.1 Client host [2001:db8::25] blocked using ZEN.spamhaus.org.", "zen.spamhaus.org", "2001:db8::25"},
		{"554 5.7.1 blocked using a block list", "", "invalid IP"},
		{"554 5.7.1 blocked using 192.0.2.1", "", "192.0.2.1"},
		{"554 5.7.1 blocked using z\x1b[2Jen.spamhaus.org", "", "invalid IP"},
		{"554 5.7.1 blocked using " + strings.Repeat("x", 90) + ".example", "", "invalid IP"},
		{"554", "", "invalid IP"},
	} {
		list, address := Listed(heardReply(tt.reply))
		if list != tt.list || address.String() != tt.address {
			t.Errorf("%q: %q, %v", tt.reply, list, address)
		}
	}
}
