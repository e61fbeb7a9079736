package transcript

import (
	"context"
	"testing"

	"ehlo/session"
)

func batch() session.Heard {
	batch := session.Heard{Stamp: at(0), Lines: make([]session.HeardLine, 1000)}
	for i := range batch.Lines {
		batch.Lines[i] = session.HeardLine{Text: line(i, 60), First: i == 0}
	}
	return batch
}

func BenchmarkAppend(b *testing.B) {
	heard := batch()
	for name, tr := range map[string]*Transcript{"memory": {}, "journal": nil} {
		if tr == nil {
			tr, _ = spilling(b, 256<<20)
		}
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				tr.Append(heard)
				tr.Room()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(1000*b.N), "ns/line")
		})
	}
}

func BenchmarkAt(b *testing.B) {
	tr, _ := spilling(b, 256<<20)
	fill(tr, 1_000_000, 60)
	settle(tr)
	for name, step := range map[string]int{"neighbour": 1, "anywhere": 7919 * 127} {
		b.Run(name, func(b *testing.B) {
			for i := 0; b.Loop(); i++ {
				_ = tr.At(i * step % 1_000_000)
			}
		})
	}
}

func BenchmarkSearch(b *testing.B) {
	tr, _ := spilling(b, 256<<20)
	fill(tr, 1_000_000, 60)
	settle(tr)
	expr, _ := Expression("77[7]777 ")
	for name, p := range map[string]Pattern{"rare": Words("777777 "), "Rare": Words("X777777"), "each": Words("250"), "expr": expr} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				_, _ = tr.NewSearch(p).Next(context.Background(), 0, false)
			}
		})
	}
}
