package plain

import (
	"cmp"
	"strconv"

	"ehlo/session"
	"ehlo/session/probe"
	"ehlo/session/script"
)

// encrypted notes a layer: the plan of a guided send needs it, and a line to
// the same server is never led in clear again.
func (f *front) encrypted(layer *session.Encryption) {
	f.talk.layer = layer
	if f.secured == nil {
		f.secured = make(map[string]bool)
	}
	f.secured[nameOf(f.talk.target)] = true
	f.planEncrypted()
}

// planEncrypted tells the plan what is known of the layer, and on a line that
// was in secret before, that it must be again.
func (f *front) planEncrypted() {
	if f.plan == nil {
		return
	}
	plan := *f.plan
	if auto := plan.TLS == script.Auto || plan.TLS == ""; auto && !f.talk.target.Implicit && f.secured[nameOf(f.talk.target)] {
		plan.TLS = script.StartTLS
	}
	if f.talk.layer != nil && !f.talk.over {
		plan = plan.Encrypted(*f.talk.layer)
	}
	f.plan = &plan
}

// nameOf names a server: another address of it is the same one.
func nameOf(target probe.Target) string {
	return cmp.Or(target.Host, target.Addr.Addr().String()) + ":" + strconv.Itoa(int(target.Addr.Port()))
}
