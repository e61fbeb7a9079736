package verdict

import (
	"slices"
	"time"

	"ehlo/session"
	"ehlo/session/arrival"
)

// Arrival is what a look into the recipient's mailbox found. What the header
// tells stands there with one sentence each; all of it was written by others.
type Arrival struct {
	Mailbox   string         `json:"mailbox"` // who signed in
	MessageID string         `json:"message_id,omitempty"`
	Found     bool           `json:"found"`
	Folder    string         `json:"folder,omitempty"` // as people read it
	Kind      string         `json:"kind,omitempty"`   // inbox, junk, other
	Filed     time.Time      `json:"filed,omitzero"`   // by the mailbox's clock, to the second
	After     *Millis        `json:"after_ms,omitempty"`
	Waited    Millis         `json:"waited_ms"` // how long it was looked for
	Rounds    int            `json:"rounds"`
	Folders   []string       `json:"folders"` // that were looked through, in this order
	From      string         `json:"from,omitempty"`
	Subject   string         `json:"subject,omitempty"`
	Hops      []ArrivalHop   `json:"hops"` // the first server first
	Checks    []ArrivalCheck `json:"checks"`
	Marks     []ArrivalMark  `json:"marks"`
}

// ArrivalHop is one server that took the message from another.
type ArrivalHop struct {
	From      string    `json:"from,omitempty"`
	Address   string    `json:"address,omitempty"`
	By        string    `json:"by,omitempty"`
	With      string    `json:"with,omitempty"`
	ID        string    `json:"id,omitempty"`
	At        time.Time `json:"at,omitzero"`
	Delay     Millis    `json:"delay_ms"` // since the hop before; below zero where clocks differ
	Encrypted bool      `json:"encrypted"`
	Text      string    `json:"text"`
}

// ArrivalCheck is what the receiver found out about the sender.
type ArrivalCheck struct {
	Method string `json:"method"` // spf, dkim, dmarc, arc
	Result string `json:"result"` // pass, fail, none ...
	Domain string `json:"domain,omitempty"`
	By     string `json:"by,omitempty"`
	Text   string `json:"text"`
}

// ArrivalMark is what a filter wrote.
type ArrivalMark struct {
	Field string `json:"field"`
	Value string `json:"value"`
	Spam  bool   `json:"spam"`
	Text  string `json:"text"`
}

// The kinds of folders.
const (
	KindInbox = "inbox"
	KindJunk  = "junk"
	KindOther = "other"
)

// ofArrival goes along the road to the mailbox: the name, the connection, the
// sign-in, the look.
func ofArrival(facts Facts) finding {
	if found, failed := ofRoute(facts.Route); failed {
		return found
	}
	try := Deciding(facts.Tries)
	if try == nil {
		return finding{code: "stopped", exit: ExitStopped}
	}
	found := ofLook(*facts.Arrival, try)
	found.try = try
	return found
}

func ofLook(look Arrival, try *Try) finding {
	if !look.Found {
		if at := slices.IndexFunc(try.Stages, func(s Stage) bool { return !s.OK && s.Name != "quit" }); at >= 0 {
			return ofMailboxStage(try.Stages[at])
		}
		return finding{code: "not-arrived", exit: ExitNotArrived}
	}
	switch look.Kind {
	case KindInbox:
		return finding{code: "arrived"}
	case KindJunk:
		return finding{code: "arrived-junk"}
	}
	return finding{code: "arrived-elsewhere"}
}

// ofMailboxStage words where the way to the mailbox ended.
func ofMailboxStage(stage Stage) finding {
	said := lastLine(stage.Text)
	switch {
	case session.Why(stage.Cause) == session.WhyNotProtocol:
		return finding{code: "not-smtp", exit: ExitNotSMTP, words: "mailbox:stranger", text: said}
	case session.Why(stage.Cause) == session.WhySilent:
		return finding{code: "silent", exit: ExitSilent, words: "mailbox:silent"}
	case stage.Cause != "":
		return ofCause(stage)
	}
	switch stage.Name {
	case "greeting":
		return finding{code: "refused-us", exit: ExitGreeting, words: "mailbox:turned-away", text: said}
	case "tls":
		return finding{code: "tls-missing", exit: ExitTLSMissing, text: said}
	case "auth":
		return finding{code: "sign-in-refused", exit: ExitSignIn, words: "mailbox:sign-in", text: said}
	}
	return finding{code: "cannot-tell", exit: ExitCannotTell, words: "mailbox:closed", text: said}
}

// arrivalFill are the {names} of sentences about a mailbox.
func arrivalFill(look *Arrival) fill {
	if look == nil {
		return nil
	}
	after := ""
	if look.After != nil {
		after = ", " + setOut(time.Duration(*look.After))
	}
	return fill{"{folder}", look.Folder, "{after}", after, "{wait}", arrival.Span(time.Duration(look.Waited)), "{mailbox}", look.Mailbox}
}

// setOut words how long a message was on its way.
func setOut(after time.Duration) string {
	if after < time.Second {
		return "less than a second after it set out"
	}
	return arrival.Span(after) + " after it set out"
}
