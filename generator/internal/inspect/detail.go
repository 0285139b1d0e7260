package inspect

import (
	"slices"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// OperationDetail is all that there is to say of an operation.
type OperationDetail struct {
	Operation
	Doc ir.Doc
	// Takes are the keys of the path, its arguments and the options of the query.
	Takes []Parameter
	// Sends and Answers are nil if there is no body.
	Sends, Answers *TypeRef
	Statuses       []string
}

// Parameter is what an operation takes beside a body.
type Parameter struct {
	Name, In, Description string
	Type                  TypeRef
	Required              bool
}

// TypeRef is a type in the words of OData. Name is that of the type or enum that it is of or holds, for Subject.Type; "" for others.
type TypeRef struct{ Text, Name string }

// TypeDetail is all that there is to say of a type or an enum.
type TypeDetail struct {
	Type
	Doc     ir.Doc
	Base    *TypeRef
	Derived []TypeRef
	// Properties are the type's own; Members are those of an enum.
	Properties []PropertyDetail
	Members    []ValueDetail
}

// PropertyDetail is a property. Marks are words such as key, read-only and navigation.
type PropertyDetail struct {
	Name  string
	Type  TypeRef
	Doc   ir.Doc
	Marks []string
}

// ValueDetail is a member of an enum.
type ValueDetail struct {
	Name string
	Doc  ir.Doc
}

// Detail says all that there is to say of an operation, and whether the package has it.
func (s Subject) Detail(method, path string) (OperationDetail, bool) {
	list := s.List()
	i := slices.IndexFunc(list.Operations, func(o Operation) bool { return o.Method == method && o.Path == path })
	if i < 0 {
		return OperationDetail{}, false
	}
	d := OperationDetail{Operation: list.Operations[i]}
	for _, op := range s.Package.Operations {
		if op.Method == method && op.Path == path {
			s.detail(&d, op)
		}
	}
	return d, true
}

// detail fills in what the listing has not.
func (s Subject) detail(d *OperationDetail, op *ir.Operation) {
	d.Doc, d.Statuses = op.Doc, op.Statuses
	for _, segment := range op.Segments {
		for _, arg := range slices.Concat(segment.Keys, segment.Args) {
			d.Takes = append(d.Takes, Parameter{Name: arg.Param, In: "path", Type: s.ref(arg.Type), Required: true})
		}
		if segment.Kind == ir.Key && len(segment.Keys) == 0 {
			d.Takes = append(d.Takes, Parameter{Name: segment.Name, In: "path", Type: TypeRef{Text: "key"}, Required: true})
		}
	}
	for _, p := range op.Query {
		d.Takes = append(d.Takes, Parameter{p.Name, "query", p.Doc.Description, s.ref(p.Type), p.Required})
	}
	for _, name := range op.Headers {
		d.Takes = append(d.Takes, Parameter{Name: name, In: "header", Type: TypeRef{Text: "text"}, Required: true})
	}
	d.Sends, d.Answers = s.bodyRef(op.Request), s.bodyRef(op.Response)
}

func (s Subject) bodyRef(b *ir.Body) *TypeRef {
	if b == nil {
		return nil
	}
	ref := s.ref(b.Type)
	return &ref
}

// ref is a type with the name by which more is to be had.
func (s Subject) ref(t *ir.Type) TypeRef {
	if t == nil {
		return TypeRef{}
	}
	r := TypeRef{Text: shortType(s.Names.TypeName(t))}
	switch of := item(t); of.Kind {
	case ir.ModelKind:
		r.Name = s.Names.ModelName(of.Model)
	case ir.EnumKind:
		r.Name = s.Names.EnumName(of.Enum)
	}
	return r
}

// Type says all that there is to say of a type or an enum, by any of its names, and whether the package has it.
func (s Subject) Type(name string) (TypeDetail, bool) {
	target, err := s.find(name)
	if err != nil {
		return TypeDetail{}, false
	}
	if e, ok := target.(*ir.Enum); ok {
		d := TypeDetail{Type: Type{Name: s.Names.EnumName(e), Go: s.Names.Enum(e).String(), Kind: enumKind, Values: len(e.Members)}, Doc: e.Doc}
		for _, m := range e.Members {
			d.Members = append(d.Members, ValueDetail{m.Name, m.Doc})
		}
		return d, true
	}
	m := target.(*ir.Model)
	d := TypeDetail{Type: s.listModel(m), Doc: m.Doc}
	if m.Base != nil {
		d.Base = &TypeRef{short(s.Names.ModelName(m.Base)), s.Names.ModelName(m.Base)}
	}
	for _, derived := range m.Derived {
		d.Derived = append(d.Derived, TypeRef{short(s.Names.ModelName(derived)), s.Names.ModelName(derived)})
	}
	for _, p := range m.Properties {
		d.Properties = append(d.Properties, PropertyDetail{p.Name, s.ref(p.Type), p.Doc, marks(p)})
	}
	return d, true
}

// marks are words about a property.
func marks(p *ir.Property) []string {
	var words []string
	for _, mark := range []struct {
		is   bool
		word string
	}{
		{p.Key, "key"}, {p.Required, "required"}, {p.ReadOnly, "read-only"}, {p.Navigation != nil, "navigation"},
		{p.Navigation != nil && p.Navigation.Contained, "contained"}, {p.Doc.Deprecated != "", "deprecated"},
	} {
		if mark.is {
			words = append(words, mark.word)
		}
	}
	return words
}
