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
	var heads sync.Map
	for _, c := range cases(t) {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			result := c.made(t, false)
			client := checkTypes(t, fset, c.importPath(), result.Files, standard, &heads)
			checkTypes(t, fset, c.importPath()+"/graphtest", result.Fake, clientOr{client, standard}, nil)
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

// checkTypes checks the types of a package, or only of what others see of it if there are heads: the files of runtimes as they were read for
// that.
func checkTypes(t *testing.T, fset *token.FileSet, path string, files []generator.File, imports types.Importer, heads *sync.Map) *types.Package {
	t.Helper()
	if len(files) == 0 {
		t.Fatalf("%s has no files", path)
	}
	var parsed []*ast.File
	for _, f := range files {
		if heads != nil && strings.HasPrefix(f.Name, "runtime_") {
			parsed = append(parsed, once(t, heads, f, func(f generator.File) (*ast.File, error) { return headsOf(fset, f) }))
			continue
		}
		file, err := parser.ParseFile(fset, path+"/"+f.Name, f.Data, parser.SkipObjectResolution)
		if err != nil {
			t.Fatal(err)
		}
		parsed = append(parsed, file)
	}
	config := types.Config{Importer: imports, IgnoreFuncBodies: heads != nil, GoVersion: "go1.24", Error: func(err error) { t.Error(err) }}
	pkg, _ := config.Check(path, fset, parsed, nil) // errors have been told
	return pkg
}

// headsOf reads a file without what its functions do.
func headsOf(fset *token.FileSet, f generator.File) (*ast.File, error) {
	file, err := parser.ParseFile(fset, f.Name, f.Data, parser.SkipObjectResolution)
	if err != nil {
		return nil, err
	}
	for _, d := range file.Decls {
		if fn, ok := d.(*ast.FuncDecl); ok && fn.Body != nil {
			fn.Body = &ast.BlockStmt{Lbrace: fn.Body.Lbrace, Rbrace: fn.Body.Rbrace}
		}
	}
	return file, nil
}
