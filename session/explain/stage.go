package explain

import (
	"cmp"
	"encoding/base64"
	"slices"
	"strings"
)

// saying is one sentence with the answers it is meant for.
type saying struct {
	Code     string // blank-separated beginnings of codes: "450 451", "5"
	Enhanced string // beginnings with X for the class: "X.1 X.7.1"; "-" none given; "" any
	Arg      string // what the argument of the command must hold, "" anything
	Bare     bool   // only for a command without an argument
	Text     string
	Who      string // "" is nobody
	Kind     string // of what stands in for a wording
	Next     string
}

var stages = data[struct {
	Same       map[string]string   // verbs whose answers mean the same as another's
	Kinds      map[string]string   // the stages a kind of refusal can be about; others fit all
	Vague      map[string]string   // the kinds of which a stage knows more than a wording of any server
	Instead    map[string]saying   // what a kind means where it cannot be meant
	Stages     map[string][]saying // by stage, the first that fits
	Challenges map[string]saying   // what a 334 asks for
	Digits     map[string]saying   // the last resort, by first digit
	TwoCodes   saying              `json:"two_codes"` // of a reply whose lines are of two classes
	Line       struct {
		Hello, Yes, No string
		NotNow         string   `json:"not-now"`
		Voices         []string // beginnings that need no "Yes" or "No" before them
	}
}]("stages.json")

// staged explains the reply by its stage, if the stage has words for it.
func (h heard) staged() (Meaning, bool) {
	if h.stage == "AUTH" && h.code == "334" {
		if asked, ok := stages().Challenges[challenge(h.text)]; ok {
			return asked.meaning(ByStage), true
		}
	}
	for _, s := range stages().Stages[h.stage] {
		if !s.fits(h) {
			continue
		}
		meaning := s.meaning(ByStage)
		if h.stage == "greeting" && h.code == "220" {
			server := Banner(h.reply)
			meaning.Text = server.greets()
			meaning = server.acts(meaning)
		}
		return meaning, true
	}
	return Meaning{}, false
}

// aboutSender reports whether a refusal that speaks of an address can only
// mean ours, because no recipient has been named.
func (h heard) aboutSender(kind string) bool {
	return h.stage == "MAIL" && kind == "address"
}

// vague reports whether the stage knows more than a wording that any server may
// use: a rule that refuses "us or this message" can only mean us at the door.
func (h heard) vague(w *wording) bool {
	return w.Provider == anyProvider && slices.Contains(strings.Fields(stages().Vague[h.stage]), w.Kind)
}

// anyProvider is the provider of wordings that are nobody's own.
const anyProvider = "Any"

// nameless reports whether a hello without a name was refused for its form: no
// wording knows what is wrong with a name that was not given.
func (h heard) nameless() bool {
	return (h.code == "501" || h.code == "504") && h.to.Arg == "" && (h.stage == "EHLO" || h.stage == "HELO")
}

// concerns reports whether a kind of refusal can be what the stage meets.
// "Does not exist" with 5.7.x is about permission: RFC 3463 section 3.8.
func (h heard) concerns(kind string) bool {
	if kind == "address" && len(h.enhanced) > 3 && h.enhanced[1:4] == ".7." {
		return false
	}
	where, bound := stages().Kinds[kind]
	return !bound || h.aboutSender(kind) || slices.Contains(strings.Fields(where), h.stage)
}

func (s saying) meaning(source string) Meaning {
	return Meaning{Text: s.Text, Who: cmp.Or(s.Who, nobody), Next: s.Next, Kind: s.Kind, Source: source}
}

func (s saying) fits(h heard) bool {
	begins := func(code string) bool { return strings.HasPrefix(h.code, code) }
	return slices.ContainsFunc(strings.Fields(s.Code), begins) &&
		(s.Enhanced == "" || slices.ContainsFunc(strings.Fields(s.Enhanced), h.hasEnhanced)) &&
		strings.Contains(strings.ToUpper(h.to.Arg), s.Arg) && (!s.Bare || h.to.Arg == "")
}

// hasEnhanced reports whether the enhanced code is the one asked for ("X.1.1"),
// of the subject asked for ("X.1"), or missing ("-").
func (h heard) hasEnhanced(want string) bool {
	if want == "-" || h.enhanced == "" {
		return want == "-" && h.enhanced == ""
	}
	rest, ok := strings.CutPrefix(h.enhanced[1:], want[1:])
	return ok && (rest == "" || rest[0] == '.')
}

// challenge names what a 334 asks for: "user", "password" (the LOGIN
// mechanism), or "token" (the complaint about one, RFC 7628 section 3.2.2).
func challenge(text string) string {
	_, encoded, _ := strings.Cut(text, " ")
	plain, err := base64.StdEncoding.DecodeString(strings.TrimSpace(encoded))
	asked := strings.ToLower(string(plain))
	switch {
	case err != nil:
		return ""
	case strings.HasPrefix(asked, "{"):
		return "token"
	case strings.Contains(asked, "pass"):
		return "password"
	case strings.Contains(asked, "user"):
		return "user"
	}
	return ""
}
