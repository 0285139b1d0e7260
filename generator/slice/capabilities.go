package slice

import (
	"slices"

	"github.com/graphslice/graphslice/generator/csdl"
)

// This file reads capabilities: what the metadata says can be done at a place.

// restrictions are the annotations that may restrict what can be done at a place: those of the property or set, of the type and
// of its bases.
func (p place) restrictions() []csdl.Annotations {
	about := slices.Clone(p.about)
	for t := p.typ; t != nil; t = t.Base {
		about = append(about, t.Annotations)
	}
	return about
}

// restriction returns a property of a restrictions record, such as Insertable of InsertRestrictions, where it is said first.
func restriction(about []csdl.Annotations, term, property string) string {
	for _, as := range about {
		value, ok := as.Find("Org.OData.Capabilities.V1." + term)
		if property != "" {
			value = value.Field(property)
		}
		if ok && value.Text != "" {
			return value.Text
		}
	}
	return ""
}

func (p place) allows(term, property string) bool {
	return restriction(p.restrictions(), term, property) != "false"
}

// queryOptions are the components of the system query options that the capabilities allow.
func (o *operation) queryOptions() []string {
	var names []string
	add := func(name, term, property string) {
		if restriction(o.about, term, property) != "false" {
			names = append(names, name)
		}
	}
	isList := o.kind == listKind || o.kind == listRefKind || o.kind == functionKind && o.answersCollection()
	if isList {
		add("top", "TopSupported", "")
		add("skip", "SkipSupported", "")
	}
	if isList || o.kind == countKind {
		add("search", "SearchRestrictions", "Searchable")
		add("filter", "FilterRestrictions", "Filterable")
	}
	if isList {
		add("count", "CountRestrictions", "Countable")
		add("orderby", "SortRestrictions", "Sortable")
	}
	hasProperties := o.kind == listKind || o.kind == getKind || isList && o.call != nil && o.call.Return.Type != nil
	if hasProperties {
		add("select", "SelectSupport", "Supported")
		add("expand", "ExpandRestrictions", "Expandable")
	}
	switch o.kind {
	case updateKind, deleteKind, removeRefKind:
		names = append(names, ifMatch)
	}
	return names
}

// customOptions are the query parameters that only this path has, such as the bounds of a calendar view.
func (c *cutter) customOptions(o *operation) []*Node {
	var nodes []*Node
	for _, as := range o.about {
		restrictions, _ := as.Find("Org.OData.Capabilities.V1.ReadRestrictions")
		for _, option := range restrictions.Field("CustomQueryOptions").Items {
			nodes = append(nodes, Map(
				Field{"name", Str(option.Field("Name").Text)}, Field{"in", Str("query")},
				Field{"description", optional(c.notes.own(option.Field("Description").Text))},
				Field{"required", present(option.Field("Required").Text == "true")},
				Field{"schema", stringSchema()}))
		}
	}
	return nodes
}
