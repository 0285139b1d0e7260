package gosource

import (
	"embed"
	"go/ast"
	"go/parser"
	"go/token"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/graphslice/graphslice/generator/internal/lock"
	"github.com/graphslice/graphslice/templates"
)

// RuntimePrefix begins the name of each file of the runtime in a generated package, so that what was made from the slice stands
// out beside it. In templates the files have none.
const RuntimePrefix = "runtime_"

// declarations are those of a file of the runtime. They are read once, for all packages, and nobody changes them.
type declarations struct {
	// syntax is the file without the bodies of its functions and without comments, in the package of the templates.
	syntax *ast.File
	// at is where its positions count from; any set of files can take it up.
	at *token.File
	// pieces are its declarations but for imports, in their order.
	pieces []*piece
}

// of is the file as one of the package pkg.
func (d *declarations) of(pkg string) *ast.File {
	file, name := *d.syntax, *d.syntax.Name
	file.Name, name.Name = &name, pkg
	return &file
}

// RuntimeFiles returns the whole runtime, of which Spare leaves what a slice needs, with the package
// clause naming pkg and lock.Header on top, sorted by name. Each package brings its own service.go, so that the stand-in
// of the templates is left out, as are their tests. An error is a fault of the generator.
func RuntimeFiles(pkg string) ([]File, error) {
	read, err := runtimeFiles()
	if err != nil {
		return nil, err
	}
	files := make([]File, len(read))
	for i, f := range read {
		files[i] = f.stamped(pkg)
	}
	return files, nil
}

// stamped is a file of the runtime with pkg in its package clause.
func (f File) stamped(pkg string) File {
	name := f.runtime.syntax.Name
	start, end := f.runtime.at.Offset(name.Pos()), f.runtime.at.Offset(name.End())
	f.Data = slices.Concat(f.Data[:start], []byte(pkg), f.Data[end:])
	return f
}

// Declared are the names that files of the runtime declare for their package.
func Declared(files []File) map[string]bool {
	all := map[string]bool{}
	for _, f := range files {
		for _, p := range f.runtime.pieces {
			for _, name := range p.names {
				all[name] = true
			}
		}
	}
	return all
}

// Methods are the names of the methods that files of the runtime give to types.
func Methods(files []File, types ...string) map[string]bool {
	all := map[string]bool{}
	for _, f := range files {
		for _, p := range f.runtime.pieces {
			if slices.Contains(types, p.of) {
				all[p.method] = true
			}
		}
	}
	return all
}

// runtimeFiles are the files of the templates with lock.Header on top. Every package has them, and reading them takes longer than the
// rest of a small package.
var runtimeFiles = sync.OnceValues(func() ([]File, error) {
	return readTemplates(templates.Runtime, "graph", "service.go")
})

// readTemplates reads the files of a folder of the templates, sorted by name, but for tests and the one that stands in for what is
// emitted.
func readTemplates(from embed.FS, dir, standIn string) ([]File, error) {
	entries, err := from.ReadDir(dir) // sorted by name
	if err != nil {
		return nil, err
	}
	fset := token.NewFileSet()
	var files []File
	for _, entry := range entries {
		name := entry.Name()
		if name == standIn || strings.HasSuffix(name, "_test.go") {
			continue
		}
		src, err := from.ReadFile(path.Join(dir, name))
		if err != nil {
			return nil, err
		}
		f, err := readRuntime(fset, RuntimePrefix+name, slices.Concat([]byte(lock.Header+"\n\n"), src))
		if err != nil {
			return nil, err
		}
		files = append(files, f)
	}
	return files, nil
}

// readRuntime is a file of the runtime.
func readRuntime(fset *token.FileSet, name string, data []byte) (File, error) {
	syntax, err := parser.ParseFile(fset, name, data, parser.ParseComments)
	if err != nil {
		return File{}, err
	}
	at := fset.File(syntax.FileStart)
	all := pieces(at, syntax)
	syntax.Comments = nil
	DropBodies(syntax)
	return File{Name: name, Data: data, runtime: &declarations{syntax, at, all}}, nil
}

// DropBodies leaves of a file's functions what others can see of them: each body becomes panic(nil), which needs no return.
func DropBodies(file *ast.File) {
	for _, decl := range file.Decls {
		if f, ok := decl.(*ast.FuncDecl); ok {
			call := &ast.CallExpr{Fun: ast.NewIdent("panic"), Args: []ast.Expr{ast.NewIdent("nil")}}
			f.Body.List = []ast.Stmt{&ast.ExprStmt{X: call}}
		}
	}
}
