package openapi

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

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
		case s.address:
			segments = append(segments, ir.Segment{Kind: ir.Address, Name: s.name, Args: c.args(sel, params, s.args, c.parameterType), Closed: last && s.closed})
		case isKey:
			if _, ok := find(params, "path", name); !ok {
				c.undeclared(sel, "the path's parameter {"+name+"}", name, "path")
			}
			segments = append(segments, ir.Segment{Kind: ir.Key, Name: name, KeyType: c.keyType(prefix, name, params)})
		case s.isTemplate():
			segments = append(segments, ir.Segment{Kind: ir.Template, Name: s.name, Args: c.args(sel, params, s.args, c.parameterType)})
		case s.call && !c.isFunction(sel, s, parent, last):
			segments = append(segments, ir.Segment{Kind: c.collectionKind(s), Name: s.name}, c.keyInParens(sel, params, s, prefix))
		default:
			segments = append(segments, ir.Segment{Kind: c.segmentKind(sel, s, prefix, last), Name: s.name,
				Args: c.args(sel, params, s.args, c.argumentType)})
		}
	}
	if last := len(segments) - 1; strings.HasSuffix(sel.path, "/") && takesSlash(segments[last].Kind) {
		segments[last].Closed = true
	}
	return segments
}

// takesSlash reports whether a slash behind a last segment of the kind is sent: some services know no path without it.
func takesSlash(kind ir.SegmentKind) bool {
	return kind == ir.Static || kind == ir.Key || kind == ir.Template || kind == ir.Cast
}

// collectionKind is what stands in front of a key in parentheses: a collection, or a type that it is seen as.
func (c *converter) collectionKind(s step) ir.SegmentKind {
	if s.qualified() {
		return ir.Cast
	}
	return ir.Static
}

// keyInParens is the key of the segment. One that names its only property is the entity's own if that is the property that
// the type has for a key, or if the type has none: services of which documents do not name the key write it so.
func (c *converter) keyInParens(sel selectedOperation, params []parameter, s step, prefix string) ir.Segment {
	key := ir.Segment{Kind: ir.Key, Keys: c.args(sel, params, s.args, c.parameterType), KeyType: c.keyType(prefix, s.args[0].Param, params)}
	if len(s.args) == 1 && s.args[0].Name != "" && key.KeyType != "" {
		own := c.ownKey(key.KeyType)
		key.Primary = own == s.args[0].Name || own == "" && c.declared(c.src.sections["schemas"][key.KeyType]).has(s.args)
	}
	return key
}

// ownKey is the name of the property that is the key of a component; "" if it is not known or of several properties.
func (c *converter) ownKey(component string) string {
	d := c.declared(c.src.sections["schemas"][component])
	switch {
	case len(d.keys) == 1:
		return d.keys[0]
	case len(d.keys) == 0 && d.properties["id"]:
		return "id"
	}
	return ""
}

// declaration is what a schema and its bases declare, read from the specs as they are, for it may be one that nothing selected
// needs.
type declaration struct {
	properties map[string]bool
	keys       []string
}

// has reports whether there is a property of the name of each argument.
func (d declaration) has(args []ir.Arg) bool {
	return !slices.ContainsFunc(args, func(arg ir.Arg) bool { return !d.properties[arg.Name] })
}

