package usage

import (
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"slices"
	"strings"

	"golang.org/x/tools/go/packages"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// collector goes over code and notes what it uses.
type collector struct {
	*program
	found map[string]*found // by import path
	err   error
	// owners are the types whose fields were listed, by their package.
	owners  map[*types.Package]map[*types.Var]string
	unknown []unknownSite
	reach   *reach
	faces   *faces
	wholes  *wholes
	// calls are those whose function is a name, by that name.
	calls map[*ast.Ident]*ast.CallExpr

	// What is read just now.
	current *packages.Package
	inTest  bool
	within  string // the declaration, as reach knows it
}

// found is what was found of one generated package.
type found struct {
	Package
	// isRuntime: it is what generated packages share, and has nothing of an API.
	isRuntime bool

	index *index
	uses  [kinds]map[string]*sites
}

// sites are the places of a use, while the code is read.
type sites struct {
	named
	notCalled bool
	oneOf     bool
	sites     []site
}

func newCollector(p *program) *collector {
	return &collector{
		program: p, found: map[string]*found{}, owners: map[*types.Package]map[*types.Var]string{}, reach: newReach(p.packages, p.hasMain), faces: newFaces(),
		wholes: newWholes(), calls: map[*ast.Ident]*ast.CallExpr{},
	}
}

// pkg goes over a package that patterns name.
func (c *collector) pkg(pkg *packages.Package) {
	c.current = pkg
	c.reach.pkg(pkg)
	for i, file := range pkg.Syntax {
		name := pkg.CompiledGoFiles[i]
		if c.generated.isListed(name) {
			continue
		}
		c.inTest = strings.HasSuffix(name, "_test.go")
		for _, d := range file.Decls {
			c.decl(d)
		}
	}
}

// decl goes over a declaration; those of a group apart.
func (c *collector) decl(d ast.Decl) {
	switch d := d.(type) {
	case *ast.FuncDecl:
		c.within = c.reach.function(c.current, d, c.inTest)
		c.declares(c.current.TypesInfo.Defs[d.Name])
		c.node(d)
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			c.within = c.reach.spec(c.current, spec, c.inTest)
			if t, ok := spec.(*ast.TypeSpec); ok {
				c.declares(c.current.TypesInfo.Defs[t.Name])
			}
			c.node(spec)
		}
	}
}

// node goes over everything in a declaration.
func (c *collector) node(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			c.ident(n)
		case *ast.CallExpr:
			c.call(n)
		case *ast.CompositeLit:
			c.literal(n)
		case *ast.IndexExpr:
			c.entry(n)
		case *ast.KeyValueExpr:
			c.pair(n)
		}
		return true
	})
	c.conversionsIn(n)
}

// ident notes what a name refers to.
func (c *collector) ident(id *ast.Ident) {
	obj := c.current.TypesInfo.Uses[id]
	if obj == nil || obj.Pkg() == nil {
		return
	}
	c.reach.uses(c.within, obj)
	switch obj := obj.(type) {
	case *types.Func:
		if isInterfaceMethod(obj) {
			c.called(obj, c.site(id.Pos()))
			break
		}
		c.openEnd(id, obj)
		c.encodes(id, obj)
	case *types.Var:
		c.rest(id, obj)
	}
	elements := c.elements(obj)
	if len(elements) == 0 {
		c.ofRuntime(obj, id.Pos())
	}
	for _, n := range elements {
		if n.kind == operationKind {
			c.body(id, n, c.found[obj.Pkg().Path()])
		}
		c.noteOf(obj.Pkg().Path(), n, c.site(id.Pos()), false, len(elements) > 1)
	}
}

// site is a place with the declaration that it is in.
type site struct {
	Place
	within string
}

func (c *collector) site(pos token.Pos) site {
	position := c.fset.Position(pos)
	return site{Place{File: c.shown(position.Filename), Line: position.Line, Column: position.Column, Test: c.inTest}, c.within}
}

