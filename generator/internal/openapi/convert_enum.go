package openapi

import (
	"math"
	"math/big"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"go.yaml.in/yaml/v4"
)

// enumForm is what the list of a schema's values makes of it.
type enumForm int

const (
	noEnum      enumForm = iota // no list, or one that no type in Go stands for
	textEnum                    // values are text
	integerEnum                 // values are whole numbers
)

// enumFormOf returns what the schema's list of values makes of it, by its type or, if it has none, by the values.
func enumFormOf(s schema) enumForm {
	values := enumValuesOf(s)
	all := func(is func(*yaml.Node) bool) bool {
		return !slices.ContainsFunc(values, func(p sourceValue) bool { return !is(p.node) })
	}
	isWhole := func(n *yaml.Node) bool { _, ok := wholeNumber(n.Value); return ok && n.Kind == yaml.ScalarNode }
	switch {
	case len(values) == 0 || isNumericEnum(s.Enum):
		return noEnum
	case s.Type.Is("string") && all(func(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode }), s.Type.IsEmpty() && all(isText):
		return textEnum
	case (s.Type.Is("integer") || s.Type.Is("number") || s.Type.IsEmpty()) && all(isWhole):
		return integerEnum
	}
	return noEnum
}

// enumValuesOf are the values that the schema lists. A null among them says no more than nullable.
func enumValuesOf(s schema) []sourceValue {
	return slices.DeleteFunc(s.at.child("enum").items(), func(p sourceValue) bool { return p.node.ShortTag() == "!!null" })
}

// isNumericEnum reports whether the values are those that OData writes for numbers JSON has no form for.
func isNumericEnum(values []any) bool {
	return !slices.ContainsFunc(values, func(v any) bool { return v != "INF" && v != "-INF" && v != "NaN" })
}

// wholeNumber reads a number without a fraction that an int64 can hold, as YAML and JSON write it: -1, 1.0, 0x10.
func wholeNumber(text string) (int64, bool) {
	if len(text) > 40 { // 1e99999999 would take long
		return 0, false
	}
	if f, _, err := big.ParseFloat(text, 0, 256, big.ToZero); err == nil && f.IsInt() {
		n, accuracy := f.Int64()
		return n, accuracy == big.Exact
	}
	return 0, false
}

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
func valueDoc(value sourceValue) ir.Doc {
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

// fillEnum reads the values of an enumeration of text or of integers.
func (c *converter) fillEnum(e *ir.Enum, s schema) {
	e.Pos, e.Doc = s.at.pos(), c.doc(s)
	e.Flags = s.at.child("x-ms-enum-flags").child("isFlags").isTrue()
	isInteger := enumFormOf(s) == integerEnum
	info := enumInfoOf(s, isInteger)
	labels := c.labels(s)
	for i, item := range s.at.child("enum").items() {
		name := item.node.Value
		switch {
		case item.node.ShortTag() == "!!null":
			continue
		case isInteger:
			name = canonicalNumber(name)
		case !isText(item.node):
			c.degrade(item, "enum-value", "a value of an enumeration of text is not written as text: it is taken as it is written", "write it in quotes")
		}
		if slices.ContainsFunc(e.Members, func(m ir.EnumMember) bool { return m.Name == name }) {
			c.diags.Warnf(item.pos(), "enum-value", "the enum has the value %q twice", name)
			continue
		}
		member := ir.EnumMember{Name: name, Pos: item.pos(), Doc: valueDoc(info[name])}
		if isInteger {
			member.Label = info[name].child("name").scalar()
			if i < len(labels) {
				member.Label = labels[i]
			}
		}
		e.Members = append(e.Members, member)
	}
	if isInteger {
		e.Integer = integerKind(s, e.Members)
	}
}

// enumInfoOf is what x-ms-enum says of the values.
func enumInfoOf(s schema, isInteger bool) map[string]sourceValue {
	info := map[string]sourceValue{}
	for _, value := range s.at.child("x-ms-enum").child("values").items() {
		name := value.child("value").scalar()
		if isInteger {
			name = canonicalNumber(name)
		}
		info[name] = value
	}
	return info
}

// labels are the names that generators of documents give to the values of an enumeration of integers, in their order.
func (c *converter) labels(s schema) []string {
	for _, field := range []string{"x-enum-varnames", "x-enumNames"} {
		at := s.at.child(field)
		if !at.exists() {
			continue
		}
		if names := at.texts(); len(names) == len(s.at.child("enum").items()) && !slices.Contains(names, "") {
			return names
		}
		c.degrade(at, "enum-names", field+" does not have a name for each value of the enumeration: it is left out", "write as many names as there are values")
	}
	return nil
}

// canonicalNumber is the one text of a whole number; anything else stays as it is.
func canonicalNumber(text string) string {
	if n, ok := wholeNumber(text); ok {
		return big.NewInt(n).String()
	}
	return text
}

// integerKind is the kind of the values of an enumeration of integers: that of the format if it can hold all of them, or
// else the smaller of int32 and int64 that can.
func integerKind(s schema, members []ir.EnumMember) ir.Kind {
	least, most := int64(math.MaxInt64), int64(math.MinInt64)
	for _, m := range members {
		n, _ := wholeNumber(m.Name)
		least, most = min(least, n), max(most, n)
	}
	if kind := numberFormats[s.Format]; s.Format != "" && holds(kind, least, most) {
		return kind
	}
	if holds(ir.Int32, least, most) {
		return ir.Int32
	}
	return ir.Int64
}

// holds reports whether values of the kind, an integer's, reach from least to most.
func holds(kind ir.Kind, least, most int64) bool {
	ranges := map[ir.Kind][2]int64{
		ir.Uint8: {0, math.MaxUint8}, ir.Int8: {math.MinInt8, math.MaxInt8}, ir.Int16: {math.MinInt16, math.MaxInt16},
		ir.Int32: {math.MinInt32, math.MaxInt32}, ir.Int64: {math.MinInt64, math.MaxInt64},
	}
	r, isInteger := ranges[kind]
	return isInteger && r[0] <= least && most <= r[1]
}
