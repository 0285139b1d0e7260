package overrides

import (
	"bytes"
	"errors"
	"fmt"
	"go/token"
	"io"
	"io/fs"
	"maps"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/ir"
	"github.com/graphslice/graphslice/generator/yamlerr"
	"gopkg.in/yaml.v3"
)

const maxFileSize = 4 << 20 // bytes

// fieldKind is what the value of a field must be.
type fieldKind int

const (
	text       fieldKind = iota
	flag                 // true or false
	list                 // of text
	identifier           // an exported Go identifier
	entitySet            // a path below the service root
	query                // a list of text and of mappings, see query.go
	session              // a mapping, see upload.go
	mediaType            // such as text/html
)

// sections are the fields of each section.
var sections = map[string]map[string]fieldKind{
	"types": {"rename": identifier, "hide": flag, "description": text, "deprecated": text, "entitySet": entitySet,
		"key": list, "polymorphic": flag, "uploadSession": session},
	"properties": {"rename": identifier, "hide": flag, "description": text, "type": text, "nullable": flag,
		"navigation": flag, "contained": flag, "entitySet": entitySet},
	"enums": {"rename": identifier, "hide": flag},
	"operations": {"rename": identifier, "hide": flag, "description": text, "docs": text, "scopes": list,
		"applicationPermissions": list, "longRunning": flag, "body": mediaType, "query": query, "headers": list},
	"parameters": {"rename": identifier, "hide": flag, "required": flag},
	"constants":  {"rename": identifier},
	"paths":      {"rename": identifier, "accessor": identifier},
}

// isMediaType matches the media types that a body can be of.
var isMediaType = regexp.MustCompile(`^[a-z0-9][a-z0-9.+-]*/[a-z0-9][a-z0-9.+-]*$`)

// entry is one override. Its fields have been checked.
type entry struct {
	file    string
	section string
	key     *yaml.Node // what it is about
	fields  *yaml.Node
}

func (e entry) name() string                   { return e.key.Value }
func (e entry) pos() diag.Pos                  { return e.posOf(e.key) }
func (e entry) posOf(node *yaml.Node) diag.Pos { return nodePos(e.file, node) }

func nodePos(file string, node *yaml.Node) diag.Pos {
	return diag.Pos{File: file, Line: node.Line, Column: node.Column}
}

// value returns the field's text and node; a nil node if the field is not there.
func (e entry) value(field string) (string, *yaml.Node) {
	for i := 0; i+1 < len(e.fields.Content); i += 2 {
		if e.fields.Content[i].Value == field {
			return e.fields.Content[i+1].Value, e.fields.Content[i+1]
		}
	}
	return "", nil
}

func (e entry) has(field string) bool {
	_, node := e.value(field)
	return node != nil
}

// text puts the field's text, if it is there, into to.
func (e entry) text(field string, to *string) {
	if text, node := e.value(field); node != nil {
		*to = text
	}
}

// flag returns the field, or otherwise if it is not there.
func (e entry) flag(field string, otherwise bool) bool {
	text, node := e.value(field)
	if node == nil {
		return otherwise
	}
	return text == "true"
}

// list returns the texts of the field and its node; a nil node if it is not there.
func (e entry) list(field string) ([]string, *yaml.Node) {
	_, node := e.value(field)
	if node == nil {
		return nil, nil
	}
	var texts []string
	for _, item := range node.Content {
		texts = append(texts, item.Value)
	}
	return texts, node
}

// readFile returns the overrides in a file, and reports what is wrong with it.
func readFile(path string, seen func(path string, text []byte), diags *diag.List) []entry {
	root := parseFile(path, seen, diags)
	if root == nil {
		return nil
	}
	r := reader{path, diags}
	var entries []entry
	for _, section := range r.pairs(root, "an override file") {
		if sections[section.key.Value] == nil {
			r.unknown(section.key, "section", slices.Sorted(maps.Keys(sections)))
			continue
		}
		for _, override := range r.pairs(section.value, strconv.Quote(section.key.Value)) {
			fields := r.pairs(override.value, strconv.Quote(override.key.Value))
			for _, field := range fields {
				r.checkField(sections[section.key.Value], field)
			}
			if override.value.Kind == yaml.MappingNode {
				entries = append(entries, entry{path, section.key.Value, override.key, override.value})
			}
		}
	}
	return entries
}

