package command

import (
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// numbers yields 0 to n-1 and counts how many were taken.
func numbers(n int, taken *int) func(func(int) bool) {
	return func(yield func(int) bool) {
		for i := range n {
			*taken = i + 1
			if !yield(i) {
				return
			}
		}
	}
}

func TestSpread(t *testing.T) {
	for _, ordered := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			var mu sync.Mutex
			now, most, taken := 0, 0, 0
			work := func(i int) int {
				mu.Lock()
				now++
				most = max(most, now)
				mu.Unlock()
				time.Sleep(time.Duration(10-i%10) * time.Second)
				mu.Lock()
				now--
				mu.Unlock()
				return i
			}
			got := slices.Collect(spread(8, ordered, numbers(100, &taken), work))
			if most != 8 || len(got) != 100 {
				t.Errorf("%d at a time, %d results", most, len(got))
			}
			if slices.IsSorted(got) != ordered {
				t.Errorf("ordered %v: %v", ordered, got)
			}
			slices.Sort(got)
			if got[0] != 0 || got[99] != 99 {
				t.Errorf("got %v", got)
			}
		})
	}
}

// Who does not take results stops the reading; who ends the loop leaves
// nothing behind, as the bubble of the test checks.
func TestSpreadBounded(t *testing.T) {
	for _, ordered := range []bool{true, false} {
		synctest.Test(t, func(t *testing.T) {
			taken := 0
			for range spread(4, ordered, numbers(1000, &taken), func(i int) int { return i }) {
				synctest.Wait()
				if taken > 12 {
					t.Errorf("ordered %v: %d were read ahead", ordered, taken)
				}
				break
			}
			synctest.Wait()
		})
	}
}

func TestSpreadOne(t *testing.T) {
	for _, ordered := range []bool{true, false} {
		taken := 0
		if got := slices.Collect(spread(1, ordered, numbers(9, &taken), func(i int) int { return i })); len(got) != 9 {
			t.Errorf("got %v", got)
		}
		if got := slices.Collect(spread(1, ordered, numbers(0, &taken), func(i int) int { return i })); len(got) != 0 {
			t.Errorf("got %v", got)
		}
	}
}
