// Package ui is the full screen: the root that routes messages to panes and
// draws them in the rectangles of layout.go. It is, with its panes, the only
// place that knows bubbletea.
//
//	update.go    one switch of one-line cases
//	keys.go      every key, with its help and its twin
//	submit.go    what Enter does with a line
//	commands.go  look-ups, the one road of a line to the wire, its events
//	source.go    the events of a session on their way to the talk and the screen
//	talk.go      events of a session, folded into the panes
//	guided.go    a guided send: its questions; lead.go offers what comes next
//	look.go      looking around without a letter; study.go the lesson of a line
//	replay.go    a talk that broke off said again; path.go what has led to it
//	comeback.go  when to ask again; idle.go how long a server waits
//	helping.go   the page behind F1, a reference that is searched by typing
//	signin.go    help with a sign-in; signin_talk.go what is said; secure.go TLS
//	tries.go     calls beside the talk: matrix.go every address, settle.go whose
//	             a silence is; next.go goes on to the next address
//	left.go      the talk of a run that was killed
//	find.go      a search through the talk; showing.go other ways to show it
//	layout.go    rectangles first, pure; view.go draws in them
//	start.go     wires the practice servers
//
// Panes are folders of their own. They do no IO and do not know each other.
package ui

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"runtime/debug"
	"sync"
	"time"

	tea "github.com/charmbracelet/bubbletea"

	"ehlo/resolver"
	"ehlo/session/address"
	"ehlo/session/explain"
	"ehlo/session/practice"
	"ehlo/session/probe"
	"ehlo/session/script"
	"ehlo/session/verdict"
	"ehlo/ui/conversation"
	"ehlo/ui/encryption"
	"ehlo/ui/guide"
	"ehlo/ui/headline"
	"ehlo/ui/help"
	"ehlo/ui/hints"
	"ehlo/ui/ladder"
	"ehlo/ui/lesson"
	"ehlo/ui/offers"
	"ehlo/ui/prompt"
	"ehlo/ui/route"
	"ehlo/ui/sheet"
	"ehlo/ui/terminal"
	"ehlo/ui/theme"
	"ehlo/ui/welcome"
)

// Config is what the screen starts with.
type Config struct {
	Target   address.Target     // zero: the screen asks
	Practice *practice.Scenario // play against built-in servers; nil: the real ones
	Way      probe.Probe        // how names are looked up and servers reached
	Server   address.Server     // talk to this one, whatever the target; zero: the route decides
	Port     uint16             // where mail servers are called
	Implicit bool               // TLS from the first byte
	Policy   script.Policy      // of the guide
	Hello    string             // our name; "" is found out
	SignIn   script.SignIn      // of the flags; the zero value asks at the screen
	From     string             // the address from the settings; "" is none
	History  string             // file that keeps lines between runs; "" keeps none
	Terminal [2]*os.File        // both ends of it, for an editor; Run fills them
	Theme    theme.Options
	Controls []address.Server   // known to answer; called to see whose a silence is
	Compare  *resolver.Resolver // asked beside that of Way; nil: no other
	Called   string             // how people call it
	Now      func() time.Time   // nil is time.Now
}

// Model is the whole screen. It is made by New and used through bubbletea.
type Model struct {
	config Config
	ctx    context.Context
	now    func() time.Time
	theme  theme.Theme
	keys   KeyMap
	cursor func(x, y int, shown bool) // tells the terminal where the prompt is

	toClipboard func(text string) // asks the terminal to keep a text

	width, height int
	layout        Layout
	pane          Pane
	level         conversation.Level

	prompt    prompt.Model
	head      headline.Model
	talk      conversation.Model
	route     route.Model
	offers    offers.Model
	crypt     encryption.Model
	lesson    lesson.Model
	welcome   welcome.Model
	sheet     sheet.Model
	ladder    ladder.Model
	hints     hints.Model
	guidePane guide.Model
	help      help.Model
	helping   *helping // the help page lies over the open pane; nil: it does not
	fromHelp  bool     // the lesson was opened from there
	wanted    string   // and this was typed to find it
	menu      menu     // what the sheet is for
	risenOver string   // what was typed when a menu rose

	way         probe.Probe
	practice    *Practice
	about       address.Target
	found       *verdict.Route
	targets     []probe.Target // the addresses of the route, in the order of a sending server
	query       query
	road        road
	leaving     leaving
	warned      warned
	study       study
	tries       *tries // beside the talk; nil: none on this route
	live        *live
	verdict     headline.Verdict
	ask         *question
	guided      *guided
	replay      *replay
	comeBack    comeBack
	signing     *signOn         // nil: no sign-in is helped with
	secured     map[string]bool // servers that were talked to in secret, as serverName has them
	refutable   string          // a note that the server's yes makes untrue
	letter      []byte          // the message that came from the editor, LF line ends
	keeper      *keeper
	exec        func(*exec.Cmd, tea.ExecCallback) tea.Cmd // gives an editor the terminal
	digits      int                                       // rows of the open list that a digit takes
	interrupted bool                                      // left by Ctrl+C: exit 130
	note        string                                    // one line above the hints, until the next key
	finding     *finding                                  // nil before the first search
	hex         bool                                      // the talk is shown in bytes
	left        left                                      // talks of runs that were killed
	mouseless   bool                                      // the mouse is the terminal's
}

