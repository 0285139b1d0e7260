package slice

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

// stampKey is where a document says, below info, what it was cut with.
const stampKey = "x-graphslice-cut"

// permissionsExtension stands at an operation, with all the permissions that are accepted, and at the document, with what is known
// of each permission.
const permissionsExtension = "x-graphslice-permissions"

// The sections of a document's components.
const (
	schemas         = "schemas"
	responses       = "responses"
	parameters      = "parameters"
	headers         = "headers"
	securitySchemes = "securitySchemes"
	examples        = "examples"
	requestBodies   = "requestBodies"
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

// header begins every slice.
const header = "# A slice of the API, made by `gen slice`. Change what it is made from, not this file.\n"

// IsSlice reports whether a file was made by Render.
func IsSlice(data []byte) bool { return bytes.HasPrefix(data, []byte(header)) }

// StampOf returns what a slice is stamped with, "" if it is not.
func StampOf(data []byte) string {
	for line := range bytes.Lines(data) {
		if stamp, ok := bytes.CutPrefix(line, []byte("  "+stampKey+": ")); ok {
			return strings.Trim(strings.TrimSpace(string(stamp)), `'"`)
		}
		if bytes.HasPrefix(line, []byte("paths:")) { // info stands before it
			break
		}
	}
	return ""
}

// Render writes the document as YAML. The same document is always written in the same way.
func (d *Document) Render() []byte {
	paths := Map()
	for _, p := range d.Paths {
		item := Map()
		if len(p.Parameters) > 0 {
			item.Set(parameters, Seq(p.Parameters...))
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
	root := Map(
		Field{"openapi", Str("3.0.4")},
		Field{"info", Map(Field{"title", Str(d.Title)}, Field{"version", Str(d.Version)}, Field{stampKey, optional(d.Stamp)})},
		Field{"servers", Seq(Map(Field{"url", Str(d.ServiceRoot)}))},
		Field{"paths", paths},
		Field{"components", components},
		Field{permissionsExtension, d.Permissions},
		Field{"x-graphslice-clouds", Strs(d.Clouds).onLine()},
	)
	var b bytes.Buffer
	b.WriteString(header)
	writeYAML(&b, root, 0)
	return b.Bytes()
}

// has reports whether the document has a component.
func (d *Document) has(section, name string) bool {
	return slices.ContainsFunc(d.Components, func(s Section) bool {
		return s.Name == section && slices.ContainsFunc(s.Components, func(f Field) bool { return f.Key == name })
	})
}

// cleanTexts leaves out of all texts what none may have.
func (d *Document) cleanTexts() {
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

// sortSections orders components: the sections as OpenAPI lists them, their content by name.
func sortSections(used map[string]map[string]*Node) []Section {
	var sections []Section
	for _, name := range []string{schemas, responses, parameters, examples, requestBodies, headers, securitySchemes, links, callbacks} {
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
