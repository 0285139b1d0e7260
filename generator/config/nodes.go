package config

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/yamlerr"
)

// reader reads YAML nodes and collects what is wrong with them.
type reader struct {
	file   string
	faults diag.List
}

// maxFaults is how many faults of one file are worth reading.
const maxFaults = 100

// fault adds a finding at a node.
func (r *reader) fault(at *yaml.Node, code, hint, format string, args ...any) {
	if len(r.faults) >= maxFaults {
		return
	}
	r.faults.Add(diag.Diagnostic{
		Pos: r.pos(at), Severity: diag.Error, Code: code, Message: fmt.Sprintf(format, args...), Hint: hint,
	})
}

func (r *reader) pos(at *yaml.Node) diag.Pos {
	if at == nil {
		return diag.Pos{File: r.file}
	}
	return diag.Pos{File: r.file, Line: at.Line, Column: at.Column}
}

// parse returns the file's one document, nil after a fault.
func (r *reader) parse(data []byte) *yaml.Node {
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document, next yaml.Node
	err := decoder.Decode(&document)
	if err == nil {
		if err = decoder.Decode(&next); err == nil {
			r.fault(&next, "bad-config", "keep one", "a second document in one file")
			return nil
		}
	}
	if errors.Is(err, io.EOF) {
		if len(document.Content) == 0 {
			r.fault(&yaml.Node{Line: 1, Column: 1}, "bad-config", "list the packages to generate under packages:", "the file is empty")
			return nil
		}
		return document.Content[0]
	}
	line, column, message := yamlerr.Explain(data, err)
	r.fault(&yaml.Node{Line: line, Column: column}, "bad-config", "", "not YAML: %s", message)
	return nil
}

// mapping returns the values of a mapping by key, nil after a fault. Keys that are not known are faults.
func (r *reader) mapping(node *yaml.Node, known ...string) map[string]*yaml.Node {
	node = resolve(node)
	if node.Kind != yaml.MappingNode {
		r.fault(node, "bad-config", "", "expected a mapping with %s; found %s", strings.Join(known, ", "), describe(node))
		return nil
	}
	fields := map[string]*yaml.Node{}
	for i := 0; i < len(node.Content); i += 2 {
		key, value := node.Content[i], resolve(node.Content[i+1])
		switch {
		case !slices.Contains(known, key.Value):
			hint := "known here: " + strings.Join(known, ", ")
			if near := diag.Likely(key.Value, known); near != "" {
				hint = "did you mean " + near + "? " + hint
			}
			r.fault(key, "unknown-key", hint, "unknown key %q", key.Value)
		case fields[key.Value] != nil:
			r.fault(key, "duplicate-key", "keep one", "%q stands twice in one mapping", key.Value)
		default:
			fields[key.Value] = value
		}
	}
	return fields
}

// required returns the value of a key that has to be there, nil after a fault at the mapping.
func (r *reader) required(mapping *yaml.Node, fields map[string]*yaml.Node, key string) *yaml.Node {
	if fields[key] == nil {
		r.fault(resolve(mapping), "missing-key", "", "%q is missing", key)
	}
	return fields[key]
}

// list returns the items of a list that must not be empty, nil after a fault or for a node that is not there.
func (r *reader) list(node *yaml.Node, what string) []*yaml.Node {
	switch {
	case node == nil:
		return nil
	case node.Kind != yaml.SequenceNode:
		r.fault(node, "bad-config", "", "expected a list of %s; found %s", what, describe(node))
		return nil
	case len(node.Content) == 0:
		r.fault(node, "bad-config", "", "the list of %s is empty", what)
	}
	return node.Content
}

// text returns a string that must not be empty, "" after a fault or for a node that is not there.
func (r *reader) text(node *yaml.Node) string {
	if node == nil {
		return ""
	}
	node = resolve(node)
	if node.Kind != yaml.ScalarNode || node.Tag != "!!str" || node.Value == "" {
		r.fault(node, "bad-config", "", "expected a text; found %s", describe(node))
		return ""
	}
	return node.Value
}

// texts returns a list of strings.
func (r *reader) texts(node *yaml.Node, what string) []string {
	var texts []string
	for _, item := range r.list(node, what) {
		if text := r.text(item); text != "" {
			texts = append(texts, text)
		}
	}
	return texts
}

// paths returns a list of paths relative to the working folder.
func (r *reader) paths(node *yaml.Node, what string) []string {
	paths := r.texts(node, what)
	for i, path := range paths {
		paths[i] = r.path(path)
	}
	return paths
}

// path takes a path of the file, relative to its folder, to one relative to the working folder.
func (r *reader) path(path string) string {
	if path == "" || filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(r.file), filepath.FromSlash(path))
}

// resolve follows an alias.
func resolve(node *yaml.Node) *yaml.Node {
	if node.Kind == yaml.AliasNode {
		return node.Alias
	}
	return node
}

// describe names what a node is, for a message.
func describe(node *yaml.Node) string {
	switch node.Kind {
	case yaml.MappingNode:
		return "a mapping"
	case yaml.SequenceNode:
		return "a list"
	}
	switch node.Tag {
	case "!!null":
		return "nothing"
	case "!!str":
		if node.Value == "" {
			return "an empty text"
		}
		return "a text"
	}
	return fmt.Sprintf("%s, which YAML reads as %s", node.Value, strings.TrimPrefix(node.Tag, "!!"))
}
