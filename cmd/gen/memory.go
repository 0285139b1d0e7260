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
	// small is how much is taken while no more than little is kept. What is kept beyond that may grow fourfold, since collecting takes the
	// longer the more there is to keep; beyond middling all of it may grow threefold.
	small, little, middling = 104 << 20, 60 << 20, 84 << 20
	// largest is from where on collecting is cheaper than memory that the machine may not have. All of Graph's v1.0 needs less, and
	// takes twice as much if nobody stops it.
	largest = 1200 << 20
)

// tuneCollector sets when garbage is collected, but for what the environment says.
func tuneCollector() {
	percent, limit := collecting(0)
	switch {
	case os.Getenv("GOGC") == "" && os.Getenv("GOMEMLIMIT") == "":
		afterEachCollection(func() {
			percent, limit := collecting(liveHeap())
			debug.SetMemoryLimit(limit)
			debug.SetGCPercent(percent)
		})
	default: // nobody knows what is meant by one without the other
		percent, limit = collecting(largest)
	}
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(percent)
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(limit)
	}
}

// collecting says when to collect after so much has been kept: when the heap has grown by so many percent, -1 for never, and when the
// process takes so many bytes. Who is told late collects more often, and takes no more memory.
func collecting(live int64) (percent int, limit int64) {
	if live > middling {
		return 200, largest
	}
	return -1, small + 4*max(0, live-little)
}

// liveHeap is how much the last collection has kept.
func liveHeap() int64 {
	sample := []metrics.Sample{{Name: "/gc/heap/live:bytes"}}
	metrics.Read(sample)
	return int64(sample[0].Value.Uint64())
}

// afterEachCollection calls a function when garbage has been collected, for as long as the process runs.
func afterEachCollection(do func()) {
	garbage := new([64]byte) // which the next collection finds
	runtime.AddCleanup(garbage, func(struct{}) {
		do()
		afterEachCollection(do)
	}, struct{}{})
}
