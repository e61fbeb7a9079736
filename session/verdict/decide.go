package verdict

import (
	"slices"

	"ehlo/session"
	"ehlo/session/smtp"
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
	words     string // the key of the words, where it is not the code
	sentence  string // in place of the words' own, where the reply is about a command
	text      string // what the server or the system said, one line
	who, next string // where the matched reply knows better than the code
	try       *Try

	evidence, nor, works string // of a silence, see blamed
}

// decide goes along the road: the route, then the try that counts, then what
// became of the message.
func decide(facts Facts) finding {
	if found, failed := ofRoute(facts.Route); failed {
		return found
	}
	try := Deciding(facts.Tries)
	if try == nil {
		return finding{code: "stopped", exit: ExitStopped}
	}
	found := relayed(blamed(ofTry(try, facts), try, facts), try.Purpose)
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
	case route.Failure != "" && slices.ContainsFunc(route.Notes, func(n Note) bool { return n.Code == "bogus" }):
		return finding{code: "dns-failed", words: "kind:bogus", exit: ExitDNS, text: route.Error}, true
	case route.Failure != "" && route.Answered:
		return finding{code: "dns-failed", words: "kind:dns-answered", exit: ExitDNS, text: route.Error}, true
	case route.Failure != "":
		return finding{code: "dns-failed", exit: ExitDNS, text: route.Error}, true
	case route.Null:
		return finding{code: "null-mx", exit: ExitNullMX}, true
	}
	return finding{}, false
}

// Deciding returns the try at which a sending server would have ended: the
// last one on the road. Nil when there is none.
func Deciding(tries []Try) *Try {
	for i := len(tries) - 1; i >= 0; i-- {
		if tries[i].Purpose != Differential && tries[i].Purpose != Matrix {
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
		case stage.OK || stage.Name == "quit" || stage.Name == Control:
		case stage.Cause != "" && (settled(try, facts.Recipients) || facts.settledAsked()):
		case stage.Cause != "":
			return untrusted(recognised(ofCause(stage), stage, try), stage, try)
		case stage.Name != "rcpt":
			return recognised(ofReply(stage), stage, try)
		}
	}
	if worst, refused := worstRecipient(try); refused {
		return ofReply(worst)
	}
	if end, ok := stageOf(try, "end"); ok && end.OK {
		return finding{code: "accepted", text: lastLine(end.Text)}
	}
	if facts.Asked && len(facts.Recipients) > 0 {
		return ofAsked(try, facts.Recipients)
	}
	if len(facts.Recipients) > 0 {
		return finding{code: "cannot-tell", exit: ExitCannotTell}
	}
	return finding{code: "open"}
}

func stageOf(try *Try, name StageName) (Stage, bool) {
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
	session.WhySignIn:      {"sign-in-refused", ExitSignIn},
	session.WhyStopped:     {"stopped", ExitStopped},
	session.WhyTooBig:      {"too-big", ExitMail},
	session.WhyBodySource:  {"stopped", ExitFailed},
	session.WhyAfterData:   {"lost-after-data", ExitLost},
	session.WhyUnclear:     {"cannot-tell", ExitCannotTell},
}

func ofCause(stage Stage) finding {
	found, known := causes[session.Why(stage.Cause)]
	if !known {
		found = cause{"connection-lost", ExitLost}
	}
	if session.Why(stage.Cause) == session.WhySignIn { // ours, in words of its own
		return finding{code: found.code, exit: found.exit, words: "kind:sign-in", sentence: lastLine(stage.Text), next: stage.Next}
	}
	return finding{code: found.code, exit: found.exit, text: lastLine(stage.Text)}
}

// reply builds again what the server said at a stage.
func (s Stage) reply() session.Reply {
	return session.Reply{Class: smtp.ClassOf(s.Code), Code: s.Code, Enhanced: s.Enhanced, Lines: s.Text}
}

var verbs = map[StageName]string{
	"hello": "EHLO", "tls": "STARTTLS", "auth": "AUTH", "mail": "MAIL", "rcpt": "RCPT", "data": "DATA", "end": ".", "quit": "QUIT",
}

func (s Stage) verb() string { return verbs[s.Name] }

func lastLine(lines []string) string {
	if len(lines) == 0 {
		return ""
	}
	return lines[len(lines)-1]
}
