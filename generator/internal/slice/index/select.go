package index

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
	"go.yaml.in/yaml/v4"
)

// Selection is what a slice of a document is made of. Everything is in the order of the document.
type Selection struct {
	Paths    []Item
	Sections []Section // of components
}

// Section is the selected entries of a section of components.
type Section struct {
	Name  string
	Items []Item
}

// Item is a selected entry, decoded.
type Item struct {
	Entry
	Key, Value *yaml.Node
}

// Edit may change the value of an entry that is selected, before the references in it are followed. section is "" for
// an entry of paths.
type Edit func(section string, e Entry, value *yaml.Node)

var methods = []string{"get", "put", "post", "delete", "options", "head", "patch", "trace"}

// Select returns the operations of a set with all components that they need: those that they refer to, directly and
// through others, and the security schemes that they name. A pattern of the set that selects nothing is an error, and so is
// a reference to nothing. where returns the place of a pattern, zero if it has none; it and edit may be nil. The selection
// is nil if the list has errors.
func (d *Document) Select(set pathglob.Set, where func(pathglob.Pattern) diag.Pos, edit Edit) (*Selection, diag.List) {
	if where == nil {
		where = func(pathglob.Pattern) diag.Pos { return diag.Pos{} }
	}
	if edit == nil {
		edit = func(string, Entry, *yaml.Node) {}
	}
	paths := names(d.Paths())
	set = pathglob.Set{Include: pathglob.Among(set.Include, paths), Exclude: pathglob.Among(set.Exclude, paths)}
	s := selector{doc: d, set: set, where: where, edit: edit, components: map[string]map[string]Item{}}
	s.selectPaths()
	s.checkPatterns()
	s.follow()
	if s.diags.HasErrors() {
		return nil, s.diags
	}
	return s.selection(), s.diags
}

// selector selects.
type selector struct {
	doc        *Document
	set        pathglob.Set
	where      func(pathglob.Pattern) diag.Pos
	edit       Edit
	paths      []Item
	operations []operation // of the paths that may match, whether selected or not
	components map[string]map[string]Item
	queue      []Item // items whose references are still to be followed
	diags      diag.List
}

// operation is an operation of the document.
type operation struct{ method, path string }

// selectPaths decodes the paths that may match and keeps the operations that do.
func (s *selector) selectPaths() {
	for _, e := range s.doc.Paths() {
		if !s.set.MayMatchBelow(e.Name) {
			continue
		}
		item, ok := s.decode(e)
		if !ok {
			return
		}
		if item.Value.Kind != yaml.MappingNode {
			s.diags.Errorf(s.doc.Pos(e), "bad-path", "a path must be a mapping of methods to operations")
			return
		}
		if !s.keepSelected(item) {
			continue
		}
		s.diags = append(s.diags, s.doc.as30(e, item.Value)...)
		s.edit("", e, item.Value)
		s.paths = append(s.paths, item)
		s.queue = append(s.queue, item)
		s.security(item.Value)
	}
}

func (s *selector) decode(e Entry) (item Item, ok bool) {
	key, value, diags := s.doc.node(e)
	s.diags = append(s.diags, diags...)
	return Item{e, key, value}, !diags.HasErrors()
}

// keepSelected removes the operations from a path that are not selected, and reports whether any is left.
func (s *selector) keepSelected(item Item) bool {
	if ref := child(item.Value, "$ref"); ref != nil {
		s.diags.Warnf(s.doc.Pos(item.Entry), "path-reference", "this path stands in another place, %q, and is left out", ref.Value)
	}
	kept := item.Value.Content[:0]
	found := false
	for i := 0; i+1 < len(item.Value.Content); i += 2 {
		key := item.Value.Content[i].Value
		if slices.Contains(methods, key) {
			s.operations = append(s.operations, operation{key, item.Name})
			if !s.set.Match(key, item.Name) {
				continue
			}
			found = true
		}
		kept = append(kept, item.Value.Content[i], item.Value.Content[i+1])
	}
	item.Value.Content = kept
	return found
}

// checkPatterns reports patterns that match no operation.
func (s *selector) checkPatterns() {
	if s.diags.HasErrors() {
		return
	}
	for _, p := range s.set.Include {
		if !slices.ContainsFunc(s.operations, func(o operation) bool { return p.Match(o.method, o.path) }) {
			s.unmatched(p)
		}
	}
	for _, p := range s.set.Exclude { // which may be about paths that are not included, and so not decoded
		path := p.AnyMethod()
		if !slices.ContainsFunc(s.doc.Paths(), func(e Entry) bool { return path.Match("", e.Name) }) {
			s.unmatched(p)
		}
	}
	if len(s.paths) == 0 && !s.diags.HasErrors() {
		s.diags.Add(diag.Diagnostic{Pos: diag.Pos{File: s.doc.name}, Severity: diag.Error, Code: "no-match",
			Message: "no operation of this document is selected", Hint: "exclude less"})
	}
}

