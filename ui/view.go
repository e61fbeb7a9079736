package ui

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/charmbracelet/bubbles/key"
	"github.com/charmbracelet/x/ansi"

	"ehlo/ui/guide"
	"ehlo/ui/headline"
	"ehlo/ui/prompt"
	"ehlo/ui/rule"
)

// arrange gives every pane its rectangle and its newest facts. It runs after
// every message, so that View only draws.
func (m *Model) arrange() {
	m.head.SetVerdict(m.standing())
	m.head.SetTitle(m.title())
	m.layout = arrange(m.width, m.height, m.head.Height, m.sheet.Height)
	l := m.layout
	if l.TooSmall {
		return
	}
	m.head.SetSize(l.Head.W, l.Head.H)
	m.prompt.SetWidth(m.width)
	m.prompt.SetSecret(m.secretLine)
	m.sheet.SetSize(l.Sheet.W, l.Sheet.H)
	m.ladder.SetSize(m.width, 1)
	m.ladder.SetTee(l.tee())
	m.ladder.Set(m.rungs())
	m.hints.SetSize(l.Hints.W, l.Hints.H)
	m.hints.SetOpen(m.openHints())
	m.lead()
	body := max(0, l.Body.H-l.Sheet.H-len(m.heldRows(l.Body.W)))
	m.talk.SetSize(l.Body.W, body)
	m.talk.SetAiry(l.Body.H >= airyHeight)
	m.welcome.SetSize(l.Body.W, body)
	m.help.SetSize(l.Body.W, body)
	m.guidePane.SetSize(l.Body.W, body)
	m.sizePanes(l.Body.W, body)
}

// airyHeight is how high the body is when exchanges get an empty row between
// them.
const airyHeight = 24

// View draws the rectangles of the layout, top to bottom.
func (m *Model) View() string {
	l := m.layout
	switch {
	case m.width == 0 || m.leaving.quit:
		return ""
	case l.TooSmall:
		m.cursor(0, 0, false)
		return m.tooSmall()
	}
	rows := make([]string, 0, m.height)
	rows = append(rows, split(m.head.View())...)
	if l.Upper >= 0 {
		rows = append(rows, m.upperRule())
	} else {
		rows = append(rows, m.ladder.View())
	}
	rows = append(rows, m.body()...)
	if l.Upper >= 0 {
		rows = append(rows, m.ladder.View())
	}
	rows = append(rows, m.prompt.View(m.meaning()))
	rows = append(rows, m.bottom()...)
	m.cursor(m.prompt.Cursor(), l.Prompt, true)
	return strings.Join(rows, "\n")
}

// body is the open pane with the sheet over its bottom rows, and the side pane
// at its right.
func (m *Model) body() []string {
	l := m.layout
	left := append(split(m.openPane()), m.heldRows(l.Body.W)...)
	left = left[max(0, len(left)-(l.Body.H-l.Sheet.H)):]
	if l.Sheet.H > 0 {
		left = append(left, split(m.sheet.View())...)
	}
	if l.Side.W == 0 {
		return left
	}
	side := m.side()
	between := " " + m.theme.Rule.Render(m.theme.Lines.Down) + " "
	for i := range left {
		left[i] += strings.Repeat(" ", max(0, l.Body.W-ansi.StringWidth(left[i]))) + between
		if i < len(side) {
			left[i] += side[i]
		}
	}
	return left
}

// openPane is what the body shows.
func (m *Model) openPane() string {
	switch {
	case m.helping != nil:
		return m.help.View()
	case m.guided.asking():
		return m.guidePane.View()
	case m.pane == PaneRoute && (m.found != nil || m.live != nil || !m.query.since.IsZero()):
		return m.route.View()
	case m.pane == PaneOffers:
		return m.offers.View()
	case m.pane == PaneTLS:
		return m.crypt.View()
	case m.pane == PaneLesson:
		return m.lesson.View()
	case m.talk.Store().Len() == 0:
		return m.welcome.View()
	}
	return m.talk.View()
}

