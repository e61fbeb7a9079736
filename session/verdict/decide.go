package verdict

import (
	"strings"

	"ehlo/session"
	"ehlo/session/explain"
)

// The answers of a recipient.
const (
	Accepted = "accepted"
	NotNow   = "not-now"
	Refused  = "refused"
	Unknown  = "unknown"
)

// finding is what decide comes to, before it is put into words.
type finding struct {
	code      string
	exit      int
	text      string // what the server or the system said, one line
	who, next string // where the matched reply knows better than the code
	try       *Try
}

// decide goes along the road: the route, then the try that counts, then what
// became of the message.
func decide(facts Facts) finding {
	if found, failed := ofRoute(facts.Route); failed {
		return found
	}
	try := deciding(facts.Tries)
	if try == nil {
		return finding{code: "stopped", exit: ExitStopped}
	}
	found := ofTry(try, facts)
	found.try = try
	return found
}

// ofRoute tells whether the DNS alone settles it.
func ofRoute(route *Route) (finding, bool) {
	switch {
	case route == nil:
		return finding{}, false
	case route.Failure == "no-domain":
		return finding{code: "no-domain", exit: ExitNoDomain}, true
	case route.Failure == "no-address":
		return finding{code: "no-address", exit: ExitNoAddress}, true
	case route.Failure != "":
		return finding{code: "dns-failed", exit: ExitDNS, text: route.Error}, true
	case route.Null:
		return finding{code: "null-mx", exit: ExitNullMX}, true
	}
	return finding{}, false
}

// deciding returns the try at which a sending server would have ended: the
// last one on the road.
func deciding(tries []Try) *Try {
	for i := len(tries) - 1; i >= 0; i-- {
		if tries[i].Purpose != "differential" {
			return &tries[i]
		}
	}
	return nil
}

// settled reports whether all was answered before the line broke: the message
// was taken, or nobody was left to send it to.
func settled(try *Try, recipients []Recipient) bool {
	if end, ok := stageOf(try, "end"); ok && end.OK {
		return true
	}
	for _, recipient := range recipients {
		if recipient.Answer != Refused && recipient.Answer != NotNow {
			return false
		}
	}
	return len(recipients) > 0
}

// ofTry looks at the first stage that did not go well.
func ofTry(try *Try, facts Facts) finding {
	for _, stage := range try.Stages {
		switch {
		case stage.OK || stage.Name == "quit":
		case stage.Cause != "" && settled(try, facts.Recipients):
		case stage.Cause != "":
			return ofCause(stage)
		case stage.Name != "rcpt":
			return ofReply(stage)
		}
	}
	if worst, refused := worstRecipient(try); refused {
		return ofReply(worst)
	}
	if end, ok := stageOf(try, "end"); ok && end.OK {
		return finding{code: "accepted", text: lastLine(end.Text)}
	}
	if len(facts.Recipients) > 0 {
		return finding{code: "cannot-tell", exit: ExitCannotTell}
	}
	return finding{code: "open"}
}

func stageOf(try *Try, name string) (Stage, bool) {
	for _, stage := range try.Stages {
		if stage.Name == name {
			return stage, true
		}
	}
	return Stage{}, false
}

// worstRecipient returns the answer to RCPT that decides where several were
// asked: a final no before one for now.
func worstRecipient(try *Try) (worst Stage, refused bool) {
	for _, stage := range try.Stages {
		if stage.Name == "rcpt" && !stage.OK && stage.Code/100 > worst.Code/100 {
			worst, refused = stage, true
		}
	}
	return worst, refused
}

// cause says what a connection that failed comes to.
type cause struct {
	code string
	exit int
}

var causes = map[session.Why]cause{
	session.WhyRefused:     {"connection-refused", ExitRefused},
	session.WhyNoAnswer:    {"no-answer", ExitNoAnswer},
	session.WhyUnreachable: {"unreachable", ExitUnreachable},
	session.WhyClosedEarly: {"closed-early", ExitClosedEarly},
	session.WhySilent:      {"silent", ExitSilent},
	session.WhyNotProtocol: {"not-smtp", ExitNotSMTP},
	session.WhyTLSFailed:   {"tls-failed", ExitTLSFailed},
	session.WhyClearText:   {"tls-failed", ExitTLSFailed},
	session.WhyTLSMissing:  {"tls-missing", ExitTLSMissing},
	session.WhyStopped:     {"stopped", ExitStopped},
	session.WhyTooBig:      {"too-big", ExitMail},
	session.WhyBodySource:  {"stopped", ExitFailed},
	session.WhyAfterData:   {"lost-after-data", ExitLost},
}

func ofCause(stage Stage) finding {
	found, known := causes[session.Why(stage.Cause)]
	if !known {
		found = cause{"connection-lost", ExitLost}
	}
	return finding{code: found.code, exit: found.exit, text: lastLine(stage.Text)}
}

