package slice

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/document"
	"github.com/graphslice/graphslice/generator/internal/slice/fetch"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// Stamps returns what each file of a "slice" entry is stamped with when it is cut, by the path that ReadConfig gives it: a hash
// of all that decides what is in it, as far as the configuration and the notes say it. The sources count with their names alone,
// since nobody wants to fetch them to compare. How something is written (comments, quotes, the order of keys and of patterns),
// the paths of the slices and the titles of the others change nothing.
//
// The entry has to be one that ReadConfig accepts. Notes that cannot be read are a fault.
func Stamps(file string, node *yaml.Node) (map[string]string, diag.List) {
	r := newConfigReader(file)
	shared := sha256.New()
	var files []*yaml.Node
	for _, f := range sortedFields(node) {
		switch f.key {
		case "files":
			files = f.value.Content
			writeCanonical(shared, "files", patternsOf(files))
		case "notes":
			writeCanonical(shared, f.key, f.value)
			r.hashNotes(shared, f.value)
		case "metadata", "permissions":
			writeCanonical(shared, f.key, listOf(f.value))
		default:
			writeCanonical(shared, f.key, f.value)
		}
	}
	stamps := map[string]string{}
	for _, f := range files {
		own := sha256.New()
		own.Write(shared.Sum(nil))
		var out, title string
		for _, field := range sortedFields(f) {
			switch field.key {
			case "out":
				out = r.path(field.value)
			case "title":
				title = field.value.Value
			default:
				writeCanonical(own, field.key, field.value)
			}
		}
		fmt.Fprintf(own, "title %s", cmp.Or(title, tree.TitleOf(out)))
		stamps[out] = "sha256:" + hex.EncodeToString(own.Sum(nil))
	}
	return stamps, *r.Faults
}

// StampOf returns what a slice is stamped with, "" if it is not.
func StampOf(data []byte) string {
	for line := range bytes.Lines(data) {
		if stamp, ok := bytes.CutPrefix(line, []byte("  "+tree.StampKey+": ")); ok {
			return strings.Trim(strings.TrimSpace(string(stamp)), `'"`)
		}
		if bytes.HasPrefix(line, []byte("paths:")) { // info stands before it
			break
		}
	}
	return ""
}

// hashNotes adds what notes say.
func (r *configReader) hashNotes(h hash.Hash, list *yaml.Node) {
	for _, item := range list.Content {
		path := r.path(item)
		data, err := fetch.File(path, maxNotes)
		if err != nil {
			r.fault(item, "the notes in %s cannot be read: %v", filepath.ToSlash(path), err)
			continue
		}
		root, fault := document.Parse(path, data)
		switch {
		case fault != nil:
			r.Faults.Add(*fault)
		case root != nil:
			writeCanonical(h, "", root)
		}
	}
}

// patternsOf are the patterns of all files: a type that one of them needs is described in full in all.
func patternsOf(files []*yaml.Node) *yaml.Node {
	list := &yaml.Node{Kind: yaml.SequenceNode}
	for _, f := range files {
		patterns := &yaml.Node{Kind: yaml.MappingNode}
		for _, field := range sortedFields(f) {
			if field.key != "out" && field.key != "title" {
				patterns.Content = append(patterns.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: field.key}, field.value)
			}
		}
		list.Content = append(list.Content, patterns)
	}
	slices.SortFunc(list.Content, func(a, b *yaml.Node) int { return bytes.Compare(canonical("", a), canonical("", b)) })
	return list
}

// listOf is a list, or the one thing that stands in its place, as a list.
func listOf(node *yaml.Node) *yaml.Node {
	if node.Kind == yaml.SequenceNode {
		return node
	}
	return &yaml.Node{Kind: yaml.SequenceNode, Content: []*yaml.Node{node}}
}

// unordered are the keys of lists whose order means nothing; so it is in each list of "properties".
var unordered = []string{"include", "exclude", "keep", "without", "follow", "types"}

func canonical(key string, node *yaml.Node) []byte {
	var b bytes.Buffer
	writeCanonical(&b, key, node)
	return b.Bytes()
}

// writeCanonical writes what a key and its value say, in one way whatever way they are written. Every part has its length in
// front, so that different values are never written alike.
func writeCanonical(w io.Writer, key string, node *yaml.Node) {
	fmt.Fprintf(w, "%d:%s", len(key), key)
	switch node.Kind {
	case yaml.MappingNode:
		fields := sortedFields(node)
		fmt.Fprintf(w, "{%d", len(fields))
		for _, f := range fields {
			value := f.value
			if key == "properties" && value.Kind == yaml.SequenceNode {
				value = sortedList(value)
			}
			writeCanonical(w, f.key, value)
		}
	case yaml.SequenceNode:
		if slices.Contains(unordered, key) {
			node = sortedList(node)
		}
		fmt.Fprintf(w, "[%d", len(node.Content))
		for _, item := range node.Content {
			writeCanonical(w, "", item)
		}
	default:
		fmt.Fprintf(w, "=%s%d:%s", node.ShortTag(), len(node.Value), node.Value)
	}
}

// sortedList is a list in an order that does not depend on how it is written.
func sortedList(node *yaml.Node) *yaml.Node {
	sorted := *node
	sorted.Content = slices.Clone(node.Content)
	slices.SortFunc(sorted.Content, func(a, b *yaml.Node) int { return bytes.Compare(canonical("", a), canonical("", b)) })
	return &sorted
}

type yamlField struct {
	key   string
	value *yaml.Node
}

// sortedFields are the entries of a mapping by key; none for any other node.
func sortedFields(node *yaml.Node) []yamlField {
	if node.Kind != yaml.MappingNode {
		return nil
	}
	var fields []yamlField
	for i := 0; i+1 < len(node.Content); i += 2 {
		fields = append(fields, yamlField{node.Content[i].Value, node.Content[i+1]})
	}
	slices.SortStableFunc(fields, func(a, b yamlField) int { return strings.Compare(a.key, b.key) })
	return fields
}
