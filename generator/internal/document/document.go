// Package document reads text that people and other programs write for the generator: slices, overrides, notes and graphslice.yaml.
//
// It turns YAML and JSON into nodes with positions, and refuses, in the same words wherever the text comes from, what none of these
// needs: text that is not UTF-8, control characters, anchors and aliases, merge keys, keys that stand twice, a second document,
// and what is too deep or too large. Reader then finds the keys and values that somebody else gives a meaning.
//
// The nodes are those of go.yaml.in/yaml, for JSON too, and for what is read without its parser (plain.go). Documents of tens of megabytes
// of which little is needed are read by generator/internal/slice/index, which does not parse what nobody asks for.
package document

import (
	"bytes"
	"fmt"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

const (
	// maxDepth is how many levels of mappings and lists a document may have.
	maxDepth = 200
	// maxValues is how many values a document may have, at about 200 bytes of memory each; YAML is estimated at two
	// a line. The largest document that is worth loading whole, all of Graph's beta, has 1.2 million.
	maxValues = 4_000_000
)

var (
	tooDeep  = fmt.Sprintf("the document is nested deeper than %d levels", maxDepth)
	tooLarge = fmt.Sprintf("the document has more than %d values", maxValues)
)

// Text is a document that is known to be text.
type Text struct {
	name string
	data []byte
}

// Of returns the text of a document, whose name stands in positions. The fault is not nil if it is no text of UTF-8.
func Of(name string, data []byte) (Text, *diag.Diagnostic) {
	t := Text{name, bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))} // byte order mark
	return t, t.check()
}

// Parse reads a document. Its root is nil after a fault, and without one if there is nothing in the document.
func Parse(name string, data []byte) (*yaml.Node, *diag.Diagnostic) {
	t, fault := Of(name, data)
	if fault != nil {
		return nil, fault
	}
	return t.Parse()
}

// Parse reads a text. Its root is nil after a fault, and without one if the text is empty.
func (t Text) Parse() (root *yaml.Node, fault *diag.Diagnostic) {
	switch {
	case t.Empty():
		return nil, nil
	case t.IsJSON():
		root, fault = t.parseJSON()
	case 2*bytes.Count(t.data, []byte{'\n'})+bytes.Count(t.data, []byte{','}) > maxValues: // the parser itself has no limit
		return nil, t.fault(diag.Pos{File: t.name, Line: 1, Column: 1}, "too-large", tooLarge, "")
	default:
		if root = t.readPlain(); root == nil {
			root, fault = t.parseYAML()
		}
	}
	if fault != nil || root == nil {
		return nil, fault
	}
	c := checker{text: t}
	if c.check(root, 0); c.fault != nil {
		return nil, c.fault
	}
	return root, nil
}

// Empty reports whether the text has nothing but white space, comments, directives and document markers.
func (t Text) Empty() bool { return len(t.content()) == 0 }

// IsJSON reports whether the text begins as an object of JSON does, which YAML in braces need not.
func (t Text) IsJSON() bool {
	content := t.content()
	if len(content) == 0 || content[0] != '{' {
		return false
	}
	content = bytes.TrimLeft(content[1:], jsonSpace)
	return len(content) == 0 || content[0] == '"' || content[0] == '}'
}

// content is the text from where it says something.
func (t Text) content() []byte {
	at := 0
	for line := range bytes.Lines(t.data) {
		trimmed := bytes.TrimSpace(line)
		if len(trimmed) > 0 && trimmed[0] != '#' && trimmed[0] != '%' && !bytes.Equal(trimmed, []byte("---")) {
			return bytes.TrimLeft(t.data[at:], jsonSpace)
		}
		at += len(line)
	}
	return nil
}

// Bytes is the text without a byte order mark.
func (t Text) Bytes() []byte { return t.data }

func (t Text) fault(pos diag.Pos, code, message, hint string, related ...diag.Pos) *diag.Diagnostic {
	return &diag.Diagnostic{Pos: pos, Severity: diag.Error, Code: code, Message: message, Hint: hint, Related: related}
}

// Pos is where a node stands in the file.
func Pos(file string, n *yaml.Node) diag.Pos {
	if n == nil {
		return diag.Pos{File: file}
	}
	return diag.Pos{File: file, Line: n.Line, Column: n.Column}
}
