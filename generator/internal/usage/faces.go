package usage

import (
	"go/token"
	"go/types"
	"maps"
	"slices"
	"strconv"
)

// faces finds what is called of builders through interfaces: those that the program declares, constraints of its type
// parameters, or any other.
type faces struct {
	// calls are the places where a method of an interface is called, and passed what the methods of one interface are as those
	// of another that a value of it was put into; both by the method's key.
	calls  map[string][]site
	passed map[string]map[string]bool
	// put are builders that were put into interfaces, and asserted what interfaces a value was asked to be.
	put      []put
	asserted []put
	methods  map[types.Type]map[string]target
	// others are keys of methods that are declared in code that is not read; leaveCode is whether something is called by one of these
	// perhaps.
	others    map[string]bool
	leaveCode bool
}

// put is a value that became one of an interface.
type put struct {
	face *types.Interface
	from types.Type
	site site
}

// target is a method of a generated package that a type has, perhaps by embedding.
type target struct {
	pkg      string
	elements []named
}

func newFaces() *faces {
	return &faces{calls: map[string][]site{}, passed: map[string]map[string]bool{}, methods: map[types.Type]map[string]target{},
		others: map[string]bool{}}
}

func isInterfaceMethod(f *types.Func) bool {
	recv := f.Signature().Recv()
	return recv != nil && types.IsInterface(recv.Type())
}

// key tells a method of an interface: the code of a package is read again with its tests, and from what the compiler wrote, and
// its objects are others then. Interfaces without a name are told by their place, of which the compiler keeps the line.
func (c *collector) key(f *types.Func) string {
	key := ""
	if on := receiver(f); on != "" && f.Pkg() != nil {
		key = f.Pkg().Path() + "." + on + "." + f.Name()
	} else {
		position := c.fset.Position(f.Pos())
		key = position.Filename + ":" + strconv.Itoa(position.Line) + " " + f.Name()
	}
	if f.Pkg() == nil || !c.reach.own[f.Pkg().Path()] && c.at(f.Pkg()) == nil {
		c.faces.others[key] = true
	}
	return key
}

func (c *collector) called(f *types.Func, s site) {
	key := c.key(f)
	c.faces.calls[key] = append(c.faces.calls[key], s)
}

// convert notes that a value of one type becomes one of another, if that is an interface.
func (c *collector) convert(to, from types.Type, pos token.Pos) {
	if to == nil || from == nil {
		return
	}
	if _, isParameter := types.Unalias(to).(*types.TypeParam); isParameter {
		return
	}
	face, ok := to.Underlying().(*types.Interface)
	if !ok {
		return
	}
	if source, ok := from.Underlying().(*types.Interface); ok {
		c.pass(source, face)
		return
	}
	if len(c.generatedMethods(from)) > 0 {
		c.faces.put = append(c.faces.put, put{face, from, c.site(pos)})
	}
}

// pass notes that values of one interface become values of another.
func (c *collector) pass(from, to *types.Interface) {
	for m := range to.Methods() {
		obj, _, _ := types.LookupFieldOrMethod(from, false, m.Pkg(), m.Name())
		if f, ok := obj.(*types.Func); ok && f != m {
			key := c.key(f)
			if c.faces.passed[key] == nil {
				c.faces.passed[key] = map[string]bool{}
			}
			c.faces.passed[key][c.key(m)] = true
		}
	}
}

// generatedMethods are the methods of a type that are operations or lead to paths, by name.
func (c *collector) generatedMethods(t types.Type) map[string]target {
	if methods, known := c.faces.methods[t]; known {
		return methods
	}
	var methods map[string]target
	set := types.NewMethodSet(t)
	for s := range set.Methods() {
		f, ok := s.Obj().(*types.Func)
		if !ok || f.Pkg() == nil || isInterfaceMethod(f) {
			continue
		}
		elements := c.elements(f)
		if len(elements) == 0 || elements[0].kind != operationKind && elements[0].kind != pathKind {
			continue
		}
		if methods == nil {
			methods = map[string]target{}
		}
		methods[f.Name()] = target{f.Pkg().Path(), elements}
	}
	c.faces.methods[t] = methods
	return methods
}

// interfaces notes the operations that are called through interfaces.
func (c *collector) interfaces() {
	for _, p := range c.faces.put {
		c.through(p)
	}
	for _, asked := range c.faces.asserted {
		seen := map[string]bool{}
		for _, p := range c.faces.put {
			if name := p.from.String(); !seen[name] && types.Implements(p.from, asked.face) {
				seen[name] = true
				c.through(put{asked.face, p.from, asked.site})
			}
		}
	}
}

// through notes what is called of a value by the methods of an interface. An interface of somebody else's package is called
// where nobody sees it.
func (c *collector) through(p put) {
	methods := c.generatedMethods(p.from)
	for m := range p.face.Methods() {
		t, ok := methods[m.Name()]
		if !ok {
			continue
		}
		calls := c.callsOf(c.key(m))
		isSeen := m.Pkg() != nil && c.reach.own[m.Pkg().Path()]
		for _, n := range t.elements {
			c.found[t.pkg].passes(n.id)
			for _, s := range calls {
				c.note(t.pkg, n, s, false)
			}
			if len(calls) == 0 {
				c.note(t.pkg, n, p.site, isSeen)
			}
		}
	}
}

// callsOf are the places where a method of an interface is called, of that interface or of one that its values were put into.
func (c *collector) callsOf(key string) []site {
	seen := map[string]bool{key: true}
	todo := []string{key}
	var calls []site
	for len(todo) > 0 {
		key, todo = todo[0], todo[1:]
		c.faces.leaveCode = c.faces.leaveCode || c.faces.others[key]
		calls = append(calls, c.faces.calls[key]...)
		for _, next := range slices.Sorted(maps.Keys(c.faces.passed[key])) {
			if !seen[next] {
				seen[next] = true
				todo = append(todo, next)
			}
		}
	}
	return calls
}
