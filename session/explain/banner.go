package explain

import (
	"strings"
	"unicode/utf8"

	"ehlo/session"
	"ehlo/session/sanitize"
)

// maxQuoted bounds, in bytes, what a sentence quotes of a server or a command.
const maxQuoted = 64

// Server is what a greeting tells of the server, as far as it can be believed:
// its owner may write there what he likes. The zero value means that it names
// nothing.
type Server struct {
	Software string // "Postfix"; "" when it does not say
	Version  string // "3.1.4", as written; "" when it does not say
	Provider string // "Yahoo", of a provider's own servers; else ""
	Host     string // the name it gives itself
	Kind     string // cloud, gateway, mta, firewall, test, generic, refusal
	Sure     string // high, medium or low
	Say      string // a word of advice; mostly ""
}

// fingerprint is a greeting as a software or a provider writes it.
type fingerprint struct {
	pattern
	Software   string
	Kind       string
	Confidence string
	Say        string
}

// banners is read in order: the more exact ones stand first.
var banners = data[struct {
	Fingerprints []fingerprint `json:"banner_fingerprints"`
}]("banners.json")

// names is how servers are called in a sentence.
var names = data[struct {
	Names    map[string]string // by software; "" where it names nothing
	Says     map[string]string // by kind
	Acts     map[string]saying // who acts, by software or else by kind; mostly nobody
	Probably string
}]("names.json")

// Banner reads a greeting, of any class. Its lines are matched with their
// codes, joined by blanks.
func Banner(greeting session.Reply) Server {
	text := strings.Join(bounded(greeting).Lines, " ")
	lower, prints := strings.ToLower(text), banners().Fingerprints
	for i := range prints {
		if match := prints[i].find(text, lower); match != nil {
			return prints[i].server(match)
		}
	}
	return Server{}
}

func (f *fingerprint) server(match []string) Server {
	server := Server{
		Software: f.Software, Kind: f.Kind, Sure: f.Confidence, Say: f.Say,
		Host:    quoted(f.group(match, "host")),
		Version: quoted(f.group(match, "version") + f.group(match, "v2")),
	}
	name, renamed := names().Names[f.Software]
	switch {
	case renamed && name == "":
		server.Software = ""
	case f.Kind == "cloud" && !renamed:
		server.Provider = f.Software
	case f.Kind == "cloud":
		server.Provider = name
	}
	return server
}

// acts adds to the meaning of a greeting who has to act, where something stands
// between us and the server.
func (s Server) acts(meaning Meaning) Meaning {
	acts, ok := names().Acts[s.Software]
	if !ok {
		acts, ok = names().Acts[s.Kind]
	}
	if ok {
		meaning.Who, meaning.Next = acts.Who, acts.Next
	}
	return meaning
}

// greets is the sentence beside a greeting: whose server it is, and how sure.
func (s Server) greets() string {
	name, kind := s.Provider, s.Kind
	if name == "" {
		name = strings.TrimSpace(s.Software + " " + s.Version)
	}
	if name == "" {
		kind = ""
	}
	says, ok := names().Says[kind]
	if !ok {
		says = names().Says[""]
	}
	text := strings.ReplaceAll(says, "{name}", name)
	if name == "" || s.Sure == "high" {
		return text
	}
	if strings.HasPrefix(text, "A ") {
		text = "a" + text[1:]
	}
	return strings.ReplaceAll(names().Probably, "{rest}", text)
}

// quoted makes words of others fit to stand in a sentence: safe and short.
func quoted(text string) string {
	if len(text) <= maxQuoted {
		return sanitize.Text(text)
	}
	end := maxQuoted
	for end > 0 && !utf8.RuneStart(text[end]) {
		end--
	}
	return sanitize.Text(text[:end]) + "..."
}
