package usage

import (
	"go/ast"
	"go/token"
	"go/types"
)

// conversions goes over a declaration and notes each value that becomes one of an interface.
type conversions struct {
	*collector
	results []*types.Tuple // of the functions around, the innermost last
	isOurs  bool           // what is converted are the arguments of what does not look into values, or is generated
}

func (c *collector) conversionsIn(n ast.Node) {
	v := &conversions{collector: c}
	if f, ok := n.(*ast.FuncDecl); ok {
		if obj, ok := c.current.TypesInfo.Defs[f.Name].(*types.Func); ok && f.Body != nil {
			v.function(obj.Signature(), f.Body)
		}
		return
	}
	v.walk(n)
}

func (v *conversions) function(sig *types.Signature, body *ast.BlockStmt) {
	v.results = append(v.results, sig.Results())
	v.walk(body)
	v.results = v.results[:len(v.results)-1]
}

func (v *conversions) walk(n ast.Node) {
	ast.Inspect(n, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.FuncLit:
			if sig, ok := v.typeOf(n).(*types.Signature); ok {
				v.function(sig, n.Body)
			}
			return false
		case *ast.CallExpr:
			v.arguments(n)
		case *ast.AssignStmt:
			if n.Tok == token.ASSIGN {
				v.values(v.typesOf(n.Lhs), n.Rhs)
			}
		case *ast.ValueSpec:
			v.spec(n)
		case *ast.ReturnStmt:
			if len(v.results) > 0 {
				v.values(tupleTypes(v.results[len(v.results)-1]), n.Results)
			}
		case *ast.CompositeLit:
			v.elements(n)
		case *ast.SendStmt:
			if ch, ok := v.under(n.Chan).(*types.Chan); ok {
				v.value(ch.Elem(), n.Value)
			}
		case *ast.TypeAssertExpr:
			v.asserted(n.Type)
		case *ast.CaseClause:
			for _, e := range n.List {
				v.asserted(e)
			}
		case *ast.Ident:
			v.instance(n)
		}
		return true
	})
}

func (v *conversions) typeOf(e ast.Expr) types.Type { return v.current.TypesInfo.TypeOf(e) }

// under is what the type of an expression is made of; nil if it has none.
func (v *conversions) under(e ast.Expr) types.Type {
	if t := v.typeOf(e); t != nil {
		return t.Underlying()
	}
	return nil
}

func (v *conversions) typesOf(list []ast.Expr) []types.Type {
	all := make([]types.Type, len(list))
	for i, e := range list {
		all[i] = v.typeOf(e) // nil for _
	}
	return all
}

func tupleTypes(t *types.Tuple) []types.Type {
	all := make([]types.Type, 0, t.Len())
	for p := range t.Variables() {
		all = append(all, p.Type())
	}
	return all
}

func (v *conversions) value(to types.Type, e ast.Expr) {
	v.put(to, v.typeOf(e), e.Pos())
}

// put notes that a value of one type becomes one of another.
func (v *conversions) put(to, from types.Type, pos token.Pos) {
	v.convert(to, from, pos)
	if !v.isOurs {
		v.becomes(to, from, v.site(pos))
	}
}

// isNeutral reports whether a call is of a generated function, also of a fake, or of one that does not look into values.
func (v *conversions) isNeutral(n *ast.CallExpr) bool {
	id := calleeName(n.Fun)
	if id == nil {
		return false
	}
	f, ok := v.current.TypesInfo.Uses[id].(*types.Func)
	return ok && f.Pkg() != nil && (f.Pkg().Path() == "sort" || f.Pkg().Path() == "errors" || v.at(f.Pkg()) != nil || v.fakes(f.Pkg()))
}

// values are assigned one by one, or are the results of one call.
func (v *conversions) values(to []types.Type, from []ast.Expr) {
	if len(from) == len(to) {
		for i, e := range from {
			v.value(to[i], e)
		}
		return
	}
	if len(from) != 1 {
		return
	}
	if t, ok := v.typeOf(from[0]).(*types.Tuple); ok && t.Len() == len(to) {
		for i, each := range tupleTypes(t) {
			v.put(to[i], each, from[0].Pos())
		}
	}
}

