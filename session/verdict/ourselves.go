package verdict

import "net/netip"

// Ourselves is where a test was made from, as far as a server can see it. What
// it holds are hints: each server makes its own of them.
type Ourselves struct {
	Address  netip.Addr `json:"address"`
	Told     bool       `json:"told"`    // the server said so; else it is our end of the connection
	Private  bool       `json:"private"` // of no meaning outside: the world sees another one, and DNS was not asked
	Names    []OurName  `json:"names"`   // of the address in DNS (PTR)
	Hello    string     `json:"hello"`   // the name we gave after EHLO
	HelloFit bool       `json:"hello_fits"`
	Notes    []Note     `json:"notes"` // private, reverse ..., hello-fits, hello-differs
}

// OurName is a name of our address.
type OurName struct {
	Name      string `json:"name"`
	Confirmed bool   `json:"confirmed"` // it leads back to the address
}

// UsOf returns how the server that decides met us; where it was not reached,
// how the first did that was.
func UsOf(facts Facts) Us {
	if try := Deciding(facts.Tries); try != nil && try.Us.Local.IsValid() {
		return try.Us
	}
	for _, try := range facts.Tries {
		if try.Us.Local.IsValid() {
			return try.Us
		}
	}
	return Us{}
}
