package diff_test

import (
	"slices"
	"strings"
)

// json is a body of JSON.
func jsonBody(schema object) object {
	return object{"application/json": object{"schema": schema}}
}

// isJSON narrows a change to bodies of JSON that hold a named type.
func isNamed(s spot) bool {
	types, _ := s.it["content"].(object)
	it, _ := types["application/json"].(object)
	schema, _ := it["schema"].(object)
	return schema["$ref"] != nil
}

var bodyMutators = []mutator{
	{"a body that is required", "requestBody.required", "requestBody", "operation-request-required", "operation-request-optional", "", both(func(s spot) bool { return !s.has("$ref", nil) }, give("required", true))},
	{"a body", "operationKind.requestBody requestBody.content", "operation", "operation-request-added", "operation-request-removed", "go-changed", func(s spot) bool {
		return s.key == "delete" && s.set("requestBody", object{"content": jsonBody(reference("ex.thing"))})
	}},
	{"no body", "operationKind.requestBody", "operation", "operation-request-removed", "operation-request-added", gone, func(s spot) bool { return s.key != "put" && s.set("requestBody", nil) }},
	{"another type of a body", "mediaType.schema schemaKind.$ref", "requestBody", "operation-request-type-changed", "operation-request-type-changed", gone, both(isNamed, func(s spot) bool {
		return s.at != "/paths//newest/put/requestBody" && !strings.Contains(s.at, "things") && s.set("content", jsonBody(reference("ex.book")))
	})},
	{"a body that may be null", "schemaKind.nullable", "requestBody", "operation-request-null-allowed", "operation-request-null-refused", "", both(isNamed, content(func(m object) bool {
		m["schema"] = object{"nullable": true, "allOf": []any{m["schema"]}}
		return true
	}))},
	{"another media type", "contentMap.*", "requestBody", "operation-request-media-type-changed", "operation-request-media-type-changed", "", func(s spot) bool {
		return strings.Contains(s.at, "plan") && s.set("content", object{"text/calendar": object{"schema": object{"type": "string", "format": "binary"}}})
	}},
	{"a media type more", "contentMap.*", "requestBody", "operation-request-media-types-added", "operation-request-media-types-removed", "", func(s spot) bool {
		types, _ := s.it["content"].(object)
		if types["image/jpeg"] == nil {
			return false
		}
		types["image/webp"] = types["image/png"]
		return true
	}},
	{"a body's words", "requestBody.description", "requestBody", "", "", "", func(s spot) bool { return s.set("description", "In other words.") }},
	{"a body written out", "requestBody.$ref", "requestBody", "", "", "", func(s spot) bool {
		return s.has("$ref", nil) && s.set("$ref", nil) && s.set("content", jsonBody(reference("ex.shelf")))
	}},
	{"an answer", "responseKind.content", "response", "operation-answer-added", "operation-answer-removed", "go-changed", func(s spot) bool {
		return !s.has("content", nil) && !s.has("$ref", nil) && s.set("content", jsonBody(reference("ex.thing")))
	}},
	{"another answer", "responseKind.content", "response", "operation-answer-type-changed", "operation-answer-type-changed", gone, both(isNamed, func(s spot) bool {
		return strings.Contains(s.at, "shelves") && s.set("content", jsonBody(reference("ex.book")))
	})},
	{"an answer of another media type", "contentMap.*", "response", "operation-answer-media-type-changed", "operation-answer-media-type-changed", "", where("plan", func(s spot) bool {
		return s.has("content", nil) && s.set("content", object{"image/webp": object{"schema": object{"type": "string", "format": "binary"}}})
	})},
	{"an answer that may be null", "schemaKind.nullable", "response", "operation-answer-nullable", "operation-answer-not-nullable", "", both(isNamed, content(func(m object) bool {
		m["schema"] = object{"nullable": true, "allOf": []any{m["schema"]}}
		return true
	}))},
	{"an answer without its wrapper", "schemaKind.properties", "response", "operation-answer-wrapping-changed", "operation-answer-wrapping-changed", "go-changed", where("ex.count", func(s spot) bool {
		return s.set("content", jsonBody(object{"type": "integer", "format": "int32"}))
	})},
	{"a delta query", "schemaKind.properties", "operation", "operation-delta-changed", "operation-delta-changed", "operation-answer-type-changed go-changed operation-kind-changed operation-pages-changed operation-path-written " + gone, func(s spot) bool {
		if s.at != "/paths//shelves/ex.delta()/get" {
			return false
		}
		paths := s.root["paths"].(object)
		paths["/shelves/ex.delta()"].(object)["get"].(object)["responses"] = object{"2XX": object{"description": "A shelf.", "content": jsonBody(reference("ex.shelf"))}}
		return true
	}},
	{"one instead of a list", "schemaKind.properties", "operation", "operation-kind-changed operation-answer-type-changed", "operation-kind-changed operation-answer-type-changed",
		"operation-pages-changed operation-answer-wrapping-changed go-name-changed operation-statuses-changed " + gone, func(s spot) bool {
			return s.key == "get" && strings.Contains(s.at, "/things") && s.set("responses", object{"2XX": object{"description": "x", "content": jsonBody(reference("ex.thing"))}})
		}},
	{"an answer's words", "responseKind.description", "response", "", "", "", func(s spot) bool { return s.set("description", "In other words.") }},
	{"an answer written out", "responseKind.$ref", "response", "", "", "", func(s spot) bool {
		response := s.root["components"].(object)["responses"].(object)["things"].(object)
		return strings.Contains(s.at, "/things") && s.has("$ref", nil) && s.set("$ref", nil) && s.set("description", "x") && s.set("content", response["content"])
	}},
}

