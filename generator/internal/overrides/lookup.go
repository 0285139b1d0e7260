package overrides

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// model returns the type of this name; nil if there is none. Objects without a name are called by their ID.
func (a *applier) model(name string) *ir.Model {
	i := slices.IndexFunc(a.pkg.Models, func(m *ir.Model) bool { return name != "" && m.ID() == name })
	if i < 0 {
		return nil
	}
	return a.pkg.Models[i]
}

func (a *applier) enum(name string) *ir.Enum {
	i := slices.IndexFunc(a.pkg.Enums, func(e *ir.Enum) bool { return name != "" && e.ID() == name })
	if i < 0 {
		return nil
	}
	return a.pkg.Enums[i]
}

// property returns the property of an ID, which is the type's own; nil if there is none.
func (a *applier) property(id string) *ir.Property {
	for _, m := range a.pkg.Models {
		if name, ok := strings.CutPrefix(id, m.ID()+"/"); ok {
			if p := m.OwnProperty(name); p != nil {
				return p
			}
		}
	}
	return nil
}

// enumOrMember returns the enum that name, its ID, is of, or whose member it is of. The ID of an enum without a name has slashes
// in it, too.
func (a *applier) enumOrMember(name string) (enum *ir.Enum, member string, isMember bool) {
	for _, e := range a.pkg.Enums {
		if e.ID() == name {
			return e, "", false
		}
		if rest, ok := strings.CutPrefix(name, e.ID()+"/"); ok && (enum == nil || len(rest) < len(member)) {
			enum, member, isMember = e, rest, true
		}
	}
	return enum, member, isMember
}

func (a *applier) operation(name string) *ir.Operation {
	i := slices.IndexFunc(a.pkg.Operations, func(op *ir.Operation) bool { return operationName(op) == name })
	if i < 0 {
		return nil
	}
	return a.pkg.Operations[i]
}

func operationName(op *ir.Operation) string { return op.Method + " " + op.Path }

// The names that an unmatched override may have meant.

func (a *applier) modelNames() []string {
	var names []string
	for _, m := range a.pkg.Models {
		if m.Name != "" {
			names = append(names, m.Name)
		}
	}
	return names
}

func (a *applier) enumNames() []string {
	var names []string
	for _, e := range a.pkg.Enums {
		names = append(names, e.ID())
	}
	return names
}

func memberNames(e *ir.Enum) []string {
	var names []string
	for i := range e.Members {
		names = append(names, e.MemberID(i))
	}
	return names
}

// propertyNames are those of m and its bases, or of all types if there is no m.
func (a *applier) propertyNames(m *ir.Model) []string {
	models := a.pkg.Models
	if m != nil {
		models = slices.Collect(m.WithBases())
	}
	var names []string
	for _, m := range models {
		for _, p := range m.Properties {
			if m.Name != "" {
				names = append(names, m.Name+"/"+p.Name)
			}
		}
	}
	return names
}

func (a *applier) paths() []string {
	var paths []string
	for _, op := range a.pkg.Operations {
		paths = append(paths, op.Path)
	}
	return slices.Compact(paths)
}

func (a *applier) operationNames() []string {
	var names []string
	for _, op := range a.pkg.Operations {
		names = append(names, operationName(op))
	}
	return names
}

// parameterNames are those of op, or of all operations if there is none.
func (a *applier) parameterNames(op *ir.Operation) []string {
	operations := a.pkg.Operations
	if op != nil {
		operations = []*ir.Operation{op}
	}
	var names []string
	for _, op := range operations {
		for _, p := range op.Query {
			names = append(names, operationName(op)+"?"+p.Name)
		}
	}
	return names
}

// unknownType is the error of a name that is no type; near are names like it.
type unknownType struct {
	name string
	near []string
}

func (e *unknownType) Error() string { return fmt.Sprintf("%q is not a type of this package", e.name) }

// typeHint says what the name of a type may have meant.
func typeHint(err error) string {
	const form = "write Edm.String, a qualified name, or Collection() or Map() around one"
	if unknown, ok := err.(*unknownType); ok && len(unknown.near) > 0 {
		return form + "; the nearest names are " + strings.Join(unknown.near, ", ")
	}
	return form
}

// parseType reads Edm.X, a qualified name, or Collection() or Map() of one.
func (a *applier) parseType(text string) (*ir.Type, error) {
	if inner, ok := strings.CutPrefix(text, "Collection("); ok && strings.HasSuffix(inner, ")") {
		elem, err := a.parseType(strings.TrimSuffix(inner, ")"))
		if err != nil {
			return nil, err
		}
		if elem.Kind == ir.Collection {
			return nil, fmt.Errorf("%q: a collection cannot hold collections", text)
		}
		return &ir.Type{Kind: ir.Collection, Elem: elem}, nil
	}
	if inner, ok := strings.CutPrefix(text, "Map("); ok && strings.HasSuffix(inner, ")") {
		elem, err := a.parseType(strings.TrimSuffix(inner, ")"))
		return &ir.Type{Kind: ir.Map, Elem: elem}, err
	}
	if kind, ok := ir.KindOfEdm(text); ok {
		if kind == ir.Stream { // a value of it in JSON
			kind = ir.Binary
		}
		return &ir.Type{Kind: kind}, nil
	}
	if m := a.model(text); m != nil {
		return &ir.Type{Kind: ir.ModelKind, Model: m}, nil
	}
	if e := a.enum(text); e != nil {
		return &ir.Type{Kind: ir.EnumKind, Enum: e}, nil
	}
	known := slices.Concat(a.modelNames(), a.enumNames(), ir.EdmNames())
	slices.Sort(known)
	return nil, &unknownType{text, diag.Nearest(text, known, 3)}
}
