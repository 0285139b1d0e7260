package names

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// model names a type: its OData name, with "Model" behind it where the runtime has that name.
func (a *assigner) model(m *ir.Model) {
	if _, ok := a.models[m]; ok {
		return // as the parent of an inline object
	}
	name := a.renamed("types", m.ID(), m.GoName, func() string {
		if m.Inline != nil {
			return a.pinned("type", m.ID(), a.inline(m.Inline))
		}
		return a.pinned("type", m.ID(), a.unreserved(qualified(m.Name), "Model"))
	})
	a.models[m] = name
	before := len(a.collisions)
	a.declare(a.unlessShadowed(m.Inline), entry{kind: typeKind, of: m}, name, a.typeTaken(m, ""))
	a.clashing[m] = len(a.collisions) > before
}

// unlessShadowed is the scope of the package, or nil if the name of an object or enum without a name comes from a shadowed path.
func (a *assigner) unlessShadowed(in *ir.Inline) *scope {
	for in != nil && in.Operation == nil {
		in = in.Parent.Inline
	}
	if in != nil && a.shadowed[a.byPath[in.Operation]] {
		return nil
	}
	return a.top
}

// madeOf is the scope of what is made of the name of a type, nil if it clashes as the name does.
func (a *assigner) madeOf(m *ir.Model) *scope {
	if a.clashing[m] {
		return nil
	}
	return a.unlessShadowed(m.Inline)
}

// typeTaken is a type as who has a name: its own or, with what it is for in front, one that is made of it.
func (a *assigner) typeTaken(m *ir.Model, what string) taken {
	f := renameFix("types", m.ID(), a.models[m])
	f.derived = what != ""
	return taken{what + modelText(m), m.Pos, f, a.pins.had("type", m.ID(), a.models[m])}
}

func modelText(m *ir.Model) string {
	if m.Inline != nil {
		return inlineText(m.Inline)
	}
	return "type " + m.Name
}

// bodyNames are what the objects in bodies are called after their operation.
var bodyNames = map[ir.Role]string{ir.RequestBody: "Parameters", ir.ResponseBody: "Response"}

func inlineText(in *ir.Inline) string {
	if in.Operation != nil {
		return fmt.Sprintf("the %s of %s %s", strings.ToLower(bodyNames[in.Role]), in.Operation.Method, in.Operation.Path)
	}
	return fmt.Sprintf("the object in property %s of %s", in.Property, modelText(in.Parent))
}

func (a *assigner) unreserved(name, suffix string) string {
	if a.reserved.Package[name] {
		return name + suffix
	}
	return name
}

// inline names an object that has no name: after the operation's path, or after the property that it is in.
func (a *assigner) inline(in *ir.Inline) string {
	if in.Operation == nil {
		a.model(in.Parent)
		return a.models[in.Parent] + camel(in.Property)
	}
	op := in.Operation
	name := a.resources[a.byPath[op]]
	if op.Kind != ir.ActionOp && op.Kind != ir.FunctionOp {
		name += a.verb(op)
	}
	return name + a.form(op) + bodyNames[in.Role]
}

func (a *assigner) enum(e *ir.Enum) {
	name := a.renamed("enums", e.ID(), e.GoName, func() string {
		if e.Inline != nil {
			return a.pinned("enum", e.ID(), a.inline(e.Inline))
		}
		return a.pinned("enum", e.ID(), a.unreserved(qualified(e.Name), "Enum"))
	})
	a.enums[e] = name
	what := "enum " + e.Name
	if e.Inline != nil {
		what = "the enum of " + inlineText(e.Inline)
	}
	top := a.unlessShadowed(e.Inline)
	own := taken{what, e.Pos, renameFix("enums", e.ID(), name), a.pins.had("enum", e.ID(), name)}
	a.declare(top, entry{kind: typeKind, of: e}, name, own)
	a.scope(entry{kind: typeKind, of: e}, ofEnums...)
	if e.Integer == ir.Untyped && len(e.Members) > 0 {
		values := own
		values.what, values.fix.derived = "the values of "+what, true
		a.declare(top, entry{kind: valuesKind, of: e}, a.unreserved("known"+name, "Enum"), values)
	}
	for i, m := range e.Members {
		id := e.MemberID(i)
		member := a.renamed("enums", id, m.GoName, func() string { return a.pinned("member", id, name+memberName(m)) })
		a.declare(top, entry{kind: memberKind, of: e, number: i}, member, taken{"member " + m.Name + " of " + what, m.Pos,
			renameFix("enums", id, member, spelled(name, m.Name), member+"Value"), a.pins.had("member", id, member)})
	}
}

