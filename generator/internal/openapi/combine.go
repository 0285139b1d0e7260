package openapi

import (
	"slices"

	"go.yaml.in/yaml/v4"
)

// This file makes one schema of two by which slices describe the same type as far as each needs it. The one in full wins over the
// one at the border. Where only some properties are described, those of both are; and a discriminator knows the descendants of
// both.

const (
	referenceMark   = "x-graphslice-reference"
	partialMark     = "x-graphslice-partial"
	entitySetMark   = "x-graphslice-entity-set"
	uploadMark      = "x-graphslice-upload-session"
	localTimeMark   = "x-graphslice-local-time"
	polymorphicMark = "x-graphslice-polymorphic"
	odataType       = "@odata.type"

	subscriptionMark = "x-graphslice-subscription"
)

// saidMarks are what one slice may say of a type and another not, as it needs it or has notes.
var saidMarks = []string{entitySetMark, uploadMark, localTimeMark, polymorphicMark, subscriptionMark}

// slicedSchema is a schema, and the part of it that has the type's own properties: itself, or what stands in its allOf beside the
// base.
type slicedSchema struct{ whole, own sourceValue }

func newSlicedSchema(p sourceValue) slicedSchema {
	s := slicedSchema{p, p}
	for _, part := range p.child("allOf").items() {
		if refNode(part.node) == nil {
			s.own = part
		}
	}
	return s
}

// border reports whether the type stands at the border of its slice.
func (s slicedSchema) border() bool { return s.whole.child(referenceMark).isTrue() }

// partial reports whether only some of the type's properties are described.
func (s slicedSchema) partial() bool { return s.border() || s.whole.child(partialMark).isTrue() }

// property returns one of the type's own properties.
func (s slicedSchema) property(name string) sourceValue { return s.own.child("properties").child(name) }

// combine makes one schema of two of the same type. difference is where they contradict each other, "" if they do not.
func combine(first, second sourceValue) (both sourceValue, difference string) {
	a, b := newSlicedSchema(first), newSlicedSchema(second)
	if a.partial() && !b.partial() || a.border() && !b.border() {
		a, b = b, a
	}
	if difference = differing(a.shell(), b.shell(), schemaKind); difference != "" {
		return first, difference
	}
	if difference = a.contradicts(b); difference != "" {
		return first, difference
	}
	return a.with(b), ""
}

// shell is the schema without what two slices may say differently of one type.
func (s slicedSchema) shell() *yaml.Node {
	required := without(s.own.child("required").node, odataType)
	if s.border() {
		required = nil
	}
	marks := append([]string{referenceMark, partialMark}, saidMarks...)
	own := withoutKeys(s.own.node, append(marks, "properties", "discriminator", "required")...)
	if required != nil && len(required.Content) > 0 {
		own = withEntry(own, &yaml.Node{Kind: yaml.ScalarNode, Value: "required"}, required)
	}
	if s.own.node == s.whole.node {
		return own
	}
	return replaced(withoutKeys(s.whole.node, marks...), s.own.node, own)
}

// contradicts returns where b says something else than a, which describes more.
func (a slicedSchema) contradicts(b slicedSchema) string {
	for _, mark := range saidMarks {
		ours, theirs := a.whole.child(mark), b.whole.child(mark)
		if ours.exists() && theirs.exists() && !sameStructure(ours.node, theirs.node, grammar[schemaKind][mark]) {
			return mark
		}
	}
	for _, p := range b.own.child("properties").entries() {
		have := a.property(p.name())
		switch {
		case p.name() == odataType:
		case !have.exists() && !a.partial():
			return "properties/" + p.name()
		case have.exists() && !sameStructure(have.node, p.node, schemaKind):
			return "properties/" + p.name()
		}
	}
	for _, p := range a.own.child("properties").entries() {
		if p.name() != odataType && !b.partial() && !b.property(p.name()).exists() {
			return "properties/" + p.name()
		}
	}
	theirs := b.own.child("discriminator")
	ours := a.own.child("discriminator")
	if ours.exists() && theirs.exists() && ours.child("propertyName").text() != theirs.child("propertyName").text() {
		return "discriminator"
	}
	for _, target := range theirs.child("mapping").entries() {
		have := ours.child("mapping").child(target.name())
		if have.exists() && refFragment(have.text()) != refFragment(target.text()) {
			return "discriminator/mapping/" + target.name()
		}
	}
	return ""
}