// ofReply reads a refusal: the kind of the reply says what it means, the stage
// corrects it and gives the exit code.
func ofReply(stage Stage) finding {
	meaning := explain.Reply(stage.reply(), session.Command{Verb: stage.verb()})
	found := finding{exit: exitOf(stage), text: strings.Join(stage.Text, " ")}
	if demand := demanded(stage); meaning.Kind == "" && demand != "" {
		found.code = demand
		return found
	}
	found.code = codeOf(meaning.Kind, stage)
	found.who, found.next = meaning.Who, meaning.Next
	return found
}

// demanded reads the two codes that ask for something before anything else: a
// sign-in (RFC 4954 section 6) or encryption (RFC 3207 section 4); 530 stands
// for both, and only its words tell which. "" for any other code.
func demanded(stage Stage) string {
	words := strings.ToLower(strings.Join(stage.Text, " "))
	switch {
	case stage.Code == 538, stage.Code == 530 && (strings.Contains(words, "tls") || strings.Contains(words, "encrypt")):
		return "tls-needed"
	case stage.Code == 530 && stage.Name == "auth":
		return "sign-in-refused"
	case stage.Code == 530:
		return "sign-in-needed"
	}
	return ""
}

// kinds leads from the kind of a matched reply to what it means.
var kinds = map[string]string{
	"address": "refused-address", "disabled": "refused-address",
	"blocklist": "refused-us", "reputation": "refused-us", "rdns": "refused-us", "spf-dkim-dmarc": "refused-us", "policy": "refused-us",
	"rate": "not-now", "refused-now": "not-now", "temp": "not-now", "greylist": "not-now",
	"relay": "relay-refused", "helo": "hello-refused", "auth-needed": "sign-in-needed", "tls-needed": "tls-needed",
	"content": "refused-message", "loop": "refused-message", "size": "too-big", "full": "full",
	"nullmx": "null-mx", "closed-group": "not-for-outsiders",
}

// codeOf corrects the kind of a reply by the stage at which it was said.
func codeOf(kind string, stage Stage) string {
	code := kinds[kind]
	switch {
	case stage.Name == "mail" && (code == "refused-address" || aboutSender(stage.Enhanced)):
		return "sender-refused"
	case code == "refused-address" && stage.Name != "rcpt" && stage.Name != "end":
		return "refused-us"
	case code == "sign-in-needed" && stage.Name == "auth":
		return "sign-in-refused"
	case code != "":
		return code
	case stage.Code/100 == 4:
		return "not-now"
	case stage.Enhanced == "5.3.4", stage.Enhanced == "5.2.3": // RFC 3463 sections 3.4 and 3.3
		return "too-big"
	}
	return byStage(stage)
}

// byStage says what a final no without a known kind means.
func byStage(stage Stage) string {
	switch stage.Name {
	case "greeting":
		return "refused-us"
	case "hello":
		return "hello-refused"
	case "tls":
		return "tls-missing"
	case "auth":
		return "sign-in-refused"
	case "mail":
		return "sender-refused"
	case "rcpt":
		return recipientByCode(stage)
	}
	return "refused-message"
}

// recipientByCode reads a final no at RCPT by its numbers alone. 550, 551 and
// 553 are about the mailbox (RFC 5321 section 4.2.3) unless the enhanced code
// says otherwise; a bare 554 may be about it or about us.
func recipientByCode(stage Stage) string {
	bare := stage.Enhanced == ""
	switch {
	case aboutAddress(stage.Enhanced), bare && stage.Code != 554:
		return "refused-address"
	case bare:
		return "cannot-tell"
	}
	return "refused-us"
}

// aboutAddress reports whether an enhanced code speaks of the recipient's
// address; 5.7.x never does.
func aboutAddress(enhanced string) bool {
	return strings.HasPrefix(enhanced, "5.1.") || enhanced == "5.2.1"
}

// aboutSender reports whether an enhanced code speaks of the sender's address
// (RFC 3463 section 3.2).
func aboutSender(enhanced string) bool { return enhanced == "5.1.7" || enhanced == "5.1.8" }

// reply builds again what the server said at a stage.
func (s Stage) reply() session.Reply {
	reply := session.Reply{Code: s.Code, Enhanced: s.Enhanced, Lines: s.Text}
	switch s.Code / 100 {
	case 2:
		reply.Class = session.Yes
	case 3:
		reply.Class = session.GoOn
	case 4:
		reply.Class = session.NotNow
	case 5:
		reply.Class = session.No
	}
	return reply
}

var verbs = map[string]string{
	"hello": "EHLO", "tls": "STARTTLS", "auth": "AUTH", "mail": "MAIL", "rcpt": "RCPT", "data": "DATA", "end": ".", "quit": "QUIT",
}

func (s Stage) verb() string { return verbs[s.Name] }

func lastLine(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return lines[len(lines)-1]
}
