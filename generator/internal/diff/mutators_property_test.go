package diff_test

import (
	"slices"
	"strings"
)

// isNavigation reports whether a property is one of a reference to entities.
func isNavigation(s spot) bool { return s.has("x-ms-navigationProperty", nil) }

var propertyMutators = []mutator{
	{"a property that is gone", "schemaKind.properties", "property", "property-removed", "property-added", gone, both(owned, func(s spot) bool {
		return s.key != "kind" && !strings.Contains(s.at, "mapping") && s.remove()
	})},
	{"a property of another type", "schemaKind.type schemaKind.format", "property", "property-type-changed", "property-type-changed", "type-key-changed", both(func(s spot) bool { return plain(s) && owned(s) && s.key != "code" }, func(s spot) bool {
		return s.set("format", nil) != s.has("type", "boolean") && s.set("type", "boolean") || s.set("type", "boolean")
	})},
	{"another format", "schemaKind.format", "property", "property-type-changed", "property-type-changed", "", both(plain, func(s spot) bool { return s.has("format", "int32") && s.set("format", "int64") })},
	{"a format of text", "schemaKind.format", "property", "property-type-changed", "property-type-changed", "", both(func(s spot) bool { return plain(s) && owned(s) && !s.has("format", nil) }, func(s spot) bool {
		return s.has("type", "string") && s.set("format", "duration")
	})},
	{"a list", "schemaKind.items", "property", "property-type-changed", "property-type-changed", "property-null-refused property-null-allowed", both(func(s spot) bool { return plain(s) && owned(s) && s.key != "code" && s.key != "built" }, func(s spot) bool {
		was := object{}
		for key, value := range s.it {
			was[key] = value
		}
		s.in[s.key] = object{"type": "array", "items": was}
		return true
	})},
	{"a map", "schemaKind.additionalProperties", "property", "property-type-changed", "property-type-changed", "", func(s spot) bool {
		return s.key == "labels" && s.set("additionalProperties", object{"type": "integer", "format": "int32"})
	}},
	{"null", "schemaKind.nullable", "property", "property-null-allowed", "property-null-refused", "", both(func(s spot) bool {
		return plain(s) && owned(s) && !s.has("readOnly", nil)
	}, give("nullable", true))},
	{"null for what the service computes", "schemaKind.nullable", "property", "property-null-allowed", "property-null-allowed", "", both(func(s spot) bool { return s.has("readOnly", true) }, give("nullable", true))},
	{"null in a list", "schemaKind.nullable schemaKind.items", "property", "property-items-null-allowed", "property-items-null-refused", "", func(s spot) bool {
		items, ok := s.it["items"].(object)
		if !ok || items["nullable"] != nil || items["$ref"] != nil || strings.Contains(s.at, "session") {
			return false
		}
		items["nullable"] = true
		return true
	}},
	{"read-only", "schemaKind.readOnly", "property", "property-read-only", "property-writable", "", both(func(s spot) bool { return owned(s) && s.key != "code" && !s.has("$ref", nil) }, give("readOnly", true))},
	{"fewer items", "schemaKind.maxItems", "property", "property-max-items-lowered", "property-max-items-raised", "", both(func(s spot) bool {
		return s.has("type", "array") && !strings.Contains(s.at, "session")
	}, put("maxItems", nil, 5))},
	{"a limit of items", "schemaKind.maxItems", "property", "property-max-items-lowered", "property-max-items-raised", "", both(func(s spot) bool {
		return s.has("type", "array") && !strings.Contains(s.at, "session")
	}, give("maxItems", 7))},
	{"a navigation property", "schemaKind.x-ms-navigationProperty", "property", "property-navigation-changed", "property-navigation-changed", "property-bind-removed go-changed go-added go-removed", both(isNavigation, take("x-ms-navigationProperty"))},
	{"a navigation property that Go has no other form for", "schemaKind.x-ms-navigationProperty", "property", "property-navigation-changed", "property-navigation-changed", "", func(s spot) bool {
		return s.key == "numbers" && s.set("x-ms-navigationProperty", true)
	}},
	{"a contained target", "schemaKind.x-graphslice-contains-target", "property", "property-bind-removed", "property-bind-added", "go-changed", both(isNavigation, give("x-graphslice-contains-target", true))},
	{"a target that is contained no more", "schemaKind.x-graphslice-contains-target", "property", "property-bind-added", "property-bind-removed", "go-changed", both(func(s spot) bool { return s.key != "notes" }, take("x-graphslice-contains-target"))},
	{"contained, and never bound", "schemaKind.x-graphslice-contains-target", "property", "property-contained-changed", "property-contained-changed", "", func(s spot) bool {
		return s.key == "notes" && s.set("x-graphslice-contains-target", nil)
	}},
	{"a bind of one property", "schemaKind.x-graphslice-entity-set", "property", "property-bind-moved", "property-bind-moved", "", both(isNavigation, func(s spot) bool {
		return !s.has("x-graphslice-contains-target", nil) && s.set("x-graphslice-entity-set", "attic/things")
	})},
	{"another target", "schemaKind.$ref", "property", "property-type-changed", "property-type-changed", gone, func(s spot) bool {
		return (s.key == "kind" || s.key == "rights") && s.set("$ref", "#/components/schemas/ex.thing")
	}},
	{"a union", "schemaKind.anyOf schemaKind.oneOf", "property", "property-type-changed", "property-type-changed", "property-null-allowed property-null-refused", func(s spot) bool {
		return s.key == "width" && s.set("oneOf", []any{object{"type": "integer", "format": "int32"}, object{"type": "string"}}) ||
			s.key == "first" && s.set("anyOf", []any{reference("ex.book"), object{"type": "object", "nullable": true}})
	}},
	{"a parameter of an action", "schemaKind.properties", "operation", "argument-added-required", "property-removed", "", func(s spot) bool { return actionProperty(s, object{"type": "integer", "format": "int32"}) }},
	{"a list of an action", "schemaKind.properties", "operation", "argument-added-required", "property-removed", "", func(s spot) bool {
		return actionProperty(s, object{"type": "array", "items": object{"type": "string"}})
	}},
	{"a parameter of an action that may be null", "schemaKind.properties", "operation", "property-added", "property-removed", "", func(s spot) bool { return actionProperty(s, object{"type": "string", "nullable": true}) }},
	{"a parameter of an action that may not be null any more", "schemaKind.nullable", "argument", "property-null-refused", "property-null-allowed", "", take("nullable")},
	{"a parameter of an action that is gone", "schemaKind.properties", "argument", "property-removed", "argument-added-required", gone + " operation-request-type-changed", func(s spot) bool { return s.key == "by" && s.remove() }},
	{"a deprecated property", "schemaKind.deprecated schemaKind.x-ms-deprecation deprecation.removalDate", "property", "deprecated", "deprecated", "", both(func(s spot) bool { return plain(s) && !s.has("deprecated", nil) }, give("x-ms-deprecation", object{"removalDate": "2027-01-01"}))},
	{"a property's words", "schemaKind.description", "property", "documentation-changed", "documentation-changed", "", both(plain, put("description", nil, "In other words."))},
	{"a property that clouds lack", "schemaKind.x-graphslice-not-in", "property", "clouds-changed", "clouds-changed", "", both(plain, give("x-graphslice-not-in", []any{"China"}))},
}

