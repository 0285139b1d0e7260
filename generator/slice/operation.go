package slice

import (
	"cmp"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/csdl"
	"github.com/graphslice/graphslice/generator/slice/tree"
)

// operationNode writes an operation.
func (c *cutter) operationNode(o *operation) *tree.Node {
	if o.published != nil {
		return c.publishedOperation(o)
	}
	notes := c.notes.operation(o)
	summary, description := c.operationWords(o, notes)
	isDeprecated, deprecation := c.notes.deprecated(o.element())
	n := tree.Map().
		Set("tags", tree.Strs([]string{o.tag()})).
		Set("summary", tree.Str(summary)).
		Set("description", tree.Optional(description)).
		Set("externalDocs", c.operationDocs(o, notes)).
		Set("operationId", tree.Str(o.id())).
		Set("parameters", tree.Nodes(c.correctQuery(o, c.operationParameters(o), notes.Query))).
		Set("requestBody", cmp.Or(rawBody(notes), c.requestBody(o))).
		Set("responses", c.operationResponses(o, notes)).
		Set("deprecated", isDeprecated)
	permits := c.permits(o, notes)
	n.Set("security", permits.security)
	if o.pageable() {
		n.Set("x-ms-pageable", tree.Map().Set("nextLinkName", tree.Str("@odata.nextLink")).Set("operationName", tree.Str("listMore")))
	}
	n.Set("x-ms-docs-operation-type", tree.Str(o.docsType()))
	n.Set("x-ms-deprecation", deprecation)
	n.Set("x-ms-long-running-operation", tree.Present(notes.LongRunning))
	permits.extend(n)
	n.Set("x-graphslice-pause", tree.Optional(notes.Pause))
	return n.Set(notIn, c.operationNotIn(o))
}

// segments are the path's, without keys.
func (o *operation) segments() []string {
	return slices.DeleteFunc(strings.Split(strings.TrimPrefix(o.path, "/"), "/"), func(s string) bool { return strings.HasPrefix(s, "{") })
}

// tag groups operations by the root of their path and the type they work on, as Graph's documents do.
func (o *operation) tag() string {
	root, _, _ := strings.Cut(o.segments()[0], "(")
	switch o.kind {
	case actionKind:
		return root + ".Actions"
	case functionKind:
		return root + ".Functions"
	}
	return root + "." + o.target.ShortName()
}

// id names the operation: the path's words and what it does.
func (o *operation) id() string {
	var words []string
	by := ""
	for _, s := range o.segments() {
		name, arguments, isCall := strings.Cut(s, "(")
		for argument := range strings.SplitSeq(strings.TrimSuffix(arguments, ")"), ",") {
			if argument, _, ok := strings.Cut(argument, "="); ok && isCall {
				by += strings.ToUpper(argument[:1]) + argument[1:]
			}
		}
		if !strings.HasPrefix(s, "$") {
			words = append(words, strings.TrimSuffix(name[lastDot(name)+1:], ":"))
		}
	}
	id := strings.Join(words, ".")
	if verb := o.verb(); verb != "" {
		id += "." + verb
	}
	if by != "" {
		id += "By" + by
	}
	return id
}

// verb is what the operation does, "" for actions and functions, which are named themselves.
func (o *operation) verb() string {
	switch o.kind {
	case listKind:
		return "List"
	case createKind:
		return "Create"
	case getKind:
		return "Get"
	case updateKind:
		return "Update"
	case deleteKind:
		return "Delete"
	case countKind:
		return "GetCount"
	case getContentKind:
		return "GetContent"
	case setContentKind:
		return "SetContent"
	case deleteContentKind:
		return "DeleteContent"
	case listRefKind:
		return "ListRef"
	case addRefKind:
		return "CreateRef"
	case getRefKind:
		return "GetRef"
	case setRefKind:
		return "UpdateRef"
	case removeRefKind, removeListedRefKind:
		return "DeleteRef"
	}
	return ""
}

// summary says in a few words what the operation does, where the notes do not.
func (o *operation) summary() string {
	segments := o.segments()
	last := segments[len(segments)-1]
	if strings.HasPrefix(last, "$") && len(segments) > 1 {
		last = segments[len(segments)-2]
	}
	last, _, _ = strings.Cut(strings.TrimSuffix(last, ":"), "(")
	switch o.kind {
	case listKind:
		return "List " + last
	case createKind:
		return "Create an item of " + last
	case getKind:
		return "Get " + o.target.ShortName()
	case updateKind:
		return "Update " + o.target.ShortName()
	case deleteKind:
		return "Delete " + o.target.ShortName()
	case countKind:
		return "Count " + last
	case getContentKind, setContentKind, deleteContentKind:
		return o.contentSummary(last)
	case listRefKind, getRefKind:
		return "Get what " + last + " refers to"
	case addRefKind, setRefKind:
		return "Make " + last + " refer to " + o.target.ShortName()
	case removeRefKind, removeListedRefKind:
		return "Remove a reference of " + last
	}
	return "Call " + o.call.ShortName()
}

// contentSummary is summary for bytes: of an entity, or of a stream property, whose name says what it is.
func (o *operation) contentSummary(name string) string {
	verb := map[operationKind]string{getContentKind: "Get ", setContentKind: "Set ", deleteContentKind: "Delete "}[o.kind]
	if strings.HasSuffix(o.path, "/$value") {
		return verb + "the content of " + name
	}
	return verb + name
}

