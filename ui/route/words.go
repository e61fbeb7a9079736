package route

// The words of the pane.
const (
	sayIdle     = "No address yet. Type one, then Enter; its route is shown here."
	sayAsking   = "Asking where mail for %s goes."
	sayOrder    = "The lowest number is tried first; the next one only when it is silent."
	sayShared   = "Servers with the same number share the work; any of them will do."
	sayPaper    = "These are paper addresses: the talk goes to a server inside ehlo."
	saySigned   = " The resolver %s says it is signed."
	sayChecked  = "Checked on the way"
	sayCompared = "Called to see who has to act"
	sayPort     = "%s, port %d"
	sayFound    = "found"
	sayNone     = "none"
	sayBeside   = "What the two DNS servers say"
	sayOurs     = "ours"
	sayTheirs   = "theirs"
	sayImplicit = "%s has no MX record, but an address: mail goes to the computer of that name."
	sayNull     = `%s takes no mail: it says so itself (its MX is "0 .").`
	sayDomain   = "DNS knows no domain %s."
	sayAddress  = "%s names no computer that mail could go to."
	sayFailed   = "DNS gave no answer about %s, so nobody knows where its mail goes."

	sayNullNext    = "The address cannot be right. Ask its owner for another one."
	sayDomainNext  = "Look at the spelling after the @."
	sayAddressNext = "Their DNS has to be mended by whoever runs it."
	sayFailedNext  = "Try again in a minute, or ask another DNS server: --dns HOST."
)
