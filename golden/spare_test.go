package golden

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator"
)

// exported are the names that files declare for others, of methods behind their type's, sorted.
func exported(t *testing.T, files []generator.File) []string {
	t.Helper()
	var all []string
	for _, f := range files {
		all = append(all, once(t, &allExported, f, exportedOf)...)
	}
	slices.Sort(all)
	return all
}

// allExported has the names of each file.
var allExported sync.Map

func exportedOf(f generator.File) ([]string, error) {
	var all []string
	add := func(of, name string) {
		if ast.IsExported(name) && (of == "" || ast.IsExported(of[:1])) {
			all = append(all, of+name)
		}
	}
	syntax, err := parser.ParseFile(token.NewFileSet(), f.Name, f.Data, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	for _, decl := range syntax.Decls {
		switch d := decl.(type) {
		case *ast.FuncDecl:
			of := ""
			if d.Recv != nil {
				of = strings.Trim(typeName(d.Recv.List[0].Type), "*") + "."
			}
			add(of, d.Name.Name)
		case *ast.GenDecl:
			for _, spec := range d.Specs {
				switch s := spec.(type) {
				case *ast.TypeSpec:
					add("", s.Name.Name)
				case *ast.ValueSpec:
					for _, id := range s.Names {
						add("", id.Name)
					}
				}
			}
		}
	}
	return all, nil
}

// typeName is the name in front of type arguments.
func typeName(x ast.Expr) string {
	switch x := x.(type) {
	case *ast.StarExpr:
		return typeName(x.X)
	case *ast.IndexExpr:
		return typeName(x.X)
	case *ast.Ident:
		return x.Name
	}
	return "?"
}

func runtimeOf(files []generator.File) []generator.File {
	return slices.DeleteFunc(slices.Clone(files), func(f generator.File) bool { return !strings.HasPrefix(f.Name, "runtime_") })
}

// The package of a slice with one GET of a type without others has what a call needs, and nothing about collections, binds, bodies
// and dates.
func TestSmallest(t *testing.T) {
	result, err := generator.Generate(t.Context(), generator.Config{
		Specs: []string{filepath.Join("testdata", "smallest.yaml")}, Package: "graph", Version: "golden", Leave: generator.Leavable(),
	})
	if err != nil || result.Diagnostics.HasErrors() {
		t.Fatal(err, result.Diagnostics)
	}
	got := exported(t, runtimeOf(result.Files))
	if *update {
		writeFile(t, filepath.Join("testdata", "smallest.txt"), strings.Join(got, "\n")+"\n")
		return
	}
	if diff := cmp.Diff(strings.Fields(readText(t, filepath.Join("testdata", "smallest.txt"))), got); diff != "" {
		t.Errorf("the runtime exports, -want +got:\n%s%s", diff, updateHint)
	}
}

// What a package has of the runtime for those who use it is the same where only declarations are made: two generations are compared
// by these.
func TestDescribedAPI(t *testing.T) {
	for _, c := range cases(t) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			cfg := c.config(filepath.Join(c.dir, "input"))
			cfg.Fake = "" // which needs more
			described, err := generator.Describe(t.Context(), cfg)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(exported(t, runtimeOf(c.made(t, true).Files)), exported(t, runtimeOf(described.Files))); diff != "" {
				t.Errorf("-generated +described:\n%s", diff)
			}
		})
	}
}
