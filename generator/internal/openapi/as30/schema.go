package as30

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// schema rewrites a schema and those in it.
func (w *writer) schema(n *yaml.Node) {
	if n.Kind == yaml.ScalarNode && n.ShortTag() == "!!bool" {
		if n.Value != "true" {
			w.lose(n, n, "false-schema", "a value that cannot be has no type in Go: it is kept as JSON")
		}
		*n = yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: n.Line, Column: n.Column}
	}
	if n.Kind != yaml.MappingNode {
		return
	}
	w.types(n)
	w.constant(n)
	w.content(n)
	w.arrays(n)
	w.objects(n)
	w.conditions(n)
	bound(n, "minimum", "exclusiveMinimum")
	bound(n, "maximum", "exclusiveMaximum")
	if examples := get(n, "examples"); examples != nil && len(examples.Content) > 0 && get(n, "example") == nil {
		exchange(n, "examples", "example", examples.Content[0])
	}
	take(n, "examples")
	besideRef(n)
	w.within(n)
}

// lose tells what is lost of a schema.
func (w *writer) lose(schema, at *yaml.Node, code, message string) {
	w.losses = append(w.losses, Loss{Schema: schema, At: at, Code: code, Message: message})
}

// within rewrites the schemas in a schema.
func (w *writer) within(n *yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		switch child := n.Content[i+1]; n.Content[i].Value {
		case "properties", "$defs":
			for j := 1; child.Kind == yaml.MappingNode && j < len(child.Content); j += 2 {
				w.schema(child.Content[j])
			}
		case "allOf", "anyOf", "oneOf":
			for _, part := range child.Content {
				w.schema(part)
			}
		case "items", "not":
			w.schema(child)
		case "additionalProperties":
			if child.Kind == yaml.MappingNode { // true and false mean the same in 3.0
				w.schema(child)
			}
		}
	}
}

// types rewrites a list of types.
func (w *writer) types(n *yaml.Node) {
	key, value := field(n, "type")
	if value == nil {
		return
	}
	names := []*yaml.Node{value}
	if value.Kind == yaml.SequenceNode {
		names = slices.Clone(value.Content)
	}
	some := len(names)
	names = slices.DeleteFunc(names, isNull)
	isNullable := len(names) < some
	if is(names, "number") { // which integers are as well
		names = slices.DeleteFunc(names, func(name *yaml.Node) bool { return name.Value == "integer" })
	}
	if isNullable {
		insert(n, "type", "nullable", scalar("!!bool", "true", value))
	}
	switch {
	case len(names) == 1:
		exchange(n, "type", "type", names[0])
	case len(names) > 1:
		w.lose(n, key, "union", fmt.Sprintf("a value of several types, %s, has no type in Go: it is kept as JSON", oneOf(names)))
		onlyWords(n)
	case some > 0: // null alone
		take(n, "type")
	}
}

func is(names []*yaml.Node, name string) bool {
	return slices.ContainsFunc(names, func(n *yaml.Node) bool { return n.Value == name })
}

// isNull reports whether the name of a type is null, which YAML needs quotes for and people forget.
func isNull(name *yaml.Node) bool {
	return name.Kind == yaml.ScalarNode && (name.Value == "null" || name.ShortTag() == "!!null")
}

func oneOf(names []*yaml.Node) string {
	var words []string
	for _, n := range names {
		words = append(words, n.Value)
	}
	last := len(words) - 1
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

// words are the keys of a schema that say nothing of the form of a value.
var words = []string{"title", "description", "deprecated", "readOnly", "writeOnly", "nullable", "externalDocs", "example", "default"}

// isWord reports whether a key of a schema says nothing of the form of a value.
func isWord(key string) bool { return slices.Contains(words, key) || strings.HasPrefix(key, "x-") }

// saysMore reports whether there is more beside a reference than words.
func saysMore(n *yaml.Node) bool {
	for i := 0; i < len(n.Content); i += 2 {
		if key := n.Content[i].Value; key != "$ref" && !isWord(key) {
			return true
		}
	}
	return false
}

// onlyWords takes away what says of which form a value is.
func onlyWords(n *yaml.Node) {
	var kept []*yaml.Node
	for i := 0; i+1 < len(n.Content); i += 2 {
		if isWord(n.Content[i].Value) {
			kept = append(kept, n.Content[i], n.Content[i+1])
		}
	}
	n.Content = kept
}

// constant rewrites const.
func (w *writer) constant(n *yaml.Node) {
	value := get(n, "const")
	switch {
	case value == nil:
	case value.Kind != yaml.ScalarNode:
		w.lose(n, value, "enum-value", "a constant that is neither text nor a number nor a boolean has no type in Go: it is left out")
		take(n, "const")
	case value.ShortTag() == "!!null":
		exchange(n, "const", "nullable", scalar("!!bool", "true", value))
	default:
		exchange(n, "const", "enum", &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Line: value.Line, Column: value.Column, Content: []*yaml.Node{value}})
	}
}

