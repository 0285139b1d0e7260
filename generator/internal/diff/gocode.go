package diff

import (
	"bytes"
	"cmp"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"go/types"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/exp/apidiff"
)

// kindGo is the kind of findings of the Go code alone.
const kindGo = "go"

// File is a Go file of a package.
type File struct {
	Name string
	Data []byte
}

// GoChange is a difference of exported Go names; apidiff says whether it is compatible.
type GoChange struct {
	// Subject is what has changed, such as "Chat.Topic" or "(*ChatsRequests).List"; Message how: "removed".
	Subject    string `json:"subject"`
	Message    string `json:"message"`
	Compatible bool   `json:"compatible"`
}

// CompareGo compares the exported names of two versions of one package, and of the packages in folders of it. Bodies of functions do not count, and other packages
// are not read: what comes out of an import is known by its name alone. Faults of types are ignored, since what is wrong with
// a package that does not compile is the compiler's to say. An error is a file that is not Go.
func CompareGo(old, new []File) ([]GoChange, error) {
	if slices.EqualFunc(old, new, func(a, b File) bool { return a.Name == b.Name && bytes.Equal(a.Data, b.Data) }) {
		return nil, nil
	}
	var changes []GoChange
	for _, folder := range foldersOf(old, new) {
		of, err := compareFolder(folder, in(folder, old), in(folder, new))
		if err != nil {
			return nil, err
		}
		changes = append(changes, of...)
	}
	slices.SortFunc(changes, func(a, b GoChange) int {
		return cmp.Or(cmp.Compare(a.Subject, b.Subject), cmp.Compare(a.Message, b.Message))
	})
	return slices.Compact(changes), nil
}

// foldersOf are the folders of files, sorted, "." first.
func foldersOf(old, new []File) []string {
	var folders []string
	for _, f := range slices.Concat(old, new) {
		folders = append(folders, path.Dir(f.Name))
	}
	slices.Sort(folders)
	return slices.Compact(folders)
}

// in are the files in a folder.
func in(folder string, files []File) []File {
	return slices.DeleteFunc(slices.Clone(files), func(f File) bool { return path.Dir(f.Name) != folder })
}

// compareFolder is CompareGo for one package; a side without files has none of its names. Functions of one in a folder have its name in
// front, since each has a New.
func compareFolder(folder string, old, new []File) ([]GoChange, error) {
	fset := token.NewFileSet()
	same, oldOnly, newOnly := apart(old, new)
	var both, oldFiles, newFiles []*ast.File
	var errs [3]error
	atOnce(func() { both, errs[0] = parse(fset, same) }, func() { oldFiles, errs[1] = parse(fset, oldOnly) }, func() { newFiles, errs[2] = parse(fset, newOnly) })
	if err := cmp.Or(errs[0], errs[1], errs[2]); err != nil {
		return nil, err
	}
	oldFiles, newFiles = slices.Concat(both, oldFiles), slices.Concat(both, newFiles)
	imports := newFakes(slices.Concat(oldFiles, newFiles))
	var oldPkg, newPkg *types.Package
	atOnce(func() { oldPkg = imports.check(fset, oldFiles) }, func() { newPkg = imports.check(fset, newFiles) })
	report := quietly(func() apidiff.Report { return apidiff.Changes(oldPkg, newPkg) })
	var changes []GoChange
	for _, ch := range report.Changes {
		subject, message, _ := strings.Cut(ch.Message, ": ")
		_, isOld := oldPkg.Scope().Lookup(subject).(*types.Func)
		_, isNew := newPkg.Scope().Lookup(subject).(*types.Func)
		if folder != "." && (isOld || isNew) {
			subject = folder + "." + subject
		}
		if !strings.HasPrefix(message, "value changed from unknown to unknown") {
			changes = append(changes, GoChange{subject, message, ch.Compatible})
		}
	}
	return withoutMistaken(changes, oldPkg, newPkg), nil
}

// stdout is held while standard output is not where it was.
var stdout sync.Mutex

// quietly keeps apidiff from writing to standard output, as it does about generic types that changed in several instances:
// there the report goes, and JSON would not be JSON any more.
func quietly(compare func() apidiff.Report) apidiff.Report {
	null, err := os.OpenFile(os.DevNull, os.O_WRONLY, 0)
	if err != nil { // then better with its remarks than not at all
		return compare()
	}
	defer null.Close()
	stdout.Lock()
	defer stdout.Unlock()
	defer func(file *os.File) { os.Stdout = file }(os.Stdout)
	os.Stdout = null
	return compare()
}

