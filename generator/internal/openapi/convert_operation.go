package openapi

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// parameter is a declared parameter, its reference followed.
type parameter struct {
	*openapi3.Parameter
	at sourceValue
}

// operation converts one operation.
func (c *converter) operation(sel selectedOperation) *ir.Operation {
	api := c.api.Paths.Value(sel.path).GetOperation(strings.ToUpper(sel.method))
	op := &ir.Operation{
		Method: strings.ToUpper(sel.method), Path: sel.path, ID: api.OperationID, Pos: sel.pos(),
		Doc: ir.Doc{Summary: prettify(api.Summary), Description: prettify(api.Description),
			URL: sel.child("externalDocs").child("url").text()},
		Pause:       sel.child("x-graphslice-pause").text(),
		Permissions: c.permissions(sel),
	}
	deprecate(&op.Doc, sel.sourceValue)
	params := c.parameters(sel, api)
	op.Segments = c.segments(sel, params)
	c.checkPathParameters(sel, params)
	op.Query = c.query(op, params)
	op.Headers = requiredHeaders(params)
	c.request(op, sel, api)
	mediaTypes(op, api)
	c.responses(op, sel, api)
	op.LongRunning = slices.Contains(op.Statuses, "202") || sel.child("x-ms-long-running-operation").isTrue()
	op.Pageable = op.Pageable || sel.child("x-ms-pageable").exists()
	op.Kind = operationKindOf(op)
	op.Delta = op.Kind == ir.FunctionOp && answersMany(op) && (op.Delta || isNamedDelta(op))
	return op
}

func answersMany(op *ir.Operation) bool {
	return op.Response != nil && op.Response.Type.Kind == ir.Collection
}

// isNamedDelta reports whether the operation calls a function named delta, which by convention is a delta query: not
// every description of one has the link to later changes.
func isNamedDelta(op *ir.Operation) bool {
	name := op.Segments[len(op.Segments)-1].Name
	return ir.ShortName(name) == "delta"
}

// parameters are those of the path item and the operation; the operation's replace those of the same name.
func (c *converter) parameters(sel selectedOperation, api *openapi3.Operation) []parameter {
	var list []parameter
	for i, ref := range api.Parameters {
		p := parameter{ref.Value, sel.parameters[i]}
		if t, ok := c.refs.targets[refNode(p.at.node)]; ok {
			p.at = t.sourceValue
		}
		if p.Parameter == nil || p.Name == "" || p.In == "" {
			c.diags.Add(diag.Diagnostic{Pos: p.at.pos(), Severity: diag.Error, Code: "parameter",
				Message: "this parameter has no name", Hint: `it needs "name" and "in"`})
			continue
		}
		same := func(q parameter) bool { return q.Name == p.Name && q.In == p.In }
		if i := slices.IndexFunc(list, same); i >= 0 {
			list[i] = p
		} else {
			list = append(list, p)
		}
	}
	return list
}

// find returns the declared parameter of this name.
func find(params []parameter, in, name string) (parameter, bool) {
	i := slices.IndexFunc(params, func(p parameter) bool { return p.In == in && p.Name == name })
	if i < 0 {
		return parameter{}, false
	}
	return params[i], true
}

// findAlias returns the query parameter that carries an alias, declared with or without its @.
func findAlias(params []parameter, name string) (parameter, bool) {
	if p, ok := find(params, "query", "@"+name); ok {
		return p, true
	}
	return find(params, "query", name)
}

// parameterType is the type of a parameter. Lists of values do not become enums: they say what the service
// offers today.
func (c *converter) parameterType(p parameter) *ir.Type {
	if s, ok := c.parameterSchema(p); ok {
		return c.queryType(s)
	}
	return &ir.Type{Kind: ir.String}
}

// parameterSchema is the schema of a parameter, which may stand below a media type.
func (c *converter) parameterSchema(p parameter) (schema, bool) {
	ref, at := p.Schema, p.at.child("schema")
	for _, mediaType := range slices.Sorted(maps.Keys(p.Content)) {
		if ref == nil {
			ref, at = p.Content[mediaType].Schema, p.at.child("content").child(mediaType).child("schema")
		}
	}
	if ref == nil {
		return schema{}, false
	}
	return c.schema(ref, at), true
}

