package derive

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
)

// capability is where the metadata has what the notes give a short name: a field of a record of restrictions.
type capability struct{ term, field, value string }

// capabilityNames are the names of the notes. Those without a value are true or false.
var capabilityNames = map[string][]capability{
	"read":      {{term: "ReadRestrictions", field: "Readable"}},
	"readByKey": {{term: "ReadRestrictions", field: byKeyRestrictions + "/Readable"}},
	"insert":    {{term: "InsertRestrictions", field: "Insertable"}},
	"update":    {{term: "UpdateRestrictions", field: "Updatable"}},
	"delete":    {{term: "DeleteRestrictions", field: "Deletable"}},
	"count":     {{term: "CountRestrictions", field: "Countable"}},
	"top":       {{term: "TopSupported"}},
	"skip":      {{term: "SkipSupported"}},
	"search":    {{term: "SearchRestrictions", field: "Searchable"}},
	"filter":    {{term: "FilterRestrictions", field: "Filterable"}},
	"orderby":   {{term: "SortRestrictions", field: "Sortable"}},
	"select":    {{term: "SelectSupport", field: "Supported"}, {term: "SelectRestrictions", field: "Selectable"}},
	"expand":    {{term: "ExpandRestrictions", field: "Expandable"}},
	"index":     {{term: "NavigationRestrictions", field: "IndexableByKey"}},
	"reference": {{term: "NavigationRestrictions", field: "Referenceable"}},
	"navigate":  {{term: "NavigationRestrictions", field: "Navigability", value: capabilities + "NavigationType/"}},
	"put":       {{term: "UpdateRestrictions", field: "UpdateMethod", value: capabilities + "HttpMethod/"}},
}

// text is how the metadata writes a capability that is given or taken away.
func (c capability) text(given bool) string {
	switch {
	case c.field == "Navigability" && given:
		return c.value + "Recursive"
	case c.field == "Navigability":
		return c.value + "None"
	case c.field == "UpdateMethod" && given:
		return c.value + "PUT"
	case c.field == "UpdateMethod":
		return c.value + "PATCH"
	}
	return fmt.Sprint(given)
}

// Correctable are the names of the capabilities that can be corrected, sorted.
func Correctable() []string { return slices.Sorted(maps.Keys(capabilityNames)) }

// Correct writes into annotations that a capability is given or denied: the target's own, or those of the property at a path below
// it. The last annotation of a term counts.
func Correct(as *csdl.Annotations, path, name string, given bool) {
	for _, where := range capabilityNames[name] {
		*as = corrected(*as, path, where, where.text(given))
	}
}

// corrected adds an annotation that says what the last one of its term says, but for one field; of the property at a path if
// there is one.
func corrected(as csdl.Annotations, path string, where capability, text string) csdl.Annotations {
	term, fields := where.term, strings.Split(where.field, "/")
	if where.field == "" {
		fields = nil
	}
	if path == "" {
		value, _ := as.Find(capabilities + term)
		return append(slices.Clip(as), csdl.Annotation{Term: capabilities + term, Value: value.With(text, fields...)})
	}
	record := csdl.Value{}.With(path, "NavigationProperty")
	if term != "NavigationRestrictions" {
		fields = append([]string{term}, fields...)
	}
	record = record.With(text, fields...)
	navigation, _ := as.Find(navigationRestrictions)
	restricted := navigation.Field("RestrictedProperties")
	restricted.Items = append(slices.Clip(restricted.Items), record)
	navigation = navigation.WithField("RestrictedProperties", restricted)
	return append(slices.Clip(as), csdl.Annotation{Term: navigationRestrictions, Value: navigation})
}
