package openapi

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"go.yaml.in/yaml/v4"
)

// kind is what a value of an OpenAPI document is, as far as it is read.
type kind int

const (
	anything kind = iota
	text
	flag
	number
	textList
	enumList
	entityPath // a path below the service root
	duration   // ISO 8601

	documentKind
	infoKind
	serverList
	serverKind
	serverVariables
	serverVariable
	externalDocs
	pathMap
	pathItem
	operationKind
	parameterList
	parameterKind
	requestBody
	contentMap
	mediaType
	responseMap
	responseKind
	componentsKind
	schemaMap
	schemaList
	schemaKind
	discriminator
	localTimeKind
	uploadSessionKind
	subscriptionKind
	textMap
	parameterMap
	responseComponents
	requestBodyMap
	securityList
	securityRequirement
	enumInfo
	enumValues
	enumValue
	enumFlags
	deprecation
	acceptedPermissions
	grants
	permissionMap
	permissionKinds
	permissionKind
)

// grammar says which fields of an object are read and what each is. "*" stands for every other key of a map,
// "[]" for the items of a list. Fields that are not listed are neither checked nor handed on.
var grammar = map[kind]map[string]kind{
	documentKind: {"info": infoKind, "servers": serverList, "paths": pathMap,
		"components": componentsKind, "security": securityList, "x-graphslice-permissions": permissionMap,
		"x-graphslice-clouds": textList},
	infoKind:        {"title": text, "version": text, "x-graphslice-cut": text},
	serverList:      {"[]": serverKind},
	serverKind:      {"url": text, "variables": serverVariables},
	serverVariables: {"*": serverVariable},
	serverVariable:  {"default": text},
	externalDocs:    {"url": text},
	pathMap:         {"*": pathItem},
	pathItem:        pathItemFields(),
	operationKind: {"operationId": text, "summary": text, "description": text, "externalDocs": externalDocs,
		"parameters": parameterList, "requestBody": requestBody, "responses": responseMap, "deprecated": flag,
		"security": securityList, "x-ms-docs-operation-type": text, "x-ms-long-running-operation": flag,
		"x-ms-pageable": anything, "x-ms-deprecation": deprecation,
		"x-graphslice-application-permissions": textList, "x-graphslice-resource-permissions": textList,
		"x-graphslice-permissions": acceptedPermissions, "x-graphslice-not-in": textList, "x-graphslice-pause": duration},
	parameterList: {"[]": parameterKind},
	parameterMap:  {"*": parameterKind},
	parameterKind: {"$ref": text, "name": text, "in": text, "description": text, "required": flag, "deprecated": flag,
		"schema": schemaKind, "content": contentMap, "x-ms-docs-key-type": text, "x-ms-deprecation": deprecation},
	requestBodyMap:     {"*": requestBody},
	requestBody:        {"$ref": text, "description": text, "required": flag, "content": contentMap},
	contentMap:         {"*": mediaType},
	mediaType:          {"schema": schemaKind},
	responseMap:        {"*": responseKind},
	responseComponents: {"*": responseKind},
	responseKind:       {"$ref": text, "description": text, "content": contentMap},
	componentsKind: {"schemas": schemaMap, "parameters": parameterMap, "responses": responseComponents,
		"requestBodies": requestBodyMap},
	schemaMap:  {"*": schemaKind},
	schemaList: {"[]": schemaKind},
	schemaKind: {"$ref": text, "type": text, "format": text, "title": text, "description": text, "nullable": flag,
		"readOnly": flag, "deprecated": flag, "enum": enumList, "items": schemaKind, "maxItems": number,
		"additionalProperties": schemaKind, "x-enum-varnames": anything, "x-enumNames": anything,
		"properties": schemaMap, "required": textList, "allOf": schemaList, "anyOf": schemaList, "oneOf": schemaList,
		"discriminator": discriminator, "externalDocs": externalDocs,
		"x-ms-enum": enumInfo, "x-ms-enum-flags": enumFlags, "x-ms-navigationProperty": flag,
		"x-ms-deprecation": deprecation, "x-graphslice-entity-set": entityPath, "x-graphslice-contains-target": flag,
		"x-graphslice-open-type": flag, "x-graphslice-abstract": flag, "x-graphslice-polymorphic": flag, "x-graphslice-local-time": localTimeKind,
		"x-graphslice-reference": flag, "x-graphslice-key": textList, "x-graphslice-upload-session": uploadSessionKind, "x-graphslice-partial": flag, "x-graphslice-not-in": textList,
		"x-graphslice-subscription": subscriptionKind},
	uploadSessionKind:   {"url": text, "ranges": text, "result": text},
	subscriptionKind:    {"path": text, "expires": text, "resource": text, "longest": textMap},
	discriminator:       {"propertyName": text, "mapping": textMap},
	localTimeKind:       {"dateTime": text, "zone": text},
	textMap:             {"*": text},
	securityList:        {"[]": securityRequirement},
	securityRequirement: {"*": textList},
	enumInfo:            {"name": text, "modelAsString": flag, "values": enumValues},
	enumValues:          {"[]": enumValue},
	enumValue: {"value": anything, "description": text, "name": anything, "deprecated": flag, "x-ms-deprecation": deprecation,
		"x-graphslice-not-in": textList},
	enumFlags:           {"isFlags": flag},
	deprecation:         {"description": text, "removalDate": anything, "date": anything, "version": anything},
	acceptedPermissions: {"from": text, "delegated": grants, "personal": grants, "application": grants, "resourceSpecific": grants},
	grants:              {"least": textList, "other": textList, "unmarked": flag},
	permissionMap:       {"*": permissionKinds},
	permissionKinds: {"delegated": permissionKind, "personal": permissionKind, "application": permissionKind,
		"resourceSpecific": permissionKind},
	permissionKind: {"id": text, "level": number, "adminConsent": flag, "opens": number, "allows": text},
}

