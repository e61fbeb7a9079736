package plain

import (
	"net/netip"
	"strconv"
	"strings"

	"ehlo/session/address"
	"ehlo/session/explain"
	"ehlo/session/probe"
	"ehlo/session/smtp"
	"ehlo/session/verdict"
)

// subject is what the run is about: a domain with its route, or a server.
type subject struct {
	target  address.Target
	route   *verdict.Route // nil for a server that was named
	targets []probe.Target // in the order to be tried
	chosen  int
	failed  []verdict.Try // calls that led nowhere, and what was asked about them
	pending bool          // chosen is the next of them
	// evidence is what was called to see whose a silence is.
	evidence []verdict.Try
}

// start begins with the target of the command line, or asks for one.
func (f *front) start() {
	target, wrong := f.config.Target, false
	for target.Kind == address.KindNone && !f.over {
		f.page.line(say("welcome"))
		text, ok := f.ask(say("prompt target"))
		if !ok {
			f.endedAt("ended target", wrong)
			return
		}
		if strings.HasPrefix(text, "/") {
			f.slash(text)
			if f.talk != nil {
				return // it was /connect
			}
			continue
		}
		var err error
		if target, err = address.ParseTarget(text); err != nil {
			f.page.line(sentence(err))
			wrong = true
		}
	}
	if !f.over {
		f.see(target)
	}
}

// see looks a target up. A server is called at once; of a route the user
// chooses.
func (f *front) see(target address.Target) {
	f.guided = false // its answers were about another target
	if target.Kind == address.KindServer {
		f.seeServer(target)
		return
	}
	route := f.lookUp(target.Domain)
	if route == nil {
		return
	}
	f.about = subject{target: target, route: route, targets: probe.Targets(route, f.config.Port, f.config.Implicit)}
	f.tellRoute()
	if len(f.about.targets) > 0 && !f.talk.live() {
		f.choose()
	}
}

// choose asks which server of the route is called.
func (f *front) choose() {
	for wrong := false; !f.over; wrong = true {
		text, ok := f.ask(say("prompt server", "n", strconv.Itoa(f.about.chosen+1)))
		text = strings.TrimSpace(text)
		switch {
		case !ok:
			f.endedAt("ended server", wrong)
			return
		case strings.HasPrefix(text, "/"):
			f.slash(text)
			if text != "/help" {
				return
			}
		case text == "":
			f.call(strconv.Itoa(f.about.chosen + 1))
			return
		case isCommand(text):
			f.page.line(say("command first", "host", f.about.targets[f.about.chosen].Host))
			f.held = append([]string{text}, f.held...)
			f.call(strconv.Itoa(f.about.chosen + 1))
			return
		case strings.Trim(text, "0123456789") != "" && !strings.ContainsAny(text, ".:"):
			// A bare word is no server: a command from a pipe must not become
			// a question to the DNS.
			f.page.line(say("no choice", "n", strconv.Itoa(len(f.about.targets))))
		case f.call(text):
			return
		}
	}
}

// isCommand reports whether a line is meant for a server, as lines from a pipe
// are that were written for one. A QUIT alone calls nobody.
func isCommand(line string) bool {
	command := smtp.Dialect{}.Parse(line, smtp.Dialect{}.Start())
	_, known := explain.LessonOf(command.Verb)
	return known && command.Verb != smtp.End && command.Verb != smtp.QUIT
}

// endedAt notes that the input ended at a question of which an answer was not
// taken: what came from the pipe was meant for something else.
func (f *front) endedAt(key string, wrong bool) {
	if wrong && !f.over && !f.config.Terminal {
		f.usage = say(key)
	}
}

// call connects to the choice of that number, or to a server by name, and
// reports whether it knew whom to call.
func (f *front) call(text string) bool {
	if n, err := strconv.Atoi(text); err == nil {
		if n < 1 || n > len(f.about.targets) {
			f.page.line(say("no choice", "n", strconv.Itoa(len(f.about.targets))))
			return false
		}
		f.about.chosen = n - 1
		f.about.pending = false
		f.dial(f.about.targets[n-1])
		f.called()
		return true
	}
	server, err := address.ParseServer(text, f.config.Port)
	if err != nil {
		f.page.line(sentence(err))
		return false
	}
	targets := f.targetsOf(server)
	if len(targets) > 0 {
		f.dial(targets[0])
		f.called()
	}
	return len(targets) > 0
}

// seeServer calls a server that was named.
func (f *front) seeServer(target address.Target) {
	switch target.Scheme {
	case "", "smtp", "smtps", "submission", "lmtp":
	default:
		f.over, f.usage = true, say("not yet", "scheme", target.Scheme)
		f.page.line(f.usage)
		return
	}
	if target.Server.Port == 0 {
		target.Server.Port = f.config.Port
	}
	f.about = subject{target: target}
	f.about.targets = f.targetsOf(target.Server)
	for i := range f.about.targets {
		f.about.targets[i].LMTP = target.Scheme == "lmtp"
		f.about.targets[i].Implicit = f.config.Implicit || target.Scheme == "smtps"
	}
	if len(f.about.targets) > 0 {
		f.dial(f.about.targets[0])
		f.called()
	}
}

// targetsOf returns the addresses of a server. One that the route knows keeps
// its place, the chosen address first; another is looked up.
func (f *front) targetsOf(server address.Server) []probe.Target {
	if server.IP.IsValid() {
		return []probe.Target{{Host: server.Host, Addr: netip.AddrPortFrom(server.IP, server.Port), Implicit: f.config.Implicit, Purpose: "server"}}
	}
	var known []probe.Target
	for i, target := range f.about.targets {
		if !strings.EqualFold(target.Host, server.Host) || target.Addr.Port() != server.Port {
			continue
		}
		if i == f.about.chosen {
			known = append([]probe.Target{target}, known...)
			continue
		}
		known = append(known, target)
	}
	if len(known) > 0 {
		return known
	}
	return f.lookUpServer(server)
}

// dial hangs up what is open, connects, and waits until the server has
// greeted. It reports whether lines can be said.
func (f *front) dial(target probe.Target) bool {
	f.brief = true
	f.hangUp()
	f.brief = false
	if f.over {
		return false
	}
	f.talk = newTalk(f.life, target, f.config.Way.Options)
	f.talk.evidence = f.about.evidence
	f.settle()
	return f.talk.live()
}

// sentence makes one of an error of session/address.
func sentence(err error) string {
	text := err.Error()
	return strings.ToUpper(text[:1]) + text[1:] + "."
}
