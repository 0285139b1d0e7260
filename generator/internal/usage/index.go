package usage

import (
	"strings"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/lock"
	"github.com/graphslice/graphslice/generator/internal/names"
)

// index finds the elements of a lock by their names in Go.
type index struct {
	// methods are operations and accessors, by "ChatsRequests.List": the forms of a function share one method. A builder is a type
	// that has them.
	methods  map[string][]named
	builders map[string]bool
	// ways are the paths whose calls have a package of their own, by its name.
	ways map[string]named
	// declared are types, enums, constants and functions of the package.
	declared map[string]named
	// fields are properties and parameters, by "Chat.Topic".
	fields map[string]named
	// byWire are properties by their ID.
	byWire map[string]named
	// isStruct has the IDs of types that are no enumerations.
	isStruct map[string]bool
}

// kind is the list of Package that a use belongs to.
type kind uint8

const (
	operationKind kind = iota
	pathKind
	typeKind
	propertyKind
	bindKind
	valueKind
	parameterKind
	runtimeKind
	kinds
)

// named is an element with its name in Go. What is of a type names that, by its name in Go: whoever uses the one uses the other.
type named struct {
	kind   kind
	id, of string
	owner  string
}

// clientType is the type of the runtime that has what the service root has.
const clientType = "Client"

// runtimePrefixes are what the emitter puts before and between names; see package names.
const (
	anyPrefix      = "Any"
	bindPrefix     = "Bind"
	propertySuffix = "Property"
	newPrefix      = "New"
)

// newIndex reads a lock. The error names an element that cannot be read.
func newIndex(l *lock.Lock) (*index, error) {
	x := &index{methods: map[string][]named{}, builders: map[string]bool{}, ways: map[string]named{}, declared: map[string]named{}, fields: map[string]named{},
		byWire: map[string]named{}, isStruct: map[string]bool{}}
	m := members{types: map[string]*memberType{}, options: map[string]string{}}
	for _, e := range l.Elements {
		if err := x.element(&m, e); err != nil {
			return nil, err
		}
	}
	m.fill(x)
	return x, nil
}

// element takes one line of the lock.
func (x *index) element(m *members, e lock.Element) error {
	switch e.Kind {
	case api.KindOperation:
		facts, err := api.Decode[api.Operation](e)
		if err != nil {
			return err
		}
		x.operation(m, e, facts)
	case api.KindPath:
		facts, err := api.Decode[api.Path](e)
		if err != nil {
			return err
		}
		x.path(m, e, facts)
	case api.KindType:
		facts, err := api.Decode[api.Type](e)
		m.types[e.ID] = &memberType{name: e.Name, facts: facts, fields: map[string]lock.Element{}}
		return err
	case api.KindProperty:
		m.properties = append(m.properties, e)
	case api.KindParameter:
		facts, err := api.Decode[api.Parameter](e)
		if !facts.System { // OData's own are fields of the runtime's types, whatever the operation
			m.parameters = append(m.parameters, e)
		}
		return err
	case api.KindEnum:
		x.declared[e.Name] = named{typeKind, e.ID, e.Name, ""}
	case api.KindMember, api.KindConstant:
		x.declared[e.Name] = named{valueKind, e.ID, e.Name, ""}
	}
	return nil
}

// operation knows the methods of an operation: its own, and those that go on where it stopped.
func (x *index) operation(m *members, e lock.Element, facts api.Operation) {
	x.builders[facts.On] = true
	for _, name := range append([]string{e.Name}, facts.Continuations(e.Name)...) {
		name = facts.On + "." + name
		x.methods[name] = append(x.methods[name], named{operationKind, e.ID, facts.On + "." + e.Name, ""})
	}
	m.options[e.ID] = facts.Options
}

// path knows the builder of a path and the method that leads there.
func (x *index) path(m *members, e lock.Element, facts api.Path) {
	m.paths = append(m.paths, pathElement{e.ID, facts})
	if facts.Package != "" && facts.Requests != "" {
		x.ways[facts.Package] = named{pathKind, e.ID, facts.Package + "." + names.Way, ""}
	}
	if facts.Requests != "" {
		x.builders[facts.Requests] = true
		x.declared[facts.Requests] = named{pathKind, e.ID, facts.Requests, ""}
	}
}

