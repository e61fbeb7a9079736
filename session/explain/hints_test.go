package explain

import (
	"encoding/json"
	"flag"
	"os"
	"regexp/syntax"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write the hints of patterns into the data")

// TestHints derives the hints of every pattern from its syntax tree and holds
// them against the data, so that a hint can never hide a match.
func TestHints(t *testing.T) {
	for _, file := range []string{"replies.json", "banners.json"} {
		name := "words/en/" + file
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(string(text), "\n")
		for i, line := range lines {
			if strings.HasPrefix(line, "  {") {
				lines[i] = hinted(t, line)
			}
		}
		want := strings.Join(lines, "\n")
		if *update {
			if err := os.WriteFile(name, []byte(want), 0o644); err != nil {
				t.Fatal(err)
			}
		} else if want != string(text) {
			t.Errorf("%s: hints do not fit the patterns; run go test -run TestHints -update", file)
		}
	}
}

// hinted returns the line of an entry with the hints of its pattern.
func hinted(t *testing.T, line string) string {
	t.Helper()
	body := strings.TrimSuffix(line, ",")
	var entry struct{ Regex string }
	if err := json.Unmarshal([]byte(body), &entry); err != nil {
		t.Fatal(err)
	}
	tree, err := syntax.Parse(entry.Regex, syntax.Perl)
	if err != nil {
		t.Fatal(err)
	}
	if !anchored(tree) {
		t.Fatalf("%s does not begin at the beginning", entry.Regex)
	}
	starts, _ := heads(tree)
	hints, err := json.Marshal(struct {
		Starts []string `json:"starts"`
		Holds  []string `json:"holds"`
	}{lowered(starts), lowered(needed(tree))})
	if err != nil {
		t.Fatal(err)
	}
	plain, _, _ := strings.Cut(strings.TrimSuffix(body, "}"), `, "starts":`)
	return plain + ", " + string(hints[1:]) + line[len(body):]
}

// anchored reports whether every match begins at the beginning of the text.
func anchored(re *syntax.Regexp) bool {
	switch re.Op {
	case syntax.OpBeginText:
		return true
	case syntax.OpConcat, syntax.OpCapture:
		return anchored(re.Sub[0])
	case syntax.OpAlternate:
		return !slices.ContainsFunc(re.Sub, func(sub *syntax.Regexp) bool { return !anchored(sub) })
	}
	return false
}

func lowered(words []string) []string {
	out := make([]string, 0, len(words))
	for _, word := range words {
		out = append(out, strings.ToLower(word))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

const maxHeads = 12

// heads returns all beginnings that a match can have, and whether each of them
// is the whole of what the tree matches.
func heads(re *syntax.Regexp) (list []string, whole bool) {
	switch re.Op {
	case syntax.OpBeginText, syntax.OpEmptyMatch:
		return []string{""}, true
	case syntax.OpLiteral:
		return []string{string(re.Rune)}, true
	case syntax.OpCapture:
		return heads(re.Sub[0])
	case syntax.OpCharClass:
		return classHeads(re.Rune)
	case syntax.OpConcat:
		list, whole = []string{""}, true
		for _, sub := range re.Sub {
			more, all := heads(sub)
			if len(list)*len(more) > maxHeads {
				return list, false
			}
			list, whole = joined(list, more), all
			if !all {
				break
			}
		}
		return list, whole
	case syntax.OpAlternate:
		whole = true
		for _, sub := range re.Sub {
			more, all := heads(sub)
			list, whole = append(list, more...), whole && all
		}
		return list, whole
	}
	return []string{""}, false
}

func classHeads(ranges []rune) (list []string, whole bool) {
	for i := 0; i < len(ranges); i += 2 {
		if ranges[i+1]-ranges[i] > 4 || len(list) > 4 {
			return []string{""}, false
		}
		for r := ranges[i]; r <= ranges[i+1]; r++ {
			list = append(list, string(r))
		}
	}
	return list, true
}

func joined(left, right []string) (list []string) {
	for _, l := range left {
		for _, r := range right {
			list = append(list, l+r)
		}
	}
	return list
}

// needed returns texts one of which stands in every match; nil when none must.
func needed(re *syntax.Regexp) []string {
	switch re.Op {
	case syntax.OpLiteral:
		return []string{string(re.Rune)}
	case syntax.OpCapture, syntax.OpPlus:
		return needed(re.Sub[0])
	case syntax.OpConcat:
		var best []string
		for _, sub := range re.Sub {
			if found := needed(sub); weight(found) > weight(best) {
				best = found
			}
		}
		return best
	case syntax.OpAlternate:
		var all []string
		for _, sub := range re.Sub {
			found := needed(sub)
			if found == nil {
				return nil
			}
			all = append(all, found...)
		}
		return all
	}
	return nil
}

// weight is the length of the shortest text: the longer, the rarer.
func weight(texts []string) int {
	if len(texts) == 0 {
		return 0
	}
	least := len(texts[0])
	for _, text := range texts {
		least = min(least, len(text))
	}
	return least
}

// TestHintsSpare counts how many patterns the example replies have compiled: a
// reply should need its own and hardly another.
func TestHintsSpare(t *testing.T) {
	tried, wordings := 0, replies().Wordings
	for i := range wordings {
		text := exampleOf(t, "replies.json", i)
		lower := strings.ToLower(text)
		for j := 0; j <= i; j++ {
			if wordings[j].mayMatch(lower) {
				tried++
			}
		}
	}
	if tried > 2*len(wordings) {
		t.Errorf("%d patterns tried for %d replies, want no more than two each", tried, len(wordings))
	}
	t.Logf("%d patterns tried for %d replies", tried, len(wordings))
}
