package slice

import (
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/slice/model"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
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

// declaredMapping has the descendants of a type that something is declared with.
func (c *cutter) declaredMapping(t *model.Type) *tree.Node {
	if !c.declared[t] || t.IsRoot() {
		return nil
	}
	return mappingOf(c.describedBelow(t))
}

// describedBelow are the descendants of a type that the slices describe in full, by name. Those that only the document knows are
// among them if something else brought them in.
func (c *cutter) describedBelow(t *model.Type) []string {
	var names []string
	for _, d := range c.descendants(t) {
		if c.full[d] {
			names = append(names, d.Name)
		}
	}
	for _, name := range c.types.PublishedBelow(t.Name) {
		if !c.nameLeftOut(name) && c.isFull(name) && !slices.Contains(names, name) {
			names = append(names, name)
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
		for _, base := range c.types.Type(name).Bases() {
			below[base] = append(below[base], name)
		}
	}
	for base, names := range below {
		slices.Sort(names)
		if t := c.types.Type(base); used[base] != nil && used[base].Mapped() == nil && isType(t) {
			used[base] = c.typeSchemaOf(t, mappingOf(names))
		}
	}
}

// isType reports whether values of a type can say of which type they are. What has links to other pages is a page.
func isType(t *model.Type) bool {
	return t.Metadata != nil || t.Schema != nil && !slices.ContainsFunc(t.Properties, func(p *model.Property) bool {
		return strings.HasPrefix(p.Name, "@odata.") && p.Name != "@odata.type"
	})
}

// isFull reports whether the slices describe a type in full.
func (c *cutter) isFull(name string) bool { return c.full[c.types.Type(name)] }
