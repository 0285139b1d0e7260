// Package as30 says what a document of OpenAPI 3.1 says in the terms of 3.0.
//
// Slices are documents of 3.0, cut from either, and kin-openapi translates in the other direction only: so nodes are rewritten where
// they stand, before anybody gives them a meaning, and keep their positions. What 3.0 says as well is rewritten without a word:
//
//	type: [string, "null"]             type: string, nullable: true
//	const: a                           enum: [a]
//	$ref beside other keys             allOf: [$ref] beside them
//	exclusiveMinimum: 1                minimum: 1, exclusiveMinimum: true
//	examples: [a]                      example: a
//	contentEncoding: base64            format: byte
//	contentMediaType: …                format: binary, for bytes that are not encoded
//	true, for a schema                 {}
//
// What 3.0 cannot say is taken away, or replaced by any JSON, and told where it stands.
package as30

import (
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Loss is something that 3.0 cannot say.
type Loss struct {
	// Schema is the schema that has lost it, nil if it is the document.
	Schema *yaml.Node
	// At is where it stands.
	At                  *yaml.Node
	Code, Message, Hint string
}

var version = regexp.MustCompile(`^3\.1(\.[0-9]+)?$`)

// Is reports whether a version is one of OpenAPI 3.1.
func Is(text string) bool { return version.MatchString(text) }

// Document rewrites a document and returns what it has lost.
func Document(root *yaml.Node) []Loss {
	var w writer
	for i := 0; root.Kind == yaml.MappingNode && i+1 < len(root.Content); i += 2 {
		key, value := root.Content[i], root.Content[i+1]
		switch key.Value {
		case "paths":
			w.below(value)
		case "components":
			w.components(value)
		default:
			w.losses = append(w.losses, Top(key, value)...)
		}
	}
	return w.losses
}

// dialects are what schemas are written in, unless the document says otherwise.
var dialects = []string{"https://spec.openapis.org/oas/3.1/dialect/base", "https://json-schema.org/draft/2020-12/schema"}

// Top returns what is lost of an entry of the document itself.
func Top(key, value *yaml.Node) []Loss {
	switch {
	case key.Value == "webhooks":
		return []Loss{{At: key, Code: "webhooks", Message: "webhooks are calls that the service makes: they are left out"}}
	case key.Value == "jsonSchemaDialect" && !slices.Contains(dialects, strings.TrimSuffix(value.Value, "#")):
		return []Loss{{At: key, Code: "schema-dialect", Message: "schemas of another dialect, " + value.Value + ", are read as those of OpenAPI 3.1"}}
	}
	return nil
}

// Path rewrites a path item.
func Path(n *yaml.Node) []Loss {
	var w writer
	w.below(n)
	return w.losses
}

// Component rewrites a component of a section, such as schemas.
func Component(section string, n *yaml.Node) []Loss {
	var w writer
	w.component(section, n)
	return w.losses
}

// writer rewrites nodes.
type writer struct{ losses []Loss }

func (w *writer) components(n *yaml.Node) {
	for i := 0; n.Kind == yaml.MappingNode && i+1 < len(n.Content); i += 2 {
		section, components := n.Content[i].Value, n.Content[i+1]
		for j := 0; components.Kind == yaml.MappingNode && j+1 < len(components.Content); j += 2 {
			w.component(section, components.Content[j+1])
		}
	}
}

func (w *writer) component(section string, n *yaml.Node) {
	switch section {
	case "schemas":
		w.schema(n)
	case "examples": // which are any JSON
	default:
		w.below(n)
	}
}

// below rewrites the schemas at or below what is none itself: under the key schema, but in examples and extensions.
func (w *writer) below(n *yaml.Node) {
	for i, child := range n.Content {
		if n.Kind != yaml.MappingNode {
			w.below(child)
			continue
		}
		if i%2 == 0 {
			continue
		}
		switch key := n.Content[i-1].Value; {
		case key == "schema":
			w.schema(child)
		case key == "headers": // whose names may begin as those of extensions do
			for j := 1; child.Kind == yaml.MappingNode && j < len(child.Content); j += 2 {
				w.below(child.Content[j])
			}
		case key != "example" && key != "examples" && !strings.HasPrefix(key, "x-"):
			w.below(child)
		}
	}
}
