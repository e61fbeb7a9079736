package verdict

import "strings"

// fill holds the {names} of a sentence and their values in turns. It does what
// a strings.Replacer does, which first builds tables: too much for a sentence
// or two.
type fill []string

// Replace puts the values in the place of their names. What a value holds is
// not looked at again.
func (f fill) Replace(text string) string {
	open := strings.IndexByte(text, '{')
	if open < 0 {
		return text
	}
	var filled strings.Builder
	for ; open >= 0; open = strings.IndexByte(text, '{') {
		filled.WriteString(text[:open])
		name, value := f.at(text[open:])
		filled.WriteString(value)
		text = text[open+len(name):]
	}
	filled.WriteString(text)
	return filled.String()
}

// at returns the name that text begins with, and its value; a brace that begins
// none stands for itself.
func (f fill) at(text string) (name, value string) {
	for i := 0; i < len(f); i += 2 {
		if strings.HasPrefix(text, f[i]) {
			return f[i], f[i+1]
		}
	}
	return text[:1], text[:1]
}
