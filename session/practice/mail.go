package practice

import "strings"

// maxRecipients bounds the recipients of a mail (RFC 5321 section 4.5.3.1.8).
const maxRecipients = 100

// mailFrom answers MAIL (RFC 5321 section 4.1.1.2).
func (t *talk) mailFrom(arg string) answer {
	switch {
	case t.hello == "":
		return t.no(503, "5.5.1", "say EHLO first")
	case t.play.NeedTLS && !t.encrypted:
		return t.no(530, "5.7.0", "Must issue a STARTTLS command first") // RFC 3207 section 4
	case t.play.NeedAuth && t.user == "":
		return t.no(530, "5.7.0", "Authentication required") // RFC 4954 section 6
	case t.mail.begun:
		return t.no(503, "5.5.1", "a mail has begun; RSET forgets it")
	}
	sender, params, err := parsePath(arg, "FROM")
	if err == nil && sender != "" {
		err = checkAddress(sender)
	}
	if err != nil {
		return t.no(501, "5.1.7", err.Error())
	}
	next := transaction{begun: true, sender: sender}
	for _, param := range params {
		if refusal, ok := t.mailParam(&next, param); !ok {
			return refusal
		}
	}
	if !next.utf8 && !ascii(sender) {
		return t.no(553, "5.6.7", "that address wants SMTPUTF8") // RFC 6531 section 3.5
	}
	a := t.yes(250, "2.1.0", "sender <{address}> ok", "<"+sender+">", func() bool {
		t.mail = next
		return true
	})
	a.address = sender
	return a
}

// mailParam takes one parameter of MAIL, or says no to it.
func (t *talk) mailParam(next *transaction, param string) (answer, bool) {
	key, value, _ := strings.Cut(param, "=")
	key = strings.ToUpper(key)
	switch {
	case !t.takes(key):
		return t.no(555, "5.5.4", "I do not know "+printable(key)+" there"), false
	case key == "SIZE":
		return t.size(number(value))
	case key == "BODY":
		value = strings.ToUpper(value)
		return t.no(501, "5.5.4", "BODY is 7BIT or 8BITMIME"), value == "7BIT" || value == "8BITMIME"
	case key == "SMTPUTF8":
		next.utf8 = true
		return t.no(501, "5.5.4", "SMTPUTF8 takes no value"), value == ""
	}
	return answer{}, value != ""
}

// takes reports whether a parameter of MAIL belongs to what is offered.
func (t *talk) takes(key string) bool {
	extension := key
	switch key {
	case "BODY":
		extension = "8BITMIME"
	case "RET", "ENVID":
		extension = "DSN"
	case "SIZE", "SMTPUTF8", "AUTH":
	default:
		return false
	}
	return t.extended && t.offers(extension)
}

// size judges the size a client declares (RFC 1870 section 6).
func (t *talk) size(declared int64) (answer, bool) {
	if declared < 0 {
		return t.no(501, "5.5.4", "SIZE is a number of bytes"), false
	}
	return t.tooBig(), t.fitsSize(declared)
}

func (t *talk) tooBig() answer {
	return t.no(552, "5.3.4", "Message size exceeds fixed limit")
}

// fitsSize reports whether so many bytes are within the announced limit; none
// or 0 is no limit (RFC 1870 section 4).
func (t *talk) fitsSize(bytes int64) bool {
	text, _ := t.offer("SIZE")
	limit := number(strings.TrimSpace(text))
	return limit <= 0 || bytes <= limit
}

// rcptTo answers RCPT (RFC 5321 section 4.1.1.3).
func (t *talk) rcptTo(arg string) answer {
	if !t.mail.begun {
		return t.no(503, "5.5.1", "say MAIL FROM first")
	}
	recipient, params, err := parsePath(arg, "TO")
	if err == nil {
		err = checkAddress(recipient)
	}
	switch {
	case err != nil:
		return t.no(501, "5.1.3", err.Error())
	case !t.mail.utf8 && !ascii(recipient):
		return t.no(553, "5.6.7", "that address wants SMTPUTF8")
	case len(t.mail.recipients) >= maxRecipients:
		return t.no(452, "4.5.3", "that is enough recipients for one mail")
	}
	for _, param := range params {
		if !t.takesAtRcpt(param) {
			return t.no(555, "5.5.4", "I do not know "+printable(param)+" there")
		}
	}
	a := t.yes(250, "2.1.5", "recipient <{address}> ok", "<"+recipient+">", func() bool {
		t.mail.recipients = append(t.mail.recipients, recipient)
		return true
	})
	a.address = recipient
	return a
}

// takesAtRcpt reports whether a parameter of RCPT is known: those of DSN (RFC
// 3461 section 4).
func (t *talk) takesAtRcpt(param string) bool {
	key, value, _ := strings.Cut(strings.ToUpper(param), "=")
	return (key == "NOTIFY" || key == "ORCPT") && value != "" && t.extended && t.offers("DSN")
}
