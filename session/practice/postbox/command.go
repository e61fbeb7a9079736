package postbox

import (
	"encoding/base64"
	"strings"
	"sync"
)

// command is what the server does on a verb.
type command struct {
	needs       state
	least, most int    // arguments; most -1 is any number
	form        string // how it is written
	run         func(t *talk, tag string, args []value)
}

// commands are those of RFC 3501 section 6 and of what is offered.
var commands = sync.OnceValue(func() map[string]command {
	return map[string]command{
		"CAPABILITY":   {anywhere, 0, 0, "CAPABILITY stands alone", (*talk).capability},
		"NOOP":         {anywhere, 0, 0, "NOOP stands alone", (*talk).noop},
		"CHECK":        {opened, 0, 0, "CHECK stands alone", (*talk).noop},
		"LOGOUT":       {anywhere, 0, 0, "LOGOUT stands alone", (*talk).logout},
		"ID":           {anywhere, 1, 1, "ID (\"name\" \"value\" ...) or ID NIL", (*talk).id},
		"STARTTLS":     {anywhere, 0, 0, "STARTTLS stands alone", (*talk).startTLS},
		"LOGIN":        {anywhere, 2, 2, "LOGIN name password", (*talk).login},
		"AUTHENTICATE": {anywhere, 1, 2, "AUTHENTICATE mechanism", (*talk).authenticate},
		"LIST":         {signedIn, 2, -1, "LIST \"\" \"*\"", (*talk).list},
		"LSUB":         {signedIn, 2, 2, "LSUB \"\" \"*\"", (*talk).lsub},
		"STATUS":       {signedIn, 2, 2, "STATUS folder (MESSAGES)", (*talk).status},
		"SELECT":       {signedIn, 1, 2, "SELECT folder", (*talk).open},
		"EXAMINE":      {signedIn, 1, 2, "EXAMINE folder", (*talk).open},
		"CLOSE":        {opened, 0, 0, "CLOSE stands alone", (*talk).close},
		"UNSELECT":     {opened, 0, 0, "UNSELECT stands alone", (*talk).close},
		"EXPUNGE":      {opened, 0, 0, "EXPUNGE stands alone", (*talk).forReading},
		"SEARCH":       {opened, 1, -1, "SEARCH HEADER Message-ID \"...\"", (*talk).search},
		"UID SEARCH":   {opened, 1, -1, "UID SEARCH HEADER Message-ID \"...\"", (*talk).uidSearch},
		"FETCH":        {opened, 2, 2, "FETCH 1 (BODY[HEADER])", (*talk).fetch},
		"UID FETCH":    {opened, 2, 2, "UID FETCH 1 (BODY[HEADER])", (*talk).uidFetch},
		"CREATE":       {signedIn, 1, 1, "CREATE folder", (*talk).forReading},
		"DELETE":       {signedIn, 1, 1, "DELETE folder", (*talk).forReading},
		"RENAME":       {signedIn, 2, 2, "RENAME folder folder", (*talk).forReading},
		"SUBSCRIBE":    {signedIn, 1, 1, "SUBSCRIBE folder", (*talk).forReading},
		"UNSUBSCRIBE":  {signedIn, 1, 1, "UNSUBSCRIBE folder", (*talk).forReading},
		"APPEND":       {signedIn, 2, -1, "APPEND folder {size}", (*talk).forReading},
		"STORE":        {opened, 3, -1, "STORE 1 FLAGS (\\Seen)", (*talk).forReading},
		"UID STORE":    {opened, 3, -1, "UID STORE 1 FLAGS (\\Seen)", (*talk).forReading},
		"COPY":         {opened, 2, 2, "COPY 1 folder", (*talk).forReading},
		"UID COPY":     {opened, 2, 2, "UID COPY 1 folder", (*talk).forReading},
	}
})

func (t *talk) capabilities() string {
	words := []string{"IMAP4rev1", "LITERAL+", "SASL-IR", "ID", "UNSELECT", "LIST-EXTENDED", "SPECIAL-USE"}
	if !t.encrypted {
		words = append(words, "STARTTLS")
	}
	if t.user == "" {
		words = append(words, "AUTH=PLAIN", "AUTH=LOGIN")
	}
	return strings.Join(words, " ")
}

func (t *talk) capability(tag string, _ []value) {
	t.wire.say("* CAPABILITY %s", t.capabilities())
	t.wire.say("%s OK that is all", tag)
}

func (t *talk) noop(tag string, _ []value) {
	t.refresh()
	t.wire.say("%s OK nothing done", tag)
}

func (t *talk) logout(tag string, _ []value) {
	t.wire.say("* BYE until next time")
	t.wire.say("%s OK signed out", tag)
	t.over = true
}

func (t *talk) id(tag string, _ []value) {
	t.wire.say(`* ID ("name" "ehlo practice")`)
	t.wire.say("%s OK that is me", tag)
}

// startTLS upgrades the connection (RFC 3501 section 6.2.1).
func (t *talk) startTLS(tag string, _ []value) {
	if t.encrypted || t.user != "" {
		t.wire.say("%s BAD not now", tag)
		return
	}
	t.wire.say("%s OK begin TLS", tag)
	if t.wire.flush() != nil || !t.encrypt() {
		t.over = true
	}
}

func (t *talk) forReading(tag string, _ []value) {
	t.wire.say("%s NO [CANNOT] this mailbox is for reading", tag)
}

// admit answers a sign-in.
func (t *talk) admit(tag, user, password string) {
	switch {
	case t.user != "":
		t.wire.say("%s BAD signed in already", tag)
	case t.server.mail.Admits(user, password):
		t.user = user
		t.wire.say("%s OK [CAPABILITY %s] come in", tag, t.capabilities())
	default:
		t.wire.say("%s NO [AUTHENTICATIONFAILED] name or password is wrong", tag)
		if t.failures++; t.failures >= maxFailures {
			t.wire.say("* BYE too many of these")
			t.over = true
		}
	}
}

func (t *talk) login(tag string, args []value) { t.admit(tag, args[0].text, args[1].text) }

// authenticate signs in by SASL (RFC 3501 section 6.2.2).
func (t *talk) authenticate(tag string, args []value) {
	var given []string
	if len(args) > 1 {
		given = append(given, args[1].text)
	}
	switch args[0].word() {
	case "PLAIN": // RFC 4616
		if response, ok := t.ask(tag, "", given); ok {
			parts := append(strings.SplitN(response, "\x00", 3), "", "")
			t.admit(tag, parts[1], parts[2])
		}
	case "LOGIN":
		user, ok := t.ask(tag, "User Name", given)
		if !ok {
			return
		}
		if password, ok := t.ask(tag, "Password", nil); ok {
			t.admit(tag, user, password)
		}
	default:
		t.wire.say("%s NO that way is not known here", tag)
	}
}

// ask says a challenge and reads the answer, unless it was given beside the
// command. false means that the command has been answered.
func (t *talk) ask(tag, challenge string, given []string) (string, bool) {
	var line string
	if len(given) > 0 {
		line = given[0]
	} else {
		t.wire.say("+ %s", base64.StdEncoding.EncodeToString([]byte(challenge)))
		var err error
		if line, err = t.wire.line(); err != nil {
			t.over = true
			return "", false
		}
	}
	if line == "*" {
		t.wire.say("%s BAD stopped", tag)
		return "", false
	}
	text, err := base64.StdEncoding.DecodeString(strings.TrimPrefix(line, "="))
	if err != nil {
		t.wire.say("%s BAD that is no base64", tag)
		return "", false
	}
	return string(text), true
}
