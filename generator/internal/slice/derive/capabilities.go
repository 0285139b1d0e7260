package derive

import (
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
)

// This file reads capabilities: what the metadata says can be done at a place. What is not denied is allowed, as OData has it.

const (
	capabilities           = "Org.OData.Capabilities.V1."
	navigationRestrictions = capabilities + "NavigationRestrictions"
)

// restrictions are the annotations that may restrict what can be done at a place, the most specific first: what the sets and
// types on the way say of the path from them to here; what the property or set itself says; what the very type says.
//
// What a base type says is not among them. The vocabulary puts capabilities at sets, singletons and navigation properties, and
// metadata that puts them at a type means the values that are declared with it: a directory object as such cannot be selected
// from, a user can, who is one.
func (p place) restrictions() []csdl.Annotations {
	about := slices.Concat(p.restricted, p.about)
	if p.typ != nil {
		about = append(about, p.typ.Annotations)
	}
	return about
}

// container is a set, singleton, type or property on the way to a place, and the path from there to the place.
type container struct {
	annotations csdl.Annotations
	path        string
}

// enter notes at next, where the property n of p leads, what has been said of it on the way: NavigationRestrictions hold
// RestrictedProperties, each with the restrictions of one navigation property, which is named by the path to it, and other
// restrictions list the navigation properties that something cannot be done with. It reports whether the way is open.
func (p place) enter(next *place, n *csdl.Property) bool {
	from := slices.Clone(p.containers)
	if len(p.way) == 0 {
		from = append(from, container{annotations: p.about[0]})
	}
	from = append(from, container{annotations: p.typ.Annotations})
	if n.Owner != p.typ {
		from = append(from, container{annotations: n.Owner.Annotations})
	}
	from = slices.DeleteFunc(from, func(c container) bool { return !restrictsWays(c.annotations) })
	next.restricted = nil
	for i := range from {
		from[i].path = strings.TrimPrefix(from[i].path+"/"+n.Name, "/")
		next.restricted = append(next.restricted, restrictedProperty(from[i].annotations, from[i].path)...)
		if as := listedProperty(from[i].annotations, from[i].path); as != nil {
			next.restricted = append(next.restricted, as)
		}
	}
	if n.Annotations.Has(navigationRestrictions) { // a property's own annotation names the property again, or nothing
		next.restricted = append(next.restricted, restrictedProperty(n.Annotations, n.Name)...)
		next.restricted = append(next.restricted, restrictedProperty(n.Annotations, "")...)
		from = append(from, container{annotations: n.Annotations})
	}
	next.containers = from
	return !strings.HasSuffix(restriction(slices.Concat(next.restricted, next.about), "NavigationRestrictions", "Navigability"), "/None")
}

// restrictedProperty returns what NavigationRestrictions say of the navigation property at a path, as if it were said at the
// property itself; the last record first.
func restrictedProperty(as csdl.Annotations, path string) []csdl.Annotations {
	var found []csdl.Annotations
	value, _ := as.Find(navigationRestrictions)
	for _, record := range slices.Backward(value.Field("RestrictedProperties").Items) {
		if record.Field("NavigationProperty").Text != path {
			continue
		}
		said := csdl.Annotations{{Term: navigationRestrictions, Value: record}}
		for _, f := range record.Fields {
			said = append(said, csdl.Annotation{Term: capabilities + f.Name, Value: f.Value})
		}
		found = append(found, said)
	}
	return found
}

// propertyLists are the lists of navigation properties that something cannot be done with, and what it is.
var propertyLists = []struct{ term, list, property string }{
	{"InsertRestrictions", "NonInsertableNavigationProperties", "Insertable"},
	{"UpdateRestrictions", "NonUpdatableNavigationProperties", "Updatable"},
	{"DeleteRestrictions", "NonDeletableNavigationProperties", "Deletable"},
	{"CountRestrictions", "NonCountableNavigationProperties", "Countable"},
}

// listedProperty returns what lists say of the navigation property at a path, as if it were said at the property itself.
func listedProperty(as csdl.Annotations, path string) csdl.Annotations {
	var said csdl.Annotations
	for _, l := range propertyLists {
		value, _ := as.Find(capabilities + l.term)
		if slices.ContainsFunc(value.Field(l.list).Items, func(v csdl.Value) bool { return v.Text == path }) {
			said = append(said, csdl.Annotation{Term: capabilities + l.term, Value: csdl.Value{}.With("false", l.property)})
		}
	}
	return said
}

// restrictsWays reports whether annotations may say something of what lies behind the element that they are about.
func restrictsWays(as csdl.Annotations) bool {
	return as.Has(navigationRestrictions) || slices.ContainsFunc(as, func(a csdl.Annotation) bool {
		return slices.ContainsFunc(propertyLists, func(l struct{ term, list, property string }) bool {
			return a.Term == capabilities+l.term && len(a.Value.Field(l.list).Items) > 0
		})
	})
}

