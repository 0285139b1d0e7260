package document

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"go.yaml.in/yaml/v4"
)

// parseJSON reads a JSON document into the nodes that a YAML parser would make of it, with positions.
// (The YAML parser itself does not read all JSON: not the escapes of surrogate pairs, not every tab.)
func (t Text) parseJSON() (*yaml.Node, *diag.Diagnostic) {
	p := newJSONParser(t)
	node, err := p.value(0)
	if err == nil {
		end := p.decoder.InputOffset()
		if _, err = p.decoder.Token(); err == io.EOF {
			return node, nil
		}
		if rest := bytes.TrimLeft(t.data[end:], jsonSpace); err == nil {
			return nil, t.fault(t.position(len(t.data)-len(rest)), "not-json", "this is not JSON: the document has ended before", jsonHint)
		}
	}
	return nil, p.fault(err)
}

// errTooDeep and errTooLarge say that maxDepth and maxValues are exceeded.
var (
	errTooDeep  = errors.New(tooDeep)
	errTooLarge = errors.New(tooLarge)
)

const (
	jsonSpace = " \t\r\n"
	jsonHint  = `a document that begins with {" is read as JSON`
)

// fault is what err says about the document, where it says it. Offsets in errors of encoding/json count from
// different places; the decoder's own is right.
func (p *jsonParser) fault(err error) *diag.Diagnostic {
	d := p.text.fault(diag.Pos{}, "not-json", "this is not JSON: "+err.Error(), jsonHint)
	offset := len(p.data) - len(bytes.TrimLeft(p.data[p.decoder.InputOffset():], jsonSpace))
	switch {
	case errors.Is(err, errTooDeep):
		d.Code, d.Message, d.Hint = "too-deep", tooDeep, ""
	case errors.Is(err, errTooLarge):
		d.Code, d.Message, d.Hint = "too-large", tooLarge, ""
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		offset = len(bytes.TrimRight(p.data, jsonSpace))
		d.Message, d.Hint = "the JSON document is cut short: it ends here", "get the whole file"
	}
	d.Pos = p.text.position(offset)
	return d
}

// jsonParser turns tokens into nodes.
type jsonParser struct {
	text    Text
	data    []byte
	decoder *json.Decoder
	// line and column are those of offset, up to which they have been counted.
	offset, line, column int
	values               int // read so far
}

func newJSONParser(t Text) *jsonParser {
	p := &jsonParser{text: t, data: t.data, decoder: json.NewDecoder(bytes.NewReader(t.data)), line: 1, column: 1}
	p.decoder.UseNumber()
	return p
}

// value reads the next value.
func (p *jsonParser) value(depth int) (*yaml.Node, error) {
	node := &yaml.Node{Line: 1, Column: 1}
	p.place(node)
	p.values++
	switch {
	case depth > maxDepth:
		return nil, errTooDeep
	case p.values > maxValues:
		return nil, errTooLarge
	}
	token, err := p.decoder.Token()
	if err != nil {
		return nil, err
	}
	switch token := token.(type) {
	case json.Delim:
		return node, p.container(node, token, depth)
	case string:
		node.Kind, node.Tag, node.Value, node.Style = yaml.ScalarNode, "!!str", token, yaml.DoubleQuotedStyle
	case bool:
		node.Kind, node.Tag, node.Value = yaml.ScalarNode, "!!bool", strconv.FormatBool(token)
	case json.Number:
		node.Kind, node.Tag, node.Value = yaml.ScalarNode, "!!float", token.String()
		if _, err := strconv.ParseInt(node.Value, 10, 64); err == nil {
			node.Tag = "!!int"
		}
	case nil:
		node.Kind, node.Tag, node.Value = yaml.ScalarNode, "!!null", "null"
	}
	return node, nil
}

// container reads the rest of an object or array into node.
func (p *jsonParser) container(node *yaml.Node, open json.Delim, depth int) error {
	node.Kind, node.Tag = yaml.MappingNode, "!!map"
	if open == '[' {
		node.Kind, node.Tag = yaml.SequenceNode, "!!seq"
	}
	for p.decoder.More() {
		child, err := p.value(depth + 1)
		if err != nil {
			return err
		}
		node.Content = append(node.Content, child)
	}
	_, err := p.decoder.Token() // the closing bracket
	return err
}

// place gives node the position of the next token.
func (p *jsonParser) place(node *yaml.Node) {
	end := int(p.decoder.InputOffset())
	for end < len(p.data) && strings.IndexByte(jsonSpace+",:", p.data[end]) >= 0 {
		end++
	}
	for ; p.offset < end; p.offset++ {
		switch c := p.data[p.offset]; {
		case c == '\n':
			p.line, p.column = p.line+1, 1
		case utf8.RuneStart(c):
			p.column++
		}
	}
	node.Line, node.Column = p.line, p.column
}
