package verdict

import (
	"strings"
	"testing"
)

// A fill does what a strings.Replacer does.
func TestFill(t *testing.T) {
	values := []string{"{host}", "mx.example", "{port}", "25", "{text}", "{host} {", "{no}", ""}
	for _, text := range []string{
		"", "plain", "{host}", "{host}{port}", "At {host} on port {port}.", "{text} and {text}",
		"{unknown} {", "{{host}}", "}{no}{", "{ho", "ends in {",
	} {
		want := strings.NewReplacer(values...).Replace(text)
		if got := fill(values).Replace(text); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
