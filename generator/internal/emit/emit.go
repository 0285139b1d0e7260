// Package emit turns the IR and its names into Go source with jennifer.
//
// Every builder is a pure function from IR to jen.Code; the Go that it makes stands in its comment.
package emit

import (
	"bytes"
	"cmp"
	"fmt"
	"maps"
	"path"
	"regexp"
	"runtime"
	"slices"
	"sync"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
)

// Options are what does not stand in the IR.
type Options struct {
	// Package is the name in the package clause.
	Package string
	// Version is the generator's, for the User-Agent.
	Version string
	// Header is the comment on the first line of every file.
	Header string
	// DeclarationsOnly leaves out json.go, which is most of the code and has nothing that a comparison of packages needs.
	DeclarationsOnly bool
	// Shared is the import path of the runtime that the package shares with others, "" if it has its own.
	Shared string
	// Unpaced says that the package has no pacing: calls do not say how long to wait between two of them.
	Unpaced bool
	// Split are the packages of the calls below each root, in files with the name of the package in front; nil if all is one package.
	Split names.Packages

	client Client // what a fake is of
}

// File is a file of Go source that still has to be formatted.
type File struct {
	Name string
	Data []byte
}

// Package emits the files of pkg that depend on the slice, without the runtime.
func Package(pkg *ir.Package, roots []*ir.Resource, table *names.Table, opts Options) (files []File, err error) {
	defer missing(&err)
	e := &emitter{pkg: sorted(pkg, table), names: table, unpaced: opts.Unpaced, split: opts.Split}
	code := map[string]func() []jen.Code{
		"binds.go":         e.binds,
		"enums.go":         e.enums,
		"models.go":        e.models,
		"notifications.go": func() []jen.Code { return e.notifications(roots) },
		"properties.go":    e.properties,
		"scopes.go":        e.scopes,
		"service.go":       func() []jen.Code { return e.service(opts) },
		"uploads.go":       e.uploads,
	}
	if !opts.DeclarationsOnly {
		code["json.go"] = e.codecs
	}
	addRequests(code, roots, opts.Split, e.requests)
	files, err = renderAll(opts, code)
	if err != nil {
		return nil, err
	}
	return append(append(files, e.guide(roots, opts)), e.packageGuides(roots, opts)...), nil
}

// requestsFiles are the files of request builders with the roots that each is for.
func requestsFiles(roots []*ir.Resource, split names.Packages) map[string][]*ir.Resource {
	files := map[string][]*ir.Resource{}
	for _, r := range roots {
		name := requestsFile(r)
		if split != nil {
			name = split[r] + "/requests.go"
		}
		files[name] = append(files[name], r)
	}
	return files
}

// addRequests adds the files of what stands below roots to those that are to be made.
func addRequests(code map[string]func() []jen.Code, roots []*ir.Resource, split names.Packages, below func(*ir.Resource) []jen.Code) {
	for name, roots := range requestsFiles(roots, split) {
		code[name] = func() []jen.Code {
			var all []jen.Code
			for _, r := range roots {
				all = append(all, below(r)...)
			}
			return all
		}
	}
}

// renderAll makes the files that have code, as many at a time as there are processors, and returns them by name.
func renderAll(opts Options, code map[string]func() []jen.Code) ([]File, error) {
	names := slices.Sorted(maps.Keys(code))
	files := make([]File, len(names))
	faults := make([]error, len(names))
	free := make(chan struct{}, runtime.GOMAXPROCS(0)) // what is being made takes memory
	var wait sync.WaitGroup
	for i, name := range names {
		free <- struct{}{}
		wait.Go(func() {
			defer func() { <-free }()
			defer missing(&faults[i])
			if c := code[name](); len(c) > 0 {
				files[i].Name = name
				files[i].Data, faults[i] = render(opts, c)
			}
		})
	}
	wait.Wait()
	for i, err := range faults {
		if err != nil {
			return nil, fmt.Errorf("emitting %s: %w", names[i], err)
		}
	}
	return slices.DeleteFunc(files, func(f File) bool { return f.Name == "" }), nil
}

// missing makes an error of what a builder asks for and names never gave out.
func missing(err *error) {
	switch fault := recover().(type) {
	case nil:
	case names.Missing:
		*err = fault
	default:
		panic(fault)
	}
}

// sorted returns pkg with its types in the order of their Go names, in which a reader looks for them.
func sorted(pkg *ir.Package, table *names.Table) *ir.Package {
	p := *pkg
	p.Models = slices.SortedFunc(slices.Values(pkg.Models), func(a, b *ir.Model) int {
		return cmp.Compare(table.Model(a).String(), table.Model(b).String())
	})
	p.Enums = slices.SortedFunc(slices.Values(pkg.Enums), func(a, b *ir.Enum) int {
		return cmp.Compare(table.Enum(a).String(), table.Enum(b).String())
	})
	return &p
}

type emitter struct {
	pkg   *ir.Package
	names *names.Table
	// unpaced: see Options.
	unpaced bool
	split   names.Packages
}

var version = regexp.MustCompile(`^v[0-9]+$`)

func render(opts Options, code []jen.Code) ([]byte, error) {
	f := jen.NewFile(opts.Package)
	f.NoFormat = true
	f.HeaderComment(opts.Header)
	switch client := opts.client; {
	case client.ImportPath == "":
	case path.Base(client.ImportPath) == client.Package && !version.MatchString(client.Package):
		f.ImportName(client.ImportPath, client.Package)
	default: // who reads the file need not look up what the folder holds; v2 could be the second version of what is above
		f.ImportAlias(client.ImportPath, client.Package)
	}
	for _, c := range code {
		f.Line()
		f.Add(c)
	}
	var b bytes.Buffer
	err := f.Render(&b)
	return b.Bytes(), err
}
