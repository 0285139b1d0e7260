package slice

import (
	"bytes"
	"cmp"
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
		paths.fields = append(paths.fields, Field{p.Path, item}) // each path is there once, so Set's search is not needed
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

// documents puts the slices together.
func (c *cutter) documents(files [][]*operation) []*Document {
	made := map[string]*Node{} // components by reference; slices share them
	documents := make([]*Document, len(files))
	for i, operations := range files {
		d := &Document{
			Out: c.cfg.Files[i].Out, Title: cmp.Or(c.cfg.Files[i].Title, TitleOf(c.cfg.Files[i].Out)), Version: c.version(),
			ServiceRoot: c.cfg.ServiceRoot, Stamp: c.cfg.Files[i].Stamp, Paths: c.paths(operations, made),
		}
		d.Components = c.components(d.Paths, nil, made)
		d.Permissions = c.describePermissions(d.Paths)
		for _, cloud := range c.clouds {
			d.Clouds = append(d.Clouds, cloud.Name)
		}
		documents[i] = d
	}
	if asked := c.unreferenced(documents); len(asked) > 0 {
		documents[0].Components = c.components(documents[0].Paths, asked, made)
	}
	for _, d := range documents {
		d.cleanTexts()
	}
	return documents
}

// unreferenced are references to the types that the configuration asks for and no document has so far. They go into the first.
func (c *cutter) unreferenced(documents []*Document) []string {
	var refs []string
	for _, name := range c.cfg.Types {
		if !slices.ContainsFunc(documents, func(d *Document) bool { return d.has(schemas, name) }) {
			refs = append(refs, componentPrefix+schemas+"/"+name)
		}
	}
	return refs
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

// paths writes the path items, and makes the components for their keys.
func (c *cutter) paths(operations []*operation, made map[string]*Node) []Path {
	var paths []Path
	for _, o := range operations {
		if len(paths) == 0 || paths[len(paths)-1].Path != o.path {
			p := Path{Path: o.path}
			for _, n := range o.shared {
				p.Parameters = append(p.Parameters, NodeOf(n))
			}
			for _, key := range o.keys {
				if key.own {
					p.Parameters = append(p.Parameters, c.keyParameter(key))
					continue
				}
				r := ref(parameters, key.name)
				if made[r.Get("$ref").text] == nil {
					made[r.Get("$ref").text] = c.keyParameter(key)
				}
				p.Parameters = append(p.Parameters, r)
			}
			paths = append(paths, p)
		}
		last := &paths[len(paths)-1]
		last.Operations = append(last.Operations, Method{o.method, c.operationNode(o)})
	}
	return paths
}

// keyParameter is the component of a key in a path.
func (c *cutter) keyParameter(key pathKey) *Node {
	description := c.notes.take(c.notes.Parameters, "parameters", key.name)
	switch {
	case description != "":
	case key.byPath:
		description = "The path to the " + key.typ.ShortName() + ", from what stands before it; its slashes stay."
	case key.own && key.property != nil:
		description = "The " + key.property.Name + " of the " + key.typ.ShortName() + "."
	default:
		description = "The key of the " + key.typ.ShortName() + "."
	}
	schema := primitiveSchema("Edm.String", false)
	if key.property != nil {
		schema = typeSchema(key.property.Type, false)
	}
	return Map(
		Field{"name", Str(key.name)}, Field{"in", Str("path")}, Field{"description", Str(description)}, Field{"required", True()},
		Field{"style", Str("simple")}, Field{"schema", schema}, Field{"x-ms-docs-key-type", Str(key.typ.ShortName())})
}

// components makes everything that the paths and the other references lead to, however far.
func (c *cutter) components(paths []Path, others []string, made map[string]*Node) []Section {
	used := map[string]map[string]*Node{}
	pending := slices.Clone(others)
	for _, p := range paths {
		for _, parameter := range p.Parameters {
			pending = append(pending, parameter.refs()...)
		}
		for _, m := range p.Operations {
			pending = append(pending, m.Operation.refs()...)
		}
	}
	for len(pending) > 0 {
		ref := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		section, name, _ := strings.Cut(strings.TrimPrefix(ref, componentPrefix), "/")
		if used[section][name] != nil {
			continue
		}
		if made[ref] == nil {
			made[ref] = c.component(section, name)
		}
		if used[section] == nil {
			used[section] = map[string]*Node{}
		}
		used[section][name] = made[ref]
		pending = append(append(pending, made[ref].refs()...), made[ref].mapped()...)
	}
	c.addDiscriminators(used[schemas])
	used[securitySchemes] = c.security(paths)
	return sortSections(used)
}

// mapped returns the references in a schema's discriminator.
func (n *Node) mapped() []string {
	var refs []string
	n.walk(func(n *Node) {
		if mapping := n.Get("discriminator").Get("mapping"); mapping != nil {
			for _, f := range mapping.fields {
				refs = append(refs, f.Value.text)
			}
		}
	})
	return refs
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

// security are the security schemes that the operations name: those of the OpenAPI document, or else the one of Graph with the
// permissions that the operations need.
func (c *cutter) security(paths []Path) map[string]*Node {
	scopes := map[string][]string{} // by scheme
	for _, p := range paths {
		for _, m := range p.Operations {
			for _, requirement := range itemsOf(m.Operation.Get("security")) {
				for _, f := range requirement.fields {
					scopes[f.Key] = append(scopes[f.Key], textsOf(f.Value)...)
				}
			}
		}
	}
	used := map[string]*Node{}
	for name, scopes := range scopes {
		if used[name] = c.publishedComponent(securitySchemes, name); used[name] == nil {
			used[name] = scheme(scopes)
		}
	}
	return used
}

// scheme is a security scheme with its permissions.
func scheme(names []string) *Node {
	slices.Sort(names)
	scopes := Map()
	for _, name := range names {
		scopes.Set(name, Str(""))
	}
	login := "https://login.microsoftonline.com/common/oauth2/v2.0/"
	flow := Map(Field{"authorizationUrl", Str(login + "authorize")}, Field{"tokenUrl", Str(login + "token")}, Field{"scopes", scopes})
	return Map(Field{"type", Str("oauth2")}, Field{"flows", Map(Field{"authorizationCode", flow})})
}

// textsOf are the texts of a sequence.
func textsOf(n *Node) []string {
	var texts []string
	for _, item := range itemsOf(n) {
		texts = append(texts, item.text)
	}
	return texts
}

func itemsOf(n *Node) []*Node {
	if n == nil {
		return nil
	}
	return n.items
}
