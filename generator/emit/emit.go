// Package emit turns the IR and its names into Go source with jennifer.
//
// Every builder is a pure function from IR to jen.Code; the Go that it makes stands in its comment.
package emit

import (
	"bytes"
	"cmp"
	"fmt"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/ir"
	"github.com/graphslice/graphslice/generator/names"
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
}

// File is a file of Go source that still has to be formatted.
type File struct {
	Name string
	Data []byte
}

// Package emits the files of pkg that depend on the slice, without the runtime.
func Package(pkg *ir.Package, roots []*ir.Resource, table *names.Table, opts Options) ([]File, error) {
	e := &emitter{pkg: sorted(pkg, table), names: table}
	files := map[string][]jen.Code{
		"binds.go":      e.binds(),
		"enums.go":      e.enums(),
		"models.go":     e.models(),
		"properties.go": e.properties(),
		"scopes.go":     e.scopes(),
		"service.go":    e.service(opts),
	}
	if !opts.DeclarationsOnly {
		files["json.go"] = e.codecs()
	}
	order := []string{"binds.go", "enums.go", "json.go", "models.go", "properties.go"}
	for _, r := range roots {
		name := requestsFile(r)
		if _, ok := files[name]; !ok {
			order = append(order, name)
		}
		files[name] = append(files[name], e.requests(r)...)
	}
	order = append(order, "scopes.go", "service.go")

	var out []File
	for _, name := range order {
		if len(files[name]) == 0 {
			continue
		}
		data, err := render(opts, files[name])
		if err != nil {
			return nil, fmt.Errorf("emitting %s: %w", name, err)
		}
		out = append(out, File{Name: name, Data: data})
	}
	return out, nil
}

// sorted returns pkg with its types in the order of their Go names, in which a reader looks for them.
func sorted(pkg *ir.Package, table *names.Table) *ir.Package {
	p := *pkg
	p.Models = slices.SortedFunc(slices.Values(pkg.Models), func(a, b *ir.Model) int {
		return cmp.Compare(table.Model(a), table.Model(b))
	})
	p.Enums = slices.SortedFunc(slices.Values(pkg.Enums), func(a, b *ir.Enum) int {
		return cmp.Compare(table.Enum(a), table.Enum(b))
	})
	return &p
}

type emitter struct {
	pkg   *ir.Package
	names *names.Table
}

func render(opts Options, code []jen.Code) ([]byte, error) {
	f := jen.NewFile(opts.Package)
	f.NoFormat = true
	f.HeaderComment(opts.Header)
	for _, c := range code {
		f.Line()
		f.Add(c)
	}
	var b bytes.Buffer
	err := f.Render(&b)
	return b.Bytes(), err
}
