package model

import (
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice/index"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// Document is a whole OpenAPI document, of which only what is asked for is decoded. What is found to be at fault is added to Diags. A
// nil document has nothing.
type Document struct {
	*index.Document
	Diags *diag.List

	kept map[string]*yaml.Node // see Keep
}

// Keep makes the document decode no component twice. Who asks for one must not change it then.
func (d *Document) Keep() { d.kept = map[string]*yaml.Node{} }

// Open opens a document.
func Open(name string, data []byte, diags *diag.List) *Document {
	doc, found := index.Open(name, data)
	*diags = append(*diags, found...)
	return &Document{Document: doc, Diags: diags}
}

// Server is the URL of the document's first server, or "".
func (d *Document) Server() string {
	e, ok := d.TopEntry("servers")
	if !ok {
		return ""
	}
	servers, diags := d.Node(e)
	if diags.HasErrors() || len(servers.Content) == 0 {
		return ""
	}
	return Text(Child(servers.Content[0], "url"))
}

// Has reports whether the document has a component.
func (d *Document) Has(section, name string) bool {
	if d == nil {
		return false
	}
	_, ok := d.Document.Component(section, name)
	return ok
}

// Component decodes a component; nil if there is none, or if it is at fault.
func (d *Document) Component(section, name string) *yaml.Node {
	if !d.Has(section, name) {
		return nil
	}
	if node, known := d.kept[section+"/"+name]; known {
		return node
	}
	e, _ := d.Document.Component(section, name)
	node, diags := d.Node(e)
	*d.Diags = append(*d.Diags, diags...)
	if d.kept != nil {
		d.kept[section+"/"+name] = node
	}
	return node
}

// names are the names of the components of a section.
func (d *Document) names(section string) []string {
	if d == nil {
		return nil
	}
	var names []string
	for _, e := range d.Components(section) {
		names = append(names, e.Name)
	}
	return names
}

// pos is where a component stands.
func (d *Document) pos(section, name string) diag.Pos {
	e, _ := d.Document.Component(section, name)
	return d.Pos(e)
}

// firstRefs lists the schemas by what they refer to first, which is the base if they have one. Nothing is decoded for it.
func (d *Document) firstRefs() map[string][]string {
	by := map[string][]string{}
	for _, e := range d.Components(tree.Schemas) {
		refs, diags := d.Refs(e)
		if diags.HasErrors() || len(refs) == 0 {
			continue // what is at fault is reported when it is decoded
		}
		if base, ok := strings.CutPrefix(refs[0].Text, tree.ComponentPrefix+tree.Schemas+"/"); ok {
			by[base] = append(by[base], e.Name)
		}
	}
	return by
}

// Child returns the value under key in a mapping, or nil.
func Child(n *yaml.Node, key string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// Text returns a scalar's text, "" for anything else.
func Text(n *yaml.Node) string {
	if n == nil || n.Kind != yaml.ScalarNode {
		return ""
	}
	return n.Value
}
