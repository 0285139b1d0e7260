package graphtest

import (
	"strconv"
	"strings"
)

// inspected is an object that is looked at.
type inspected struct {
	checker *checker
	place   string
	t       *structuredType
	isTop   bool
	// isGuessed says that the object may be of a derived type without saying so.
	isGuessed bool
}

// member looks at one property, bind or annotation.
func (o *inspected) member(m member) error {
	if name, isBind := strings.CutSuffix(m.name, "@odata.bind"); isBind {
		return o.bind(name, m)
	}
	if strings.Contains(m.name, "@") {
		return nil // an annotation
	}
	place := inPlace(o.place, m.name)
	p := o.find(m.name)
	switch {
	case p == nil && o.isFree():
		return nil
	case p == nil:
		return at(place, "The property '%s' does not exist on type '%s'. Make sure to only use property names that are "+
			"defined by the type.", m.name, o.t.name)
	case o.isTop && o.checker.partial && p.flags&key != 0 && o.checker.in.isKeyed():
		if o.checker.in.keys[len(o.checker.in.keys)-1].Value != unquoted(m.value) {
			return at(place, "The key property '%s' cannot be changed.", m.name)
		}
		return nil
	case o.checker.writes && p.flags&readOnly != 0 && p.flags&key == 0 && !isNull(m.value):
		return at(place, "The property '%s' is read-only and cannot be set.", m.name)
	}
	return o.checker.value(place, p, m.value)
}

// isKeyed reports whether the path of a request ends with a key.
//
//go:noinline
func (in *request) isKeyed() bool {
	path := strings.TrimSuffix(in.op.path, "/")
	return len(in.keys) > 0 && (strings.HasSuffix(path, "}") || strings.HasSuffix(path, ")"))
}

// find finds a property; nil if there is none.
func (o *inspected) find(name string) *property {
	if p := o.checker.schema.property(o.t, name); p != nil {
		return p
	}
	if p := o.checker.schema.similar(o.t, name); p != nil || !o.isGuessed {
		return p
	}
	return o.checker.schema.derivedProperty(o.t, func(p *property) bool { return strings.EqualFold(p.name, name) })
}

// isFree reports whether the object may have properties that are not in the tables.
func (o *inspected) isFree() bool {
	return o.checker.schema.isOpen(o.t) || o.isGuessed && o.checker.schema.anyDerived(o.t, func(t *structuredType) bool { return t.flags&(open|border) != 0 })
}

// complete looks for properties that are due. A change leaves out what stays as it is.
func (o *inspected) complete(all []member) error {
	if o.checker.partial {
		return nil
	}
	for t := o.t; t != nil; t = o.checker.schema.types[t.base] {
		for i := range t.properties {
			if p := &t.properties[i]; o.isDue(t, p) && !isThere(all, p.name) {
				return at(inPlace(o.place, p.name), "The property '%s' is required.", p.name)
			}
		}
	}
	return nil
}

// isDue reports whether a property of a type cannot be left out.
//
//go:noinline
func (o *inspected) isDue(t *structuredType, p *property) bool {
	_, isCollection := itemOf(p.of)
	return p.flags&required != 0 && p.flags&(key|readOnly) == 0 ||
		t.flags&parameters != 0 && p.flags&nullable == 0 && !isCollection && o.checker.schema.enums[p.of] == nil
}

// isThere reports whether a property was among the members of an object, or bound by one.
//
//go:noinline
func isThere(all []member, name string) bool {
	for _, m := range all {
		if strings.EqualFold(m.name, name) || m.name == name+"@odata.bind" {
			return true
		}
	}
	return false
}

