package kiota

import (
	"go/ast"
	"go/types"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/usage"
)

// handed notes what is asked of builders through interfaces of the program, where they become values of them.
func (c *collector) handed(f *ast.File) {
	var results []*types.Tuple // of the functions around, the innermost last
	var nodes []ast.Node
	ast.Inspect(f, func(n ast.Node) bool {
		if n == nil {
			if c.signatureOf(nodes[len(nodes)-1]) != nil {
				results = results[:len(results)-1]
			}
			nodes = nodes[:len(nodes)-1]
			return true
		}
		nodes = append(nodes, n)
		if sig := c.signatureOf(n); sig != nil {
			results = append(results, sig.Results())
		}
		switch n := n.(type) {
		case *ast.CallExpr:
			for i, to := range usage.ArgumentTypes(c.info, n) {
				if i < len(n.Args) {
					c.becomes(to, n.Args[i])
				}
			}
		case *ast.AssignStmt:
			for i := range n.Lhs {
				if len(n.Lhs) == len(n.Rhs) {
					c.becomes(c.info.TypeOf(n.Lhs[i]), n.Rhs[i])
				}
			}
		case *ast.ValueSpec:
			for _, e := range n.Values {
				if n.Type != nil {
					c.becomes(c.info.TypeOf(n.Type), e)
				}
			}
		case *ast.ReturnStmt:
			for i, e := range n.Results {
				if of := results[len(results)-1]; of.Len() == len(n.Results) {
					c.becomes(of.At(i).Type(), e)
				}
			}
		case *ast.CompositeLit:
			c.elements(n)
		}
		return true
	})
}

// signatureOf is that of a function with a body, nil for all else.
func (c *collector) signatureOf(n ast.Node) *types.Signature {
	switch n := n.(type) {
	case *ast.FuncDecl:
		if f, ok := c.info.Defs[n.Name].(*types.Func); ok {
			return f.Signature()
		}
	case *ast.FuncLit:
		sig, _ := c.info.TypeOf(n).(*types.Signature)
		return sig
	}
	return nil
}

// elements are those of a composite literal.
func (c *collector) elements(n *ast.CompositeLit) {
	t := c.info.TypeOf(n)
	if t == nil {
		return
	}
	for i, e := range n.Elts {
		pair, keyed := e.(*ast.KeyValueExpr)
		if keyed {
			e = pair.Value
		}
		switch of := t.Underlying().(type) {
		case *types.Struct:
			if keyed {
				c.becomes(c.info.TypeOf(pair.Key), e)
			} else if i < of.NumFields() {
				c.becomes(of.Field(i).Type(), e)
			}
		case *types.Map:
			c.becomes(of.Elem(), e)
		case *types.Slice:
			c.becomes(of.Elem(), e)
		case *types.Array:
			c.becomes(of.Elem(), e)
		}
	}
}

// becomes notes a builder that becomes a value of an interface.
func (c *collector) becomes(to types.Type, e ast.Expr) {
	builder := builderOf(c.info.TypeOf(e))
	if to == nil || builder == nil || c.code.Folder(builder.Obj().Pkg().Path()) == "" {
		return
	}
	face, ok := to.Underlying().(*types.Interface)
	if !ok {
		return
	}
	name := types.TypeString(to, func(p *types.Package) string { return p.Name() })
	if strings.HasPrefix(name, "interface{") {
		name = "interface"
	}
	if face.NumMethods() == 0 {
		c.calls = append(c.calls, Call{Place: c.code.Place(e.Pos()), Old: c.text(e), Options: []string{},
			Unknown: "what is called of a builder that becomes an " + name + " cannot be seen here"})
		return
	}
	for m := range face.Methods() {
		if verb := verbOf(builder, m.Name()); verb != "" {
			found := Call{Place: c.code.Place(e.Pos()), Old: c.text(e) + "." + m.Name(), Options: []string{}, Service: c.source.root(builder.Obj().Pkg().Path())}
			c.operation(&found, e, builder, verb)
			found.Note = strings.TrimPrefix(found.Note+"; it may be called where the code has a "+name, "; ")
			c.calls = append(c.calls, found)
		}
	}
}

// written notes a request that is made by hand.
func (c *collector) written(n *ast.CallExpr) {
	f, ok := c.callee(n).(*types.Func)
	if !ok || f.Signature().Recv() != nil || !strings.HasPrefix(f.Name(), "NewRequestInformation") {
		return
	}
	c.calls = append(c.calls, Call{Place: c.code.Place(n.Pos()), Old: c.text(n), Options: []string{},
		Unknown: "a request that is written out; what it asks for is not known"})
}