// elements are what an object of a generated package is; nil if it is of another, or of the runtime.
func (c *collector) elements(obj types.Object) []named {
	f := c.at(obj.Pkg())
	if f == nil {
		return nil
	}
	one := func(n named, ok bool) []named {
		if !ok {
			return nil
		}
		return []named{n}
	}
	switch obj := obj.(type) {
	case *types.Func:
		on := receiver(obj)
		if on == "" && obj.Pkg().Path() != f.Path {
			return f.index.functionOf(obj.Pkg().Name(), obj.Name())
		}
		if on == "" {
			n, ok := f.index.declared[obj.Name()]
			return one(n, ok)
		}
		if ops := f.index.methods[on+"."+obj.Name()]; ops != nil {
			return ops
		}
		n, ok := f.index.declared[on] // of a type, or of its interface
		return one(n, ok && n.kind == typeKind)
	case *types.Var:
		if obj.IsField() {
			n, ok := f.index.fields[c.owner(obj)+"."+obj.Name()]
			return one(n, ok)
		}
	case *types.TypeName, *types.Const:
		n, ok := f.index.declared[obj.Name()]
		return one(n, ok)
	}
	return nil
}

// at returns what is known of a generated package, nil for any other. A fault of its lock is kept.
func (c *collector) at(pkg *types.Package) *found {
	path := pkg.Path()
	if f, known := c.found[path]; known {
		return f
	}
	c.found[path] = nil
	folder := c.folders[path]
	if folder != "" && c.generated.at(folder).home != "" {
		return c.atHome(pkg, c.generated.at(folder).home)
	}
	if folder == "" || c.generated.at(folder).lock == nil && c.generated.at(folder).err == nil || c.generated.isFake(folder) {
		return nil
	}
	l, err := c.generated.checked(folder, c.shown(folder))
	x, bad := c.generated.at(folder).index, c.generated.at(folder).indexErr
	if err == nil && bad != nil {
		err = fault(filepath.ToSlash(filepath.Join(c.shown(folder), "graphslice.lock")), "bad-lock", "run gen --force", bad.Error())
	}
	if err != nil {
		if c.err == nil {
			c.err = err
		}
		return nil
	}
	f := &found{Package: Package{Path: path, Name: pkg.Name(), Dir: c.shown(folder), Lock: l, Folder: folder}, index: x}
	c.found[path] = f
	f.isRuntime = len(l.Elements) == 0
	return f
}

// atHome is at for a package of calls: what is known of the package of types, which it imports.
func (c *collector) atHome(pkg *types.Package, home string) *found {
	for _, imported := range pkg.Imports() {
		if c.folders[imported.Path()] == home {
			f := c.at(imported)
			c.found[pkg.Path()] = f
			return f
		}
	}
	return nil
}

// fakes reports whether a package fakes a service.
func (c *collector) fakes(pkg *types.Package) bool {
	folder := c.folders[pkg.Path()]
	return folder != "" && c.generated.isFake(folder)
}

// owner is the struct of its package that declares a field, "" if none does.
func (c *collector) owner(field *types.Var) string {
	pkg := field.Pkg()
	fields := c.owners[pkg]
	if fields == nil {
		fields = map[*types.Var]string{}
		for _, name := range pkg.Scope().Names() {
			obj, ok := pkg.Scope().Lookup(name).(*types.TypeName)
			if !ok || obj.IsAlias() {
				continue
			}
			if s, ok := obj.Type().Underlying().(*types.Struct); ok {
				for f := range s.Fields() {
					fields[f.Origin()] = name
				}
			}
		}
		c.owners[pkg] = fields
	}
	return fields[field.Origin()]
}

// receiver is the name of the type that has a method, "" for a function.
func receiver(f *types.Func) string {
	recv := f.Signature().Recv()
	if recv == nil {
		return ""
	}
	if n := namedType(recv.Type()); n != nil {
		return n.Obj().Name()
	}
	return ""
}

