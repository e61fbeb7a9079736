package arrival

import (
	"cmp"
	"slices"
	"strings"

	"github.com/emersion/go-msgauth/authres"
)

// Check is what the receiver found out about who sent a message.
type Check struct {
	Method string // "spf", "dkim", "dmarc", "arc"; others as written
	Result string // "pass", "fail", "softfail", "none" ... (RFC 8601 section 2.7)
	Domain string // whose record or signature it was; "" when it is not told
	By     string // who says so
}

// checks reads the Authentication-Results of the receiver (RFC 8601). Anybody
// can write such a field into a message: only those on top of it count, that
// name the same server as the topmost one does (section 5).
func checks(all fields) (list []Check) {
	by := ""
	for _, f := range all[:trace(all)] {
		if !strings.EqualFold(f.name, "Authentication-Results") {
			continue
		}
		who, results, _ := authres.Parse(uncommented(f.value)) // what it could read counts
		if by == "" {
			by = who
		}
		if who != by {
			continue
		}
		for _, result := range results {
			if check, ok := checkOf(result); ok && len(list) < maxChecks {
				check.By = who
				list = append(list, check)
			}
		}
	}
	return append(list, receivedSPF(all, list)...)
}

// trace is how many fields stand on top of what the author wrote: those that
// servers added.
func trace(all fields) int {
	at := slices.IndexFunc(all, func(f field) bool {
		return slices.Contains([]string{"from", "to", "date", "subject", "message-id"}, strings.ToLower(f.name))
	})
	if at < 0 {
		return len(all)
	}
	return at
}

func checkOf(result authres.Result) (check Check, ok bool) {
	switch r := result.(type) {
	case *authres.SPFResult:
		check = Check{"spf", string(r.Value), domainOf(cmp.Or(r.From, r.Helo)), ""}
	case *authres.DKIMResult:
		check = Check{"dkim", string(r.Value), domainOf(cmp.Or(r.Domain, r.Identifier)), ""}
	case *authres.DMARCResult:
		check = Check{"dmarc", string(r.Value), domainOf(r.From), ""}
	case *authres.ARCResult:
		check = Check{"arc", string(r.Value), "", ""}
	default:
		return Check{}, false
	}
	if check.Result == authres.ResultHardFail { // of RFC 5451, before RFC 7601
		check.Result = authres.ResultFail
	}
	return check, true
}

func domainOf(text string) string { return text[strings.LastIndexByte(text, '@')+1:] }

// receivedSPF reads the older form of an SPF result, where the newer has none
// (RFC 7208 section 9.1).
func receivedSPF(all fields, known []Check) []Check {
	value := all[:trace(all)].get("Received-SPF")
	words := strings.Fields(uncommented(value))
	if len(words) == 0 || slices.ContainsFunc(known, func(c Check) bool { return c.Method == "spf" }) {
		return nil
	}
	check := Check{Method: "spf", Result: strings.ToLower(words[0])}
	for _, word := range words[1:] {
		key, text, _ := strings.Cut(strings.TrimSuffix(word, ";"), "=")
		switch strings.ToLower(key) {
		case "envelope-from":
			check.Domain = domainOf(strings.Trim(text, "<>"))
		case "receiver":
			check.By = text
		}
	}
	return []Check{check}
}
