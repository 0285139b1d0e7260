package openapi

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// unread are the fields of OpenAPI 3.0 that are not read, and those of 3.1 that are left of a document when it is rewritten: of objects
// that have no others but extensions.
var unread = map[kind][]string{
	documentKind:   {"openapi", "tags", "externalDocs", "webhooks", "jsonSchemaDialect"},
	infoKind:       {"description", "termsOfService", "contact", "license", "summary"},
	serverKind:     {"description"},
	serverVariable: {"enum", "description"},
	externalDocs:   {"description"},
	pathItem:       {"summary", "description", "servers"},
	operationKind:  {"tags", "callbacks", "servers"},
	parameterKind:  {"allowEmptyValue", "style", "explode", "allowReserved", "example", "examples", "summary"},
	requestBody:    {"summary"},
	mediaType:      {"example", "examples", "encoding"},
	responseKind:   {"headers", "links", "summary"},
	componentsKind: {"examples", "headers", "securitySchemes", "links", "callbacks", "pathItems"},
	schemaKind: {
		"default", "example", "examples", "xml", "not", "writeOnly", "const", "multipleOf", "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum",
		"minLength", "maxLength", "pattern", "minItems", "uniqueItems", "minProperties", "maxProperties", "patternProperties", "propertyNames",
		"prefixItems", "contains", "minContains", "maxContains", "unevaluatedItems", "unevaluatedProperties", "additionalItems", "if", "then", "else",
		"dependencies", "dependentSchemas", "dependentRequired", "definitions", "contentMediaType", "contentEncoding", "contentSchema", "id",
	},
	discriminator: {},
}

// kindNames are the objects of unread as messages name them.
var kindNames = map[kind]string{
	documentKind: "a document", infoKind: "an info", serverKind: "a server", serverVariable: "a server variable", externalDocs: "an externalDocs", pathItem: "a path", operationKind: "an operation",
	parameterKind: "a parameter", requestBody: "a request body", mediaType: "a media type", responseKind: "a response", componentsKind: "components",
	schemaKind: "a schema", discriminator: "a discriminator",
}

// misspelling is a name that stands in an object of a kind.
type misspelling struct {
	in   kind
	name string
}

// checkSpelling tells, once for each name, of a field of an object of kind k that nobody knows and that looks like one of those that the
// object has: such a field would be passed over without a word. What looks like none is left alone, as it may be meant for somebody else.
func (l *library) checkSpelling(field sourceValue, k kind) {
	others, isClosed := unread[k]
	name := field.name()
	_, isRead := grammar[k][name]
	seen := misspelling{k, name}
	if !isClosed || isRead || strings.HasPrefix(name, "x-") || strings.HasPrefix(name, "$") || len(name) > longestField || l.misspelt[seen] ||
		slices.Contains(others, name) {
		return
	}
	l.misspelt[seen] = true
	for _, known := range slices.Concat(slices.Sorted(maps.Keys(grammar[k])), others) {
		if isMisspelt(name, known) {
			l.diags.Add(diag.Diagnostic{Pos: field.pos(), Severity: diag.Warning, Code: "unknown-field",
				Message: fmt.Sprintf("%q is no field of %s, and is passed over", name, kindNames[k]), Hint: "did you mean " + known + "?"})
			return
		}
	}
}

// longestField is longer than any field by what a slip makes of it.
const longestField = 40

// isMisspelt reports whether a name is a known one but for capitals, for a letter, for two in a long one, or for two neighbours that
// have changed places.
func isMisspelt(name, known string) bool {
	few := 1
	if len(known) >= 8 {
		few = 2
	}
	if len(known) < 4 || strings.HasPrefix(known, "x-") || max(len(name)-len(known), len(known)-len(name)) > few {
		return false
	}
	name, known = strings.ToLower(name), strings.ToLower(known)
	return diag.Distance(name, known) <= few || isSwapped(name, known)
}

// isSwapped reports whether two neighbours have changed places.
func isSwapped(a, b string) bool {
	if len(a) != len(b) {
		return false
	}
	for i := 0; i+1 < len(a); i++ {
		if a[i] != b[i] {
			return a[i] == b[i+1] && a[i+1] == b[i] && a[i+2:] == b[i+2:]
		}
	}
	return false
}
