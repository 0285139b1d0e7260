package config

import (
	"bytes"
	"errors"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
)

// This file edits the lists of a slice entry beside its files: types and follow.

// Describe adds types to those that the slices of the package describe anyhow. The error is a diag.List.
func (e *Edit) Describe(types []string) error { return e.addAll("types", types) }

// Follow adds navigation properties to those whose targets the slices of the package describe. The error is a diag.List.
func (e *Edit) Follow(properties []string) error { return e.addAll("follow", properties) }

// addAll adds texts to the list of a key.
func (e *Edit) addAll(key string, texts []string) error {
	for _, text := range texts {
		packages, err := Parse(e.Path, e.After, e.parts)
		if err != nil {
			return err
		}
		entry := packages[e.Package].Slice
		if err := e.add(entry, key, text); err != nil {
			return e.cannot(entry, key+": cannot be added to: "+err.Error(), "write "+key+": ["+strings.Join(texts, ", ")+"] below slice: by hand")
		}
	}
	return nil
}

// cannot is the error of an edit that cannot be made.
func (e *Edit) cannot(at *yaml.Node, message, hint string) error {
	return diag.List{{Pos: diag.Pos{File: osfile.Shown(e.Path), Line: at.Line, Column: at.Column}, Severity: diag.Error, Code: "cannot-edit",
		Message: message, Hint: hint}}
}

// add adds one text: to the list, or with a list of its own before the files.
func (e *Edit) add(entry *yaml.Node, key, text string) error {
	var err error
	if list := fieldOf(entry, key); list != nil {
		e.After, err = insertItem(e.After, list, text)
		return err
	}
	for i := 0; i+1 < len(entry.Content); i += 2 {
		if files := entry.Content[i]; files.Value == "files" && entry.Style&yaml.FlowStyle == 0 {
			at := offsetOf(e.After, files.Line, files.Column)
			e.After = splice(e.After, at, key+": ["+quoteLike(nil, text, true)+"]\n"+strings.Repeat(" ", files.Column-1))
			return nil
		}
	}
	return errors.New("slice: is written on one line")
}

// Unfollow takes navigation properties out of those that are followed, and the key with the last one. The error is a diag.List.
func (e *Edit) Unfollow(properties []string) error {
	if len(properties) == 0 {
		return nil
	}
	packages, err := Parse(e.Path, e.After, e.parts)
	if err != nil {
		return err
	}
	entry := packages[e.Package].Slice
	list := fieldOf(entry, "follow")
	var after []byte
	switch {
	case list == nil || list.Kind != yaml.SequenceNode:
		err = errors.New("it is no list")
	case !slices.ContainsFunc(list.Content, func(n *yaml.Node) bool { return !slices.Contains(properties, n.Value) }):
		after, err = withoutField(e.After, entry, "follow")
	default:
		after, err = narrowed(e.After, list, func(text string) []string {
			if slices.Contains(properties, text) {
				return nil
			}
			return []string{text}
		})
	}
	if err != nil {
		return e.cannot(entry, "follow: cannot be narrowed: "+err.Error(), "take "+strings.Join(properties, ", ")+" out of follow: by hand")
	}
	e.After = after
	return nil
}

// withoutField is a document without a key of a mapping and the list that is its value, which have lines of their own.
func withoutField(data []byte, entry *yaml.Node, key string) ([]byte, error) {
	for i := 0; i+1 < len(entry.Content); i += 2 {
		name, list := entry.Content[i], entry.Content[i+1]
		if name.Value != key {
			continue
		}
		last := list.Line
		for _, item := range list.Content {
			last = max(last, item.Line)
		}
		start, end := offsetOf(data, name.Line, 1), offsetOf(data, last+1, 1)
		after := slices.Concat(data[:start], data[end:])
		return after, verifyWithout(data, after, entry, i)
	}
	return nil, errors.New("it is not there")
}

// verifyWithout sees to it that the edited document is the old one without the i-th field of a mapping, and nothing else.
func verifyWithout(before, after []byte, entry *yaml.Node, i int) error {
	if bytes.Equal(before, after) {
		return errNotThere
	}
	return verify(before, after, entry, errUneditable, func(at *yaml.Node) { at.Content = slices.Delete(at.Content, i, i+2) })
}

var (
	errUneditable = errors.New("it is written in a way that cannot be edited")
	errNotThere   = errors.New("it is not where it should be")
)

// verify sees to it that the edited document says what the old one says with one node edited, and nothing else. Unlike is the error if
// it says something else.
func verify(before, after []byte, node *yaml.Node, unlike error, edit func(at *yaml.Node)) error {
	var want, got yaml.Node
	if yaml.Unmarshal(before, &want) != nil || yaml.Unmarshal(after, &got) != nil {
		return unlike
	}
	at := findNode(&want, node)
	if at == nil {
		return errNotThere
	}
	edit(at)
	if !sameYAML(&want, &got) {
		return unlike
	}
	return nil
}

// findNode is the node of a document that stands where another stands in its own, and is as that a mapping or a list.
func findNode(n, like *yaml.Node) *yaml.Node {
	if n.Kind == like.Kind && n.Line == like.Line && n.Column == like.Column {
		return n
	}
	for _, child := range n.Content {
		if found := findNode(child, like); found != nil {
			return found
		}
	}
	return nil
}
