package script

import (
	"strconv"
	"time"
)

// Action is what can be done after a guided send.
type Action string

// The actions.
const (
	ActionAgain Action = "again" // the same answers, a new talk
	ActionWords Action = "words" // Outcome.Words, ready to paste
	ActionLook  Action = "look"  // leave the line open and look around
	ActionDone  Action = "done"  // QUIT and hang up
)

// Outcome is what became of a guided send, in plain values.
type Outcome struct {
	Verdict  string // its code: "accepted"
	Who      string // has to act, as the verdict names it: "recipient"; "" is not known
	Server   Server
	At       time.Time // of the last answer; its zone is the one shown
	Reply    string    // the server's own words on one line, "" when it was silent
	From, To string    // the envelope; From "" is the null sender
	Open     bool      // the line still stands
}

// Result returns what can be done now, numbered; texts are safe to show. What
// may have been taken already is not sent once more before all else.
func Result(o Outcome) []Choice {
	words := guideText().Result
	all := []Choice{o.again(), o.passOn()}
	if o.Verdict == "lost-after-data" {
		all[0], all[1] = all[1], all[0]
	}
	done := "done_closed"
	if o.Open {
		done = "done_remark"
		all = append(all, Choice{Action: ActionLook, Text: words["look"], Remark: words["look_remark"]})
	}
	all = append(all, Choice{Action: ActionDone, Text: words["done"], Remark: words[done]})
	for i := range all {
		all[i].Digit = i + 1
	}
	return all
}

func (o Outcome) again() Choice {
	words, remark := guideText().Result, "again_remark"
	switch o.Verdict {
	case "not-now", "full":
		remark = "again_later"
	case "lost-after-data":
		remark = "again_twice"
	}
	return Choice{Action: ActionAgain, Text: words["again"], Remark: words[remark]}
}

// passOn is the choice of the words, named after those whom they are for.
func (o Outcome) passOn() Choice {
	words := guideText().Result
	choice := Choice{Action: ActionWords, Text: words["words"], Remark: fill(words["words_silent"])}
	if o.Who == "network" || o.Who == "sender" {
		choice.Text = words["words_ours"]
	}
	if o.Reply != "" {
		choice.Remark = fill(words["words_remark"], "reply", o.Reply)
	}
	return choice
}

// Words returns one sentence for the people who run the server: who, when, and
// what it said.
func (o Outcome) Words() string {
	words := guideText().Result
	key := "sentence"
	if o.Reply == "" {
		key = "sentence_silent"
	}
	from := "<" + o.From + ">"
	if o.From == "" {
		from = words["no_sender"]
	}
	return fill(words[key], "time", o.At.Format("2006-01-02 15:04:05 -0700"), "server", o.server(), "reply", o.Reply, "from", from, "to", "<"+o.To+">")
}

func (o Outcome) server() string {
	key := "server"
	if o.Server.Address == "" || o.Server.Address == o.Server.Name {
		key = "server_bare"
	}
	return fill(guideText().Result[key], "host", o.Server.Name, "address", o.Server.Address, "port", strconv.Itoa(int(o.Server.Port)))
}
