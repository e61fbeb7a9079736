package explain

import (
	"strings"

	"ehlo/session"
)

// forms are what is wrong with the form of a line, in words. Of one that was cut
// the count tells, and of one without end the note that it is.
var forms = [...]struct {
	flaw session.Flaw
	says string
}{
	{session.FlawNoCode, "It begins with no code, so it answers nothing."},
	{session.FlawCodeRange, "There is no such code: one begins with 2, 3, 4 or 5."},
	{session.FlawMixedCodes, "Its code is not that of the line before, so nobody can tell what the answer means."},
	{session.FlawNUL, "It holds a NUL byte, which no answer may."},
	{session.FlawBareCR, "It holds a CR that ends no line."},
	{session.FlawBareLF, "It ends in LF alone, where CR LF belongs."},
}

// Form says what is wrong with the form of a line of the server (RFC 5321
// sections 2.3.8 and 4.2), "" where nothing is.
func Form(flaws session.Flaw) string {
	var says []string
	for _, form := range forms {
		if flaws&form.flaw != 0 {
			says = append(says, form.says)
		}
	}
	return strings.Join(says, " ")
}
