package ui

import (
	"fmt"
	"testing"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/ui/golden"
)

// TestWholeScreens holds whole frames at the three sizes of the design: the
// route, and the talk after RCPT with DATA half typed. The clock is that of the
// bubble.
func TestWholeScreens(t *testing.T) {
	for name, come := range map[string]func(*drive){
		"route": func(*drive) {},
		"talk": func(d *drive) {
			d.types("", "EHLO pc17.example.org", "MAIL FROM:<>", "RCPT TO:<jcatalaa@catium.com>")
			d.letters("DATA")
			d.wait(71 * time.Second)
		},
	} {
		for _, size := range []tea.WindowSizeMsg{{Width: 80, Height: 24}, {Width: 120, Height: 40}, {Width: 40, Height: 10}} {
			drives(t, "jcatalaa@catium.com", &network{scenario: "howto"}, func(d *drive) {
				d.take(size)
				come(d)
				golden.Text(t, fmt.Sprintf("%s-%dx%d", name, size.Width, size.Height), d.screen())
			})
		}
	}
}