// functionOf is what a function of a package of calls is: the way to its path, or a call that is bound to nothing.
func (x *index) functionOf(pkg, name string) []named {
	if way, ok := x.ways[pkg]; ok && name == names.Way {
		return []named{way}
	}
	var calls []named
	for _, n := range x.methods[clientType+"."+name] {
		n.of = pkg + strings.TrimPrefix(n.of, clientType)
		calls = append(calls, n)
	}
	return calls
}

// members are what has to be read whole before the names of a type's parts are known.
type members struct {
	types                  map[string]*memberType
	properties, parameters []lock.Element
	paths                  []pathElement
	options                map[string]string // the type of an operation's options, by its ID
}

type pathElement struct {
	id    string
	facts api.Path
}

type memberType struct {
	name   string
	facts  api.Type
	fields map[string]lock.Element // by name in Go
}

// fill adds what is made of the names of two elements.
func (m *members) fill(x *index) {
	for _, e := range m.properties {
		if t := m.types[e.ID[:max(strings.LastIndexByte(e.ID, '/'), 0)]]; t != nil {
			t.fields[e.Name] = e
		}
	}
	for id, t := range m.types {
		m.addType(x, id, t)
	}
	for _, e := range m.parameters {
		if options := m.options[e.ID[:max(strings.LastIndexByte(e.ID, '?'), 0)]]; options != "" {
			x.fields[options+"."+e.Name] = named{parameterKind, e.ID, options + "." + e.Name, ""}
		}
	}
	m.addAccessors(x)
}

// addType adds a type with its properties and those of its bases: a struct has a field for each.
func (m *members) addType(x *index, id string, t *memberType) {
	self := named{typeKind, id, t.name, ""}
	x.declared[t.name], x.declared[newPrefix+t.name] = self, self
	x.isStruct[id] = true
	if t.facts.Any {
		x.declared[anyPrefix+t.name] = self
	}
	if t.facts.EntitySet != "" {
		x.declared[bindPrefix+t.name] = named{bindKind, t.facts.EntitySet, bindPrefix + t.name, t.name}
	}
	seen := map[string]bool{}
	for b := t; b != nil && !seen[b.name]; b = m.types[b.facts.Base] {
		seen[b.name] = true
		for name, e := range b.fields {
			if _, shadowed := x.fields[t.name+"."+name]; shadowed {
				continue
			}
			property := named{propertyKind, e.ID, b.name + "." + name, t.name}
			x.fields[t.name+"."+name] = property
			x.declared[t.name+propertySuffix+name] = property
			x.byWire[id+e.ID[strings.LastIndexByte(e.ID, '/'):]] = property
			m.addBind(x, t, name, e)
		}
	}
}

// addBind adds the helper of a navigation property that points to where its type's does not.
func (m *members) addBind(x *index, t *memberType, name string, e lock.Element) {
	if facts, err := api.Decode[api.Property](e); err == nil && facts.Binds != "" {
		helper := bindPrefix + t.name + name
		x.declared[helper] = named{bindKind, facts.Binds, helper, t.name}
	}
}

// addAccessors adds the methods that lead from one path to another.
func (m *members) addAccessors(x *index) {
	requests := map[string]string{"": clientType}
	for _, p := range m.paths {
		requests[p.id] = p.facts.Requests
	}
	for _, p := range m.paths {
		on := ""
		for above := p.id; on == "" && above != ""; {
			above = shorter(above)
			on = requests[above]
		}
		name := on + "." + p.facts.Accessor
		if _, isOperation := x.methods[name]; !isOperation && p.facts.Accessor != "" {
			x.methods[name] = []named{{pathKind, p.id, name, ""}}
		}
	}
}

// shorter is a path without its last step, or without the key or the arguments of that: /books('1') is below /books.
func shorter(path string) string {
	if i := strings.LastIndexByte(path, '('); i > 0 && strings.HasSuffix(path, ")") {
		return path[:i]
	}
	return strings.TrimSuffix(path[:max(strings.LastIndexByte(path, '/'), 0)], ":") // an address has a slash of its own
}
