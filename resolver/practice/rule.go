package practice

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/miekg/dns"
)

// Rule is how the server misbehaves for one name. The zero value answers
// properly. What is set is done together, as far as that makes sense.
type Rule struct {
	Types     []uint16      // only questions for these types; empty is all
	Rcode     int           // answered in place of records: dns.RcodeServerFailure
	Extra     uint16        // code of an extended error (RFC 8914) that goes with the answer
	ExtraText string        // its words; "" sends none unless Extra is set
	Silent    bool          // never answers
	Delay     time.Duration // waits before it answers
	Truncate  bool          // says over UDP that the answer does not fit
	CutTCP    bool          // closes TCP connections without an answer
	WrongID   bool          // sends an answer with another ID before the right one
	WrongName bool          // sends an answer to another question before the right one
	OnlyWrong bool          // with WrongID or WrongName: the right one never comes
	Bare      bool          // gives only the alias, without what it leads to
	Referral  bool          // points to other servers in place of an answer
	NoEDNS    bool          // FORMERR to a question with EDNS, as old servers do
	Unrelated bool          // answers with records of another name
	Bogus     bool          // SERVFAIL, unless the asker wants no signatures checked (CD)
}

// ParseRule reads a rule from its words, as a zone file has them after the
// name:
//
//	for MX,A       only questions for these types
//	rcode SERVFAIL      extra 6 "text to the end of the line"
//	delay 250ms
//	silent truncate cut-tcp wrong-id wrong-name only-wrong bare referral no-edns unrelated bogus
func ParseRule(words []string) (Rule, error) {
	var rule Rule
	for len(words) > 0 {
		word := words[0]
		words = words[1:]
		if flag := rule.flag(word); flag != nil {
			*flag = true
			continue
		}
		if len(words) == 0 {
			return rule, fmt.Errorf("%q is not known, or lacks its value", word)
		}
		if word == "extra" {
			return rule, rule.extra(words)
		}
		if err := rule.value(word, words[0]); err != nil {
			return rule, err
		}
		words = words[1:]
	}
	return rule, nil
}

// flag returns the field that a word alone sets, else nil.
func (r *Rule) flag(word string) *bool {
	switch word {
	case "silent":
		return &r.Silent
	case "truncate":
		return &r.Truncate
	case "cut-tcp":
		return &r.CutTCP
	case "wrong-id":
		return &r.WrongID
	case "wrong-name":
		return &r.WrongName
	case "only-wrong":
		return &r.OnlyWrong
	case "bare":
		return &r.Bare
	case "referral":
		return &r.Referral
	case "no-edns":
		return &r.NoEDNS
	case "unrelated":
		return &r.Unrelated
	case "bogus":
		return &r.Bogus
	}
	return nil
}

// value sets a field from a word and its value.
func (r *Rule) value(word, value string) (err error) {
	known := true
	switch word {
	case "rcode":
		r.Rcode, known = dns.StringToRcode[strings.ToUpper(value)]
	case "delay":
		r.Delay, err = time.ParseDuration(value)
	case "for":
		for name := range strings.SplitSeq(value, ",") {
			kind, ok := dns.StringToType[strings.ToUpper(name)]
			known = known && ok
			r.Types = append(r.Types, kind)
		}
	default:
		return fmt.Errorf("%q is not known", word)
	}
	if !known {
		return fmt.Errorf("%s %q is not known", word, value)
	}
	return err
}

// extra sets the extended error: its code and the words to the line's end.
func (r *Rule) extra(words []string) error {
	code, err := strconv.ParseUint(words[0], 10, 16)
	if err != nil {
		return errors.New("extra wants a number, then words")
	}
	r.Extra = uint16(code)
	r.ExtraText = strings.Trim(strings.Join(words[1:], " "), `"`)
	return nil
}

// concerns reports whether the rule is about questions of this type.
func (r *Rule) concerns(kind uint16) bool {
	for _, one := range r.Types {
		if one == kind {
			return true
		}
	}
	return len(r.Types) == 0
}