func (v *conversions) spec(n *ast.ValueSpec) {
	if n.Type == nil {
		return
	}
	to := make([]types.Type, len(n.Names))
	for i := range to {
		to[i] = v.typeOf(n.Type)
	}
	v.values(to, n.Values)
}

func (v *conversions) arguments(n *ast.CallExpr) {
	v.isOurs = v.isNeutral(n)
	v.values(ArgumentTypes(v.current.TypesInfo, n), n.Args)
	v.isOurs = false
}

// ArgumentTypes are the types of which the arguments of a call become values, in their order, or the one value of a conversion. Nil is
// for what is not known.
func ArgumentTypes(info *types.Info, n *ast.CallExpr) []types.Type {
	tv := info.Types[n.Fun]
	if tv.IsType() {
		return []types.Type{tv.Type}
	}
	if tv.Type == nil {
		return nil
	}
	sig, ok := tv.Type.Underlying().(*types.Signature)
	if !ok {
		return nil
	}
	to := tupleTypes(sig.Params())
	if sig.Variadic() && !n.Ellipsis.IsValid() && len(to) > 0 {
		last := to[len(to)-1]
		to = to[:len(to)-1]
		if s, ok := last.Underlying().(*types.Slice); ok {
			for len(to) < len(n.Args) {
				to = append(to, s.Elem())
			}
		}
	}
	return to
}

// elements are those of a composite literal.
func (v *conversions) elements(n *ast.CompositeLit) {
	of := v.under(n)
	if p, ok := of.(*types.Pointer); ok { // an element that is written without its &T
		of = p.Elem().Underlying()
	}
	for i, e := range n.Elts {
		pair, keyed := e.(*ast.KeyValueExpr)
		if keyed {
			e = pair.Value
		}
		switch of := of.(type) {
		case *types.Struct:
			if id, ok := fieldName(pair); ok {
				if field := v.current.TypesInfo.Uses[id]; field != nil {
					v.value(field.Type(), e)
				}
			} else if !keyed && i < of.NumFields() {
				v.value(of.Field(i).Type(), e)
			}
		case *types.Map:
			v.value(of.Elem(), e)
		case *types.Slice:
			v.value(of.Elem(), e)
		case *types.Array:
			v.value(of.Elem(), e)
		}
	}
}

func fieldName(pair *ast.KeyValueExpr) (*ast.Ident, bool) {
	if pair == nil {
		return nil, false
	}
	id, ok := pair.Key.(*ast.Ident)
	return id, ok
}

// asserted notes an interface that a value is asked to be.
func (v *conversions) asserted(e ast.Expr) {
	if e == nil {
		return
	}
	tv := v.current.TypesInfo.Types[e]
	if face, ok := typeUnder(tv).(*types.Interface); ok && face.NumMethods() > 0 {
		v.faces.asserted = append(v.faces.asserted, put{face: face, site: v.site(e.Pos())})
	}
}

func typeUnder(tv types.TypeAndValue) types.Type {
	if !tv.IsType() {
		return nil
	}
	return tv.Type.Underlying()
}

// instance notes the constraints that type arguments meet.
func (v *conversions) instance(id *ast.Ident) {
	in, ok := v.current.TypesInfo.Instances[id]
	if !ok {
		return
	}
	var params *types.TypeParamList
	switch obj := v.current.TypesInfo.Uses[id].(type) {
	case *types.Func:
		params = obj.Signature().TypeParams()
	case *types.TypeName:
		if n, ok := types.Unalias(obj.Type()).(*types.Named); ok {
			params = n.TypeParams()
		}
	}
	if obj := v.current.TypesInfo.Uses[id]; obj.Pkg() != nil {
		v.instantiated(obj, in.TypeArgs, id.Pos())
	}
	for i := range min(params.Len(), in.TypeArgs.Len()) {
		v.convert(params.At(i).Constraint(), in.TypeArgs.At(i), id.Pos())
	}
}
