package kiota

import (
	"bytes"
	"go/ast"
	"go/printer"
	"go/token"
	"go/types"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/usage"
)

// collector goes over code and notes the requests that it makes.
type collector struct {
	code   *usage.Code
	source *source
	calls  []Call
	models models

	// What is read just now.
	info *types.Info
	// made is what a local variable was set to, if that happens in one place.
	made map[types.Object]ast.Expr
}

func newCollector(code *usage.Code) *collector {
	return &collector{code: code, source: newSource(code), models: models{}}
}

// pkg goes over one package.
func (c *collector) pkg(pkg usage.CodePackage) {
	c.info = pkg.Types
	c.made = map[types.Object]ast.Expr{}
	for _, file := range pkg.Syntax {
		ast.Inspect(file, func(n ast.Node) bool { c.variable(n); return true })
	}
	for _, file := range pkg.Syntax {
		c.handed(file)
		called := map[*ast.SelectorExpr]*ast.CallExpr{}
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.CallExpr:
				c.written(n)
				if s, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr); ok {
					called[s] = n
				}
			case *ast.SelectorExpr:
				c.selector(n, called[n])
			case *ast.Ident:
				c.models.ident(c.info.Uses[n])
			}
			return true
		})
	}
}

// variable notes what variables are set to: nil for one that is set more than once.
func (c *collector) variable(n ast.Node) {
	switch n := n.(type) {
	case *ast.AssignStmt:
		for i, e := range n.Lhs {
			id, ok := e.(*ast.Ident)
			if !ok {
				continue
			}
			if len(n.Lhs) == len(n.Rhs) {
				c.set(id, n.Rhs[i])
			} else {
				c.set(id, nil)
			}
		}
	case *ast.ValueSpec:
		for i, id := range n.Names {
			if i < len(n.Values) && len(n.Names) == len(n.Values) {
				c.set(id, n.Values[i])
			}
		}
	case *ast.UnaryExpr:
		if id, ok := n.X.(*ast.Ident); ok && n.Op == token.AND && c.isBuilder(c.info.TypeOf(id)) {
			c.set(id, nil)
		}
	}
}

func (c *collector) set(id *ast.Ident, value ast.Expr) {
	obj := c.info.Defs[id]
	if obj == nil {
		obj = c.info.Uses[id]
	}
	if obj == nil {
		return
	}
	if _, again := c.made[obj]; again {
		value = nil
	}
	c.made[obj] = value
}

// verbs are the methods of builders that send a request, by the methods of HTTP.
var verbs = []string{"Get", "Post", "Patch", "Put", "Delete", "Head", "Options"}

// verbOf is the verb of a builder's method, "" if it has none: Get, GetAsDeltaGetResponse, ToGetRequestInformation.
func verbOf(builder *types.Named, method string) string {
	for _, verb := range verbs {
		making := "To" + verb + "RequestInformation"
		if method != verb && method != making && !strings.HasPrefix(method, verb+"As") {
			continue
		}
		if obj, _, _ := types.LookupFieldOrMethod(types.NewPointer(builder), true, builder.Obj().Pkg(), making); obj != nil {
			return verb
		}
	}
	return ""
}

// isBuilder reports whether a type is a builder or a pointer to one.
func (c *collector) isBuilder(t types.Type) bool { return builderOf(t) != nil }

// builderOf is the builder that a type is or points to, nil if it is none.
func builderOf(t types.Type) *types.Named {
	if t == nil {
		return nil
	}
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, ok := t.(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return nil
	}
	s, ok := named.Underlying().(*types.Struct)
	if !ok {
		return nil
	}
	for f := range s.Fields() {
		if f.Embedded() && (f.Name() == "BaseRequestBuilder" || builderOf(f.Type()) != nil) {
			return named
		}
	}
	return nil
}

// selector notes a method of a builder that sends a request; call is nil where it is a value.
func (c *collector) selector(s *ast.SelectorExpr, call *ast.CallExpr) {
	method, ok := c.info.Uses[s.Sel].(*types.Func)
	if !ok || method.Signature().Recv() == nil {
		return
	}
	builder := builderOf(method.Signature().Recv().Type())
	if builder == nil || builder.Obj().Pkg() == nil || c.code.Folder(builder.Obj().Pkg().Path()) == "" {
		return
	}
	verb := verbOf(builder, method.Name())
	if verb == "" {
		return
	}
	var whole ast.Expr = s
	if call != nil {
		whole = call
	}
	found := Call{Place: c.code.Place(s.Sel.Pos()), Old: c.text(whole), Options: []string{}, Service: c.source.root(builder.Obj().Pkg().Path())}
	if call != nil && len(call.Args) > 0 {
		found.Context = c.text(call.Args[0])
		found.Options = c.options(call.Args[len(call.Args)-1])
		found.Headers = c.setsHeaders(call.Args[len(call.Args)-1])
	}
	c.operation(&found, s.X, builder, verb)
	c.calls = append(c.calls, found)
}

// operation fills in what a call asks for.
func (c *collector) operation(found *Call, from ast.Expr, builder *types.Named, verb string) {
	chain := c.follow(from)
	template := c.source.template(builder.Obj(), verb)
	switch {
	case chain.raw != "":
		found.Unknown = chain.raw + " takes an address that the code does not tell"
	case template == "":
		found.Unknown = "no template of an address stands beside " + builder.Obj().Name()
	case found.Service == "":
		found.Unknown = "the client does not say where its service is"
	default:
		found.Method, found.Path = strings.ToUpper(verb), pathOf(template, chain.fixed)
		if chain.whole {
			found.Arguments = inOrder(found.Path, chain.arguments)
		}
		if !chain.whole && strings.Contains(found.Path, "{") {
			found.Note = "the builder comes from elsewhere; if something there stands for a key, as Me does, the path is another"
		}
	}
}

