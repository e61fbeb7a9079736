package route

import (
	"ehlo/session/sanitize"
	"ehlo/ui/page"
)

// Check is something looked at while the route was found.
type Check struct {
	Word  string // of a verdict, for the mark: "YES", "NOT NOW"; "" judges nothing
	Label string // "Every MX name is a computer"
	Says  string // "no alias, no missing address, none private"
}

// checkColumn is where a check says what was found.
const checkColumn = 32

// SetChecks tells what was looked at on the way. It is shown beneath the
// table where there is room for all of it, as on a high screen; what needs to
// be acted on is a note of the route and is always shown.
func (m *Model) SetChecks(checks []Check) { m.checks = checks }

func (m Model) checked() []row {
	if len(m.checks) == 0 || !m.full() || len(m.spots) == 0 {
		return nil
	}
	rows := []row{{}, {}, {text: page.At("", 3, m.theme.Muted.Render(sayChecked))}}
	for _, check := range m.checks {
		sign := m.theme.Verdict(check.Word)
		if check.Word == "" {
			sign = m.theme.Marks.None
		}
		text := page.At(page.At("", 1, sign.Render()), 3, m.theme.Plain.Render(sanitize.Text(check.Label)))
		says := m.paragraph(check.Says, checkColumn)
		says[0].text = page.At(text, checkColumn, says[0].text[checkColumn:])
		rows = append(rows, says...)
	}
	return rows
}
