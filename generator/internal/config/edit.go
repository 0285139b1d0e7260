package config

import (
	"errors"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
)

// Edit is a change of a configuration: patterns that go to one slice of one package.
type Edit struct {
	// Path is the file's, Before its text. After is the text with what Insert has put in.
	Path          string
	Before, After []byte
	// Package and File are the places of the package and of the slice in their lists.
	Package, File int
	// AnyFile: a pattern that another slice of the package has need not come here as well.
	AnyFile bool
	// Added are the patterns that came, Present says of the others where they are already.
	Added   []string
	Present diag.List

	parts []string // see Parse
}

// NewEdit begins a change of the file at path, which has a text. Parts are those of Parse.
func NewEdit(path string, text []byte, parts []string) *Edit {
	return &Edit{Path: path, Before: text, After: text, parts: parts}
}

// Insert puts the patterns in. The error is a diag.List.
func (e *Edit) Insert(patterns []string) error {
	for _, pattern := range patterns {
		packages, err := Parse(e.Path, e.After, e.parts)
		if err != nil {
			return err
		}
		files := includesOf(packages[e.Package].Slice)
		if at := e.find(files, pattern); at != nil {
			e.Present.Notef(diag.Pos{File: osfile.Shown(e.Path), Line: at.Line, Column: at.Column}, "there-already", "the pattern %s is there already", pattern)
			continue
		}
		list := files[e.File]
		if list == nil {
			err = errors.New("it is not there")
		} else {
			e.After, err = insertItem(e.After, list, pattern)
		}
		if err != nil {
			fault := diag.Diagnostic{Pos: diag.Pos{File: osfile.Shown(e.Path)}, Severity: diag.Error, Code: "cannot-edit",
				Message: "the list of includes cannot be added to: " + err.Error(), Hint: "write the pattern into it by hand, then run gen slice and gen"}
			if list != nil {
				fault.Line, fault.Column = list.Line, list.Column
			}
			return diag.List{fault}
		}
		e.Added = append(e.Added, pattern)
	}
	return nil
}

// find is where a pattern stands, nil if it does not.
func (e *Edit) find(files []*yaml.Node, pattern string) *yaml.Node {
	for i, list := range files {
		if list == nil || i != e.File && !e.AnyFile {
			continue
		}
		for _, item := range list.Content {
			if item.Value == pattern {
				return item
			}
		}
	}
	return nil
}

// includesOf are the lists of includes of a slice entry's files.
func includesOf(entry *yaml.Node) []*yaml.Node {
	var lists []*yaml.Node
	files := fieldOf(entry, "files")
	if files == nil {
		return nil
	}
	for _, file := range files.Content {
		lists = append(lists, fieldOf(file, "include"))
	}
	return lists
}

// fieldOf is the value of a mapping's key, nil if there is none.
func fieldOf(node *yaml.Node, key string) *yaml.Node {
	for i := 0; node.Kind == yaml.MappingNode && i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == key {
			return node.Content[i+1]
		}
	}
	return nil
}
