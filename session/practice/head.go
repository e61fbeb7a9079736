package practice

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"strconv"
	"strings"
)

// The head of a scenario file: "key: value". Those marked + may come again.
//
//	name      one word, lower case
//	title     one line for the list
//	story     + what it shows, a paragraph each
//	target    the address a guided run asks about
//	verdict   the verdict code a guided run ends in
//	exit      the exit code that goes with it, 0 to 255
//	strict    verdict and exit code of a message sent without a screen, where they differ
//	check     verdict and exit code of a question alone, where they differ from that
//	host      the name the server gives itself
//	names     host names of its certificate
//	client    the address replies say the client comes from
//	banner    + the greeting, whole reply lines
//	offer     + a line of the EHLO answer: "SIZE 1000"
//	port      + a number and a door: "25 listen", "465 tls", "587 refuse", "25 never-answer";
//	          behind it the paper address that alone has this door: "25 refuse 192.0.2.25"
//	control   + host:port of a server known to answer, called to see whose a silence is
//	need      tls, auth or both: 530 before it
//	user      + a name and a password for AUTH
//	bulk      why a message lands in Bulk: no-from, no-empty-line, null-sender
//	zone      + a line of the DNS around it, as a zone file has them; a usual zone when none
func (p *parser) head(text string) error {
	key, value, ok := strings.Cut(text, ":")
	value = strings.TrimSpace(value)
	if !ok || value == "" {
		return fmt.Errorf("neither \"key: value\" nor a rule: %s", text)
	}
	if p.seen[key] && !repeats(key) {
		return fmt.Errorf("%q stands twice", key)
	}
	if p.seen == nil {
		p.seen = make(map[string]bool)
	}
	p.seen[key] = true
	return p.field(key, value)
}

func repeats(key string) bool {
	switch key {
	case "story", "banner", "offer", "port", "user", "zone", "control":
		return true
	}
	return false
}

func (p *parser) field(key, value string) error {
	s := &p.scenario
	switch key {
	case "name":
		s.Name = value
		return checkWord(value)
	case "title":
		s.Title = value
	case "story":
		s.Story = append(s.Story, value)
	case "target":
		s.Target = value
		return checkTarget(value)
	case "verdict":
		s.Verdict = value
		return checkWord(value)
	case "exit":
		return readExit(value, &s.Exit)
	case "strict":
		return s.Strict.read(value)
	case "check":
		return s.Check.read(value)
	case "host":
		s.Host = value
		return checkHost(value)
	case "names":
		s.Names = strings.Fields(value)
	case "client":
		s.Client = value
		return checkClient(value)
	case "banner":
		return s.readBanner(value)
	case "offer":
		s.Offers = append(s.Offers, value)
	case "port":
		return s.readPort(value)
	default:
		return p.demand(key, value)
	}
	return nil
}

// demand reads the keys that tell what the server asks for, and what is known
// of it in the DNS.
func (p *parser) demand(key, value string) error {
	s := &p.scenario
	switch key {
	case "need":
		return s.readNeed(value)
	case "user":
		return s.readUser(value)
	case "bulk":
		return s.readBulk(value)
	case "control":
		s.Controls = append(s.Controls, value)
		return checkControl(value)
	case "zone":
		s.Zone = append(s.Zone, value)
		return nil
	}
	return fmt.Errorf("no such key: %q", key)
}

func checkWord(text string) error {
	for _, c := range text {
		if (c < 'a' || c > 'z') && c != '-' && (c < '0' || c > '9') {
			return fmt.Errorf("want a word of small letters, digits and hyphens: %q", text)
		}
	}
	return nil
}

func checkTarget(text string) error {
	local, domain, ok := strings.Cut(text, "@")
	if !ok || local == "" || domain == "" || strings.ContainsAny(text, " <>") {
		return fmt.Errorf("want an address like user@example.com: %q", text)
	}
	return nil
}

func checkHost(text string) error {
	if strings.ContainsAny(text, " \t") {
		return errors.New("a host name has no blanks")
	}
	return nil
}

func checkControl(text string) error {
	host, port, err := net.SplitHostPort(text)
	if number, notOne := strconv.ParseUint(port, 10, 16); err != nil || notOne != nil || host == "" || number == 0 {
		return fmt.Errorf("want a host and a port: %q", text)
	}
	return nil
}

func checkClient(text string) error {
	if _, err := netip.ParseAddr(text); err != nil {
		return fmt.Errorf("want an IP address: %q", text)
	}
	return nil
}

func readExit(text string, exit *int) (err error) {
	*exit, err = strconv.Atoi(text)
	if err != nil || *exit < 0 || *exit > 255 {
		return errors.New("an exit code is a number from 0 to 255")
	}
	return nil
}

func (o *Outcome) read(text string) error {
	code, exit, _ := strings.Cut(text, " ")
	o.Verdict = code
	return errors.Join(checkWord(code), readExit(strings.TrimSpace(exit), &o.Exit))
}

func (s *Scenario) readBanner(line string) error {
	if err := checkReply(line); err != nil {
		return err
	}
	if at := len(s.Banner); at > 0 && s.Banner[at-1][3] != '-' {
		return errors.New("the banner ended with the line before: that has no hyphen")
	}
	s.Banner = append(s.Banner, line)
	return nil
}

func (s *Scenario) readPort(text string) error {
	words := append(strings.Fields(text), "", "")
	port := Port{Door: Door(words[1])}
	var err error
	port.Number, err = strconv.Atoi(words[0])
	if err != nil || port.Number < 1 || port.Number > 65535 || len(words) > 5 {
		return errors.New("a port is a number from 1 to 65535 and a door: \"25 listen\"")
	}
	if address := words[2]; address != "" {
		if port.Address, err = netip.ParseAddr(address); err != nil {
			return fmt.Errorf("want an IP address behind the door: %q", address)
		}
	}
	switch port.Door {
	case DoorListen, DoorTLS, DoorRefuse, DoorNeverAnswer:
		s.Ports = append(s.Ports, port)
		return nil
	}
	return fmt.Errorf("no such door: %q (listen, tls, refuse or never-answer)", port.Door)
}

func (s *Scenario) readNeed(text string) error {
	for _, word := range strings.Fields(text) {
		switch word {
		case "tls":
			s.NeedTLS = true
		case "auth":
			s.NeedAuth = true
		default:
			return fmt.Errorf("no such need: %q (tls or auth)", word)
		}
	}
	return nil
}

func (s *Scenario) readUser(text string) error {
	name, password, ok := strings.Cut(text, " ")
	if !ok {
		return errors.New("a user is a name, a blank and a password")
	}
	if s.users == nil {
		s.users = make(map[string]string)
	}
	s.users[name] = strings.TrimSpace(password)
	return nil
}

func (s *Scenario) readBulk(text string) error {
	for _, word := range strings.Fields(text) {
		switch reason := suspicion(word); reason {
		case suspectNoFrom, suspectNoEmptyLine, suspectNullSender:
			s.bulk = append(s.bulk, reason)
		default:
			return fmt.Errorf("no such reason: %q (no-from, no-empty-line or null-sender)", word)
		}
	}
	return nil
}