func (c *converter) queryType(s schema) *ir.Type {
	if len(s.Enum) == 0 && (c.isObject(s) || isMap(s)) {
		c.diags.Warnf(s.use.pos(), "parameter", "a parameter that is an object is sent as the text that the caller gives")
	}
	return asText(c.typeOf(s, nil))
}

// asText puts text in place of untyped JSON.
func asText(t *ir.Type) *ir.Type {
	switch t.Kind {
	case ir.Untyped:
		return &ir.Type{Kind: ir.String, Nullable: t.Nullable}
	case ir.Collection:
		return &ir.Type{Kind: ir.Collection, Nullable: t.Nullable, Elem: asText(t.Elem)}
	}
	return t
}

// query are the query parameters that are no function argument.
func (c *converter) query(op *ir.Operation, params []parameter) []*ir.Parameter {
	aliases := map[string]bool{}
	for _, segment := range op.Segments {
		for _, arg := range slices.Concat(segment.Args, segment.Keys) {
			if arg.Alias {
				aliases[arg.Param], aliases["@"+arg.Param] = true, true
			}
		}
	}
	var query []*ir.Parameter
	for _, p := range params {
		if p.In == "query" && !aliases[p.Name] {
			q := &ir.Parameter{Name: p.Name, Pos: p.at.pos(), Type: c.parameterType(p), Required: p.Required,
				Doc: ir.Doc{Description: prettify(p.Description)}}
			if q.Type.Kind == ir.Collection {
				q.Between = p.between()
			}
			deprecate(&q.Doc, p.at)
			query = append(query, q)
		}
	}
	return query
}

// between is what stands between the items of a list: OData's own options have commas, for others the style says it.
func (p parameter) between() string {
	style := cmp.Or(p.at.child("style").text(), "form")
	explode := style == "form"
	if said := p.at.child("explode"); said.exists() {
		explode = said.isTrue()
	}
	switch {
	case strings.HasPrefix(p.Name, "$") || p.Schema == nil:
		return ""
	case explode:
		return "&"
	case style == "pipeDelimited":
		return "|"
	case style == "spaceDelimited":
		return " "
	}
	return ""
}

// operationKindOf tells what the operation does from its method and where its path ends.
func operationKindOf(op *ir.Operation) ir.OperationKind {
	last := ir.Static
	if len(op.Segments) > 0 {
		last = op.Segments[len(op.Segments)-1].Kind
	}
	switch {
	case last == ir.Count && op.Method == "GET":
		return ir.CountOp
	case last == ir.Function && op.Method == "GET":
		return ir.FunctionOp
	case last == ir.Action && op.Method == "POST":
		return ir.ActionOp
	case last == ir.Function && op.Method == "PATCH" && op.Request != nil && op.Request.Type.Kind == ir.ModelKind:
		return ir.Update // of what the function answers
	case last == ir.Function, last == ir.Action:
		return ir.Custom
	case op.Method == "GET" && op.Response != nil && op.Response.Type.Kind == ir.Collection:
		return ir.List
	}
	switch op.Method {
	case "GET":
		return ir.Get
	case "POST":
		return ir.Create
	case "PATCH":
		return ir.Update
	case "PUT":
		return ir.Replace
	case "DELETE":
		return ir.Delete
	}
	return ir.Custom
}

// deprecate notes why the thing at p is deprecated and until when it lives, if it is and that is not known yet. It notes the
// clouds that lack the thing as well.
func deprecate(doc *ir.Doc, p sourceValue) {
	if clouds := p.child(notIn).texts(); len(doc.NotIn) == 0 && len(clouds) > 0 {
		doc.NotIn = slices.Compact(slices.Sorted(slices.Values(clouds)))
	}
	info := p.child("x-ms-deprecation")
	if doc.Deprecated != "" || !info.exists() && !p.child("deprecated").isTrue() {
		return
	}
	doc.Deprecated = cmp.Or(prettify(info.child("description").text()), "deprecated")
	doc.Removal = day(info.child("removalDate").text())
}

// day is the day of a date with or without a time of day: "2027-03-01" of "2027-03-01T00:00:00Z".
func day(date string) string {
	date = strings.TrimSpace(date)
	if len(date) > len(time.DateOnly) && date[len(time.DateOnly)] == 'T' {
		return date[:len(time.DateOnly)]
	}
	return date
}

// prettify trims prose and makes its line ends those of Go.
func prettify(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(strings.ReplaceAll(s, "\r\n", "\n"), "\r", "\n"))
}
