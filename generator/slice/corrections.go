package slice

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/csdl"
	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/document"
)

// This file corrects what the metadata says can be done, by the notes' capabilities:
//
//	capabilities:
//	  microsoft.graph.user/messages: {expand: true, insert: true}   # a navigation property, wherever it is
//	  users: {search: true}                                         # an entity set or a singleton
//	  me/outlook/masterCategories: {delete: false}                  # a property behind a set or a type, by the path to it
//	  microsoft.graph.device: {select: true}                        # what is declared with a type
//
// true gives back what the metadata denies, false takes it away.

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

// checkCapabilities refuses names that are none.
func (n *Notes) checkCapabilities(diags *diag.List) {
	for target, corrections := range n.Capabilities {
		for name := range corrections {
			if _, ok := capabilityNames[name]; ok {
				continue
			}
			d := diag.Diagnostic{Pos: n.positions["capabilities/"+target+"/"+name], Severity: diag.Error, Code: "bad-notes",
				Message: fmt.Sprintf("%q is no capability", name)}
			d.Hint = "known are " + strings.Join(slices.Sorted(maps.Keys(capabilityNames)), ", ")
			diags.Add(d)
		}
	}
}

// correctCapabilities writes into the metadata's annotations what the notes say of capabilities. The last annotation of a term
// counts. What nothing of the metadata is called is left to the notes' unused entries.
func (c *cutter) correctCapabilities() {
	for _, target := range slices.Sorted(maps.Keys(c.notes.Capabilities)) {
		as, path := c.capabilityTarget(target)
		if as == nil {
			continue
		}
		corrections := c.notes.Capabilities[target]
		for _, name := range slices.Sorted(maps.Keys(corrections)) {
			c.notes.used["capabilities/"+target+"/"+name] = true
			for _, where := range capabilityNames[name] {
				*as = corrected(*as, path, where, where.text(corrections[name]))
			}
		}
	}
}

// capabilityTarget finds what a key of the notes is about: a set or singleton by its name, a type by its own, or a property by the
// path from one of them. The path is "" where the annotations are the target's own.
func (c *cutter) capabilityTarget(target string) (as *csdl.Annotations, path string) {
	root, path, _ := strings.Cut(target, "/")
	var t *csdl.Type
	for _, s := range slices.Concat(c.doc.EntitySets, c.doc.Singletons) {
		if s.Name == root {
			as, t = &s.Annotations, s.Type
		}
	}
	if as == nil {
		if t = c.doc.Type(c.expandType(root)); t == nil {
			return nil, ""
		}
		as = &t.Annotations
		if p := ownProperty(t, path); p != nil {
			return &p.Annotations, ""
		}
	}
	for name := range strings.SplitSeq(path, "/") {
		if path == "" {
			break
		}
		p := t.Property(name)
		if p == nil {
			return nil, ""
		}
		t = p.Type.Type
	}
	return as, path
}

// ownProperty returns the property that a type declares itself, or nil.
func ownProperty(t *csdl.Type, name string) *csdl.Property {
	if p := t.Property(name); p != nil && p.Owner == t {
		return p
	}
	return nil
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

// queryNote is one entry of an operation's query in the notes: an option that it takes beside what the metadata or the document
// says, or one that it does not take.
//
//	operations:
//	  GET /me/messages: {query: [expand, -search, {name: since, type: Edm.Date, required: true, description: From when on.}]}
type queryNote struct {
	Name, Type, Description string
	Required                bool

	without bool
	line    int
}

// queryOptionNames are OData's own options, which may be written without their $.
var queryOptionNames = []string{"top", "skip", "search", "filter", "count", "orderby", "select", "expand"}

// Decode reads the name of an option, or a mapping.
func (q *queryNote) Decode(r document.Reader, n *yaml.Node) {
	switch n.Kind {
	case yaml.ScalarNode:
		q.Name, q.without = strings.CutPrefix(n.Value, "-")
		if slices.Contains(queryOptionNames, q.Name) {
			q.Name = "$" + q.Name
		}
	case yaml.MappingNode:
		type plain queryNote
		r.Decode(n, (*plain)(q))
	}
	if q.line = n.Line; q.Name == "" || strings.ContainsAny(q.Name, " \t\n&=#?") {
		r.Wrong(n, "the name of an option, with - before it to take it away, or {name: …}")
	}
}

// correctQuery changes the parameters of an operation as the notes say.
func (c *cutter) correctQuery(o *operation, all []*Node, notes []queryNote) []*Node {
	for _, q := range notes {
		isSame := func(n *Node) bool { return c.isQuery(n, q.Name) }
		system, isSystem := strings.CutPrefix(q.Name, "$")
		isSystem = isSystem && slices.Contains(queryOptionNames, system)
		switch {
		case q.without:
			all = slices.DeleteFunc(all, isSame)
		case isSystem && q.Type == "" && q.Description == "" && !q.Required:
			if !slices.ContainsFunc(all, isSame) {
				all = append(all, ref(parameters, system))
			}
		default:
			if n := c.queryNode(o, q); n != nil {
				all = append(slices.DeleteFunc(all, isSame), n)
			}
		}
	}
	return all
}

// correctPublished changes the parameters of an operation of the OpenAPI document, which n is a copy of.
func (c *cutter) correctPublished(n *Node, o *operation, notes operationNotes) {
	if len(notes.Query) == 0 {
		return
	}
	all := c.correctQuery(o, itemsOf(n.Get(parameters)), notes.Query)
	n.remove(parameters)
	n.Set(parameters, Nodes(all))
}

// Nodes is a sequence; nil if there are no items.
func Nodes(items []*Node) *Node {
	if len(items) == 0 {
		return nil
	}
	return Seq(items...)
}

// isQuery reports whether a parameter or the component that it refers to is a query parameter of a name.
func (c *cutter) isQuery(n *Node, name string) bool {
	if component, ok := strings.CutPrefix(n.Get("$ref").Text(), componentPrefix+parameters+"/"); ok {
		n = c.component(parameters, component)
	}
	return n.Get("in").Text() == "query" && n.Get("name").Text() == name
}

// queryNode is a query parameter that the notes describe.
func (c *cutter) queryNode(o *operation, q queryNote) *Node {
	typ := csdl.TypeRef{Name: q.Type}
	if q.Type == "" {
		typ.Name = "Edm.String"
	}
	if inner, ok := strings.CutPrefix(typ.Name, "Collection("); ok {
		typ = csdl.TypeRef{Name: strings.TrimSuffix(inner, ")"), Collection: true}
	}
	if typ.Enum = c.doc.Enum(typ.Name); typ.Enum != nil {
		c.enums[typ.Enum] = true
	} else if !csdl.IsPrimitive(typ.Name) {
		pos := c.notes.positions["operations/"+o.method+" "+o.path]
		pos.Line, pos.Column = q.line, 0
		c.diags.Add(diag.Diagnostic{Pos: pos, Severity: diag.Error, Code: "bad-notes",
			Message: fmt.Sprintf("the query option %s is of the type %s, which is neither primitive nor an enumeration", q.Name, q.Type),
			Hint:    "write a type such as Edm.String, Edm.DateTimeOffset, Edm.Boolean, or Collection() around one"})
		return nil
	}
	return Map(
		Field{"name", Str(q.Name)}, Field{"in", Str("query")}, Field{"description", optional(q.Description)},
		Field{"required", present(q.Required)}, Field{"style", Str("form")}, Field{"explode", Raw("false")},
		Field{"schema", typeSchema(typ, false)})
}
