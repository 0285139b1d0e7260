package openapi

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/graphslice/graphslice/generator/diag"
	"gopkg.in/yaml.v3"
)

const (
	maxFileSize = 64 << 20 // bytes
	maxDepth    = 200      // levels of mappings and lists
	// What aliases may add to a document, in values. Descriptions of APIs hardly use aliases; bombs live on them.
	maxAliased = 100_000
)

// readFile reads the document at path. name is the path for messages.
func readFile(path, name string, diags *diag.List) (place, bool) {
	data, err := readLimited(path)
	if err != nil {
		diags.Add(diag.Diagnostic{Pos: diag.Pos{File: name}, Severity: diag.Error, Code: "unreadable-file",
			Message: err.Error(), Hint: "a spec is a YAML or JSON file of at most 64 MiB"})
		return place{}, false
	}
	return parse(data, name, diags)
}

// readLimited returns the content of the file; its errors do not repeat the path.
func readLimited(path string) ([]byte, error) {
	f, err := os.Open(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("there is no such file")
	}
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return nil, fmt.Errorf("cannot be opened: %v", pathErr.Err)
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	info, err := f.Stat()
	switch {
	case err != nil:
		return nil, err
	case info.IsDir():
		return nil, errors.New("this is a directory, not a file")
	case !info.Mode().IsRegular():
		return nil, errors.New("this is not a regular file")
	}
	data, err := io.ReadAll(io.LimitReader(f, maxFileSize+1))
	if err != nil {
		return nil, fmt.Errorf("cannot be read: %v", err)
	}
	if len(data) > maxFileSize {
		return nil, fmt.Errorf("the file has %d bytes, too many", info.Size())
	}
	return data, nil
}

// parse reads one YAML or JSON document of UTF-8 text into nodes, free of aliases.
func parse(data []byte, name string, diags *diag.List) (place, bool) {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	root := place{file: name}
	if !checkText(data, name, diags) {
		return root, false
	}
	switch first := firstByte(data); first {
	case 0:
		diags.Add(diag.Diagnostic{Pos: diag.Pos{File: name, Line: 1, Column: 1}, Severity: diag.Error,
			Code: "empty-document", Message: "the document is empty", Hint: "it should begin with \"openapi: 3.0.3\""})
		return root, false
	case '{':
		root.node = parseJSON(data, name, diags)
	default:
		root.node = parseYAML(data, name, diags)
	}
	if root.node == nil {
		return root, false
	}
	before := len(*diags)
	checker := nodeChecker{file: name, diags: diags}
	checker.check(root.node, 0)
	return root, len(*diags) == before
}

// firstByte returns the first byte that is neither white space nor in a comment nor a document marker; 0 if none is.
func firstByte(data []byte) byte {
	for line := range bytes.Lines(data) {
		line = bytes.TrimSpace(line)
		if len(line) > 0 && line[0] != '#' && !bytes.Equal(line, []byte("---")) && line[0] != '%' {
			return line[0]
		}
	}
	return 0
}

