package main

import (
	"bufio"
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"unicode"

	"github.com/spf13/pflag"

	"github.com/graphslice/graphslice/generator"
)

const initHead = `Gen init writes a first graphslice.yaml, with the address of Microsoft Graph's metadata and a first slice, notes of what the
metadata does not tell (specs/notes.yaml), and a generate.go for go generate into the module in the current folder. It asks
nothing. A file that is there already is never replaced: then nothing is written.

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
	name, err := packageOf(o.dir)
	if err != nil {
		return err
	}
	generate := "package " + name + "\n\n//go:generate go tool gen\n"
	files := []starter{{filepath.Join(o.dir, defaultConfig), starterConfig}, {filepath.Join(o.dir, "specs", "notes.yaml"), starterNotes},
		{filepath.Join(o.dir, "generate.go"), []byte(generate)}}
	if err := writeStarters(files); err != nil {
		return err
	}
	for _, f := range files {
		fmt.Fprintf(a.stdout, "wrote %s\n", filepath.ToSlash(f.path))
	}
	fmt.Fprintf(a.stdout, initNext, filepath.ToSlash(o.dir))
	return nil
}

// starter is a file to begin with.
type starter struct {
	path string
	data []byte
}

// writeStarters writes all files or none. One that is there already is an error.
func writeStarters(files []starter) error {
	var faults generator.Diagnostics
	for _, f := range files {
		if _, err := os.Lstat(f.path); err == nil {
			faults.Add(generator.Diagnostic{Pos: generator.Pos{File: generator.Shown(f.path)}, Severity: generator.Error, Code: "file-in-the-way",
				Message: "the file is there already, so nothing was written", Hint: "move it away, or choose another folder with --dir"})
		}
	}
	if faults.HasErrors() {
		return faults
	}
	for i, f := range files {
		if err := create(f); err != nil {
			for _, done := range files[:i] {
				err = errors.Join(err, os.Remove(done.path))
			}
			return generator.FileFault(f.path, err)
		}
	}
	return nil
}

// create writes a file that must not be there, and leaves none behind if it fails. Its folder may stay.
func create(f starter) error {
	if err := os.MkdirAll(filepath.Dir(f.path), 0o777); err != nil {
		return err
	}
	file, err := os.OpenFile(f.path, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
	if err != nil {
		return err
	}
	_, err = file.Write(f.data)
	if err = errors.Join(err, file.Close()); err != nil {
		return errors.Join(err, os.Remove(f.path))
	}
	return nil
}

// packageOf returns the name of the package in dir: that of its Go files, or else what its import path suggests.
func packageOf(dir string) (string, error) {
	module, below, err := moduleOf(dir)
	if err != nil {
		return "", err
	}
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return "", generator.FileFault(dir, err)
	}
	for _, name := range names {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.PackageClauseOnly)
		if err == nil && !strings.HasSuffix(name, "_test.go") && file.Name.Name != "_" {
			return file.Name.Name, nil
		}
	}
	return packageName(path.Join(module, below)), nil
}

// moduleOf finds the go.mod of dir's module and returns the module's path, and the path of dir below it.
func moduleOf(dir string) (module, below string, err error) {
	if info, err := os.Stat(dir); err != nil || !info.IsDir() {
		return "", "", noModule(dir, "there is no such folder", "make it first")
	}
	full, err := filepath.Abs(dir)
	if err != nil {
		return "", "", generator.FileFault(dir, err)
	}
	for root := full; ; root = filepath.Dir(root) {
		file := filepath.Join(root, "go.mod")
		data, err := os.ReadFile(file)
		switch {
		case err == nil:
			if module = modulePath(data); module == "" {
				return "", "", noModule(file, "it has no module line", "go mod init writes one")
			}
			below, err = filepath.Rel(root, full)
			return module, filepath.ToSlash(below), err
		case !errors.Is(err, fs.ErrNotExist):
			return "", "", generator.FileFault(file, err)
		case root == filepath.Dir(root):
			return "", "", noModule(dir, "there is no go.mod here or above", "run go mod init, or name a folder of a module with --dir")
		}
	}
}

func noModule(path, message, hint string) error {
	return generator.Diagnostics{{Pos: generator.Pos{File: generator.Shown(path)}, Severity: generator.Error, Code: "no-module", Message: message, Hint: hint}}
}

// modulePath returns the path in the module line of a go.mod, "" if there is none.
func modulePath(data []byte) string {
	for lines := bufio.NewScanner(bytes.NewReader(data)); lines.Scan(); {
		line, _, _ := strings.Cut(lines.Text(), "//")
		if words := strings.Fields(line); len(words) == 2 && words[0] == "module" {
			if path, err := strconv.Unquote(words[1]); err == nil {
				return path
			}
			return words[1]
		}
	}
	return ""
}

// majorVersion is the last part of the path of a module's later major versions.
var majorVersion = regexp.MustCompile(`^v[0-9]+$`)

// packageName makes a package's name of an import path, as people do: the last part but for a version, in lower case,
// without what an identifier cannot have.
func packageName(importPath string) string {
	last := path.Base(importPath)
	if majorVersion.MatchString(last) {
		last = path.Base(path.Dir(importPath))
	}
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, last)
	if !generator.IsPackageName(name) {
		return "graph"
	}
	return name
}
