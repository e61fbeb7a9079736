package arrival

import (
	_ "embed"
	"encoding/json"
	"slices"
	"strings"
	"sync"

	"ehlo/session/imap"
)

// Kind says what a folder is for.
type Kind string

// The kinds.
const (
	Inbox Kind = "inbox"
	Junk  Kind = "junk"
	Other Kind = "other"
)

// Place is a folder that is looked through.
type Place struct {
	Raw  string // its name on the wire
	Name string // for people
	Kind Kind
}

// Bounds on what is looked through: folders a round, and folders opened in all;
// after that it is the inbox and the junk alone.
const (
	maxPlaces = 64
	maxLooks  = 1000
)

// order puts folders in the order in which they are looked through: the inbox,
// those for junk, the others, and last the one that holds everything (RFC 6154
// section 2). What we sent ourselves, and what is not sent yet, arrived nowhere.
func order(folders []imap.Folder) (places []Place) {
	var last []Place
	for _, folder := range folders {
		place := Place{Raw: folder.Raw, Name: folder.Name, Kind: kindOf(folder)}
		switch {
		case folder.Has(`\Noselect`) || folder.Has(`\NonExistent`), unsayable(folder.Raw), isOurs(folder):
		case folder.Has(`\All`), folder.Has(`\Flagged`), folder.Has(`\Important`):
			last = append(last, place)
		default:
			places = append(places, place)
		}
	}
	slices.SortStableFunc(places, func(a, b Place) int { return rank[a.Kind] - rank[b.Kind] })
	places = append(places, last...)
	return places[:min(len(places), maxPlaces)]
}

var rank = map[Kind]int{Inbox: 0, Junk: 1, Other: 2}

// mainPlaces counts the places that are looked through every round.
func mainPlaces(places []Place) int {
	at := slices.IndexFunc(places, func(p Place) bool { return p.Kind == Other })
	if at <= 0 {
		return len(places)
	}
	return at
}

// unsayable reports whether a name cannot stand in a line.
func unsayable(raw string) bool { return raw == "" || strings.ContainsAny(raw, "\r\n\x00") }

// kindOf tells what a folder is for: what the server says of it goes before its
// name.
func kindOf(folder imap.Folder) Kind {
	switch {
	case strings.EqualFold(folder.Raw, "INBOX"): // RFC 3501 section 5.1
		return Inbox
	case folder.Has(`\Junk`) || folder.Has(`\Spam`):
		return Junk
	case special(folder):
		return Other
	case named(folder, names().Junk):
		return Junk
	}
	return Other
}

// special reports whether a server has said what a folder is for (RFC 6154).
func special(folder imap.Folder) bool {
	return folder.Has(`\Sent`) || folder.Has(`\Drafts`) || folder.Has(`\Trash`) || folder.Has(`\Archive`) || folder.Has(`\All`)
}

// isOurs reports whether a folder holds what its owner writes.
func isOurs(folder imap.Folder) bool {
	if special(folder) || folder.Has(`\Junk`) {
		return folder.Has(`\Sent`) || folder.Has(`\Drafts`)
	}
	return named(folder, names().Sent)
}

func named(folder imap.Folder, words []string) bool {
	leaf := strings.ToLower(strings.TrimSpace(folder.Leaf()))
	return slices.Contains(words, leaf)
}

//go:embed folders.json
var foldersJSON []byte

// folderNames are what folders are called in several languages, in small
// letters.
type folderNames struct {
	Junk []string `json:"junk"`
	Sent []string `json:"sent"`
}

// names are read when they are first needed.
var names = sync.OnceValue(func() (all folderNames) {
	_ = json.Unmarshal(foldersJSON, &all) // a test reads them
	return all
})
