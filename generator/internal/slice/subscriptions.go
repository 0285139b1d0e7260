package slice

import (
	"slices"

	"github.com/graphslice/graphslice/generator/internal/slice/model"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// subscriptionNotes say of a type that makes the service tell of changes: the path of the collection; the properties that hold when
// one ends and what it watches; and how long one may live, an ISO 8601 duration by patterns for what it watches, of which the
// most exact counts that fits.
type subscriptionNotes struct {
	Path, Expires, Resource string
	Longest                 pairs
}

// subscription is what the slice says of a type that makes the service tell of changes; nil for others, and if the slice lacks the
// properties that it takes.
func (c *cutter) subscription(t *model.Type) *tree.Node {
	notes, ok := c.notes.Subscriptions[t.Name]
	if !ok {
		return nil
	}
	c.notes.used["subscriptions/"+t.Name] = true
	describes := func(name string) bool {
		return name == "" || slices.ContainsFunc(c.properties(t), func(p *model.Property) bool { return p.Name == name })
	}
	if !describes(notes.Expires) || !describes(notes.Resource) {
		return nil
	}
	n := tree.Map().Set("path", tree.Str(notes.Path)).Set("expires", tree.Str(notes.Expires)).Set("resource", tree.Optional(notes.Resource))
	if len(notes.Longest) == 0 {
		return n.OnLine()
	}
	longest := tree.Map()
	for _, l := range notes.Longest {
		longest.Set(l.key, tree.Str(l.value))
	}
	return n.Set("longest", longest)
}
