package diff_test

import (
	"maps"
	"slices"
	"strings"
)

// put makes a value another one wherever the key has the first.
func put(key string, from, to any) func(spot) bool {
	return func(s spot) bool { return s.has(key, from) && s.set(key, to) }
}

// give adds a key where it is not.
func give(key string, value any) func(spot) bool {
	return func(s spot) bool { return !s.has(key, nil) && s.set(key, value) }
}

// take takes a key away where it is.
func take(key string) func(spot) bool { return func(s spot) bool { return s.set(key, nil) } }

// where narrows a change to spots at which every word stands in the pointer.
func where(words string, apply func(spot) bool) func(spot) bool {
	return func(s spot) bool {
		for word := range strings.FieldsSeq(words) {
			if !strings.Contains(s.at, word) {
				return false
			}
		}
		return apply(s)
	}
}

// plain reports whether a property is a value without a reference, a list or a navigation.
func plain(s spot) bool {
	return s.has("type", nil) && !s.has("type", "array") && !s.has("type", "object") && !s.has("x-ms-enum", nil) && s.key != "id" && !strings.HasPrefix(s.key, "@") &&
		s.key != "dateTime" && s.key != "timeZone" && s.key != "uploadUrl"
}

// owned reports whether nothing else of the slice names the property.
func owned(s spot) bool {
	return s.key != "id" && !strings.HasPrefix(s.key, "@") && !strings.Contains(s.at, "ex.moment") && !strings.Contains(s.at, "ex.session")
}

// both narrows a change.
func both(is func(spot) bool, apply func(spot) bool) func(spot) bool {
	return func(s spot) bool { return is(s) && apply(s) }
}

// schemas is what the slice calls by name.
func (s spot) schemas() object { return s.root["components"].(object)["schemas"].(object) }

// reference leads to a component.
func reference(name string) object { return object{"$ref": "#/components/schemas/" + name} }

// operationOf narrows a change to operations of a method.
func operationOf(method string, apply func(spot) bool) func(spot) bool {
	return func(s spot) bool { return s.key == method && apply(s) }
}

// parameter adds a parameter to an operation.
func parameter(p object) func(spot) bool {
	return func(s spot) bool {
		list, _ := s.it["parameters"].([]any)
		return s.set("parameters", append(slices.Clone(list), p))
	}
}

// content changes the one media type of a body.
func content(apply func(mediaType object) bool) func(spot) bool {
	return func(s spot) bool {
		types, _ := s.it["content"].(object)
		if len(types) != 1 {
			return false
		}
		for _, it := range types {
			return apply(it.(object))
		}
		return false
	}
}

// entries changes a list.
func entries(key string, change func([]any) []any) func(spot) bool {
	return func(s spot) bool {
		list, ok := s.it[key].([]any)
		return ok && s.set(key, change(slices.Clone(list)))
	}
}

// rename gives the object another key.
func (s spot) rename(key string) bool {
	if s.in == nil || s.in[key] != nil {
		return false
	}
	s.in[key] = s.it
	return s.remove()
}

// rewrite puts another text for one in the keys of the paths.
func rewrite(old, new string) func(spot) bool {
	return func(s spot) bool {
		paths := s.it["paths"].(object)
		done := false
		for _, path := range slices.Sorted(maps.Keys(paths)) {
			if strings.Contains(path, old) {
				paths[strings.Replace(path, old, new, 1)] = paths[path]
				delete(paths, path)
				done = true
			}
		}
		return done
	}
}

// gone is what may go with what is taken away, or come with what is added.
const gone = "type-removed type-added property-removed property-added enum-removed enum-added member-removed member-added constant-removed constant-added " +
	"type-base-changed go-removed go-added go-changed type-form-changed"

var mutators = slices.Concat(documentMutators, operationMutators, parameterMutators, bodyMutators, schemaMutators, propertyMutators, enumMutators, commonMutators)

