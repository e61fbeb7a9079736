package postbox

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"ehlo/session/practice"
)

// folders are what the mailbox has, and what each is for (RFC 6154).
var folders = []struct {
	name, attributes string
	filed            practice.Folder
}{
	{"INBOX", `\HasNoChildren`, practice.Inbox},
	{"Bulk", `\HasNoChildren \Junk`, practice.Bulk},
}

// view is a folder as one conversation sees it: mail that comes is told by
// refresh, and nothing ever goes.
type view struct {
	filed   practice.Folder
	letters []letter
}

// look finds a folder by name; the inbox in whatever case (RFC 3501 section 5.1).
func (t *talk) look(name string) (*view, bool) {
	for _, folder := range folders {
		if name == folder.name || folder.name == "INBOX" && strings.EqualFold(name, folder.name) {
			v := &view{filed: folder.filed}
			v.letters = t.lettersOf(v)
			return v, true
		}
	}
	return nil, false
}

// lettersOf reads the mail of a folder, in the order of its numbers.
func (t *talk) lettersOf(v *view) (letters []letter) {
	for _, message := range t.server.mail.MailOf(t.user) {
		if message.Folder == v.filed {
			letters = append(letters, letter{message: message, host: t.host()})
		}
	}
	return letters
}

// refresh tells of mail that came meanwhile (RFC 3501 section 7.3.1). What was
// shown stays, as long as the folder is open.
func (t *talk) refresh() {
	if t.folder == nil {
		return
	}
	last := 0
	if n := len(t.folder.letters); n > 0 {
		last = t.folder.letters[n-1].message.Number
	}
	fresh := slices.DeleteFunc(t.lettersOf(t.folder), func(l letter) bool { return l.message.Number <= last })
	if len(fresh) > 0 {
		t.folder.letters = append(t.folder.letters, fresh...)
		t.wire.say("* %d EXISTS", len(t.folder.letters))
	}
}

// lsub answers LSUB: every folder is subscribed to (RFC 3501 section 6.3.9).
func (t *talk) lsub(tag string, args []value) {
	for _, folder := range folders {
		if matches(args[0].text+args[1].text, folder.name) {
			t.wire.say(`* LSUB () "/" %s`, folder.name)
		}
	}
	t.wire.say("%s OK that is all", tag)
}

// list answers LIST. Selection and return options (RFC 5258 section 3)
// may stand around the usual arguments; the attributes are told in any case.
func (t *talk) list(tag string, args []value) {
	junkAlone := false
	if args[0].isList {
		junkAlone = slices.ContainsFunc(args[0].list, func(v value) bool { return v.word() == "SPECIAL-USE" })
		args = args[1:]
	}
	if len(args) < 2 || len(args) > 2 && args[2].word() != "RETURN" || args[0].isList {
		t.wire.say("%s BAD LIST \"\" \"*\"", tag)
		return
	}
	patterns := []value{args[1]}
	if args[1].isList {
		patterns = args[1].list
	}
	if len(patterns) == 1 && patterns[0].text == "" { // what stands between levels (RFC 3501 section 6.3.8)
		t.wire.say(`* LIST (\Noselect) "/" ""`)
	}
	for _, folder := range folders {
		wanted := slices.ContainsFunc(patterns, func(p value) bool { return matches(args[0].text+p.text, folder.name) })
		if wanted && (!junkAlone || strings.Contains(folder.attributes, `\Junk`)) {
			t.wire.say(`* LIST (%s) "/" %s`, folder.attributes, folder.name)
		}
	}
	t.wire.say("%s OK that is all", tag)
}

// matches holds a name against a pattern: * and % stand for any run of
// characters, where there are no levels.
func matches(pattern, name string) bool {
	pattern = strings.NewReplacer("%", "*", "[", `\[`, "?", `\?`, `\`, `\\`).Replace(pattern)
	if strings.EqualFold(name, "INBOX") {
		pattern = strings.ToUpper(pattern)
	}
	ok, err := path.Match(pattern, name)
	return ok && err == nil
}

// uidValidity never changes: numbers are given once (RFC 3501 section 2.3.1.1).
const uidValidity = 1

// open answers SELECT and EXAMINE: both for reading.
func (t *talk) open(tag string, args []value) {
	t.folder = nil
	v, ok := t.look(args[0].text)
	if !ok {
		t.wire.say("%s NO [NONEXISTENT] there is no such folder", tag)
		return
	}
	t.folder = v
	t.wire.say("* %d EXISTS", len(v.letters))
	t.wire.say("* 0 RECENT")
	t.wire.say(`* FLAGS (\Seen)`)
	t.wire.say("* OK [PERMANENTFLAGS ()] none can be changed")
	t.wire.say("* OK [UIDVALIDITY %d] they stay", uidValidity)
	t.wire.say("* OK [UIDNEXT %d] the next", v.next())
	t.wire.say("%s OK [READ-ONLY] open", tag)
}

// next is a number above all that were given.
func (v *view) next() int {
	if len(v.letters) == 0 {
		return 1
	}
	return v.letters[len(v.letters)-1].message.Number + 1
}

func (t *talk) close(tag string, _ []value) {
	t.folder = nil
	t.wire.say("%s OK closed", tag)
}

// status answers STATUS (RFC 3501 section 6.3.10).
func (t *talk) status(tag string, args []value) {
	v, ok := t.look(args[0].text)
	if !ok {
		t.wire.say("%s NO [NONEXISTENT] there is no such folder", tag)
		return
	}
	var items []string
	for _, item := range args[1].list {
		number := 0
		switch item.word() {
		case "MESSAGES", "UNSEEN":
			number = len(v.letters)
		case "UIDNEXT":
			number = v.next()
		case "UIDVALIDITY":
			number = uidValidity
		case "RECENT":
		default:
			t.wire.say("%s BAD STATUS folder (MESSAGES)", tag)
			return
		}
		items = append(items, fmt.Sprintf("%s %d", item.word(), number))
	}
	t.wire.say("* STATUS %s (%s)", str(args[0].text), strings.Join(items, " "))
	t.wire.say("%s OK counted", tag)
}
