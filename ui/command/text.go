package command

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"time"

	"ehlo/session/explain"
	"ehlo/session/sanitize"
	"ehlo/session/verdict"
)

// printRoute writes where mail goes, for people.
func printRoute(out io.Writer, facts verdict.Facts) {
	route := facts.Route
	if facts.Verdict != nil {
		printVerdict(out, *facts.Verdict)
	} else {
		fmt.Fprintln(out, summary(facts))
	}
	for i, host := range route.Hosts {
		fmt.Fprintf(out, "\n%-10s %-40s %d\n", order(route.Hosts, i), sanitize.Text(host.Name), host.Preference)
		for _, address := range host.Addresses {
			fmt.Fprintf(out, "%-10s %s\n", "", address)
		}
		for _, note := range host.Notes {
			fmt.Fprintf(out, "%-10s note: %s\n", "", sanitize.Text(note.Text))
		}
	}
	for _, note := range route.Notes {
		fmt.Fprintf(out, "\nnote: %s\n", sanitize.Text(note.Text))
	}
	if asked := whoAnswered(route); asked != "" {
		fmt.Fprintf(out, "\n%s\n", asked)
	}
}

// summary says in one sentence how many servers take mail for a domain.
func summary(facts verdict.Facts) string {
	hosts := facts.Route.Hosts
	at := ""
	if provider, _ := explain.Provider(hosts[0].Name); provider != "" {
		at = " at " + provider
	}
	plural := "s"
	if len(hosts) == 1 {
		plural = ""
	}
	return sanitize.Text(fmt.Sprintf("Mail for %s goes to %d server%s%s.", facts.Domain, len(hosts), plural, at))
}

// order puts a preference into words. Equal numbers share the work (RFC 5321
// section 5.1).
func order(hosts []verdict.Host, i int) string {
	switch {
	case i == 0:
		return "try first"
	case hosts[i].Preference == hosts[i-1].Preference:
		return "or"
	}
	return "then"
}

// whoAnswered names the DNS server and how it answered; "" when none did.
func whoAnswered(route *verdict.Route) string {
	if route.Server.Address == "" {
		return ""
	}
	server := route.Server.Address
	if route.Server.Name != "" {
		server = fmt.Sprintf("%s (%s)", route.Server.Name, server)
	}
	authority := "not authoritative"
	if route.Authoritative {
		authority = "authoritative"
	}
	text := fmt.Sprintf("Asked %s, answered in %s, %s", server, seconds(time.Duration(route.Took)), authority)
	if len(route.Hosts) > 0 && route.Hosts[0].TTL > 0 {
		text += fmt.Sprintf(", good for %s", span(time.Duration(route.Hosts[0].TTL)*time.Second))
	}
	if route.Authenticated {
		text += fmt.Sprintf(". The resolver %s says it is signed", cmp.Or(route.Server.Name, route.Server.Address))
	}
	return sanitize.Text(text) + "."
}

// seconds words how long something took: "0.03 s", "12 s".
func seconds(d time.Duration) string {
	switch s := d.Seconds(); {
	case s < 0.01:
		return fmt.Sprintf("%.3f s", s)
	case s < 0.1:
		return fmt.Sprintf("%.2f s", s)
	case s < 10:
		return fmt.Sprintf("%.1f s", s)
	default:
		return fmt.Sprintf("%.0f s", s)
	}
}

// span words a time to come in its largest fitting unit.
func span(d time.Duration) string {
	for _, unit := range []struct {
		size time.Duration
		name string
	}{{24 * time.Hour, "day"}, {time.Hour, "hour"}, {time.Minute, "minute"}, {time.Second, "second"}} {
		if n := int(d / unit.size); n > 1 {
			return fmt.Sprintf("%d %ss", n, unit.name)
		} else if n == 1 {
			return "1 " + unit.name
		}
	}
	return "no time"
}

// printVerdict writes the three lines that an answer consists of.
func printVerdict(out io.Writer, v verdict.Verdict) {
	fmt.Fprintf(out, "%-12s %s\n", v.Word, sanitize.Text(v.Sentence))
	fmt.Fprintf(out, "%-12s %s\n", "Who acts", v.WhoText)
	fmt.Fprintf(out, "%-12s %s\n", "Next", sanitize.Text(v.Next))
}

// printSent writes what became of a message, for people.
func printSent(out io.Writer, facts verdict.Facts) {
	printVerdict(out, *facts.Verdict)
	if len(facts.Tries) > 0 {
		fmt.Fprintf(out, "%-12s %s\n", "Server", sanitize.Text(serverLine(facts.Tries[len(facts.Tries)-1])))
	}
	for _, recipient := range facts.Recipients {
		line := fmt.Sprintf("%s %s", recipient.Address, answerWords[recipient.Answer])
		if recipient.Code != 0 {
			line += fmt.Sprintf(": %d %s", recipient.Code, recipient.Text)
		}
		fmt.Fprintf(out, "%-12s %s\n", "Recipient", sanitize.Text(line))
	}
	if message := facts.Message; message != nil && message.QueueID != "" {
		fmt.Fprintf(out, "%-12s %s\n", "Queue id", sanitize.Text(message.QueueID))
	}
}

// answerWords are what became of a recipient, for people.
var answerWords = map[string]string{
	verdict.Accepted: "accepted", verdict.NotNow: "not now", verdict.Refused: "refused", verdict.Unknown: "not asked, or no answer",
}

// connected reports whether a try came further than the call.
func connected(try verdict.Try) bool {
	return len(try.Stages) > 0 && try.Stages[0].OK
}

func serverLine(try verdict.Try) string {
	parts := []string{try.Address.String(), fmt.Sprintf("port %d", try.Port)}
	if try.Host != "" && try.Host != try.Address.String() {
		parts = append([]string{try.Host}, parts...)
	}
	switch {
	case !connected(try):
		parts = append(parts, "not reached")
	case try.TLS == nil:
		parts = append(parts, "not encrypted")
	case try.TLS.Trusted:
		parts = append(parts, try.TLS.Version)
	default:
		parts = append(parts, try.TLS.Version+", certificate not trusted: "+try.TLS.Reason)
	}
	return strings.Join(parts, ", ")
}
