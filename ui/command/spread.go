package command

import "iter"

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
		results, slots := make(chan R), make(chan struct{}, jobs)
		go func() {
			defer close(results)
			for item := range items {
				select {
				case slots <- struct{}{}:
				case <-done:
					return
				}
				go func() {
					defer func() { <-slots }()
					hand(results, work(item), done)
				}()
			}
			for range jobs { // all have ended
				slots <- struct{}{}
			}
		}()
		for result := range results {
			if !yield(result) {
				return
			}
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

func hand[R any](results chan<- R, result R, done <-chan struct{}) {
	select {
	case results <- result:
	case <-done:
	}
}
