package prompt

import (
	"slices"
	"strings"
)

// undoDepth bounds the steps that can be undone.
const undoDepth = 200

// journal is what was before, and after an undo what came after. A run of
// typed letters is one step up to the next blank.
type journal struct {
	past, future []editor
	typing       bool // the last step was a typed letter
}

// note remembers e before it changes. typed is the letter, or "" when the
// change is of another kind.
func (j *journal) note(e editor, typed string) {
	joins := j.typing && typed != "" && strings.TrimSpace(typed) != ""
	j.typing, j.future = typed != "", nil
	if joins {
		return
	}
	j.past = appended(j.past, e, undoDepth)
}

// undo returns the editor one step back from e, or e when there is none.
func (j *journal) undo(e editor) editor {
	return step(&j.past, &j.future, e, &j.typing)
}

// redo returns the editor one undone step further, or e when there is none.
func (j *journal) redo(e editor) editor {
	return step(&j.future, &j.past, e, &j.typing)
}

func step(from, to *[]editor, e editor, typing *bool) editor {
	*typing = false
	if len(*from) == 0 {
		return e
	}
	last := len(*from) - 1
	got := (*from)[last]
	*from, *to = (*from)[:last], appended(*to, e, undoDepth)
	return got
}

// appended returns list with v behind it and at most limit long; the oldest go.
// The list itself is left alone: other copies of the Model have it too.
func appended[T any](list []T, v T, limit int) []T {
	if len(list) == limit {
		list = list[1:]
	}
	return append(slices.Clip(list), v)
}

// ringSize bounds the killed texts that are kept.
const ringSize = 16

// ring keeps killed texts, the newest last. A yank may be turned to an older
// text as long as nothing else was done since.
type ring struct {
	texts  []string
	turn   int // how many before the newest the last yank gave
	start  int // where in the line it put its text, in bytes
	yanked bool
}

// keep adds a killed text.
func (r *ring) keep(text string) {
	if text == "" {
		return
	}
	r.texts = appended(r.texts, text, ringSize)
}

// yank inserts the newest text.
func (r *ring) yank(e editor) editor {
	if len(r.texts) == 0 {
		return e
	}
	r.turn, r.start, r.yanked = 0, e.at, true
	return e.insert(r.texts[len(r.texts)-1])
}

// pop turns the text of the last yank into the one killed before it.
func (r *ring) pop(e editor) editor {
	if !r.yanked || r.start > e.at {
		return e
	}
	r.turn = (r.turn + 1) % len(r.texts)
	return e.replace(r.start, e.at, r.texts[len(r.texts)-1-r.turn])
}
