package practice

import "strings"

// greet answers EHLO and HELO. It refuses nothing but a missing name: what
// stands there is the client's affair (RFC 5321 section 4.1.4).
func (t *talk) greet(verb, arg string) answer {
	if arg == "" {
		return t.no(501, "5.5.4", verb+" wants the name of your computer")
	}
	then := func() bool {
		t.hello, t.extended = arg, verb == "EHLO"
		t.mail = transaction{}
		return true
	}
	a := answer{lines: []string{"250 " + t.play.Host}, subject: arg, then: then}
	if verb == "EHLO" {
		a.lines = t.offerLines()
	}
	return a
}

// offerLines is the answer to EHLO (RFC 5321 section 4.1.1.1).
func (t *talk) offerLines() []string {
	texts := []string{t.play.Host}
	for _, offer := range t.play.Offers {
		if offer != "STARTTLS" || !t.encrypted { // RFC 3207 section 4.2
			texts = append(texts, offer)
		}
	}
	for i, text := range texts {
		mark := "250-"
		if i == len(texts)-1 {
			mark = "250 "
		}
		texts[i] = mark + text
	}
	return texts
}

// offers reports whether the server offers an extension.
func (t *talk) offers(keyword string) bool {
	_, ok := t.offer(keyword)
	return ok
}

// offer returns what follows the keyword of an extension in the EHLO answer.
func (t *talk) offer(keyword string) (string, bool) {
	for _, line := range t.play.Offers {
		word, rest, _ := strings.Cut(line, " ")
		if strings.EqualFold(word, keyword) {
			return rest, true
		}
	}
	return "", false
}

// rset forgets the mail (RFC 5321 section 4.1.1.5).
func (t *talk) rset(arg string) answer {
	if arg != "" {
		return t.no(501, "5.5.4", "RSET stands alone")
	}
	return t.yes(250, "2.0.0", "ok", "", func() bool {
		t.mail = transaction{}
		return true
	})
}

// ask answers VRFY and EXPN as most servers do: it does not tell (RFC 5321
// section 3.5.3).
func (t *talk) ask(verb, arg string) answer {
	switch {
	case arg == "":
		return t.no(501, "5.5.4", verb+" wants a name")
	case verb == "EXPN":
		return t.yes(502, "5.5.1", "EXPN is switched off here", arg, nil)
	}
	return t.yes(252, "2.5.2", "I do not tell, but I take mail and try", arg, nil)
}

// help answers HELP (RFC 5321 section 4.1.1.8).
func (t *talk) help(arg string) answer {
	first, last := t.line(214, "2.0.0", "I know EHLO HELO MAIL RCPT DATA RSET NOOP VRFY"),
		t.line(214, "2.0.0", "EXPN HELP QUIT STARTTLS AUTH")
	return answer{lines: []string{"214-" + first[len("214 "):], last}, subject: arg}
}

// quit says goodbye (RFC 5321 section 4.1.1.10).
func (t *talk) quit(arg string) answer {
	if arg != "" {
		return t.no(501, "5.5.4", "QUIT stands alone")
	}
	return t.yes(221, "2.0.0", "{host} closes, goodbye", "", func() bool { return false })
}

// unknown answers what is no command here: 502 for one that SMTP knows, 500
// for the rest (RFC 5321 section 4.2.4). Rules may make it known.
func (t *talk) unknown(verb, arg string) answer {
	switch verb {
	case "BDAT", "ETRN", "TURN", "ATRN", "SEND", "SOML", "SAML":
		return t.yes(502, "5.5.1", verb+" is not offered here", arg, nil)
	case "":
		return t.no(500, "5.5.2", "an empty line is no command")
	}
	return t.yes(500, "5.5.2", "I do not know that command", arg, nil)
}

// startTLS begins encryption (RFC 3207). What the client said behind it in
// clear text could come from anybody, so nothing may stand there.
func (t *talk) startTLS(arg string) answer {
	switch {
	case !t.offers("STARTTLS"):
		return t.yes(502, "5.5.1", "STARTTLS is not offered here", "", nil)
	case t.encrypted:
		return t.no(503, "5.5.1", "this line is encrypted already")
	case arg != "":
		return t.no(501, "5.5.4", "STARTTLS stands alone")
	case t.wire.r.Buffered() > 0:
		return t.no(503, "5.5.1", "nothing may follow STARTTLS before its answer")
	}
	return t.yes(220, "2.0.0", "ready to start TLS", "", func() bool {
		if t.wire.flush() != nil || !t.encrypt() {
			return false
		}
		t.hello, t.extended, t.user, t.mail = "", false, "", transaction{}
		return true
	})
}
