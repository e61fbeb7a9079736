package imap

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"ehlo/session"
)

// Message is what a FETCH told of one message.
type Message struct {
	Number uint32    // in the folder, from 1
	UID    uint32    // 0 when it was not told
	Size   int64     // octets; 0 when it was not told
	Date   time.Time // INTERNALDATE: when it was filed; the zero time when it was not told
	Header string    // BODY[HEADER], as far as it was asked for
}

// told folds data. What cannot be read changes nothing.
func (s State) told(reply session.Reply) State {
	if status(reply.Word) {
		return s.toldBy(reply)
	}
	list, ok := values(reply)
	if !ok || len(list) == 0 {
		return s
	}
	switch reply.Word {
	case Capability:
		s = s.offered(texts(list[1:]))
	case List:
		s = s.listed(list)
	case Search:
		for _, v := range list[1:] {
			s = s.found(v.text)
		}
	case "ESEARCH":
		s = s.foundBy(list[1:])
	case "EXISTS":
		s.Exists = int(number(list[0].text))
	case Fetch:
		s = s.fetched(list)
	}
	return s
}

// toldBy folds the code of a status response (RFC 3501 section 7.1).
func (s State) toldBy(reply session.Reply) State {
	if name, rest, _ := strings.Cut(codeText(reply), " "); strings.EqualFold(name, Capability) {
		return s.offered(strings.Fields(rest))
	}
	return s
}

func (s State) offered(names []string) State {
	s.Capabilities = make([]string, 0, min(len(names), maxOffers))
	for _, name := range names[:min(len(names), maxOffers)] {
		s.Capabilities = append(s.Capabilities, strings.ToUpper(name))
	}
	s.fresh = true
	return s
}

func texts(list []value) []string {
	out := make([]string, 0, len(list))
	for _, v := range list {
		out = append(out, v.text)
	}
	return out
}

// listed adds a folder (RFC 3501 section 7.2.2).
func (s State) listed(list []value) State {
	switch {
	case len(list) < 4 || !list[1].isList || list[3].isList:
		return s
	case len(s.Folders) >= MaxFolders:
		s.More++
		return s
	}
	folder := Folder{Raw: list[3].text, Name: decodeName(list[3].text), Attributes: texts(list[1].list)}
	if !strings.EqualFold(list[2].text, "NIL") {
		folder.Delimiter = list[2].text
	}
	s.Folders = append(slices.Clip(s.Folders), folder)
	return s
}

// found adds a number that a search has found.
func (s State) found(text string) State {
	if n := number(text); n > 0 && len(s.Found) < MaxFound {
		s.Found = append(slices.Clip(s.Found), n)
	}
	return s
}

// foundBy reads the set in an answer of the newer form: ALL 2,10:15 (RFC 4731
// section 3.1).
func (s State) foundBy(list []value) State {
	at := slices.IndexFunc(list, func(v value) bool { return strings.EqualFold(v.text, "ALL") })
	if at < 0 || at+1 >= len(list) {
		return s
	}
	for part := range strings.SplitSeq(list[at+1].text, ",") {
		first, last, isRange := strings.Cut(part, ":")
		from, to := number(first), number(last)
		if !isRange {
			to = from
		}
		for n := min(from, to); n > 0 && n <= max(from, to) && len(s.Found) < MaxFound; n++ {
			s = s.found(strconv.FormatUint(uint64(n), 10))
		}
	}
	return s
}

// dateForm is how INTERNALDATE is written (RFC 3501 section 9, date-time).
const dateForm = "_2-Jan-2006 15:04:05 -0700"

// fetched adds what is told of a message (RFC 3501 section 7.4.2). Told twice,
// it is put together.
func (s State) fetched(list []value) State {
	if len(list) < 3 || !list[2].isList {
		return s
	}
	message := Message{Number: number(list[0].text)}
	at := slices.IndexFunc(s.Fetched, func(m Message) bool { return m.Number == message.Number })
	if at >= 0 {
		message = s.Fetched[at]
	}
	items := list[2].list
	for i := 0; i+1 < len(items); i += 2 {
		message = message.with(strings.ToUpper(items[i].text), items[i+1].text)
	}
	s.Fetched = slices.Clone(s.Fetched)
	switch {
	case at >= 0:
		s.Fetched[at] = message
	case len(s.Fetched) < MaxFetched:
		s.Fetched = append(s.Fetched, message)
	}
	return s
}

// with adds one item.
func (m Message) with(name, text string) Message {
	switch {
	case name == "UID":
		m.UID = number(text)
	case name == "RFC822.SIZE":
		m.Size, _ = strconv.ParseInt(text, 10, 64)
	case name == "INTERNALDATE":
		m.Date, _ = time.Parse(dateForm, text)
	case strings.HasPrefix(name, "BODY[HEADER]"), name == "RFC822.HEADER":
		m.Header = text
	}
	return m
}

// number reads a number from 1; 0 is none.
func number(text string) uint32 {
	n, err := strconv.ParseUint(text, 10, 32)
	if err != nil {
		return 0
	}
	return uint32(n)
}
