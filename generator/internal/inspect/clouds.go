package inspect

import (
	"slices"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// Missing is something that some clouds lack.
type Missing struct {
	// Kind is operation, type, property, enum or member; Element is the operation, or the name: of a property type/property.
	Kind    string   `json:"kind"`
	Element string   `json:"element"`
	NotIn   []string `json:"notIn"`
}

// missing lists what is not in all clouds: operations, then types with their properties, then enums with their members.
func (s Subject) missing() []Missing {
	all := []Missing{}
	add := func(kind, element string, d ir.Doc) {
		if len(d.NotIn) > 0 {
			all = append(all, Missing{kind, element, texts(d.NotIn)})
		}
	}
	for _, op := range s.Package.Operations {
		add("operation", op.Key(), op.Doc)
	}
	for _, m := range s.Package.Models {
		add("type", s.Names.ModelName(m), m.Doc)
		for _, p := range m.Properties {
			add("property", s.Names.ModelName(m)+"/"+p.Name, p.Doc)
		}
	}
	for _, e := range s.Package.Enums {
		add("enum", s.Names.EnumName(e), e.Doc)
		for _, v := range e.Members {
			add("member", s.Names.EnumName(e)+"/"+v.Name, v.Doc)
		}
	}
	return all
}

// In returns what a cloud has of the listing. Types count the properties and values that are there.
func (l Listing) In(cloud string) Listing {
	lacks := func(notIn []string) bool { return slices.Contains(notIn, cloud) }
	gone := map[string]int{} // properties and members, by type
	types := map[string]bool{}
	for _, m := range l.Missing {
		if !lacks(m.NotIn) {
			continue
		}
		switch m.Kind {
		case "property", "member":
			gone[before(m.Element)]++
			types[m.Element] = true
		case "type", "enum":
			types[m.Element] = true
		}
	}
	l.Operations = slices.DeleteFunc(l.Operations, func(o Operation) bool { return lacks(o.NotIn) })
	l.Types = slices.DeleteFunc(l.Types, func(t Type) bool { return lacks(t.NotIn) })
	for i, t := range l.Types {
		if t.Kind == enumKind {
			l.Types[i].Values -= gone[t.Name]
		} else {
			l.Types[i].Properties -= gone[t.Name]
		}
	}
	l.Binds = slices.DeleteFunc(l.Binds, func(b Bind) bool { return types[b.Type] || types[b.Type+"/"+b.Property] })
	l.Missing = []Missing{}
	return l
}

// before is the type in type/property.
func before(element string) string {
	i := len(element) - 1
	for i >= 0 && element[i] != '/' {
		i--
	}
	return element[:max(i, 0)]
}
