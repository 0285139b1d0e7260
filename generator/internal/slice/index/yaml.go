package index

import (
	"bytes"
	"strings"

	"go.yaml.in/yaml/v4"
)

const hintBlock = "write the document in block style, a key on a line, as YAML writers do by default"

// yamlReader finds the entries of a YAML document in block style.
type yamlReader struct {
	doc     *Document
	scanner *scanner
	cursor  cursor
}

// valueReader reads the value of the entry that begins on l and returns the first line after it.
type valueReader func(e Entry, l line) line

// readYAML finds the entries of a YAML document. The fault has codeNotBlock if the document must be parsed as a whole.
func (d *Document) readYAML() *fault {
	r := yamlReader{doc: d, scanner: newScanner(d.data)}
	switch first := r.scanner.line(anyIndent); {
	case r.scanner.fault != nil:
	case first.kind == endLine:
		r.scanner.fail(0, "empty-document", "the document is empty", "it should begin with \"openapi: 3.0.3\"")
	case first.kind != keyLine:
		r.notMapping(first)
	default:
		r.mapping(first, d.top, r.topValue)
	}
	return r.scanner.fault
}

// notMapping reports a document that does not begin with a key. In braces it can be one nevertheless.
func (r *yamlReader) notMapping(first line) {
	at := first.start + first.indent
	if c := r.doc.data[at]; c == '{' || c == '!' || c == '?' || c == '[' {
		r.scanner.fail(at, codeNotBlock, "the document does not begin with a key", hintBlock)
		return
	}
	r.scanner.fail(at, codeNotYAML, "this is neither a YAML mapping nor a JSON object",
		"a document begins with \"openapi: 3.0.3\"")
}

// mapping reads the block mapping that begins on first into g and returns the first line after it.
func (r *yamlReader) mapping(first line, g *group, value valueReader) line {
	l := first
	for r.scanner.fault == nil && l.indent == first.indent {
		if l.kind != keyLine {
			r.scanner.fail(l.start+l.indent, codeNotBlock, "there must be a key on one line here", hintBlock)
			return l
		}
		e := r.entry(l)
		next := value(e, l)
		e.end = next.start
		if f := g.add(e); f != nil && r.scanner.fault == nil {
			r.scanner.fault = f
		}
		l = next
	}
	if l.indent > first.indent {
		r.scanner.fail(l.start+l.indent, codeNotYAML, "this line is not indented as any line above it",
			"lines of one mapping begin in the same column")
	}
	return l
}

// topValue reads the value of an entry of the document itself.
func (r *yamlReader) topValue(e Entry, l line) line {
	switch e.Name {
	case "paths":
		return r.child(l, r.doc.paths, r.skip)
	case "components":
		return r.child(l, r.doc.sections, r.section)
	}
	return r.skip(e, l)
}

// section reads a section of the components.
func (r *yamlReader) section(e Entry, l line) line {
	g := newGroup("/components/" + e.Name)
	r.doc.groups[e.Name] = g
	return r.child(l, g, r.skip)
}

// child reads the mapping that is the value of the key on l.
func (r *yamlReader) child(l line, g *group, value valueReader) line {
	if l.value > 0 {
		if !r.isEmptyMapping(l.value) {
			r.scanner.fail(l.value, codeNotBlock, "this must be a mapping with a key on each line", hintBlock)
		}
		return r.skip(Entry{}, l)
	}
	next := r.scanner.line(anyIndent)
	switch {
	case next.indent > l.indent && next.kind == keyLine:
		return r.mapping(next, g, value)
	case next.indent > l.indent || next.indent == l.indent && next.kind == itemLine:
		r.scanner.fail(next.start+next.indent, codeNotBlock, "this must be a mapping with a key on each line", hintBlock)
	}
	return next
}

// isEmptyMapping reports whether {} is at, with or without space in it.
func (r *yamlReader) isEmptyMapping(at int) bool {
	end := r.scanner.blanks(at + 1)
	return r.doc.data[at] == '{' && end < len(r.doc.data) && r.doc.data[end] == '}'
}

// skip steps over the value of the key on l.
func (r *yamlReader) skip(_ Entry, l line) line {
	next := r.scanner.line(l.indent)
	for next.kind == itemLine && next.indent == l.indent { // a list may be indented like the key that it belongs to
		next = r.scanner.line(l.indent)
	}
	return next
}

// entry makes an entry of the key on l.
func (r *yamlReader) entry(l line) Entry {
	at := l.start + l.indent
	r.cursor.move(r.doc.data, at)
	name, ok := yamlText(r.doc.data[at:l.keyEnd])
	if !ok {
		r.scanner.fail(at, codeNotYAML, "this key cannot be read", "look at its quotes and escapes")
	}
	return Entry{Name: name, Line: r.cursor.line + 1, Column: r.cursor.column + 1, start: l.start}
}

// yamlText returns the text of a scalar that stands on one line.
func yamlText(raw []byte) (text string, ok bool) {
	switch {
	case len(raw) > 0 && raw[0] == '\'':
		return strings.ReplaceAll(string(raw[1:len(raw)-1]), "''", "'"), true
	case len(raw) > 0 && raw[0] == '"' && bytes.IndexByte(raw, '\\') < 0:
		return string(raw[1 : len(raw)-1]), true
	case len(raw) > 0 && raw[0] == '"':
		err := yaml.Unmarshal(raw, &text)
		return text, err == nil
	}
	return string(raw), true
}