// methods are the HTTP methods of a path item, in the order in which they are read.
var methods = []string{"get", "post", "put", "patch", "delete", "head", "options", "trace"}

func pathItemFields() map[string]kind {
	fields := map[string]kind{"$ref": text, "parameters": parameterList}
	for _, m := range methods {
		fields[m] = operationKind
	}
	return fields
}

// fieldKind returns what the field of an object of kind k is, given its value; false if it is not read.
func fieldKind(k kind, field string, value *yaml.Node) (kind, bool) {
	if child, ok := grammar[k][field]; ok {
		return child, k != schemaKind || field != "additionalProperties" || saysType(value)
	}
	if (k == pathMap || k == responseMap) && strings.HasPrefix(field, "x-") {
		return anything, false // an extension, unlike in maps by name
	}
	child, ok := grammar[k]["*"]
	return child, ok
}

// typing are the fields of a schema that say of what form a value is.
var typing = []string{"$ref", "properties", "items", "enum", "allOf", "anyOf", "oneOf", "format"}

// saysType reports whether the value of additionalProperties gives what may follow a type. Graph's documents have
// {type: object} on every type, which stands for any JSON, as true, false and {} do for this purpose.
func saysType(n *yaml.Node) bool {
	at := sourceValue{node: n}
	if slices.ContainsFunc(typing, func(field string) bool { return at.child(field).exists() }) {
		return true
	}
	ofType := at.child("type").text()
	if ofType == "" || ofType == "object" {
		further := at.child("additionalProperties")
		return further.exists() && saysType(further.node)
	}
	return true
}

// checkShape reports every value at or below p that is not what OpenAPI says it must be.
func (l *library) checkShape(p sourceValue, k kind) {
	switch fields := grammar[k]; {
	case k == anything:
	case fields == nil:
		checkLeaf(p, k, l.diags)
	case fields["[]"] != 0:
		if p.node.Kind != yaml.SequenceNode {
			wrongShape(p, "a list", l.diags)
			return
		}
		for _, item := range p.items() {
			l.checkShape(item, fields["[]"])
		}
	case p.node.Kind != yaml.MappingNode:
		wrongShape(p, "a mapping", l.diags)
	default:
		for child := range p.each() {
			if childKind, ok := fieldKind(k, child.name(), child.node); ok {
				l.checkShape(child, childKind)
			} else if strings.HasPrefix(child.name(), "x-graphslice-") {
				unknownExtension(child, k, l.diags)
			} else {
				l.checkSpelling(child, k)
			}
		}
	}
}

