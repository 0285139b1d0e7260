package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime/debug"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator"
)

// The exit codes; help lists them.
const (
	exitOK      = 0
	exitInput   = 1 // the slices, the configuration or the disk are at fault
	exitUsage   = 2 // the call is at fault
	exitDiffers = 3 // --check found something to renew
	exitBug     = 4 // graphslice is at fault
)

const issuesURL = "https://github.com/graphslice/graphslice/issues"

// app is what a command works with; tests put their own in.
type app struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	now            func() time.Time
	generate       func(context.Context, generator.Config) (*generator.Result, error)
	// busy is what is done just now, nil before anything is.
	busy *work
	// verbose is set as soon as flags are read, so that even a panic knows.
	verbose bool
}

// command is one subcommand.
type command struct {
	name, summary string
	run           func(a *app, ctx context.Context, args []string) error
	// flags are what the command can be called with, for completion; words are its arguments that are always the same.
	flags func() *pflag.FlagSet
	words []string
}

// commands are the subcommands, in the order of their use; without one, gen generates.
func commands() []command {
	return []command{
		{"init", "write a first graphslice.yaml and generate.go", (*app).runInit, new(initOptions).flagSet, nil},
		{"paths", "list what can be cut from a source, before anything is cut", (*app).runPaths, new(pathsOptions).flagSet, nil},
		{"pick", "tick operations on a page, and have them written, cut and generated", (*app).runPick, new(pickOptions).flagSet, nil},
		{"add", "put operations into a slice, cut it and generate", (*app).runAdd, new(addOptions).flagSet, nil},
		{"slice", "cut slices from an OpenAPI document, from metadata, or from both", (*app).runSlice, new(sliceOptions).flagSet, nil},
		{"check", "say whether packages are up to date, for CI", (*app).runCheck, (&options{isCheck: true}).flagSet, nil},
		{"list", "show the operations, types and binds of a package", (*app).runList, func() *pflag.FlagSet { return newListOptions().flags }, nil},
		{"why", "show why a type is in a package", (*app).runWhy, func() *pflag.FlagSet { return newWhyOptions().flags }, nil},
		{"uses", "show what the code of a module uses of its packages", (*app).runUses, func() *pflag.FlagSet { return newUsesOptions().flags }, nil},
		{"permissions", "show the least permissions that the code of a module needs", (*app).runPermissions, func() *pflag.FlagSet { return newPermissionsOptions().flags }, nil},
		{"tidy", "narrow the slices to what the code of a module uses", (*app).runTidy, new(tidyOptions).flagSet, nil},
		{"diff", "show what a change means for the code that uses a package", (*app).runDiff, new(diffOptions).flagSet, nil},
		{"graph", "draw the types of a package, as Mermaid, SVG or a page", (*app).runGraph, func() *pflag.FlagSet { return newGraphOptions().flags }, nil},
		{"completion", "print a script that completes commands and flags in a shell", (*app).runCompletion, completionFlags, shells},
		{"help", "explain a command", (*app).runHelp, helpFlags, nil},
		{"version", "print the version", (*app).runVersion, versionFlags, nil},
	}
}

// run is the whole program but for the process: it returns the exit code.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := &app{stdin: stdin, stdout: stdout, stderr: stderr, now: time.Now, generate: generator.Generate}
	return a.run(ctx, args)
}

func (a *app) run(ctx context.Context, args []string) (code int) {
	defer func() {
		if r := recover(); r != nil {
			a.reportBug(fmt.Sprint(r), debug.Stack())
			code = exitBug
		}
	}()
	return a.exitCode(a.dispatch(ctx, args))
}

// dispatch runs the subcommand that args start with, or generates.
func (a *app) dispatch(ctx context.Context, args []string) error {
	if len(args) == 0 || strings.HasPrefix(args[0], "-") {
		return a.runGenerate(ctx, args)
	}
	c, err := commandNamed(args[0])
	if err != nil {
		return err
	}
	return c.run(a, ctx, args[1:])
}

// seeHelp ends the message about a call.
func seeHelp(message string) string {
	if strings.HasSuffix(message, "?") {
		return message + " See gen --help"
	}
	return message + "; see gen --help"
}

// usageError is a fault of the call.
type usageError string

func (e usageError) Error() string { return string(e) }

func usagef(format string, args ...any) error { return usageError(fmt.Sprintf(format, args...)) }

// codeError ends a run whose findings have been reported already.
type codeError int

func (e codeError) Error() string { return fmt.Sprintf("exit code %d", int(e)) }

// exitCode says on stderr what err is, unless that was said, and returns the code for it.
func (a *app) exitCode(err error) int {
	var usage usageError
	var code codeError
	var faults generator.Diagnostics
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &code):
		return int(code)
	case errors.As(err, &usage):
		fmt.Fprintf(a.stderr, "gen: %s\n", generator.Printable(seeHelp(usage.Error())))
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(a.stderr, "gen: interrupted; nothing was written")
		return exitInput
	case errors.As(err, &faults):
		fmt.Fprintln(a.stderr, generator.Printable(err.Error()))
		return exitInput
	}
	a.reportBug(err.Error(), nil)
	return exitBug
}

// reportBug says that graphslice itself is at fault; stack is where, or nil.
func (a *app) reportBug(what string, stack []byte) {
	fmt.Fprintf(a.stderr, "gen: internal error: %s\n", generator.Printable(what))
	fmt.Fprintf(a.stderr, "This is a bug in graphslice %s, and nothing was written. Please report it, with the slices if you can, at %s\n",
		version(), issuesURL)
	switch {
	case a.verbose && stack != nil:
		fmt.Fprintf(a.stderr, "\n%s", stack)
	case stack != nil:
		fmt.Fprintln(a.stderr, "Run again with --verbose to see where it happened.")
	}
}

// version is what --version prints: the generator's version, then how this program was built.
func version() string {
	build := "devel"
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" && info.Main.Version != "(devel)" {
		build = info.Main.Version
	}
	return fmt.Sprintf("%s (%s)", generator.Version, build)
}
