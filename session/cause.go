package session

import "fmt"

// Why names the cause for which a conversation could not begin or go on.
type Why string

// The causes. The zero value means none.
const (
	WhyRefused     Why = "refused"          // RST: nothing listens
	WhyNoAnswer    Why = "no-answer"        // nothing came back in time
	WhyUnreachable Why = "unreachable"      // no route to host or network
	WhyClosedEarly Why = "closed-early"     // closed or reset before the greeting
	WhySilent      Why = "silent"           // connected, no greeting in time
	WhyNotProtocol Why = "not-protocol"     // the first line is no greeting of this protocol
	WhyTLSFailed   Why = "tls-failed"       // handshake or certificate
	WhyClearText   Why = "clear-before-tls" // clear text after the 220 to STARTTLS (CVE-2011-0411 class)
	WhyLost        Why = "lost"             // closed or reset in mid-session
	WhyHungUp      Why = "hung-up"          // 421, or an end the server announced
	WhyOverdue     Why = "overdue"          // an answer did not come in time
	WhyTLSMissing  Why = "tls-missing"      // TLS was wanted and is not offered
	WhySignIn      Why = "sign-in"          // a sign-in was wanted and cannot be, or was not believed
	WhyTooBig      Why = "too-big"          // over the announced SIZE: nothing was sent
	WhyStopped     Why = "stopped"          // the user stopped it
	WhyBodyStopped Why = "body-stopped"     // stopped inside a message: the dot was not sent
	WhyAfterData   Why = "lost-after-data"  // lost after the final dot: taken or not, nobody knows
	WhyProtocol    Why = "protocol"         // the server broke the protocol
	WhyUnclear     Why = "unclear"          // an answer was neither a yes nor a no, and a person went on
	WhyBodySource  Why = "body-source"      // the message could not be read on our side
)

// Cause is why a conversation ended other than as asked. It is never a
// refusal: a server that says no has replied.
type Cause struct {
	Why   Why
	Stage Stage    // where: StageConnect, StageGreeting, StageTLS; "" in mid-session
	To    Command  // the command whose answer was awaited, if any
	Reply *Reply   // the reply that ended it (an unasked 421), if any
	Lines []string // what the server said that belongs to it, verbatim
	Err   error    // from the operating system or the TLS library, if any
}

func (c *Cause) Error() string {
	if c.Err != nil {
		return fmt.Sprintf("%s: %v", c.Why, c.Err)
	}
	return string(c.Why)
}

// Unwrap returns the error beneath.
func (c *Cause) Unwrap() error { return c.Err }
