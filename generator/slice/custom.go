package slice

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/graphslice/graphslice/generator/csdl"
	"github.com/graphslice/graphslice/generator/slice/tree"
)

// This file reads what only some operations take: custom query options, such as the bounds of a calendar view, and headers.

// requestRestrictions are the terms that say how an operation of a kind is called, and the part of it that counts first.
func (o *operation) requestRestrictions() (term, part string) {
	switch o.kind {
	case listKind, getContentKind:
		return "ReadRestrictions", ""
	case getKind:
		if endsWithKey(o.path) {
			return "ReadRestrictions", byKeyRestrictions
		}
		return "ReadRestrictions", ""
	case countKind:
		return "CountRestrictions", ""
	case createKind:
		return "InsertRestrictions", ""
	case updateKind, setContentKind:
		return "UpdateRestrictions", ""
	case deleteKind:
		return "DeleteRestrictions", ""
	case actionKind, functionKind:
		return "OperationRestrictions", ""
	}
	return "", ""
}

// said returns what the restrictions of the operation's kind say under a property, where it is said first.
func (o *operation) said(property string) csdl.Value {
	term, part := o.requestRestrictions()
	if term == "" {
		return csdl.Value{}
	}
	about := o.described()
	if part != "" {
		if value := restrictionValue(about, term, part).Field(property); value.Text != "" || len(value.Items) > 0 {
			return value
		}
	}
	return restrictionValue(about, term, property)
}

// described are the annotations that describe the operation, the most specific first: those of the action, function or stream
// that it calls, reads or writes, or else those of the place.
func (o *operation) described() []csdl.Annotations {
	last := o.path[strings.LastIndexByte(o.path, '/')+1:]
	switch {
	case o.call != nil:
		return append([]csdl.Annotations{o.call.Annotations}, o.about...)
	case (o.kind == getContentKind || o.kind == setContentKind) && o.target.Property(last) != nil:
		return []csdl.Annotations{o.target.Property(last).Annotations}
	}
	return o.about
}

// customParameters are the query parameters and headers that only this operation has.
func (c *cutter) customParameters(o *operation) []*tree.Node {
	var nodes []*tree.Node
	for _, option := range o.said("CustomQueryOptions").Items {
		nodes = append(nodes, c.customParameter(option, "query"))
	}
	for _, header := range o.said("CustomHeaders").Items {
		nodes = append(nodes, c.customParameter(header, "header"))
	}
	return slices.DeleteFunc(nodes, func(n *tree.Node) bool { return n == nil })
}

// customParameter is a parameter that is sent as a text; nil if it has no name.
func (c *cutter) customParameter(custom csdl.Value, place string) *tree.Node {
	name := custom.Field("Name").Text
	if name == "" {
		return nil
	}
	n := tree.Map().
		Set("name", tree.Str(name)).Set("in", tree.Str(place)).
		Set("description", tree.Optional(c.customWords(name, custom))).
		Set("required", tree.Present(custom.Field("Required").Text == "true"))
	if place == "query" {
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
