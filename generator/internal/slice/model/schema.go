package model

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// keyProperty is the property that every entity of a document has from the one root they derive from.
const keyProperty = "id"

// Published returns a type as the document has it; nil if it has none of that name, or if it is at fault, which is reported.
func (m *Types) Published(name string) *Type {
	if t, ok := m.ofDocument[name]; ok {
		return t
	}
	var t *Type
	if node := m.published.Component(tree.Schemas, name); node != nil {
		t = &Type{Name: name, Key: []string{keyProperty}, Schema: node, Own: node, Pos: m.published.pos(tree.Schemas, name), types: m}
		t.readParts(Child(node, "allOf"))
		t.readProperties()
	}
	m.ofDocument[name] = t
	return t
}

// readParts finds the base and the type's own part in an allOf.
func (t *Type) readParts(allOf *yaml.Node) {
	if allOf == nil {
		return
	}
	hasBase := false
	for _, part := range allOf.Content {
		switch ref := Child(part, "$ref"); {
		case ref == nil:
			t.Own = part
		case !hasBase:
			t.base, hasBase = SchemaName(ref), true
		}
	}
}

func (t *Type) readProperties() {
	n := Child(t.Own, "properties")
	if n == nil || n.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		pos := diag.Pos{File: t.Pos.File, Line: key.Line, Column: key.Column}
		schema := n.Content[i+1]
		t.Properties = append(t.Properties, &Property{Owner: t, Name: key.Value, Target: target(schema), Schema: schema, Pos: pos})
	}
}

// target is the name of the schema that values or items of a schema have, or "".
func target(n *yaml.Node) string {
	if items := Child(n, "items"); items != nil {
		n = items
	}
	for _, key := range []string{"anyOf", "allOf", "oneOf"} {
		if parts := Child(n, key); parts != nil && len(parts.Content) > 0 {
			n = parts.Content[0]
		}
	}
	if ref := Child(n, "$ref"); ref != nil {
		return SchemaName(ref)
	}
	return ""
}

// SchemaName is the name of the schema that a reference points to, or "".
func SchemaName(ref *yaml.Node) string {
	name, ok := strings.CutPrefix(ref.Value, tree.ComponentPrefix+tree.Schemas+"/")
	if !ok {
		return ""
	}
	return name
}

// CollectionSuffix is what the name of a page of a collection has behind that of its items.
const CollectionSuffix = "CollectionResponse"

// IsPage reports whether a schema is a page of a collection by its name.
func IsPage(name string) bool {
	return len(name) > len(CollectionSuffix) && strings.HasSuffix(name, CollectionSuffix)
}

// PublishedBelow are the names of the schemas of the document that derive from one, sorted: those that its discriminator names, or
// else those that say so themselves.
func (m *Types) PublishedBelow(name string) []string {
	t := m.Published(name)
	if t == nil || t.IsRoot() {
		return nil
	}
	var names []string
	if mapping := t.discriminator(); mapping != nil {
		for i := 1; i < len(mapping.Content); i += 2 {
			if target := SchemaName(mapping.Content[i]); target != name {
				names = append(names, target)
			}
		}
	} else {
		names = m.derivedFrom(name, []string{name})
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// discriminator is the mapping of the schema's discriminator, or nil.
func (t *Type) discriminator() *yaml.Node {
	for _, n := range []*yaml.Node{t.Schema, t.Own} {
		if d := Child(n, "discriminator"); d != nil {
			return Child(d, "mapping")
		}
	}
	return nil
}

// derivedFrom returns the names of what derives from a schema; seen guards against circles.
func (m *Types) derivedFrom(name string, seen []string) []string {
	if m.derived == nil {
		m.derived = m.published.firstRefs()
	}
	var names []string
	for _, candidate := range m.derived[name] {
		if t := m.Published(candidate); t == nil || t.base != name || slices.Contains(seen, candidate) {
			continue
		}
		seen = append(seen, candidate)
		names = append(append(names, candidate), m.derivedFrom(candidate, seen)...)
	}
	return names
}
