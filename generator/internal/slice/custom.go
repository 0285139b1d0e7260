package slice

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// This file reads what only some operations take: custom query options, such as the bounds of a calendar view, and headers.

// customParameters are the query parameters and headers that only this operation has.
func (c *cutter) customParameters(o *operation) []*tree.Node {
	var nodes []*tree.Node
	for _, option := range o.Said("CustomQueryOptions").Items {
		nodes = append(nodes, c.customParameter(option, "query"))
	}
	for _, header := range o.Said("CustomHeaders").Items {
		nodes = append(nodes, c.customParameter(header, "header"))
	}
	return slices.DeleteFunc(nodes, func(n *tree.Node) bool { return n == nil })
}

// customParameter is a parameter that is sent as a text; nil if it has no name.
func (c *cutter) customParameter(custom csdl.Value, in string) *tree.Node {
	name := custom.Field("Name").Text
	if name == "" {
		return nil
	}
	n := tree.Map().
		Set("name", tree.Str(name)).Set("in", tree.Str(in)).
		Set("description", tree.Optional(c.customWords(name, custom))).
		Set("required", tree.Present(custom.Field("Required").Text == "true"))
	if in == "query" {
		n.Set("style", tree.Str("form")).Set("explode", tree.Raw("false"))
	}
	n.Set("schema", stringSchema())
	setExamples(n, custom.Field("ExampleValues").Items)
	return n
}

// customWords describe a custom parameter, in the words of the notes or else of the metadata.
func (c *cutter) customWords(name string, custom csdl.Value) string {
	return cmp.Or(c.notes.take(c.notes.Parameters, "parameters", name),
		c.notes.own(strings.TrimSpace(cmp.Or(custom.Field("Description").Text, custom.Field("LongDescription").Text))))
}

// setExamples gives a parameter the values that the metadata has as examples.
func setExamples(n *tree.Node, examples []csdl.Value) {
	values := tree.Map()
	for _, e := range examples {
		if text := e.Field("Value").Text; text != "" {
			values.Set(strconv.Itoa(len(values.Fields())+1), tree.Map().Set("value", tree.Str(text)))
		}
	}
	switch len(values.Fields()) {
	case 0:
	case 1:
		n.Set("example", values.Fields()[0].Value.Get("value"))
	default:
		n.Set("examples", values)
	}
}
