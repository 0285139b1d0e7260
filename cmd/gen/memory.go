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
	small = 80 << 20
	// room is by how much it grows between two collections where more than half of that is kept, and middling is up to where: a heap that
	// is larger may grow threefold, since collecting takes the longer the more there is to keep.
	room     = 40 << 20
	middling = 96 << 20
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
	live = max(live, least)
	if live > middling {
		return 200
	}
	return int((max(small, live+room) - live) * 100 / live)
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
