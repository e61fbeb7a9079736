package welcome

// example is something that may be typed at the start.
type example struct{ typed, means string }

// The words of the page.
const (
	sayTyped   = "You can type"
	sayNumbers = "or a number and Enter, if a ticket brought you here"
)

var examples = [...]example{
	{"jcatalaa@catium.com", "an address: where does its mail go, who answers?"},
	{"catium.com", "a domain: the same, without a person"},
	{"mx1.example.com:25", "a server: talk to it at once"},
	{"practice", "built-in servers: try anything, harm nothing"},
}