// actionProperty adds a parameter to an action.
func actionProperty(s spot, p object) bool {
	if !strings.Contains(s.at, "ex.sort") && !strings.Contains(s.at, "ex.open") {
		return false
	}
	body := s.it["requestBody"].(object)["content"].(object)["application/json"].(object)["schema"].(object)
	body["properties"].(object)["shade"] = p
	return true
}

// isEnum reports whether a schema is an enumeration.
func isEnum(s spot) bool { return s.has("enum", nil) }

var enumMutators = []mutator{
	{"a member", "schemaKind.enum", "schema", "member-added", "member-removed", "", both(func(s spot) bool { return isEnum(s) && !s.has("x-enum-varnames", nil) }, entries("enum", func(l []any) []any {
		if _, isText := l[0].(string); isText {
			return append(l, "shade")
		}
		return append(l, 9)
	}))},
	{"members in another order", "schemaKind.enum", "schema", "", "", "go-changed", both(func(s spot) bool { return isEnum(s) && !s.has("x-enum-varnames", nil) }, entries("enum", func(l []any) []any { slices.Reverse(l); return l }))},
	{"numbers for text", "schemaKind.enum schemaKind.type", "schema", "enum-values-changed member-added member-removed", "enum-values-changed member-added member-removed", "", func(s spot) bool {
		return s.has("title", "kind") && s.set("enum", []any{1, 2}) && s.set("type", "integer") && s.set("x-ms-enum", nil)
	}},
	{"larger numbers", "schemaKind.format", "schema", "enum-values-changed", "enum-values-changed", "", both(isEnum, put("format", "int32", "int64"))},
	{"names of numbers", "schemaKind.x-enum-varnames schemaKind.x-enumNames", "schema", "go-name-changed", "go-name-changed", "", func(s spot) bool {
		return s.has("x-enum-varnames", nil) && s.set("x-enum-varnames", nil) && s.set("x-enumNames", []any{"narrow", "broad", "wide"})
	}},
	{"flags", "schemaKind.x-ms-enum-flags enumFlags.isFlags", "schema", "enum-flags-changed", "enum-flags-changed", "", func(s spot) bool {
		return s.has("title", "kind") && s.set("x-ms-enum-flags", object{"isFlags": true})
	}},
	{"a well-known value", "enumInfo.values enumValues.[] enumValue.value schemaKind.x-ms-enum", "property", "constant-added", "constant-removed", "", func(s spot) bool {
		info, ok := s.it["x-ms-enum"].(object)
		if ok {
			info["values"] = append(info["values"].([]any), object{"value": "shade"})
		}
		return ok
	}},
	{"well-known values of another name", "enumInfo.name enumInfo.modelAsString", "property", "constant-added constant-removed", "constant-added constant-removed", "go-name-changed", func(s spot) bool {
		info, ok := s.it["x-ms-enum"].(object)
		if ok {
			info["name"] = "function"
		}
		return ok
	}},
	{"a value's words", "enumValue.description", "enumValue", "documentation-changed", "documentation-changed", "", func(s spot) bool { return s.set("description", "In other words.") }},
	{"a deprecated value", "enumValue.deprecated enumValue.x-ms-deprecation", "enumValue", "deprecated", "deprecated", "", func(s spot) bool {
		return !s.has("deprecated", nil) && s.set("x-ms-deprecation", object{"removalDate": "2027-01-01"})
	}},
	{"a value that clouds lack", "enumValue.x-graphslice-not-in", "enumValue", "clouds-changed", "clouds-changed", "", put("x-graphslice-not-in", nil, []any{"USGov"})},
}

var commonMutators = []mutator{
	{"a deprecated operation", "operationKind.deprecated operationKind.x-ms-deprecation", "operation", "deprecated", "deprecated", "", both(func(s spot) bool { return !s.has("deprecated", nil) }, give("deprecated", true))},
	{"another day", "deprecation.removalDate deprecation.date deprecation.version", "operation", "deprecated", "deprecated", "", func(s spot) bool {
		info, ok := s.it["x-ms-deprecation"].(object)
		if ok {
			info["removalDate"] = "2028-03-01"
		}
		return ok
	}},
	{"another reason", "deprecation.description", "operation", "deprecation-reworded", "deprecation-reworded", "", func(s spot) bool {
		info, ok := s.it["x-ms-deprecation"].(object)
		if ok {
			info["description"] = "In other words."
		}
		return ok
	}},
	{"an operation that clouds lack", "operationKind.x-graphslice-not-in", "operation", "clouds-changed", "clouds-changed", "", put("x-graphslice-not-in", nil, []any{"USGov"})},
}
