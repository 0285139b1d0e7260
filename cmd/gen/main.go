// Gen generates typed Go packages from slices of an OpenAPI description; gen --help says how.
package main

import (
	"context"
	"os"
	"os/signal"
	"runtime/debug"
)

// largest is how many bytes the process takes before it collects more often. All of Graph's v1.0 needs less, and takes twice as much if
// nobody stops it.
const largest = 1200 << 20

func main() {
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(200) // the process is short: half the collecting, for some tens of MB
	}
	if os.Getenv("GOMEMLIMIT") == "" {
		debug.SetMemoryLimit(largest) // from there on, collecting is cheaper than memory that the machine may not have
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
