package command

import (
	"fmt"
	"io"
	"strings"
	"time"

	"ehlo/session/sanitize"
	"ehlo/session/verdict"
)

// kindWords are what a folder is for, for people.
var kindWords = map[string]string{
	verdict.KindInbox: "the inbox", verdict.KindJunk: "for junk", verdict.KindOther: "another folder",
}

// printArrived writes where a message landed, for people.
func printArrived(out io.Writer, facts verdict.Facts) {
	printVerdict(out, *facts.Verdict)
	look := facts.Arrival
	if try := verdict.Deciding(facts.Tries); try != nil {
		printRow(out, "Server", serverLine(*try))
	}
	printRow(out, "Mailbox", look.Mailbox)
	if !look.Found {
		printInVain(out, *look)
	} else {
		printRow(out, "Folder", fmt.Sprintf("%s, %s", look.Folder, kindWords[look.Kind]))
		if !look.Filed.IsZero() {
			printRow(out, "Filed", look.Filed.Local().Format("2006-01-02 15:04:05 -0700"))
		}
		printRow(out, "From", look.From)
		printRow(out, "Subject", look.Subject)
		printRow(out, "Message-ID", look.MessageID)
		printSentences(out, *look)
	}
	fmt.Fprintln(out, "\nNothing was changed in the mailbox.")
}

// printRow writes one line with its name; nothing where there is nothing.
func printRow(out io.Writer, name, text string) {
	if text != "" {
		fmt.Fprintf(out, "%-12s %s\n", name, sanitize.Text(text))
	}
}

// maxFoldersShown is how many names of folders are listed.
const maxFoldersShown = 20

// printInVain writes where it was looked, in vain.
func printInVain(out io.Writer, look verdict.Arrival) {
	printRow(out, "Message-ID", look.MessageID)
	names := look.Folders
	if more := len(names) - maxFoldersShown; more > 0 {
		names = append(append([]string{}, names[:maxFoldersShown]...), fmt.Sprintf("and %d more", more))
	}
	printRow(out, "Looked in", strings.Join(names, ", "))
	if look.Rounds > 0 {
		printRow(out, "Looked for", fmt.Sprintf("%s, %d times", seconds(time.Duration(look.Waited)), look.Rounds))
	}
}

// printSentences writes what the header tells: the way, the checks of the
// receiver, the marks of filters.
func printSentences(out io.Writer, look verdict.Arrival) {
	var way, checks, marks []string
	for _, hop := range look.Hops {
		way = append(way, hop.Text)
	}
	for _, check := range look.Checks {
		checks = append(checks, check.Text)
	}
	for _, mark := range look.Marks {
		marks = append(marks, mark.Text)
	}
	printGroup(out, "The way it took, by what its header says:", way)
	printGroup(out, "What the receiver found out about the sender:", checks)
	printGroup(out, "What filters wrote:", marks)
}

func printGroup(out io.Writer, title string, lines []string) {
	if len(lines) == 0 {
		return
	}
	fmt.Fprintf(out, "\n%s\n", title)
	for _, line := range lines {
		fmt.Fprintf(out, "  %s\n", sanitize.Text(line))
	}
}
