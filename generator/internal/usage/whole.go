package usage

import (
	"go/ast"
	"go/constant"
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// wholes finds values of generated types of which the code does not say which properties matter: those that become a value of an
// interface, such as the any of json.Marshal and fmt.Println, and those whose AdditionalProperties are gone over.
type wholes struct {
	// in are the types that values of a type hold, by the type; the properties of a generated one are not looked at.
	in map[types.Type]*contents
	// parameters are type parameters by what declares them: "path.Name#0". Escaped are those whose values become a value of an
	// interface, arguments what stands for one.
	parameters map[*types.TypeParam]string
	escaped    map[string]bool
	arguments  map[string][]argument
	// plain are the names of AdditionalProperties of which one entry is read or set, or all are set.
	plain map[*ast.Ident]bool
}

// contents are the types that the values of a type hold.
type contents struct {
	models     []*types.TypeName
	parameters []string
}

// argument is a type in the place of a type parameter.
type argument struct {
	of  types.Type
	pos token.Pos
	at  site
}

func newWholes() *wholes {
	return &wholes{in: map[types.Type]*contents{}, parameters: map[*types.TypeParam]string{}, escaped: map[string]bool{},
		arguments: map[string][]argument{}, plain: map[*ast.Ident]bool{}}
}

// declares learns what the type parameters of a declaration are called.
func (c *collector) declares(obj types.Object) {
	name := func(list *types.TypeParamList, of string) {
		for i := range list.Len() {
			c.wholes.parameters[list.At(i)] = of + "#" + strconv.Itoa(i)
		}
	}
	switch obj := obj.(type) {
	case *types.Func:
		name(obj.Signature().TypeParams(), obj.Pkg().Path()+"."+obj.Name())
		if on := receiver(obj); on != "" {
			name(obj.Signature().RecvTypeParams(), obj.Pkg().Path()+"."+on)
		}
	case *types.TypeName:
		if n, ok := obj.Type().(*types.Named); ok {
			name(n.TypeParams(), obj.Pkg().Path()+"."+obj.Name())
		}
	}
}

// becomes notes a value that becomes one of an interface which is not of a generated package.
func (c *collector) becomes(to, from types.Type, at site) {
	if to == nil || from == nil {
		return
	}
	to = types.Unalias(to)
	if _, isParameter := to.(*types.TypeParam); isParameter || !types.IsInterface(to) {
		return
	}
	if n, ok := to.(*types.Named); ok && n.Obj().Pkg() != nil && c.at(n.Obj().Pkg()) != nil {
		return
	}
	c.handedOn(from, at)
}

// handedOn notes the generated types in a value that goes where nobody sees what is read of it.
func (c *collector) handedOn(from types.Type, at site) {
	in := c.contentsOf(from)
	for _, obj := range in.models {
		c.matters(obj, at)
	}
	for _, name := range in.parameters {
		c.wholes.escaped[name] = true
	}
}

// matters notes that all properties of a type matter.
func (c *collector) matters(obj *types.TypeName, at site) {
	n := c.at(obj.Pkg()).index.declared[obj.Name()]
	c.unknown = append(c.unknown, unknownSite{Unknown{Kind: WholeValue, What: n.id, Go: n.of, Package: obj.Pkg().Path(), Place: at.Place}, at.within})
}

// instantiated notes what stands for the type parameters of a function or a type.
func (c *collector) instantiated(obj types.Object, args *types.TypeList, pos token.Pos) {
	path := obj.Pkg().Path()
	isStandard := !strings.Contains(strings.Split(path, "/")[0], ".") && !c.reach.own[path]
	if c.at(obj.Pkg()) != nil || c.fakes(obj.Pkg()) || isStandard && !reflects(path) {
		return
	}
	for i := range args.Len() {
		if !c.reach.own[path] {
			c.handedOn(args.At(i), c.site(pos))
			continue
		}
		name := path + "." + obj.Name() + "#" + strconv.Itoa(i)
		c.wholes.arguments[name] = append(c.wholes.arguments[name], argument{args.At(i), pos, c.site(pos)})
	}
}

// generics notes what stands for type parameters whose values become a value of an interface.
func (c *collector) generics() {
	done := map[string]bool{}
	for len(done) < len(c.wholes.escaped) {
		for _, name := range slices.Sorted(maps.Keys(c.wholes.escaped)) {
			if done[name] {
				continue
			}
			done[name] = true
			for _, arg := range c.wholes.arguments[name] {
				c.handedOn(arg.of, arg.at)
			}
		}
	}
}

// contentsOf are the types that values of a type hold.
func (c *collector) contentsOf(t types.Type) *contents {
	if found, known := c.wholes.in[t]; known {
		return found
	}
	found := &contents{}
	c.gather(t, found, map[types.Type]bool{})
	c.wholes.in[t] = found
	return found
}

// gather goes through what a type is made of.
func (c *collector) gather(t types.Type, found *contents, seen map[types.Type]bool) {
	t = types.Unalias(t)
	if seen[t] {
		return
	}
	seen[t] = true
	switch t := t.(type) {
	case *types.Pointer:
		c.gather(t.Elem(), found, seen)
	case *types.Slice:
		c.gather(t.Elem(), found, seen)
	case *types.Array:
		c.gather(t.Elem(), found, seen)
	case *types.Map:
		c.gather(t.Key(), found, seen)
		c.gather(t.Elem(), found, seen)
	case *types.Tuple:
		for v := range t.Variables() {
			c.gather(v.Type(), found, seen)
		}
	case *types.Struct:
		c.gatherFields(t, found, seen)
	case *types.TypeParam:
		if name := c.wholes.parameters[t]; name != "" {
			found.parameters = append(found.parameters, name)
		}
	case *types.Named:
		c.gatherNamed(t, found, seen)
	}
}

// gatherFields looks into a struct; one that is made like a generated type is as that is.
func (c *collector) gatherFields(t *types.Struct, found *contents, seen map[types.Type]bool) {
	for f := range t.Fields() {
		if obj := c.modelOf(f); obj != nil {
			found.models = append(found.models, obj)
			return
		}
		c.gather(f.Type(), found, seen)
	}
}

// modelOf is the generated type that declares a field, nil if it is another one's.
func (c *collector) modelOf(field *types.Var) *types.TypeName {
	if field.Pkg() == nil {
		return nil
	}
	f := c.at(field.Pkg())
	if f == nil {
		return nil
	}
	owner, ok := field.Pkg().Scope().Lookup(c.owner(field)).(*types.TypeName)
	if !ok || !f.index.isStruct[f.index.declared[owner.Name()].id] {
		return nil
	}
	return owner
}

// gatherNamed takes a type of a generated package as it is, and looks into any other. Builders and clients have no values.
func (c *collector) gatherNamed(t *types.Named, found *contents, seen map[types.Type]bool) {
	obj := t.Obj()
	if obj.Pkg() == nil {
		return
	}
	if f := c.at(obj.Pkg()); f != nil {
		n, isDeclared := f.index.declared[obj.Name()]
		if isDeclared && n.kind == typeKind && f.index.isStruct[n.id] {
			found.models = append(found.models, obj)
		}
		if isDeclared || obj.Name() == clientType || f.index.builders[obj.Name()] {
			return
		}
	}
	c.gather(t.Underlying(), found, seen)
}

// entry notes that one entry of AdditionalProperties is read or set, of which the name is constant.
func (c *collector) entry(n *ast.IndexExpr) {
	tv := c.current.TypesInfo.Types[n.Index]
	if tv.Value != nil && tv.Value.Kind() == constant.String {
		if id := calleeName(n.X); id != nil {
			c.wholes.plain[id] = true
		}
	}
}

// pair notes that a composite literal sets a field.
func (c *collector) pair(n *ast.KeyValueExpr) {
	if id, ok := fieldName(n); ok {
		c.wholes.plain[id] = true
	}
}

// additional is the field of every type that has what the type does not declare.
const additional = "AdditionalProperties"

// rest notes a use of all AdditionalProperties of a value: with fewer properties there are more of them.
func (c *collector) rest(id *ast.Ident, field *types.Var) {
	if field.Name() != additional || c.wholes.plain[id] {
		return
	}
	if owner := c.modelOf(field); owner != nil {
		c.matters(owner, c.site(id.Pos()))
	}
}

// encodes notes the methods by which a value is read from JSON or written as such by itself.
func (c *collector) encodes(id *ast.Ident, f *types.Func) {
	if f.Name() != "MarshalJSON" && f.Name() != "UnmarshalJSON" || c.at(f.Pkg()) == nil {
		return
	}
	if n := namedType(f.Signature().Recv().Type()); n != nil {
		c.handedOn(n, c.site(id.Pos()))
	}
}

// body notes an operation whose body is not written where it is called: what was read may be sent.
func (c *collector) body(id *ast.Ident, n named, f *found) {
	call := c.calls[id]
	if call == nil || !slices.ContainsFunc(call.Args, func(e ast.Expr) bool { return c.isLiteral(f, e) }) {
		f.passes(n.id)
	}
}

func (f *found) passes(operation string) {
	if f.Passed == nil {
		f.Passed = map[string]bool{}
	}
	f.Passed[operation] = true
}

// isLiteral reports whether an expression is a &T{…} of a type of the package.
func (c *collector) isLiteral(f *found, e ast.Expr) bool {
	u, ok := ast.Unparen(e).(*ast.UnaryExpr)
	if !ok || u.Op != token.AND {
		return false
	}
	lit, ok := ast.Unparen(u.X).(*ast.CompositeLit)
	if !ok {
		return false
	}
	t := namedType(c.current.TypesInfo.TypeOf(lit))
	return t != nil && f.index.isStruct[f.index.declared[t.Obj().Name()].id]
}
