package conversation

import (
	"testing"

	"github.com/charmbracelet/x/ansi"
	"github.com/google/go-cmp/cmp"

	"ehlo/session"
	"ehlo/ui/golden"
	"ehlo/ui/theme"
)

// Answers to lines that went out together are explained by the line they
// answer, and a line without an answer says so.
func TestGroup(t *testing.T) {
	m := pane(t, 80, 24, "group")
	m.SetAiry(true)
	golden.Text(t, "group", ansi.Strip(m.View()))
}

// The dot of LMTP is answered once a recipient; a refusal among them is the
// mark of its own line.
func TestSeveralAnswers(t *testing.T) {
	var a asked
	end := session.Command{Verb: ".", Line: ".", Effect: session.EffectEnd, Answers: 2}
	a.take(session.Said{ID: 1, Command: end}, 4)
	first := session.HeardLine{Text: "250 ok", First: true}
	for i := range 2 {
		if !a.awaited(4) {
			t.Errorf("answer %d is not awaited", i)
		}
		a.take(session.Heard{To: end, Lines: []session.HeardLine{first}}, 5+i)
		a.take(session.Answered{To: end, ToID: 1}, 6+i)
		if r, ok := a.reply(5 + i); !ok || r.sent != 4 {
			t.Errorf("answer %d: %+v, %v", i, r, ok)
		}
	}
	if a.awaited(4) {
		t.Error("a third answer is awaited")
	}
}

// Lines of a message take no room beyond the first; commands keep how they
// were read.
func TestCommand(t *testing.T) {
	var a asked
	say := func(index int, verb, line string, effect session.Effect, answers int) {
		a.take(session.Said{ID: session.ID(index), Command: session.Command{Verb: verb, Line: line, Effect: effect, Answers: answers}}, index)
	}
	say(0, "DATA", "data", session.EffectPayload, 1)
	for i := range 50 {
		say(2+i, "", "text", session.EffectText, 0)
	}
	say(60, ".", ".", session.EffectEnd, 1)
	if len(a.sent) != 3 {
		t.Errorf("%d lines kept", len(a.sent))
	}
	for index, want := range map[int]session.Command{
		0:  {Verb: "DATA", Line: "data", Effect: session.EffectPayload, Answers: 1},
		2:  {Line: "text", Effect: session.EffectText},
		51: {Line: "text", Effect: session.EffectText},
		60: {Verb: ".", Line: ".", Effect: session.EffectEnd, Answers: 1},
	} {
		if diff := cmp.Diff(want, a.command(index, want.Line)); diff != "" {
			t.Errorf("entry %d: %s", index, diff)
		}
	}
	a.trim(60)
	if got := a.command(60, "."); got.Verb != "." || len(a.sent) != 2 {
		t.Errorf("after trimming: %+v, %d kept", got, len(a.sent))
	}
}

// A list of extensions lacks encryption only while there is none, and a
// conversation that begins anew is in clear again.
func TestMissing(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	m.SetSize(80, 60)
	m.Append(play(t, "odd")...)
	for i := range m.store.Len() {
		if says := m.says(i, m.store.At(i)); len(says) > 1 {
			t.Errorf("entry %d: %q", i, says)
		}
	}
	before := m.store.Len()
	m.Append(play(t, "talk")...)
	missing := 0
	for i := before; i < m.store.Len(); i++ {
		if says := m.says(i, m.store.At(i)); len(says) == 2 {
			missing++
		}
	}
	if missing != 1 {
		t.Errorf("%d lists lack something", missing)
	}
}

// A reply is explained once, whole; one that is still coming in line by line.
func TestMeaningsKept(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	m.SetSize(80, 40)
	asked := 0
	explained := m.explain
	m.explain = func(r session.Reply, to session.Command) []string {
		asked++
		return explained(r, to)
	}
	events := play(t, "talk")
	for _, e := range events {
		m.Append(e)
		m.View()
	}
	m.View()
	if asked != 4 || len(m.meanings.known) != 4 {
		t.Errorf("explained %d times, %d kept", asked, len(m.meanings.known))
	}
	for i := range 3 * maxMeanings {
		m.meanings.put(uint32(i), meaning{})
	}
	if len(m.meanings.known) > maxMeanings {
		t.Errorf("%d meanings kept", len(m.meanings.known))
	}
}

// A reply longer than a reply can keep is explained line by line.
func TestLongReply(t *testing.T) {
	m := New(theme.New(theme.Options{}))
	m.SetSize(80, 10)
	hello := session.Command{Verb: "EHLO", Line: "EHLO x", Answers: 1}
	m.Append(session.Said{ID: 1, Command: hello})
	for i := range 30 {
		h := session.Heard{To: hello}
		for j := range 100 {
			h.Lines = append(h.Lines, session.HeardLine{Text: "250-8BITMIME", First: i+j == 0})
		}
		m.Append(h)
	}
	m.Append(session.Answered{To: hello, ToID: 1, Reply: session.Reply{Class: session.Yes, Code: 250}})
	for _, back := range []int{0, 1500, 1500} {
		m.ScrollUp(back)
		if rows := shown(m); rows[5] != "   250-8BITMIME                       Takes accented letters as they are." {
			t.Errorf("%q", rows[5])
		}
	}
}
