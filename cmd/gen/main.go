// Gen generates typed Go packages from slices of an OpenAPI description; gen --help says how.
package main

import (
	"context"
	"os"
	"os/signal"
)

func main() {
	tuneCollector()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}
