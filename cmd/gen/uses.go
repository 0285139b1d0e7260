package main

import (
	"context"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"slices"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator"
)

const usesHead = `Gen uses shows what the code of a module uses of generated packages: operations, types, properties and binds, each with its
places. Nothing is written.

Usage:
  gen uses [PACKAGES] [flags]

PACKAGES are patterns as the go command takes them; without any, ./...

Flags:
`

const usesTail = `
Examples:
  # What does this module use, and where?
  gen uses
  # With what a build tag adds, as JSON.
  gen uses ./cmd/... --tags integration --format json

A generated package is one that has a graphslice.lock beside it, wherever it is: in this module, in a workspace, in another module, in
vendor. Methods count that are passed as values, embedded, called through interfaces or by type parameters. A place is marked with
"test" if it is in a test, or only tests lead there. What the code does not say is listed as unknown: Client.Do, addresses that are
written out, what Wait reads, properties whose names are computed, values that become an any, and builders that are handed to
reflection.

JSON is one object:
  packages  path, name, dir; operations, paths, types, properties, binds, values, parameters, each with id, go, places (file, line,
            column, test); tests (all places are tests), notCalled (an interface asks for it, nothing calls it), oneOf (a form of a
            function, this one or another)
  unknown   kind (raw, address, wait, property, value, subscription, reflection), what, go, package, file, line, column, test
`

// codeOptions are the flags of the commands that read a module's code.
type codeOptions struct {
	tags   []string
	format string
	help   bool
	flags  *pflag.FlagSet
}

// newCodeOptions returns the flags of the command called name, whose answer has one of the formats; the first is the default.
func newCodeOptions(name string, formats ...string) *codeOptions {
	o := &codeOptions{flags: newFlags(name)}
	o.flags.StringSliceVar(&o.tags, "tags", nil, "build `tags` of the code, separated by commas")
	o.flags.StringVar(&o.format, "format", formats[0], "how to answer: `"+orList(formats)+"`")
	enumerate(o.flags, "format", formats...)
	o.flags.BoolVarP(&o.help, "help", "h", false, "print this help")
	return o
}

// parse reads the arguments. The error is a usageError.
func (o *codeOptions) parse(args []string) error {
	if err := parseFlags(o.flags, args); err != nil {
		return err
	}
	if o.help {
		return nil
	}
	if slices.Contains(o.flags.Args(), "") {
		return usagef("a pattern of packages is empty")
	}
	return checkValues(o.flags)
}

// uses reads the code that the arguments name. The error is Diagnostics, or ctx's.
func (a *app) uses(ctx context.Context, o *codeOptions) (*generator.CodeUses, error) {
	defer a.begin("reading the code").end()
	collectLess()
	return generator.Uses(ctx, o.code())
}

// collectLess puts off collecting until some 64 MB are taken, for commands that mostly end before. From there on it is as for the others.
func collectLess() {
	if os.Getenv("GOGC") != "" {
		return
	}
	runtime.AddCleanup(new([64]byte), func(usual int) { debug.SetGCPercent(usual) }, debug.SetGCPercent(1600)) // of the 4 MB where collecting begins
}

// code is what the arguments name.
func (o *codeOptions) code() generator.Code {
	return generator.Code{Patterns: o.flags.Args(), Tags: o.tags}
}

func newUsesOptions() *codeOptions { return newCodeOptions("uses", "text", "json") }

// runUses is the command uses.
func (a *app) runUses(ctx context.Context, args []string) error {
	o := newUsesOptions()
	if err := o.parse(args); err != nil {
		return err
	}
	if o.help {
		fmt.Fprint(a.stdout, usesHead+o.flags.FlagUsages()+usesTail)
		return nil
	}
	uses, err := a.uses(ctx, o)
	if err != nil {
		return err
	}
	return a.answer(o.format, uses)
}
