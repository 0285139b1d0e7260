package main

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"path/filepath"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator"
)

const initHead = `Gen init writes a first graphslice.yaml, with the address of Microsoft Graph's metadata and a first slice, notes of what the
metadata does not tell (specs/notes.yaml), an example of the package's use (internal/graph/example_test.go), which is the user's own,
and a generate.go for go generate into the module in the current folder. It asks nothing. A file that is there already is never replaced: then nothing is written.

Usage:
  gen init [flags]

Flags:
`

const initTail = `
Examples:
  # In the root of a module.
  go tool gen init
  # In a folder of it.
  gen init --dir internal/msgraph
`

const initNext = `
Next, in %s:
  go get -tool github.com/graphslice/graphslice/cmd/gen   # once
  go tool gen slice                                       # cuts the first slice
  go generate ./...                                       # makes the package
  go tool gen paths contacts                              # what else is there?
  go tool gen add '/me/contacts#GET,POST'                 # take it
`

var (
	//go:embed starter/graphslice.yaml
	starterConfig []byte
	//go:embed starter/notes.yaml
	starterNotes []byte
	//go:embed starter/example_test.go.tmpl
	starterExample []byte
)

// initOptions are the flags of the init command.
type initOptions struct {
	dir  string
	help bool
}

// flagSet returns the flags that fill o.
func (o *initOptions) flagSet() *pflag.FlagSet {
	flags := newFlags("init")
	flags.StringVar(&o.dir, "dir", ".", "`folder` to write to, in a module")
	flags.BoolVarP(&o.help, "help", "h", false, "print this help")
	return flags
}

// runInit is the command init.
func (a *app) runInit(_ context.Context, args []string) error {
	var o initOptions
	flags := o.flagSet()
	switch err := parseFlags(flags, args); {
	case err != nil:
		return err
	case o.help:
		fmt.Fprint(a.stdout, initHead+flags.FlagUsages()+initTail)
		return nil
	case flags.NArg() > 0:
		return usagef("unknown argument %q", flags.Arg(0))
	case o.dir == "":
		return usagef("--dir is empty")
	}
	name, err := generator.PackageNameIn(o.dir)
	if err != nil {
		return err
	}
	example, err := exampleIn(o.dir)
	if err != nil {
		return err
	}
	generate := "package " + name + "\n\n//go:generate go tool gen\n"
	files := []generator.StarterFile{{Name: filepath.Join(o.dir, defaultConfig), Data: starterConfig},
		{Name: filepath.Join(o.dir, "specs", "notes.yaml"), Data: starterNotes},
		{Name: filepath.Join(o.dir, filepath.FromSlash(starterOut), "example_test.go"), Data: example},
		{Name: filepath.Join(o.dir, "generate.go"), Data: []byte(generate)}}
	if err := generator.WriteStarters(files); err != nil {
		return err
	}
	for _, f := range files {
		fmt.Fprintf(a.stdout, "wrote %s\n", filepath.ToSlash(f.Name))
	}
	fmt.Fprintf(a.stdout, initNext, filepath.ToSlash(o.dir))
	return nil
}

// starterOut is where the configuration to begin with puts its package.
const starterOut = "internal/graph"

// exampleIn is the example for the package that is to stand below dir, as it is imported there.
func exampleIn(dir string) ([]byte, error) {
	importPath, err := generator.ImportPath(dir, starterOut)
	if err != nil {
		return nil, err
	}
	return bytes.Replace(starterExample, []byte("{{import}}"), []byte(importPath), 1), nil
}
