package slice

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/pathglob"
	"github.com/graphslice/graphslice/generator/slice/fetch"
	"github.com/graphslice/graphslice/generator/slice/index"
)

// published is a whole OpenAPI document: operations are taken from it, and the schemas that metadata knows nothing of. Only what
// a slice needs is decoded.
type published struct {
	doc     *index.Document
	decoded map[string]*theirSchema
	// derived are the schemas that may derive from another, by its name; nil until asked for.
	derived map[string][]string
	diags   *diag.List
}

// readPublished opens the document; nil if there is none.
func readPublished(ctx context.Context, read reader, source string) (*published, diag.List) {
	if source == "" {
		return nil, nil
	}
	data, diags := read(ctx, source)
	if diags.HasErrors() {
		return nil, diags
	}
	doc, found := index.Open(fetch.Name(source), data)
	return &published{doc: doc, decoded: map[string]*theirSchema{}}, append(diags, found...)
}

// server is the URL of the document's first server, or "".
func (p *published) server() string {
	e, ok := p.doc.TopEntry("servers")
	if !ok {
		return ""
	}
	servers, diags := p.doc.Node(e)
	if diags.HasErrors() || len(servers.Content) == 0 {
		return ""
	}
	return textOf(child(servers.Content[0], "url"))
}

// has reports whether the document has a component.
func (p *published) has(section, name string) bool {
	if p == nil {
		return false
	}
	_, ok := p.doc.Component(section, name)
	return ok
}

// component decodes a component; nil if there is none, or if it is at fault, which is reported.
func (p *published) component(section, name string) *yaml.Node {
	e, ok := p.doc.Component(section, name)
	if !ok {
		return nil
	}
	node, diags := p.doc.Node(e)
	*p.diags = append(*p.diags, diags...)
	return node
}

// selectPublished takes the operations of the i-th file's set from the document.
func (c *cutter) selectPublished(i int, set pathglob.Set) []*operation {
	// Components are followed later, and not all that are referred to: see closeRef.
	where := func(p pathglob.Pattern) diag.Pos {
		return cmp.Or(c.cfg.Positions[fileEntry(i, includeList, p.String())], c.cfg.Positions[fileEntry(i, excludeList, p.String())])
	}
	var folded []pathglob.Pattern
	set.Include, folded = pathglob.FoldUnmatched(set.Include, func(p pathglob.Pattern) bool {
		path := p.AnyMethod()
		return slices.ContainsFunc(c.published.doc.Paths(), func(e index.Entry) bool { return path.Match("", e.Name) })
	})
	selection, diags := c.published.doc.Select(set, where, func(section string, _ index.Entry, value *yaml.Node) {
		if section != "" {
			value.Content = nil
		}
	})
	*c.diags = append(*c.diags, diags...)
	if selection == nil {
		return nil
	}
	var operations []*operation
	for _, item := range selection.Paths {
		operations = append(operations, publishedOperations(item)...)
	}
	sortOperations(operations)
	c.warnFolded(i, folded, operations)
	return operations
}

// publishedOperations are the operations of a path item. What else it has are its parameters, and words.
func publishedOperations(item index.Item) []*operation {
	var operations []*operation
	var shared []*yaml.Node
	if n := child(item.Value, parameters); n != nil {
		shared = n.Content
	}
	for i := 0; i+1 < len(item.Value.Content); i += 2 {
		if method := strings.ToUpper(item.Value.Content[i].Value); methodOrder(method) >= 0 {
			operations = append(operations, &operation{method: method, path: item.Name, published: item.Value.Content[i+1], shared: shared})
		}
	}
	return operations
}

// publishedOperation writes an operation of the document, with what the notes say of it.
func (c *cutter) publishedOperation(o *operation) *Node {
	n := NodeOf(o.published)
	notes := c.notes.operation(o)
	c.correctPublished(n, o, notes)
	n.Set("summary", optional(notes.Summary)).Set("description", optional(notes.Description)).Set("externalDocs", c.docs(notes.Docs))
	if body := rawBody(notes); body != nil {
		n.Set("requestBody", body)
	}
	permits := c.permits(o, notes)
	n.Set("security", permits.security)
	n.Set("x-ms-long-running-operation", present(notes.LongRunning))
	permits.extend(n)
	n.Set("x-graphslice-pause", optional(notes.Pause))
	return n.Set(notIn, c.operationNotIn(o))
}

// theirSchema is a schema of the document.
type theirSchema struct {
	name string
	pos  diag.Pos
	node *yaml.Node
	base *yaml.Node // the text of the reference to the base; nil if there is none
	own  *yaml.Node // the mapping with the properties
}

// theirProperty is a property of one.
type theirProperty struct {
	owner, name string
	pos         diag.Pos
	node        *yaml.Node
}

// schema decodes a schema; nil if the document has none of that name, or if it is at fault.
func (p *published) schema(name string) *theirSchema {
	if p == nil {
		return nil
	}
	if s, ok := p.decoded[name]; ok {
		return s
	}
	var s *theirSchema
	if node := p.component(schemas, name); node != nil {
		e, _ := p.doc.Component(schemas, name)
		s = &theirSchema{name: name, pos: p.doc.Pos(e), node: node, own: node}
		s.readParts(child(node, "allOf"))
	}
	p.decoded[name] = s
	return s
}

// readParts finds the base and the type's own part in an allOf.
func (s *theirSchema) readParts(allOf *yaml.Node) {
	if allOf == nil {
		return
	}
	for _, part := range allOf.Content {
		switch ref := child(part, "$ref"); {
		case ref == nil:
			s.own = part
		case s.base == nil:
			s.base = ref
		}
	}
}

