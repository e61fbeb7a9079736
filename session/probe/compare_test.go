package probe

import (
	"net/netip"
	"strconv"
	"strings"
	"testing"

	"ehlo/session/verdict"
)

// routeFrom reads a route from words: "10 mx1 192.0.2.1 192.0.2.2, 20 mx2", or
// "null", "implicit ...", "no-domain", "dns-failed".
func routeFrom(t *testing.T, text string) *verdict.Route {
	t.Helper()
	route := &verdict.Route{Server: verdict.Server{Address: "x"}}
	text, route.Implicit = strings.CutPrefix(text, "implicit ")
	switch text {
	case "null":
		route.Null = true
		return route
	case "literal":
		return new(verdict.Route)
	case "no-domain", "no-address", "dns-failed":
		route.Failure, route.Error = text, "it said "+text
		return route
	}
	for part := range strings.SplitSeq(text, ", ") {
		words := strings.Fields(part)
		number, err := strconv.Atoi(words[0])
		if err != nil {
			t.Fatal(err)
		}
		host := verdict.Host{Name: words[1], Preference: number, TTL: len(route.Hosts) * len(text)}
		for _, word := range words[2:] {
			if word == "?" {
				host.Notes = append(host.Notes, verdict.Note{Code: "no-answer"})
				continue
			}
			host.Addresses = append(host.Addresses, netip.MustParseAddr(word))
		}
		route.Hosts = append(route.Hosts, host)
	}
	return route
}

func TestCompare(t *testing.T) {
	const both = "10 mx1 192.0.2.1 192.0.2.2, 20 mx2 192.0.2.3"
	for name, one := range map[string]struct{ ours, theirs, code, want string }{
		"same":             {both, both, CodeAgrees, "public says the same as office."},
		"order, TTL":       {both, "10 mx1 192.0.2.2 192.0.2.1, 20 mx2 192.0.2.3", CodeAgrees, "public says the same as office."},
		"one more":         {both, "10 mx1 192.0.2.1 192.0.2.2", CodeDiffers, "Only office names the server mx2 (number 20)."},
		"one less":         {"20 mx2 192.0.2.3", both, CodeDiffers, "Only public names the server mx1 (number 10)."},
		"number":           {both, "10 mx1 192.0.2.1 192.0.2.2, 5 mx2 192.0.2.3", CodeDiffers, "mx2 has the number 20 at office and 5 at public."},
		"twice":            {"10 a 192.0.2.1, 20 a 192.0.2.1", "10 a 192.0.2.1", CodeDiffers, "a has the number 10, 20 at office and 10 at public."},
		"address":          {"10 a 192.0.2.1", "10 a 192.0.2.1 192.0.2.9", CodeDiffers, "Only public says that a has the address 192.0.2.9."},
		"other address":    {"10 a 10.0.0.1", "10 a 192.0.2.1", CodeDiffers, "Only office says that a has the address 10.0.0.1. Only public says that a has the address 192.0.2.1."},
		"address unknown":  {"10 a 192.0.2.1", "10 a ?", CodeNotCompared, "Not all addresses were told, so the two DNS servers cannot be compared whole."},
		"null":             {"null", "10 a 192.0.2.1", CodeDiffers, "office says: it takes no mail. public says: mail goes to the servers of its MX."},
		"both null":        {"null", "null", CodeAgrees, "public says the same as office."},
		"hidden":           {"10 a 10.0.0.1", "no-domain", CodeDiffers, "office says: mail goes to the servers of its MX. public says: there is no such domain."},
		"both know none":   {"no-domain", "no-domain", CodeAgrees, "public says the same as office."},
		"no address":       {"no-domain", "no-address", CodeDiffers, "office says: there is no such domain. public says: there is nowhere for its mail to go."},
		"implicit":         {"implicit 0 a 192.0.2.1", "0 a 192.0.2.1", CodeDiffers, "office says: it has no MX, only an address of its own. public says: mail goes to the servers of its MX."},
		"theirs is silent": {both, "dns-failed", CodeNotCompared, "The two DNS servers cannot be compared, public gave no answer: it said dns-failed."},
		"ours is silent":   {"dns-failed", both, CodeNotCompared, "The two DNS servers cannot be compared, office gave no answer: it said dns-failed."},
		"literal":          {"literal", "literal", "", ""},
	} {
		t.Run(name, func(t *testing.T) {
			notes := Compare(View{"office", routeFrom(t, one.ours)}, View{"public", routeFrom(t, one.theirs)})
			var texts []string
			for _, note := range notes {
				texts = append(texts, note.Text)
				if note.Code != one.code {
					t.Errorf("code %s, want %s", note.Code, one.code)
				}
			}
			if got := strings.Join(texts, " "); got != one.want {
				t.Errorf("got  %s\nwant %s", got, one.want)
			}
		})
	}
}

// What strangers publish does not fill a screen.
func TestCompareBounded(t *testing.T) {
	var many []string
	for i := range 50 {
		many = append(many, "10 mx"+strconv.Itoa(i)+" 192.0.2.1")
	}
	notes := Compare(View{"office", routeFrom(t, strings.Join(many, ", "))}, View{"public", routeFrom(t, "10 a 192.0.2.1")})
	if len(notes) != maxDifferences+1 || notes[maxDifferences].Text != "They differ in 31 more." {
		t.Errorf("%d notes: %v", len(notes), notes)
	}
}
