package index

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"go.yaml.in/yaml/v4"
)

// looksLikeJSON reports whether the text begins as a JSON object does: with { and then " or }.
func looksLikeJSON(data []byte) bool {
	s := jsonScanner{data: data}
	if s.peek() != '{' {
		return false
	}
	s.pos++
	c := s.peek()
	return c == '"' || c == '}'
}

// readJSON finds the entries of a JSON document.
func (d *Document) readJSON() *fault {
	r := jsonReader{jsonScanner: jsonScanner{data: d.data}}
	r.object(d.top, func(e Entry) {
		switch e.Name {
		case "paths":
			r.object(d.paths, r.skipEntry)
		case "components":
			r.object(d.sections, func(e Entry) {
				d.groups[e.Name] = newGroup("/components/" + e.Name)
				r.object(d.groups[e.Name], r.skipEntry)
			})
		default:
			r.skip()
		}
	})
	if r.fault == nil && r.peek() != 0 {
		r.fail(r.pos, "there is text after the end of the document")
	}
	return r.fault
}

// jsonReader finds the entries of a JSON document.
type jsonReader struct {
	jsonScanner
	cursor cursor
}

// object reads an object into g, or null. value must read the value of the entry.
func (r *jsonReader) object(g *group, value func(Entry)) {
	if r.peek() == 'n' {
		r.skip()
		return
	}
	r.members(func(key []byte) {
		e := Entry{start: r.keyAt}
		r.cursor.move(r.data, e.start)
		e.Name, e.Line, e.Column = r.text(e.start, key), r.cursor.line+1, r.cursor.column+1
		value(e)
		e.end = r.pos
		if f := g.add(e); f != nil && r.fault == nil {
			r.fault = f
		}
	})
}

func (r *jsonReader) skipEntry(Entry) { r.skip() }

// decodeJSON decodes an entry into the nodes that a YAML parser would make of it.
func decodeJSON(data []byte, e Entry) (key, value *yaml.Node, f *fault) {
	d := jsonDecoder{jsonScanner: jsonScanner{data: data[:e.end], pos: e.start},
		cursor: cursor{offset: e.start, line: e.Line - 1, column: e.Column - 1}}
	key = d.node(0)
	d.expect(':')
	value = d.node(0)
	return key, value, d.fault
}

// jsonDecoder makes nodes of JSON.
type jsonDecoder struct {
	jsonScanner
	cursor cursor
}

// node reads a value.
func (d *jsonDecoder) node(depth int) *yaml.Node {
	c := d.peek()
	start := d.pos
	d.cursor.move(d.data, start)
	n := &yaml.Node{Kind: yaml.ScalarNode, Line: d.cursor.line + 1, Column: d.cursor.column + 1}
	switch {
	case depth > maxDepth:
		d.fault = &fault{offset: start, code: codeTooDeep, message: fmt.Sprintf("nested deeper than %d levels", maxDepth)}
	case c == '{':
		n.Kind, n.Tag = yaml.MappingNode, "!!map"
		d.mapping(n, depth)
	case c == '[':
		n.Kind, n.Tag = yaml.SequenceNode, "!!seq"
		d.elements(func() { n.Content = append(n.Content, d.node(depth+1)) })
	case c == '"':
		n.Tag, n.Value = "!!str", d.text(start, d.str())
	default:
		n.Value = string(d.literal())
		n.Tag = literalTag(n.Value)
	}
	return n
}

// mapping reads the object that n stands for.
func (d *jsonDecoder) mapping(n *yaml.Node, depth int) {
	keys := map[string]*yaml.Node{}
	d.members(func(raw []byte) {
		d.cursor.move(d.data, d.keyAt)
		key := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: d.text(d.keyAt, raw), Line: d.cursor.line + 1, Column: d.cursor.column + 1}
		if first, ok := keys[key.Value]; ok && d.fault == nil {
			d.fault = duplicate(key.Value, key.Line, key.Column, first.Line, first.Column)
		}
		keys[key.Value] = key
		n.Content = append(n.Content, key, d.node(depth+1))
	})
}

// literalTag returns the tag of a value that is neither a string nor in brackets.
func literalTag(text string) string {
	if _, err := strconv.ParseInt(text, 10, 64); err == nil {
		return "!!int"
	}
	switch text {
	case "true", "false":
		return "!!bool"
	case "null":
		return "!!null"
	}
	return "!!float"
}

// jsonScanner steps through JSON.
type jsonScanner struct {
	data  []byte
	pos   int
	keyAt int // offset of the key that members is at
	fault *fault
}

