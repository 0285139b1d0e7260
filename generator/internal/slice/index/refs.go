package index

import (
	"bytes"
	"fmt"
	"net/url"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"go.yaml.in/yaml/v4"
)

// Ref is a reference in an entry: the text of a $ref, or of an entry of a discriminator's mapping.
type Ref struct {
	Text string
	// Line and Column are where the text begins.
	Line, Column int
	// Mapped: it stands in a discriminator's mapping, so that the text may be the bare name of a schema.
	Mapped bool
}

// Refs returns the references in an entry, in the order of the document, without decoding it. Every key $ref with a
// text counts, even one in an example.
func (d *Document) Refs(e Entry) ([]Ref, diag.List) {
	var refs []Ref
	var f *fault
	switch {
	case e.value != nil:
		refs = nodeRefs(e.value)
	case d.isJSON:
		refs, f = jsonRefs(d.data, e)
	default:
		var ok bool
		if refs, ok = yamlRefs(d.data, e); ok {
			break
		}
		var value *yaml.Node
		if _, value, f = d.decode(e); f == nil {
			refs = nodeRefs(value)
		}
	}
	if f != nil {
		return nil, diag.List{d.diagnostic(f)}
	}
	return refs, nil
}

// Resolve returns the component that a reference points to or into, and the section that it is in.
func (d *Document) Resolve(ref Ref) (section string, e Entry, diags diag.List) {
	section, name, found := d.target(ref)
	if found {
		e, found = d.Component(section, name)
	}
	if !found {
		diags.Add(diag.Diagnostic{Pos: diag.Pos{File: d.name, Line: ref.Line, Column: ref.Column}, Severity: diag.Error,
			Code: "unresolved-ref", Message: fmt.Sprintf("%q is not a component of this document", ref.Text),
			Hint: "references are followed to components of the same document, such as #/components/schemas/name"})
	}
	return section, e, diags
}

// target returns the section and the name that a reference tells.
func (d *Document) target(ref Ref) (section, name string, ok bool) {
	pointer, ok := strings.CutPrefix(ref.Text, "#/components/")
	if !ok {
		return "schemas", ref.Text, ref.Mapped
	}
	if text, err := url.PathUnescape(pointer); err == nil {
		pointer = text
	}
	parts := strings.SplitN(pointer, "/", 3) // what follows the name points into the component
	if len(parts) < 2 {
		return "", "", false
	}
	return parts[0], strings.ReplaceAll(strings.ReplaceAll(parts[1], "~1", "/"), "~0", "~"), true
}

// isRef reports whether a text under key is a reference; parent and grandparent are the keys above it.
func isRef[T string | []byte](grandparent, parent, key T) (ref, mapped bool) {
	if string(key) == "$ref" {
		return true, false
	}
	mapped = string(parent) == "mapping" && string(grandparent) == "discriminator"
	return mapped, mapped
}

// nodeRefs returns the references in a node.
func nodeRefs(n *yaml.Node) []Ref {
	var refs []Ref
	var walk func(n *yaml.Node, grandparent, parent string)
	walk = func(n *yaml.Node, grandparent, parent string) {
		for i, child := range n.Content {
			if n.Kind != yaml.MappingNode {
				walk(child, "", "")
				continue
			}
			if i%2 == 0 {
				continue
			}
			key := n.Content[i-1].Value
			if ref, mapped := isRef(grandparent, parent, key); ref && child.Kind == yaml.ScalarNode {
				refs = append(refs, Ref{child.Value, child.Line, child.Column, mapped})
			}
			walk(child, parent, key)
		}
	}
	walk(n, "", "")
	return refs
}

// yamlRefs returns the references in the lines of an entry. It is not ok if one is written in an uncommon way, such as
// in braces or over several lines.
func yamlRefs(data []byte, e Entry) (refs []Ref, ok bool) {
	c := refCollector{scanner: newScanner(data[e.start:e.end]), cursor: cursor{line: e.Line - 1}, ok: true}
	c.scanner.onKey = c.key
	for c.scanner.line(anyIndent).kind != endLine {
	}
	c.finishRef()
	return c.refs, c.ok && !c.scanner.flow && c.scanner.fault == nil
}

