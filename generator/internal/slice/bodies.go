package slice

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice/derive"
	"github.com/graphslice/graphslice/generator/internal/slice/model"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// This file is about what is sent: what lives below an entity and nowhere else can be created with it, so that its type matters
// more than that of any other navigation property.

// sendBody notes the types of an operation's body.
func (c *cutter) sendBody(o *operation) {
	switch {
	case o.published != nil:
		c.sendPublished(model.Child(o.published, "requestBody"))
	case o.Kind == derive.Create || o.Kind == derive.Update:
		c.send(o.Target.Name)
	case o.Kind == derive.Action:
		for _, p := range o.Call.Arguments() {
			c.send(p.Type.Name)
		}
	}
}

// send notes a type that is sent, if it is one.
func (c *cutter) send(name string) {
	if t := c.types.Type(name); t != nil {
		c.sent[t] = true
	}
}

// sendPublished notes the types that a body of the document is declared with.
func (c *cutter) sendPublished(n *yaml.Node) {
	switch {
	case n == nil || n.Kind == yaml.ScalarNode:
		return
	case model.Child(n, "$ref") != nil:
		ref := model.Child(n, "$ref")
		if name, ok := strings.CutPrefix(ref.Value, tree.ComponentPrefix+tree.RequestBodies+"/"); ok {
			c.sendPublished(c.published.Component(tree.RequestBodies, name))
			return
		}
		c.send(model.SchemaName(ref))
		return
	}
	for _, part := range n.Content {
		c.sendPublished(part)
	}
}

// bodyProperties are the contained navigation properties of what is sent whose targets are not described, by name.
func (c *cutter) bodyProperties() []*model.Property {
	found := map[*model.Property]bool{}
	for t := range c.sent {
		for _, t := range slices.AppendSeq(t.Descendants(), t.WithBases()) {
			for _, p := range c.properties(t) {
				target := c.types.Type(c.targetOf(p))
				if p.IsNavigation() && p.Contained && c.full[t] && target != nil && !c.full[target] {
					found[p] = true
				}
			}
		}
	}
	return slices.SortedFunc(maps.Keys(found), func(a, b *model.Property) int { return cmp.Compare(a.Path(), b.Path()) })
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
