package explain

import "strconv"

// nobody is the key of "nobody has to act".
const nobody = "nobody"

// codes is what the standards and habit say of the numbers.
var codes = data[struct {
	Replies []struct {
		Code    int
		Meaning string
		Who     string
		Next    string `json:"next_step"`
	} `json:"reply_codes"`
	Enhanced []struct {
		Code    string // "X.1.1"
		Meaning string
		Who     string
		Next    string `json:"next_step"`
	} `json:"enhanced_codes"`
}]("codes.json")

// general explains the reply by its numbers alone.
func (h heard) general() Meaning {
	if meaning, ok := h.byEnhanced(); ok {
		return meaning
	}
	for _, c := range codes().Replies {
		if h.code == strconv.Itoa(c.Code) {
			return Meaning{Text: c.Meaning, Who: c.Who, Next: c.Next, Source: ByCode}
		}
	}
	digit := h.code
	if digit != "data" {
		digit = digit[:1]
	}
	return stages().Digits[digit].meaning(ByDigit)
}

// byEnhanced looks the enhanced code up. Most of them speak of a refusal and
// mean nothing in a yes, and the few that speak of a yes nothing in a refusal.
func (h heard) byEnhanced() (Meaning, bool) {
	if h.enhanced == "" || h.enhanced[1:] == ".0.0" {
		return Meaning{}, false
	}
	for _, c := range codes().Enhanced {
		if c.Code[1:] == h.enhanced[1:] && (c.Who == nobody) == (h.code[0] == '2') {
			return Meaning{Text: c.Meaning, Who: c.Who, Next: c.Next, Source: ByEnhanced}, true
		}
	}
	return Meaning{}, false
}
