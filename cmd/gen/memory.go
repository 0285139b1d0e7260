package main

import (
	"os"
	"runtime"
	"runtime/debug"
	"runtime/metrics"
)

// How much memory the process takes, in bytes. Collecting garbage is a large part of a short run, and keeping it is cheap until there is
// much of it.
const (
	// small is how large the heap grows before anything is collected.
	small = 96 << 20
	// middling is up to where the heap may double between two collections. One that is larger may grow threefold: collecting takes the
	// longer the more there is to keep.
	middling = 128 << 20
	// largest is from where on collecting is cheaper than memory that the machine may not have. All of Graph's v1.0 needs less, and
	// takes twice as much if nobody stops it.
	largest = 1200 << 20
)

// tuneCollector sets when garbage is collected, but for what the environment says.
func tuneCollector() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(growth(0))
		afterEachCollection(func() { debug.SetGCPercent(growth(liveHeap())) })
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(largest)
	}
}

// growth is by how many percent of what is kept the heap may grow before it is collected again.
func growth(live uint64) int {
	const least = 4 << 20 // what the collector takes for kept if less is
	switch live = max(live, least); {
	case live <= small/2:
		return int((small - live) * 100 / live)
	case live <= middling:
		return 100
	}
	return 200
}

// liveHeap is how much the last collection has kept.
func liveHeap() uint64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return sample[0].Value.Uint64()
}

// afterEachCollection calls a function when garbage has been collected, for as long as the process runs.
func afterEachCollection(do func()) {
	garbage := new([64]byte) // which the next collection finds
	runtime.AddCleanup(garbage, func(struct{}) {
		do()
		afterEachCollection(do)
	}, struct{}{})
}
