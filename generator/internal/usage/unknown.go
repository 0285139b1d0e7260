package usage

import (
	"cmp"
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"slices"
	"strings"
)

// unknownSite is something unknown with the declaration that it is in.
type unknownSite struct {
	Unknown
	within string
}

// openEnds are what the runtime has, or stands in generated code beside it, that goes where no declaration says: the kind of Unknown, by the name in Go. Generated names
// never are these: they belong to the runtime of every package.
var openEnds = map[string]string{
	"Client.Do": "raw", "BindPath": "address", "BindURL": "address", "Result.Wait": "wait", "Client.WaitFor": "wait",
	"Property": PropertyByName, "SetProperty": PropertyByName, "NextLinkOf": PropertyByName, "Subscribe": "subscription",
}

// call notes which call a name belongs to, and looks at what is handed to reflection.
func (c *collector) call(n *ast.CallExpr) {
	if id := calleeName(n.Fun); id != nil {
		c.calls[id] = n
		if f, ok := c.current.TypesInfo.Uses[id].(*types.Func); ok && f.Pkg() != nil && reflects(f.Pkg().Path()) {
			c.reflection(n)
		}
	}
}

// calleeName is the name of what is called: of a function, a method, or an instance of either.
func calleeName(fun ast.Expr) *ast.Ident {
	switch fun := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return fun
	case *ast.SelectorExpr:
		return fun.Sel
	case *ast.IndexExpr:
		return calleeName(fun.X)
	case *ast.IndexListExpr:
		return calleeName(fun.X)
	}
	return nil
}

// reflects reports whether a package calls methods of what it is given by their names.
func reflects(path string) bool {
	return path == "reflect" || path == "text/template" || path == "html/template"
}

// reflection notes builders and clients that are handed to a package that calls methods by their names.
func (c *collector) reflection(n *ast.CallExpr) {
	for _, arg := range n.Args {
		t := namedType(c.current.TypesInfo.TypeOf(arg))
		if t == nil || t.Obj().Pkg() == nil {
			continue
		}
		name := t.Obj().Name()
		if f := c.at(t.Obj().Pkg()); f != nil && (name == clientType || f.index.builders[name]) {
			c.open("reflection", "", name, t.Obj().Pkg().Path(), arg.Pos())
		}
	}
}

func (c *collector) open(kind, what, name, pkg string, pos token.Pos) {
	s := c.site(pos)
	c.unknown = append(c.unknown, unknownSite{Unknown{Kind: kind, What: what, Go: name, Package: pkg, Place: s.Place}, s.within})
}

// openEnd looks at what a name of the runtime is used for.
func (c *collector) openEnd(id *ast.Ident, f *types.Func) {
	name := f.Name()
	if on := receiver(f); on != "" {
		name = on + "." + name
	}
	kind := openEnds[name]
	if kind == "" {
		return
	}
	g := c.at(f.Pkg())
	if g == nil {
		return
	}
	call := c.calls[id]
	what := ""
	switch {
	case call == nil:
	case kind == "raw" && len(call.Args) > 2:
		method, _ := c.text(call.Args[1])
		path, _ := c.text(call.Args[2])
		what = strings.TrimSpace(cmp.Or(method, "…") + " " + cmp.Or(path, "…"))
	case kind == "address" && len(call.Args) > 0:
		what, _ = c.text(call.Args[0])
	case kind == PropertyByName && len(call.Args) > 1:
		property, isConstant := c.text(call.Args[1])
		if isConstant {
			c.byWireName(g, call, property)
			return
		}
		if t := namedType(c.current.TypesInfo.TypeOf(call.Args[0])); t != nil {
			what = g.index.declared[t.Obj().Name()].id
		}
	}
	c.open(kind, what, name, c.packageOf(g, id, call), id.Pos())
}

// packageOf is the import path of the package whose values a function of a runtime is for, which several may share: that of what it
// is called on, made for or given; "" if that does not tell.
func (c *collector) packageOf(g *found, id *ast.Ident, call *ast.CallExpr) string {
	if !g.isRuntime {
		return g.Path
	}
	var about []types.Type
	for t := range c.current.TypesInfo.Instances[id].TypeArgs.Types() {
		about = append(about, t)
	}
	if call != nil {
		if s, ok := ast.Unparen(call.Fun).(*ast.SelectorExpr); ok {
			about = append(about, c.current.TypesInfo.TypeOf(s.X))
		}
		for _, arg := range call.Args {
			about = append(about, c.current.TypesInfo.TypeOf(arg))
		}
	}
	for len(about) > 0 {
		named := namedType(about[0])
		about = about[1:]
		if named == nil {
			continue
		}
		for t := range named.TypeArgs().Types() {
			about = append(about, t)
		}
		if pkg := named.Obj().Pkg(); pkg != nil {
			if f := c.at(pkg); f != nil && !f.isRuntime {
				return f.Path
			}
		}
	}
	return ""
}

// byWireName notes a property that is named by a constant text. One that the type does not have is none of the package's.
func (c *collector) byWireName(g *found, call *ast.CallExpr, property string) {
	t := namedType(c.current.TypesInfo.TypeOf(call.Args[0]))
	if t == nil || t.Obj().Pkg() == nil {
		return
	}
	of := c.at(t.Obj().Pkg())
	if of == nil || of != g && !g.isRuntime {
		return
	}
	g = of
	owner, ok := g.index.declared[t.Obj().Name()]
	if !ok {
		return
	}
	if n, ok := g.index.byWire[owner.id+"/"+property]; ok {
		c.note(g.Path, n, c.site(call.Args[1].Pos()), false)
	}
}

// text is the constant text of an expression; or the constant text that it begins with, with an ellipsis behind it, and false.
func (c *collector) text(e ast.Expr) (string, bool) {
	if tv, ok := c.current.TypesInfo.Types[e]; ok && tv.Value != nil && tv.Value.Kind() == constant.String {
		return constant.StringVal(tv.Value), true
	}
	if b, ok := ast.Unparen(e).(*ast.BinaryExpr); ok && b.Op == token.ADD {
		begin, whole := c.text(b.X)
		if whole {
			begin += "…"
		}
		return begin, false
	}
	return "", false
}

// unknowns are what is unknown, by place, each once.
func (c *collector) unknowns() []Unknown {
	all := []Unknown{}
	for _, u := range c.unknown {
		u.Test = u.Test || c.reach.onlyTests(u.within)
		all = append(all, u.Unknown)
	}
	slices.SortFunc(all, func(a, b Unknown) int { return cmp.Or(a.Place.compare(b.Place), strings.Compare(a.Go, b.Go)) })
	return slices.CompactFunc(all, func(a, b Unknown) bool { return a.Place.compare(b.Place) == 0 && a.Go == b.Go })
}
