package main

import "testing"

// The heap of a small run is left alone, and that of a large one may grow threefold.
func TestGrowth(t *testing.T) {
	for _, test := range []struct {
		live uint64 // MB
		want int
	}{{0, 2300}, {4, 2300}, {24, 300}, {48, 100}, {100, 100}, {500, 200}} {
		if got := growth(test.live << 20); got != test.want {
			t.Errorf("%d MB may grow by %d %%, want %d", test.live, got, test.want)
		}
	}
}
