package slice

import (
	"strings"

	"github.com/graphslice/graphslice/generator/slice/tree"
)

// publishedComponent copies a component of the OpenAPI document; nil if it has none of that name.
func (c *cutter) publishedComponent(section, name string) *tree.Node {
	switch {
	case !c.published.has(section, name):
		return nil
	case section != tree.Schemas:
		if node := c.published.component(section, name); node != nil {
			return tree.NodeOf(node)
		}
		return nil
	}
	if s := c.published.schema(name); s != nil {
		return c.publishedSchema(s, c.declaredSchemaMapping(s))
	}
	return nil
}

// publishedSchema copies a schema of the document: without the properties that are left out, with navigation properties marked,
// and with a discriminator of that mapping, if there is one.
func (c *cutter) publishedSchema(s *theirSchema, mapping *tree.Node) *tree.Node {
	n := tree.NodeOf(s.node)
	own := n
	for _, part := range n.Get("allOf").Items() {
		if part.Get("$ref") == nil {
			own = part
		}
	}
	for _, part := range []*tree.Node{n, own} {
		part.Remove("discriminator")
		removeAnyObject(part)
	}
	properties := own.Get("properties")
	for _, p := range s.properties() {
		c.publishedProperty(s, p, properties)
	}
	if c.schemas.border[s.name] {
		own.Remove("required")
		n.Set("x-graphslice-reference", tree.True())
	} else {
		n.Set("x-graphslice-partial", tree.Present(c.isTrimmed(s.name)))
		n.Set("x-graphslice-upload-session", c.notes.uploadSession(s.name, func(name string) bool { return properties.Get(name) != nil }))
	}
	if properties != nil && len(properties.Fields()) == 0 {
		own.Remove("properties")
	}
	own.Set("discriminator", discriminator(mapping))
	n.Set("x-graphslice-polymorphic", c.notes.polymorphic(s.name)).Set("x-graphslice-local-time", c.notes.localTime(s.name))
	return n.Set("x-graphslice-entity-set", tree.Optional(c.notes.entitySet(s.name)))
}

// removeAnyObject leaves out what every type of Graph's documents has and what means nothing: that any JSON may follow.
func removeAnyObject(n *tree.Node) {
	rest := n.Get("additionalProperties")
	if len(rest.Fields()) == 1 && rest.Get("type").Text() == "object" {
		n.Remove("additionalProperties")
	}
}

// publishedProperty completes or removes a property; of a border type only the key stays.
func (c *cutter) publishedProperty(s *theirSchema, p theirProperty, properties *tree.Node) {
	isBorder := c.schemas.border[s.name] && p.name != keyProperty
	if isBorder || !c.keepsProperty(s, p) {
		properties.Remove(p.name)
		return
	}
	schema := c.theirPropertySchema(p)
	if !strings.Contains(p.name, "@") {
		schema = c.markProperty(s.name, p.name, schema)
	}
	properties.Set(p.name, schema)
}

// theirPropertySchema is the schema of a property as the document has it, with what is known beside it.
func (c *cutter) theirPropertySchema(p theirProperty) *tree.Node {
	n := tree.NodeOf(p.node)
	if target := c.targetOf(p); target != p.target() {
		n = retarget(n, p.target(), target)
		if target == "" {
			n.Remove("x-ms-navigationProperty")
			return n
		}
	}
	if c.published.isNavigation(p) {
		if text := n.Get("description"); n.Get("$ref") != nil && text != nil { // beside $ref nothing counts
			n = tree.Map().Set("allOf", tree.Seq(tree.Map().Set("$ref", n.Get("$ref")))).Set("description", text)
		}
		n.Set("x-ms-navigationProperty", tree.True())
		n.Set("x-graphslice-entity-set", tree.Optional(c.notes.entitySet(p.owner+"/"+p.name)))
	}
	return n
}

// declaredSchemaMapping has the descendants of a schema of the document that something is declared with.
func (c *cutter) declaredSchemaMapping(s *theirSchema) *tree.Node {
	if !c.schemas.declared[s.name] {
		return nil
	}
	return mappingOf(c.describedBelow(s.name))
}

// theirWords are what the OpenAPI document says of a type, or of a property or member of it ("" is the type itself).
func (c *cutter) theirWords(typ, part string) string {
	s := c.published.schema(typ)
	if s == nil || c.cfg.OnlyNotes {
		return ""
	}
	if part == "" {
		return strings.TrimSpace(textOf(child(s.own, "description")))
	}
	if p, ok := s.property(part); ok {
		return strings.TrimSpace(textOf(child(p.node, "description")))
	}
	values := child(child(s.own, "x-ms-enum"), "values")
	if values == nil {
		return ""
	}
	for _, v := range values.Content {
		if textOf(child(v, "value")) == part {
			return strings.TrimSpace(textOf(child(v, "description")))
		}
	}
	return ""
}