// bind looks at "property@odata.bind".
func (o *inspected) bind(name string, m member) error {
	place := inPlace(o.place, m.name)
	p := o.find(name)
	switch {
	case p == nil && o.isFree():
		return nil
	case p == nil:
		return at(place, "The property '%s' does not exist on type '%s'.", name, o.t.name)
	case p.flags&navigation == 0:
		return at(place, "The property '%s' on type '%s' is not a navigation property, and cannot be bound.", name, o.t.name)
	case p.flags&contained != 0:
		return at(place, "The property '%s' on type '%s' holds what exists only as a part of it, and cannot be bound.", name, o.t.name)
	}
	item, isCollection := itemOf(p.of)
	set := o.checker.schema.boundInto(o.t, p)
	if !isCollection {
		return o.checker.address(place, o.checker.schema.types[item], set, m.value)
	}
	if len(m.value) == 0 || m.value[0] != '[' {
		return at(place, "An array of addresses is expected, and this is %s.", jsonKind(m.value))
	}
	for i, value := range elementsOf(m.value) {
		if p.maxItems > 0 && i >= p.maxItems {
			return at(place, "The collection has more than %s items.", strconv.Itoa(p.maxItems))
		}
		if err := o.checker.address(atIndex(place, i), o.checker.schema.types[item], set, value); err != nil {
			return err
		}
	}
	return nil
}

// referenceBody looks at what paths that end with $ref are sent.
func (c *checker) referenceBody(data []byte) error {
	if data[0] != '{' {
		return at("", "An object with an @odata.id is expected, and this is %s.", jsonKind(data))
	}
	for _, m := range membersOf(data) {
		if m.name == "@odata.id" {
			return c.address(m.name, nil, "", m.value)
		}
	}
	return at("", "The property '@odata.id' is required.")
}

// address looks at the address of an entity that is bound or referred to; target is its type, or nil if nobody knows, and
// due the set that it is in, "" likewise.
func (c *checker) address(place string, target *structuredType, due string, value []byte) error {
	if !isString(value) {
		return at(place, "The address of an entity is expected, and this is %s.", jsonKind(value))
	}
	text := unquoted(value)
	path, ok := c.below(text)
	if !ok {
		return at(place, "The address '%s' is not below the service root, %s.", text, c.in.base)
	}
	set, isKeyed := c.split(path, due)
	found := c.schema.inSet(set)
	isDue := due != "" && strings.EqualFold(set, due)
	switch {
	case path == "" || set == "":
		return at(place, "The address '%s' names no entity.", text)
	case target == nil:
		return nil
	case len(found) == 0 && !isDue && due != "" && isKeyed && !c.schema.isRoot(firstSegment(path)):
		return at(place, "The address '%s' is wrong: there is no %s. One of '%s' begins with %s.", text, set, target.name, due)
	case len(found) == 0 && !isDue:
		return nil
	case !isKeyed:
		return at(place, "The address '%s' names all of %s; the key of one is missing.", text, set)
	case isDue:
		return nil
	}
	for _, t := range found {
		if c.schema.isA(t, target) || c.schema.isA(target, t) {
			return nil
		}
	}
	return at(place, "The address '%s' is that of an entity of type '%s', and '%s' is expected.", text, found[0].name, target.name)
}

// below is the path of an address below the service root; false if it is somewhere else.
func (c *checker) below(address string) (path string, ok bool) {
	address, _, _ = strings.Cut(address, "?")
	if !strings.Contains(address, "://") {
		path := strings.TrimPrefix(address, "/")
		version := strings.TrimPrefix(c.in.server.root.Path, "/")
		return strings.TrimPrefix(path, version+"/"), true
	}
	for _, root := range []string{c.in.base, serviceRoot} {
		if n := len(root); len(address) > n && strings.EqualFold(address[:n], root) && address[n] == '/' {
			return address[n+1:], true
		}
	}
	return "", false
}

// split cuts the key off a path: what stands in front of it, and whether there is one. Due is a set that may be meant.
func (c *checker) split(path, due string) (set string, isKeyed bool) {
	path = strings.Trim(path, "/")
	if len(c.schema.inSet(path)) > 0 || due != "" && strings.EqualFold(path, due) {
		return path, false
	}
	if strings.HasSuffix(path, ")") {
		if i := strings.LastIndexByte(path, '('); i >= 0 {
			return path[:i], len(strings.Trim(path[i:], "()'")) > 0
		}
	}
	if i := strings.LastIndexByte(path, '/'); i >= 0 {
		return path[:i], true
	}
	return path, false
}
