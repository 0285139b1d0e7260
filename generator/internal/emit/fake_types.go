package emit

import (
	"strings"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
)

// typeTables makes
//
//	// types are the structured types of the slice.
//	var types = []structuredType{
//		…
//	}
//
//	// enums are the enumerations of the slice.
//	var enums = []enumType{
//		{name: "….ticketPriority", members: []string{…}},
//	}
//
//	// bases are the types that others are derived from, as far as calls send them or the store has them.
//	var bases = []base{
//		derived[graph.AnyAnimal, graph.Animal](graph.As[graph.AnyAnimal]),
//	}
func (f *faker) typeTables(roots []*ir.Resource) []jen.Code {
	var rows, enums []jen.Code
	for _, m := range f.pkg.Models {
		rows = append(rows, f.typeRow(m).inLines())
	}
	for _, e := range f.pkg.Enums {
		enums = append(enums, f.enumRow(e))
	}
	return []jen.Code{
		comment("types are the structured types of the slice.").Line().Add(table(names.Types, "structuredType", rows)),
		comment("enums are the enumerations of the slice.").Line().Add(table(names.Enums, "enumType", enums)),
		comment("bases are the types that others are derived from, as far as calls send them or the store has them.").Line().
			Add(table(names.Bases, "base", f.baseRows(roots))),
	}
}

// baseRows makes, for each type that handlers or seeds have as an interface,
//
//	derived[graph.AnyAnimal, graph.Animal](graph.As[graph.AnyAnimal])
func (f *faker) baseRows(roots []*ir.Resource) []jen.Code {
	used := map[*ir.Model]bool{}
	var walk func(r *ir.Resource)
	walk = func(r *ir.Resource) {
		m, _ := f.entityAt(r)
		used[m] = true
		for _, op := range r.Operations {
			if op.Request != nil {
				used[op.Request.Type.Model] = true
			}
		}
		for _, c := range r.Children {
			walk(c)
		}
	}
	for _, r := range roots {
		walk(r)
	}
	var rows []jen.Code
	for _, m := range f.pkg.Models {
		if used[m] && isInterface(m) {
			own := f.qualified(id(f.names.Model(m)))
			rows = append(rows, jen.Id("derived").Index(jen.List(f.one(m), own)).Call(f.qualified(jen.Id("As")).Index(f.one(m))))
		}
	}
	return rows
}

// typeRow makes
//
//	{
//		name: "….site",
//		base: "….directoryObject",
//		set:  "sites",
//		properties: []property{
//			{"name", "Edm.String", nullable, 0},
//			{"notes", "Collection(….note)", navigation | contained, 0},
//		},
//	}
func (f *faker) typeRow(m *ir.Model) pairs {
	name, goName := f.names.ModelName(m), f.names.Model(m).String()
	row := pairs{{"name", jen.Lit(name)}}
	if !strings.EqualFold(name[strings.LastIndexByte(name, '.')+1:], goName) {
		row = append(row, pair{"goName", jen.Lit(goName)})
	}
	if m.Base != nil {
		row = append(row, pair{"base", jen.Lit(f.names.ModelName(m.Base))})
	}
	if m.EntitySet != "" {
		row = append(row, pair{"set", jen.Lit(m.EntitySet)})
	}
	row = append(row, flagsOf(
		flag{"abstract", m.Abstract},
		flag{"open", m.Open || m.Partial},
		flag{"border", m.Reference},
		flag{"parameters", m.Inline != nil && m.Inline.Role == ir.RequestBody},
	)...)
	if m.Upload != nil {
		row = append(row, pair{"ranges", jen.Lit(m.Upload.Ranges)})
	}
	if len(m.Properties) == 0 {
		return row
	}
	var properties []jen.Code
	for _, p := range m.Properties {
		properties = append(properties, jen.Line().Add(f.propertyRow(p)))
	}
	row = append(row, pair{"properties", jen.Index().Id("property").Values(append(properties, jen.Line())...)})
	return append(row, boundElsewhere(m)...)
}

// boundElsewhere makes a field of the properties that are bound into a set of their own, none if there are none:
//
//	binds: map[string]string{"template": "groupTemplates"}
func boundElsewhere(m *ir.Model) pairs {
	var sets []jen.Code
	for _, p := range m.Properties {
		if set := p.Binds(); set != "" && set != p.Target().EntitySet {
			sets = append(sets, jen.Lit(p.Name).Op(":").Lit(set))
		}
	}
	if len(sets) == 0 {
		return nil
	}
	return pairs{{"binds", jen.Map(jen.String()).String().Values(sets...)}}
}

// propertyRow makes
//
//	{"name", "Edm.String", nullable, 0}
func (f *faker) propertyRow(p *ir.Property) jen.Code {
	set := together(
		flag{"key", p.Key},
		flag{"nullable", p.Type.Nullable},
		flag{"readOnly", p.ReadOnly},
		flag{"required", p.Required},
		flag{"navigation", p.Navigation != nil},
		flag{"contained", p.Navigation != nil && p.Navigation.Contained},
	)
	if set == nil {
		set = jen.Lit(0)
	}
	return jen.Values(jen.Lit(p.Name), jen.Lit(f.names.TypeName(p.Type)), set, jen.Lit(p.MaxItems))
}

// enumRow makes
//
//	{name: "….ticketPriority", members: []string{"low", "high", "unknownFutureValue", "urgent", "24x7"}}
func (f *faker) enumRow(e *ir.Enum) jen.Code {
	row := pairs{{"name", jen.Lit(f.names.EnumName(e))}}
	if e.Flags {
		row = append(row, pair{"flags", jen.True()})
	}
	if isInteger(e) {
		row = append(row, pair{"integer", jen.True()})
	}
	var members []string
	for _, m := range e.Members {
		members = append(members, m.Name)
	}
	return append(row, texts("members", members)...).inLine()
}