func (c *converter) declared(schema sourceValue) declaration {
	d := declaration{properties: map[string]bool{}}
	seen := map[string]bool{}
	var walk func(sourceValue)
	walk = func(at sourceValue) {
		if ref := at.child("$ref"); ref.exists() {
			found, ok := c.refs.lib.peek(ref)
			if !ok || seen[found.name()] {
				return
			}
			seen[found.name()], at = true, found
		}
		for _, p := range at.child("properties").entries() {
			d.properties[p.name()] = true
		}
		if len(d.keys) == 0 { // the nearest type says
			d.keys = at.child("x-graphslice-key").texts()
		}
		for _, part := range at.child("allOf").items() {
			walk(part)
		}
	}
	walk(schema)
	return d
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

// isFunction tells a function, name(arg={arg}), from a key in parentheses, set(name='{name}'). Arguments have names.
func (c *converter) isFunction(sel selectedOperation, s step, parent string, last bool) bool {
	switch {
	case len(s.args) == 1 && s.args[0].Name == "":
		return false
	case s.qualified() || len(s.args) == 0:
		return true
	case c.src.paths[parent+"/"+s.name] != nil:
		return false
	case c.src.paths[parent+"/"+s.name+"()"] != nil: // the same function without arguments
		return true
	}
	path := parent + "/" + s.text
	p := c.src.paths[path]
	if p == nil {
		return last && sel.child("x-ms-docs-operation-type").text() == "function"
	}
	for _, method := range slices.Sorted(maps.Keys(p.operations)) {
		if p.operations[method].child("x-ms-docs-operation-type").text() == "function" {
			return true
		}
	}
	get := p.operations["get"]
	if len(p.operations) > 1 || !get.exists() || get.child("x-ms-docs-operation-type").exists() {
		return false
	}
	answer := c.declared(c.answerSchema(path)) // the parts of a key are properties of what it finds
	return len(answer.properties) > 0 && !answer.has(s.args)
}

// undeclared reports a parameter of the path that no parameter declares in the given place, path or query.
func (c *converter) undeclared(sel selectedOperation, what, name, in string) {
	c.diags.Add(diag.Diagnostic{Pos: sel.pos(), Severity: diag.Error, Code: "undeclared-parameter",
		Message: fmt.Sprintf("%s %s: %s is not declared", strings.ToUpper(sel.method), sel.path, what),
		Hint:    fmt.Sprintf("add a parameter with \"name: %s\" and \"in: %s\"", name, in)})
}

// args gives the arguments of a segment their types.
func (c *converter) args(sel selectedOperation, params []parameter, args []ir.Arg, typeOf func(parameter) *ir.Type) []ir.Arg {
	var typed []ir.Arg
	for _, arg := range args {
		arg.Type = &ir.Type{Kind: ir.String}
		p, ok := find(params, "path", arg.Param)
		if arg.Alias {
			p, ok = findAlias(params, arg.Param)
		}
		switch {
		case ok:
			arg.Type = typeOf(p)
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
	if found, ok := c.refs.lib.peek(c.answerSchema(path).child("$ref")); ok {
		return found.name()
	}
	return ""
}

// answerSchema returns the schema that a GET of the path answers with, selected or not.
func (c *converter) answerSchema(path string) sourceValue {
	item := c.src.paths[path]
	if item == nil {
		return sourceValue{}
	}
	for _, response := range item.operations["get"].child("responses").entries() {
		if !isSuccess(response.name()) {
			continue
		}
		if found, ok := c.refs.lib.peek(response.child("$ref")); ok {
			response = found
		}
		if schema := response.child("content").child("application/json").child("schema"); schema.exists() {
			return schema
		}
	}
	return sourceValue{}
}

// argumentType is the type of a function's argument. Lists and objects go as JSON: they have their types, and an object
// without a name is any JSON.
func (c *converter) argumentType(p parameter) *ir.Type {
	s, ok := c.parameterSchema(p)
	if !ok {
		return &ir.Type{Kind: ir.String}
	}
	if m := c.namedModel(s); m != nil {
		return m
	}
	t := c.typeOf(s, nil)
	switch {
	case t.Kind == ir.Collection && s.Items != nil:
		if m := c.namedModel(c.schema(s.Items, s.at.child("items"))); m != nil {
			return &ir.Type{Kind: ir.Collection, Nullable: t.Nullable, Elem: m}
		}
		return t
	case t.Kind == ir.Collection, t.Kind == ir.Untyped && c.isObject(s):
		return t
	}
	return c.queryType(s)
}

// namedModel is the component that a schema is, by itself or as the one that a union or an allOf is about; nil if there is none.
func (c *converter) namedModel(s schema) *ir.Type {
	if s.name != "" {
		if c.kindOf(s.name) != modelComponent {
			return nil
		}
		m := c.model(s.name)
		m.Used = true
		return &ir.Type{Kind: ir.ModelKind, Model: m}
	}
	var parts []schema
	for _, field := range []struct {
		name string
		refs openapi3.SchemaRefs
	}{{"anyOf", s.AnyOf}, {"oneOf", s.OneOf}, {"allOf", s.AllOf}} {
		for i, ref := range field.refs {
			if part := c.schema(ref, s.at.child(field.name).item(i)); !saysNothing(part) {
				parts = append(parts, part)
			}
		}
	}
	if len(parts) != 1 || parts[0].name == "" {
		return nil
	}
	return c.namedModel(parts[0])
}
