// Package inspect answers questions about a package before any code is made of it: what is in it (List), why a type is
// in it (Why), and how its types hang together (Diagram, as Mermaid or as a drawing). Answers depend on the slices alone and are
// the same to the byte every time.
package inspect

import (
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
	"github.com/graphslice/graphslice/generator/internal/service"
)

// Subject is what is inspected: a package with the tree of its paths and its Go names.
type Subject struct {
	Package   *ir.Package
	Resources []*ir.Resource
	Names     *names.Table
	// Packages are those of the calls where each first segment of the paths has one, else nil.
	Packages names.Packages
}

// The kinds of types, as they are printed.
const (
	entityKind  = "entity"  // has a key
	complexKind = "complex" // has none
	borderKind  = "border"  // only the key is described
	inlineKind  = "inline"  // an object without a name: a body, or a property's value
	enumKind    = "enum"
)

// kindOf is the kind of a model.
func kindOf(m *ir.Model) string {
	switch {
	case m.Inline != nil:
		return inlineKind
	case m.Reference:
		return borderKind
	case len(m.Keys()) > 0:
		return entityKind
	}
	return complexKind
}

// item is the type itself, or that of what a collection or map holds.
func item(t *ir.Type) *ir.Type {
	if isMany(t) {
		return item(t.Elem)
	}
	return t
}

// isMany reports whether a value holds any number of others.
func isMany(t *ir.Type) bool { return t.Kind == ir.Collection || t.Kind == ir.Map }

// short is a qualified name without the main namespace, which most of a package has.
func short(name string) string { return service.Graph.Short(name) }