var documentMutators = []mutator{
	{"another root", "documentKind.servers serverList.[] serverKind.url", "document", "service-root-changed", "service-root-changed", "",
		put("servers", nil, []any{object{"url": "https://library.example/beta"}})},
	{"another default", "serverKind.variables serverVariables.* serverVariable.default", "document", "service-root-changed", "service-root-changed", "",
		put("servers", nil, []any{object{"url": "https://library.example/{version}", "variables": object{"version": object{"default": "beta"}}}})},
	{"another title", "documentKind.info infoKind.title infoKind.version infoKind.x-graphslice-cut", "document", "", "", "",
		put("info", nil, object{"title": "Books", "version": "v1.0", "x-graphslice-cut": "sha256:0"})},
	{"other clouds", "documentKind.x-graphslice-clouds", "document", "", "", "", take("x-graphslice-clouds")},
	{"other permissions known", "documentKind.x-graphslice-permissions permissionMap.* permissionKinds.delegated permissionKinds.application permissionKinds.personal permissionKinds.resourceSpecific " +
		"permissionKind.id permissionKind.level permissionKind.adminConsent permissionKind.opens permissionKind.allows", "document", "", "", "go-removed go-added",
		put("x-graphslice-permissions", nil, object{"Shelf.Read": object{"application": object{"id": "6a1d4a4f-1d6c-4f0f-9e62-6dc1bd0a0002", "level": 2, "adminConsent": true, "opens": 3, "allows": "Reads shelves."}}})},
	{"security of all", "documentKind.security", "document", "", "", "operation-permissions-changed", give("security", []any{object{"oauth": []any{"Shelf.Read"}}})},
	{"a component more", "documentKind.components componentsKind.schemas componentsKind.parameters componentsKind.responses componentsKind.requestBodies schemaMap.* parameterMap.* responseComponents.* requestBodyMap.*",
		"document", "", "", "", func(s spot) bool {
			components := s.it["components"].(object)
			components["parameters"].(object)["unused"] = object{"name": "unused", "in": "query"}
			components["responses"].(object)["unused"] = object{"description": "unused"}
			components["requestBodies"].(object)["unused"] = object{"content": object{}}
			return true
		}},
	{"an argument in the query", "documentKind.paths pathMap.*", "document", "operation-path-written", "operation-path-written", "", func(s spot) bool {
		for _, p := range spots(s.root) {
			if p.has("name", "of") {
				p.it["in"] = "query"
			}
		}
		return rewrite("of='{of}'", "of='@of'")(s)
	}},
	{"another name of an argument", "pathMap.*", "document", "operation-path-written", "operation-path-written", "go-name-changed go-changed", func(s spot) bool {
		return rewrite("kind='{kind}'", "kind='{kind1}'")(s) && rename(s, "kind", "kind1")
	}},
	{"an argument of another name", "pathMap.*", "document", "operation-removed operation-added", "operation-removed operation-added", "", func(s spot) bool {
		return rewrite("kind='{kind}'", "sort='{kind}'")(s)
	}},
	{"another place", "pathMap.*", "document", "operation-removed operation-added", "operation-removed operation-added", gone, rewrite("/newest", "/latest")},
}

// nameOf is the name of a parameter, "" of a reference to one.
func nameOf(s spot) string {
	name, _ := s.it["name"].(string)
	return name
}

// rename renames path parameters in all operations.
func rename(s spot, old, new string) bool {
	done := false
	for _, p := range spots(s.root) {
		if p.role == "parameter" && p.it["name"] == old {
			p.it["name"], done = new, true
		}
	}
	return done
}

