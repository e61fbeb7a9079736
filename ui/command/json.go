package command

import (
	"encoding/json"
	"io"

	"ehlo/session/verdict"
)

// encode writes one target as one line of JSON, angle brackets as they are.
func encode(out io.Writer, facts verdict.Facts) error {
	encoder := json.NewEncoder(out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(facts)
}
