// Package verdict turns what is known of a target into one verdict: a code, a
// word, one sentence, who acts, and what to do next.
//
// Facts are plain values; whoever tried the target fills them. Of decides, by
// the stage at which it stopped and what the server said there:
//
//	stage and class        -> exit code (one per stage)
//	kind of the reply      -> verdict code (what it means)
//	the stage corrects it  -> an "address" refused at MAIL is the sender's
//
// A yes of the server is told as accepted, never as more than that.
package verdict

import (
	"cmp"
	"strconv"

	"ehlo/session/explain"
)

// Verdict is the answer to the question that brought the user here.
type Verdict struct {
	Code     string `json:"code"`     // "refused-address"
	Word     string `json:"word"`     // YES, GO ON, NOT NOW, NO, CANNOT TELL
	Sentence string `json:"sentence"` // one sentence
	Who      string `json:"who"`      // a key of who_words
	WhoText  string `json:"who_text"`
	Next     string `json:"next"`
}

// Of returns the verdict on facts and the exit code that goes with it.
func Of(facts Facts) (Verdict, int) {
	found := judged(facts)
	words := wordsOf(cmp.Or(found.words, found.code))
	verdict := Verdict{Code: found.code, Word: words.Word, Who: words.Who, Next: words.Next}
	if found.who != "" {
		verdict.Who = found.who
	}
	if found.next != "" {
		verdict.Next = found.next
	}
	values := found.placeholders(facts)
	verdict.Sentence = cmp.Or(found.sentence, values.Replace(words.Sentence))
	verdict.Next = values.Replace(verdict.Next)
	verdict.WhoText = explain.Who(verdict.Who)
	return verdict, found.exit
}

// judged comes to a finding: about a mailbox where that was looked into.
func judged(facts Facts) finding {
	if facts.Arrival != nil {
		return ofArrival(facts)
	}
	return decide(facts)
}

// placeholders fills the {names} of a sentence.
func (f finding) placeholders(facts Facts) fill {
	host, ip, port := "The server", "", ""
	version, other := "", ""
	if f.try != nil {
		port = strconv.Itoa(int(f.try.Port))
		if f.try.Address.IsValid() {
			ip = f.try.Address.String()
			version, other = family(f.try.Address)
		}
		if f.try.Host != "" {
			host = f.try.Host
		}
	}
	return append(fill{
		"{host}", host, "{ip}", ip, "{port}", port, "{domain}", f.domain(facts),
		"{address}", f.address(facts), "{sender}", "this sender", "{text}", f.text, "{limit}", "",
		"{evidence}", f.evidence, "{nor}", f.nor, "{works}", f.works, "{from}", from(facts.Ourselves), "{family}", version, "{other}", other,
	}, arrivalFill(facts.Arrival)...)
}

// from says for the firewall team whose calls get no reply; "" when it is not
// known.
func from(ours *Ourselves) string {
	if ours == nil {
		return ""
	}
	return "from " + ours.Address.String() + ", "
}

// domain is that of the target, and of the recipient where the server was named
// or the mail was sent to several.
func (f finding) domain(facts Facts) string {
	if address := f.address(facts); f.code == "relay-refused" && address != "" {
		return domainOf(address)
	}
	return facts.Domain
}

// address is the recipient that the verdict is about: one that was refused
// before one that was put off, and the first where all are alike.
func (f finding) address(facts Facts) string {
	for _, answer := range []string{Refused, NotNow, Unknown, Accepted} {
		for _, recipient := range facts.Recipients {
			if recipient.Answer == answer {
				return recipient.Address
			}
		}
	}
	return facts.Target
}
