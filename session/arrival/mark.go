package arrival

import (
	"slices"
	"strings"
)

// Mark is what a filter wrote into a header.
type Mark struct {
	Field string
	Value string
	Spam  bool // it takes the message for spam
}

// marks reads the fields of filters: which they are, and what they mean, is
// data.
func marks(all fields) (list []Mark) {
	for _, f := range all {
		rule := slices.IndexFunc(words().Filters, func(r filterRule) bool { return strings.EqualFold(r.Field, f.name) })
		if rule < 0 || len(list) == maxMarks {
			continue
		}
		list = append(list, Mark{Field: words().Filters[rule].Field, Value: f.value, Spam: words().Filters[rule].says(f.value)})
	}
	return list
}

// filterRule is one field of filters.
type filterRule struct {
	Field string   `json:"field"`
	Spam  []string `json:"spam"` // values, or parts of values where they begin with "*", that mean spam; "+" is anything
}

func (r filterRule) says(value string) bool {
	value = strings.ToLower(value)
	return slices.ContainsFunc(r.Spam, func(spam string) bool {
		if part, ok := strings.CutPrefix(spam, "*"); ok {
			return strings.Contains(value, part)
		}
		return spam == "+" || value == spam || strings.HasPrefix(value, spam+",") || strings.HasPrefix(value, spam+" ") || strings.HasPrefix(value, spam+";")
	})
}
