package smtp

import "strings"

// JudgeTyped is Judge for a line that is still being typed: what the next
// letters may yet put right is passed over.
func (s State) JudgeTyped(line string) (doubts []Doubt) {
	for _, doubt := range s.Judge(line) {
		if !s.early(doubt, line) {
			doubts = append(doubts, doubt)
		}
	}
	return doubts
}

// early reports whether it is too early for a doubt.
func (s State) early(doubt Doubt, line string) bool {
	verb, arg := split(line)
	open := !strings.HasSuffix(line, " ") // the last word may grow
	switch doubt.Kind {
	case DoubtNoName:
		return true
	case DoubtUnknown:
		return open && arg == "" && begins(verb)
	case DoubtNoVerb:
		return strings.TrimLeft(line, " \t") == ""
	case DoubtNoBrackets:
		as := spell(verb, arg)
		return as.path == "" || open && strings.HasPrefix(pathWord(verb), strings.ToUpper(arg)) || strings.Contains(arg, "<")
	case DoubtNotOffered:
		return open && arg != "" && !strings.Contains(arg[strings.LastIndexAny(arg, " \t")+1:], "=") && len(s.ParamsFor(line)) > 0
	case DoubtNoHeader:
		return !strings.ContainsAny(line, ": \t")
	}
	return false
}

// begins reports whether some verb begins so.
func begins(word string) bool {
	for _, verb := range verbs {
		if strings.HasPrefix(verb, word) {
			return true
		}
	}
	return false
}
