package explain

import (
	"cmp"
	"slices"
	"strings"

	"ehlo/session"
)

// Identity is what a server is, by all that it shows: its greeting, its list of
// EHLO, its name in the MX record. The zero value is a server that shows
// nothing.
type Identity struct {
	Host     string   // the name it gives itself in the greeting
	Software string   // "Postfix"
	Version  string   // "3.1.4"
	Provider string   // "Yahoo"
	Sure     string   // of the software, or of the provider alone: high, medium, low; "" nothing is known
	Say      string   // in a sentence or two: "Surely Postfix 3.1.4. Probably run by Yahoo."
	Why      []string // what speaks for and against it, a sentence each
}

// trace is what a list gives away of the software.
type trace struct {
	Software, Kind, Sure string
	All, Any, None       []string
}

var traces = data[struct {
	Traces     []trace
	Sure, Says map[string]string
}]("traces.json")

// Identify puts together what a server is: the greeting, the lines of its list
// of EHLO without their codes (nil before there is one), and its name in the MX
// record ("" when it was called by another).
func Identify(greeting session.Reply, list []string, mxHost string) Identity {
	server := Banner(greeting)
	id := Identity{
		Host: server.Host, Software: server.Software, Version: server.Version,
		Provider: server.Provider, Sure: server.Sure,
	}
	if id.Provider != "" {
		id.Software = "" // its own, whatever it is
	}
	if id.Software != "" || id.Provider != "" {
		id.because(cmp.Or(map[string]string{"high": "greeting"}[server.Sure], "greeting-doubt"))
	} else {
		id.Sure = ""
	}
	id.byList(list, server.Kind)
	id.byHost(mxHost)
	id.Say = id.words()
	return id
}

func (id *Identity) because(key string, fill ...string) {
	id.Why = append(id.Why, strings.NewReplacer(fill...).Replace(traces().Says[key]))
}

// byList holds the list of EHLO against what the greeting says.
func (id *Identity) byList(list []string, kind string) {
	found, keywords := traceOf(list)
	fill := []string{"{keywords}", strings.Join(keywords, ", "), "{name}", found.Software}
	switch {
	case found.Software == "":
	case id.Software == "" && id.Provider == "":
		id.Software, id.Sure = found.Software, found.Sure
		id.because("list", fill...)
	case alike(id.Software, found.Software) || found.Kind != "" && found.Kind == kind:
		id.Sure = surer(id.Sure)
		id.because("agree", fill...)
	case id.Software != "" && found.Sure != "low":
		id.Sure = "low"
		id.because("disagree", fill...)
	}
}

// byHost holds the name in the MX record against it: who owns that name runs
// what answers there, a filter or the server itself.
func (id *Identity) byHost(mxHost string) {
	provider, kind := Provider(mxHost)
	if provider == "" {
		return
	}
	fill := []string{"{host}", quoted(mxHost), "{provider}", provider}
	switch {
	case id.Provider == "" || alike(id.Provider, provider):
		if id.Software == "" {
			id.Sure = "high"
		}
		id.Provider = cmp.Or(id.Provider, provider)
		id.because("host", fill...)
	default:
		id.Sure = "low"
		id.because("host-other", fill...)
	}
	if kind == "gateway" {
		id.because("gateway")
	}
}

// words says what the server is, each part with how sure it is.
func (id Identity) words() string {
	says, sure := traces().Says, traces().Sure
	var parts []string
	part := func(key, name, how string) {
		parts = append(parts, strings.NewReplacer("{Sure}", sure[how], "{name}", name).Replace(says[key]))
	}
	if id.Software != "" {
		part("software", strings.TrimSpace(id.Software+" "+id.Version), id.Sure)
	}
	if id.Provider != "" {
		how := id.Sure
		if id.Software != "" {
			how = "high" // the name in the MX says it
		}
		part("provider", id.Provider, how)
	}
	if len(parts) == 0 {
		return says["unknown"]
	}
	return strings.Join(parts, " ")
}

// traceOf finds the first trace that a list shows, and the keywords that show it.
func traceOf(list []string) (trace, []string) {
	var names []string
	for _, line := range list {
		name, _ := keywordOf(line)
		names = append(names, name)
	}
	has := func(keyword string) bool { return slices.Contains(names, keyword) }
	for _, t := range traces().Traces {
		var shown []string
		for _, keyword := range slices.Concat(t.All, t.Any) {
			if has(keyword) {
				shown = append(shown, keyword)
			}
		}
		whole := !slices.ContainsFunc(t.All, func(k string) bool { return !has(k) })
		if whole && len(shown) > 0 && !slices.ContainsFunc(t.None, has) {
			return t, shown[:min(len(shown), maxParams)]
		}
	}
	return trace{}, nil
}

// surer is the next better word for how sure something is.
func surer(sure string) string {
	if sure == "low" {
		return "medium"
	}
	return "high"
}

// alike reports whether one name begins with a word of the other: "Microsoft
// Exchange" and "Exchange 2003".
func alike(a, b string) bool {
	return a != "" && b != "" && (strings.Contains(a, firstWord(b)) || strings.Contains(b, firstWord(a)))
}

func firstWord(text string) string {
	word, _, _ := strings.Cut(text, " ")
	return word
}
