package explain

import (
	"slices"
	"strings"
)

// Entry is a page of the reference: one command, or one extension of EHLO.
type Entry struct {
	Name      string   // "RCPT", "SIZE"
	Extension bool     // a keyword of EHLO, else a command
	Does      string   // one sentence, for a list
	Syntax    []string // each way to write it
	When      string   // when it is allowed
	Text      string   // what it is for, in a few sentences
	Answers   []Answer // the answers to expect, good ones first
	Example   []string // lines of a talk: "C: ..." ours, "S: ..." the server's
	RFC       string   // where it is laid down: "RFC 5321 section 4.1.1.3"
	Next      []string // the verbs that usually come next
}

// reference is what commands.json and keywords.json do not tell.
var reference = data[struct {
	Verbs map[string]struct {
		RFC, When, Text string
		Syntax, Example []string
	}
	Extensions []struct {
		Keyword, RFC, When, Text string
		Syntax, Example          []string
		Answers                  []Answer
	}
}]("reference.json")

// CommandEntry returns the page of a verb, in upper case, and whether there is
// one.
func CommandEntry(verb string) (Entry, bool) {
	lesson, ok := LessonOf(verb)
	if !ok {
		return Entry{}, false
	}
	more := reference().Verbs[verb]
	return Entry{
		Name: verb, Does: lesson.Does, Syntax: more.Syntax, When: more.When, Text: more.Text,
		Answers: lesson.Answers, Example: more.Example, RFC: more.RFC, Next: lesson.Next,
	}, true
}

// ExtensionEntry returns the page of a keyword, as Offer.Name has it, and
// whether there is one. A keyword that is known but stands in no registry has a
// short page.
func ExtensionEntry(keyword string) (Entry, bool) {
	for _, k := range keywords().Known {
		if k.Keyword != keyword {
			continue
		}
		entry := Entry{Name: keyword, Extension: true, Does: Keyword(keyword).Say, Text: k.Plain, RFC: k.Ref, When: features().Listed}
		for _, more := range reference().Extensions {
			if more.Keyword == keyword {
				entry.Syntax, entry.When, entry.Text = more.Syntax, more.When, more.Text
				entry.Answers, entry.Example, entry.RFC = more.Answers, more.Example, more.RFC
			}
		}
		if entry.Text == k.Plain {
			entry.Text = Keyword(keyword).Say
		}
		return entry, true
	}
	return Entry{}, false
}

// Reference returns every page: the commands in the order in which a talk goes,
// then the extensions.
func Reference() []Entry {
	entries := make([]Entry, 0, len(commands().Commands)+len(keywords().Known))
	for _, lesson := range Lessons() {
		entry, _ := CommandEntry(lesson.Verb)
		entries = append(entries, entry)
	}
	for _, k := range keywords().Known {
		entry, _ := ExtensionEntry(k.Keyword)
		entries = append(entries, entry)
	}
	return entries
}

// Find returns the pages that a text fits, the best first: a name that is it,
// one that begins with it, one that holds it, then words, codes and numbers of
// RFCs anywhere in the page. An empty text fits all, in their order.
func Find(text string) []Entry {
	wanted := strings.Fields(strings.ToLower(text))
	type ranked struct {
		Entry
		rank int
	}
	var found []ranked
	for _, entry := range Reference() {
		rank := 0
		for _, word := range wanted {
			rank = max(rank, entry.rank(word))
		}
		if rank <= inPage {
			found = append(found, ranked{entry, rank})
		}
	}
	slices.SortStableFunc(found, func(a, b ranked) int { return a.rank - b.rank })
	entries := make([]Entry, len(found))
	for i, one := range found {
		entries[i] = one.Entry
	}
	return entries
}

// How well a word fits a page; nowhere is not at all.
const (
	isName = iota
	beginsName
	inName
	inDoes
	inPage
	nowhere
)

func (e Entry) rank(word string) int {
	name := strings.ToLower(e.Name)
	switch {
	case name == word:
		return isName
	case strings.HasPrefix(name, word):
		return beginsName
	case strings.Contains(name, word):
		return inName
	case strings.Contains(strings.ToLower(e.Does), word):
		return inDoes
	case e.holds(word):
		return inPage
	}
	return nowhere
}

// holds reports whether a word stands anywhere in the page.
func (e Entry) holds(word string) bool {
	texts := slices.Concat(e.Syntax, e.Example, []string{e.When, e.Text, e.RFC})
	for _, answer := range e.Answers {
		texts = append(texts, answer.Codes, answer.Text)
	}
	return slices.ContainsFunc(texts, func(text string) bool { return strings.Contains(strings.ToLower(text), word) })
}
