package explain

import (
	"strconv"
	"strings"
)

// Offer is one line of what a server offers after EHLO.
type Offer struct {
	Name  string // the keyword as registered: "SIZE"; as the server writes it when unknown
	Say   string // one sentence; never empty
	Short string // two or three words for a narrow list: "accented letters"
	Note  string // more, for a lesson; mostly ""
	Tone  string // good, info, warn or bad
	Known bool
}

var keywords = data[struct {
	Known []struct {
		Keyword, Plain, Note, Tone, Ref string
	} `json:"ehlo_keywords"`
}]("keywords.json")

var features = data[struct {
	Unlimited, Tiny, Unknown string
	Listed                   string            // when an extension may be used of which no more is known
	NoMethods                string            `json:"no_methods"`
	NoLimits                 string            `json:"no_limits"`
	Adds                     string            // what follows a keyword that has no words for it
	Params                   map[string]string // by keyword: what follows it, in place of {params}
	Methods                  map[string]string // by way to sign in: what it is
	Only                     []struct {        // the ways to sign in when there are none but these
		Methods []string
		Say     string
	}
	Missing  map[string]string
	Changes  map[string]string // between the lists before and after TLS
	Shorts   map[string]string
	NoShorts map[string]string `json:"no_shorts"`
	Limits   map[string]string
	Same     map[string]string
}]("features.json")

// Keyword explains a line of the answer to EHLO, without its code: "SIZE
// 31981568" (RFC 5321 section 4.1.1.1).
func Keyword(text string) Offer {
	name, params := keywordOf(text)
	for _, k := range keywords().Known {
		if k.Keyword != name {
			continue
		}
		offer := Offer{Name: name, Say: fill(name, k.Plain, params), Note: k.Note, Tone: k.Tone, Known: true}
		offer.Short = short(name, params)
		return offer
	}
	return Offer{Name: quoted(name), Say: features().Unknown, Short: features().Shorts[""], Tone: "info"}
}

// keywordOf finds the name in the data for a line, and what follows it.
func keywordOf(text string) (name string, params []string) {
	fields := strings.Fields(text)
	if len(fields) == 0 {
		return "", nil
	}
	name, params = upper(fields[0]), fields[1:]
	if same, ok := features().Same[name]; ok {
		name = same
	}
	before, after, pairs := strings.Cut(name, "=")
	switch {
	case crossedOut(name):
		return features().Same["*"], params
	case pairs && before == "AUTH":
		return "AUTH=", append([]string{after}, params...)
	case pairs && before == "X-EXPS":
		return "X-EXPS=LOGIN", params
	}
	return name, params
}

// crossedOut reports whether a firewall has written over a name; some leave
// the last letter another one: XXXXXXXA.
func crossedOut(name string) bool {
	rest := strings.TrimLeft(name, "X*")
	over := len(name) - len(rest)
	return over > 1 && rest == "" || over > 3 && len(rest) == 1
}

// upper raises ASCII letters alone: keywords are ASCII, and bytes that are not
// UTF-8 must come through as they are.
func upper(text string) string {
	raised := []byte(text)
	for i, c := range raised {
		if c >= 'a' && c <= 'z' {
			raised[i] = c - 'a' + 'A'
		}
	}
	return string(raised)
}

// fill puts the parameters of an offer into its sentence.
func fill(name, plain string, params []string) string {
	switch {
	case name == "SIZE":
		return sizeWords(plain, params)
	case strings.Contains(plain, "{methods}"):
		return methodWords(plain, params)
	case strings.Contains(plain, "{limits}"):
		return strings.ReplaceAll(plain, "{limits}", limits(params))
	}
	return plain + paramWords(name, params)
}

// sizeWords says how large a message may be (RFC 1870 section 3).
func sizeWords(plain string, params []string) string {
	size := sizeOf(params)
	switch {
	case size <= 0:
		return features().Unlimited
	case Attachment(size) < 1000:
		return strings.ReplaceAll(features().Tiny, "{size}", Size(size))
	}
	return fillSize(plain, size)
}

func fillSize(plain string, size int64) string {
	return strings.NewReplacer("{size}", Size(size), "{attach}", Size(Attachment(size))).Replace(plain)
}

func sizeOf(params []string) int64 {
	if len(params) == 0 {
		return 0
	}
	size, err := strconv.ParseInt(params[0], 10, 64)
	if err != nil {
		return 0
	}
	return size
}

// limits words the parameters of LIMITS (RFC 9422 section 4).
func limits(params []string) string {
	says := make([]string, 0, len(params))
	for _, param := range params {
		name, value, _ := strings.Cut(upper(param), "=")
		if say, ok := features().Limits[name]; ok && value != "" {
			says = append(says, strings.ReplaceAll(say, "{n}", quoted(value)))
		} else {
			says = append(says, quoted(param))
		}
	}
	if len(says) == 0 {
		return features().NoLimits
	}
	return strings.Join(says[:min(len(says), 8)], ", ")
}

func short(name string, params []string) string {
	say, ok := features().Shorts[name]
	switch {
	case name == "SIZE" && sizeOf(params) <= 0:
		return features().NoShorts[name]
	case name == "SIZE":
		return fillSize(say, sizeOf(params))
	case !ok:
		return features().Shorts[""]
	}
	return say
}

// Missing is the sentence beneath a list of extensions that lacks one which
// people ask for, "" when nothing is missing: "Not in the list: STARTTLS
// (encryption).". The keywords may have their parameters with them. Once the
// line is encrypted STARTTLS is not offered any more, so ask only before.
func Missing(keywords []string) string {
	for _, keyword := range keywords {
		if name, _ := keywordOf(keyword); name == "STARTTLS" {
			return ""
		}
	}
	return features().Missing["STARTTLS"]
}

// MissingShort says in two or three words what the lack of a keyword means:
// "no encryption".
func MissingShort(keyword string) string {
	if say, ok := features().NoShorts[keyword]; ok {
		return say
	}
	return features().NoShorts[""]
}
