package slice

import (
	"maps"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/csdl"
	"github.com/graphslice/graphslice/generator/slice/derive"
)

// close finds the types that the slices describe: in full those that the operations send and receive, those that these are made
// of, their bases, and their descendants; as border types those that navigation properties lead to beyond.
func (c *cutter) close(files [][]*operation) {
	c.checkConfig()
	for _, operations := range files {
		for _, o := range operations {
			c.closeOperation(o)
			c.send(o)
		}
	}
	for _, name := range c.cfg.Types {
		if c.hasType(name) {
			c.declareName(name, "the configuration")
			continue
		}
		c.noSuchType(Entry{typesList, name}, name)
	}
	c.follow()
	c.findBorder()
	c.findSchemaBorder()
	c.warnLeftOut()
	c.noteBodies()
	if c.published != nil {
		c.compare()
		c.warnUnmarked()
	}
}

func (c *cutter) closeOperation(o *operation) {
	if o.published != nil {
		c.closePublished(o)
		return
	}
	because := o.Method + " " + o.Path
	switch o.Kind {
	case derive.SetContent:
		if o.SetsProperty() {
			c.declare(csdl.TypeRef{Type: o.Target}, because)
		}
	case derive.List, derive.Create, derive.Get, derive.Update:
		c.declare(csdl.TypeRef{Type: o.Target}, because)
	case derive.Action, derive.Function:
		for _, p := range o.Call.Arguments() {
			c.declare(p.Type, because)
		}
		if o.Call.Return != nil {
			c.declare(*o.Call.Return, because)
		}
	}
}

// declare adds the type that something is declared with: it can be any of its descendants.
func (c *cutter) declare(ref csdl.TypeRef, because string) {
	if ref.Enum != nil && !c.enums[ref.Enum] {
		c.enums[ref.Enum] = true
		c.because[ref.Enum.Name] = because
	}
	if ref.Type == nil || c.declared[ref.Type] {
		return
	}
	c.declared[ref.Type] = true
	c.describe(ref.Type, because)
	if isRoot(ref.Type) {
		return // everything derives from it
	}
	for _, d := range c.descendants(ref.Type) {
		c.describe(d, ref.Type.Name)
	}
}

// isRoot reports whether a type is nothing but the key that all entities have.
func isRoot(t *csdl.Type) bool { return t.Entity && t.Base == nil && len(t.Properties) == len(t.Key) }

// descendants returns the descendants of a type that are not left out, by name.
func (c *cutter) descendants(t *csdl.Type) []*csdl.Type {
	all := slices.DeleteFunc(t.Descendants(), c.leftOut)
	slices.SortFunc(all, func(a, b *csdl.Type) int { return strings.Compare(a.Name, b.Name) })
	return all
}

// describe adds a type in full, with its bases and the types of its structural properties.
func (c *cutter) describe(t *csdl.Type, because string) {
	for ; t != nil && !c.full[t]; t = t.Base {
		c.full[t] = true
		c.because[t.Name] = because
		for _, p := range c.properties(t) {
			switch theirs := c.decidedByDocument(p); {
			case theirs != nil:
				c.closeRefs(theirs, nil, p.Path())
			case !p.Navigation:
				c.declare(c.typeOf(p), p.Path())
			}
		}
		for _, p := range c.addedByDocument(t) {
			if !c.published.isNavigation(p) {
				c.closeProperty(p, t.Name+"/"+p.name)
			}
		}
		because = t.Name
	}
}

// properties returns the type's own properties that the slices describe.
func (c *cutter) properties(t *csdl.Type) []*csdl.Property {
	kept, trimmed := c.cfg.Properties[t.Name]
	return slices.DeleteFunc(slices.Clone(t.Properties), func(p *csdl.Property) bool {
		isKey := slices.Contains(t.Key, p.Name)
		return trimmed && !isKey && !slices.Contains(kept, p.Name) || c.removedByDocument(p)
	})
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
			if target := c.typeOf(p).Type; p.Navigation && target != nil {
				c.bound[target] = c.bound[target] || !p.Contained
				c.addBorder(target, p.Path())
			}
		}
		for _, p := range c.addedByDocument(t) {
			if c.published.isNavigation(p) {
				c.addSchemaBorder(p, t.Name+"/"+p.name)
			}
		}
	}
}

// addBorder adds a type and its bases as border types, as far as they are not described already.
func (c *cutter) addBorder(t *csdl.Type, because string) {
	for ; t != nil && !c.full[t] && !c.border[t]; t = t.Base {
		c.border[t] = true
		c.because[t.Name] = because
		because = t.Name
	}
}

// fullTypes are the types that are described in full, by name.
func (c *cutter) fullTypes() []*csdl.Type {
	return slices.SortedFunc(maps.Keys(c.full), func(a, b *csdl.Type) int { return strings.Compare(a.Name, b.Name) })
}

// bindTarget returns where binds to a type point, "" if nothing in the slices binds to it.
func (c *cutter) bindTarget(t *csdl.Type) string {
	if !c.bound[t] {
		return ""
	}
	return c.binds.OfType(t)
}
