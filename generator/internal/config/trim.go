package config

import (
	"bytes"
	"cmp"
	"errors"
	"maps"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
)

// Kept are what the package holds below keep: of its slices, types and properties that are left alone.
func (p Package) Kept() []string {
	if p.Slice == nil {
		return nil
	}
	return textsOf(fieldOf(p.Slice, "keep"))
}

// Trim sees to it that the slices of the package have no more of types than some properties. What properties: says of a type already
// loses those that are not among them; idOf is the name of the type that an entry there means. The error is a diag.List.
func (e *Edit) Trim(kept map[string][]string, idOf func(name string) string) error {
	packages, err := Parse(e.Path, e.After, e.parts)
	if err != nil {
		return err
	}
	entry := packages[e.Package].Slice
	after, err := trimmed(e.After, entry, kept, idOf)
	if err == nil {
		err = verifyTrim(e.After, after, entry, kept, idOf)
	}
	if err != nil {
		return diag.List{{Pos: diag.Pos{File: osfile.Shown(e.Path), Line: entry.Line, Column: entry.Column}, Severity: diag.Error, Code: "cannot-edit",
			Message: "properties: cannot be edited: " + err.Error(), Hint: "write it below slice:, a type on each line, as in user: [mail]"}}
	}
	e.After = after
	return nil
}

// trimmed is a document with other properties of types.
func trimmed(data []byte, entry *yaml.Node, kept map[string][]string, idOf func(string) string) ([]byte, error) {
	list := fieldOf(entry, "properties")
	var spans []span
	there := map[string]bool{}
	for i := 0; list != nil && i+1 < len(list.Content); i += 2 {
		id := idOf(list.Content[i].Value)
		names, trims := kept[id]
		there[id] = true
		if !trims {
			continue
		}
		s, err := withoutOthers(data, list.Content[i], list.Content[i+1], names)
		if err != nil {
			return nil, err
		}
		spans = append(spans, s...)
	}
	s, err := newTypes(data, entry, list, kept, there)
	if err != nil {
		return nil, err
	}
	return splicedAll(data, append(spans, s...)), nil
}

// splicedAll is a text with others in the place of parts.
func splicedAll(data []byte, spans []span) []byte {
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(b.start, a.start) })
	for _, s := range spans {
		data = slices.Concat(data[:s.start], []byte(s.text), data[s.end:])
	}
	return data
}

// withoutOthers is what makes a list of properties one of those that stay.
func withoutOthers(data []byte, key, list *yaml.Node, stay []string) ([]span, error) {
	left := slices.DeleteFunc(textsOf(list), func(name string) bool { return !slices.Contains(stay, name) })
	if len(left) == len(list.Content) {
		return nil, nil
	}
	if len(left) > 0 {
		return narrowing(data, list, func(name string) []string {
			if slices.Contains(stay, name) {
				return []string{name}
			}
			return nil
		})
	}
	flow := list.Style&yaml.FlowStyle != 0
	end, err := scalarEnd(data, list.Content[len(list.Content)-1], flow)
	if err != nil {
		return nil, err
	}
	if flow {
		s := span{offsetOf(data, list.Line, list.Column), end, "[]"}
		bracket := bytes.IndexByte(data[end:], ']')
		if bracket < 0 {
			return nil, errors.New("a list does not end")
		}
		s.end += bracket + 1
		return []span{s}, nil
	}
	start := offsetOf(data, key.Line, key.Column)
	start += bytes.IndexByte(data[start:], ':') + 1 // names have none
	return []span{{start, end, " []"}}, nil
}

