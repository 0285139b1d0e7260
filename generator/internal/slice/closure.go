package slice

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice/derive"
	"github.com/graphslice/graphslice/generator/internal/slice/model"
)

// close finds the types that the slices describe: in full those that the operations send and receive, those that these are made
// of, their bases, and their descendants; as border types those that navigation properties lead to beyond.
func (c *cutter) close(files [][]*operation) {
	c.checkConfig()
	for _, operations := range files {
		for _, o := range operations {
			c.closeOperation(o)
			c.sendBody(o)
		}
	}
	for _, name := range c.cfg.Types {
		if c.types.Has(name) {
			c.declare(name, "the configuration")
			continue
		}
		c.noSuchType(Entry{typesList, name}, name)
	}
	c.follow()
	c.findBorder()
	c.warnLeftOut()
	c.noteBodies()
	if c.published != nil {
		c.compare()
		c.warnUnmarked()
	}
}

func (c *cutter) closeOperation(o *operation) {
	because := o.Method + " " + o.Path
	if o.published != nil {
		for _, n := range append([]*yaml.Node{o.published}, o.shared...) {
			c.closeRefs(n, nil, because)
		}
		return
	}
	switch o.Kind {
	case derive.SetContent:
		if o.SetsProperty() {
			c.declare(o.Target.Name, because)
		}
	case derive.List, derive.Create, derive.Get, derive.Update:
		c.declare(o.Target.Name, because)
	case derive.GetProperty, derive.SetProperty:
		c.declare(o.Property.Type.Name, because)
	case derive.Action, derive.Function:
		for _, p := range o.Call.Arguments() {
			c.declare(p.Type.Name, because)
		}
		if o.Call.Return != nil {
			c.declare(o.Call.Return.Name, because)
		}
	}
}

// declare adds the type that something is declared with: it can be any of its descendants. What is no type of the sources is
// none that matters here.
func (c *cutter) declare(name, because string) {
	t := c.types.Type(name)
	if t == nil || c.declared[t] {
		return
	}
	c.declared[t] = true
	c.describe(t, because)
	if t.IsRoot() {
		return // everything derives from it
	}
	for _, d := range c.descendants(t) {
		c.describe(d, t.Name)
	}
}

// descendants returns the descendants of a type that are not left out, by name.
func (c *cutter) descendants(t *model.Type) []*model.Type {
	return slices.DeleteFunc(t.Descendants(), c.leftOut)
}

// describe adds a type in full, with its bases and the types of its structural properties.
func (c *cutter) describe(t *model.Type, because string) {
	for b := range t.WithBases() {
		if c.full[b] {
			return
		}
		c.full[b] = true
		c.because[b.Name] = because
		for _, p := range c.properties(b) {
			if !p.IsNavigation() {
				c.closeProperty(p)
			}
		}
		if b.Schema != nil {
			c.closeRefs(b.Schema, schemasOf(b), b.Name)
		}
		because = b.Name
	}
}

// schemasOf are the schemas of a type's properties in the document.
func schemasOf(t *model.Type) []*yaml.Node {
	var nodes []*yaml.Node
	for _, p := range t.Properties {
		nodes = append(nodes, p.Schema)
	}
	return nodes
}

// closeProperty describes what the values of a structural property are made of.
func (c *cutter) closeProperty(p *model.Property) {
	switch target := c.targetOf(p); {
	case target == p.Target && p.Schema != nil:
		c.closeRefs(p.Schema, nil, p.Path())
	case target != "":
		c.declare(target, p.Path())
	}
}

// properties returns the type's own properties that the slices describe: of one of the metadata in the form that is decided for,
// and with those that only the document has and that are decided for.
func (c *cutter) properties(t *model.Type) []*model.Property {
	var kept []*model.Property
	for _, p := range t.Properties {
		if c.keeps(p) && !c.removedByDocument(p) {
			kept = append(kept, cmp.Or(c.decidedByDocument(p), p))
		}
	}
	return append(kept, c.addedByDocument(t)...)
}

// keeps reports whether the configuration keeps a property.
func (c *cutter) keeps(p *model.Property) bool {
	kept, trimmed := c.cfg.Properties[p.Owner.Name]
	return !trimmed || p.IsAnnotation() || slices.Contains(p.Owner.Key, p.Name) || slices.Contains(kept, p.Name)
}

// isTrimmed reports whether the slices describe only some of a type's properties.
func (c *cutter) isTrimmed(name string) bool {
	_, trimmed := c.cfg.Properties[name]
	return trimmed
}

// matchesName compares the name of a type with one of the configuration, which may end with * for any rest.
func matchesName(pattern, name string) bool {
	prefix, wild := strings.CutSuffix(pattern, "*")
	return pattern == name || wild && strings.HasPrefix(name, prefix)
}

// findBorder finds the targets of navigation properties that are not described in full, and their bases. It notes on the way
// which types can be bound.
func (c *cutter) findBorder() {
	for _, t := range c.fullTypes() {
		for _, p := range c.properties(t) {
			target := c.targetOf(p)
			if !p.IsNavigation() || target == "" {
				continue
			}
			if !c.types.Has(target) {
				c.diags.Add(diag.Diagnostic{Pos: p.Pos, Severity: diag.Error, Code: "unresolved-ref",
					Message: target + " is not a schema of this document"})
			}
			if to := c.types.Type(target); to != nil {
				c.bound[to] = c.bound[to] || !p.Contained
				c.addBorder(to, p.Path())
			}
		}
	}
}

// addBorder adds a type and its bases as border types, as far as they are not described already.
func (c *cutter) addBorder(t *model.Type, because string) {
	for b := range t.WithBases() {
		if c.full[b] || c.border[b] {
			return
		}
		c.border[b] = true
		c.because[b.Name] = because
		because = b.Name
	}
}

// fullTypes are the types that are described in full, by name.
func (c *cutter) fullTypes() []*model.Type {
	return slices.SortedFunc(maps.Keys(c.full), func(a, b *model.Type) int { return strings.Compare(a.Name, b.Name) })
}

// bindTarget returns where binds to a type point: to one of the document where the notes say, to one of the metadata also where that
// says; "" if it is of the metadata and nothing in the slices binds to it.
func (c *cutter) bindTarget(t *model.Type) string {
	switch {
	case t.Metadata == nil && t.Enum == nil:
		return c.notes.entitySet(t.Name)
	case t.Metadata == nil || !c.bound[t]:
		return ""
	}
	return c.binds.OfType(t.Metadata)
}
