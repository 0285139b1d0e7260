package index

import (
	"bytes"
	"fmt"
	"io"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/document"
)

// decodeYAML decodes the lines of an entry.
func decodeYAML(data []byte, e Entry) (key, value *yaml.Node, f *fault) {
	var doc yaml.Node
	text := data[e.start:e.end]
	if err := yaml.Unmarshal(text, &doc); err != nil {
		return nil, nil, yamlFault(err, text, e)
	}
	c := checker{lines: e.Line - 1}
	if c.check(&doc, 0); c.fault != nil {
		return nil, nil, c.fault
	}
	pair := doc.Content[0].Content
	if len(pair) != 2 {
		return nil, nil, &fault{line: e.Line, column: e.Column, code: codeNotYAML,
			message: fmt.Sprintf("%q does not end where it seems to", e.Name), hint: "look at the indentation and quotes below this line"}
	}
	return pair[0], pair[1], nil
}

// readWhole parses a document as a whole, for one that is not in block style where the index would need it.
func (d *Document) readWhole() *fault {
	*d = Document{name: d.name, data: d.data, top: newGroup(""), paths: newGroup("/paths"),
		sections: newGroup("/components"), groups: map[string]*group{}}
	var doc, second yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(d.data))
	if err := decoder.Decode(&doc); err != nil {
		return yamlFault(err, d.data, Entry{Line: 1, Column: 1})
	}
	if err := decoder.Decode(&second); err != io.EOF {
		return &fault{line: max(second.Line, 1), column: max(second.Column, 1), code: "several-documents",
			message: "a second document begins here", hint: "keep one in the file"}
	}
	var c checker
	if c.check(&doc, 0); c.fault != nil {
		return c.fault
	}
	root := doc.Content[0]
	f := addNodes(d.top, root)
	if e, ok := d.top.find("paths"); ok && f == nil {
		f = addNodes(d.paths, e.value)
	}
	if e, ok := d.top.find("components"); ok && f == nil {
		f = addNodes(d.sections, e.value)
	}
	for _, e := range d.sections.entries {
		if f == nil {
			d.groups[e.Name] = newGroup("/components/" + e.Name)
			f = addNodes(d.groups[e.Name], e.value)
		}
	}
	return f
}

// addNodes adds the entries of a mapping to g.
func addNodes(g *group, n *yaml.Node) *fault {
	if n.Kind == yaml.ScalarNode && n.Tag == "!!null" {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		return &fault{line: n.Line, column: n.Column, code: codeNotYAML, message: "this must be a mapping",
			hint: "a document begins with \"openapi: 3.0.3\", and has paths and components"}
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		if f := g.add(Entry{Name: key.Value, Line: key.Line, Column: key.Column, key: key, value: n.Content[i+1]}); f != nil {
			return f
		}
	}
	return nil
}

// checker gives decoded nodes their lines, takes the comments away, and refuses what a description of an API must not have.
type checker struct {
	lines int // before the decoded text
	fault *fault
}

func (c *checker) check(n *yaml.Node, depth int) {
	n.Line += c.lines
	n.HeadComment, n.LineComment, n.FootComment = "", "", ""
	switch {
	case c.fault != nil:
		return
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		c.fail(n, codeAnchor, "anchors and aliases, & and *, are not read", "write the value out, or quote the text")
	case depth > maxDepth:
		c.fail(n, codeTooDeep, fmt.Sprintf("nested deeper than %d levels", maxDepth), "")
	}
	for _, child := range n.Content {
		c.check(child, depth+1)
	}
	if n.Kind == yaml.MappingNode {
		c.checkKeys(n)
	}
}

// checkKeys refuses keys that are no text, or stand twice.
func (c *checker) checkKeys(n *yaml.Node) {
	seen := make(map[string]*yaml.Node, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content) && c.fault == nil; i += 2 {
		key := n.Content[i]
		if key.Kind != yaml.ScalarNode || key.Tag == "!!merge" {
			c.fail(key, "bad-key", "a key must be plain text", "")
			return
		}
		if first, ok := seen[key.Value]; ok {
			c.fault = duplicate(key.Value, key.Line, key.Column, first.Line, first.Column)
		}
		seen[key.Value] = key
	}
}

func (c *checker) fail(n *yaml.Node, code, message, hint string) {
	if c.fault == nil {
		c.fault = &fault{line: n.Line, column: n.Column, code: code, message: message, hint: hint}
	}
}

// yamlFault makes a fault of an error of the YAML parser. text is what was decoded, the lines of e.
func yamlFault(err error, text []byte, e Entry) *fault {
	d := document.Explain("", text, err)
	f := &fault{line: e.Line - 1 + d.Line, column: d.Column, code: d.Code, message: d.Message, hint: d.Hint}
	for _, pos := range d.Related {
		f.related = &fault{line: e.Line - 1 + pos.Line, column: pos.Column}
	}
	return f
}

// clone returns a deep copy of n, which has no aliases.
func clone(n *yaml.Node) *yaml.Node {
	c := *n
	c.Content = make([]*yaml.Node, len(n.Content))
	for i, child := range n.Content {
		c.Content[i] = clone(child)
	}
	return &c
}