var operationMutators = []mutator{
	{"an operation", "pathItem.get pathItem.post pathItem.put pathItem.patch pathItem.delete", "operation", "operation-removed", "operation-added", gone + " type-name-changed", spot.remove},
	{"PATCH that became PUT", "pathItem.patch pathItem.put", "operation", "operation-method-changed", "operation-method-changed", "",
		operationOf("patch", func(s spot) bool { return s.rename("put") })},
	{"PUT that became PATCH", "pathItem.patch pathItem.put", "operation", "operation-method-changed", "operation-method-changed", "",
		operationOf("put", func(s spot) bool { return s.rename("patch") })},
	{"a method of no name", "pathItem.head pathItem.options pathItem.trace", "pathItem", "operation-added", "operation-removed", "", func(s spot) bool {
		return !strings.Contains(s.at, "{of}") && give("head", object{"responses": object{"204": object{"description": "There."}}})(s)
	}},
	{"a pause", "operationKind.x-graphslice-pause", "operation", "operation-pause-changed", "operation-pause-changed", "", give("x-graphslice-pause", "PT3S")},
	{"another pause", "operationKind.x-graphslice-pause", "operation", "operation-pause-changed", "operation-pause-changed", "", put("x-graphslice-pause", nil, "PT9S")},
	{"pages", "operationKind.x-ms-pageable", "operation", "operation-pages-changed", "operation-pages-changed", "", where("get", func(s spot) bool {
		return strings.Contains(s.at, "ex.count") && s.set("x-ms-pageable", object{"nextLinkName": "@odata.nextLink"})
	})},
	{"in the background", "operationKind.x-ms-long-running-operation", "operation", "operation-background", "operation-foreground", "operation-answer-added go-changed", func(s spot) bool {
		responses, _ := s.it["responses"].(object)
		return responses["202"] == nil && give("x-ms-long-running-operation", true)(s)
	}},
	{"another least permission", "operationKind.security securityList.[] securityRequirement.*", "operation", "operation-permissions-changed", "operation-permissions-changed", "",
		func(s spot) bool {
			return s.set("security", []any{object{"oauth": []any{"Shelf.Manage"}}}) && s.set("x-graphslice-permissions", nil) || true
		}},
	{"a permission of applications", "operationKind.x-graphslice-application-permissions", "operation", "operation-permissions-changed", "operation-permissions-changed", "",
		func(s spot) bool {
			return !s.has("x-graphslice-permissions", nil) && s.set("x-graphslice-application-permissions", []any{"Shelf.Manage.All"})
		}},
	{"a permission of a resource", "operationKind.x-graphslice-resource-permissions", "operation", "operation-permissions-changed", "operation-permissions-changed", "",
		func(s spot) bool {
			return !s.has("x-graphslice-permissions", nil) && s.set("x-graphslice-resource-permissions", []any{"Shelf.Manage.Room"})
		}},
	{"what is accepted", "operationKind.x-graphslice-permissions acceptedPermissions.from acceptedPermissions.delegated acceptedPermissions.personal acceptedPermissions.application " +
		"acceptedPermissions.resourceSpecific grants.least grants.other grants.unmarked", "operation", "operation-permissions-changed", "operation-permissions-changed", "",
		func(s spot) bool {
			grants := object{"least": []any{"Shelf.Manage"}, "other": []any{"Shelf.Own"}}
			return s.set("x-graphslice-permissions", object{"delegated": grants, "personal": grants, "application": grants, "resourceSpecific": grants})
		}},
	{"another order of permissions", "grants.other", "operation", "", "", "", func(s spot) bool {
		accepted, ok := s.it["x-graphslice-permissions"].(object)
		if ok {
			grants := accepted["delegated"].(object)
			grants["other"], accepted["from"] = []any{"Shelf.Own", "Shelf.ReadWrite"}, "elsewhere"
		}
		return ok
	}},
	{"its words", "operationKind.summary operationKind.description operationKind.externalDocs externalDocs.url", "operation", "documentation-changed", "documentation-changed", "",
		func(s spot) bool {
			return s.set("summary", "In other words") && s.set("externalDocs", object{"url": "https://library.example/docs/x"})
		}},
	{"another operationId", "operationKind.operationId operationKind.x-ms-docs-operation-type", "operation", "", "", "",
		func(s spot) bool { return !s.has("x-ms-docs-operation-type", nil) && s.set("operationId", "another") }},
	{"another status", "operationKind.responses responseMap.*", "operation", "operation-statuses-changed", "operation-statuses-changed", "operation-background operation-foreground go-changed", func(s spot) bool {
		responses := s.it["responses"].(object)
		for status, it := range responses {
			if status == "204" {
				responses["2XX"] = it
				delete(responses, status)
				return true
			}
		}
		return false
	}},
}