// memberName is what stands behind the enum's name: the member's label or, without one, its value, which may be a
// number: 5, Minus1.
func memberName(m ir.EnumMember) string {
	name := cmp.Or(m.Label, m.Name, "empty")
	if digits, negative := strings.CutPrefix(name, "-"); negative && strings.Trim(digits, "0123456789") == "" && digits != "" {
		return "Minus" + digits
	}
	return camel(name)
}

// isOwn reports whether every model has a field or method of the name.
func isOwn(name string) bool { return slices.Contains(ofModels, Ident{name}) }

// unowned is the name of a property that every model has something else by.
func unowned(name string) string {
	if isOwn(name) {
		return name + "Property"
	}
	return name
}

func (a *assigner) propertyNames(m *ir.Model) {
	for _, p := range m.Properties {
		id := m.PropertyID(p)
		name := a.renamed("properties", id, unowned(p.GoName), func() string { return a.pinned("property", id, unowned(field(p.Name))) })
		a.properties[p] = name
		if p.Constants != nil {
			a.constantNames(p.Constants)
		}
	}
}

// modelMembers declares the fields of a type, with those of its bases, and its helpers.
func (a *assigner) modelMembers(m *ir.Model) {
	fields := a.scope(entry{kind: typeKind, of: m}, ofModels...)
	for b := range m.WithBases() {
		for _, p := range b.Properties {
			name := a.properties[p]
			a.declare(fields, entry{kind: fieldKind, of: p}, name, taken{"property " + p.Name + " of " + modelText(b), p.Pos,
				renameFix("properties", b.PropertyID(p), name), a.pins.had("property", b.PropertyID(p), name)})
		}
	}
	top, name := a.madeOf(m), a.models[m]
	if a.clashing[m] {
		fields = nil
	}
	a.baseMethods(fields, m)
	if m.LocalTime != nil {
		a.declare(fields, entry{kind: timeKind, of: m}, "Time", a.typeTaken(m, "the method for the time of "))
		a.declare(top, entry{kind: makerKind, of: m}, "New"+name, a.typeTaken(m, "the constructor of "))
	}
	if m.EntitySet != "" {
		a.declare(top, entry{kind: bindKind, of: m}, "Bind"+name, a.typeTaken(m, "the bind helper of "))
	}
	if m.Interface {
		a.declare(top, entry{kind: anyKind, of: m}, "Any"+name, a.typeTaken(m, "the interface of "))
		a.declare(a.scope(entry{kind: anyKind, of: m}), entry{kind: getterKind, of: m}, "Get"+name, a.typeTaken(m, "the method of "))
	}
}

// constantNames names the values of an extensible string. Equal values of equal names are one constant, wherever
// they stand.
func (a *assigner) constantNames(c *ir.Constants) {
	for i, v := range c.Values {
		id := c.ValueID(i)
		name := a.renamed("constants", id, v.GoName, func() string { return a.pinned("constant", id, exported(c.Name)+camel(v.Name)) })
		what := "value " + v.Name + " of " + c.Name
		a.declare(a.top.once(name, what), entry{kind: valueKind, of: c, number: i}, name,
			taken{what, v.Pos, renameFix("constants", id, name, spelled(exported(c.Name), v.Name)), a.pins.had("constant", id, name)})
	}
}
