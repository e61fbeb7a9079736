package explain

import (
	"strings"
	"sync"
)

// hosts is who runs the mail servers under a domain.
var hosts = data[struct {
	Known []exchanger `json:"mx_hosts"`
	More  []exchanger `json:"more_hosts"`
}]("hosts.json")

type exchanger struct {
	Suffix, Provider, Kind, Note string
}

var exchangers = sync.OnceValue(func() map[string]exchanger {
	bySuffix := make(map[string]exchanger, len(hosts().Known)+len(hosts().More))
	for _, list := range [][]exchanger{hosts().More, hosts().Known} {
		for _, host := range list {
			bySuffix[host.Suffix] = host
		}
	}
	return bySuffix
})

// Provider tells who runs a mail server by the name in the MX record:
// ("Yahoo", "mailbox") for "mx1.biz.mail.yahoo.com". The kind is mailbox,
// gateway (the real server is behind it), forwarding or service. Both are ""
// for names that tell nothing.
func Provider(mxHost string) (provider, kind string) {
	host := exchangerOf(mxHost)
	return host.Provider, host.Kind
}

// ProviderNote is what is worth knowing of that provider, mostly "".
func ProviderNote(mxHost string) string { return exchangerOf(mxHost).Note }

// exchangerOf finds the longest known suffix of whole labels.
func exchangerOf(name string) exchanger {
	name = strings.ToLower(strings.TrimSuffix(name, "."))
	for name != "" {
		if host, ok := exchangers()[name]; ok {
			return host
		}
		_, name, _ = strings.Cut(name, ".")
	}
	return exchanger{}
}
