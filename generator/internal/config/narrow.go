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

// Patterns are what a slice includes: what may be narrowed, and what is to be kept in any case.
type Patterns struct{ Include, Keep []string }

// Patterns are those of each slice of the package, in the order of the file.
func (p Package) Patterns() []Patterns {
	var all []Patterns
	if files := fieldOf(p.Slice, "files"); files != nil {
		for _, file := range files.Content {
			all = append(all, Patterns{textsOf(fieldOf(file, "include")), textsOf(fieldOf(file, "keep"))})
		}
	}
	return all
}

func textsOf(list *yaml.Node) []string {
	var texts []string
	if list != nil {
		for _, item := range list.Content {
			texts = append(texts, item.Value)
		}
	}
	return texts
}

// Narrow replaces each pattern of slice File of the package by others: by itself where nothing changes, by none where it goes. At
// least one has to stay. Everything else in the text stays as it is. The error is a diag.List.
func (e *Edit) Narrow(replace func(pattern string) []string) error {
	packages, err := Parse(e.Path, e.After, e.parts)
	if err != nil {
		return err
	}
	list := includesOf(packages[e.Package].Slice)[e.File]
	after, err := narrowed(e.After, list, replace)
	if err != nil {
		return diag.List{{Pos: diag.Pos{File: osfile.Shown(e.Path), Line: list.Line, Column: list.Column}, Severity: diag.Error, Code: "cannot-edit",
			Message: "the list of includes cannot be narrowed: " + err.Error(), Hint: "write each pattern on one line, as a plain or quoted text"}}
	}
	e.After = after
	return nil
}

// span is a part of a text with what comes in its place.
type span struct {
	start, end int
	text       string
}

// narrowed is a document with other items in a list.
func narrowed(data []byte, list *yaml.Node, replace func(string) []string) ([]byte, error) {
	var want []*yaml.Node
	for _, item := range list.Content {
		for _, text := range replace(item.Value) {
			want = append(want, &yaml.Node{Kind: yaml.ScalarNode, Value: text})
		}
	}
	if len(want) == 0 {
		return nil, errors.New("nothing would be left of it")
	}
	spans, err := narrowing(data, list, replace)
	if err != nil {
		return nil, err
	}
	after := splicedAll(data, spans)
	return after, verifyList(data, after, list, want)
}

// narrowing are the changes that narrow a list.
func narrowing(data []byte, list *yaml.Node, replace func(string) []string) ([]span, error) {
	flow := list.Style&yaml.FlowStyle != 0
	var spans []span
	stays := false // something before
	for i, item := range list.Content {
		by := replace(item.Value)
		staysBefore := stays
		stays = stays || len(by) > 0
		if slices.Equal(by, []string{item.Value}) {
			continue
		}
		end, err := scalarEnd(data, item, flow)
		if err != nil {
			return nil, err
		}
		s := span{start: offsetOf(data, item.Line, item.Column), end: end}
		switch {
		case len(by) == 0 && flow:
			s, err = withComma(data, list, i, s, staysBefore)
		case len(by) == 0:
			s = wholeLine(data, s)
		default:
			s.text = written(data, list, item, by)
		}
		if err != nil {
			return nil, err
		}
		spans = append(spans, s)
	}
	return spans, nil
}

// written are items in the way that the one is written that they replace.
func written(data []byte, list, item *yaml.Node, by []string) string {
	separator := ", "
	flow := list.Style&yaml.FlowStyle != 0
	if !flow {
		separator = "\n" + strings.Repeat(" ", list.Column-1) + "- "
		if bytes.Contains(data, []byte("\r\n")) {
			separator = "\r" + separator
		}
	}
	var texts []string
	for _, text := range by {
		texts = append(texts, quoteLike(item, text, flow))
	}
	return strings.Join(texts, separator)
}

// wholeLine is the line of an item, with its end.
func wholeLine(data []byte, s span) span {
	s.start = bytes.LastIndexByte(data[:s.start], '\n') + 1
	if i := bytes.IndexByte(data[s.end:], '\n'); i >= 0 {
		s.end += i + 1
	} else {
		s.end = len(data)
	}
	return s
}

// withComma is an item of a list in brackets with the comma before it, if something before it stays; otherwise up to the next one.
func withComma(data []byte, list *yaml.Node, i int, s span, staysBefore bool) (span, error) {
	switch {
	case staysBefore:
		end, err := scalarEnd(data, list.Content[i-1], true)
		s.start = end
		return s, err
	case i+1 < len(list.Content):
		next := list.Content[i+1]
		s.end = offsetOf(data, next.Line, next.Column)
	}
	return s, nil
}

// verifyList sees to it that the edited document is the old one with other items in the list, and nothing else.
func verifyList(before, after []byte, list *yaml.Node, items []*yaml.Node) error {
	return verify(before, after, list, errUneditable, func(at *yaml.Node) { at.Content = items })
}
