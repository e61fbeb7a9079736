package resolver_test

import (
	"errors"
	"strings"
	"testing"

	"ehlo/resolver"
	"ehlo/resolver/practice"
)

// Signatures that do not fit are told apart from a server that cannot answer:
// only the former is answered when nothing is to be checked.
func TestBogus(t *testing.T) {
	r := resolver.New(asking(serve(t, "odd")))
	for domain, want := range map[string]bool{
		"bogus.test": true, "bogusalias.test": true, "servfail.test": false, "refused.test": false, "loop.test": false,
	} {
		route, err := r.Route(t.Context(), domain)
		var failed *resolver.Error
		if !errors.As(err, &failed) || failed.Kind != resolver.NoAnswer || failed.Bogus != want {
			t.Errorf("%s: %v", domain, err)
			continue
		}
		if said := strings.Contains(err.Error(), "signatures do not fit"); said != want {
			t.Errorf("%s: %v", domain, err)
		}
		if len(route.Hosts) > 0 {
			t.Errorf("%s: what was not checked is used: %v", domain, route.Hosts)
		}
	}
}

// A server that can check nothing does not hide what the next one found.
func TestBogusBehindDead(t *testing.T) {
	dead := &practice.Server{Zone: &practice.Zone{Rules: map[string]practice.Rule{"*": {Rcode: 2}}}}
	if err := dead.Start(t.Context()); err != nil {
		t.Fatal(err)
	}
	defer dead.Close()
	_, err := resolver.New(asking(dead, serve(t, "odd"))).Route(t.Context(), "bogus.test")
	var failed *resolver.Error
	if !errors.As(err, &failed) || !failed.Bogus || len(failed.Tries) != 2 {
		t.Errorf("got %v", err)
	}
}