// upperRule carries the names of the panes, or those of the guide.
func (m *Model) upperRule() string {
	upper := rule.Upper{Tabs: paneNames[:], Open: int(m.pane), Tee: m.layout.tee()}
	if m.helping != nil {
		upper.Tabs, upper.Open = []string{m.text("help")}, 0
	} else if m.guided.asking() {
		upper.Tabs, upper.Open = []string{guide.Name}, 0
		upper.Notice = m.guidePane.Place()
	} else if n := m.talk.NewLines(); m.pane == PaneTalk && n > 0 {
		upper.Notice = rule.NewLines(n)
	}
	if m.layout.Side.W > 0 {
		upper.Side = m.sideTitle()
	}
	return upper.Render(m.theme, m.width)
}

// bottom is the rows of hints; a note or a line that waits takes the first.
func (m *Model) bottom() []string {
	rows := split(m.hints.View())
	if m.helping != nil && m.note == "" {
		return rows // what is typed is no line for the server
	}
	note, keys := cmp.Or(m.note, m.idleNote()), rows[0]
	switch next, doubt := m.prompt.NextLabel(), m.doubtful(); {
	case note != "":
		rows[0] = " " + m.theme.Wait.Render(ansi.Truncate(note, m.width-2, "..."))
	case next != "" && !m.sheet.IsOpen():
		rows[0] = " " + m.theme.Muted.Render(m.nextText(next))
		return rows // two kinds of next in one row are one too many
	case doubt != "":
		rows[0] = " " + m.theme.Marks.NotNow.Render() + " " + m.theme.Wait.Render(ansi.Truncate(doubt, m.width-4, "..."))
	default:
		return rows
	}
	if m.sheet.IsOpen() && len(rows) > 1 {
		rows[1] = keys // whose digits and arrows are not to be guessed
	}
	rows[0] += m.leadBehind(ansi.StringWidth(rows[0]))
	return rows
}

// nextText tells the line that waits; a long one is cut, and not what takes it.
func (m *Model) nextText(next string) string {
	around := ansi.StringWidth(m.text("next", "{line}", ""))
	return ansi.Truncate(m.text("next", "{line}", ansi.Truncate(next, max(1, m.width-2-around), "...")), m.width-2, "")
}

// title is the first row: whom we ask about, and how the line is.
func (m *Model) title() headline.Title {
	title := headline.Title{About: m.aboutText()}
	switch {
	case m.live == nil:
		title.Server = m.foundText()
	case m.live.ended:
		title.Server = m.text("not-connected")
	case m.live.connected.IsZero():
		title.Server = serverName(m.live)
	default:
		title.Server = serverName(m.live)
		title.Encryption = m.encryptionText()
		title.Clock = headline.Clock{
			On: true, Connected: m.now().Sub(m.live.connected), Idle: m.now().Sub(m.live.last), Patience: m.live.patience().Wait,
		}
	}
	return title
}

func (m *Model) foundText() string {
	switch {
	case m.found == nil && m.about.Kind == 0:
		return m.text("no-server")
	case m.found == nil:
		return m.text("not-connected")
	case len(m.found.Hosts) == 1:
		return m.text("one-server")
	}
	return m.text("servers", "{n}", fmt.Sprint(len(m.found.Hosts)))
}

func serverName(l *live) string {
	return fmt.Sprintf("%s:%d", l.serverHost(), l.target.Addr.Port())
}

func (m *Model) encryptionText() string {
	switch {
	case m.live.encrypted == nil:
		return m.text("not-encrypted")
	case m.live.encrypted.Trusted:
		return m.live.encrypted.Version
	}
	return m.text("encrypted-untrusted")
}

