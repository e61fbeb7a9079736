package verdict

import (
	"slices"

	"ehlo/session"
	"ehlo/session/explain"
)

// encryptedPorts begin with TLS (RFC 8314 section 3, RFC 2818).
var encryptedPorts = []uint16{465, 993, 995, 443}

// recognised betters a finding by what it is that answers: another service, a
// port that wants TLS first, or one that does not know it. Code and exit stay
// those of the stage, but for a stranger that was not known as one there.
func recognised(found finding, stage Stage, try *Try) finding {
	service, known := explain.ServiceOf(stage.Text)
	_, greeted := stageOf(try, "greeting")
	switch {
	case found.code == "silent" && try.TLS == nil && slices.Contains(encryptedPorts, try.Port):
		found.words = "kind:silent-port"
	case found.code == "hello-refused" || found.code == "sign-in-needed":
		if service, _ = explain.ServiceOf([]string{try.Banner}); service.ID == "ftp" {
			return stranger(found, service)
		}
	case !known:
	case found.code == "tls-failed" && service.ID == "smtp":
		if !greeted {
			found.words = "kind:clear-port"
		}
	case found.code == "tls-failed" && !greeted:
		found.words, found.text = "kind:stranger", service.Name
	case found.code == "not-smtp", found.code == "closed-early" && service.ID != "smtp":
		return stranger(found, service)
	}
	return found
}

// stranger is the finding that something else than a mail server answers.
func stranger(found finding, service explain.Service) finding {
	found.code, found.exit = "not-smtp", ExitNotSMTP
	found.words, found.text = "kind:stranger", service.Name
	found.who, found.next = "", ""
	if service.ID == "tls" {
		found.words = "kind:encrypted-port"
	}
	return found
}

// between finds a yes at greeting or hello that is not the server's own words:
// a firewall crosses out, an antivirus answers, or it is no mail server at all.
// The talk may go on all the same.
func between(at StageName, reply session.Reply, found *finding) bool {
	service, _ := explain.ServiceOf(reply.Lines)
	firewall := at == "greeting" && explain.Banner(reply).Kind == "firewall"
	switch {
	case at == "greeting" && service.ID == "ftp":
		found.code, found.text = "at:stranger", service.Name
	case firewall && explain.Reply(reply, session.Command{}).Who == "you":
		found.code = "at:scanned"
	case firewall, at == "hello" && slices.ContainsFunc(reply.Text(), crossedOut):
		found.code = "at:rewritten"
	default:
		return false
	}
	return true
}

// crossedOut reports whether a firewall has written over a keyword.
func crossedOut(keyword string) bool { return explain.Keyword(keyword).Tone == "bad" }