// restriction returns a property of a restrictions record, such as Insertable of InsertRestrictions, where it is said first.
func restriction(about []csdl.Annotations, term, property string) string {
	return restrictionValue(about, term, property).Text
}

// restrictionValue is restriction for what is no text. Without a property it is the value of the term itself.
func restrictionValue(about []csdl.Annotations, term, property string) csdl.Value {
	for _, as := range about {
		value, ok := as.Find(capabilities + term)
		if property != "" {
			value = value.Field(property)
		}
		if ok && (value.Text != "" || len(value.Items)+len(value.Fields) > 0) {
			return value
		}
	}
	return csdl.Value{}
}

// allows reports whether a capability is not denied, such as Insertable of InsertRestrictions.
func (p place) allows(term, property string) bool {
	about := p.restrictions()
	if term == "ReadRestrictions" && p.isByKey() {
		if byKey := restrictionValue(about, term, byKeyRestrictions).Field(property); byKey.Text != "" {
			return byKey.Text != "false"
		}
	}
	return restriction(about, term, property) != "false"
}

// byKeyRestrictions are those of ReadRestrictions that hold for one entity that is selected from a collection.
const byKeyRestrictions = "ReadByKeyRestrictions"

// isByKey reports whether a place is one entity that a key selects from a collection.
func (p place) isByKey() bool { return endsWithKey(p.path) }

// deniesOnlyKeys reports whether a collection can be read but not one of its entities by its key. Graph's metadata says so of the
// items of calendar views, which the service reads all the same: a pattern that writes out the path gets the operation.
func (p place) deniesOnlyKeys() bool {
	return p.isByKey() && restriction(p.restrictions(), "ReadRestrictions", "Readable") != "false"
}

// endsWithKey reports whether the last segment of a path holds a key: {chat-id}, applications(appId='{appId}').
func endsWithKey(path string) bool {
	last := path[strings.LastIndexByte(path, '/')+1:]
	name, _, inParentheses := strings.Cut(last, "(")
	return strings.HasPrefix(last, "{") || inParentheses && !strings.Contains(name, ".") // a name with a dot is a function's
}

// alternateKeys are those that the set or property says its entities have, and those of their type.
func (p place) alternateKeys() []csdl.AlternateKey {
	var keys []csdl.AlternateKey
	for _, as := range p.about {
		keys = append(keys, as.AlternateKeys()...)
	}
	return append(keys, p.typ.AlternateKeys()...)
}

// Binds reports whether an operation that is bound to the type of a place or to a base of it can be called there. One that requires
// an explicit binding has to be named by the set or property, by the type or by a base of it.
func (p place) binds(o *csdl.Operation) bool {
	value, marked := o.Annotations.Find("Org.OData.Core.V1.RequiresExplicitBinding")
	if isFree := !marked || value.Text == "false"; isFree {
		return true
	}
	about := slices.Clone(p.about)
	for t := range p.typ.WithBases() {
		about = append(about, t.Annotations)
	}
	return slices.ContainsFunc(about, func(as csdl.Annotations) bool { return namesOperation(as, o) })
}

// namesOperation reports whether annotations name an operation as one of the element's own: by its name, or by name and types of
// the parameters if one overload is meant.
func namesOperation(as csdl.Annotations, o *csdl.Operation) bool {
	value, _ := as.Find("Org.OData.Core.V1.ExplicitOperationBindings")
	return slices.ContainsFunc(value.Items, func(v csdl.Value) bool { return v.Text == o.Name || v.Text == o.Signature() })
}

// QueryOptions are the components of the system query options that the capabilities allow, and If-Match.
func (o *Operation) QueryOptions() []string {
	var names []string
	add := func(name, term, property string) {
		if restriction(o.about, term, property) != "false" {
			names = append(names, name)
		}
	}
	isList := o.Kind == List || o.Kind == ListRef || o.Kind == Function && o.answersCollection()
	if isList {
		add("top", "TopSupported", "")
		add("skip", "SkipSupported", "")
	}
	if isList || o.Kind == Count {
		add("search", "SearchRestrictions", "Searchable")
		add("filter", "FilterRestrictions", "Filterable")
	}
	if isList {
		add("count", "CountRestrictions", "Countable")
		add("orderby", "SortRestrictions", "Sortable")
	}
	hasProperties := o.Kind == List || o.Kind == Get || isList && o.Call != nil && o.Call.Return.Type != nil
	if hasProperties && restriction(o.about, "SelectRestrictions", "Selectable") != "false" {
		add("select", "SelectSupport", "Supported")
	}
	if hasProperties {
		add("expand", "ExpandRestrictions", "Expandable")
	}
	switch o.Kind {
	case Update, Delete, RemoveRef:
		names = append(names, IfMatch)
	}
	return names
}

// IfMatch is the component of the header If-Match among those of query options.
const IfMatch = "ifMatch"
