package slice

import (
	"fmt"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/slice/model"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// This file is about the types that the configuration leaves out. A property that is declared with one stays: its values are of
// the nearest base that is left, or any JSON.

// leftOut reports whether the configuration leaves a type out; enumerations derive from nothing, and stay.
func (c *cutter) leftOut(t *model.Type) bool { return t.Enum == nil && c.nameLeftOut(t.Name) }

func (c *cutter) nameLeftOut(name string) bool {
	return slices.ContainsFunc(c.cfg.Without, func(pattern string) bool { return matchesName(pattern, name) })
}

// targetOf is the name of the type that the slices give the values of a property: the nearest base of its target that is not left
// out, "" for any JSON.
func (c *cutter) targetOf(p *model.Property) string {
	if p.Target == "" || !c.nameLeftOut(p.Target) {
		return p.Target
	}
	t := c.types.Type(p.Target)
	for b := range t.WithBases() {
		if !c.leftOut(b) {
			return b.Name
		}
	}
	return ""
}

// typeOf is the type that the slices give a property of the metadata.
func (c *cutter) typeOf(p *model.Property) csdl.TypeRef {
	ref, target := p.Metadata.Type, c.targetOf(p)
	switch {
	case target == p.Target:
		return ref
	case target == "":
		return csdl.TypeRef{Name: ir.Untyped.Edm(), Collection: ref.Collection}
	}
	return csdl.TypeRef{Name: target, Collection: ref.Collection, Type: c.doc.Type(target)}
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
			if by := c.targetOf(p); by != p.Target {
				s := standIn{p.Target, by}
				found[s] = append(found[s], p.Path())
			}
		}
	}
	for s, properties := range found {
		by := s.by
		if by == "" {
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