// newTypes puts in the types of which properties: says nothing yet.
func newTypes(data []byte, entry, list *yaml.Node, kept map[string][]string, there map[string]bool) ([]span, error) {
	var lines []string
	for _, id := range slices.Sorted(maps.Keys(kept)) {
		if !there[id] {
			var names []string
			for _, name := range kept[id] {
				names = append(names, plainWord(name))
			}
			lines = append(lines, plainWord(id)+": ["+strings.Join(names, ", ")+"]")
		}
	}
	newline := "\n"
	if bytes.Contains(data, []byte("\r\n")) {
		newline = "\r\n"
	}
	at := func(n *yaml.Node) int { return offsetOf(data, n.Line, n.Column) }
	below := func(column int) string { return newline + strings.Repeat(" ", column-1) }
	switch {
	case len(lines) == 0:
		return nil, nil
	case list != nil && list.Style&yaml.FlowStyle != 0:
		text := strings.Join(lines, ", ")
		if len(list.Content) > 0 {
			text += ", "
		}
		return []span{{at(list) + 1, at(list) + 1, text}}, nil
	case list != nil && len(list.Content) > 0:
		first := list.Content[0]
		return []span{{at(first), at(first), strings.Join(lines, below(first.Column)) + below(first.Column)}}, nil
	case list != nil || entry.Style&yaml.FlowStyle != 0:
		return nil, errors.New("it is written in a way that cannot be edited")
	}
	for i := 0; i+1 < len(entry.Content); i += 2 {
		if key := entry.Content[i]; key.Value == "files" {
			indent := below(key.Column + 2)
			return []span{{at(key), at(key), "properties:" + indent + strings.Join(lines, indent) + below(key.Column)}}, nil
		}
	}
	return nil, errors.New("files: is missing")
}

// plainWords are names that mean themselves without quotes, in a list in brackets as well.
var plainWords = regexp.MustCompile(`^[A-Za-z_][A-Za-z0-9_.]*$`)

// plainWord is a name as a document has it.
func plainWord(name string) string {
	var n yaml.Node
	if plainWords.MatchString(name) && yaml.Unmarshal([]byte(name), &n) == nil && n.Content[0].Tag == "!!str" {
		return name
	}
	return "'" + strings.ReplaceAll(name, "'", "''") + "'"
}

// verifyTrim sees to it that the edited document is the old one with other properties of types, and nothing else.
func verifyTrim(before, after []byte, entry *yaml.Node, kept map[string][]string, idOf func(string) string) error {
	cannot := errors.New("it is written in a way that cannot be edited")
	var was, is yaml.Node
	if yaml.Unmarshal(before, &was) != nil || yaml.Unmarshal(after, &is) != nil {
		return cannot
	}
	had, has := takeProperties(&was, entry), takeProperties(&is, entry)
	if !sameYAML(&was, &is) {
		return cannot
	}
	want := map[string][]string{}
	for name, texts := range had {
		id := idOf(name)
		if stay, trims := kept[id]; trims {
			texts = slices.DeleteFunc(texts, func(text string) bool { return !slices.Contains(stay, text) })
		}
		want[id] = texts
	}
	for id, texts := range kept {
		if _, there := want[id]; !there {
			want[id] = texts
		}
	}
	if len(has) != len(want) {
		return cannot
	}
	for name, texts := range has {
		if !slices.Equal(texts, want[idOf(name)]) {
			return cannot
		}
	}
	return nil
}

// takeProperties takes properties: out of a document, below the entry at a place, and returns what it says.
func takeProperties(document, entry *yaml.Node) map[string][]string {
	all := map[string][]string{}
	var visit func(n *yaml.Node)
	visit = func(n *yaml.Node) {
		for i := 0; n.Kind == yaml.MappingNode && n.Line == entry.Line && n.Column == entry.Column && i+1 < len(n.Content); i += 2 {
			if n.Content[i].Value != "properties" {
				continue
			}
			list := n.Content[i+1]
			for j := 0; j+1 < len(list.Content); j += 2 {
				all[list.Content[j].Value] = textsOf(list.Content[j+1])
			}
			n.Content = slices.Delete(n.Content, i, i+2)
			break
		}
		for _, child := range n.Content {
			visit(child)
		}
	}
	visit(document)
	return all
}
