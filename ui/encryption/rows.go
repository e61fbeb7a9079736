package encryption

import (
	"fmt"
	"strings"
	"time"

	"github.com/charmbracelet/x/ansi"

	"ehlo/session/certificate"
	"ehlo/session/sanitize"
	"ehlo/ui/page"
	"ehlo/ui/theme"
)

// The columns, counted from 0. A window under wide columns has what a check
// says beneath its name.
const (
	markColumn    = 1
	textColumn    = 3
	factColumn    = 20
	timeColumn    = 62
	beneathColumn = 5
	wide          = 66
)

// The words of the pane.
const (
	sayClear      = "This talk is not encrypted: what is said can be read on the way."
	sayNotAsked   = "EHLO asks the server whether it offers encryption."
	sayOffered    = "The server offers it. Type STARTTLS, or press F8/Alt+T, to switch."
	sayNotOffered = "The server does not offer it, or a firewall takes the offer away."
	sayFailed     = "The switch to encryption did not work, and the line is closed."
	sayNoReason   = "the server did not say why"
	sayFailedNext = "Show these words to whoever runs the server. Connect again to go on in clear."

	sayCovers    = "%s covers %s"
	sayIsFor     = "it is for %s"
	sayOtherName = "no: it is for %s"
	sayNoNames   = "no: it names no server"
	sayNoDate    = "the server showed no date"
	sayUntil     = "until %s, %s left"
	sayFromUntil = "%s to %s, %s left"
	sayNotYet    = "no: it begins on %s, in %s"
	sayEnded     = "no: it ended %s, %s ago"
	sayBeneath   = "no: why stands beneath"
	saySigned    = "signed by a known authority"
	sayUnsigned  = "no: not signed by an authority this computer knows"
	sayNotJudged = "not looked at, because of the fault above"
	sayDoubtful  = "A doubtful certificate seldom stops mail: most servers deliver anyway."
	saySwitched  = "After the switch say EHLO again: the list under Offers starts anew."
	saySave      = "/tls save FILE keeps the certificates, as PEM."
	sayNoDANE    = "the DNS is not asked yet, or gives no answer"

	dateForm = "2 Jan 2006"
)

func (m Model) rows() []string {
	switch {
	case m.layer != nil:
		return m.encrypted()
	case m.failed != "":
		rows := append([]string{""}, m.check(check{fails, "Encrypted", "no: " + sanitize.Text(m.failed)}, "")...)
		return append(rows, m.sentences(sayFailed, sayFailedNext)...)
	}
	next := sayNotAsked
	switch m.offer {
	case Offered:
		next = sayOffered
	case NotOffered:
		next = sayNotOffered
	}
	return append([]string{""}, m.wrapped(sayClear+" "+next, textColumn, m.theme.Voice)...)
}

// encrypted is the page of a layer: the checks, the certificate, a lesson.
func (m Model) encrypted() []string {
	rows := []string{""}
	for i, check := range m.checks() {
		ready := ""
		if i == 0 && m.took > 0 {
			ready = "ready in " + seconds(m.took)
		}
		rows = append(rows, m.check(check, ready)...)
	}
	for _, fault := range m.faults() {
		rows = append(rows, m.wrapped(fault, m.column(), m.theme.Voice)...)
	}
	if m.dane != nil {
		rows = append(rows, m.check(m.daneCheck(), "")...)
	}
	rows = append(rows, m.chain()...)
	rows = append(rows, m.lists()...)
	last := []string{sayDoubtful}
	if m.switched && m.after == nil {
		last = append(last, saySwitched)
	}
	if len(m.layer.Chain) > 0 {
		last = append(last, saySave)
	}
	return append(rows, m.sentences(last...)...)
}

// daneCheck is what the DNS says of the certificate.
func (m Model) daneCheck() check {
	verdicts := map[certificate.Tone]verdict{certificate.Good: holds, certificate.Wrong: fails}
	says := m.dane.Text
	if says == "" {
		says = sayNoDANE
	}
	return check{verdicts[m.dane.Tone], "DANE", says}
}

func (m Model) mark(v verdict) theme.Mark {
	switch v {
	case holds:
		return m.theme.Marks.Yes
	case fails:
		return m.theme.Marks.No
	}
	return m.theme.Marks.None
}

// check draws a check with its mark, and a time at the right where it has room.
func (m Model) check(c check, ready string) []string {
	start := page.At(page.At("", markColumn, m.mark(c.verdict).Render()), textColumn, m.theme.Plain.Render(c.label))
	rows := m.beside(start, c.says, m.theme.Plain)
	switch last := &rows[len(rows)-1]; {
	case ready == "":
	case ansi.StringWidth(*last) < timeColumn && timeColumn+ansi.StringWidth(ready) <= m.width:
		*last = page.At(*last, timeColumn, m.theme.Muted.Render(ready))
	default:
		rows = append(rows, m.wrapped(ready, m.column(), m.theme.Muted)...)
	}
	return rows
}

func (m Model) fact(label, text string) []string {
	return m.beside(page.At("", textColumn, m.theme.Muted.Render(label)), text, m.theme.Plain)
}

// column is where facts begin.
func (m Model) column() int {
	if m.width < wide {
		return beneathColumn
	}
	return factColumn
}

// beside puts text beside what begins a row, beneath it in a narrow window.
func (m Model) beside(start, text string, style theme.Style) []string {
	rows := m.wrapped(text, m.column(), style)
	if m.width < wide {
		return append([]string{start}, rows...)
	}
	rows[0] = page.At(start, factColumn, "") + rows[0][factColumn:]
	return rows
}

// sentences stand apart at the end of a page.
func (m Model) sentences(texts ...string) []string {
	rows := []string{""}
	for _, text := range texts {
		rows = append(rows, m.wrapped(text, textColumn, m.theme.Voice)...)
	}
	return rows
}

// wrapped breaks a text into rows that begin at a column.
func (m Model) wrapped(text string, column int, style theme.Style) []string {
	rows := strings.Split(ansi.Wrap(text, max(m.width-column, 1), ""), "\n")
	for i, row := range rows {
		rows[i] = page.At("", column, style.Render(row))
	}
	return rows
}

// seconds words how long a handshake took: "0.12 s", "12 s".
func seconds(d time.Duration) string {
	if d < 10*time.Second {
		return fmt.Sprintf("%.2f s", d.Seconds())
	}
	return fmt.Sprintf("%.0f s", d.Seconds())
}