// members reads an object. value is called with the key, in its quotes, when pos is at the value, and must read it.
func (s *jsonScanner) members(value func(key []byte)) {
	s.expect('{')
	if s.peek() == '}' {
		s.pos++
		return
	}
	for s.fault == nil {
		if s.peek() != '"' {
			s.unexpected(`a key in double quotes`)
			return
		}
		at := s.pos
		key := s.str()
		s.expect(':')
		s.keyAt = at
		value(key)
		if !s.goesOn('}') {
			return
		}
	}
}

// elements reads an array. value must read an element.
func (s *jsonScanner) elements(value func()) {
	s.expect('[')
	if s.peek() == ']' {
		s.pos++
		return
	}
	for s.fault == nil {
		value()
		if !s.goesOn(']') {
			return
		}
	}
}

// goesOn reads a comma, or the bracket that ends an object or array.
func (s *jsonScanner) goesOn(end byte) bool {
	c := s.peek()
	if s.fault != nil || c != ',' && c != end {
		s.unexpected(fmt.Sprintf("a comma or %c", end))
		return false
	}
	s.pos++
	return c == ','
}

// skip steps over a value. It looks at its brackets and strings only.
func (s *jsonScanner) skip() {
	var open []byte // closing brackets to come
	for c := s.peek(); s.fault == nil; c = s.peek() {
		switch {
		case c == '"':
			s.str()
		case c == '{' || c == '[':
			open = append(open, c+2) // in ASCII, the closing bracket is the second after the opening one
			s.pos++
		case len(open) > 0 && c == open[len(open)-1]:
			open = open[:len(open)-1]
			s.pos++
		case len(open) > 0 && (c == ',' || c == ':'):
			s.pos++
		default:
			s.literal()
		}
		if len(open) == 0 {
			return
		}
		if len(open) > maxDepth {
			s.fault = &fault{offset: s.pos, code: codeTooDeep, message: fmt.Sprintf("nested deeper than %d levels", maxDepth)}
		}
	}
}

// literal reads a number, true, false or null.
func (s *jsonScanner) literal() []byte {
	start := s.pos
	for s.pos < len(s.data) && bytes.IndexByte([]byte(" \t\r\n,:{}[]\""), s.data[s.pos]) < 0 {
		s.pos++
	}
	text := s.data[start:s.pos]
	if !json.Valid(text) {
		s.pos = start
		s.unexpected("a value")
	}
	return text
}

// str reads a string and returns it in its quotes.
func (s *jsonScanner) str() []byte {
	start := s.pos
	for i := start + 1; ; {
		next := bytes.IndexByte(s.data[i:], '"')
		if next < 0 {
			s.pos = len(s.data)
			s.fail(start, "this string does not end")
			return []byte(`""`)
		}
		i += next + 1
		backslashes := 0
		for s.data[i-2-backslashes] == '\\' {
			backslashes++
		}
		if backslashes%2 == 0 {
			s.pos = i
			return s.data[start:i]
		}
	}
}

// text returns what the string at says, given in its quotes.
func (s *jsonScanner) text(at int, raw []byte) string {
	isPlain := true
	for _, c := range raw {
		isPlain = isPlain && c >= ' ' && c != '\\'
	}
	if isPlain {
		return string(raw[1 : len(raw)-1])
	}
	var text string
	if err := json.Unmarshal(raw, &text); err != nil {
		s.fail(at, "this string cannot be read: "+err.Error())
	}
	return text
}

// peek returns the next byte that is not white space, 0 at the end.
func (s *jsonScanner) peek() byte {
	for s.pos < len(s.data) {
		switch c := s.data[s.pos]; c {
		case ' ', '\t', '\r', '\n':
			s.pos++
		default:
			return c
		}
	}
	return 0
}

// expect reads c.
func (s *jsonScanner) expect(c byte) {
	if s.peek() != c {
		s.unexpected(strconv.QuoteRune(rune(c)))
		return
	}
	s.pos++
}

// unexpected reports that something else stands where want should.
func (s *jsonScanner) unexpected(want string) {
	if s.peek() == 0 {
		s.fail(len(bytes.TrimRight(s.data, " \t\r\n")), "the document ends early")
		return
	}
	s.fail(s.pos, "there must be "+want+" here")
}

// fail keeps the first fault.
func (s *jsonScanner) fail(offset int, message string) {
	if s.fault == nil {
		s.fault = &fault{offset: offset, code: codeNotJSON, message: "this is not JSON: " + message,
			hint: "a document that begins with { is read as JSON; it may be cut short"}
	}
}
