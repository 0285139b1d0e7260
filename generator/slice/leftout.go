package slice

import (
	"fmt"
	"maps"
	"slices"

	"github.com/graphslice/graphslice/generator/csdl"
	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/ir"
	"github.com/graphslice/graphslice/generator/slice/tree"
)

// This file is about the types that the configuration leaves out. A property that is declared with one stays: its values are of
// the nearest base that is left, or any JSON.

func (c *cutter) leftOut(t *csdl.Type) bool { return c.nameLeftOut(t.Name) }

func (c *cutter) nameLeftOut(name string) bool {
	return slices.ContainsFunc(c.cfg.Without, func(pattern string) bool { return matchesName(pattern, name) })
}

// typeOf is the type that the slices give a property.
func (c *cutter) typeOf(p *csdl.Property) csdl.TypeRef {
	ref := p.Type
	if ref.Type == nil || !c.leftOut(ref.Type) {
		return ref
	}
	for t := range ref.Type.Base.WithBases() {
		if !c.leftOut(t) {
			return csdl.TypeRef{Name: t.Name, Collection: ref.Collection, Type: t}
		}
	}
	return csdl.TypeRef{Name: ir.Untyped.Edm(), Collection: ref.Collection}
}

// targetOf is typeOf for a property of the document: the name of the schema that is left, "" for any JSON and for what is no
// component.
func (c *cutter) targetOf(p theirProperty) string {
	target := p.target()
	if target == "" || !c.nameLeftOut(target) {
		return target
	}
	for _, base := range c.baseNames(target) {
		if !c.nameLeftOut(base) {
			return base
		}
	}
	return ""
}

// baseNames are the names of a type's bases, the nearest first, from the metadata or else from the document.
func (c *cutter) baseNames(name string) []string {
	var names []string
	if t := c.doc.Type(name); t != nil {
		for base := range t.Base.WithBases() {
			names = append(names, base.Name)
		}
		return names
	}
	for _, s := range c.published.bases(name) {
		if s.name != name {
			names = append(names, s.name)
		}
		if base := s.baseName(); c.inMetadata(base) {
			return append(append(names, base), c.baseNames(base)...)
		}
	}
	return names
}

// retarget makes the schema of a property of the document one of another schema, or of any JSON if that is "".
func retarget(n *tree.Node, from, to string) *tree.Node {
	if n.Get("$ref").Text() == tree.ComponentPrefix+tree.Schemas+"/"+from {
		if to == "" {
			return tree.Map()
		}
		return tree.Ref(tree.Schemas, to)
	}
	n.Edit(func(part *tree.Node) *tree.Node { return retarget(part, from, to) })
	if to == "" && n.Get("anyOf") != nil { // one of anything and null is anything
		n.Remove("anyOf")
	}
	return n
}

// standIn is a type that is left out, and what stands in its place.
type standIn struct{ name, by string }

// warnLeftOut says once for each type that is left out what its properties became.
func (c *cutter) warnLeftOut() {
	found := map[standIn][]string{}
	for _, t := range c.fullTypes() {
		for _, p := range c.properties(t) {
			if p.Type.Type != nil && c.leftOut(p.Type.Type) {
				s := standIn{p.Type.Name, c.typeOf(p).Name}
				found[s] = append(found[s], p.Path())
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.schemas.full)) {
		for _, p := range c.published.schema(name).properties() {
			if target := p.target(); target != "" && c.nameLeftOut(target) {
				s := standIn{target, c.targetOf(p)}
				found[s] = append(found[s], name+"/"+p.name)
			}
		}
	}
	for s, properties := range found {
		by := s.by
		if by == "" || by == ir.Untyped.Edm() {
			by = "any JSON"
		}
		subject := properties[0] + " is"
		if len(properties) > 1 {
			subject = fmt.Sprintf("%s and %d more are", properties[0], len(properties)-1)
		}
		c.diags.Add(diag.Diagnostic{Pos: c.leftOutAt(s.name), Severity: diag.Warning, Code: "left-out",
			Message: fmt.Sprintf("%s declared with %s, which is left out: the slice has %s instead", subject, s.name, by),
			Hint:    "to have the type, take it out of without"})
	}
}

// leftOutAt is where the configuration leaves out a type.
func (c *cutter) leftOutAt(name string) diag.Pos {
	for _, pattern := range c.cfg.Without {
		if matchesName(pattern, name) {
			return c.cfg.Positions[Entry{withoutList, pattern}]
		}
	}
	return diag.Pos{}
}
