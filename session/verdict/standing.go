package verdict

import (
	"cmp"

	"ehlo/session"
	"ehlo/session/explain"
	"ehlo/session/smtp"
)

// Standing is the verdict in the middle of a talk: what the answer just heard
// means for the question, who acts, what to do next. A no is told as Of tells
// it; a yes says how far we are, and no more. The purpose is that of the Try.
func Standing(to session.Command, reply session.Reply, state smtp.State, purpose string) Verdict {
	stage := Stage{Name: stageOfVerb(to.Verb), Code: reply.Code, Enhanced: reply.Enhanced, Text: reply.Text()}
	found := finding{text: lastLine(stage.Text)}
	switch {
	case wordOf(reply) == "CANNOT TELL" && stage.Name != "other":
		v := aside(to, reply)
		v.Code = "cannot-tell"
		return v
	case stage.Name == "other", aboutCommand(stage), stage.Code/100 == 0:
		return aside(to, reply)
	case reply.Class == session.Yes && to.Verb == smtp.End:
		found.code = "accepted"
	case smtp.GoesOn(to, reply) && between(stage.Name, reply, &found):
	case smtp.GoesOn(to, reply):
		found.code = "at:" + string(progress(to, reply, state))
	default:
		found = relayed(ofReply(stage), purpose)
	}
	if found.code == "hello-refused" && to.Arg == "" && (reply.Code == 501 || reply.Code == 504) {
		found = finding{code: found.code, words: "kind:nameless"}
	}
	return found.worded(addressOf(to))
}

// Follows reports whether a no says nothing new: it only follows from one before
// it, which stays the verdict. A server that has turned us away refuses whatever
// is said (RFC 5321 section 3.1); one that has refused the hello, the sender or
// every recipient answers 503 to the steps after it, or 554 to DATA (section
// 3.3).
func Follows(to session.Command, reply session.Reply, state smtp.State) bool {
	if to.Verb == "" || !reply.Class.Refusal() {
		return false // the greeting follows from nothing
	}
	outOfPlace := state.TurnedAway || reply.Code == 503 || to.Verb == smtp.DATA
	return outOfPlace && state.Barred(to.Verb)
}

// aside is the verdict on an answer beside the road to a message: what it means
// is all there is to say.
func aside(to session.Command, reply session.Reply) Verdict {
	meaning := explain.Reply(reply, to)
	return Verdict{
		Code: "at:other", Word: wordOf(reply), Sentence: meaning.Text,
		Who: meaning.Who, WhoText: explain.WhoShort(meaning.Who), Next: meaning.Next,
	}
}

// wordOf is the word for the class of an answer. 252 says neither yes nor no
// (RFC 5321 section 3.5.3).
func wordOf(reply session.Reply) string {
	if reply.Code == 252 {
		return "CANNOT TELL"
	}
	switch reply.Class {
	case session.Yes:
		return "YES"
	case session.GoOn:
		return "GO ON"
	case session.NotNow:
		return "NOT NOW"
	case session.No:
		return "NO"
	}
	return "CANNOT TELL"
}

// Short returns the verdict with who acts as a screen says it, in a sentence or
// two.
func (v Verdict) Short() Verdict {
	v.WhoText = explain.WhoShort(v.Who)
	if words := wordsOf(v.Code); words.Aside != "" && words.Who == v.Who {
		v.WhoText += " " + words.Aside
	}
	return v
}

// Encrypted is the verdict when TLS has begun.
func Encrypted(e *session.Encryption) Verdict {
	found := finding{code: "at:tls"}
	if e != nil && !e.Trusted {
		found = finding{code: "at:tls-untrusted", text: e.Reason}
	}
	return found.worded("")
}

// progress names the words for a yes by what it answers.
func progress(to session.Command, reply session.Reply, state smtp.State) StageName {
	name := stageOfVerb(to.Verb)
	switch {
	case name == "hello" && !state.Secure && state.Extensions.Offers(smtp.STARTTLS):
		return "hello-tls"
	case name == "auth" && reply.Class == session.GoOn:
		return "challenge"
	case name == "auth":
		return "signed-in"
	}
	return name
}

// stageOfVerb is the stage at which a verb is said; the greeting has none.
func stageOfVerb(verb string) StageName {
	switch verb {
	case "":
		return "greeting"
	case smtp.HELO, smtp.LHLO:
		return "hello"
	}
	for stage, said := range verbs {
		if said == verb {
			return stage
		}
	}
	return "other"
}

// addressOf is the address that a command is about, "" for most.
func addressOf(to session.Command) string {
	if to.Verb != smtp.RCPT && to.Verb != smtp.MAIL {
		return ""
	}
	address, _, _ := smtp.Path(to.Arg)
	return address
}

// worded puts a finding of a talk under way into words.
func (f finding) worded(address string) Verdict {
	words := wordsOf(cmp.Or(f.words, f.code))
	verdict := Verdict{Code: f.code, Word: words.Word, Who: words.Who, Next: words.Next}
	if f.who != "" {
		verdict.Who = f.who
	}
	if f.next != "" {
		verdict.Next = f.next
	}
	domain := domainOf(address)
	if address == "" {
		address = "this address"
	}
	values := fill{"{address}", address, "{sender}", address, "{text}", f.text, "{host}", "The server", "{domain}", domain, "{limit}", ""}
	verdict.Sentence = cmp.Or(f.sentence, values.Replace(words.Sentence))
	verdict.Next = values.Replace(verdict.Next)
	return verdict.Short()
}
