package verdict

// Purposes of tries that a sending server would not have made.
const (
	Matrix       = "matrix"       // tried to see the whole route
	Differential = "differential" // tried to see whose fault a silence is
)

// Control is the stage at which a made-up name was asked about.
const Control StageName = "control"

// settledAsked reports whether every recipient was answered and that was all
// that was wanted: a line that breaks after it changes nothing.
func (f Facts) settledAsked() bool {
	for _, recipient := range f.Recipients {
		if recipient.Answer == Unknown {
			return false
		}
	}
	return f.Asked && len(f.Recipients) > 0
}

// ofAsked is the verdict on recipients none of whom was refused, when nothing
// was to be sent. A made-up name that is taken too makes their yes worthless; one
// that is refused gives it weight.
func ofAsked(try *Try, recipients []Recipient) finding {
	control, asked := stageOf(try, Control)
	weight := ""
	if asked && control.Code/100 == 5 {
		weight = ":made-up-refused"
	}
	switch {
	case asked && control.OK:
		return finding{code: "accepts-everything", exit: ExitCannotTell}
	case len(recipients) == 1 && recipients[0].Answer == Accepted:
		return finding{code: "accepted", words: "asked:accepted" + weight}
	}
	for _, recipient := range recipients {
		if recipient.Answer != Accepted {
			return finding{code: "cannot-tell", exit: ExitCannotTell}
		}
	}
	return finding{code: "accepted", words: "asked:all-accepted" + weight}
}