// apart parts the files that both sides have from those that are other ones. Most of a package is its runtime, which stays.
func apart(old, new []File) (same, oldOnly, newOnly []File) {
	byName := map[string]File{}
	for _, f := range old {
		byName[f.Name] = f
	}
	isSame := map[string]bool{}
	for _, f := range new {
		if o, ok := byName[f.Name]; ok && bytes.Equal(o.Data, f.Data) && !isSame[f.Name] {
			isSame[f.Name] = true
			same = append(same, f)
		} else {
			newOnly = append(newOnly, f)
		}
	}
	return same, slices.DeleteFunc(slices.Clone(old), func(f File) bool { return isSame[f.Name] }), newOnly
}

// atOnce runs functions at once, and waits for all.
func atOnce(all ...func()) {
	var wait sync.WaitGroup
	for _, f := range all {
		wait.Go(f)
	}
	wait.Wait()
}

// codecs is the file that reads and writes JSON. It is the largest, and the same methods for every type: what can be compared of it
// shows in the types.
const codecs = "json.go"

func parse(fset *token.FileSet, files []File) ([]*ast.File, error) {
	var parsed []*ast.File
	for _, f := range files {
		if f.Name == codecs || strings.HasSuffix(f.Name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(fset, f.Name, f.Data, parser.SkipObjectResolution)
		if err != nil {
			return nil, fmt.Errorf("the Go files cannot be compared: %w", err)
		}
		parsed = append(parsed, file)
	}
	return parsed, nil
}

// fakes stands for the packages that are imported: each has a type for every name that is used outside of functions, so that
// time.Time is another type than json.RawMessage. Both sides share them.
type fakes map[string]*types.Package

func newFakes(files []*ast.File) fakes {
	f := fakes{}
	for _, file := range files {
		paths := map[string]string{}
		for _, spec := range file.Imports {
			path := strings.Trim(spec.Path.Value, `"`)
			name := importName(path)
			if f[path] == nil {
				f[path] = types.NewPackage(path, name)
				f[path].MarkComplete()
			}
			if spec.Name != nil {
				name = spec.Name.Name
			}
			paths[name] = path
		}
		for _, decl := range file.Decls {
			f.declare(decl, paths)
		}
	}
	return f
}

// Import implements types.Importer.
func (f fakes) Import(path string) (*types.Package, error) {
	if p := f[path]; p != nil {
		return p, nil
	}
	return nil, fmt.Errorf("%s is not imported by the files compared", path)
}

// declare declares what a declaration takes from imports; paths are those by name.
func (f fakes) declare(decl ast.Decl, paths map[string]string) {
	var root ast.Node = decl
	if fn, ok := decl.(*ast.FuncDecl); ok {
		root = fn.Type
	}
	ast.Inspect(root, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.IndexExpr:
			f.declareName(n.X, paths, 1)
		case *ast.IndexListExpr:
			f.declareName(n.X, paths, len(n.Indices))
		case *ast.SelectorExpr:
			f.declareName(n, paths, 0)
		}
		return true
	})
}

// declareName declares the type that e takes from an import, with so many type parameters, unless it is declared already.
func (f fakes) declareName(e ast.Expr, paths map[string]string, parameters int) {
	selector, ok := e.(*ast.SelectorExpr)
	if !ok {
		return
	}
	ident, ok := selector.X.(*ast.Ident)
	if !ok || paths[ident.Name] == "" {
		return
	}
	pkg := f[paths[ident.Name]]
	if pkg.Scope().Lookup(selector.Sel.Name) != nil {
		return
	}
	name := types.NewTypeName(token.NoPos, pkg, selector.Sel.Name, nil)
	named := types.NewNamed(name, types.NewStruct(nil, nil), nil)
	var params []*types.TypeParam
	for i := range parameters {
		param := types.NewTypeName(token.NoPos, pkg, fmt.Sprintf("T%d", i), nil)
		params = append(params, types.NewTypeParam(param, types.Universe.Lookup("any").Type()))
	}
	named.SetTypeParams(params)
	pkg.Scope().Insert(name)
}

var majorVersion = regexp.MustCompile(`^v[0-9]+$`)

// importName is the name of a package, the last element of its path, or the one before for ".../v2".
func importName(path string) string {
	elements := strings.Split(path, "/")
	if n := len(elements); n > 1 && majorVersion.MatchString(elements[n-1]) {
		return elements[n-2]
	}
	return elements[len(elements)-1]
}

// check type-checks the declarations of a package.
func (f fakes) check(fset *token.FileSet, files []*ast.File) *types.Package {
	config := types.Config{IgnoreFuncBodies: true, Importer: f, Error: func(error) {}}
	pkg, _ := config.Check("package", fset, files, nil)
	return pkg
}