// checkText reports the first byte that cannot be in a text document.
func checkText(data []byte, name string, diags *diag.List) bool {
	for i := 0; i < len(data); {
		r, size := rune(data[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRune(data[i:])
		}
		if r == utf8.RuneError && size == 1 || isControl(r) {
			what := fmt.Sprintf("control character U+%04X", r)
			if size == 1 && r == utf8.RuneError {
				what = fmt.Sprintf("byte 0x%02X, which is not UTF-8", data[i])
			}
			diags.Add(diag.Diagnostic{Pos: position(data, i, name), Severity: diag.Error, Code: "not-text",
				Message: "the document has a " + what, Hint: "a spec is YAML or JSON in UTF-8; remove the character"})
			return false
		}
		i += size
	}
	return true
}

// isControl reports whether r has no place in a description: it could steer a terminal or hide code.
func isControl(r rune) bool {
	switch {
	case r == '\n' || r == '\t' || r == '\r':
		return false
	case r < ' ' || r >= 0x7f && r < 0xa0:
		return true
	}
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069
}

// position turns a byte offset into line and column, the column counted in characters.
func position(data []byte, offset int, name string) diag.Pos {
	before := data[:min(offset, len(data))]
	lineStart := bytes.LastIndexByte(before, '\n') + 1
	return diag.Pos{File: name, Line: bytes.Count(before, []byte{'\n'}) + 1,
		Column: utf8.RuneCount(before[lineStart:]) + 1}
}

// topLevel is a line that only an OpenAPI document in block style has.
var topLevel = regexp.MustCompile(`(?m)^ *["']?(openapi|swagger|components|[A-Za-z$_.-]+)["']?\s*:`)

func parseYAML(data []byte, name string, diags *diag.List) *yaml.Node {
	if !topLevel.Match(data) {
		diags.Add(diag.Diagnostic{Pos: diag.Pos{File: name, Line: 1, Column: 1}, Severity: diag.Error, Code: "not-yaml",
			Message: "this is neither a YAML mapping nor a JSON object", Hint: "a spec begins with \"openapi: 3.0.3\""})
		return nil
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var doc yaml.Node
	if err := decoder.Decode(&doc); err != nil {
		pos, message := yamlError(err, data, name)
		diags.Add(diag.Diagnostic{Pos: pos, Severity: diag.Error, Code: "not-yaml",
			Message: "this is not YAML: " + message, Hint: "look at this line and the one before it: indentation, quotes, colons"})
		return nil
	}
	return doc.Content[0]
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// yamlError takes the line out of an error of the YAML parser, which knows no column.
func yamlError(err error, data []byte, name string) (diag.Pos, string) {
	message := err.Error()
	pos := diag.Pos{File: name, Line: 1, Column: 1}
	if m := yamlLine.FindStringSubmatch(message); m != nil {
		message = message[len(m[0]):]
		if line, err := strconv.Atoi(m[1]); err == nil && line > 0 {
			pos.Line = line
		}
	}
	for i, line := range strings.SplitN(string(data), "\n", pos.Line+1) {
		if i == pos.Line-1 {
			pos.Column = len(line) - len(strings.TrimLeft(line, " \t")) + 1
		}
	}
	return pos, message
}

// nodeChecker refuses what YAML permits and a description of an API must not have, and expands aliases in place.
type nodeChecker struct {
	file    string
	diags   *diag.List
	aliased int          // values that aliases have added
	open    []*yaml.Node // anchors being walked
}

// check walks n and returns how many values it has, aliases expanded. It stops at the first fault.
func (c *nodeChecker) check(n *yaml.Node, depth int) (size int) {
	if c.diags.HasErrors() {
		return 0
	}
	switch {
	case depth > maxDepth:
		c.fail(n, "too-deep", "nested deeper than %d levels", maxDepth)
		return 0
	case n.Kind == yaml.ScalarNode:
		c.checkScalar(n)
		return 1
	case n.Kind == yaml.MappingNode:
		c.checkKeys(n)
	}
	size = 1
	for i, child := range n.Content {
		if child.Kind == yaml.AliasNode {
			n.Content[i] = child.Alias
			child = child.Alias
		}
		_ = i
		size += c.check(child, depth+1)
	}
	return size
}

func (c *nodeChecker) fail(n *yaml.Node, code, format string, args ...any) {
	c.diags.Errorf(diag.Pos{File: c.file, Line: n.Line, Column: n.Column}, code, format, args...)
}

func (c *nodeChecker) checkScalar(n *yaml.Node) {
	if i := strings.IndexFunc(n.Value, isControl); i >= 0 {
		r, _ := utf8.DecodeRuneInString(n.Value[i:])
		c.diags.Add(diag.Diagnostic{Pos: diag.Pos{File: c.file, Line: n.Line, Column: n.Column}, Severity: diag.Error,
			Code: "not-text", Message: fmt.Sprintf("this text has a control character, U+%04X", r), Hint: "remove it"})
	}
}

// checkKeys reports keys that stand twice in a mapping, and keys that are no text.
func (c *nodeChecker) checkKeys(n *yaml.Node) {
	seen := make(map[string]*yaml.Node, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		key := n.Content[i]
		switch first, ok := seen[key.Value]; {
		case key.Kind != yaml.ScalarNode || key.Tag == "!!merge":
			c.fail(key, "bad-key", "a key must be plain text")
		case ok:
			c.diags.Add(diag.Diagnostic{Pos: diag.Pos{File: c.file, Line: key.Line, Column: key.Column},
				Severity: diag.Error, Code: "duplicate-key", Message: fmt.Sprintf("%q stands twice in this mapping", key.Value),
				Hint: "remove one of the two", Related: []diag.Pos{{File: c.file, Line: first.Line, Column: first.Column}}})
		default:
			seen[key.Value] = key
		}
	}
}