// query is a question to the DNS that is under way.
type query struct {
	serial int       // tells its answer from those of earlier ones
	since  time.Time // zero: there is none
	names  bool      // it is about names of addresses
	stop   context.CancelFunc
}

// road is what became of the calls on the road to a talk, and beside it.
type road struct {
	calls   []verdict.Try // by hand, that did not come as far as a hello
	told    bool          // it was said which one answered after them
	last    *tries        // begun last, perhaps on another route
	running sync.WaitGroup
}

// leaving is how far the user is on the way out.
type leaving struct {
	last  time.Time // when Ctrl+C was pressed
	noted bool      // the note says that Ctrl+C again quits
	quit  bool
}

// warned is a line that is held for a second Enter.
type warned struct {
	line   string
	better string // offered in its place
	mends  bool   // there is one; it may be the empty line
}

// study is what the lesson was opened for.
type study struct {
	page *explain.Page // nil: the line that is looked at
	open bool          // on purpose
	from Pane          // where Esc leads from there
}

// New returns the screen for a config. It does no IO: Init does what is to be
// done at the start.
func New(ctx context.Context, config Config) *Model {
	if config.Now == nil {
		config.Now = time.Now
	}
	t := theme.New(config.Theme)
	m := &Model{
		config: config, ctx: ctx, now: config.Now, theme: t, keys: DefaultKeyMap(), way: config.Way,
		cursor: func(int, int, bool) {}, toClipboard: func(string) {}, query: query{stop: func() {}},
		prompt: prompt.New(t), head: headline.New(t),
		talk:  conversation.New(t),
		route: route.New(t), offers: offers.New(t), crypt: encryption.New(t),
		lesson: lesson.New(t), welcome: welcome.New(t), sheet: sheet.New(t),
		ladder: ladder.New(t), hints: hints.New(t), guidePane: guide.New(t), help: help.New(t),
	}
	m.exec, m.keeper = tea.ExecProcess, newKeeper(config.History)
	m.hints.SetFixed(m.keys.Fixed(), m.keys.Roomy())
	m.greet()
	return m
}

// Init starts the clock, the practice servers, and what the target asks for.
func (m *Model) Init() tea.Cmd {
	if m.config.Practice != nil {
		return tea.Batch(tick(), m.keeper.recall(), m.left.look(), startPractice(m.ctx, *m.config.Practice))
	}
	return tea.Batch(tick(), m.keeper.recall(), m.left.look(), m.begin(m.config.Target))
}

// gcPercent lets the heap of a few megabytes that a screen lives on grow a little
// more between collections: .ci/figures has a flood take two thirds of the
// processor time, for ten megabytes.
const gcPercent = 200

// Run shows the screen until the user leaves it. The terminal is given back
// as it was found on every way out.
func Run(ctx context.Context, in, out *os.File, config Config) error {
	writer := terminal.NewWriter(out)
	guard := terminal.Hold(in, writer)
	config.Terminal = [2]*os.File{in, out}
	m := New(ctx, config)
	m.cursor = func(x, y int, shown bool) {
		if shown {
			writer.SetCursor(x, y)
			return
		}
		writer.HideCursor()
	}
	m.toClipboard = writer.Copy
	defer debug.SetGCPercent(debug.SetGCPercent(gcPercent))
	endJournal := m.keepJournal(os.Getenv)
	clean := false // a panic, too, leaves the journal
	defer func() {
		m.close()
		endJournal(clean)
	}()
	if _, err := guard.Run(tea.NewProgram(m, terminal.Options(ctx, in, writer)...)); err != nil {
		return err
	}
	clean = true
	if m.interrupted {
		return ErrInterrupted
	}
	return nil
}

// ErrInterrupted tells that the screen was left by Ctrl+C.
var ErrInterrupted = errors.New("left by Ctrl+C")

// close ends what the screen has started.
func (m *Model) close() {
	m.query.stop()
	m.stopTries()
	m.road.running.Wait()
	if m.live != nil {
		m.live.session.Close()
		<-m.live.session.Done()
	}
	if m.practice != nil {
		m.practice.Close()
	}
}
