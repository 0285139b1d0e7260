package slice

import "github.com/graphslice/graphslice/generator/csdl"

// The names of components that many operations share, as in Graph's own documents.
const (
	baseCollection   = "BaseCollectionPaginationCountResponse"
	baseDelta        = "BaseDeltaFunctionResponse"
	countAnswer      = "ODataCountResponse"
	errorAnswer      = "error"
	locationHeader   = "Location"
	referenceCreate  = "ReferenceCreate"
	referenceUpdate  = "ReferenceUpdate"
	referenceNumeric = "ReferenceNumeric"
	stringCollection = "StringCollectionResponse"
	securityScheme   = "azureaadv2"
	errorNamespace   = "microsoft.graph.ODataErrors."
)

// component makes a component that an operation or another component refers to.
func (c *cutter) component(section, name string) *Node {
	if section != schemas || !c.inMetadata(name) && !c.isCommon(name) {
		if n := c.publishedComponent(section, name); n != nil {
			return n
		}
	}
	switch section {
	case schemas:
		return c.schemaComponent(name)
	case responses:
		return responseComponent(name)
	case parameters:
		return c.queryParameter(name)
	case headers:
		return Map(
			Field{"description", Str("Where the new entity or the running operation is found; absolute, or relative to the service root.")},
			Field{"schema", stringSchema()})
	}
	return nil
}

// isCommon reports whether a schema is one that slices of the metadata have as well, and that says no less than the document's: a
// page of one of the metadata's types, a part of an error, a number. So slices merge that are cut with and without a document.
func (c *cutter) isCommon(name string) bool {
	if len(c.cfg.Metadata) == 0 {
		return false
	}
	if item, ok := collectionItem(name); ok {
		return c.inMetadata(item) && c.published.isPlainPage(name)
	}
	return name == referenceNumeric || name == countAnswer || errorSchema(name) != nil
}

func stringSchema() *Node { return Map(Field{"type", Str("string")}) }

func nullableString() *Node { return Map(Field{"type", Str("string")}, Field{"nullable", True()}) }

func objectSchema(title string, properties ...Field) *Node {
	return Map(Field{"title", Str(title)}, Field{"type", Str("object")}, Field{"properties", Map(properties...)})
}

func (c *cutter) schemaComponent(name string) *Node {
	if t := c.doc.Type(name); t != nil {
		return c.structSchema(t, c.declaredMapping(t))
	}
	if e := c.doc.Enum(name); e != nil {
		return c.enumSchema(e)
	}
	if item, ok := collectionItem(name); ok {
		return collectionSchema(baseCollection, csdl.TypeRef{Name: item, Type: c.doc.Type(item), Enum: c.doc.Enum(item)})
	}
	nextLink := Field{"@odata.nextLink", nullableString()}
	switch name {
	case baseCollection:
		count := Map(Field{"type", Str("integer")}, Field{"format", Str("int64")}, Field{"nullable", True()})
		return objectSchema("Base of collections", Field{"@odata.count", count}, nextLink)
	case baseDelta:
		return objectSchema("Base of changes", nextLink, Field{"@odata.deltaLink", nullableString()})
	case stringCollection:
		return collectionSchema(baseCollection, csdl.TypeRef{Name: "Edm.String"})
	case countAnswer:
		return Map(Field{"type", Str("number")}, Field{"format", Str("int64")})
	case referenceCreate, referenceUpdate:
		return objectSchema(name, Field{"@odata.id", stringSchema()}).Set("required", Strs([]string{"@odata.id"}))
	case referenceNumeric:
		return Map(Field{"title", Str(name)}, Field{"type", Str("string")}, Field{"enum", Strs([]string{"-INF", "INF", "NaN"})})
	}
	return errorSchema(name)
}

const collectionSuffix = "CollectionResponse"

// collectionItem returns the type of the items, if the name is that of a collection's component.
func collectionItem(name string) (string, bool) {
	if name == stringCollection || len(name) <= len(collectionSuffix) || name[len(name)-len(collectionSuffix):] != collectionSuffix {
		return "", false
	}
	return name[:len(name)-len(collectionSuffix)], true
}

// collectionSchema is the schema of an answer with many items.
func collectionSchema(base string, item csdl.TypeRef) *Node {
	item.Collection = true
	title := "Collection of " + item.Name[lastDot(item.Name)+1:]
	return Map(Field{"allOf", Seq(ref(schemas, base), objectSchema(title, Field{"value", typeSchema(item, false)}))})
}

func lastDot(name string) int {
	for i := len(name) - 1; i >= 0; i-- {
		if name[i] == '.' {
			return i
		}
	}
	return -1
}

// errorSchema is the schema of an error or of a part of one.
func errorSchema(name string) *Node {
	if len(name) < len(errorNamespace) {
		return nil
	}
	part := name[len(errorNamespace):]
	required := func(n *Node, names ...string) *Node { return n.Set("required", Strs(names)) }
	switch part {
	case "ODataError":
		return required(objectSchema(part, Field{"error", ref(schemas, errorNamespace+"MainError")}), "error")
	case "MainError":
		details := Map(Field{"type", Str("array")}, Field{"items", ref(schemas, errorNamespace+"ErrorDetails")})
		return required(objectSchema(part,
			Field{"code", stringSchema()}, Field{"message", stringSchema().Set("x-ms-primary-error-message", True())},
			Field{"target", nullableString()}, Field{"details", details}, Field{"innerError", ref(schemas, errorNamespace+"InnerError")},
		), "code", "message")
	case "ErrorDetails":
		return required(objectSchema(part,
			Field{"code", stringSchema()}, Field{"message", stringSchema()}, Field{"target", nullableString()}), "code", "message")
	case "InnerError":
		return objectSchema(part,
			Field{"date", primitiveSchema("Edm.DateTimeOffset", true)}, Field{"request-id", nullableString()},
			Field{"client-request-id", nullableString()}, Field{"@odata.type", stringSchema()})
	}
	return nil
}

func jsonContent(schema *Node) *Node {
	return Map(Field{"application/json", Map(Field{"schema", schema})})
}

func responseComponent(name string) *Node {
	switch name {
	case errorAnswer:
		return Map(Field{"description", Str("The request failed.")}, Field{"content", jsonContent(ref(schemas, errorNamespace+"ODataError"))})
	case countAnswer:
		content := Map(Field{"text/plain", Map(Field{"schema", ref(schemas, countAnswer)})})
		return Map(Field{"description", Str("The number of items.")}, Field{"content", content})
	}
	return Map(Field{"description", Str("A page of the collection.")}, Field{"content", jsonContent(ref(schemas, name))})
}

// queryParameter is the component of a system query option, named without its $, or of the If-Match header.
func (c *cutter) queryParameter(name string) *Node {
	wireName, place := "$"+name, "query"
	schema := stringSchema()
	switch name {
	case "top", "skip":
		schema = Map(Field{"type", Str("integer")}, Field{"minimum", Raw("0")})
	case "count":
		schema = Map(Field{"type", Str("boolean")})
	case "orderby", "select", "expand":
		schema = Map(Field{"uniqueItems", True()}, Field{"type", Str("array")}, Field{"items", stringSchema()})
	case ifMatch:
		wireName, place = "If-Match", "header"
	}
	n := Map(Field{"name", Str(wireName)}, Field{"in", Str(place)},
		Field{"description", optional(c.notes.take(c.notes.Parameters, "parameters", wireName))})
	if place == "query" {
		return n.Set("style", Str("form")).Set("explode", Raw("false")).Set("schema", schema)
	}
	return n.Set("style", Str("simple")).Set("schema", schema)
}

const ifMatch = "ifMatch"