// meaning is the sentence beside what is typed.
func (m *Model) meaning() string {
	typed := m.prompt.Value()
	switch {
	case m.ask != nil && m.ask.words == "quit-message":
		return ""
	case m.ask != nil && m.ask.secret && !m.prompt.Token():
		return m.text("masked-means")
	case m.ask != nil && m.ask.take != nil:
		return m.text("signin-line")
	case m.ask != nil:
		return m.text("yes-or-no")
	case m.helping != nil:
		return m.text("help-find")
	case m.guided.asking():
		return m.guidePane.Edge()
	case typed == "":
		return m.emptyMeaning()
	case strings.HasPrefix(typed, "/connect ") && !(m.live.talking() && m.live.ahead().InPayload()):
		return m.connectMeaning()
	case strings.HasPrefix(typed, "/") && !strings.HasPrefix(typed, "//") && m.obeys(typed):
		return m.slashMeaning(typed)
	case m.live.talking() && !m.prompt.Masked():
		return m.lineMeaning(typed)
	case m.answersByHand():
		return m.text("signin-answer")
	case m.prompt.Masked():
		return m.text("masked-means")
	case isCommand(typed):
		return around("no-line-means")
	}
	return m.text("target-means")
}

func (m *Model) emptyMeaning() string {
	if m.live.talking() && m.live.state.InPayload() {
		return m.text("payload-means")
	}
	return ""
}

func (m *Model) connectMeaning() string {
	if target, known := m.routeTarget(""); known {
		host, _, _ := strings.Cut(target.Host, ".")
		return m.text("connect-means", "{host}", host, "{port}", fmt.Sprint(target.Addr.Port()))
	}
	return m.text("slash-means")
}

// openHints are the keys of what is open now, as far as they are for it and not
// for what is typed.
func (m *Model) openHints() []key.Binding {
	switch {
	case m.ask != nil && m.ask.words == "quit-message":
		return m.keys.Leaving()
	case m.ask != nil && m.ask.take != nil:
		return m.keys.Telling()
	case m.ask != nil:
		return m.keys.Asking()
	case m.helping != nil && !m.sheet.IsOpen():
		return m.keys.Helped()
	case m.menu == menuWords:
		return m.keys.Reading()
	case m.menu == menuWarning:
		return m.keys.Warned(m.warned.mends)
	case m.menu == menuSignIn && !m.prompt.Empty():
		return m.keys.Signing(m.sheetHasKeys())
	case m.sheet.IsOpen() && m.sheetHasKeys():
		return m.keys.Listed(m.digits)
	case m.sheet.IsOpen():
		return m.keys.Over(m.paneHints()[0])
	}
	return m.paneHints()
}

// paneHints are the keys of the open pane and of what is typed.
func (m *Model) paneHints() []key.Binding {
	switch {
	case m.guided.asking():
		return m.guidePane.Hints()
	case m.pane == PaneRoute && m.tries.on():
		return m.keys.Trying()
	case m.pane == PaneOffers && m.listed():
		return m.keys.Walking("its lesson")
	case m.pane == PaneLesson && m.listed():
		return m.keys.Walking("take the line")
	case m.listed():
		return m.keys.Choosing()
	case m.free() && m.live.idle() && m.pane == PaneTalk && !m.guided.talks():
		return m.lookHints()
	case m.live.talking():
		return m.keys.Talking()
	}
	if typed := m.prompt.Typed(); typed != "" {
		return m.keys.Unsaid(isCommand(typed), isSlash(prompt.Submit{Line: typed}))
	}
	if m.live != nil {
		return m.keys.Ended()
	}
	return m.keys.Starting()
}

func (m *Model) tooSmall() string {
	text := m.text("too-small", "{w}", fmt.Sprint(m.width), "{h}", fmt.Sprint(m.height))
	rows := make([]string, m.height)
	for i, line := range split(text) {
		if i < len(rows) {
			rows[i] = ansi.Truncate(line, m.width, "")
		}
	}
	return strings.Join(rows, "\n")
}

func split(text string) []string { return strings.Split(text, "\n") }