// with returns a with what only b has. What is taken from b remembers its file.
func (a slicedSchema) with(b slicedSchema) sourceValue {
	own, taken := a.own.node, map[*yaml.Node]string{}
	for node, file := range a.whole.files {
		taken[node] = file
	}
	take := func(into *yaml.Node, p sourceValue) *yaml.Node {
		taken[p.node] = p.file
		return withEntry(into, p.key, p.node)
	}
	if properties := missing(a.own.child("properties"), b.own.child("properties")); len(properties) > 0 {
		into := mappingAt(a.own, "properties")
		for _, p := range properties {
			into = take(into, p)
		}
		own = withField(own, "properties", into)
	}
	theirs := b.own.child("discriminator")
	if ours := a.own.child("discriminator"); !ours.exists() && theirs.exists() {
		own = take(own, theirs)
	} else if targets := missing(ours.child("mapping"), theirs.child("mapping")); len(targets) > 0 {
		into := mappingAt(ours, "mapping")
		for _, p := range targets {
			into = take(into, p)
		}
		own = withField(own, "discriminator", withField(ours.node, "mapping", into))
	}
	whole := replaced(a.whole.node, a.own.node, own)
	for _, mark := range saidMarks {
		if set := b.whole.child(mark); set.exists() && !a.whole.child(mark).exists() {
			whole = take(whole, set)
		}
	}
	both := a.whole
	both.node, both.files = whole, taken
	return both
}

// missing are the entries of a mapping that another lacks.
func missing(from, in sourceValue) []sourceValue {
	return slices.DeleteFunc(in.entries(), func(p sourceValue) bool { return from.child(p.name()).exists() })
}

// mappingAt is the mapping under key, or an empty one.
func mappingAt(p sourceValue, key string) *yaml.Node {
	if n := p.child(key).node; n != nil {
		return n
	}
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: p.node.Line, Column: p.node.Column}
}

// The following return changed copies; nodes that were read stay as they are.

// without is a list without a text.
func without(n *yaml.Node, text string) *yaml.Node {
	if n == nil {
		return nil
	}
	changed := *n
	changed.Content = slices.DeleteFunc(slices.Clone(n.Content), func(item *yaml.Node) bool { return item.Value == text })
	return &changed
}

// withoutKeys is a mapping without some keys.
func withoutKeys(n *yaml.Node, keys ...string) *yaml.Node {
	changed := *n
	changed.Content = nil
	for i := 0; i+1 < len(n.Content); i += 2 {
		if !slices.Contains(keys, n.Content[i].Value) {
			changed.Content = append(changed.Content, n.Content[i], n.Content[i+1])
		}
	}
	return &changed
}

// withEntry is a mapping with an entry more.
func withEntry(n, key, value *yaml.Node) *yaml.Node {
	changed := *n
	changed.Content = append(slices.Clone(n.Content), key, value)
	return &changed
}

// withField is a mapping with another value under a key, which is added if it is not there.
func withField(n *yaml.Node, key string, value *yaml.Node) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return replaced(n, n.Content[i+1], value)
		}
	}
	return withEntry(n, &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: key, Line: n.Line, Column: n.Column}, value)
}

// replaced is a value with a new one in place of an old one: itself, in it, or in a list in it.
func replaced(n, old, new *yaml.Node) *yaml.Node {
	if n == old {
		return new
	}
	changed := *n
	changed.Content = slices.Clone(n.Content)
	for i, child := range n.Content {
		switch {
		case child == old:
			changed.Content[i] = new
		case child.Kind == yaml.SequenceNode && slices.Contains(child.Content, old):
			changed.Content[i] = replaced(child, old, new)
		}
	}
	return &changed
}