// parseFile returns the content of a YAML file; nil after a fault, and if it is empty.
func parseFile(path string, seen func(path string, text []byte), diags *diag.List) *yaml.Node {
	data, err := readLimited(path)
	if err != nil {
		diags.Add(diag.Diagnostic{Pos: diag.Pos{File: path}, Severity: diag.Error, Code: "unreadable-file",
			Message: err.Error(), Hint: "an override file is YAML"})
		return nil
	}
	if seen != nil {
		seen(path, data)
	}
	var doc, next yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	err = decoder.Decode(&doc)
	if err == nil {
		if err = decoder.Decode(&next); err == nil {
			diags.Add(diag.Diagnostic{Pos: nodePos(path, &next), Severity: diag.Error, Code: "wrong-shape",
				Message: "this is a second document in one file", Hint: "keep one"})
			return nil
		}
		if errors.Is(err, io.EOF) {
			err = nil
		}
	}
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		line, column, message := yamlerr.Explain(data, err)
		diags.Add(diag.Diagnostic{Pos: diag.Pos{File: path, Line: line, Column: max(column, 1)}, Severity: diag.Error, Code: "not-yaml",
			Message: "this is not YAML: " + message, Hint: "look at this line and the next ones"})
		return nil
	}
	return doc.Content[0]
}

// readLimited returns the content of a file of at most maxFileSize bytes.
func readLimited(path string) ([]byte, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errors.New("there is no such file")
	case err == nil && !info.Mode().IsRegular():
		return nil, errors.New("this is not a regular file")
	case err == nil && info.Size() > maxFileSize:
		return nil, fmt.Errorf("the file is too large: %d MiB", info.Size()>>20)
	}
	data, err := os.ReadFile(path)
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return nil, fmt.Errorf("the file cannot be read: %w", pathErr.Err)
	}
	return data, err
}

// reader checks the form of a file.
type reader struct {
	file  string
	diags *diag.List
}

// pair is an entry of a mapping.
type pair struct{ key, value *yaml.Node }

// maxFaults is how many faults of the form of the files are worth reading.
const maxFaults = 100

func (r reader) fault(node *yaml.Node, code, message, hint string) {
	if len(*r.diags) >= maxFaults {
		return
	}
	r.diags.Add(diag.Diagnostic{Pos: nodePos(r.file, node), Severity: diag.Error, Code: code, Message: message, Hint: hint})
}

func (r reader) unknown(key *yaml.Node, what string, known []string) {
	r.fault(key, "unknown-key", fmt.Sprintf("%q is not a %s", key.Value, what), "known here: "+strings.Join(known, ", "))
}

// pairs returns the entries of a mapping; what names it in a message. An empty value has none.
func (r reader) pairs(node *yaml.Node, what string) []pair {
	switch {
	case node.Kind == yaml.ScalarNode && node.ShortTag() == "!!null":
		return nil
	case node.Kind != yaml.MappingNode:
		r.fault(node, "wrong-shape", what+" must be a mapping", "")
		return nil
	}
	seen := map[string]bool{}
	var pairs []pair
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		switch {
		case key.Kind != yaml.ScalarNode || key.Tag == "!!merge" || value.Kind == yaml.AliasNode:
			r.fault(key, "wrong-shape", "aliases, merge keys and keys that are no text are not read", "write it out")
		case seen[key.Value]:
			r.fault(key, "duplicate-key", fmt.Sprintf("%q stands twice in this mapping", key.Value), "remove one of the two")
		default:
			pairs = append(pairs, pair{key, value})
		}
		seen[key.Value] = true
	}
	return pairs
}

// checkField reports a field that is not known, or whose value is not what it must be.
func (r reader) checkField(known map[string]fieldKind, field pair) {
	kind, ok := known[field.key.Value]
	if !ok {
		r.unknown(field.key, "field", slices.Sorted(maps.Keys(known)))
		return
	}
	want, value := "", field.value
	isScalar := value.Kind == yaml.ScalarNode
	switch {
	case kind == flag && !(isScalar && value.ShortTag() == "!!bool"):
		want = "true or false"
	case kind == list && !isTextList(value):
		want = "a list of text"
	case kind == query && !r.isQuery(value):
		return // it has been reported
	case kind == session && !r.isSession(value):
		return
	case kind == mediaType && !(isScalar && isMediaType.MatchString(value.Value)):
		want = "a media type, such as text/html"
	case kind == text && !isScalar:
		want = "text"
	case kind == identifier && !(isScalar && token.IsIdentifier(value.Value) && token.IsExported(value.Value)):
		want = "a Go identifier that begins with a capital letter"
	case kind == entitySet && !(isScalar && (value.Value == "" || ir.IsEntitySet(value.Value))):
		want = "a path below the service root, such as catalog/things"
	default:
		return
	}
	r.fault(value, "wrong-shape", fmt.Sprintf("%q must be %s", field.key.Value, want), "")
}

func isTextList(node *yaml.Node) bool {
	return node.Kind == yaml.SequenceNode && !slices.ContainsFunc(node.Content, func(item *yaml.Node) bool {
		return item.Kind != yaml.ScalarNode || item.ShortTag() != "!!str"
	})
}
