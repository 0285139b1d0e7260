package slice

import (
	"cmp"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/slice/derive"
	"github.com/graphslice/graphslice/generator/internal/slice/model"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// operationNode writes an operation.
func (c *cutter) operationNode(o *operation) *tree.Node {
	if o.published != nil {
		return c.publishedOperation(o)
	}
	notes := c.notes.operation(o.Method, o.Path)
	summary, description := c.operationWords(o, notes)
	isDeprecated, deprecation := c.notes.deprecated(o.Element())
	n := tree.Map().
		Set("tags", tree.Strs([]string{o.Tag()})).
		Set("summary", tree.Str(summary)).
		Set("description", tree.Optional(description)).
		Set("externalDocs", c.operationDocs(o, notes)).
		Set("operationId", tree.Str(o.ID())).
		Set("parameters", tree.Nodes(c.correctQuery(o, c.operationParameters(o), notes.Query))).
		Set("requestBody", cmp.Or(rawBody(notes), c.requestBody(o))).
		Set("responses", c.operationResponses(o, notes)).
		Set("deprecated", isDeprecated)
	permits := c.permits(o, notes)
	n.Set("security", permits.security)
	if o.Pageable() {
		n.Set("x-ms-pageable", tree.Map().Set("nextLinkName", tree.Str("@odata.nextLink")).Set("operationName", tree.Str("listMore")))
	}
	n.Set("x-ms-docs-operation-type", tree.Str(o.DocsType()))
	n.Set("x-ms-deprecation", deprecation)
	n.Set("x-ms-long-running-operation", tree.Present(notes.LongRunning))
	permits.extend(n)
	n.Set("x-graphslice-pause", tree.Optional(notes.Pause))
	return n.Set(notIn, c.operationNotIn(o))
}

// operationParameters are those of the query and the headers; keys stand at the path.
func (c *cutter) operationParameters(o *operation) []*tree.Node {
	var all []*tree.Node
	for _, p := range o.Through {
		all = append(all, c.argument(p))
	}
	if o.Kind == derive.RemoveListedRef {
		all = append(all, tree.Map().Set("name", tree.Str("@id")).Set("in", tree.Str("query")).
			Set("description", tree.Str("The address of the entity that is no longer referred to.")).Set("required", tree.True()).
			Set("schema", stringSchema()))
	}
	options := o.QueryOptions()
	for _, name := range options {
		all = append(all, tree.Ref(tree.Parameters, name))
	}
	for _, custom := range c.customParameters(o) {
		if system, ok := strings.CutPrefix(custom.Get("name").Text(), "$"); !ok || !slices.Contains(options, system) {
			all = withParameter(all, custom)
		}
	}
	return all
}

// withParameter adds a parameter that is not there yet, in place of the If-Match that all writes have if it is that header.
func withParameter(all []*tree.Node, added *tree.Node) []*tree.Node {
	isThere := slices.ContainsFunc(all, func(n *tree.Node) bool {
		return n.Get("in").Text() == added.Get("in").Text() && n.Get("name").Text() == added.Get("name").Text()
	})
	if isThere {
		return all
	}
	if added.Get("in").Text() == "header" && strings.EqualFold(added.Get("name").Text(), "If-Match") {
		all = slices.DeleteFunc(all, func(n *tree.Node) bool {
			return n.Get("$ref").Text() == tree.ComponentPrefix+tree.Parameters+"/"+derive.IfMatch
		})
	}
	return append(all, added)
}

// argument is a function's argument: in the path, or in the query for those that the path names with @.
func (c *cutter) argument(p *csdl.Parameter) *tree.Node {
	in, style := "path", "simple"
	if derive.InQuery(p) {
		in, style = "query", "form"
	}
	schema := typeSchema(p.Type, p.Nullable)
	n := tree.Map().Set("name", tree.Str(p.Name)).Set("in", tree.Str(in)).Set("description", tree.Optional(c.parameterWords(p))).
		Set("required", tree.Present(in == "path")).Set("style", tree.Str(style))
	if in == "query" {
		n.Set("explode", tree.Raw("false"))
	}
	isDeprecated, deprecation := c.notes.deprecated(p.Annotations)
	return n.Set("schema", schema).Set("deprecated", isDeprecated).Set("x-ms-deprecation", deprecation)
}

// requestBody is what an operation is sent.
func (c *cutter) requestBody(o *operation) *tree.Node {
	body := func(description string, content *tree.Node) *tree.Node {
		return tree.Map().Set("description", tree.Str(description)).Set("content", content).Set("required", tree.True())
	}
	switch o.Kind {
	case derive.Create:
		return body("The new entity.", jsonContent(tree.Ref(tree.Schemas, o.Target.Name)))
	case derive.Update:
		return body("The properties to change.", jsonContent(tree.Ref(tree.Schemas, o.Target.Name)))
	case derive.SetContent:
		return body("The new content.", streamContent(o))
	case derive.SetProperty:
		return body("The new value.", jsonContent(valueSchema(typeSchema(o.Property.Type, o.Property.Nullable))))
	case derive.AddRef:
		return body("What to refer to as well.", jsonContent(tree.Ref(tree.Schemas, referenceCreate)))
	case derive.SetRef:
		return body("What to refer to.", jsonContent(tree.Ref(tree.Schemas, referenceUpdate)))
	}
	if o.Kind != derive.Action || len(o.Call.Arguments()) == 0 {
		return nil
	}
	if p := derive.StreamArgument(o.Call); p != nil {
		return body("The content.", content(p.Annotations))
	}
	properties, optional := tree.Map(), true
	for _, p := range o.Call.Arguments() {
		properties.Set(p.Name, c.actionParameter(p))
		optional = optional && p.Optional()
	}
	n := body("The parameters of the action.", jsonContent(tree.Map().Set("type", tree.Str("object")).Set("properties", properties)))
	if optional {
		n.Set("required", tree.Raw("false"))
	}
	return n
}

func (c *cutter) actionParameter(p *csdl.Parameter) *tree.Node {
	n := typeSchema(p.Type, p.Nullable)
	description := c.parameterWords(p)
	isDeprecated, deprecation := c.notes.deprecated(p.Annotations)
	if n.Get("$ref") != nil && (description != "" || isDeprecated != nil) {
		n = tree.Map().Set("allOf", tree.Seq(n)) // beside $ref nothing counts
	}
	return n.Set("description", tree.Optional(description)).Set("deprecated", isDeprecated).Set("x-ms-deprecation", deprecation)
}

// operationResponses are the documented statuses of success, or 2XX where none is documented, and the error.
func (c *cutter) operationResponses(o *operation, notes operationNotes) *tree.Node {
	n := tree.Map()
	for _, status := range notes.Responses {
		n.Set(status.key, c.documentedResponse(o, status.key, status.value))
	}
	switch {
	case len(n.Fields()) > 0:
	case o.Kind == derive.SetProperty: // else what is sent would be what comes
		n.Set("204", c.documentedResponse(o, "204", ""))
	default:
		n.Set("2XX", c.success(o))
	}
	return n.Set("default", tree.Ref(tree.Responses, errorAnswer))
}

// documentedResponse is the response of one status; comes says what comes with it.
func (c *cutter) documentedResponse(o *operation, status, comes string) *tree.Node {
	n := tree.Map().Set("description", tree.Str(statusText(status)))
	if strings.Contains(comes, "body") {
		success := c.success(o)
		if success.Get("$ref") != nil {
			return success
		}
		n.Set("content", success.Get("content"))
	}
	if strings.Contains(comes, "location") {
		n.InsertAt(1, "headers", tree.Map().Set("Location", tree.Ref(tree.Headers, locationHeader)))
	}
	return n
}

func statusText(status string) string {
	switch status {
	case "201":
		return "Created."
	case "202":
		return "Accepted; the service goes on in the background."
	case "204":
		return "Done; there is nothing to answer."
	case "207":
		return "Done in part; the answer says which."
	}
	return "Done."
}

// success is the response of an operation that worked.
func (c *cutter) success(o *operation) *tree.Node {
	answer := func(content *tree.Node) *tree.Node {
		return tree.Map().Set("description", tree.Str("Done.")).Set("content", content)
	}
	switch o.Kind {
	case derive.List:
		return tree.Ref(tree.Responses, o.Target.Name+model.CollectionSuffix)
	case derive.ListRef:
		return tree.Ref(tree.Responses, stringCollection)
	case derive.Count:
		return tree.Ref(tree.Responses, countAnswer)
	case derive.Create, derive.Get, derive.Update:
		return answer(jsonContent(tree.Ref(tree.Schemas, o.Target.Name)))
	case derive.GetProperty:
		return answer(jsonContent(valueSchema(typeSchema(o.Property.Type, o.Property.Nullable))))
	case derive.GetContent:
		return answer(streamContent(o))
	case derive.SetContent:
		if o.SetsProperty() {
			return answer(jsonContent(tree.Ref(tree.Schemas, o.Target.Name)))
		}
	case derive.GetRef:
		return answer(jsonContent(stringSchema()))
	case derive.Action, derive.Function:
		return c.callAnswer(o.Call)
	}
	return answer(nil)
}

// callAnswer is the response of an action or a function.
func (c *cutter) callAnswer(call *csdl.Operation) *tree.Node {
	answer := tree.Map().Set("description", tree.Str(cmp.Or(c.notes.described(call.ReturnAnnotations), "Done.")))
	r := call.Return
	switch {
	case r == nil:
		return answer
	case r.Collection && derive.IsDelta(call):
		return answer.Set("content", jsonContent(collectionSchema(baseDelta, *r)))
	case r.Collection && r.Name == ir.String.Edm():
		return tree.Ref(tree.Responses, stringCollection)
	case r.Collection && (r.Type != nil || r.Enum != nil):
		return tree.Ref(tree.Responses, r.Name+model.CollectionSuffix)
	case r.Collection:
		return answer.Set("content", jsonContent(collectionSchema(baseCollection, *r)))
	case r.IsOne(ir.Stream):
		return answer.Set("content", content(call.ReturnAnnotations, call.Annotations))
	case r.Type != nil:
		return answer.Set("content", jsonContent(tree.Ref(tree.Schemas, r.Name)))
	}
	return answer.Set("content", jsonContent(valueSchema(typeSchema(*r, call.ReturnNullable))))
}

// valueSchema is the object in which OData sends what is no object.
func valueSchema(value *tree.Node) *tree.Node {
	return tree.Map().Set("type", tree.Str("object")).Set("properties", tree.Map().Set("value", value))
}
