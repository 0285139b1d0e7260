package openapi

import (
	"cmp"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/ir"
)

// parameter is a declared parameter, its reference followed.
type parameter struct {
	*openapi3.Parameter
	at place
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
	deprecate(&op.Doc, sel.place)
	params := c.parameters(sel, api)
	op.Segments = c.segments(sel, params)
	c.checkPathParameters(sel, params)
	op.Query = c.query(op, params)
	c.request(op, sel, api)
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
	return name[strings.LastIndexByte(name, '.')+1:] == "delta"
}

// parameters are those of the path item and the operation; the operation's replace those of the same name.
func (c *converter) parameters(sel selectedOperation, api *openapi3.Operation) []parameter {
	var list []parameter
	for i, ref := range api.Parameters {
		p := parameter{ref.Value, sel.parameters[i]}
		if t, ok := c.refs.targets[refNode(p.at.node)]; ok {
			p.at = t.place
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
	ref, at := p.Schema, p.at.child("schema")
	for _, mediaType := range slices.Sorted(maps.Keys(p.Content)) {
		if ref == nil {
			ref, at = p.Content[mediaType].Schema, p.at.child("content").child(mediaType).child("schema")
		}
	}
	if ref == nil {
		return &ir.Type{Kind: ir.String}
	}
	return c.queryType(c.schema(ref, at))
}

func (c *converter) queryType(s schema) *ir.Type {
	if len(s.Enum) == 0 && c.isObject(s) {
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

// segments reads the path.
func (c *converter) segments(sel selectedOperation, params []parameter) []ir.Segment {
	var segments []ir.Segment
	steps := splitPath(sel.path)
	prefix := ""
	for i, s := range steps {
		parent := prefix
		prefix += "/" + s.text
		last := i == len(steps)-1
		name, isKey := s.key()
		switch {
		case isKey:
			if _, ok := find(params, "path", name); !ok {
				c.undeclared(sel, "the path's parameter {"+name+"}", name, "path")
			}
			segments = append(segments, ir.Segment{Kind: ir.Key, Name: name, KeyType: c.keyType(prefix, name, params)})
		case s.call && !c.isFunction(sel, s, parent, last):
			segments = append(segments, ir.Segment{Kind: ir.Static, Name: s.name},
				ir.Segment{Kind: ir.Key, Keys: c.args(sel, params, s.args), KeyType: c.keyType(prefix, "", params)})
		default:
			segments = append(segments, ir.Segment{Kind: c.segmentKind(sel, s, prefix, last), Name: s.name,
				Args: c.args(sel, params, s.args)})
		}
	}
	return segments
}

// checkPathParameters reports parameters for a place that the path does not have.
func (c *converter) checkPathParameters(sel selectedOperation, params []parameter) {
	for _, p := range params {
		if p.In == "path" && !strings.Contains(sel.path, "{"+p.Name+"}") {
			c.diags.Warnf(p.at.pos(), "unused-parameter", "%s %s: the path has no parameter {%s}", strings.ToUpper(sel.method), sel.path, p.Name)
		}
	}
}

// segmentKind tells the segments apart that are no key.
func (c *converter) segmentKind(sel selectedOperation, s step, prefix string, last bool) ir.SegmentKind {
	docType := sel.child("x-ms-docs-operation-type").text()
	_, isType := c.src.sections["schemas"][s.name]
	switch {
	case s.name == "$count":
		return ir.Count
	case s.name == "$value":
		return ir.Value
	case s.name == "$ref":
		return ir.RefSegment
	case s.call, last && docType == "function":
		return ir.Function
	case last && docType == "action", last && s.qualified() && !isType && sel.method == "post":
		return ir.Action
	case s.qualified() && c.calledAt(prefix) && !isType:
		return ir.Action
	case s.qualified():
		return ir.Cast
	}
	return ir.Static
}

// calledAt reports whether the path itself is an action: something that is only posted to.
func (c *converter) calledAt(path string) bool {
	p := c.src.paths[path]
	if p == nil {
		return false
	}
	_, ok := p.operations["post"]
	return ok && len(p.operations) == 1
}

// isFunction tells a function, name(arg={arg}), from an alternate key, set(name='{name}').
func (c *converter) isFunction(sel selectedOperation, s step, parent string, last bool) bool {
	switch {
	case s.qualified() || len(s.args) == 0:
		return true
	case c.src.paths[parent+"/"+s.name] != nil:
		return false
	}
	path := parent + "/" + s.text
	if p := c.src.paths[path]; p != nil {
		return p.operations["get"].child("x-ms-docs-operation-type").text() == "function"
	}
	return last && sel.child("x-ms-docs-operation-type").text() == "function"
}

// undeclared reports a parameter of the path that no parameter declares in the given place, path or query.
func (c *converter) undeclared(sel selectedOperation, what, name, in string) {
	c.diags.Add(diag.Diagnostic{Pos: sel.pos(), Severity: diag.Error, Code: "undeclared-parameter",
		Message: fmt.Sprintf("%s %s: %s is not declared", strings.ToUpper(sel.method), sel.path, what),
		Hint:    fmt.Sprintf("add a parameter with \"name: %s\" and \"in: %s\"", name, in)})
}

// args gives the arguments of a call their types.
func (c *converter) args(sel selectedOperation, params []parameter, args []ir.Arg) []ir.Arg {
	var typed []ir.Arg
	for _, arg := range args {
		arg.Type = &ir.Type{Kind: ir.String}
		p, ok := find(params, "path", arg.Param)
		if arg.Alias {
			p, ok = findAlias(params, arg.Param)
		}
		switch {
		case ok:
			arg.Type = c.parameterType(p)
		case arg.Alias:
			c.undeclared(sel, "the argument @"+arg.Param, arg.Param, "query")
		default:
			c.undeclared(sel, "the path's parameter {"+arg.Param+"}", arg.Param, "path")
		}
		typed = append(typed, arg)
	}
	return typed
}

// keyParameter matches the name of a key's parameter, which may be numbered: chat-id, chat-id1.
var keyParameter = regexp.MustCompile(`^(.+)-id\d*$`)

// keyType returns the type that a key selects from: the one that the parameter names, or that its name does, or
// that a GET of the path answers with; "" if none is in the specs.
func (c *converter) keyType(path, name string, params []parameter) string {
	if p, ok := find(params, "path", name); ok {
		docType := p.at.child("x-ms-docs-key-type").text()
		if _, ok := c.src.sections["schemas"][docType]; ok {
			return docType
		}
		if t := c.shortNames[docType]; t != "" {
			return t
		}
	}
	if m := keyParameter.FindStringSubmatch(name); m != nil && c.shortNames[m[1]] != "" {
		return c.shortNames[m[1]]
	}
	return c.answerType(path)
}

// answerType returns the component schema that a GET of the path answers with, selected or not; "" if there is none.
func (c *converter) answerType(path string) string {
	item := c.src.paths[path]
	if item == nil {
		return ""
	}
	for _, response := range item.operations["get"].child("responses").entries() {
		if !isSuccess(response.name()) {
			continue
		}
		if found, ok := c.refs.lib.peek(response.child("$ref")); ok {
			response = found
		}
		answer := response.child("content").child("application/json").child("schema")
		if found, ok := c.refs.lib.peek(answer.child("$ref")); ok {
			return found.name()
		}
	}
	return ""
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
			deprecate(&q.Doc, p.at)
			query = append(query, q)
		}
	}
	return query
}

// request reads the body that is sent.
func (c *converter) request(op *ir.Operation, sel selectedOperation, api *openapi3.Operation) {
	if api.RequestBody == nil || api.RequestBody.Value == nil {
		return
	}
	at := sel.child("requestBody")
	if t, ok := c.refs.targets[refNode(at.node)]; ok {
		at = t.place
	}
	body := api.RequestBody.Value
	op.Request = c.body(op, body.Content, at, "Parameters")
	if op.Request != nil {
		op.Request.Required = body.Required
	}
}

// responses reads the answers of success; the first that has a body says what it is.
func (c *converter) responses(op *ir.Operation, sel selectedOperation, api *openapi3.Operation) {
	for _, status := range slices.Sorted(maps.Keys(api.Responses.Map())) {
		if !isSuccess(status) {
			continue
		}
		op.Statuses = append(op.Statuses, status)
		at := sel.child("responses").child(status)
		if t, ok := c.refs.targets[refNode(at.node)]; ok {
			at = t.place
		}
		response := api.Responses.Value(status).Value
		if response != nil && op.Response == nil {
			op.Response = c.body(op, response.Content, at, "Response")
		}
	}
}

func isSuccess(status string) bool { return len(status) == 3 && status[0] == '2' }

// body reads a request or an answer; nil if it has no content.
func (c *converter) body(op *ir.Operation, content openapi3.Content, at place, role string) *ir.Body {
	types := slices.Sorted(maps.Keys(content))
	if len(types) == 0 {
		return nil
	}
	i := slices.IndexFunc(types, isJSON)
	mediaType := types[max(i, 0)]
	at = at.child("content").child(mediaType)
	body := &ir.Body{ContentType: mediaType, Pos: at.pos(), Type: &ir.Type{Kind: ir.Stream}}
	if content[mediaType] == nil || content[mediaType].Schema == nil {
		if i >= 0 {
			body.Type = &ir.Type{Kind: ir.Untyped}
		}
		return body
	}
	s := c.schema(content[mediaType].Schema, at.child("schema"))
	switch {
	case i >= 0 && s.Format != "binary":
		c.jsonBody(op, body, s, role)
	case strings.HasPrefix(mediaType, "text/") && op.Segments[len(op.Segments)-1].Kind == ir.Count:
		body.Type = &ir.Type{Kind: ir.Int64}
	case strings.HasPrefix(mediaType, "text/"):
		body.Type = &ir.Type{Kind: ir.String}
	}
	return body
}

// jsonBody reads a typed body. Answers stand in a wrapper: a collection in {"value": […]} with annotations,
// a primitive in {"value": x}.
func (c *converter) jsonBody(op *ir.Operation, body *ir.Body, s schema, role string) {
	in := &ir.Inline{Operation: op, Role: role}
	if role == "Response" {
		value, ok := c.collectionItems(s)
		if ok {
			op.Delta = c.hasAnnotation(s, "@odata.deltaLink")
			op.Pageable = op.Delta || c.hasAnnotation(s, "@odata.nextLink")
		} else if s.name == "" {
			value, ok = c.onlyValue(s)
		}
		if ok {
			body.Wrapped = true
			s = c.schema(value.ref, value.at)
		}
	}
	body.Type = c.typeOf(s, in)
}

func isJSON(mediaType string) bool {
	mediaType, _, _ = strings.Cut(mediaType, ";")
	return mediaType == "application/json" || strings.HasSuffix(mediaType, "+json")
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
func deprecate(doc *ir.Doc, p place) {
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
