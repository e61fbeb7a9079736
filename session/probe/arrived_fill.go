package probe

import (
	"time"

	"ehlo/session/arrival"
	"ehlo/session/sanitize"
	"ehlo/session/verdict"
)

// ArrivalOf puts what a plan has found so far in somebody's mailbox into plain
// values.
func ArrivalOf(mailbox string, plan arrival.Plan, now time.Time) *verdict.Arrival {
	facts := &verdict.Arrival{
		Mailbox: mailbox, MessageID: plan.MessageID, Rounds: plan.Rounds,
		Folders: []string{}, Hops: []verdict.ArrivalHop{}, Checks: []verdict.ArrivalCheck{}, Marks: []verdict.ArrivalMark{},
	}
	for _, place := range plan.Places() {
		facts.Folders = append(facts.Folders, place.Name)
	}
	if !plan.Begun.IsZero() {
		facts.Waited = verdict.Millis(now.Sub(plan.Begun))
	}
	if plan.Found != nil {
		fillFound(facts, *plan.Found, plan.Begun)
	}
	return facts
}

func fillFound(facts *verdict.Arrival, found arrival.Found, begun time.Time) {
	reading := arrival.Read(found.Header)
	facts.Waited = verdict.Millis(found.Seen.Sub(begun))
	facts.Found, facts.Folder, facts.Kind = true, sanitize.Text(found.Place.Name), string(found.Place.Kind)
	facts.MessageID, facts.From, facts.Subject = reading.MessageID, reading.From, reading.Subject
	if !found.Filed.IsZero() {
		facts.Filed = found.Filed.UTC()
		if began := reading.Began(); !began.IsZero() && found.Filed.Sub(began) > -time.Second {
			after := verdict.Millis(max(0, found.Filed.Sub(began))) // INTERNALDATE knows whole seconds
			facts.After = &after
		}
	}
	for _, hop := range reading.Hops {
		facts.Hops = append(facts.Hops, hopOf(hop))
	}
	for _, check := range reading.Checks {
		facts.Checks = append(facts.Checks, verdict.ArrivalCheck{
			Method: check.Method, Result: check.Result, Domain: check.Domain, By: check.By, Text: check.Sentence(),
		})
	}
	for _, mark := range reading.Marks {
		facts.Marks = append(facts.Marks, verdict.ArrivalMark{Field: mark.Field, Value: mark.Value, Spam: mark.Spam, Text: mark.Sentence()})
	}
}

func hopOf(hop arrival.Hop) verdict.ArrivalHop {
	told := verdict.ArrivalHop{
		From: hop.From, By: hop.By, With: hop.With, ID: hop.ID, Delay: verdict.Millis(hop.Delay),
		Encrypted: hop.Encrypted(), Text: hop.Sentence(),
	}
	if hop.IP.IsValid() {
		told.Address = hop.IP.String()
	}
	if !hop.At.IsZero() {
		told.At = hop.At.UTC()
	}
	return told
}
