package explain

import (
	"strconv"
	"strings"

	"ehlo/session"
)

// maxMatched bounds, in bytes, what of a reply is held against patterns.
const maxMatched = 4 << 10

// heard is a reply as the tables want it.
type heard struct {
	reply    session.Reply
	to       session.Command
	stage    string // a key of the stages: "greeting", a verb, "unknown"
	text     string // the joined reply, bounded
	code     string // "550"; one digit where the protocol has no codes
	enhanced string // "5.1.1", ""
}

func listen(reply session.Reply, to session.Command) heard {
	h := heard{reply: reply, to: to, stage: stageOf(to), enhanced: reply.Enhanced}
	h.text = bounded(reply).Joined()
	if len(h.text) > maxMatched {
		h.text = h.text[:maxMatched]
	}
	h.code = codeText(reply)
	if len(h.enhanced) < len("5.1.1") || h.enhanced[1] != '.' {
		h.enhanced = marked(h.text)
	}
	return h
}

// stageOf names the stage that an answer to a command belongs to.
func stageOf(to session.Command) string {
	verb := to.Verb
	if same, ok := stages().Same[verb]; ok {
		verb = same
	}
	switch _, known := stages().Stages[verb]; {
	case verb == "" && to.Line == "" && to.Answers == 0:
		return "greeting"
	case !known:
		return "unknown"
	}
	return verb
}

// codeText is the code as text, or for a reply without one the first digit
// that its class would have in SMTP.
func codeText(reply session.Reply) string {
	if reply.Code >= 200 && reply.Code <= 599 {
		return strconv.Itoa(reply.Code)
	}
	switch reply.Class {
	case session.Yes:
		return "2"
	case session.GoOn:
		return "3"
	case session.NotNow:
		return "4"
	case session.No:
		return "5"
	case session.Data:
		return "data"
	default:
		return "0"
	}
}

// bounded returns the reply with only as many lines as can be matched.
func bounded(reply session.Reply) session.Reply {
	size := 0
	for i, line := range reply.Lines {
		size += len(line)
		if size < maxMatched {
			continue
		}
		kept := append([]string(nil), reply.Lines[:i+1]...)
		kept[i] = line[:len(line)-(size-maxMatched)]
		reply.Lines = kept
		break
	}
	return reply
}

// marked finds an enhanced code written as qmail and Cisco do: "#5.1.1".
func marked(text string) string {
	_, rest, found := strings.Cut(text, "#")
	if !found {
		return ""
	}
	end := strings.IndexFunc(rest, func(r rune) bool { return r != '.' && (r < '0' || r > '9') })
	if end >= 0 {
		rest = rest[:end]
	}
	rest = strings.TrimRight(rest, ".")
	if strings.Count(rest, ".") != 2 || len(rest) < 5 || rest[1] != '.' || !strings.Contains("245", rest[:1]) {
		return ""
	}
	return rest
}
