package slice

import (
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/csdl"
	"github.com/graphslice/graphslice/generator/slice/tree"
)

// This file is about discriminators, which tell the descendants of a type apart. What something is declared with has all of its
// descendants, in every document. Another base, which is only derived from or navigated to, has those that are in the document
// anyway: where its values arrive, they are read as what they are. That of the same type in another document may have others.

// discriminator is a discriminator with a mapping, nil without one.
func discriminator(mapping *tree.Node) *tree.Node {
	if mapping == nil {
		return nil
	}
	return tree.Map().Set("propertyName", tree.Str("@odata.type")).Set("mapping", mapping)
}

// mappingOf is the mapping of a discriminator that knows the types of those names, nil if there are none.
func mappingOf(names []string) *tree.Node {
	if len(names) == 0 {
		return nil
	}
	mapping := tree.Map()
	for _, name := range names {
		mapping.Add("#"+name, tree.Str(tree.ComponentPrefix+tree.Schemas+"/"+name))
	}
	return mapping
}

// declaredMapping has the descendants of a type of the metadata that something is declared with.
func (c *cutter) declaredMapping(t *csdl.Type) *tree.Node {
	if !c.declared[t] || isRoot(t) {
		return nil
	}
	return mappingOf(c.describedBelow(t.Name))
}

// describedBelow are the descendants of a type that the slices describe in full, by name.
func (c *cutter) describedBelow(name string) []string {
	var names []string
	if t := c.doc.Type(name); t != nil {
		for _, d := range c.descendants(t) {
			if c.full[d] {
				names = append(names, d.Name)
			}
		}
	}
	for _, d := range c.schemaDescendants(name) {
		if c.schemas.full[d] && !slices.Contains(names, d) {
			names = append(names, d)
		}
	}
	slices.Sort(names)
	return names
}

// addDiscriminators gives those to the schemas of a document that have none yet although descendants are among them.
func (c *cutter) addDiscriminators(used map[string]*tree.Node) {
	below := map[string][]string{} // by name, the descendants that are there
	for name := range used {
		if !c.isFull(name) {
			continue
		}
		for _, base := range c.baseNames(name) {
			below[base] = append(below[base], name)
		}
	}
	for base, names := range below {
		slices.Sort(names)
		switch s, t := c.published.schema(base), c.doc.Type(base); {
		case used[base] == nil || used[base].Mapped() != nil:
		case t != nil:
			used[base] = c.structSchema(t, mappingOf(names))
		case s != nil && s.isType():
			used[base] = c.publishedSchema(s, mappingOf(names))
		}
	}
}

// isType reports whether values of the schema can say of which type they are. What has links to other pages is a page.
func (s *theirSchema) isType() bool {
	return !slices.ContainsFunc(s.properties(), func(p theirProperty) bool {
		return strings.HasPrefix(p.name, "@odata.") && p.name != "@odata.type"
	})
}

// isFull reports whether the slices describe a type in full.
func (c *cutter) isFull(name string) bool {
	return c.schemas.full[name] || c.full[c.doc.Type(name)]
}