// answersCollection reports whether success brings a page of items.
func (o *operation) answersCollection() bool {
	return o.kind == listKind || o.kind == listRefKind || o.call != nil && o.call.Return != nil && o.call.Return.Collection
}

func (o *operation) pageable() bool { return o.answersCollection() }

func (o *operation) docsType() string {
	switch o.kind {
	case actionKind:
		return "action"
	case functionKind:
		return "function"
	}
	return "operation"
}

// operationParameters are those of the query and the headers; keys stand at the path.
func (c *cutter) operationParameters(o *operation) []*tree.Node {
	var all []*tree.Node
	for _, p := range o.through {
		all = append(all, c.argument(p))
	}
	if o.kind == removeListedRefKind {
		all = append(all, tree.Map().Set("name", tree.Str("@id")).Set("in", tree.Str("query")).
			Set("description", tree.Str("The address of the entity that is no longer referred to.")).Set("required", tree.True()).
			Set("schema", stringSchema()))
	}
	options := o.queryOptions()
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
			return n.Get("$ref").Text() == tree.ComponentPrefix+tree.Parameters+"/"+ifMatch
		})
	}
	return append(all, added)
}

// argument is a function's argument: in the path, or in the query for those that the path names with @.
func (c *cutter) argument(p *csdl.Parameter) *tree.Node {
	place, style := "path", "simple"
	if inQuery(p) {
		place, style = "query", "form"
	}
	schema := typeSchema(p.Type, p.Nullable)
	n := tree.Map().Set("name", tree.Str(p.Name)).Set("in", tree.Str(place)).Set("description", tree.Optional(c.parameterWords(p))).
		Set("required", tree.Present(place == "path")).Set("style", tree.Str(style))
	if place == "query" {
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
	switch o.kind {
	case createKind:
		return body("The new entity.", jsonContent(tree.Ref(tree.Schemas, o.target.Name)))
	case updateKind:
		return body("The properties to change.", jsonContent(tree.Ref(tree.Schemas, o.target.Name)))
	case setContentKind:
		return body("The new content.", o.streamContent())
	case addRefKind:
		return body("What to refer to as well.", jsonContent(tree.Ref(tree.Schemas, referenceCreate)))
	case setRefKind:
		return body("What to refer to.", jsonContent(tree.Ref(tree.Schemas, referenceUpdate)))
	}
	if o.kind != actionKind || len(o.call.Arguments()) == 0 {
		return nil
	}
	if p := streamArgument(o.call); p != nil {
		return body("The content.", content(p.Annotations))
	}
	properties, optional := tree.Map(), true
	for _, p := range o.call.Arguments() {
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
	if len(n.Fields()) == 0 {
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
	switch o.kind {
	case listKind:
		return tree.Ref(tree.Responses, o.target.Name+collectionSuffix)
	case listRefKind:
		return tree.Ref(tree.Responses, stringCollection)
	case countKind:
		return tree.Ref(tree.Responses, countAnswer)
	case createKind, getKind, updateKind:
		return answer(jsonContent(tree.Ref(tree.Schemas, o.target.Name)))
	case getContentKind:
		return answer(o.streamContent())
	case setContentKind:
		if o.setsProperty() {
			return answer(jsonContent(tree.Ref(tree.Schemas, o.target.Name)))
		}
	case getRefKind:
		return answer(jsonContent(stringSchema()))
	case actionKind, functionKind:
		return c.callAnswer(o.call)
	}
	return answer(nil)
}

// setsProperty reports whether an operation sets a stream that is a property of an entity, and not the whole of it ($value). That
// is an update of the entity, and answered as one.
func (o *operation) setsProperty() bool {
	return o.kind == setContentKind && o.target.Property(o.path[strings.LastIndexByte(o.path, '/')+1:]) != nil
}

// callAnswer is the response of an action or a function.
func (c *cutter) callAnswer(call *csdl.Operation) *tree.Node {
	answer := tree.Map().Set("description", tree.Str(cmp.Or(c.notes.described(call.ReturnAnnotations), "Done.")))
	r := call.Return
	switch {
	case r == nil:
		return answer
	case r.Collection && isDelta(call):
		return answer.Set("content", jsonContent(collectionSchema(baseDelta, *r)))
	case r.Collection && r.Name == "Edm.String":
		return tree.Ref(tree.Responses, stringCollection)
	case r.Collection && (r.Type != nil || r.Enum != nil):
		return tree.Ref(tree.Responses, r.Name+collectionSuffix)
	case r.Collection:
		return answer.Set("content", jsonContent(collectionSchema(baseCollection, *r)))
	case r.Name == "Edm.Stream":
		return answer.Set("content", content(call.ReturnAnnotations, call.Annotations))
	case r.Type != nil:
		return answer.Set("content", jsonContent(tree.Ref(tree.Schemas, r.Name)))
	}
	value := typeSchema(*r, call.ReturnNullable)
	return answer.Set("content", jsonContent(tree.Map().Set("type", tree.Str("object")).Set("properties", tree.Map().Set("value", value))))
}

// isDelta reports whether a function answers with what has changed.
func isDelta(call *csdl.Operation) bool {
	const term = "Org.OData.Core.V1.IsDelta"
	return call.Annotations.Has(term) || call.ReturnAnnotations.Has(term) || call.Function && call.ShortName() == "delta"
}
