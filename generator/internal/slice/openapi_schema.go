package slice

import (
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/slice/model"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// publishedComponent copies a component of the OpenAPI document; nil if it has none of that name.
func (c *cutter) publishedComponent(section, name string) *tree.Node {
	if section == tree.Schemas {
		if t := c.types.Published(name); t != nil {
			return c.publishedSchema(t, c.declaredMapping(t))
		}
		return nil
	}
	if node := c.published.Component(section, name); node != nil {
		return tree.NodeOf(node)
	}
	return nil
}

// publishedSchema copies a schema of the document: without the properties that are left out, with navigation properties marked,
// and with a discriminator of that mapping, if there is one.
func (c *cutter) publishedSchema(t *model.Type, mapping *tree.Node) *tree.Node {
	n := tree.NodeOf(t.Schema)
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
	c.publishedProperties(t, properties)
	if c.border[t] {
		own.Remove("required")
		n.Set("x-graphslice-reference", tree.True())
	} else {
		n.Set("x-graphslice-partial", tree.Present(c.isTrimmed(t.Name)))
		n.Set("x-graphslice-upload-session", c.uploadSession(t)).Set("x-graphslice-subscription", c.subscription(t))
	}
	if properties != nil && len(properties.Fields()) == 0 {
		own.Remove("properties")
	}
	own.Set("discriminator", discriminator(mapping))
	n.Set("x-graphslice-polymorphic", c.notes.polymorphic(t.Name)).Set("x-graphslice-local-time", c.notes.localTime(t.Name))
	return n.Set("x-graphslice-entity-set", tree.Optional(c.bindTarget(t)))
}

// publishedProperties completes the properties of a copy that the slice has, and removes the others.
func (c *cutter) publishedProperties(t *model.Type, copied *tree.Node) {
	described := c.described(t)
	for _, p := range t.Properties {
		switch {
		case !slices.Contains(described, p):
			copied.Remove(p.Name)
		case p.IsAnnotation():
			copied.Set(p.Name, c.propertySchema(p))
		default:
			copied.Set(p.Name, c.markProperty(t.Name, p.Name, c.propertySchema(p)))
		}
	}
}

// removeAnyObject leaves out what every type of Graph's documents has and what means nothing: that any JSON may follow.
func removeAnyObject(n *tree.Node) {
	rest := n.Get("additionalProperties")
	if len(rest.Fields()) == 1 && rest.Get("type").Text() == "object" {
		n.Remove("additionalProperties")
	}
}

// theirPropertySchema is the schema of a property as the document has it, with what is known beside it.
func (c *cutter) theirPropertySchema(p *model.Property) *tree.Node {
	n := tree.NodeOf(p.Schema)
	if p.Owner.Metadata != nil {
		n = c.withNotedWords(p, n)
	}
	if target := c.targetOf(p); target != p.Target {
		n = retarget(n, p.Target, target)
		if target == "" {
			n.Remove("x-ms-navigationProperty")
			return n
		}
	}
	if p.IsNavigation() {
		if text := n.Get("description"); n.Get("$ref") != nil && text != nil { // beside $ref nothing counts
			n = tree.Map().Set("allOf", tree.Seq(tree.Map().Set("$ref", n.Get("$ref")))).Set("description", text)
		}
		n.Set("x-ms-navigationProperty", tree.True())
		n.Set("x-graphslice-entity-set", tree.Optional(c.notes.entitySet(p.Path())))
	}
	return n
}

// withNotedWords gives the schema of a property of the metadata's type, which the document describes, the words of the notes.
func (c *cutter) withNotedWords(p *model.Property, n *tree.Node) *tree.Node {
	words := c.notes.take(c.notes.Types[p.Owner.Name].Properties, "types", p.Owner.Name, "properties", p.Name)
	if words == "" && !c.cfg.OnlyNotes {
		return n
	}
	if n.Get("$ref") != nil {
		n = tree.Map().Set("allOf", tree.Seq(n))
	}
	n.Remove("description")
	return n.Set("description", tree.Optional(words))
}

// theirWords are what the OpenAPI document says of a type, or of a property or member of it ("" is the type itself).
func (c *cutter) theirWords(typ, part string) string {
	t := c.types.Published(typ)
	if t == nil || c.cfg.OnlyNotes {
		return ""
	}
	if part == "" {
		return strings.TrimSpace(model.Text(model.Child(t.Own, "description")))
	}
	if i := slices.IndexFunc(t.Properties, func(p *model.Property) bool { return p.Name == part }); i >= 0 {
		return strings.TrimSpace(model.Text(model.Child(t.Properties[i].Schema, "description")))
	}
	values := model.Child(model.Child(t.Own, "x-ms-enum"), "values")
	if values == nil {
		return ""
	}
	for _, v := range values.Content {
		if model.Text(model.Child(v, "value")) == part {
			return strings.TrimSpace(model.Text(model.Child(v, "description")))
		}
	}
	return ""
}
