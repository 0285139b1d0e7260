package slice

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/csdl"
	"github.com/graphslice/graphslice/generator/diag"
)

// This file is about what is sent: what lives below an entity and nowhere else can be created with it, so that its type matters
// more than that of any other navigation property.

// send notes the types of an operation's body.
func (c *cutter) send(o *operation) {
	switch {
	case o.published != nil:
		c.sendPublished(child(o.published, "requestBody"))
	case o.kind == createKind || o.kind == updateKind:
		c.sent[o.target] = true
	case o.kind == actionKind:
		for _, p := range o.call.Arguments() {
			c.sent[p.Type.Type] = true
		}
	}
}

// sendPublished notes the types that a body of the document is declared with.
func (c *cutter) sendPublished(n *yaml.Node) {
	switch {
	case n == nil || n.Kind == yaml.ScalarNode:
		return
	case child(n, "$ref") != nil:
		ref := child(n, "$ref")
		if name, ok := strings.CutPrefix(ref.Value, componentPrefix+requestBodies+"/"); ok {
			c.sendPublished(c.published.component(requestBodies, name))
			return
		}
		c.sent[c.doc.Type(schemaName(ref))] = true
		return
	}
	for _, part := range n.Content {
		c.sendPublished(part)
	}
}

// bodyProperties are the contained navigation properties of what is sent whose targets are not described, by name.
func (c *cutter) bodyProperties() []*csdl.Property {
	found := map[*csdl.Property]bool{}
	for t := range c.sent {
		if t == nil {
			continue
		}
		types := append(t.Descendants(), t)
		for base := t.Base; base != nil; base = base.Base {
			types = append(types, base)
		}
		for _, t := range types {
			for _, p := range c.properties(t) {
				target := c.typeOf(p).Type
				if p.Navigation && p.Contained && c.full[t] && target != nil && !c.full[target] {
					found[p] = true
				}
			}
		}
	}
	return slices.SortedFunc(maps.Keys(found), func(a, b *csdl.Property) int { return cmp.Compare(a.Path(), b.Path()) })
}

// shownBodies is how many properties are named in the note; Diagnostic.Details has all.
const shownBodies = 10

// noteBodies says which contained navigation properties of bodies stay at the border, with the line that changes it.
func (c *cutter) noteBodies() {
	var names []string
	for _, p := range c.bodyProperties() {
		names = append(names, c.shortType(p.Owner.Name)+"."+p.Name)
	}
	if len(names) == 0 {
		return
	}
	what := "1 contained navigation property of bodies stays"
	if len(names) > 1 {
		what = fmt.Sprintf("%d contained navigation properties of bodies stay", len(names))
	}
	line := fmt.Sprintf("follow: [%s]", strings.Join(names[:min(shownBodies, len(names))], ", "))
	note := diag.Diagnostic{Severity: diag.Note, Code: "bodies",
		Hint: fmt.Sprintf("write those that the program sends or reads below slice:, or follow: %[1]s for all (--follow TYPE.PROPERTY, --follow %[1]s)", FollowBodies)}
	if more := len(names) - shownBodies; more > 0 {
		line += fmt.Sprintf(", and %d more that --verbose lists", more)
		note.Details = names
	}
	note.Message = fmt.Sprintf("%s at the border, where only keys are described: %s", what, line)
	c.diags.Add(note)
}
