package slice

import (
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/csdl"
	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/slice/fetch"
	"github.com/graphslice/graphslice/generator/slice/index"
)

// schemaSets are the schemas of the OpenAPI document that the slices take, by name: those that the metadata has are not among
// them. The sets mean what the cutter's sets of types mean.
type schemaSets struct {
	full, border, declared map[string]bool
	// others are components other than schemas whose references are followed, such as "#/components/responses/error".
	others map[string]bool
}

func newSchemaSets() schemaSets {
	return schemaSets{full: map[string]bool{}, border: map[string]bool{}, declared: map[string]bool{}, others: map[string]bool{}}
}

// closePublished follows the references of an operation of the document.
func (c *cutter) closePublished(o *operation) {
	because := o.method + " " + o.path
	for _, n := range append([]*yaml.Node{o.published}, o.shared...) {
		c.closeRefs(n, nil, because)
	}
}

// closeRefs follows all references below a node but those in the nodes to skip.
func (c *cutter) closeRefs(n *yaml.Node, skip []*yaml.Node, because string) {
	switch {
	case n.Kind == yaml.ScalarNode || slices.Contains(skip, n):
		return
	case n.Kind == yaml.SequenceNode:
		for _, item := range n.Content {
			c.closeRefs(item, skip, because)
		}
		return
	}
	if ref := child(n, "$ref"); ref != nil && ref.Kind == yaml.ScalarNode {
		c.closeRef(ref, c.declareName, because)
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		switch key, value := n.Content[i].Value, n.Content[i+1]; {
		case key == "discriminator" && child(value, "propertyName") != nil:
			// the descendants matter only where the type is declared, see declareName
		case key == "allOf" && value.Kind == yaml.SequenceNode && len(value.Content) > 1:
			c.closeParts(value, skip, because)
		default:
			c.closeRefs(value, skip, because)
		}
	}
}

// closeParts follows the references in an allOf of several parts: what it refers to is a base.
func (c *cutter) closeParts(parts *yaml.Node, skip []*yaml.Node, because string) {
	for _, part := range parts.Content {
		if ref := child(part, "$ref"); ref != nil {
			c.closeRef(ref, c.describeName, because)
			continue
		}
		c.closeRefs(part, skip, because)
	}
}

// closeRef follows one reference: to a schema with the function, to other components with closeRefs.
func (c *cutter) closeRef(ref *yaml.Node, toSchema func(name, because string), because string) {
	if name := schemaName(ref); c.hasType(name) {
		toSchema(name, because)
		return
	}
	section, e, diags := c.published.doc.Resolve(index.Ref{Text: ref.Value, Line: ref.Line, Column: ref.Column})
	*c.diags = append(*c.diags, diags...)
	key := componentPrefix + section + "/" + e.Name
	if diags.HasErrors() || c.schemas.others[key] {
		return
	}
	c.schemas.others[key] = true
	if node := c.published.component(section, e.Name); node != nil {
		c.closeRefs(node, nil, because)
	}
}

// hasType reports whether the metadata or the document has a type of that qualified name.
func (c *cutter) hasType(name string) bool {
	return c.inMetadata(name) || c.published.has(schemas, name)
}

func (c *cutter) inMetadata(name string) bool {
	return c.doc.Type(name) != nil || c.doc.Enum(name) != nil
}

// declareName adds the type that something is declared with, from the metadata or else from the document; see declare.
func (c *cutter) declareName(name, because string) {
	if c.inMetadata(name) {
		c.declare(csdl.TypeRef{Type: c.doc.Type(name), Enum: c.doc.Enum(name)}, because)
		return
	}
	if c.schemas.declared[name] {
		return
	}
	c.schemas.declared[name] = true
	c.describeName(name, because)
	for _, d := range c.schemaDescendants(name) {
		c.describeName(d, name)
	}
}

