package golden

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"path/filepath"
	"testing"

	"github.com/graphslice/graphslice/generator"
)

// The package that fakes the service of every case compiles with the client that it is for. Neither is built for that: types are
// checked from source.
func TestFakesCompile(t *testing.T) {
	fset := token.NewFileSet()
	standard := importer.ForCompiler(fset, "source", nil)
	for _, c := range cases(t) {
		result := c.generate(t, filepath.Join(c.dir, "input"))
		client := checkTypes(t, fset, c.importPath(), result.Files, standard, true)
		checkTypes(t, fset, c.importPath()+"/graphtest", result.Fake, clientOr{client, standard}, false)
	}
}

// clientOr imports one package, and others as another importer does.
type clientOr struct {
	client *types.Package
	others types.Importer
}

func (i clientOr) Import(path string) (*types.Package, error) {
	if path == i.client.Path() {
		return i.client, nil
	}
	return i.others.Import(path)
}

// checkTypes checks the types of a package, or only of what others see of it.
func checkTypes(t *testing.T, fset *token.FileSet, path string, files []generator.File, imports types.Importer, headsOnly bool) *types.Package {
	t.Helper()
	if len(files) == 0 {
		t.Fatalf("%s has no files", path)
	}
	var parsed []*ast.File
	for _, f := range files {
		file, err := parser.ParseFile(fset, path+"/"+f.Name, f.Data, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, file)
	}
	config := types.Config{Importer: imports, IgnoreFuncBodies: headsOnly, GoVersion: "go1.24", Error: func(err error) { t.Error(err) }}
	pkg, _ := config.Check(path, fset, parsed, nil) // errors have been told
	return pkg
}
