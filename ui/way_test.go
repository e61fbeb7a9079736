package ui

import (
	"testing"

	tea "github.com/charmbracelet/bubbletea"

	dnspractice "ehlo/resolver/practice"
)

// An address literal is called without a question; a name in another script is
// shown in both of its forms; servers of one number share the work.
func TestRoutesOnScreen(t *testing.T) {
	const zone = `;! authenticated yes
xn--bcher-kva.example. MX 10 a.example.
xn--bcher-kva.example. MX 10 b.example.
a.example. A 192.0.2.1
b.example. CNAME a.example.
`
	for target, texts := range map[string][]string{
		"anna@[192.0.2.1]":        {"192.0.2.1", "/connect 192.0.2.1"},
		"anna@[IPv6:2001:db8::1]": {"2001:db8::1", "/connect 2001:db8::1"},
		"anna@Bücher.example": {
			"bücher.example is xn--bcher-kva.example in DNS", "or ", "share the work", "says it is signed",
			"Checked on the way", "1 of 2 is odd", "/connect 192.0.2.1",
		},
	} {
		t.Run(target, func(t *testing.T) {
			parsed, err := dnspractice.ParseZone("test", zone)
			if err != nil {
				t.Fatal(err)
			}
			n := &network{zone: parsed}
			drives(t, target, n, func(d *drive) {
				d.take(tea.WindowSizeMsg{Width: 120, Height: 50})
				d.shows(texts...)
				if asked := n.asked.Load() > 0; asked != (len(texts) > 2) {
					t.Errorf("asked: %v", asked)
				}
			})
		})
	}
}
