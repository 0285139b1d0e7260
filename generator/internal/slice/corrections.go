package slice

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/document"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/slice/derive"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
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

// checkCapabilities refuses names that are none.
func (n *Notes) checkCapabilities(diags *diag.List) {
	known := derive.Correctable()
	for target, corrections := range n.Capabilities {
		for name := range corrections {
			if slices.Contains(known, name) {
				continue
			}
			d := diag.Diagnostic{Pos: n.positions["capabilities/"+target+"/"+name], Severity: diag.Error, Code: "bad-notes",
				Message: fmt.Sprintf("%q is no capability", name)}
			d.Hint = "known are " + strings.Join(known, ", ")
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
			derive.Correct(as, path, name, corrections[name])
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
		if p := t.OwnProperty(path); p != nil {
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

// queryNote is one entry of an operation's query in the notes: an option that it takes beside what the metadata or the document
// says, or one that it does not take.
//
//	operations:
//	  GET /me/messages: {query: [expand, -search, {name: since, type: Edm.Date, required: true, description: From when on.}]}
type queryNote struct {
	Name, Type, Description string
	Required                bool

	without      bool
	line, column int
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
	if q.line, q.column = n.Line, n.Column; q.Name == "" || strings.ContainsAny(q.Name, " \t\n&=#?") {
		r.Wrong(n, "the name of an option, with - before it to take it away, or {name: …}")
	}
}

// correctQuery changes the parameters of an operation as the notes say.
func (c *cutter) correctQuery(o *operation, all []*tree.Node, notes []queryNote) []*tree.Node {
	for _, q := range notes {
		isSame := func(n *tree.Node) bool { return c.isQuery(n, q.Name) }
		system, isSystem := strings.CutPrefix(q.Name, "$")
		isSystem = isSystem && slices.Contains(queryOptionNames, system)
		switch {
		case q.without:
			all = slices.DeleteFunc(all, isSame)
		case isSystem && q.Type == "" && q.Description == "" && !q.Required:
			if !slices.ContainsFunc(all, isSame) {
				all = append(all, tree.Ref(tree.Parameters, system))
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
func (c *cutter) correctPublished(n *tree.Node, o *operation, notes operationNotes) {
	if len(notes.Query) == 0 {
		return
	}
	all := c.correctQuery(o, n.Get(tree.Parameters).Items(), notes.Query)
	n.Remove(tree.Parameters)
	n.Set(tree.Parameters, tree.Nodes(all))
}

// isQuery reports whether a parameter or the component that it refers to is a query parameter of a name.
func (c *cutter) isQuery(n *tree.Node, name string) bool {
	if component, ok := strings.CutPrefix(n.Get("$ref").Text(), tree.ComponentPrefix+tree.Parameters+"/"); ok {
		n = c.component(tree.Parameters, component)
	}
	return n.Get("in").Text() == "query" && n.Get("name").Text() == name
}

// queryNode is a query parameter that the notes describe.
func (c *cutter) queryNode(o *operation, q queryNote) *tree.Node {
	typ := csdl.TypeRef{Name: q.Type}
	if q.Type == "" {
		typ.Name = ir.String.Edm()
	}
	if inner, ok := strings.CutPrefix(typ.Name, "Collection("); ok {
		typ = csdl.TypeRef{Name: strings.TrimSuffix(inner, ")"), Collection: true}
	}
	if typ.Enum = c.doc.Enum(typ.Name); typ.Enum != nil {
		c.full[c.types.Type(typ.Name)] = true
	} else if !ir.IsEdm(typ.Name) {
		pos := c.notes.positions["operations/"+o.Method+" "+o.Path]
		pos.Line, pos.Column = q.line, q.column
		c.diags.Add(diag.Diagnostic{Pos: pos, Severity: diag.Error, Code: "bad-notes",
			Message: fmt.Sprintf("the query option %s is of the type %s, which is neither primitive nor an enumeration", q.Name, q.Type),
			Hint:    "write a type such as Edm.String, Edm.DateTimeOffset, Edm.Boolean, or Collection() around one"})
		return nil
	}
	return tree.Map().
		Set("name", tree.Str(q.Name)).Set("in", tree.Str("query")).Set("description", tree.Optional(q.Description)).
		Set("required", tree.Present(q.Required)).Set("style", tree.Str("form")).Set("explode", tree.Raw("false")).
		Set("schema", typeSchema(typ, false))
}
