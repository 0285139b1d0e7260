package tree

import (
	"bytes"
	"maps"
	"path/filepath"
	"slices"
	"strings"
)

// Document is a slice: an OpenAPI 3.0 document.
type Document struct {
	// Out is the path that the configuration gives it.
	Out                         string
	Title, Version, ServiceRoot string
	// Stamp is that of the configuration, "" for none.
	Stamp string
	// Paths are sorted.
	Paths []Path
	// Components are the sections in the order they are written; what is in them is sorted by name.
	Components []Section
	// Permissions is what is known of the permissions that the operations accept, nil if nothing is.
	Permissions *Node
	// Clouds are the other clouds that the document was compared with.
	Clouds []string
}

// TitleOf is the title of a slice whose configuration has none: the name of its file.
func TitleOf(out string) string {
	base := filepath.Base(out)
	return strings.TrimSuffix(base, filepath.Ext(base))
}

// StampKey is where a document says, below info, what it was cut with.
const StampKey = "x-graphslice-cut"

// PermissionsExtension stands at an operation, with all the permissions that are accepted, and at the document, with what is known
// of each permission.
const PermissionsExtension = "x-graphslice-permissions"

// The sections of a document's components.
const (
	Schemas         = "schemas"
	Responses       = "responses"
	Parameters      = "parameters"
	Headers         = "headers"
	SecuritySchemes = "securitySchemes"
	examples        = "examples"
	RequestBodies   = "requestBodies"
	links           = "links"
	callbacks       = "callbacks"
)

// Path is a path item.
type Path struct {
	Path string
	// Parameters are those that all operations have: the keys of the path.
	Parameters []*Node
	Operations []Method // in the order GET, POST, PUT, PATCH, DELETE
}

// Method is an operation of a path item. Name is the method in capitals.
type Method struct {
	Name      string
	Operation *Node
}

// Section is a section of components, such as "schemas".
type Section struct {
	Name       string
	Components []Field
}

// Header begins every slice.
const Header = "# A slice of the API, made by `gen slice`. Change what it is made from, not this file.\n"

// Render writes the document as YAML. The same document is always written in the same way.
func (d *Document) Render() []byte {
	paths := Map()
	for _, p := range d.Paths {
		item := Map()
		if len(p.Parameters) > 0 {
			item.Set(Parameters, Seq(p.Parameters...))
		}
		for _, m := range p.Operations {
			item.Set(strings.ToLower(m.Name), m.Operation)
		}
		paths.Add(p.Path, item) // each path is there once, so Set's search is not needed
	}
	components := Map()
	for _, s := range d.Components {
		components.Set(s.Name, &Node{kind: mapping, fields: s.Components})
	}
	root := Map().
		Set("openapi", Str("3.0.4")).
		Set("info", Map().Set("title", Str(d.Title)).Set("version", Str(d.Version)).Set(StampKey, Optional(d.Stamp))).
		Set("servers", Seq(Map().Set("url", Str(d.ServiceRoot)))).
		Set("paths", paths).
		Set("components", components).
		Set(PermissionsExtension, d.Permissions).
		Set("x-graphslice-clouds", Strs(d.Clouds).OnLine())
	var b bytes.Buffer
	b.WriteString(Header)
	writeYAML(&b, root, 0)
	return b.Bytes()
}

// Has reports whether the document has a component.
func (d *Document) Has(section, name string) bool {
	return slices.ContainsFunc(d.Components, func(s Section) bool {
		return s.Name == section && slices.ContainsFunc(s.Components, func(f Field) bool { return f.Key == name })
	})
}

// CleanTexts leaves out of all texts what none may have.
func (d *Document) CleanTexts() {
	for _, p := range d.Paths {
		Seq(p.Parameters...).cleanTexts()
		for _, m := range p.Operations {
			m.Operation.cleanTexts()
		}
	}
	for _, s := range d.Components {
		(&Node{kind: mapping, fields: s.Components}).cleanTexts()
	}
}

// SortSections orders components: the sections as OpenAPI lists them, their content by name.
func SortSections(used map[string]map[string]*Node) []Section {
	var sections []Section
	for _, name := range []string{Schemas, Responses, Parameters, examples, RequestBodies, Headers, SecuritySchemes, links, callbacks} {
		s := Section{Name: name}
		for _, component := range slices.Sorted(maps.Keys(used[name])) {
			s.Components = append(s.Components, Field{component, used[name][component]})
		}
		if len(s.Components) > 0 {
			sections = append(sections, s)
		}
	}
	return sections
}
