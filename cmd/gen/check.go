package main

import (
	"context"
	"regexp"
	"slices"
	"strings"

	"github.com/spf13/pflag"
)

const checkHead = `Gen check says whether the packages are what the slices make, and the slices cut with what slice: in the configuration says, for
CI: it exits 3 with a list if not. Nothing is written. If the hashes in graphslice.lock say that nothing has changed, nothing is generated either.

Usage:
  gen check                              every package of ./graphslice.yaml
  gen check --config PATH                every package of another file
  gen check --spec PATH --out DIR ...    one package, without a file

Flags:
`

const checkTail = `
Examples:
  # In CI.
  gen check
  # Generate in any case: after a change of graphslice itself that did not change its version.
  gen check --full
  # Leave it to another day if only comments would change.
  gen check --no-docs

The list has a file a line, with what there is to say of it in front: changed, missing, stale, documentation (only comments
differ), edited (by hand), recut (a slice that was cut with something else than slice: in the configuration says now, as far as
that can be told without the network) or stray (it looks generated, and no lock lists it: to be removed by hand).

Exit codes: 0 up to date, 1 a slice, an override, the configuration or the disk is at fault, 2 the call is at fault, 3 something
differs, 4 a bug in graphslice.
`

// runCheck is the command check.
func (a *app) runCheck(ctx context.Context, args []string) error {
	return a.runOptions(ctx, &options{isCheck: true}, args)
}

// reporting are the flags that do not change what is generated.
var reporting = []string{"check", "full", "format", "quiet", "verbose"}

// remedy is the call of gen that brings up to date what was checked.
func (o *options) remedy(force bool) string {
	words := []string{"gen"}
	o.flags.VisitAll(func(f *pflag.Flag) {
		if !f.Changed || slices.Contains(reporting, f.Name) {
			return
		}
		list, isList := f.Value.(pflag.SliceValue)
		switch {
		case isList:
			for _, value := range list.GetSlice() {
				words = append(words, "--"+f.Name, shellWord(value))
			}
		case f.Value.Type() == "bool":
			words = append(words, strings.TrimSuffix("--"+f.Name+"="+f.Value.String(), "=true"))
		default:
			words = append(words, "--"+f.Name, shellWord(f.Value.String()))
		}
	})
	if force {
		words = append(words, "--force")
	}
	return strings.Join(words, " ")
}

var plainWord = regexp.MustCompile(`^[A-Za-z0-9_./:@%+,-]+$`)

// shellWord quotes a word for a shell, if it needs that.
func shellWord(word string) string {
	if plainWord.MatchString(word) {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