// unmatched reports a pattern that matches no operation, with what it may have meant.
func (s *selector) unmatched(p pathglob.Pattern) {
	var hint string
	path := p.AnyMethod()
	var found []string
	for _, o := range s.operations {
		if method := strings.ToUpper(o.method); path.Match(o.method, o.path) && !slices.Contains(found, method) {
			found = append(found, method)
		}
	}
	if len(found) > 0 {
		hint = "the methods of the paths that match are " + strings.Join(found, ", ")
	} else if nearest := p.Nearest(names(s.doc.Paths())); len(nearest) > 0 {
		hint = "the nearest paths are " + strings.Join(nearest, ", ")
	}
	fault := diag.Diagnostic{Pos: diag.Pos{File: s.doc.name}, Severity: diag.Error, Code: "no-match",
		Message: fmt.Sprintf("the pattern %s selects no operation", p), Hint: hint}
	if at := s.where(p); !at.IsZero() {
		fault.Pos, fault.Related = at, []diag.Pos{fault.Pos}
	}
	s.diags.Add(fault)
}

func names(entries []Entry) []string {
	list := make([]string, len(entries))
	for i, e := range entries {
		list[i] = e.Name
	}
	return list
}

// follow selects the components that the selected items refer to, and so on.
func (s *selector) follow() {
	for len(s.queue) > 0 && !s.diags.HasErrors() {
		item := s.queue[0]
		s.queue = s.queue[1:]
		for _, ref := range nodeRefs(item.Value) {
			section, e, diags := s.doc.Resolve(ref)
			s.diags = append(s.diags, diags...)
			if !diags.HasErrors() {
				s.reach(section, e)
			}
		}
	}
}

// reach selects a component.
func (s *selector) reach(section string, e Entry) {
	if _, ok := s.components[section][e.Name]; ok {
		return
	}
	item, ok := s.decode(e)
	if !ok {
		return
	}
	s.edit(section, e, item.Value)
	s.diags = append(s.diags, s.doc.as30(e, item.Value)...)
	if s.components[section] == nil {
		s.components[section] = map[string]Item{}
	}
	s.components[section][e.Name] = item
	s.queue = append(s.queue, item)
}

// security selects the security schemes of a path's operations, which are named rather than referred to. An operation
// that says nothing about security has that of the document.
func (s *selector) security(path *yaml.Node) {
	for i := 0; i+1 < len(path.Content); i += 2 {
		if !slices.Contains(methods, path.Content[i].Value) {
			continue
		}
		requirements := child(path.Content[i+1], "security")
		if e, ok := s.doc.TopEntry("security"); requirements == nil && ok {
			item, _ := s.decode(e)
			requirements = item.Value
		}
		s.schemes(requirements)
	}
}

// schemes selects the security schemes that a list of requirements names.
func (s *selector) schemes(requirements *yaml.Node) {
	if requirements == nil {
		return
	}
	for _, requirement := range requirements.Content {
		for i := 0; i+1 < len(requirement.Content); i += 2 {
			name := requirement.Content[i]
			if e, ok := s.doc.Component("securitySchemes", name.Value); ok {
				s.reach("securitySchemes", e)
				continue
			}
			s.diags.Add(diag.Diagnostic{Pos: diag.Pos{File: s.doc.name, Line: name.Line, Column: name.Column},
				Severity: diag.Error, Code: "unresolved-ref",
				Message: fmt.Sprintf("%q is not one of the components' securitySchemes", name.Value)})
		}
	}
}

// child returns the value under key in a mapping, or nil.
func child(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Kind == yaml.MappingNode && n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// selection puts what is selected into the order of the document.
func (s *selector) selection() *Selection {
	out := &Selection{Paths: s.paths}
	for _, section := range s.doc.Sections() {
		selected := s.components[section.Name]
		if len(selected) == 0 {
			continue
		}
		var items []Item
		for _, e := range s.doc.Components(section.Name) {
			if item, ok := selected[e.Name]; ok {
				items = append(items, item)
			}
		}
		out.Sections = append(out.Sections, Section{section.Name, items})
	}
	return out
}
