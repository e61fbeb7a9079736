package smtp

// judgeText looks at a line of a message, and at the dot that would end it:
// what the header lacks cannot be said afterwards.
func (s State) judgeText(line string) (doubts []Doubt) {
	if line == End {
		return s.judgeEnd()
	}
	after := s.Letter.with(line)
	if after.Broken && !s.Letter.Broken {
		doubts = append(doubts, Doubt{Kind: DoubtNoHeader})
	}
	if eightBit(line) {
		doubts = append(doubts, s.judgeEightBit()...)
	}
	if len(line)+2 > maxText {
		doubts = append(doubts, Doubt{Kind: DoubtLong, Word: "text", Limit: maxText})
	}
	return doubts
}

// judgeEnd looks at the message as a whole. As long as all of it is header, the
// line that is missing can still be said.
func (s State) judgeEnd() (doubts []Doubt) {
	letter := s.Letter
	open := !letter.Parted && !letter.Broken
	if !letter.From {
		doubt := Doubt{Kind: DoubtNoFrom, Hold: true}
		if open {
			doubt.Better, doubt.Mends = "From: "+s.Sender, true
		}
		doubts = append(doubts, doubt)
	}
	if !letter.Parted {
		doubts = append(doubts, Doubt{Kind: DoubtNoEmptyLine, Hold: true, Mends: open})
	}
	return doubts
}

// judgeEightBit looks at bytes over 127 in a message: the header takes them
// with SMTPUTF8 (RFC 6531 section 3.4), the text with 8BITMIME (RFC 6152), and
// MAIL must have said so.
func (s State) judgeEightBit() []Doubt {
	if !s.Letter.Parted && s.lacks("SMTPUTF8") {
		return []Doubt{{Kind: DoubtEightBit, Word: "SMTPUTF8"}}
	}
	if s.lacks("8BITMIME") {
		return []Doubt{{Kind: DoubtEightBit, Word: "8BITMIME"}}
	}
	if !s.mayHoldEightBit() {
		return []Doubt{{Kind: DoubtUnsaid, Word: "BODY=8BITMIME"}}
	}
	return nil
}
