package main

import "testing"

// The heap of a small run is left alone, a larger one is kept low, and that of a large run may grow threefold.
func TestGrowth(t *testing.T) {
	for _, test := range []struct {
		live uint64 // MB
		want int
	}{{0, 1900}, {4, 1900}, {20, 300}, {40, 100}, {80, 50}, {500, 200}} {
		if got := growth(test.live << 20); got != test.want {
			t.Errorf("%d MB may grow by %d %%, want %d", test.live, got, test.want)
		}
	}
}
