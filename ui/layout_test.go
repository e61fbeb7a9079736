package ui

import "testing"

func five(_, most int) int { return min(5, most) }
func none(_, _ int) int    { return 0 }

func TestLayoutOfTheDesign(t *testing.T) {
	for _, test := range []struct {
		w, h int
		want Layout
	}{
		{80, 24, Layout{Head: Rect{0, 0, 80, 5}, Upper: 5, Body: Rect{0, 6, 80, 14}, Sheet: Rect{0, 20, 80, 0}, Lower: 20, Prompt: 21, Hints: Rect{0, 22, 80, 2}}},
		{120, 40, Layout{Head: Rect{0, 0, 120, 5}, Upper: 5, Body: Rect{0, 6, 80, 30}, Side: Rect{83, 6, 37, 30}, Sheet: Rect{0, 36, 80, 0}, Lower: 36, Prompt: 37, Hints: Rect{0, 38, 120, 2}}},
		{40, 10, Layout{Narrow: true, Head: Rect{0, 0, 40, 3}, Upper: -1, Body: Rect{0, 4, 40, 4}, Sheet: Rect{0, 8, 40, 0}, Lower: 3, Prompt: 8, Hints: Rect{0, 9, 40, 1}}},
		{39, 10, Layout{TooSmall: true}},
	} {
		if got := arrange(test.w, test.h, five, none); got != test.want {
			t.Errorf("%dx%d:\n got %+v\nwant %+v", test.w, test.h, got, test.want)
		}
	}
}

func TestLayoutHoldsAtAnySize(t *testing.T) {
	greedy := func(_, most int) int { return most }
	for w := range 260 {
		for h := range 80 {
			l := arrange(w, h, greedy, greedy)
			if l.TooSmall {
				continue
			}
			if l.Body.H < 0 || l.Body.W < 40 || l.Sheet.H > l.Body.H || l.Hints.Y+l.Hints.H != h || l.Body.Y+l.Body.H != max(l.Lower, l.Prompt-1) && l.Upper >= 0 {
				t.Fatalf("%dx%d: %+v", w, h, l)
			}
		}
	}
}
