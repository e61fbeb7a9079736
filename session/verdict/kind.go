package verdict

import (
	"strings"

	"ehlo/session"
	"ehlo/session/explain"
)

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
	if aboutCommand(stage) {
		found.sentence = meaning.Text
	}
	if meaning.Kind == "blocklist" && found.code == "refused-us" {
		found.sentence = listed(stage)
	}
	found.who, found.next = meaning.Who, meaning.Next
	return found
}

// listed words a refusal that names a block list, our address, or both; "" when
// it names neither.
func listed(stage Stage) string {
	list, address := explain.Listed(stage.reply())
	values := fill{"{list}", list, "{ours}", "our address"}
	if address.IsValid() {
		values[3] = address.String()
	}
	switch {
	case list != "":
		return values.Replace(wordsOf("kind:listed").Sentence)
	case address.IsValid():
		return values.Replace(wordsOf("kind:blocked").Sentence)
	}
	return ""
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
	case stage.Code/100 < 4:
		return "cannot-tell"
	case stage.Code/100 == 4:
		return "not-now"
	case stage.Enhanced == "5.3.4", stage.Enhanced == "5.2.3": // RFC 3463 sections 3.4 and 3.3
		return "too-big"
	}
	return byStage(stage)
}

// aboutCommand reports whether a no is about the command itself, its form or
// its place (RFC 5321 section 4.2.3): it judges neither address nor message. At
// a hello it is about the name that was given.
func aboutCommand(stage Stage) bool {
	switch stage.Name {
	case "mail", "rcpt", "data", "end":
	default:
		return false
	}
	addressed := aboutAddress(stage.Enhanced)
	return stage.Code >= 500 && stage.Code <= 504 && !addressed || strings.HasPrefix(stage.Enhanced, "5.5.")
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
