package openapi

import (
	"fmt"
	"slices"

	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/ir"
)

// constants reads the values of an extensible string, or of the items of a list.
func (c *converter) constants(s schema) *ir.Constants {
	if s.Type.Is("array") && s.Items != nil {
		s = c.schema(s.Items, s.at.child("items"))
	}
	info := s.at.child("x-ms-enum")
	if !s.Type.Is("string") || len(s.Enum) > 0 || len(info.child("values").items()) == 0 {
		return nil
	}
	constants := &ir.Constants{Name: info.child("name").text(), Pos: info.pos()}
	for _, value := range info.child("values").items() {
		constants.Values = append(constants.Values, ir.EnumMember{Name: value.child("value").text(), Pos: value.pos(), Doc: valueDoc(value)})
	}
	return constants
}

// valueDoc is what x-ms-enum says of one value.
func valueDoc(value place) ir.Doc {
	doc := ir.Doc{Description: prettify(value.child("description").text())}
	deprecate(&doc, value)
	return doc
}

// enum returns the enum of a component.
func (c *converter) enum(name string) *ir.Enum {
	if e := c.enums[name]; e != nil {
		return e
	}
	s := c.component(name)
	e := &ir.Enum{Name: name}
	c.enums[name] = e
	c.fillEnum(e, s)
	return e
}

func (c *converter) fillEnum(e *ir.Enum, s schema) {
	e.Pos, e.Doc = s.at.pos(), c.doc(s)
	e.Flags = s.at.child("x-ms-enum-flags").child("isFlags").isTrue()
	docs := map[string]ir.Doc{}
	for _, value := range s.at.child("x-ms-enum").child("values").items() {
		docs[value.child("value").text()] = valueDoc(value)
	}
	for _, item := range s.at.child("enum").items() {
		switch {
		case item.node.ShortTag() == "!!null": // says no more than nullable
		case !isText(item.node):
			c.diags.Add(diag.Diagnostic{Pos: item.pos(), Severity: diag.Error, Code: "enum-value",
				Message: fmt.Sprintf("a value of this enum, %s, is not text", item.node.Value),
				Hint:    "write it in quotes if it is a name; enums of numbers are not read"})
			return
		case slices.ContainsFunc(e.Members, func(m ir.EnumMember) bool { return m.Name == item.text() }):
			c.diags.Warnf(item.pos(), "enum-value", "the enum has the value %q twice", item.text())
		default:
			e.Members = append(e.Members, ir.EnumMember{Name: item.text(), Pos: item.pos(), Doc: docs[item.text()]})
		}
	}
}

// isNumericEnum reports whether the values are those that OData writes for numbers JSON has no form for.
func isNumericEnum(values []any) bool {
	return !slices.ContainsFunc(values, func(v any) bool { return v != "INF" && v != "-INF" && v != "NaN" })
}
