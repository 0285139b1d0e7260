package main

import "testing"

// What a small run takes is limited, and the heap of a large one may grow threefold.
func TestCollecting(t *testing.T) {
	for _, test := range []struct {
		live    int64 // MB
		percent int
		limit   int64 // MB
	}{{0, -1, 104}, {60, -1, 104}, {70, -1, 144}, {84, -1, 200}, {85, 200, 1200}} {
		percent, limit := collecting(test.live << 20)
		if percent != test.percent || limit != test.limit<<20 {
			t.Errorf("%d MB: collecting at %d %% and %d bytes, want %d %% and %d MB", test.live, percent, limit, test.percent, test.limit)
		}
	}
}