// namedType is a type or what it points to, if that has a name.
func namedType(t types.Type) *types.Named {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	n, _ := t.(*types.Named)
	return n
}

func (c *collector) note(path string, n named, s site, notCalled bool) {
	c.noteOf(path, n, s, notCalled, false)
}

// noteOf adds a place to a use.
func (c *collector) noteOf(path string, n named, s site, notCalled, oneOf bool) {
	f := c.found[path]
	if owner, ok := f.index.declared[n.owner]; ok {
		c.note(path, owner, s, notCalled)
	}
	uses := f.uses[n.kind]
	if uses == nil {
		uses = map[string]*sites{}
		f.uses[n.kind] = uses
	}
	u := uses[n.id]
	if u == nil {
		u = &sites{named: n, notCalled: true, oneOf: true}
		uses[n.id] = u
	}
	u.oneOf = u.oneOf && oneOf
	if u.notCalled && !notCalled { // where it is asked for matters no more
		u.notCalled, u.named, u.sites = false, n, nil
	}
	if u.notCalled == notCalled {
		u.sites = append(u.sites, s)
	}
}

// literal notes the fields of a struct that is written without their names.
func (c *collector) literal(lit *ast.CompositeLit) {
	if len(lit.Elts) == 0 {
		return
	}
	if _, keyed := lit.Elts[0].(*ast.KeyValueExpr); keyed {
		return
	}
	t := c.current.TypesInfo.TypeOf(lit)
	if t == nil {
		return
	}
	s, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for i := range min(s.NumFields(), len(lit.Elts)) {
		field := s.Field(i)
		if field.Pkg() == nil {
			continue
		}
		for _, n := range c.elements(field) {
			c.note(field.Pkg().Path(), n, c.site(lit.Elts[i].Pos()), false)
		}
	}
}

// result is what was found, sorted. The error is a diag.List.
func (c *collector) result() (*Uses, error) {
	if c.err != nil {
		return nil, c.err
	}
	c.reach.follow(c.whole)
	uses := &Uses{Packages: []*Package{}, Unknown: []Unknown{}}
	for path, f := range c.found {
		if f != nil && !f.isRuntime && f.Path == path { // packages of calls are of that of the types
			uses.Packages = append(uses.Packages, c.finish(f))
		}
	}
	if len(uses.Packages) == 0 {
		return nil, diag.List{{Severity: diag.Error, Code: NothingGenerated, Message: "the code imports no package that graphslice generated: none has a graphslice.lock beside it",
			Hint: "name the packages that do, such as ./..., in the module that has them"}}
	}
	slices.SortFunc(uses.Packages, func(a, b *Package) int { return strings.Compare(a.Path, b.Path) })
	uses.Unknown = c.unknowns()
	return uses, nil
}

// finish makes the lists of a package.
func (c *collector) finish(f *found) *Package {
	p := f.Package
	for kind, list := range map[kind]*[]Use{operationKind: &p.Operations, pathKind: &p.Paths, typeKind: &p.Types, propertyKind: &p.Properties,
		bindKind: &p.Binds, valueKind: &p.Values, parameterKind: &p.Parameters, runtimeKind: &p.Runtime} {
		*list = []Use{}
		for _, u := range f.uses[kind] {
			*list = append(*list, c.use(u))
		}
		slices.SortFunc(*list, func(a, b Use) int { return strings.Compare(a.ID, b.ID) })
	}
	return &p
}

// use is a use with its places in order, each once.
func (c *collector) use(s *sites) Use {
	u := Use{ID: s.id, Go: s.of, NotCalled: s.notCalled, OneOf: s.oneOf, Tests: true}
	for _, at := range s.sites {
		at.Test = at.Test || c.reach.onlyTests(at.within)
		u.Places = append(u.Places, at.Place)
		u.Tests = u.Tests && at.Test
	}
	u.Places = sortPlaces(u.Places)
	return u
}
