package ui

import (
	"testing"
	"time"
)

// TestLevels: one key says less beside the lines, and then all again.
func TestLevels(t *testing.T) {
	const asks, answers = "Who I am. What can you do?", "It greets us back by its own name."
	c := &calls{scripts: []map[string]string{kind()}}
	replays(t, c, func(d *drive) {
		d.types("EHLO pc17.example.org")
		d.wait(time.Second)
		d.shows(asks, answers)
		for range 2 {
			d.press("f12")
			d.shows("Brief: ", answers)
			d.hides(asks)
			d.press("alt+e")
			d.shows("Raw: ", "250-mx1.example.com")
			d.hides(asks, answers)
			d.press("f12")
			d.shows("Explain: ", asks, answers)
		}
		d.types("/level raw")
		d.hides(asks, answers)
		d.types("/level explain")
		d.shows(asks, answers)
		d.types("/level")
		d.shows("Brief: ")
	})
}