// content rewrites how bytes are written as text.
func (w *writer) content(n *yaml.Node) {
	encoding, media := get(n, "contentEncoding"), get(n, "contentMediaType")
	defer func() {
		take(n, "contentEncoding")
		take(n, "contentMediaType")
		take(n, "contentSchema")
	}()
	key, format := "contentEncoding", ""
	switch {
	case encoding == nil && media != nil && media.Value == "application/octet-stream":
		key, format, encoding = "contentMediaType", "binary", media
	case encoding == nil:
		return
	case strings.EqualFold(encoding.Value, "base64"):
		format = "byte"
	case strings.EqualFold(encoding.Value, "base64url"):
		format = "base64url"
	default:
		w.lose(n, encoding, "content-encoding", fmt.Sprintf("bytes in the encoding %q have no type in Go: they are kept as text", encoding.Value))
		return
	}
	insert(n, key, "format", scalar("!!str", format, encoding))
	insert(n, key, "type", scalar("!!str", "string", encoding))
}

// arrays replaces items that are each of a schema of its own.
func (w *writer) arrays(n *yaml.Node) {
	key, prefix := field(n, "prefixItems")
	if prefix == nil {
		return
	}
	w.lose(n, key, "prefix-items", "items that are each of a schema of its own have no type in Go: they are kept as JSON")
	exchange(n, "prefixItems", "items", mapping(prefix))
}

// objects rewrites the properties whose names are not known.
func (w *writer) objects(n *yaml.Node) {
	key, patterns := field(n, "patternProperties")
	rest := get(n, "additionalProperties")
	isOpen := rest != nil && rest.Kind == yaml.MappingNode
	switch {
	case patterns == nil:
	case len(patterns.Content) == 2 && !isOpen:
		w.lose(n, key, "pattern-properties", "properties whose names match a pattern are read as properties of any name")
		exchange(n, "patternProperties", "additionalProperties", patterns.Content[1])
	default:
		w.lose(n, key, "pattern-properties", "properties of several patterns have no type in Go: they are kept as JSON")
		exchange(n, "patternProperties", "additionalProperties", mapping(patterns))
	}
	more := get(n, "unevaluatedProperties")
	if more != nil && more.Kind == yaml.MappingNode && get(n, "additionalProperties") == nil {
		exchange(n, "unevaluatedProperties", "additionalProperties", more)
	}
	take(n, "unevaluatedProperties")
}

// conditions takes away what depends on other values, and on where a schema is used.
func (w *writer) conditions(n *yaml.Node) {
	for _, c := range []struct{ key, code, message string }{
		{"if", "condition", "what depends on a condition is left out: if, then and else"},
		{"dependentSchemas", "condition", "what depends on other properties is left out: dependentSchemas"},
		{"$dynamicRef", "dynamic-ref", "a reference that depends on where it is used has no type in Go: it is kept as JSON"},
		{"$id", "schema-id", "an $id is left out: references are relative to the file that they stand in"},
	} {
		if key, value := field(n, c.key); value != nil {
			w.lose(n, key, c.code, c.message)
			take(n, c.key)
		}
	}
	take(n, "then")
	take(n, "else")
}

// bound rewrites an exclusive bound, which is a number of its own in 3.1.
func bound(n *yaml.Node, limit, exclusive string) {
	value := get(n, exclusive)
	if value == nil || value.ShortTag() == "!!bool" {
		return
	}
	if other := get(n, limit); other != nil && !stricter(value, other, limit == "minimum") {
		take(n, exclusive)
		return
	}
	exchange(n, exclusive, limit, value)
	insert(n, limit, exclusive, scalar("!!bool", "true", value))
}

// stricter reports whether an exclusive bound leaves no more numbers than another bound.
func stricter(exclusive, other *yaml.Node, isLower bool) bool {
	a, errA := strconv.ParseFloat(exclusive.Value, 64)
	b, errB := strconv.ParseFloat(other.Value, 64)
	return errA == nil && (errB != nil || isLower && a >= b || !isLower && a <= b)
}

// besideRef moves a reference with other keys beside it into an allOf. Words stay beside it, where they are read in 3.0 as well.
func besideRef(n *yaml.Node) {
	key, ref := field(n, "$ref")
	if ref == nil || !saysMore(n) {
		return
	}
	part := mapping(key)
	part.Content = []*yaml.Node{key, ref}
	if all := get(n, "allOf"); all != nil && all.Kind == yaml.SequenceNode {
		all.Content = slices.Insert(all.Content, 0, part)
		take(n, "$ref")
		return
	}
	exchange(n, "$ref", "allOf", &yaml.Node{Kind: yaml.SequenceNode, Tag: "!!seq", Line: key.Line, Column: key.Column, Content: []*yaml.Node{part}})
}
