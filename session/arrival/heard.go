package arrival

import (
	"strings"
	"time"

	"ehlo/session"
	"ehlo/session/imap"
)

// Heard notes the answer to a line, and the State it led to. Data in between is
// not for it: the State has folded that.
func (p Plan) Heard(to session.Command, reply session.Reply, state imap.State, now time.Time) Plan {
	if reply.Class == session.Data {
		return p
	}
	yes := reply.Class == session.Yes
	switch to.Verb {
	case imap.Capability:
		p.lost = !yes || state.Capabilities == nil
	case imap.StartTLS:
		p.noTLS = !yes
	case imap.Authenticate, imap.Login:
		p.signing = p.signing.heard(reply)
		p.refused = reply.Class.Refusal() && p.signing.problem == nil
	case imap.List:
		p = p.heardList(yes, state, now)
	case imap.Examine, imap.UIDSearch, imap.UIDFetch, imap.Fetch:
		if p.listed {
			p = p.heardOf(to.Verb, yes, state, now)
		}
	case imap.Logout:
		p.left = true
	}
	if !state.SignedIn && !p.signing.ready && state.Capabilities != nil && !p.wantsTLS(state) {
		p.signing = p.prepared(state)
	}
	return p
}

// heardList notes the folders. A server that does not know the longer form is
// asked again in the short one.
func (p Plan) heardList(yes bool, state imap.State, now time.Time) Plan {
	switch {
	case !yes && p.extended(state):
		p.plain = true
	case !yes:
		p.noList = true
	default:
		p.listed, p.Begun = true, now
		p.places = order(state.Folders)
		p.noList = len(p.places) == 0
	}
	return p
}

// heardOf notes what came of a line said in a folder.
func (p Plan) heardOf(verb string, yes bool, state imap.State, now time.Time) Plan {
	if p.at >= len(p.places) { // a round begins
		p.at, p.newest = 0, nil
	}
	switch {
	case !yes: // it cannot be opened or searched; there are others
		return p.onward(now)
	case verb == imap.Examine && state.Exists == 0, verb == imap.UIDSearch && len(state.Found) == 0:
		return p.onward(now)
	case verb == imap.Examine && p.id() == "":
		p.stage = toFetch
	case verb == imap.Examine:
		p.stage = toSearch
	case verb == imap.UIDSearch:
		p.found = state.Found[max(0, len(state.Found)-maxFetch):]
		p.stage = toFetch
	default:
		p = p.sift(state.Fetched, now)
		if p.Found == nil {
			return p.onward(now)
		}
	}
	return p
}

// sift looks for the message among those that were fetched.
func (p Plan) sift(messages []imap.Message, now time.Time) Plan {
	for _, message := range messages {
		found := Found{Place: p.places[p.at], Filed: message.Date, Seen: now, Header: message.Header}
		switch {
		case p.id() != "" && strings.EqualFold(bareID(headerOf(message.Header).get("Message-ID")), p.id()):
			p.Found = &found
		case p.id() != "", message.Date.Before(p.Since.Truncate(time.Second)):
		case p.newest == nil || message.Date.After(p.newest.Filed):
			p.newest = &found
		}
	}
	return p
}

// onward goes on with the next folder. Behind the last one the round is over.
func (p Plan) onward(now time.Time) Plan {
	p.stage, p.found = toOpen, nil
	p.at++
	p.examined++
	if p.examined >= maxLooks {
		p.places = p.places[:mainPlaces(p.places)]
	}
	if p.at >= len(p.places) {
		p.Found = p.newest
		p.Rounds++
		p.inVain = p.Found == nil && !now.Before(p.deadline())
		p.again = now.Add(min(patience(p.Rounds), p.Left(now))) // the last one when the time is over
	}
	return p
}
