package explain

// Lesson is what is worth knowing of one command before it is sent.
type Lesson struct {
	Verb    string   // "RCPT"
	Does    string   // what it does, for a list of commands: "Name a recipient"
	Form    string   // "RCPT TO:<address>"
	Write   string   // an example: "RCPT TO:<jcatalaa@catium.com>"
	Hint    string   // what goes wrong in writing it
	Step    string   // where it stands: "step 6 of 8, after FROM"
	Asks    string   `json:"more"` // the question it asks, in full
	Answers []Answer // good ones first
	Next    []string // the verbs that usually come next
}

// Answer is one kind of answer to a command.
type Answer struct {
	Class string // as session.Class says it: "yes", "go on", "not now", "no", "unclear"
	Codes string // "550 5.1.1"
	Text  string
}

// LessonOf returns the lesson of a verb, in upper case, and whether there is one.
func LessonOf(verb string) (Lesson, bool) {
	for _, c := range commands().Commands {
		if c.Verb == verb {
			return c.Lesson, true
		}
	}
	return Lesson{}, false
}

// Lessons returns every lesson, in the order in which a conversation goes.
func Lessons() []Lesson {
	lessons := make([]Lesson, 0, len(commands().Commands))
	for _, c := range commands().Commands {
		lessons = append(lessons, c.Lesson)
	}
	return lessons
}
