package config

import (
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/document"
)

// reader reads what the keys stand for.
type reader struct {
	document.Reader
	known []string // parts of a package that it can do without
}

// parse returns the file's content, nil after a fault.
func (r reader) parse(data []byte) *yaml.Node {
	root, fault := document.Parse(r.File, data)
	switch {
	case fault != nil:
		r.Faults.Add(*fault)
	case root == nil:
		r.Fault(&yaml.Node{Line: 1, Column: 1}, document.WrongShape, "list the packages to generate under packages:", "the file is empty")
	}
	return root
}

// list returns the items of a list that must not be empty, nil after a fault or for a node that is not there.
func (r reader) list(node *yaml.Node, what string) []*yaml.Node {
	items := r.List(node, what)
	if len(items) == 0 && node != nil && node.Kind == yaml.SequenceNode {
		r.Fault(node, document.WrongShape, "", "the list of %s is empty", what)
	}
	return items
}

// texts returns a list of strings.
func (r reader) texts(node *yaml.Node, what string) []string {
	var texts []string
	for _, item := range r.list(node, what) {
		if text := r.Text(item); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// parts returns a list of parts of a package that it can do without.
func (r reader) parts(node *yaml.Node) []string {
	var parts []string
	for _, item := range r.list(node, "parts to leave out") {
		name := r.Text(item)
		switch {
		case slices.Contains(r.known, name):
			parts = append(parts, name)
		case name != "":
			hint := "known here: " + strings.Join(r.known, ", ")
			if near := diag.Likely(name, r.known); near != "" {
				hint = "did you mean " + near + "? " + hint
			}
			r.Fault(item, "unknown-part", hint, "%q is no part of a package that can be left out", name)
		}
	}
	return parts
}

// paths returns a list of paths relative to the working folder.
func (r reader) paths(node *yaml.Node, what string) []string {
	paths := r.texts(node, what)
	for i, path := range paths {
		paths[i] = r.path(path)
	}
	return paths
}

// path takes a path of the file, relative to its folder, to one relative to the working folder.
func (r reader) path(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(r.File), filepath.FromSlash(path))
}

// split reads how the calls are divided among packages.
func (r reader) split(node *yaml.Node) bool {
	text := r.Text(node)
	if text != "" && text != "path" {
		r.Fault(node, "bad-config", "write split: path, or leave the line out", "split is by path, not by %q", text)
	}
	return text == "path"
}