// baseName is the name of the schema's base, or "".
func (s *theirSchema) baseName() string {
	if s.base == nil {
		return ""
	}
	return schemaName(s.base)
}

func (s *theirSchema) properties() []theirProperty {
	var all []theirProperty
	if n := child(s.own, "properties"); n != nil && n.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(n.Content); i += 2 {
			key := n.Content[i]
			pos := diag.Pos{File: s.pos.File, Line: key.Line, Column: key.Column}
			all = append(all, theirProperty{s.name, key.Value, pos, n.Content[i+1]})
		}
	}
	return all
}

func (s *theirSchema) property(name string) (theirProperty, bool) {
	all := s.properties()
	i := slices.IndexFunc(all, func(p theirProperty) bool { return p.name == name })
	if i < 0 {
		return theirProperty{}, false
	}
	return all[i], true
}

// target is the name of the schema that the property's values or items have, or "".
func (p theirProperty) target() string {
	n := p.node
	if items := child(n, "items"); items != nil {
		n = items
	}
	for _, key := range []string{"anyOf", "allOf", "oneOf"} {
		if parts := child(n, key); parts != nil && len(parts.Content) > 0 {
			n = parts.Content[0]
		}
	}
	if ref := child(n, "$ref"); ref != nil {
		return schemaName(ref)
	}
	return ""
}

// schemaName is the name of the schema that a reference points to, or "".
func schemaName(ref *yaml.Node) string {
	name, ok := strings.CutPrefix(ref.Value, componentPrefix+schemas+"/")
	if !ok {
		return ""
	}
	return name
}

// keyProperty is the property that every entity of a document has from the one root they derive from.
const keyProperty = "id"

// isRoot reports whether the schema is nothing but the key that all entities have.
func (s *theirSchema) isRoot() bool {
	if s == nil || s.base != nil {
		return false
	}
	properties := slices.DeleteFunc(s.properties(), func(p theirProperty) bool { return strings.HasPrefix(p.name, "@") })
	return len(properties) == 1 && properties[0].name == keyProperty
}

// bases returns the schema and its bases, as far as the document has them. One that derives from itself is returned once.
func (p *published) bases(name string) []*theirSchema {
	var chain []*theirSchema
	for s := p.schema(name); s != nil && !slices.Contains(chain, s); s = p.schema(s.baseName()) {
		chain = append(chain, s)
	}
	return chain
}

// isEntity reports whether a schema derives from the root of all entities.
func (p *published) isEntity(name string) bool {
	chain := p.bases(name)
	return len(chain) > 1 && chain[len(chain)-1].isRoot()
}

// isNavigation reports whether a property leads to another entity: it is marked as such, or its target is an entity. Documents
// of before 2023 mark none and later ones not all, but no other property can hold an entity. A page of a collection is no type,
// and holds its items.
func (p *published) isNavigation(property theirProperty) bool {
	if textOf(child(property.node, "x-ms-navigationProperty")) == "true" {
		return true
	}
	if _, isPage := collectionItem(property.owner); isPage {
		return false
	}
	target := property.target()
	return target != "" && p.isEntity(target)
}

// isPlainPage reports whether a schema is a page with items, their number and a link to the next, and with nothing else.
func (p *published) isPlainPage(name string) bool {
	for _, s := range p.bases(name) {
		for _, property := range s.properties() {
			if !slices.Contains([]string{"value", "@odata.nextLink", "@odata.count"}, property.name) {
				return false
			}
		}
	}
	return true
}

// descendants returns the names of the schemas that derive from one, sorted: those that its discriminator names, or else those
// that say so themselves.
func (p *published) descendants(name string) []string {
	s := p.schema(name)
	if s == nil || s.isRoot() {
		return nil
	}
	var names []string
	if mapping := s.discriminator(); mapping != nil {
		for i := 1; i < len(mapping.Content); i += 2 {
			if target := schemaName(mapping.Content[i]); target != name {
				names = append(names, target)
			}
		}
	} else {
		names = p.derivedFrom(name, []string{name})
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// discriminator is the mapping of the schema's discriminator, or nil.
func (s *theirSchema) discriminator() *yaml.Node {
	for _, n := range []*yaml.Node{s.node, s.own} {
		if d := child(n, "discriminator"); d != nil {
			return child(d, "mapping")
		}
	}
	return nil
}

// derivedFrom returns the names of what derives from a schema; seen guards against circles.
func (p *published) derivedFrom(name string, seen []string) []string {
	if p.derived == nil {
		p.findDerived()
	}
	var names []string
	for _, candidate := range p.derived[name] {
		if s := p.schema(candidate); s == nil || s.baseName() != name || slices.Contains(seen, candidate) {
			continue
		}
		seen = append(seen, candidate)
		names = append(append(names, candidate), p.derivedFrom(candidate, seen)...)
	}
	return names
}

// findDerived lists the schemas by what they refer to first, which is the base if they have one. Nothing is decoded for it.
func (p *published) findDerived() {
	p.derived = map[string][]string{}
	for _, e := range p.doc.Components(schemas) {
		refs, diags := p.doc.Refs(e)
		if diags.HasErrors() || len(refs) == 0 {
			continue // what is at fault is reported when it is decoded
		}
		if base, ok := strings.CutPrefix(refs[0].Text, componentPrefix+schemas+"/"); ok {
			p.derived[base] = append(p.derived[base], e.Name)
		}
	}
}

// child returns the value under key in a mapping, or nil.
func child(n *yaml.Node, key string) *yaml.Node {
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

// textOf returns a scalar's text, "" for anything else.
func textOf(n *yaml.Node) string {
	if n == nil || n.Kind != yaml.ScalarNode {
		return ""
	}
	return n.Value
}
