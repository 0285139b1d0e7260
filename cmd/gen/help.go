package main

import (
	"context"
	"fmt"
	"slices"

	"github.com/spf13/pflag"
)

const helpUsage = `Gen help explains gen, or one of its commands, as --help does.

Usage:
  gen help [COMMAND]

Examples:
  # What is gen slice?
  gen help slice

Flags:
  -h, --help   print this help
`

const versionUsage = `Gen version prints the version of graphslice and how this program was built, as gen --version does.

Usage:
  gen version

Examples:
  # For a report of a bug.
  gen version

Flags:
  -h, --help   print this help
`

// commandNamed returns the subcommand of a name. The error is a usageError.
func commandNamed(name string) (command, error) {
	all := commands()
	i := slices.IndexFunc(all, func(c command) bool { return c.name == name })
	if i >= 0 {
		return all[i], nil
	}
	var names []string
	for _, c := range all {
		names = append(names, c.name)
	}
	return command{}, usagef("unknown command %q%s", name, didYouMean(name, names))
}

// onlyHelp are the flags of a command that has none but --help.
func onlyHelp(name string) (flags *pflag.FlagSet, help *bool) {
	flags = newFlags(name)
	return flags, flags.BoolP("help", "h", false, "print this help")
}

func helpFlags() *pflag.FlagSet    { flags, _ := onlyHelp("help"); return flags }
func versionFlags() *pflag.FlagSet { flags, _ := onlyHelp("version"); return flags }

// runHelp is the command help.
func (a *app) runHelp(ctx context.Context, args []string) error {
	flags, help := onlyHelp("help")
	if err := parseFlags(flags, args); err != nil {
		return err
	}
	switch {
	case *help:
		fmt.Fprint(a.stdout, helpUsage)
		return nil
	case flags.NArg() > 1:
		return usagef("unknown argument %q", flags.Arg(1))
	case flags.NArg() == 0:
		fmt.Fprint(a.stdout, new(options).helpText())
		return nil
	}
	c, err := commandNamed(flags.Arg(0))
	if err != nil {
		return err
	}
	return c.run(a, ctx, []string{"--help"})
}

// runVersion is the command version.
func (a *app) runVersion(_ context.Context, args []string) error {
	flags, help := onlyHelp("version")
	if err := parseFlags(flags, args); err != nil {
		return err
	}
	switch {
	case *help:
		fmt.Fprint(a.stdout, versionUsage)
	case flags.NArg() > 0:
		return usagef("unknown argument %q", flags.Arg(0))
	default:
		fmt.Fprintln(a.stdout, "graphslice "+version())
	}
	return nil
}
