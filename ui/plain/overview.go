package plain

import "ehlo/session/script"

// maxPreview bounds the lines of the text that are printed before it is sent.
const maxPreview = 20

// tellOverview prints all that a guided send will say, before the question
// whether to.
func (f *front) tellOverview(over script.Overview) {
	f.page.line(say("over", "label", over.ServerLabel, "text", over.Server))
	for _, line := range over.Say {
		f.page.line(say("over", "label", over.SayLabel, "text", line))
	}
	shown := over.Text[:min(len(over.Text), maxPreview)]
	lines := append(over.Headers, shown...)
	if left := len(over.Text) - len(shown); left > 0 {
		lines = append(lines, over.More(left))
	}
	for _, line := range lines {
		f.page.line(say("over", "label", over.TextLabel, "text", line))
	}
}
