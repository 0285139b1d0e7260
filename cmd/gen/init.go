package main

import (
	"bytes"
	"context"
	_ "embed"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator"
)

const initHead = `Gen init writes a first graphslice.yaml, with the address of Microsoft Graph's metadata and a first slice, notes of what the
metadata does not tell (specs/notes.yaml), an example of the package's use (internal/graph/example_test.go), which is the user's own,
and a generate.go for go generate into the module in the current folder. It asks nothing. A file that is there already is never replaced: then nothing is written.

With --from it reads code that uses msgraph-sdk-go, msgraph-beta-sdk-go or another client that Kiota made. The configuration has the
operations that the code asks for; the slices are cut, the packages generated, and each place of the old client is listed with the
call that replaces it, or why that is not known. The code has to compile.

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
  go tool gen pick                                        # or see and tick it all on a page
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
	sourceFlags
	dir, format    string
	patterns, tags []string
	list, help     bool
}

// flagSet returns the flags that fill o.
func (o *initOptions) flagSet() *pflag.FlagSet {
	flags := newFlags("init")
	flags.StringVar(&o.dir, "dir", ".", "`folder` to write to, in a module")
	flags.StringArrayVar(&o.patterns, "from", nil, "`packages` whose code uses Microsoft's SDK, or another client that Kiota made: take what it asks for (repeatable)")
	flags.BoolVar(&o.list, "list", false, "write nothing, and list which call replaces which (with --from)")
	flags.StringSliceVar(&o.tags, "tags", nil, "build `tags` of the code, separated by commas (with --from)")
	flags.StringVar(&o.format, "format", "text", "how to list: `text or json` (with --from)")
	enumerate(flags, "format", "text", "json")
	o.sourceFlags.addNamed(flags, "source")
	flags.BoolVarP(&o.help, "help", "h", false, "print this help")
	return flags
}

// runInit is the command init.
func (a *app) runInit(ctx context.Context, args []string) error {
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
	}
	if err := o.validate(flags); err != nil {
		return err
	}
	if len(o.patterns) > 0 {
		return a.runInitFrom(ctx, &o)
	}
	generate, err := o.generate()
	if err != nil {
		return err
	}
	example, err := exampleIn(o.dir)
	if err != nil {
		return err
	}
	files := []generator.StarterFile{{Name: filepath.Join(o.dir, defaultConfig), Data: starterConfig}, o.notes(),
		{Name: filepath.Join(o.dir, filepath.FromSlash(starterOut), "example_test.go"), Data: example}, generate}
	if err := writeStarters(a.stdout, files); err != nil {
		return err
	}
	fmt.Fprintf(a.stdout, initNext, filepath.ToSlash(o.dir))
	return nil
}

// validate finds what the flags cannot say together. The error is a usageError.
func (o *initOptions) validate(flags *pflag.FlagSet) error {
	if o.dir == "" {
		return usagef("--dir is empty")
	}
	for _, name := range []string{"list", "tags", "format", "source", "offline"} {
		if flags.Changed(name) && !flags.Changed("from") {
			return usagef("--%s needs --from", name)
		}
	}
	if slices.Contains(o.patterns, "") {
		return usagef("--from is empty; ./... are all packages of the module")
	}
	if err := checkValues(flags); err != nil {
		return err
	}
	return o.sourceFlags.validate()
}

// notes is the file of what the metadata does not tell.
func (o *initOptions) notes() generator.StarterFile {
	return generator.StarterFile{Name: filepath.Join(o.dir, "specs", "notes.yaml"), Data: starterNotes}
}

// apartFromBuild begins a generate.go where no package is yet: what comes beside it, such as package main, need not be called as it is.
const apartFromBuild = `//go:build generate

// The go command reads this file for go generate alone, so that the package that comes beside it can have any name.

`

// generate is the file for go generate. The error is Diagnostics.
func (o *initOptions) generate() (generator.StarterFile, error) {
	name, isThere, err := generator.PackageNameIn(o.dir)
	text := "package " + name + "\n\n//go:generate go tool gen\n"
	if !isThere {
		text = apartFromBuild + text
	}
	return generator.StarterFile{Name: filepath.Join(o.dir, "generate.go"), Data: []byte(text)}, err
}

// writeStarters writes files and says so to w.
func writeStarters(w io.Writer, files []generator.StarterFile) error {
	if err := generator.WriteStarters(files); err != nil {
		return err
	}
	for _, f := range files {
		fmt.Fprintf(w, "wrote %s\n", filepath.ToSlash(f.Name))
	}
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
