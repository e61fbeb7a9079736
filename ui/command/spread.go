package command

import (
	"iter"
	"runtime/debug"
	"sync"
)

// spread does work for every item, so many at a time, and yields what came of
// each as soon as it is there; in order, in the order of the items. It holds a
// bounded number of items and results, however many there are: who does not
// take results stops the reading of items.
//
// When the results are no longer wanted, no further item is begun; what is
// under way must be ended by whoever ends the loop.
func spread[T, R any](jobs int, ordered bool, items iter.Seq[T], work func(T) R) iter.Seq[R] {
	if ordered {
		return inTurn(jobs, items, work)
	}
	return func(yield func(R) bool) {
		done := make(chan struct{})
		defer close(done)
		results := make(chan R, jobs)
		go func() {
			defer close(results)
			share(jobs, items, done, func(item T) bool { return hand(results, work(item), done) })
		}()
		for result := range results {
			if !yield(result) {
				return
			}
		}
	}
}

// share gives items to so many workers, whose stacks stay as large as the work
// wants them, until there are no more, or done. It returns when all have ended;
// one that takes no more returns false.
func share[T any](jobs int, items iter.Seq[T], done <-chan struct{}, work func(T) bool) {
	given := make(chan T)
	var workers sync.WaitGroup
	defer workers.Wait()
	defer close(given)
	begun := 0
	for item := range items {
		if begun < jobs {
			begun++
			workers.Go(func() {
				for item := range given {
					if !work(item) {
						return
					}
				}
			})
		}
		select {
		case given <- item:
		case <-done:
			return
		}
	}
}

// inTurn is spread in the order of the items. A slow one lets at most so many
// others wait for it.
func inTurn[T, R any](jobs int, items iter.Seq[T], work func(T) R) iter.Seq[R] {
	return func(yield func(R) bool) {
		done := make(chan struct{})
		defer close(done)
		line := make(chan chan R, jobs-1) // those under way, the first is awaited
		go func() {
			defer close(line)
			for item := range items {
				place := make(chan R, 1)
				select {
				case line <- place:
					go func() { place <- work(item) }()
				case <-done:
					return
				}
			}
		}()
		for place := range line {
			if !yield(<-place) {
				return
			}
		}
	}
}

// hand passes a result on; false means that nobody wants it any more.
func hand[R any](results chan<- R, result R, done <-chan struct{}) bool {
	select {
	case results <- result:
		return true
	case <-done:
		return false
	}
}

// lessOften lets the collector of garbage come less often while many targets
// are asked about: each leaves much behind that is small and soon dead. The
// more of them at a time, the more memory is alive, and the less is spared. It
// returns what puts an end to it.
func lessOften(jobs int) (end func()) {
	const percent, usual = 400, 64
	before := debug.SetGCPercent(max(100, percent*usual/max(usual, jobs)))
	return func() { debug.SetGCPercent(before) }
}
