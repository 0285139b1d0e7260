// Package sharing divides a package that stands alone into what is its own and a runtime that several packages import.
//
// The runtime stays one source, templates/graph. What packages say to it is unexported there, since each has a copy; here it is
// exported, with an X in front (see table.go), and what depends on the service that a package calls is handed in (see patches.go).
//
// The package may be divided further, into one of its types and some of its calls (see split.go).
package sharing

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/graphslice/graphslice/generator/internal/gosource"
	"github.com/graphslice/graphslice/generator/internal/lock"
	"github.com/graphslice/graphslice/templates"
)

// Connection is the method that a client has beside those of one that stands alone.
const Connection = "Connection"

// Runtime makes the package called name that others share. The parts are the names of files of the runtime: those that at least one
// of them has. It depends on nothing else. An error is a fault of the generator.
func Runtime(parts []string, name string) ([]gosource.File, error) {
	files, err := once(&runtimes, parts, name, func() ([]gosource.File, error) {
		r, err := rename(parts, name, false)
		if err != nil {
			return nil, err
		}
		return gosource.Format(r.apply())
	})
	return slices.Clone(files), err
}

// runtimes are those that were made; runtimeTypes what such ones declare, for checks.
var runtimes, runtimeTypes sync.Map

// once is what is made of parts of the runtime under a name, which depend on nothing else: whoever checks what was generated, or
// generates several packages, needs the same again. Nobody changes it.
func once[T any](all *sync.Map, parts []string, name string, of func() (T, error)) (T, error) {
	made, _ := all.LoadOrStore(strings.Join(append([]string{name}, parts...), "\n"), sync.OnceValues(of))
	return made.(func() (T, error))()
}

// rename notes what has to be edited in the files of the runtime. Where they are bare, so are their functions: they keep their bodies.
func rename(parts []string, name string, isBare bool) (*renaming, error) {
	files, err := gosource.RuntimeFiles(name)
	if err != nil {
		return nil, err
	}
	sources := []source{guide(name)}
	for _, f := range files {
		if !slices.Contains(parts, f.Name) {
			continue
		}
		text, err := patched(strings.TrimPrefix(f.Name, gosource.RuntimePrefix), f.Data)
		if err != nil {
			return nil, err
		}
		sources = append(sources, source{name: strings.TrimPrefix(f.Name, gosource.RuntimePrefix), text: text, isBare: isBare})
	}
	beside, err := shared("runtime", "", name)
	if err != nil {
		return nil, err
	}
	c, err := load(append(sources, beside...), nil)
	if err != nil {
		return nil, err
	}
	r := &renaming{code: c, table: newTable(c.types)}
	return r, r.all()
}

// Parts are the names of the files of the runtime among those of a package that stands alone.
func Parts(files []gosource.File) []string {
	var names []string
	for _, f := range files {
		if f.IsRuntime() {
			names = append(names, f.Name)
		}
	}
	return names
}

// guide is the file with the comment of the shared package.
func guide(name string) source {
	return source{name: "doc.go", text: []byte(lock.Header + `

// Package ` + name + ` is what the generated packages of this module have in common: Opt, Ref, Page, Result, Error and its
// kind, options of calls and of clients, and what sends, reads and writes.
//
// The packages have its names as their own, so that programs import this one only where a function is for values of
// several of them. What begins with X is how the packages speak with it; it may be another with each version of
// graphslice.
package ` + name + "\n")}
}

// shared are the templates of shared/kind with the package clause naming pkg, called as there with a prefix.
func shared(kind, prefix, pkg string) ([]source, error) {
	dir := path.Join("shared", kind)
	entries, err := templates.Shared.ReadDir(dir)
	if err != nil {
		return nil, err
	}
	var sources []source
	for _, entry := range entries {
		text, err := templates.Shared.ReadFile(path.Join(dir, entry.Name()))
		if err != nil {
			return nil, err
		}
		// In the templates a constraint keeps them out of builds: they are parts of a package that is not there.
		text, ok := bytes.CutPrefix(text, []byte("//go:build ignore\n\npackage graph\n"))
		if !ok {
			return nil, fmt.Errorf("%s/%s does not begin as it should", dir, entry.Name())
		}
		head := []byte(lock.Header + "\n\npackage " + pkg + "\n")
		sources = append(sources, source{name: prefix + entry.Name(), text: append(head, text...)})
	}
	return sources, nil
}
