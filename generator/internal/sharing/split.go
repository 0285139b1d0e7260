package sharing

import (
	"cmp"
	"errors"
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"maps"
	"path"
	"runtime"
	"slices"
	"sync"

	"github.com/graphslice/graphslice/generator/internal/gosource"
)

// Split says how calls stand in packages of their own beside that of the types. A file that is named folder/file.go is of one, which is
// called as its folder; what it has of the package's own types it then imports.
type Split struct {
	// Home is the import path of the package of types.
	Home string
	// Functions are the names of functions that methods of the client become in a package of calls, where they are not the same.
	Functions map[string]string
}

// folderOf is the folder that a file is to be in, "" if it is the package's own.
func folderOf(name string) string {
	if dir := path.Dir(name); dir != "." {
		return dir
	}
	return ""
}

// partOf is the package of calls that the ith file is of, "" if it is that of the types.
func (o *own) partOf(i int) string {
	if o.split == nil {
		return ""
	}
	return folderOf(o.sources[i].name)
}

// divide prepares what packages of calls need: a name for that of the types, and capitals for what they use of it.
func (o *own) divide(split *Split) error {
	o.split, o.public, o.gone = split, map[types.Object]string{}, map[ast.Node]bool{}
	var err error
	if o.home, err = o.freeName(o.types.Name(), "types"); err != nil {
		return err
	}
	if o.home == o.name {
		o.home += "types"
	}
	for i, file := range o.files {
		if o.partOf(i) == "" {
			continue
		}
		ast.Inspect(file, func(n ast.Node) bool {
			id, ok := n.(*ast.Ident)
			if object := o.info.Uses[id]; ok && object != nil && object.Parent() == o.types.Scope() && !id.IsExported() && !o.isRuntime(object) &&
				o.partOf(o.sourceOf(object.Pos())) == "" {
				o.public[object] = mark + capital(id.Name)
			}
			return true
		})
	}
	for _, object := range slices.SortedFunc(maps.Keys(o.public), func(a, b types.Object) int { return cmp.Compare(a.Name(), b.Name()) }) {
		if o.types.Scope().Lookup(o.public[object]) != nil {
			return &Clash{Member: o.public[object]}
		}
	}
	return nil
}

// inHome qualifies what a package of calls uses of that of types, which has the exported names of the runtime too, and gives what
// changes its name that name; false if neither is to be done.
func (o *own) inHome(i int, id *ast.Ident, object types.Object) bool {
	part, name := o.partOf(i), cmp.Or(o.public[object], id.Name)
	switch {
	case part == "" && name == id.Name:
		return false
	case part == "":
		o.replace(i, id.Pos(), id.End(), name)
		return true
	case o.isRuntime(object):
		if id.IsExported() {
			o.replace(i, id.Pos(), id.End(), o.home+"."+name)
		}
		return id.IsExported()
	}
	switch of := o.partOf(o.sourceOf(object.Pos())); of {
	case part:
	case "":
		o.replace(i, id.Pos(), id.End(), o.home+"."+name)
	default:
		o.faults = append(o.faults, fmt.Errorf("%s: %s is of the package %s", o.fset.Position(id.Pos()), id.Name, of))
	}
	return true
}

// callsHead makes of methods of the client functions of the package of calls that the ith file is of, which gets its clause:
//
//	func New(c *graph.Client) *BooksRequests { … }
func (o *own) callsHead(i int, file *ast.File) {
	part := o.partOf(i)
	if part == "" {
		return
	}
	o.replace(i, file.Name.Pos(), file.Name.End(), part)
	o.gone[file.Name] = true
	for _, decl := range file.Decls {
		f, ok := decl.(*ast.FuncDecl)
		if !ok || f.Recv == nil || len(f.Recv.List[0].Names) == 0 || !o.isClient(f.Recv.List[0].Names[0]) {
			continue
		}
		o.gone[f.Recv], o.gone[f.Name] = true, true
		name := cmp.Or(o.split.Functions[f.Name.Name], f.Name.Name)
		o.replace(i, f.Recv.Pos(), f.Name.End(), name)
		o.clientParameter(i, f)
		if f.Doc != nil {
			from := f.Doc.Pos() + token.Pos(len("// "))
			o.replace(i, from, from+token.Pos(len(f.Name.Name)), name)
		}
	}
}

// clientParameter gives a function the client that it was a method of: behind its context, if it has one.
func (o *own) clientParameter(i int, f *ast.FuncDecl) {
	text := f.Recv.List[0].Names[0].Name + " *" + o.home + ".Client"
	params := f.Type.Params
	if len(params.List) == 0 {
		o.replace(i, params.Opening+1, params.Opening+1, text)
		return
	}
	first := params.List[0]
	if s, ok := first.Type.(*ast.SelectorExpr); ok && s.Sel.Name == "Context" {
		o.replace(i, first.End(), first.End(), ", "+text)
		return
	}
	o.replace(i, params.Opening+1, params.Opening+1, text+", ")
}

// checkApart type-checks the package of types, and then those of calls, given what they import without its functions' bodies.
func (o *own) checkApart(made []gosource.File, known map[string]*types.Package) error {
	byFolder := map[string][]source{}
	for _, s := range sourcesOf(made, false) {
		dir := folderOf(s.name)
		byFolder[dir] = append(byFolder[dir], s)
	}
	known = maps.Clone(known)
	var err error
	if known[o.split.Home], err = typesOf(byFolder[""], known); err != nil {
		return err
	}
	delete(byFolder, "")
	folders := slices.Sorted(maps.Keys(byFolder))
	faults := make([]error, len(folders))
	free := make(chan struct{}, runtime.GOMAXPROCS(0)) // what is being checked takes memory
	var wait sync.WaitGroup
	for i, dir := range folders {
		free <- struct{}{}
		wait.Go(func() {
			_, faults[i] = typesOf(byFolder[dir], known)
			<-free
		})
	}
	wait.Wait()
	return errors.Join(faults...)
}
