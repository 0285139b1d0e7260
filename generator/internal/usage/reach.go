package usage

import (
	"go/ast"
	"go/types"
	"strings"

	"golang.org/x/tools/go/packages"
)

// reach finds what only tests lead to. It knows which declaration refers to which; whoever refers to a type may call all of its
// methods. What it is not sure of it counts as reached by the program.
type reach struct {
	// refers has the declarations that one refers to, by "path.Name" or "path.Type.Method"; "path" alone is what a package does
	// when it starts.
	refers map[string]map[string]bool
	// program and tests are where the program and the tests begin.
	program, tests map[string]bool
	reached        map[string]bool // by the program
	tested         map[string]bool // by the tests
	imported       map[string]bool // packages that are imported by what is no test
	byTests        map[string]bool // and those that a test imports
	exported       map[string][]string
	hasMain        bool
	own            map[string]bool // the packages that are read
}

func newReach(packages []*packages.Package, hasMain bool) *reach {
	own := map[string]bool{}
	for _, pkg := range packages {
		own[pkg.PkgPath] = true
	}
	return &reach{own: own, hasMain: hasMain, refers: map[string]map[string]bool{}, program: map[string]bool{}, tests: map[string]bool{},
		imported: map[string]bool{}, byTests: map[string]bool{}, exported: map[string][]string{}}
}

func (r *reach) refer(from, to string) {
	if r.refers[from] == nil {
		r.refers[from] = map[string]bool{}
	}
	r.refers[from][to] = true
}

// pkg takes a package: what it imports starts with it.
func (r *reach) pkg(pkg *packages.Package) {
	path := pkg.PkgPath
	if pkg.Name == "main" {
		r.program[path] = true
		r.program[path+".main"] = true
	}
	for i, file := range pkg.Syntax {
		isTest := strings.HasSuffix(pkg.CompiledGoFiles[i], "_test.go")
		for _, spec := range file.Imports {
			imported := strings.Trim(spec.Path.Value, `"`)
			if isTest {
				r.byTests[imported], r.tests[imported] = true, true
				continue
			}
			r.imported[imported] = true
			r.refer(path, imported)
		}
	}
}

// function takes a function or a method and returns what it is called.
func (r *reach) function(pkg *packages.Package, d *ast.FuncDecl, inTest bool) string {
	name := pkg.PkgPath + "." + d.Name.Name
	switch {
	case d.Recv != nil && len(d.Recv.List) > 0:
		of := pkg.PkgPath + "." + receiverName(d.Recv.List[0].Type)
		name = of + "." + d.Name.Name
		r.refer(of, name)
	case d.Name.Name == "init" || d.Name.Name == "_":
		r.refer(pkg.PkgPath, name)
	case d.Name.IsExported() && !inTest:
		r.exported[pkg.PkgPath] = append(r.exported[pkg.PkgPath], name)
	}
	if inTest {
		r.tests[name] = true
	}
	return name
}

// receiverName is the name of a receiver's type as it is written.
func receiverName(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.StarExpr:
		return receiverName(e.X)
	case *ast.ParenExpr:
		return receiverName(e.X)
	case *ast.IndexExpr:
		return receiverName(e.X)
	case *ast.IndexListExpr:
		return receiverName(e.X)
	case *ast.Ident:
		return e.Name
	}
	return "?"
}

// spec takes a declaration of types, variables or constants and returns what it is called. Variables get their values when the
// package starts.
func (r *reach) spec(pkg *packages.Package, spec ast.Spec, inTest bool) string {
	var names []*ast.Ident
	starts := false
	switch spec := spec.(type) {
	case *ast.TypeSpec:
		names = []*ast.Ident{spec.Name}
	case *ast.ValueSpec:
		names, starts = spec.Names, len(spec.Values) > 0
	default:
		return pkg.PkgPath
	}
	whole := pkg.PkgPath + "." + names[0].Name
	if starts {
		r.refer(pkg.PkgPath, whole)
	}
	for _, id := range names {
		name := pkg.PkgPath + "." + id.Name
		r.refer(name, whole)
		if id.IsExported() && !inTest {
			r.exported[pkg.PkgPath] = append(r.exported[pkg.PkgPath], name)
		}
	}
	if inTest {
		r.tests[whole] = true
	}
	return whole
}

// uses notes that a declaration refers to an object, if that is one of the packages that are read.
func (r *reach) uses(within string, obj types.Object) {
	path := obj.Pkg().Path()
	if !r.own[path] {
		return
	}
	switch obj := obj.(type) {
	case *types.Func:
		if on := receiver(obj); on != "" {
			r.refer(within, path+"."+on)
			return
		}
	case *types.Var:
		if obj.IsField() || obj.Parent() != obj.Pkg().Scope() {
			return
		}
	}
	if obj.Parent() == obj.Pkg().Scope() {
		r.refer(within, path+"."+obj.Name())
	}
}

// follow finds what is reached. Unless the code is whole, everybody may call what is exported.
func (r *reach) follow(whole bool) {
	for path, names := range r.exported {
		if r.isPublic(path, whole) {
			r.program[path] = true
			for _, name := range names {
				r.program[name] = true
			}
		}
	}
	r.reached, r.tested = r.closure(r.program), r.closure(r.tests)
}

// isPublic reports whether others may call what a package exports: it is no internal one, and in a module that has programs, no
// package that tests alone import.
func (r *reach) isPublic(path string, whole bool) bool {
	switch {
	case !whole:
		return true
	case strings.Contains("/"+path+"/", "/internal/"):
		return false
	}
	return !r.hasMain || r.imported[path] || !r.byTests[path]
}

func (r *reach) closure(from map[string]bool) map[string]bool {
	reached := map[string]bool{}
	var todo []string
	add := func(name string) {
		if !reached[name] {
			reached[name] = true
			todo = append(todo, name)
		}
	}
	for name := range from {
		add(name)
	}
	for len(todo) > 0 {
		name := todo[len(todo)-1]
		todo = todo[:len(todo)-1]
		for to := range r.refers[name] {
			add(to)
		}
	}
	return reached
}

// onlyTests reports whether tests lead to a declaration and the program does not.
func (r *reach) onlyTests(within string) bool { return r.tested[within] && !r.reached[within] }