// chain is how code comes to a builder.
type chain struct {
	arguments []argument // in the order of the calls
	fixed     map[string]string
	whole     bool   // it begins at a client
	raw       string // what takes an address instead, "" if nothing does
}

// maxLinks is how far a chain is followed; code can set variables to each other in a circle.
const maxLinks = 100

// follow goes back from a builder to the client.
func (c *collector) follow(e ast.Expr) chain {
	found := chain{fixed: map[string]string{}}
	for range maxLinks {
		switch n := ast.Unparen(e).(type) {
		case *ast.Ident:
			next := c.made[c.info.Uses[n]]
			if next == nil {
				found.whole = isClient(c.info.TypeOf(n))
				return found
			}
			e = next
		case *ast.SelectorExpr: // a field, which can be set anywhere
			found.whole = isClient(c.info.TypeOf(n))
			return found
		case *ast.CallExpr:
			link, ok := ast.Unparen(n.Fun).(*ast.SelectorExpr)
			method, isMethod := c.callee(n).(*types.Func)
			if !isMethod {
				return found
			}
			if !ok || method.Signature().Recv() == nil || builderOf(method.Signature().Recv().Type()) == nil {
				found.whole = isClient(c.info.TypeOf(n))
				if builderOf(c.info.TypeOf(n)) != nil && strings.HasSuffix(method.Name(), "RequestBuilder") {
					found.raw = method.Name()
				}
				return found
			}
			c.link(&found, method, n)
			e = link.X
		default:
			found.whole = isClient(c.info.TypeOf(e))
			return found
		}
		if found.raw != "" {
			return found
		}
	}
	return found
}

// callee is what a call calls, nil if that has no name.
func (c *collector) callee(n *ast.CallExpr) types.Object {
	switch f := ast.Unparen(n.Fun).(type) {
	case *ast.Ident:
		return c.info.Uses[f]
	case *ast.SelectorExpr:
		return c.info.Uses[f.Sel]
	}
	return nil
}

// link takes in one method of a chain.
func (c *collector) link(found *chain, method *types.Func, call *ast.CallExpr) {
	if method.Name() == "WithUrl" {
		found.raw = method.Name()
		return
	}
	var given []argument
	for i, arg := range call.Args {
		a := argument{text: c.value(arg), among: len(call.Args)}
		if params := method.Signature().Params(); i < params.Len() {
			a.name = params.At(i).Name()
		}
		given = append(given, a)
	}
	found.arguments = append(given, found.arguments...)
	if receiver := builderOf(method.Signature().Recv().Type()); len(call.Args) == 0 {
		for name, value := range c.source.fixed(method, receiver.Obj().Name()) {
			found.fixed[name] = value
		}
	}
}

// value is the code of an argument by itself: clients take some by pointers.
func (c *collector) value(arg ast.Expr) string {
	if u, ok := ast.Unparen(arg).(*ast.UnaryExpr); ok && u.Op == token.AND {
		return c.text(u.X)
	}
	if t := c.info.TypeOf(arg); t != nil {
		if _, isPointer := t.Underlying().(*types.Pointer); isPointer {
			return "*" + c.text(arg)
		}
	}
	return c.text(arg)
}

// setsHeaders reports whether an argument sets headers of a request.
func (c *collector) setsHeaders(e ast.Expr) bool {
	if id, ok := e.(*ast.Ident); ok {
		e = c.made[c.info.Uses[id]]
	}
	if u, ok := e.(*ast.UnaryExpr); ok {
		e = u.X
	}
	return slices.Contains(c.fields(e), "Headers")
}

// isClient reports whether a type is the first builder of a client: its paths begin there.
func isClient(t types.Type) bool {
	named := builderOf(t)
	return named != nil && strings.HasSuffix(named.Obj().Name(), "Client")
}

// options are the query parameters that an argument sets.
func (c *collector) options(e ast.Expr) []string {
	names := []string{}
	if id, ok := e.(*ast.Ident); ok {
		if e = c.made[c.info.Uses[id]]; e == nil {
			return names
		}
	}
	ast.Inspect(e, func(n ast.Node) bool {
		if id, ok := n.(*ast.Ident); ok { // the parameters may have a variable of their own
			if value := c.made[c.info.Uses[id]]; value != nil && isParameters(c.info.TypeOf(id)) {
				names = append(names, c.fields(value)...)
			}
		}
		if lit, ok := n.(*ast.CompositeLit); ok && isParameters(c.info.TypeOf(lit)) {
			names = append(names, c.fields(lit)...)
			return false
		}
		return true
	})
	return names
}

// fields are the names that a literal sets.
func (c *collector) fields(e ast.Expr) []string {
	if u, ok := e.(*ast.UnaryExpr); ok {
		e = u.X
	}
	lit, ok := e.(*ast.CompositeLit)
	if !ok {
		return nil
	}
	var names []string
	for _, e := range lit.Elts {
		if pair, ok := e.(*ast.KeyValueExpr); ok {
			names = append(names, c.text(pair.Key))
		}
	}
	return names
}

// isParameters reports whether a type holds the query parameters of a request.
func isParameters(t types.Type) bool {
	if t == nil {
		return false
	}
	if p, ok := types.Unalias(t).(*types.Pointer); ok {
		t = p.Elem()
	}
	named, ok := types.Unalias(t).(*types.Named)
	return ok && strings.HasSuffix(named.Obj().Name(), "QueryParameters")
}

// text is an expression on one line.
func (c *collector) text(e ast.Expr) string {
	var b bytes.Buffer
	if err := printer.Fprint(&b, token.NewFileSet(), e); err != nil {
		return ""
	}
	return strings.Join(strings.Fields(b.String()), " ")
}