var parameterMutators = []mutator{
	{"a query parameter", "operationKind.parameters parameterList.[] parameterKind.name parameterKind.in", "operation", "parameter-added", "parameter-removed", "go-changed go-added go-removed", parameter(object{"name": "shade", "in": "query", "schema": object{"type": "string"}})},
	{"one for all methods of a path", "pathItem.parameters", "pathItem", "parameter-added", "parameter-removed", "go-changed go-added go-removed", parameter(object{"name": "shade", "in": "query", "schema": object{"type": "string"}})},
	{"a required query parameter", "parameterKind.required", "operation", "parameter-added-required", "parameter-removed", "go-changed go-added go-removed",
		parameter(object{"name": "shade", "in": "query", "required": true, "schema": object{"type": "string"}})},
	{"one of OData's own", "parameterKind.name", "operation", "option-added", "option-removed", "go-changed go-added go-removed", where("/shelves/get",
		parameter(object{"name": "$count", "in": "query", "schema": object{"type": "boolean"}}))},
	{"a required one of OData's own", "parameterKind.required", "operation", "parameter-added-required", "option-removed", "", where("/shelves/get", parameter(object{"name": "$orderby", "in": "query", "required": true, "schema": object{"type": "string"}}))},
	{"a header", "parameterKind.in", "operation", "", "", "", parameter(object{"name": "X-Shade", "in": "header", "schema": object{"type": "string"}})},
	{"a required header", "parameterKind.in parameterKind.required", "operation", "operation-header-required", "operation-header-optional", "",
		parameter(object{"name": "X-Shade", "in": "header", "required": true, "schema": object{"type": "string"}})},
	{"a header that becomes required", "parameterKind.required", "parameter", "operation-header-required", "operation-header-optional", "", both(func(s spot) bool { return s.has("in", "header") }, give("required", true))},
	{"a parameter that becomes required", "parameterKind.required", "parameter", "parameter-required", "parameter-optional", "", both(func(s spot) bool { return s.has("in", "query") }, give("required", true))},
	{"a parameter's type", "parameterKind.schema", "parameter", "parameter-type-changed", "parameter-type-changed", "", func(s spot) bool {
		return s.has("in", "query") && !strings.HasPrefix(nameOf(s), "$") && s.set("schema", object{"type": "boolean"})
	}},
	{"how a list stands in a query", "parameterKind.schema", "parameter", "parameter-list-changed", "parameter-list-changed", "",
		both(func(s spot) bool { return s.has("name", "colors") }, give("explode", false))},
	{"the type of OData's own", "parameterKind.schema", "parameter", "", "", "", func(s spot) bool {
		return strings.HasPrefix(nameOf(s), "$") && s.set("schema", object{"type": "array", "items": object{"type": "boolean"}})
	}},
	{"a type below a media type", "parameterKind.content contentMap.* mediaType.schema", "parameter", "parameter-type-changed", "parameter-type-changed", "", func(s spot) bool {
		return s.has("name", "room") && s.set("schema", nil) && s.set("content", object{"text/plain": object{"schema": object{"type": "boolean"}}})
	}},
	{"the type of an argument", "parameterKind.schema", "parameter", "operation-argument-type-changed", "operation-argument-type-changed", "go-changed", func(s spot) bool {
		return (s.has("name", "of") || s.has("name", "kind")) && s.set("schema", object{"type": "integer", "format": "int32"})
	}},
	{"a parameter's words", "parameterKind.description", "parameter", "documentation-changed", "documentation-changed", "", func(s spot) bool {
		return s.has("in", "query") && s.set("description", "In other words")
	}},
	{"a deprecated parameter", "parameterKind.deprecated parameterKind.x-ms-deprecation", "parameter", "deprecated", "deprecated", "", both(func(s spot) bool { return s.has("in", "query") }, give("deprecated", true))},
	{"parameters in another order", "parameterList.[]", "operation", "", "", "", func(s spot) bool {
		list, _ := s.it["parameters"].([]any)
		return len(list) > 1 && entries("parameters", func(l []any) []any { slices.Reverse(l); return l })(s)
	}},
	{"another kind of key", "parameterKind.x-ms-docs-key-type", "parameter", "", "", "operation-path-written", take("x-ms-docs-key-type")},
	{"a parameter by reference", "parameterKind.$ref", "operation", "parameter-added", "parameter-removed", "go-changed go-added go-removed", func(s spot) bool {
		return s.at != "/paths//things/get" && parameter(object{"$ref": "#/components/parameters/search"})(s)
	}},
}
