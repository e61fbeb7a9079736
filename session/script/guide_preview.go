package script

import (
	"strconv"
	"strings"

	"ehlo/session/address"
	"ehlo/session/sanitize"
)

// openPath stands in a line for an address that is still to be typed.
const openPath = "..."

// Preview returns what would be sent if the text in the prompt were entered,
// and what that means. It judges nothing; Answer does. Both are safe to show.
func (g Guide) Preview(typed string) (line, means string) {
	switch g.topic {
	case AskText:
		return previewText(typed)
	case AskLook:
		return say(AskLook, "line"), g.meansLook(strings.TrimSpace(typed))
	}
	typed = strings.TrimSpace(typed)
	if typed == byHand && g.topic != AskSubject {
		return g.Line(), guideText().ByHand
	}
	value, _ := g.resolve(typed)
	return sanitize.Text(wireLine(g.topic, value)), g.means(value)
}

// Line returns the raw line of the question at hand with its usual answer: what
// goes into the prompt when the questions are left (ByHand).
func (g Guide) Line() string {
	if g.topic >= AskSubject || g.topic == AskServer {
		return ""
	}
	return wireLine(g.topic, g.usual())
}

// wireLine is what an answer comes to on the wire.
func wireLine(topic Topic, value string) string {
	switch topic {
	case AskTo:
		return "RCPT TO:<" + path(value) + ">"
	case AskServer:
		return say(AskServer, "line")
	case AskName:
		return "EHLO " + value
	case AskFrom:
		return "MAIL FROM:<" + path(value) + ">"
	}
	return "Subject: " + value
}

// path is an address as it stands between angle brackets, as far as it goes.
func path(value string) string {
	if value == nullSender {
		return ""
	}
	if parsed, err := address.Parse(value); err == nil {
		return parsed.String()
	}
	if trimmed := address.Trim(value); trimmed != "" {
		return trimmed
	}
	return openPath
}

func (g Guide) means(value string) string {
	switch {
	case g.topic == AskFrom && value == nullSender:
		return say(AskFrom, "means_null")
	case g.topic == AskServer:
		server := g.server(value)
		if server == (Server{}) {
			server = Server{Name: openPath, Port: defaultPort}
		}
		return fill(say(AskServer, "means"), "host", server.Name, "port", strconv.Itoa(int(server.Port)))
	case g.topic == AskTo, g.topic == AskFrom:
		return meansAddress(g.topic, value)
	}
	return say(g.topic, "means")
}

// meansAddress is the question that an address asks, with what is worth
// knowing of one that is not plain ASCII.
func meansAddress(topic Topic, value string) string {
	shown := address.Trim(value)
	parsed, err := address.Parse(value)
	if err == nil {
		shown = parsed.Display()
	}
	if shown == "" {
		shown = openPath
	}
	means := fill(say(topic, "means"), "from", shown)
	if parsed.Domain.ASCII != parsed.Domain.Unicode {
		means += " " + fill(guideText().WireName, "domain", parsed.Domain.Unicode, "wire", parsed.Domain.ASCII)
	}
	if parsed.NeedsUTF8() {
		means += " " + guideText().International
	}
	return means
}

func previewText(typed string) (line, means string) {
	switch {
	case typed == endOfText:
		return typed, say(AskText, "means_end")
	case typed == "":
		return say(AskText, "line_empty"), say(AskText, "means_empty")
	case strings.HasPrefix(typed, "."):
		// RFC 5321 section 4.5.2
		return sanitize.Text("." + typed), say(AskText, "means_dot")
	}
	return sanitize.Text(typed), say(AskText, "means")
}

func (g Guide) meansLook(typed string) string {
	switch strings.ToLower(typed) {
	case "y", "yes":
		return say(AskLook, "means_yes")
	case byHand:
		return say(AskLook, "means_step")
	case "1", "2", "3", "4", "5":
		return fill(say(AskLook, "means_jump"), "n", typed)
	}
	return say(AskLook, "means")
}
