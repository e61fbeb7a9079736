package verdict

// The exit codes: one for each stage at which it may stop. They follow stage
// and class; the verdict says what it means.
const (
	ExitDone        = 0
	ExitFailed      = 1  // ehlo itself, or a batch in which some target got no answer
	ExitUsage       = 2  // wrong usage, unreadable file, no terminal
	ExitDNS         = 10 // no answer: SERVFAIL, REFUSED, time-out, bogus
	ExitNoDomain    = 11
	ExitNullMX      = 12
	ExitNoAddress   = 13 // no MX and no address; MX listed, none has one
	ExitRefused     = 20
	ExitNoAnswer    = 21
	ExitUnreachable = 22
	ExitClosedEarly = 23
	ExitSilent      = 24
	ExitNotSMTP     = 25
	ExitGreeting    = 30
	ExitHello       = 31
	ExitTLSMissing  = 32
	ExitTLSFailed   = 33
	ExitSignIn      = 34
	ExitMail        = 35 // also a message over the announced SIZE
	ExitNotNow      = 36 // RCPT, 4xx
	ExitRecipient   = 37 // RCPT, 5xx
	ExitData        = 38
	ExitMessage     = 39 // after the dot
	ExitLost        = 40 // lost, silent or broken protocol in mid-session
	ExitCannotTell  = 41
	ExitNotArrived  = 42
	ExitDiffers     = 43
	ExitStopped     = 130
)

// exitOf returns the exit code of a refusal at a stage.
func exitOf(stage Stage) int {
	switch stage.Name {
	case "greeting":
		return ExitGreeting
	case "hello":
		return ExitHello
	case "tls":
		return ExitTLSMissing
	case "auth":
		return ExitSignIn
	case "mail":
		return ExitMail
	case "rcpt":
		if stage.Code/100 == 4 {
			return ExitNotNow
		}
		return ExitRecipient
	case "data":
		return ExitData
	case "end":
		return ExitMessage
	}
	return ExitLost
}