// checkLeaf checks values that have no fields of their own.
func checkLeaf(p sourceValue, k kind, diags *diag.List) {
	tag := p.node.ShortTag()
	switch {
	case (k == textList || k == enumList) && p.node.Kind != yaml.SequenceNode:
		wrongShape(p, "a list", diags)
	case k == textList || k == enumList: // what is wrong with values of an enum is said when it is read
		for _, item := range p.items() {
			if k == textList {
				checkLeaf(item, text, diags)
			}
		}
	case p.name() == "type" && k == text && p.node.Kind == yaml.SequenceNode:
		diags.Add(diag.Diagnostic{Pos: p.valuePos(), Severity: diag.Error, Code: "wrong-shape",
			Message: `"type" must be text: OpenAPI 3.0 knows no lists of types`, Hint: "write one type, and nullable: true if null is a value"})
	case p.node.Kind != yaml.ScalarNode:
		wrongShape(p, leafNames[k], diags)
	case k == text && (tag == "!!int" || tag == "!!float" || tag == "!!bool"):
		diags.Add(diag.Diagnostic{Pos: p.valuePos(), Severity: diag.Error, Code: "wrong-shape",
			Message: fmt.Sprintf("%s must be text, but %s is a %s", label(p), p.node.Value, tagNames[tag]),
			Hint:    "write it in quotes"})
	case k == flag && !p.isTrue() && !p.isFalse(), k == number && !isNumber.MatchString(p.text()), k == entityPath && !ir.IsEntitySet(p.text()),
		k == duration && !isDuration.MatchString(p.text()):
		wrongShape(p, leafNames[k], diags)
	}
}

var (
	leafNames = map[kind]string{text: "text", flag: "true or false", number: "a whole number",
		entityPath: "a path below the service root, such as catalog/things", duration: "a duration of seconds, such as PT2S"}
	tagNames = map[string]string{"!!int": "number", "!!float": "number", "!!bool": "boolean"}
)

// isNumber matches the numbers that are read: how many items there may be.
var isNumber = regexp.MustCompile(`^(0|[1-9][0-9]{0,17})$`)

// isDuration matches the durations that a pause can have.
var isDuration = regexp.MustCompile(`^PT(\d+M)?(\d+(\.\d+)?S)?$`)

func wrongShape(p sourceValue, want string, diags *diag.List) {
	diags.Errorf(p.valuePos(), "wrong-shape", "%s must be %s", label(p), want)
}

func unknownExtension(p sourceValue, k kind, diags *diag.List) {
	var known []string
	for field := range grammar[k] {
		if strings.HasPrefix(field, "x-graphslice-") {
			known = append(known, field)
		}
	}
	slices.Sort(known)
	hint := "there is none in this place"
	if len(known) > 0 {
		hint = "known here: " + strings.Join(known, ", ")
	}
	diags.Add(diag.Diagnostic{Pos: p.pos(), Severity: diag.Error, Code: "unknown-extension",
		Message: p.name() + " is not an extension of this generator", Hint: hint})
}

// label names a value in a message: "type" or "item 3 of required".
func label(p sourceValue) string {
	parent, last := cutLast(p.pointer())
	if p.key != nil || last == "" {
		return fmt.Sprintf("%q", p.name())
	}
	_, list := cutLast(parent)
	return fmt.Sprintf("item %s of %q", last, list)
}

// cutLast splits a JSON pointer before its last token.
func cutLast(pointer string) (parent, last string) {
	i := strings.LastIndexByte(pointer, '/')
	if i < 0 {
		return "", pointer
	}
	return pointer[:i], unescapeToken(pointer[i+1:])
}

// refNode returns the text node of the value's $ref; nil if it has none.
func refNode(n *yaml.Node) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == "$ref" && n.Content[i+1].Kind == yaml.ScalarNode {
			return n.Content[i+1]
		}
	}
	return nil
}
