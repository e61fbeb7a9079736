package command

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"ehlo/session"
	"ehlo/session/sanitize"
	"ehlo/session/verdict"
)

// columns are the stages of the table, in the order of the road.
var columns = []struct {
	title string
	stage verdict.StageName
}{
	{"Connect", "connect"}, {"Greeting", "greeting"}, {"TLS", "tls"}, {"Hello", "hello"}, {"Sender", "mail"}, {"Recipient", "rcpt"},
}

// printMatrix writes host, address and stage of every try as a table.
func printMatrix(out io.Writer, facts verdict.Facts) {
	tries := onRoad(facts.Tries)
	if len(tries) == 0 {
		return
	}
	rows := [][]string{{"Address"}}
	for _, column := range columns {
		if slices.ContainsFunc(tries, func(try verdict.Try) bool { return stageNamed(try, column.stage) != nil }) {
			rows[0] = append(rows[0], column.title)
		}
	}
	for _, try := range tries {
		rows = append(rows, row(try, rows[0]))
	}
	widths := widthsOf(rows)
	fmt.Fprintf(out, "\n%s\n", aligned(rows[0], widths))
	host := ""
	for i, try := range tries {
		if try.Host != host && try.Host != try.Address.String() {
			host = try.Host
			fmt.Fprintln(out, sanitize.Text(host))
		}
		fmt.Fprintln(out, aligned(rows[i+1], widths))
	}
	printAddressless(out, facts.Route)
}

// printAddressless names the servers that could not be tried.
func printAddressless(out io.Writer, route *verdict.Route) {
	if route == nil {
		return
	}
	for _, host := range route.Hosts {
		if len(host.Addresses) == 0 {
			fmt.Fprintf(out, "%s\n  no address, so it was not tried\n", sanitize.Text(host.Name))
		}
	}
}

// row is one try under the titles of the table.
func row(try verdict.Try, titles []string) []string {
	cells := []string{"  " + try.Address.String()}
	for _, column := range columns {
		if !slices.Contains(titles, column.title) {
			continue
		}
		text := "-"
		if stage := stageNamed(try, column.stage); stage != nil {
			text = cell(*stage)
		}
		cells = append(cells, text)
	}
	return cells
}

func stageNamed(try verdict.Try, name verdict.StageName) *verdict.Stage {
	for i := range try.Stages {
		if try.Stages[i].Name == name {
			return &try.Stages[i]
		}
	}
	return nil
}

// cell is how a stage went and how long it took.
func cell(stage verdict.Stage) string {
	text := word(stage)
	if !stage.OK && stage.Code != 0 {
		text += fmt.Sprintf(" %d", stage.Code)
	}
	if stage.Took > 0 {
		text += " " + seconds(time.Duration(stage.Took))
	}
	return text
}

// word says in a word or two how a stage went.
func word(stage verdict.Stage) string {
	switch {
	case stage.OK:
		return "ok"
	case stage.Cause == "" && stage.Code/100 == 4:
		return "not now"
	case stage.Cause == "":
		return "no"
	}
	switch session.Why(stage.Cause) {
	case session.WhyRefused:
		return "refused"
	case session.WhyNoAnswer, session.WhyOverdue:
		return "no answer"
	case session.WhyUnreachable:
		return "no way"
	case session.WhySilent:
		return "silent"
	case session.WhyNotProtocol, session.WhyProtocol:
		return "not SMTP"
	case session.WhyTLSMissing:
		return "not offered"
	case session.WhyTLSFailed, session.WhyClearText:
		return "failed"
	case session.WhyStopped:
		return "stopped"
	}
	return "hung up"
}

func widthsOf(rows [][]string) []int {
	widths := make([]int, len(rows[0]))
	for _, cells := range rows {
		for i, text := range cells {
			widths[i] = max(widths[i], utf8.RuneCountInString(text))
		}
	}
	return widths
}

// aligned lays cells out under each other, two blanks between them.
func aligned(cells []string, widths []int) string {
	var line strings.Builder
	for i, text := range cells {
		fmt.Fprintf(&line, "%-*s  ", widths[i], text)
	}
	return strings.TrimRight(line.String(), " ")
}