// refCollector collects references from the keys that a scanner sees.
type refCollector struct {
	scanner *scanner
	cursor  cursor // relative to the entry's lines
	keys    []yamlKey
	refs    []Ref
	pending bool // the last key was one of a reference
	ok      bool
}

// yamlKey is a key, and the column it begins in.
type yamlKey struct {
	column int
	text   []byte
}

// key is told of each key; the keys before it that begin further left are above it.
func (c *refCollector) key(column, start, end, value int) {
	c.finishRef()
	for len(c.keys) > 0 && c.keys[len(c.keys)-1].column >= column {
		c.keys = c.keys[:len(c.keys)-1]
	}
	c.keys = append(c.keys, yamlKey{column, c.unquoted(start, end)})
	ref, mapped := isRef(c.above(2), c.above(1), c.above(0))
	if !ref || len(c.keys) == 1 { // the first key is that of the entry
		return
	}
	c.pending, c.scanner.continued = true, false
	if text, ok := c.scanner.singleLine(value); value > 0 && ok {
		c.cursor.move(c.scanner.data, value)
		c.refs = append(c.refs, Ref{text, c.cursor.line + 1, c.cursor.column + 1, mapped})
	} else {
		c.ok = false
	}
}

// finishRef sees whether the reference before was complete on its line.
func (c *refCollector) finishRef() {
	c.ok = c.ok && !(c.pending && c.scanner.continued)
	c.pending = false
}

// above returns the key n levels above the current one.
func (c *refCollector) above(n int) []byte {
	if i := len(c.keys) - 1 - n; i > 0 {
		return c.keys[i].text
	}
	return nil
}

// unquoted returns the text of a key.
func (c *refCollector) unquoted(start, end int) []byte {
	raw := c.scanner.data[start:end]
	if len(raw) > 0 && (raw[0] == '\'' || raw[0] == '"') {
		text, _ := yamlText(raw)
		return []byte(text)
	}
	return raw
}

// singleLine returns the text that begins at, if all of it is a plain or quoted text on one line.
func (s *scanner) singleLine(at int) (text string, ok bool) {
	switch s.data[at] {
	case '!', '|', '>', '[', '{':
		return "", false
	case '\'', '"':
		raw := s.data[at:s.quotedEnd(at)]
		if bytes.IndexByte(raw, '\n') >= 0 {
			return "", false
		}
		return yamlText(raw)
	}
	raw := s.data[at:s.lineAfter(at)]
	if comment := bytes.Index(raw, []byte(" #")); comment >= 0 {
		raw = raw[:comment]
	}
	return string(bytes.TrimRight(raw, " \t\r\n")), !bytes.Contains(raw, []byte("\t#"))
}

// jsonRefs returns the references in the value of an entry.
func jsonRefs(data []byte, e Entry) ([]Ref, *fault) {
	r := jsonRefReader{jsonScanner: jsonScanner{data: data[:e.end], pos: e.start},
		cursor: cursor{offset: e.start, line: e.Line - 1, column: e.Column - 1}}
	r.peek()
	r.str()
	r.expect(':')
	r.value(nil, nil, nil)
	return r.refs, r.fault
}

// jsonRefReader collects references from JSON.
type jsonRefReader struct {
	jsonScanner
	cursor cursor
	refs   []Ref
}

// value reads a value that stands under key, which stands under parent and that under grandparent.
func (r *jsonRefReader) value(grandparent, parent, key []byte) {
	switch r.peek() {
	case '{':
		r.members(func(raw []byte) { r.value(parent, key, []byte(r.text(r.keyAt, raw))) })
	case '[':
		r.elements(func() { r.value(nil, nil, nil) })
	default:
		at := r.pos
		text := r.scalar()
		if ref, mapped := isRef(grandparent, parent, key); ref {
			r.cursor.move(r.data, at)
			r.refs = append(r.refs, Ref{text, r.cursor.line + 1, r.cursor.column + 1, mapped})
		}
	}
}

// scalar reads a value that is not in brackets.
func (r *jsonRefReader) scalar() string {
	if at := r.pos; r.peek() == '"' {
		return r.text(at, r.str())
	}
	return string(r.literal())
}
