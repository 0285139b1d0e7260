// Package model has the types that slices describe in one form, wherever they are declared: those of OData metadata, and the
// schemas of a published OpenAPI document, which are read as types with a base, a key and properties. Where both have a type, the
// metadata's counts; what the document says of it can be asked for beside it.
package model

import (
	"iter"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// Types are all types of the sources. They are read when they are asked for.
type Types struct {
	metadata  *csdl.Document
	published *Document // nil if there is none
	// read are the types of the metadata, or else of the document, by name; ofDocument are those of the document.
	read, ofDocument map[string]*Type
	// derived are the names of the schemas that may derive from another, by its name; nil until asked for.
	derived map[string][]string
}

// New joins metadata with a published document, which is nil if there is none.
func New(metadata *csdl.Document, published *Document) *Types {
	return &Types{metadata: metadata, published: published, read: map[string]*Type{}, ofDocument: map[string]*Type{}}
}

// Type is an entity type, a complex type, an enumeration, or whatever else a schema describes. A type is one value, however often it is
// asked for.
type Type struct {
	Name string
	// Key are the names of the properties that identify an entity, as far as the type declares them itself.
	Key []string
	// Properties are the type's own.
	Properties []*Property
	// Metadata or Enum is the type as the metadata declares it; both are nil for a schema of the document.
	Metadata *csdl.Type
	Enum     *csdl.Enum
	// Schema is the type as the document declares it, and Own is the part of it that has the properties; nil for one of the metadata.
	Schema, Own *yaml.Node
	Pos         diag.Pos

	types *Types
	base  string
}

// Property is a property of a type.
type Property struct {
	Owner *Type
	Name  string
	// Target is the name of the type that its values have, or the items of a collection; "" for a primitive one and for what has no
	// name.
	Target string
	// Contained: the target lives below the owner and nowhere else, as the metadata says.
	Contained bool
	// Metadata is the property as the metadata declares it; nil for one of the document, which Schema describes.
	Metadata *csdl.Property
	Schema   *yaml.Node
	Pos      diag.Pos
}

// Path is how messages and configurations name a property: the declaring type and the name.
func (p *Property) Path() string { return p.Owner.Name + "/" + p.Name }

// IsAnnotation reports whether the property is one of OData's own, such as @odata.type.
func (p *Property) IsAnnotation() bool { return strings.Contains(p.Name, "@") }

// InMetadata reports whether the metadata has a type or an enumeration of that name.
func (m *Types) InMetadata(name string) bool {
	return m.metadata.Type(name) != nil || m.metadata.Enum(name) != nil
}

// Has reports whether one of the sources has a type of that name. It may be at fault all the same.
func (m *Types) Has(name string) bool {
	return m.InMetadata(name) || m.published.Has(tree.Schemas, name)
}

// Names are the names of all types that the sources have, those that both have twice.
func (m *Types) Names() []string {
	var names []string
	for _, t := range m.metadata.Types {
		names = append(names, t.Name)
	}
	for _, e := range m.metadata.Enums {
		names = append(names, e.Name)
	}
	return append(names, m.published.names(tree.Schemas)...)
}

// Type returns the type of that name, from the metadata or else from the document; nil if none has it, or if it is at fault, which
// is reported.
func (m *Types) Type(name string) *Type {
	if t, ok := m.read[name]; ok {
		return t
	}
	var t *Type
	switch declared, enum := m.metadata.Type(name), m.metadata.Enum(name); {
	case declared != nil:
		t = m.readType(declared)
	case enum != nil:
		t = &Type{Name: enum.Name, Enum: enum, Pos: enum.Pos, types: m}
	default:
		t = m.Published(name)
	}
	m.read[name] = t
	return t
}

// readType reads a type of the metadata.
func (m *Types) readType(declared *csdl.Type) *Type {
	t := &Type{Name: declared.Name, Key: declared.Key, Metadata: declared, Pos: declared.Pos, types: m}
	if declared.Base != nil {
		t.base = declared.Base.Name
	}
	for _, p := range declared.Properties {
		property := &Property{Owner: t, Name: p.Name, Contained: p.Contained, Metadata: p, Pos: p.Pos}
		if p.Type.Type != nil || p.Type.Enum != nil {
			property.Target = p.Type.Name
		}
		t.Properties = append(t.Properties, property)
	}
	return t
}

// BaseName is the name of the type's base, "" if it has none. The sources may lack that type.
func (t *Type) BaseName() string { return t.base }

// WithBases are the type and its bases, the nearest first, as far as the sources have them; none of nil. A schema that derives from
// itself is there once.
func (t *Type) WithBases() iter.Seq[*Type] {
	return func(yield func(*Type) bool) {
		var seen []*Type
		for ; t != nil && !slices.Contains(seen, t) && yield(t); t = t.baseType() {
			seen = append(seen, t)
		}
	}
}

// baseType is the type's base: of what the document says of a type of the metadata, the document's.
func (t *Type) baseType() *Type {
	switch {
	case t.base == "":
		return nil
	case t.types.ofDocument[t.Name] == t && t.types.InMetadata(t.Name):
		return t.types.Published(t.base)
	}
	return t.types.Type(t.base)
}

// Bases are the names of the type's bases, the nearest first.
func (t *Type) Bases() []string {
	var names []string
	for b := range t.WithBases() {
		if b != t {
			names = append(names, b.Name)
		}
	}
	return names
}

// Property returns the property of that name, own or inherited, or nil.
func (t *Type) Property(name string) *Property {
	for b := range t.WithBases() {
		if i := slices.IndexFunc(b.Properties, func(p *Property) bool { return p.Name == name }); i >= 0 {
			return b.Properties[i]
		}
	}
	return nil
}

// IsRoot reports whether a type is nothing but the key that all entities have: everything derives from it.
func (t *Type) IsRoot() bool {
	if t == nil || t.base != "" || t.Enum != nil || t.Metadata != nil && !t.Metadata.Entity {
		return false
	}
	own := 0
	for _, p := range t.Properties {
		if !p.IsAnnotation() {
			own++
		}
	}
	isKey := func(key string) bool {
		return slices.ContainsFunc(t.Properties, func(p *Property) bool { return p.Name == key })
	}
	return own == len(t.Key) && !slices.ContainsFunc(t.Key, func(key string) bool { return !isKey(key) })
}

// isEntity reports whether a type is an entity type: the metadata says so, or it derives from the root of all entities.
func (t *Type) isEntity() bool {
	for b := range t.WithBases() {
		if b.Metadata != nil {
			return b.Metadata.Entity
		}
		if b != t && b.IsRoot() {
			return true
		}
	}
	return false
}

// IsNavigation reports whether a property leads to another entity: the metadata says so, it is marked as such, or its target is
// an entity. Documents of before 2023 mark none and later ones not all, but no other property can hold an entity. A page of a
// collection is no type, and holds its items.
func (p *Property) IsNavigation() bool {
	if p.Metadata != nil {
		return p.Metadata.Navigation
	}
	if Text(Child(p.Schema, "x-ms-navigationProperty")) == "true" {
		return true
	}
	return p.Target != "" && !IsPage(p.Owner.Name) && p.Owner.types.Type(p.Target).isEntity()
}

// Descendants returns the types that derive from one, sorted by name.
func (t *Type) Descendants() []*Type {
	var names []string
	switch {
	case t.Metadata != nil:
		for _, d := range t.Metadata.Descendants() {
			names = append(names, d.Name)
		}
	case t.Enum == nil:
		names = t.types.PublishedBelow(t.Name)
	}
	slices.Sort(names)
	var all []*Type
	for _, name := range slices.Compact(names) {
		if d := t.types.Type(name); d != nil {
			all = append(all, d)
		}
	}
	return all
}
