package explain

var who = data[struct {
	Words map[string]string `json:"who_words"`
	Short map[string]string `json:"who_short"`
}]("who.json")

// Who says in full who acts: "Our mail team (the side that sends)" for
// "sender_admin". A key it does not know gives "".
func Who(key string) string { return who().Words[key] }

// WhoShort says who acts as a sentence for the screen: "Our mail team.". A key
// it does not know gives "".
func WhoShort(key string) string { return who().Short[key] }
