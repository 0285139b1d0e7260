package slice

import (
	"slices"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice/fetch"
	"github.com/graphslice/graphslice/generator/internal/slice/index"
	"github.com/graphslice/graphslice/generator/internal/slice/model"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// This file follows the references in an OpenAPI document.

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
	if ref := model.Child(n, "$ref"); ref != nil && ref.Kind == yaml.ScalarNode {
		c.closeRef(ref, c.declare, because)
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		switch key, value := n.Content[i].Value, n.Content[i+1]; {
		case key == "discriminator" && model.Child(value, "propertyName") != nil:
			// the descendants matter only where the type is declared, see declare
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
		if ref := model.Child(part, "$ref"); ref != nil {
			c.closeRef(ref, c.describeBase, because)
			continue
		}
		c.closeRefs(part, skip, because)
	}
}

// closeRef follows one reference: to a schema with the function, to other components with closeRefs.
func (c *cutter) closeRef(ref *yaml.Node, toSchema func(name, because string), because string) {
	if name := model.SchemaName(ref); c.types.Has(name) {
		toSchema(name, because)
		return
	}
	section, e, diags := c.published.Resolve(index.Ref{Text: ref.Value, Line: ref.Line, Column: ref.Column})
	*c.diags = append(*c.diags, diags...)
	key := tree.ComponentPrefix + section + "/" + e.Name
	if diags.HasErrors() || c.others[key] {
		return
	}
	c.others[key] = true
	if node := c.published.Component(section, e.Name); node != nil {
		c.closeRefs(node, nil, because)
	}
}

// describeBase adds a type that others derive from.
func (c *cutter) describeBase(name, because string) {
	if t := c.types.Type(name); t != nil {
		c.describe(t, because)
	}
}

// warnUnmarked says that types were followed without an end: the document marks no navigation property, and no schema can be
// told to be an entity.
func (c *cutter) warnUnmarked() {
	const many = 200
	if len(c.full) < many || len(c.border) > 0 || len(c.cfg.Metadata) > 0 {
		return
	}
	c.diags.Add(diag.Diagnostic{Pos: diag.Pos{File: fetch.Name(c.cfg.OpenAPI)}, Severity: diag.Warning, Code: "no-navigation",
		Message: "the document does not tell which properties lead to other entities, so every type that is referred to is described in full",
		Hint:    "join it with the metadata, or leave properties out"})
}
