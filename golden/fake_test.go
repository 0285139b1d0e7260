package golden

import (
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"

	"github.com/graphslice/graphslice/generator"
)

// The package that fakes the service of every case compiles with the client that it is for. Neither is built for that: types are
// checked from source, against what the compiler has written of the standard library.
func TestFakesCompile(t *testing.T) {
	fset := token.NewFileSet()
	standard := standardLibrary(t, fset)
	for _, c := range cases(t) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			result := c.made(t, false)
			client := checkTypes(t, fset, c.importPath(), result.Files, standard, true)
			checkTypes(t, fset, c.importPath()+"/graphtest", result.Fake, clientOr{client, standard}, false)
		})
	}
}

// standardLibrary imports what the templates import, for several at a time.
func standardLibrary(t *testing.T, fset *token.FileSet) types.Importer {
	t.Helper()
	cmd := exec.Command("go", "list", "-export", "-deps", "-f", "{{.ImportPath}} {{.Export}}", "../templates/graph", "../templates/graphtest")
	out, err := cmd.Output()
	if err != nil {
		t.Fatal(err)
	}
	exports := map[string]string{}
	for line := range strings.Lines(string(out)) {
		path, file, _ := strings.Cut(strings.TrimSpace(line), " ")
		exports[path] = file
	}
	return &oneAtATime{of: importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) { return os.Open(exports[path]) })}
}

// oneAtATime is an importer that several may use.
type oneAtATime struct {
	mu sync.Mutex
	of types.Importer
}

func (i *oneAtATime) Import(path string) (*types.Package, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	return i.of.Import(path)
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
