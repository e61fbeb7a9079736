package probe_test

import (
	"net/netip"
	"testing"
	"time"

	"ehlo/resolver"
	dnspractice "ehlo/resolver/practice"
	"ehlo/session/probe"
	"ehlo/session/verdict"
)

// TestTold finds our address where servers repeat it.
func TestTold(t *testing.T) {
	for _, tt := range []struct{ hello, want string }{
		{"mx1.example.org Hello pc.example.com [203.0.113.7]", "203.0.113.7"},                      // Exim
		{"mx1.example.org Hello pc.example.com [203.0.113.7], pleased to meet you", "203.0.113.7"}, // Sendmail
		{"mx1.example.org Hello [203.0.113.7]", "203.0.113.7"},                                     // Exchange
		{"mx.google.com at your service, [203.0.113.7]", "203.0.113.7"},                            // Google
		{"mx1.example.org Hello pc [IPv6:2001:db8::7]", "2001:db8::7"},                             // Sendmail
		{"mx1.example.org Hello pc (203.0.113.7)", "203.0.113.7"},                                  // in words
		{"mx1.example.org Hello me.example.com (pc.example.com [203.0.113.7])", "203.0.113.7"},     // Postfix' like
		{"mx1.example.org Hello [::ffff:203.0.113.7]", "203.0.113.7"},                              // mapped
		{"mx1.example.org", ""},                                       // Postfix
		{"[192.0.2.1] greets you", ""},                                // its own name
		{"mx1.example.org Hello 203.0.113.7 v4.96.1.2", ""},           // may be anything
		{"mx1.example.org Hello [127.0.0.1]", ""},                     // its own address
		{"mx1.example.org Hello [999.0.0.1] [fe80::1%eth0] [] (", ""}, // none
	} {
		rules := "on EHLO\n  250-" + tt.hello + "\n  250 SIZE\n"
		facts := check(t, t.Context(), probe.Check{Plan: plan}, serve(t, "mx1.example.org", rules))
		us := verdict.UsOf(facts)
		want := netip.Addr{}
		if tt.want != "" {
			want = netip.MustParseAddr(tt.want)
		}
		if us.Told != want || us.Hello != "me.example.com" || us.Local != netip.MustParseAddr("127.0.0.1") {
			t.Errorf("%s: %+v", tt.hello, us)
		}
	}
}

// TestToldLiteral: the literal that we gave is no news.
func TestToldLiteral(t *testing.T) {
	given := plan
	given.Hello = "[10.0.0.7]"
	target := serve(t, "mx1.example.org", "on EHLO\n  250 mx1.example.org Hello [10.0.0.7] (pc [203.0.113.7])\n")
	if us := verdict.UsOf(check(t, t.Context(), probe.Check{Plan: given}, target)); us.Told != netip.MustParseAddr("203.0.113.7") {
		t.Errorf("%+v", us)
	}
}

const ourZone = `$ORIGIN example.com.
$TTL 60
pc     A 203.0.113.7
mail   A 203.0.113.7
liar   A 203.0.113.1
7.113.0.203.in-addr.arpa.  PTR pc
8.113.0.203.in-addr.arpa.  PTR liar
`

// TestOurselves holds what is told of our own address.
func TestOurselves(t *testing.T) {
	zone, err := dnspractice.ParseZone("zone", ourZone)
	if err != nil {
		t.Fatal(err)
	}
	dns := &dnspractice.Server{Zone: zone}
	if err := dns.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer dns.Close()
	p := probe.Probe{Resolver: resolver.New(resolver.Options{Servers: []string{dns.Addr().String()}, Timeout: time.Second})}
	addr := netip.MustParseAddr
	for _, tt := range []struct {
		name  string
		us    verdict.Us
		fits  bool
		codes string
	}{
		{"as it should be", verdict.Us{Told: addr("203.0.113.7"), Local: addr("10.0.0.7"), Hello: "PC.example.com."}, true, "reverse hello-fits"},
		{"another name of it", verdict.Us{Local: addr("203.0.113.7"), Hello: "mail.example.com"}, true, "reverse hello-fits"},
		{"a literal", verdict.Us{Local: addr("203.0.113.7"), Hello: "[203.0.113.7]"}, true, "reverse hello-fits"},
		{"a foreign name", verdict.Us{Local: addr("203.0.113.7"), Hello: "liar.example.com"}, false, "reverse hello-differs"},
		{"a bare name", verdict.Us{Local: addr("203.0.113.7"), Hello: "pc"}, false, "reverse hello-differs"},
		{"a name that lies", verdict.Us{Local: addr("203.0.113.8"), Hello: "liar.example.com"}, false, "reverse-unconfirmed hello-differs"},
		{"no name", verdict.Us{Local: addr("203.0.113.9"), Hello: "pc.example.com"}, false, "no-reverse hello-differs"},
		{"no hello", verdict.Us{Local: addr("203.0.113.7")}, false, "reverse"},
		{"private", verdict.Us{Local: addr("192.168.1.5"), Hello: "pc.example.com"}, false, "private"},
		{"shared", verdict.Us{Local: addr("100.64.3.4"), Hello: "[100.64.3.4]"}, true, "private"},
		{"private, as told", verdict.Us{Local: addr("203.0.113.7"), Told: addr("fd00::7"), Hello: "pc.example.com"}, false, "private"},
	} {
		ours := p.Ourselves(t.Context(), tt.us)
		if got := noteCodes(ours.Notes); got != tt.codes || ours.HelloFit != tt.fits || ours.Told != tt.us.Told.IsValid() {
			t.Errorf("%s: %+v", tt.name, ours)
		}
	}
	if ours := p.Ourselves(t.Context(), verdict.Us{}); ours != nil {
		t.Errorf("%+v", ours)
	}
}

func noteCodes(notes []verdict.Note) (codes string) {
	for i, note := range notes {
		if i > 0 {
			codes += " "
		}
		codes += note.Code
	}
	return codes
}

// TestRecognise names software and provider.
func TestRecognise(t *testing.T) {
	tries := []verdict.Try{
		{Host: "mx1.example.org", Banner: "220 mx1.example.org ESMTP Postfix"},
		{Host: "mta5.am0.yahoodns.net"},
		{Host: "mx1.example.org"},
	}
	probe.Recognise(tries)
	if tries[0].Software != "Postfix" || tries[0].Provider != "" || tries[1].Provider != "Yahoo / AOL" || tries[2].Software+tries[2].Provider != "" {
		t.Errorf("%+v", tries)
	}
}

// TestLeftOut counts the addresses that are not tried.
func TestLeftOut(t *testing.T) {
	facts := verdict.Facts{Route: &verdict.Route{}}
	target := serve(t, "mx1.example.org", "")
	targets := make([]probe.Target, probe.MaxTargets+3)
	for i := range targets {
		targets[i] = target
	}
	check := probe.Check{Plan: plan}
	(probe.Probe{}).Check(t.Context(), &facts, targets, check)
	if got := facts.Route.Notes; len(got) != 1 || got[0].Code != probe.CodeLeftOut || got[0].Text[:2] != "3 " {
		t.Errorf("%+v", got)
	}
}
