package probe

import (
	"cmp"
	"context"
	"fmt"
	"sync"

	"ehlo/resolver"
	"ehlo/session/verdict"
)

// The codes of the notes that a comparison leaves on a route.
const (
	CodeDiffers     = "differs-from" // one note for each difference
	CodeAgrees      = "agrees-with"
	CodeNotCompared = "not-compared" // one of the two gave no answer
)

// maxDifferences bounds how many differences are told.
const maxDifferences = 20

// View is where one DNS server says that mail goes.
type View struct {
	Server string // as people call it
	Route  *verdict.Route
}

// Compared asks a second resolver beside that of the probe where mail for a
// domain goes. The first view is the one that counts: what the two differ in
// is noted on its route. Called is the name of the second.
func (p Probe) Compared(ctx context.Context, with *resolver.Resolver, called, domain string, names bool) (ours, theirs View) {
	other := p
	other.Resolver = with
	var both sync.WaitGroup
	both.Go(func() { ours.Route = p.Route(ctx, domain, names) })
	both.Go(func() { theirs.Route = other.Route(ctx, domain, false) })
	both.Wait()
	ours.Server = cmp.Or(ours.Route.Server.Address, "our DNS server")
	theirs.Server = called
	ours.Route.Notes = append(ours.Route.Notes, Compare(ours, theirs)...)
	return ours, theirs
}

// Compare says in words where two views differ: in servers, addresses and
// preferences. Times to live count down and do not matter, nor does the order
// of addresses. There is no note when nobody was asked.
func Compare(ours, theirs View) []verdict.Note {
	for _, view := range []View{ours, theirs} {
		if view.Route.Failure == "dns-failed" {
			return []verdict.Note{{
				Code: CodeNotCompared,
				Text: fmt.Sprintf("The two DNS servers cannot be compared, %s gave no answer: %s.", view.Server, view.Route.Error),
			}}
		}
	}
	if ours.Route.Server.Address == "" && ours.Route.Failure == "" {
		return nil
	}
	differences, whole := differ(ours, theirs)
	switch {
	case len(differences) > 0:
	case !whole:
		return []verdict.Note{{Code: CodeNotCompared, Text: "Not all addresses were told, so the two DNS servers cannot be compared whole."}}
	default:
		return []verdict.Note{{Code: CodeAgrees, Text: fmt.Sprintf("%s says the same as %s.", theirs.Server, ours.Server)}}
	}
	if more := len(differences) - maxDifferences; more > 0 {
		differences = append(differences[:maxDifferences], fmt.Sprintf("They differ in %d more.", more))
	}
	notes := make([]verdict.Note, 0, len(differences))
	for _, text := range differences {
		notes = append(notes, verdict.Note{Code: CodeDiffers, Text: text})
	}
	return notes
}

// differ returns a sentence for each difference: first of the whole, then,
// where both name servers, of each. It is not whole when some addresses were
// not told.
func differ(ours, theirs View) (sentences []string, whole bool) {
	one, other := gist(ours.Route), gist(theirs.Route)
	if one != other {
		sentences = append(sentences, fmt.Sprintf("%s says: %s. %s says: %s.", ours.Server, one, theirs.Server, other))
	}
	if len(ours.Route.Hosts) == 0 || len(theirs.Route.Hosts) == 0 {
		return sentences, true
	}
	whole = true
	for _, line := range Beside(ours.Route, theirs.Route) {
		whole = whole && !line.Unknown
		if text := line.difference(ours.Server, theirs.Server); text != "" {
			sentences = append(sentences, text)
		}
	}
	return sentences, whole
}

// gist is a route in a few words, without its servers.
func gist(route *verdict.Route) string {
	switch {
	case route.Null:
		return "it takes no mail"
	case route.Failure == "no-domain":
		return "there is no such domain"
	case len(route.Hosts) == 0:
		return "there is nowhere for its mail to go"
	case route.Implicit:
		return "it has no MX, only an address of its own"
	}
	return "mail goes to the servers of its MX"
}

// difference words a line; "" when both say the same.
func (l Line) difference(ours, theirs string) string {
	switch {
	case l.Ours == l.Theirs, l.Unknown:
		return ""
	case l.Address.IsValid() && l.Ours == "":
		return fmt.Sprintf("Only %s says that %s has the address %s.", theirs, l.Host, l.Address)
	case l.Address.IsValid():
		return fmt.Sprintf("Only %s says that %s has the address %s.", ours, l.Host, l.Address)
	case l.Ours == "":
		return fmt.Sprintf("Only %s names the server %s (number %s).", theirs, l.Host, l.Theirs)
	case l.Theirs == "":
		return fmt.Sprintf("Only %s names the server %s (number %s).", ours, l.Host, l.Ours)
	}
	return fmt.Sprintf("%s has the number %s at %s and %s at %s.", l.Host, l.Ours, ours, l.Theirs, theirs)
}