// describeName adds a type in full, from the metadata or else from the document; see describe.
func (c *cutter) describeName(name, because string) {
	if t := c.doc.Type(name); t != nil {
		c.describe(t, because)
		return
	}
	s := c.published.schema(name)
	if c.inMetadata(name) || s == nil || c.schemas.full[name] {
		return
	}
	c.schemas.full[name] = true
	c.because[name] = because
	var skip []*yaml.Node
	for _, p := range s.properties() {
		isNavigation, isLeftOut := c.published.isNavigation(p), p.target() != c.targetOf(p)
		if !c.keepsProperty(s, p) || isNavigation || isLeftOut {
			skip = append(skip, p.node)
		}
		if c.keepsProperty(s, p) && isLeftOut && !isNavigation {
			c.closeProperty(p, name)
		}
	}
	c.closeRefs(s.node, skip, name)
}

// closeProperty follows the references of a structural property of the document.
func (c *cutter) closeProperty(p theirProperty, because string) {
	switch target := c.targetOf(p); {
	case target == p.target():
		c.closeRefs(p.node, nil, because)
	case target != "":
		c.declareName(target, because)
	}
}

// schemaDescendants returns the descendants of a schema of the document that are not left out, by name.
func (c *cutter) schemaDescendants(name string) []string {
	return slices.DeleteFunc(c.published.descendants(name), c.nameLeftOut)
}

// keepsProperty reports whether the slices describe a property of the document.
func (c *cutter) keepsProperty(s *theirSchema, p theirProperty) bool {
	kept, trimmed := c.cfg.Properties[s.name]
	return !trimmed || p.name == keyProperty || strings.HasPrefix(p.name, "@") || slices.Contains(kept, p.name)
}

// findSchemaBorder finds the targets of the navigation properties of the document's schemas, and their bases.
func (c *cutter) findSchemaBorder() {
	for _, name := range slices.Sorted(maps.Keys(c.schemas.full)) {
		s := c.published.schema(name)
		for _, p := range s.properties() {
			if c.keepsProperty(s, p) && c.published.isNavigation(p) {
				c.addSchemaBorder(p, name+"/"+p.name)
			}
		}
	}
}

func (c *cutter) addSchemaBorder(p theirProperty, because string) {
	target := c.targetOf(p)
	if target == "" {
		return
	}
	if t := c.doc.Type(target); t != nil {
		c.bound[t] = true
		c.addBorder(t, because)
		return
	}
	if !c.published.has(schemas, target) {
		*c.diags = append(*c.diags, diag.Diagnostic{Pos: p.pos, Severity: diag.Error, Code: "unresolved-ref",
			Message: target + " is not a schema of this document"})
	}
	for _, s := range c.published.bases(target) {
		if c.schemas.full[s.name] || c.schemas.border[s.name] {
			return
		}
		c.schemas.border[s.name] = true
		c.because[s.name] = because
		if t := c.doc.Type(s.baseName()); t != nil {
			c.addBorder(t, s.name)
			return
		}
		because = s.name
	}
}

// warnUnmarked says that types were followed without an end: the document marks no navigation property, and no schema can be
// told to be an entity.
func (c *cutter) warnUnmarked() {
	const many = 200
	if len(c.schemas.full) < many || len(c.schemas.border) > 0 || len(c.full) > 0 {
		return
	}
	c.diags.Add(diag.Diagnostic{Pos: diag.Pos{File: fetch.Name(c.cfg.OpenAPI)}, Severity: diag.Warning, Code: "no-navigation",
		Message: "the document does not tell which properties lead to other entities, so every type that is referred to is described in full",
		Hint:    "join it with the metadata, or leave properties out"})
}

func (c *cutter) schemaInfos() []TypeInfo {
	var infos []TypeInfo
	for name := range c.schemas.full {
		infos = append(infos, TypeInfo{Name: name, Because: c.because[name], EntitySet: c.notes.entitySet(name)})
	}
	for name := range c.schemas.border {
		infos = append(infos, TypeInfo{Name: name, Border: true, Because: c.because[name], EntitySet: c.notes.entitySet(name)})
	}
	return infos
}