// part is the part of a component beside its base.
func (s spot) part(name string) object {
	it := s.schemas()[name].(object)
	if all, ok := it["allOf"].([]any); ok {
		return all[1].(object)
	}
	return it
}

var schemaMutators = []mutator{
	{"abstract", "schemaKind.x-graphslice-abstract", "schema", "type-abstract", "type-not-abstract", "type-form-changed go-changed go-added go-removed", both(isStruct, give("x-graphslice-abstract", true))},
	{"open", "schemaKind.x-graphslice-open-type", "schema", "type-opened", "type-closed", "", both(isStruct, give("x-graphslice-open-type", true))},
	{"interfaces", "schemaKind.x-graphslice-polymorphic", "schema", "type-form-changed", "type-form-changed", "", func(s spot) bool {
		return slices.Contains([]any{"thing", "shelf", "book"}, s.it["title"]) && s.set("x-graphslice-polymorphic", true)
	}},
	{"a bind", "schemaKind.x-graphslice-entity-set", "schema", "type-bind-removed", "type-bind-added", "property-bind-removed property-bind-added go-changed", take("x-graphslice-entity-set")},
	{"a bind elsewhere", "schemaKind.x-graphslice-entity-set", "schema", "type-bind-moved", "type-bind-moved", "property-bind-moved", put("x-graphslice-entity-set", nil, "attic/things")},
	{"a base", "schemaKind.allOf schemaList.[]", "document", "type-base-added", "type-base-changed", "type-key-added type-key-changed property-added property-removed", func(s spot) bool {
		s.schemas()["ex.moment"] = object{"allOf": []any{reference("ex.entity"), s.schemas()["ex.moment"]}}
		return true
	}},
	{"another base", "schemaKind.allOf", "document", "type-base-changed", "type-base-inserted", gone, func(s spot) bool {
		s.schemas()["ex.map"].(object)["allOf"].([]any)[0] = reference("ex.entity")
		return true
	}},
	{"a base between", "schemaKind.allOf", "document", "type-base-inserted", "type-base-changed", gone, func(s spot) bool {
		s.schemas()["ex.item"] = object{"allOf": []any{reference("ex.entity"), object{"title": "item", "type": "object"}}}
		s.schemas()["ex.thing"].(object)["allOf"].([]any)[0] = reference("ex.item")
		return true
	}},
	{"a property that its base declares", "schemaKind.properties", "document", "property-moved", "property-added property-removed", "property-added", func(s spot) bool {
		moved := s.part("ex.book")["properties"].(object)["isbn"]
		delete(s.part("ex.book")["properties"].(object), "isbn")
		s.part("ex.thing")["properties"].(object)["isbn"] = moved
		return true
	}},
	{"a key", "schemaKind.x-graphslice-key", "schema", "type-key-changed", "type-key-changed", "operation-argument-type-changed", func(s spot) bool {
		return slices.Contains([]any{"thing", "shelf", "entity"}, s.it["title"]) && s.set("x-graphslice-key", []any{"code"})
	}},
	{"no key any more", "schemaKind.nullable", "document", "type-key-changed property-null-allowed", "type-key-added property-null-refused", "go-changed " + gone, func(s spot) bool {
		s.schemas()["ex.entity"].(object)["properties"].(object)["id"].(object)["nullable"] = true
		return true
	}},
	{"an enumeration", "schemaMap.*", "document", "enum-removed property-removed", "enum-added property-added", "", func(s spot) bool {
		delete(s.schemas(), "ex.rights")
		delete(s.part("ex.shelf")["properties"].(object), "rights")
		return true
	}},
	{"a key of two", "schemaKind.x-graphslice-key", "schema", "type-key-changed", "type-key-changed", "", func(s spot) bool {
		return slices.Contains([]any{"thing", "user", "entity"}, s.it["title"]) && s.set("x-graphslice-key", []any{"id", "code"})
	}},
	{"the key of a discriminator", "schemaKind.discriminator discriminator.mapping textMap.*", "schema", "type-name-changed", "type-name-changed", "", func(s spot) bool {
		d, ok := s.it["discriminator"].(object)
		if !ok {
			return false
		}
		mapping := d["mapping"].(object)
		mapping["#ex.tome"] = mapping["#ex.book"]
		delete(mapping, "#ex.book")
		return true
	}},
	{"one key more", "textMap.*", "schema", "type-name-added", "type-name-changed", "", func(s spot) bool {
		d, ok := s.it["discriminator"].(object)
		if !ok {
			return false
		}
		mapping := d["mapping"].(object)
		mapping["#ex.tome"] = mapping["#ex.book"]
		return true
	}},
	{"an item less of a discriminator", "textMap.*", "schema", "", "", gone, func(s spot) bool {
		d, ok := s.it["discriminator"].(object)
		if !ok {
			return false
		}
		delete(d["mapping"].(object), "#ex.map")
		return true
	}},
	{"another property of a discriminator", "discriminator.propertyName", "schema", "", "", gone, func(s spot) bool {
		d, ok := s.it["discriminator"].(object)
		if !ok {
			return false
		}
		d["propertyName"] = "kind"
		return true
	}},
	{"a local time", "schemaKind.x-graphslice-local-time localTimeKind.dateTime localTimeKind.zone", "schema", "type-local-time-changed", "type-local-time-changed", "go-changed", take("x-graphslice-local-time")},
	{"the way in for large contents", "schemaKind.x-graphslice-upload-session uploadSessionKind.url uploadSessionKind.ranges", "schema", "type-upload-changed", "type-upload-changed", "go-added go-removed go-changed", take("x-graphslice-upload-session")},
	{"the result of an upload", "uploadSessionKind.result", "schema", "type-upload-changed", "type-upload-changed", "go-added go-removed go-changed", func(s spot) bool {
		session, ok := s.it["x-graphslice-upload-session"].(object)
		if !ok {
			return false
		}
		session["result"] = "ex.shelf"
		return true
	}},
	{"what makes the service tell of changes", "schemaKind.x-graphslice-subscription subscriptionKind.path subscriptionKind.expires subscriptionKind.resource subscriptionKind.longest", "schema", "type-subscription-changed", "type-subscription-changed", "go-added go-removed go-changed", take("x-graphslice-subscription")},
	{"a reference that is whole", "schemaKind.x-graphslice-reference schemaKind.x-graphslice-partial", "schema", "", "", "", func(s spot) bool {
		return s.set("x-graphslice-reference", nil) && s.set("x-graphslice-partial", true)
	}},
	{"a type's words", "schemaKind.description schemaKind.externalDocs schemaKind.title", "schema", "documentation-changed", "documentation-changed", "", func(s spot) bool {
		return isStruct(s) && s.set("description", "In other words.")
	}},
	{"a deprecated type", "schemaKind.deprecated schemaKind.x-ms-deprecation", "schema", "deprecated", "deprecated", "", both(isStruct, give("x-ms-deprecation", object{"removalDate": "2027-01-01"}))},
	{"a type that clouds lack", "schemaKind.x-graphslice-not-in", "schema", "clouds-changed", "clouds-changed", "", both(isStruct, put("x-graphslice-not-in", nil, []any{"China"}))},
	{"a required property", "schemaKind.required", "schema", "property-required", "property-optional", "", func(s spot) bool {
		properties, _ := s.it["properties"].(object)
		return !s.has("required", nil) && properties["label"] != nil && s.set("required", []any{"label"}) || properties["name"] != nil && s.set("required", []any{"name"})
	}},
	{"a new property that is required", "schemaKind.required schemaKind.properties", "schema", "property-added-required", "property-removed", "", both(isStruct, func(s spot) bool {
		properties, ok := s.it["properties"].(object)
		if !ok {
			return false
		}
		properties["shade"] = object{"type": "string"}
		list, _ := s.it["required"].([]any)
		return s.set("required", append(slices.Clone(list), "shade"))
	})},
	{"a property", "schemaKind.properties", "schema", "property-added", "property-removed", "", both(isStruct, func(s spot) bool {
		properties, ok := s.it["properties"].(object)
		if ok {
			properties["shade"] = object{"type": "string"}
		}
		return ok
	})},
	{"a type that nothing uses", "schemaMap.*", "document", "type-added", "type-removed", "", func(s spot) bool {
		s.schemas()["ex.poster"] = object{"allOf": []any{reference("ex.thing"), object{"title": "poster", "type": "object"}}}
		s.part("ex.thing")["discriminator"].(object)["mapping"].(object)["#ex.poster"] = "#/components/schemas/ex.poster"
		return true
	}},
}

// isStruct reports whether a schema is one of a type with properties.
func isStruct(s spot) bool { return s.has("type", "object") }
