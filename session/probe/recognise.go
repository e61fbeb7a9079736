package probe

import (
	"cmp"
	"strings"

	"ehlo/session"
	"ehlo/session/explain"
	"ehlo/session/verdict"
)

// Recognise names what talks at each try, and whose it is, as far as greeting
// and host name tell.
func Recognise(tries []verdict.Try) {
	for i := range tries {
		try := &tries[i]
		provider, _ := explain.Provider(try.Host)
		try.Provider = provider
		if try.Banner == "" {
			continue
		}
		server := explain.Banner(session.Reply{Lines: []string{try.Banner}})
		try.Software = strings.TrimSpace(server.Software + " " + server.Version)
		try.Provider = cmp.Or(server.Provider, provider)
	}
}
