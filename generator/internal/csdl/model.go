// Package csdl reads OData metadata, the XML that a service serves at $metadata (CSDL 4.0 and 4.01): types with their
// inheritance, properties and navigation properties with their targets, keys, enumerations, actions and functions, entity
// sets and singletons, and annotations. It knows nothing of OpenAPI.
package csdl

import (
	"iter"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// Document is what one or several metadata documents declare. Everything is in the order of the documents, and every
// qualified name is written with its namespace, never with an alias.
type Document struct {
	Types      []*Type
	Enums      []*Enum
	Operations []*Operation
	EntitySets []*Source
	Singletons []*Source
	Imports    []*Import

	types map[string]*Type
	enums map[string]*Enum
}

// Type returns the entity or complex type of that qualified name, or nil.
func (d *Document) Type(name string) *Type { return d.types[name] }

// Enum returns the enumeration of that qualified name, or nil.
func (d *Document) Enum(name string) *Enum { return d.enums[name] }

// Type is an entity type or a complex type.
type Type struct {
	Name     string // qualified, such as "microsoft.graph.chat"
	Entity   bool   // an entity type; otherwise a complex type
	Abstract bool
	Open     bool // values may have properties that are not declared
	Media    bool // HasStream: an entity that is a stream of bytes as well
	Base     *Type
	Derived  []*Type // direct, sorted by name
	// Key are the names of the properties that identify an entity; empty if the type inherits its key or has none.
	Key []string
	// Properties are the type's own, without those of Base.
	Properties  []*Property
	Annotations Annotations
	Pos         diag.Pos

	base string // as written
}

// ShortName is the name without its namespace.
func (t *Type) ShortName() string { return ir.ShortName(t.Name) }

// WithBases are the type and its bases, the nearest first; none of nil.
func (t *Type) WithBases() iter.Seq[*Type] {
	return func(yield func(*Type) bool) {
		for ; t != nil && yield(t); t = t.Base {
		}
	}
}

// Keys returns the type's own key or the one it inherits.
func (t *Type) Keys() []string {
	for b := range t.WithBases() {
		if len(b.Key) > 0 {
			return b.Key
		}
	}
	return nil
}

// OwnProperty returns the property of that name that the type declares itself, or nil.
func (t *Type) OwnProperty(name string) *Property {
	if i := slices.IndexFunc(t.Properties, func(p *Property) bool { return p.Name == name }); i >= 0 {
		return t.Properties[i]
	}
	return nil
}

// Property returns the property of that name, own or inherited, or nil.
func (t *Type) Property(name string) *Property {
	for b := range t.WithBases() {
		if p := b.OwnProperty(name); p != nil {
			return p
		}
	}
	return nil
}

// AllProperties returns the properties that values of the type have, those of the bases first.
func (t *Type) AllProperties() []*Property {
	if t == nil {
		return nil
	}
	return append(t.Base.AllProperties(), t.Properties...)
}

// Descendants returns every type below t, depth first, by name.
func (t *Type) Descendants() []*Type {
	var all []*Type
	for _, d := range t.Derived {
		all = append(append(all, d), d.Descendants()...)
	}
	return all
}

// Is reports whether t is of that type: the type itself or one derived from it.
func (t *Type) Is(base *Type) bool {
	for b := range t.WithBases() {
		if b == base {
			return true
		}
	}
	return false
}

// AlternateKey is another set of properties that identifies an entity.
type AlternateKey []KeyPart

// KeyPart is one property of an alternate key: its path, and the name that stands for it in a URL.
type KeyPart struct{ Property, Alias string }

// AlternateKeys returns the alternate keys of the type and of its bases.
func (t *Type) AlternateKeys() []AlternateKey {
	var keys []AlternateKey
	for b := range t.WithBases() {
		keys = append(keys, b.Annotations.AlternateKeys()...)
	}
	return keys
}

// AlternateKeys returns the alternate keys that a type, a set or a navigation property is said to have.
func (as Annotations) AlternateKeys() []AlternateKey {
	var keys []AlternateKey
	value, _ := as.Find("Org.OData.Core.V1.AlternateKeys")
	for _, record := range value.Items {
		var key AlternateKey
		for _, part := range record.Field("Key").Items {
			name, alias := part.Field("Name").Text, part.Field("Alias").Text
			if alias == "" {
				alias = name
			}
			key = append(key, KeyPart{name, alias})
		}
		if len(key) > 0 {
			keys = append(keys, key)
		}
	}
	return keys
}

// Property is a structural property or a navigation property.
type Property struct {
	Name     string
	Type     TypeRef
	Nullable bool // of a collection: whether its items may be null
	// Navigation is set for navigation properties.
	Navigation bool
	// Contained: the target lives below this entity and nowhere else (ContainsTarget).
	Contained   bool
	Owner       *Type // the type that declares it
	Annotations Annotations
	Pos         diag.Pos
}

// Path is how annotations and messages name a property: the declaring type and the name, "microsoft.graph.chat/members".
func (p *Property) Path() string { return p.Owner.Name + "/" + p.Name }

// TypeRef is the type of a property, a parameter or an answer.
type TypeRef struct {
	// Name is the qualified name, such as "Edm.String"; of a collection that of its items.
	Name       string
	Collection bool
	// Type or Enum is what Name means; both are nil for a primitive type.
	Type *Type
	Enum *Enum
}

// IsOne reports whether values are one of a primitive type of OData, and no collection.
func (r TypeRef) IsOne(kind ir.Kind) bool { return !r.Collection && r.Name == kind.Edm() }

// String is the reference as metadata writes it, such as "Collection(microsoft.graph.chat)".
func (r TypeRef) String() string {
	if r.Collection {
		return "Collection(" + r.Name + ")"
	}
	return r.Name
}

// Enum is an enumeration type.
type Enum struct {
	Name        string // qualified
	Flags       bool
	Members     []*Member
	Annotations Annotations
	Pos         diag.Pos
}

// ShortName is the name without its namespace.
func (e *Enum) ShortName() string { return ir.ShortName(e.Name) }

// Member is one value of an enumeration.
type Member struct {
	Name        string
	Annotations Annotations
	Pos         diag.Pos
}

// Operation is one overload of an action or a function.
type Operation struct {
	Name     string // qualified
	Function bool   // called with GET; otherwise an action, called with POST
	Bound    bool   // the first of Parameters is what it is called on
	// Composable: paths go on from what a function answers.
	Composable bool
	// Parameters are all, with the binding parameter first.
	Parameters []*Parameter
	// Return is nil if it answers nothing.
	Return         *TypeRef
	ReturnNullable bool
	// ReturnAnnotations are about the answer.
	ReturnAnnotations Annotations
	Annotations       Annotations
	Pos               diag.Pos
}

// ShortName is the name without its namespace.
func (o *Operation) ShortName() string { return ir.ShortName(o.Name) }

// Arguments are the parameters that a caller gives: all but the binding parameter.
func (o *Operation) Arguments() []*Parameter {
	if o.Bound && len(o.Parameters) > 0 {
		return o.Parameters[1:]
	}
	return o.Parameters
}

// Signature names an overload, as the targets of annotations do: the name, and the types of all parameters.
func (o *Operation) Signature() string {
	types := make([]string, len(o.Parameters))
	for i, p := range o.Parameters {
		types[i] = p.Type.String()
	}
	return o.Name + "(" + strings.Join(types, ",") + ")"
}

// Parameter is a parameter of an action or a function.
type Parameter struct {
	Name        string
	Type        TypeRef
	Nullable    bool
	Annotations Annotations
	Pos         diag.Pos
}

// Optional reports whether a call may leave the parameter out.
func (p *Parameter) Optional() bool {
	_, ok := p.Annotations.Find("Org.OData.Core.V1.OptionalParameter")
	return ok
}

// Source is an entity set or a singleton: what a path below the service root begins with.
type Source struct {
	Name        string
	Type        *Type
	Singleton   bool
	Bindings    []Binding
	Annotations Annotations
	Pos         diag.Pos

	typeName  string
	container string
}

// Import is an action or a function that is bound to nothing, as it stands below the service root.
type Import struct {
	Name string
	// Operations are the forms of the function, or the action.
	Operations  []*Operation
	Annotations Annotations
	Pos         diag.Pos

	operation, container string
}

// Binding says which entity set a navigation property's targets are in (NavigationPropertyBinding). Path may go through
// other properties and casts; Target may be a path below a singleton.
type Binding struct {
	Path, Target string
	Pos          diag.Pos
}

// Annotations are what is said about an element in terms of some vocabulary.
type Annotations []Annotation

// Annotation is one of them. Term is qualified, such as "Org.OData.Core.V1.Description".
type Annotation struct {
	Term  string
	Value Value
}

// Find returns the value of a term. Where it is given more than once, the last counts: what documents say more than once has been
// joined before.
func (as Annotations) Find(term string) (Value, bool) {
	for _, a := range slices.Backward(as) {
		if a.Term == term {
			return a.Value, true
		}
	}
	return Value{}, false
}

// Has reports whether the term is given.
func (as Annotations) Has(term string) bool {
	_, ok := as.Find(term)
	return ok
}

// Text returns the value of a term that is a string, or "".
func (as Annotations) Text(term string) string {
	value, _ := as.Find(term)
	return value.Text
}

// Value is what an annotation says: a text (strings, numbers, paths, dates, and enumeration members as their qualified name),
// a collection, or a record.
type Value struct {
	Text   string
	Items  []Value
	Fields []Field
}

// Field is a property of a record.
type Field struct {
	Name  string
	Value Value
}

// Field returns the property of that name, or the zero Value.
func (v Value) Field(name string) Value {
	for _, f := range v.Fields {
		if f.Name == name {
			return f.Value
		}
	}
	return Value{}
}

// WithField returns the value with a property in place of that of the same name.
func (v Value) WithField(name string, value Value) Value {
	fields := slices.DeleteFunc(slices.Clone(v.Fields), func(f Field) bool { return f.Name == name })
	v.Fields = append(fields, Field{name, value})
	return v
}

// With returns the value with a text in place of what is at a path of properties; in place of the value itself without one.
func (v Value) With(text string, path ...string) Value {
	if len(path) == 0 {
		return Value{Text: text}
	}
	return v.WithField(path[0], v.Field(path[0]).With(text, path[1:]...))
}
