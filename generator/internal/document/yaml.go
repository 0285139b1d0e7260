package document

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

const yamlHint = "look at this line and the one before it: indentation, quotes, colons"

// parseYAML reads the one document of a text; nil and no fault if it has none.
func (t Text) parseYAML() (*yaml.Node, *diag.Diagnostic) {
	decoder := yaml.NewDecoder(bytes.NewReader(t.data))
	var doc, more yaml.Node
	err := decoder.Decode(&doc)
	switch {
	case errors.Is(err, io.EOF):
		return nil, nil
	case err != nil:
		return nil, t.explain(err)
	}
	switch err := decoder.Decode(&more); {
	case err == nil:
		return nil, t.fault(Pos(t.name, &more), "several-documents", "a second document begins here", "keep one in the file")
	case !errors.Is(err, io.EOF):
		return nil, t.explain(err)
	}
	return doc.Content[0], nil
}

// Explain is what an error of the YAML parser says of a document, or of a part of one.
func Explain(name string, data []byte, err error) *diag.Diagnostic {
	return Text{name, data}.explain(err)
}

func (t Text) explain(err error) *diag.Diagnostic {
	var load *yaml.LoadError
	if !errors.As(err, &load) {
		return t.fault(diag.Pos{File: t.name, Line: 1, Column: 1}, "not-yaml", "this is not YAML: "+strings.TrimPrefix(err.Error(), "yaml: "), yamlHint)
	}
	if strings.Contains(load.Message, "exceeded max depth") {
		return t.fault(t.markPos(load.Mark), "too-deep", tooDeep, "")
	}
	at, begun := t.markPos(load.Mark), t.markPos(load.ContextMark)
	fault := t.fault(at, "not-yaml", "this is not YAML: "+load.Message, t.remedy(at, load.Message))
	switch {
	case strings.Contains(load.Message, "could not find expected ':'"):
		fault.Pos, fault.Message = begun, "this is not YAML: no colon, with a blank behind it, ends the key that begins here"
	case strings.Contains(load.ContextMsg, "quoted scalar") && strings.Contains(load.Message, "end of stream"):
		fault.Pos, fault.Message = begun, "this is not YAML: the quote that begins here is not closed"
	case strings.Contains(load.ContextMsg, "flow mapping"), strings.Contains(load.ContextMsg, "flow sequence"):
		if begun.Line != fault.Line {
			fault.Related = []diag.Pos{begun}
		}
	}
	return fault
}

// conflict is a line that a merge leaves where two have changed a text.
var conflict = regexp.MustCompile(`(?m)^(<{7}|={7}|>{7})( |$)`)

// remedy is what to do about what the parser says of a place.
func (t Text) remedy(at diag.Pos, message string) string {
	line := t.line(at.Line)
	rest := line[min(max(at.Column-1, 0), len(line)):]
	switch {
	case conflict.Match(t.data):
		return "resolve the conflict of the merge: lines begin with <<<<<<<, ======= and >>>>>>>"
	case strings.Contains(message, "incompatible YAML document"):
		return "remove the line that begins with %YAML"
	case strings.HasPrefix(strings.TrimLeft(rest, " "), "\t"):
		return "indent with blanks: here is a tab"
	case strings.Contains(message, "unknown anchor"):
		return "put a text that begins with * in quotes, such as '**'; aliases are not read"
	case strings.HasPrefix(rest, "@") || strings.HasPrefix(rest, "`"):
		return "put a text that begins with " + rest[:1] + " in quotes"
	case strings.Contains(message, "did not find expected ',' or") && strings.Contains(t.line(at.Line-1)+line, " #"):
		return "' #' begins a comment: put a text with it in quotes"
	}
	return yamlHint
}

// line is a line of the text, from 1; "" if there is none.
func (t Text) line(n int) string {
	i := 1
	for line := range bytes.Lines(t.data) {
		if i == n {
			return strings.TrimRight(string(line), "\r\n")
		}
		i++
	}
	return ""
}

// markPos is where a mark is: at the end of the text rather than behind it.
func (t Text) markPos(m yaml.Mark) diag.Pos {
	if m.Line < 1 {
		return diag.Pos{File: t.name, Line: 1, Column: 1}
	}
	end := t.position(len(bytes.TrimRight(t.data, " \t\r\n")))
	if m.Line > end.Line {
		return end
	}
	return diag.Pos{File: t.name, Line: m.Line, Column: m.Column}
}

// checker refuses what YAML permits and a document must not have. It stops at the first fault.
type checker struct {
	text  Text
	fault *diag.Diagnostic
}

func (c *checker) check(n *yaml.Node, depth int) {
	switch {
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		c.fail(n, "anchor", "anchors and aliases, & and *, are not read", "write the value out, or quote the text")
	case depth > maxDepth:
		c.fail(n, "too-deep", tooDeep, "")
	case n.Kind == yaml.ScalarNode:
		c.checkScalar(n)
	case n.Kind == yaml.MappingNode:
		c.checkKeys(n)
	}
	for _, child := range n.Content {
		if c.fault != nil {
			return
		}
		c.check(child, depth+1)
	}
}

func (c *checker) fail(n *yaml.Node, code, message, hint string, related ...diag.Pos) {
	c.fault = c.text.fault(Pos(c.text.name, n), code, message, hint, related...)
}

func (c *checker) checkScalar(n *yaml.Node) {
	for _, r := range n.Value {
		if isControl(r) {
			c.fail(n, "not-text", fmt.Sprintf("this text has a control character, U+%04X", r), "remove the character")
			return
		}
	}
}

// checkKeys refuses keys that stand twice in a mapping, and keys that are no text.
func (c *checker) checkKeys(n *yaml.Node) {
	seen := make(map[string]*yaml.Node, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content) && c.fault == nil; i += 2 {
		key := n.Content[i]
		first, twice := seen[key.Value]
		switch {
		case key.Tag == "!!merge":
			c.fail(key, "bad-key", "merge keys, <<, are not read", "write out the fields")
		case key.Kind == yaml.AliasNode || key.Anchor != "":
			c.check(key, 0)
		case key.Kind != yaml.ScalarNode:
			c.fail(key, "bad-key", "a key must be plain text", "")
		case twice:
			c.fail(key, "duplicate-key", fmt.Sprintf("%q stands twice in this mapping", key.Value), "remove one of the two", Pos(c.text.name, first))
		}
		seen[key.Value] = key
	}
}
