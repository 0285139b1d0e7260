package slice

import (
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/service"
	"github.com/graphslice/graphslice/generator/internal/slice/derive"
	"github.com/graphslice/graphslice/generator/internal/slice/model"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

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
)

// component makes a component that an operation or another component refers to.
func (c *cutter) component(section, name string) *tree.Node {
	if section != tree.Schemas || !c.types.InMetadata(name) && !c.isCommon(name) {
		if n := c.publishedComponent(section, name); n != nil {
			return n
		}
	}
	switch section {
	case tree.Schemas:
		return c.schemaComponent(name)
	case tree.Responses:
		return responseComponent(name)
	case tree.Parameters:
		return c.queryParameter(name)
	case tree.Headers:
		return tree.Map().
			Set("description", tree.Str("Where the new entity or the running operation is found; absolute, or relative to the service root.")).
			Set("schema", stringSchema())
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
		return c.types.InMetadata(item) && isPlainPage(c.types.Published(name))
	}
	return name == referenceNumeric || name == countAnswer || errorSchema(name) != nil
}

func stringSchema() *tree.Node { return tree.Map().Set("type", tree.Str("string")) }

func nullableString() *tree.Node {
	return tree.Map().Set("type", tree.Str("string")).Set("nullable", tree.True())
}

func objectSchema(title string, properties *tree.Node) *tree.Node {
	return tree.Map().Set("title", tree.Str(title)).Set("type", tree.Str("object")).Set("properties", properties)
}

func (c *cutter) schemaComponent(name string) *tree.Node {
	if c.types.InMetadata(name) {
		t := c.types.Type(name)
		return c.typeSchemaOf(t, c.declaredMapping(t))
	}
	if item, ok := collectionItem(name); ok {
		return collectionSchema(baseCollection, csdl.TypeRef{Name: item, Type: c.doc.Type(item), Enum: c.doc.Enum(item)})
	}
	const nextLink = "@odata.nextLink"
	switch name {
	case baseCollection:
		count := tree.Map().Set("type", tree.Str("integer")).Set("format", tree.Str("int64")).Set("nullable", tree.True())
		return objectSchema("Base of collections", tree.Map().Set("@odata.count", count).Set(nextLink, nullableString()))
	case baseDelta:
		return objectSchema("Base of changes", tree.Map().Set(nextLink, nullableString()).Set("@odata.deltaLink", nullableString()))
	case stringCollection:
		return collectionSchema(baseCollection, csdl.TypeRef{Name: ir.String.Edm()})
	case countAnswer:
		return tree.Map().Set("type", tree.Str("number")).Set("format", tree.Str("int64"))
	case referenceCreate, referenceUpdate:
		return objectSchema(name, tree.Map().Set("@odata.id", stringSchema())).Set("required", tree.Strs([]string{"@odata.id"}))
	case referenceNumeric:
		return tree.Map().Set("title", tree.Str(name)).Set("type", tree.Str("string")).Set("enum", tree.Strs([]string{"-INF", "INF", "NaN"}))
	}
	return errorSchema(name)
}

// collectionItem returns the type of the items, if the name is that of a collection's component.
func collectionItem(name string) (string, bool) {
	if name == stringCollection || !model.IsPage(name) {
		return "", false
	}
	return strings.TrimSuffix(name, model.CollectionSuffix), true
}

// collectionSchema is the schema of an answer with many items.
func collectionSchema(base string, item csdl.TypeRef) *tree.Node {
	item.Collection = true
	title := "Collection of " + ir.ShortName(item.Name)
	own := objectSchema(title, tree.Map().Set("value", typeSchema(item, false)))
	return tree.Map().Set("allOf", tree.Seq(tree.Ref(tree.Schemas, base), own))
}

// errorSchema is the schema of an error or of a part of one.
func errorSchema(name string) *tree.Node {
	part, ok := strings.CutPrefix(name, service.Graph.Errors)
	if !ok {
		return nil
	}
	code := tree.Map().Set("code", stringSchema())
	switch part {
	case "ODataError":
		inner := tree.Map().Set("error", tree.Ref(tree.Schemas, service.Graph.Errors+"MainError"))
		return objectSchema(part, inner).Set("required", tree.Strs([]string{"error"}))
	case "MainError":
		details := tree.Map().Set("type", tree.Str("array")).Set("items", tree.Ref(tree.Schemas, service.Graph.Errors+"ErrorDetails"))
		code.Set("message", stringSchema().Set("x-ms-primary-error-message", tree.True())).Set("target", nullableString()).
			Set("details", details).Set("innerError", tree.Ref(tree.Schemas, service.Graph.Errors+"InnerError"))
		return objectSchema(part, code).Set("required", tree.Strs([]string{"code", "message"}))
	case "ErrorDetails":
		code.Set("message", stringSchema()).Set("target", nullableString())
		return objectSchema(part, code).Set("required", tree.Strs([]string{"code", "message"}))
	case "InnerError":
		date := primitiveSchema(ir.DateTime.Edm(), true)
		return objectSchema(part, tree.Map().Set("date", date).Set("request-id", nullableString()).
			Set("client-request-id", nullableString()).Set("@odata.type", stringSchema()))
	}
	return nil
}

func jsonContent(schema *tree.Node) *tree.Node {
	return tree.Map().Set("application/json", tree.Map().Set("schema", schema))
}

func responseComponent(name string) *tree.Node {
	switch name {
	case errorAnswer:
		return tree.Map().Set("description", tree.Str("The request failed.")).
			Set("content", jsonContent(tree.Ref(tree.Schemas, service.Graph.Errors+"ODataError")))
	case countAnswer:
		content := tree.Map().Set("text/plain", tree.Map().Set("schema", tree.Ref(tree.Schemas, countAnswer)))
		return tree.Map().Set("description", tree.Str("The number of items.")).Set("content", content)
	}
	return tree.Map().Set("description", tree.Str("A page of the collection.")).Set("content", jsonContent(tree.Ref(tree.Schemas, name)))
}

// queryParameter is the component of a system query option, named without its $, or of the If-Match header.
func (c *cutter) queryParameter(name string) *tree.Node {
	wireName, in := "$"+name, "query"
	schema := stringSchema()
	switch name {
	case "top", "skip":
		schema = tree.Map().Set("type", tree.Str("integer")).Set("minimum", tree.Raw("0"))
	case "count":
		schema = tree.Map().Set("type", tree.Str("boolean"))
	case "orderby", "select", "expand":
		schema = tree.Map().Set("uniqueItems", tree.True()).Set("type", tree.Str("array")).Set("items", stringSchema())
	case derive.IfMatch:
		wireName, in = "If-Match", "header"
	}
	n := tree.Map().Set("name", tree.Str(wireName)).Set("in", tree.Str(in)).
		Set("description", tree.Optional(c.notes.take(c.notes.Parameters, "parameters", wireName)))
	if in == "query" {
		return n.Set("style", tree.Str("form")).Set("explode", tree.Raw("false")).Set("schema", schema)
	}
	return n.Set("style", tree.Str("simple")).Set("schema", schema)
}
