package openapi

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"regexp"
	"sort"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/graphslice/graphslice/generator/diag"
	"gopkg.in/yaml.v3"
)

const (
	maxFileSize = 64 << 20 // bytes
	maxDepth    = 200      // levels of mappings and lists
	// maxValues is how many values a document may have, at about 200 bytes of memory each; YAML is estimated at two
	// a line. The largest document that is worth loading whole, all of Graph's beta, has 1.2 million.
	maxValues = 4_000_000
	// maxAliased is what aliases may add to a document, in values. Descriptions of APIs hardly use aliases;
	// bombs live on them.
	maxAliased = 100_000
)

// opener is the file system: os.Open and os.Stat, or those of an os.Root.
type opener interface {
	Open(name string) (*os.File, error)
	Stat(name string) (fs.FileInfo, error)
}

// wholeDisk opens every file that the user may.
type wholeDisk struct{}

func (wholeDisk) Open(name string) (*os.File, error)    { return os.Open(name) }
func (wholeDisk) Stat(name string) (fs.FileInfo, error) { return os.Stat(name) }

// readLimited returns the content of a regular file of at most maxFileSize bytes. Its errors do not repeat the name.
func readLimited(files opener, name string) ([]byte, error) {
	info, err := files.Stat(name) // before opening: opening a pipe may block
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, errors.New("there is no such file")
	case err != nil:
		return nil, fmt.Errorf("the file cannot be opened: %w", withoutPath(err))
	case info.IsDir():
		return nil, errors.New("this is a directory, not a file")
	case !info.Mode().IsRegular():
		return nil, errors.New("this is not a regular file")
	case info.Size() > maxFileSize:
		return nil, fmt.Errorf("the file is too large: %d MiB", info.Size()>>20)
	}
	f, err := files.Open(name)
	if err != nil {
		return nil, fmt.Errorf("the file cannot be opened: %w", withoutPath(err))
	}
	defer f.Close()
	var data bytes.Buffer
	data.Grow(int(info.Size()) + bytes.MinRead)
	if _, err := data.ReadFrom(io.LimitReader(f, maxFileSize)); err != nil {
		return nil, fmt.Errorf("the file cannot be read: %w", withoutPath(err))
	}
	return data.Bytes(), nil
}

// withoutPath takes the cause out of an error that begins with the operation and the path.
func withoutPath(err error) error {
	var pathErr *fs.PathError
	if errors.As(err, &pathErr) {
		return pathErr.Err
	}
	return err
}

// parse reads one YAML or JSON document of UTF-8 text into nodes without aliases; nil after a fault. A spec must
// look like an OpenAPI document before it is parsed: that is quick to see, and nonsense can be large.
func parse(data []byte, name string, isSpec bool, diags *diag.List) *yaml.Node {
	data = bytes.TrimPrefix(data, []byte("\xef\xbb\xbf")) // byte order mark
	if !checkText(data, name, diags) {
		return nil
	}
	var root *yaml.Node
	switch first := firstByte(data); {
	case first == 0:
		diags.Add(diag.Diagnostic{Pos: start(name), Severity: diag.Error, Code: "empty-document",
			Message: "the document is empty", Hint: versionHint})
	case first == '{':
		root = parseJSON(data, name, diags)
	case isSpec && !hasVersionLine(data):
		diags.Add(diag.Diagnostic{Pos: start(name), Severity: diag.Error, Code: "not-openapi",
			Message: `this is not an OpenAPI document: it has no "openapi"`, Hint: versionHint})
	case 2*bytes.Count(data, []byte{'\n'})+bytes.Count(data, []byte{','}) > maxValues: // the parser itself has no limit
		diags.Add(diag.Diagnostic{Pos: start(name), Severity: diag.Error, Code: "too-large", Message: tooLarge, Hint: largeHint})
	default:
		root = parseYAML(data, name, diags)
	}
	if root == nil {
		return nil
	}
	checker := nodeChecker{file: name, anchors: map[*yaml.Node]extent{}}
	checker.check(root, 0)
	if checker.fault != nil {
		diags.Add(*checker.fault)
		return nil
	}
	return root
}

const versionHint = `a spec begins with "openapi: 3.0.3"`

// start is the beginning of a file.
func start(name string) diag.Pos { return diag.Pos{File: name, Line: 1, Column: 1} }

// firstByte returns the first byte that is neither white space nor in a comment, directive or document marker;
// 0 if none is.
func firstByte(data []byte) byte {
	for line := range bytes.Lines(data) {
		line = bytes.TrimSpace(line)
		if len(line) > 0 && line[0] != '#' && line[0] != '%' && !bytes.Equal(line, []byte("---")) {
			return line[0]
		}
	}
	return 0
}

// hasVersionLine reports whether a line begins with the key that says which OpenAPI this is.
func hasVersionLine(data []byte) bool {
	for _, key := range [][]byte{[]byte("openapi"), []byte("swagger")} {
		for at := 0; at < len(data); at++ {
			i := bytes.Index(data[at:], key)
			if i < 0 {
				break
			}
			at += i
			lineStart := bytes.LastIndexByte(data[:at], '\n') + 1
			before := bytes.TrimLeft(data[lineStart:at], " ")
			after := bytes.TrimLeft(data[at+len(key):], `"' `)
			if len(bytes.Trim(before, `"'`)) == 0 && bytes.HasPrefix(after, []byte(":")) {
				return true
			}
		}
	}
	return false
}

// checkText reports the first character that cannot be in a document.
func checkText(data []byte, name string, diags *diag.List) bool {
	for i := 0; i < len(data); {
		if c := data[i]; c >= ' ' && c < 0x7f || c == '\n' { // nearly all of it
			i++
			continue
		}
		r, size := utf8.DecodeRune(data[i:])
		message := ""
		switch {
		case r == utf8.RuneError && size == 1:
			message = fmt.Sprintf("the document is not UTF-8 text: it has the byte 0x%02X here", data[i])
		case isControl(r):
			message = fmt.Sprintf("the document has a control character here, U+%04X", r)
		}
		if message != "" {
			diags.Add(diag.Diagnostic{Pos: position(data, i, name), Severity: diag.Error, Code: "not-text",
				Message: message, Hint: "a spec is YAML or JSON in UTF-8; remove the character"})
			return false
		}
		i += size
	}
	return true
}

// isControl reports whether r has no place in a description: it could steer a terminal, or hide what code says.
func isControl(r rune) bool {
	switch {
	case r == '\n' || r == '\t' || r == '\r':
		return false
	case r < ' ' || r >= 0x7f && r < 0xa0:
		return true
	}
	return r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 // changes of direction
}

// position turns a byte offset into line and column, the column counted in characters.
func position(data []byte, offset int, name string) diag.Pos {
	before := data[:min(offset, len(data))]
	lineStart := bytes.LastIndexByte(before, '\n') + 1
	return diag.Pos{File: name, Line: bytes.Count(before, []byte{'\n'}) + 1,
		Column: utf8.RuneCount(before[lineStart:]) + 1}
}

func parseYAML(data []byte, name string, diags *diag.List) *yaml.Node {
	doc, err := decodeYAML(bytes.NewReader(data))
	if err == nil {
		return doc
	}
	line := yamlErrorLine(data, err)
	text := lineOf(data, line)
	fault := diag.Diagnostic{Severity: diag.Error, Code: "not-yaml",
		Pos:     diag.Pos{File: name, Line: line, Column: len(text) - len(bytes.TrimLeft(text, " \t")) + 1},
		Message: "this is not YAML: " + yamlLine.ReplaceAllString(err.Error(), ""),
		Hint:    "look at this line and the one before it: indentation, quotes, colons"}
	if strings.Contains(err.Error(), "exceeded max depth") {
		fault.Code, fault.Message, fault.Hint = "too-deep", tooDeep, ""
	}
	diags.Add(fault)
	return nil
}

var (
	tooDeep  = fmt.Sprintf("the document is nested deeper than %d levels", maxDepth)
	tooLarge = fmt.Sprintf("the document has more than %d values", maxValues)
)

const largeHint = "cut a slice of it with gen slice"

// decodeYAML parses a file of one document.
func decodeYAML(r io.Reader) (*yaml.Node, error) {
	decoder := yaml.NewDecoder(r)
	var doc, more yaml.Node
	if err := decoder.Decode(&doc); err != nil {
		return nil, err
	}
	if err := decoder.Decode(&more); err != io.EOF {
		if err == nil {
			err = fmt.Errorf("yaml: line %d: a second document begins", more.Line)
		}
		return nil, err
	}
	return doc.Content[0], nil
}

var yamlLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?`)

// yamlErrorLine finds the line of an error of the YAML parser. What the error itself says is where the construct
// begins in which the parser stopped.
func yamlErrorLine(data []byte, err error) int {
	said := 1
	if m := yamlLine.FindStringSubmatch(err.Error()); m != nil && m[1] != "" {
		said, _ = strconv.Atoi(m[1])
	}
	if len(data) > 4<<20 { // parsing it again and again would take too long
		return said
	}
	first := shortestFaulty(data, err)
	if strings.Contains(err.Error(), "end of stream") {
		return first // a quote that is not closed: its beginning says more than the end of the file
	}
	return max(first, stoppedAt(data))
}

// shortestFaulty is the number of lines in the shortest beginning of the document that has the same error. Inside
// of braces, brackets and quotes it may be too short: there the end of a file is an error as well.
func shortestFaulty(data []byte, err error) int {
	var ends []int
	for i, c := range data {
		if c == '\n' || i == len(data)-1 {
			ends = append(ends, i+1)
		}
	}
	i := sort.Search(len(ends)-1, func(i int) bool {
		_, e := decodeYAML(bytes.NewReader(data[:ends[i]]))
		return e != nil && e.Error() == err.Error()
	})
	return i + 1
}

// stoppedAt is the line up to which the parser reads before it stops.
func stoppedAt(data []byte) int {
	reader := &byteReader{data: data}
	_, _ = decodeYAML(reader) // it is known to fail
	read := data[:reader.offset]
	if i := bytes.LastIndexByte(read, '\n'); i >= 0 && len(read)-i <= 4 {
		read = read[:i] // the parser looks a few bytes ahead
	}
	return bytes.Count(bytes.TrimSpace(read), []byte{'\n'}) + 1
}

// byteReader reads byte by byte, so that it is known how far a parser has come.
type byteReader struct {
	data   []byte
	offset int
}

func (r *byteReader) Read(p []byte) (int, error) {
	if r.offset == len(r.data) {
		return 0, io.EOF
	}
	p[0] = r.data[r.offset]
	r.offset++
	return 1, nil
}

// lineOf returns a line, counted from 1.
func lineOf(data []byte, number int) []byte {
	for line := range bytes.Lines(data) {
		if number--; number == 0 {
			return line
		}
	}
	return nil
}

// extent is how much there is below a node: values in all, and levels.
type extent struct{ values, levels int }

// nodeChecker refuses what YAML permits and a description of an API must not have, and puts what aliases stand
// for in their place. It stops at the first fault.
type nodeChecker struct {
	file    string
	anchors map[*yaml.Node]extent // anchored nodes that are read to their end
	aliased int                   // values that aliases have added
	fault   *diag.Diagnostic
}

func (c *nodeChecker) check(n *yaml.Node, depth int) extent {
	size := extent{values: 1}
	switch {
	case depth > maxDepth:
		c.fail(n, "too-deep", tooDeep, "")
	case n.Kind == yaml.ScalarNode:
		c.checkScalar(n)
	case n.Kind == yaml.MappingNode:
		c.checkKeys(n)
	}
	for i, child := range n.Content {
		if c.fault != nil {
			return size
		}
		below := extent{}
		if child.Kind == yaml.AliasNode {
			n.Content[i] = child.Alias
			below = c.checkAlias(child, depth+1)
		} else {
			below = c.check(child, depth+1)
		}
		size.values += below.values
		size.levels = max(size.levels, below.levels+1)
	}
	if n.Anchor != "" {
		c.anchors[n] = size
	}
	return size
}

// checkAlias returns the extent of what an alias stands for.
func (c *nodeChecker) checkAlias(alias *yaml.Node, depth int) extent {
	size, ok := c.anchors[alias.Alias]
	c.aliased += size.values
	switch {
	case !ok:
		c.fail(alias, "alias", fmt.Sprintf("*%s stands inside of what it stands for", alias.Value), "write out what it should be")
	case c.aliased > maxAliased:
		c.fail(alias, "alias", fmt.Sprintf("the document's aliases add more than %d values to it", maxAliased),
			"use $ref instead of YAML aliases")
	case depth+size.levels > maxDepth:
		c.fail(alias, "too-deep", tooDeep, "")
	}
	return size
}

func (c *nodeChecker) fail(n *yaml.Node, code, message, hint string, related ...diag.Pos) {
	c.fault = &diag.Diagnostic{Pos: c.pos(n), Severity: diag.Error, Code: code, Message: message, Hint: hint, Related: related}
}

func (c *nodeChecker) pos(n *yaml.Node) diag.Pos {
	return diag.Pos{File: c.file, Line: n.Line, Column: n.Column}
}

func (c *nodeChecker) checkScalar(n *yaml.Node) {
	for _, r := range n.Value {
		if isControl(r) {
			c.fail(n, "not-text", fmt.Sprintf("this text has a control character, U+%04X", r), "remove the character")
			return
		}
	}
}

// checkKeys reports keys that stand twice in a mapping, and keys that are no text.
func (c *nodeChecker) checkKeys(n *yaml.Node) {
	seen := make(map[string]*yaml.Node, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content) && c.fault == nil; i += 2 {
		key := n.Content[i]
		first, twice := seen[key.Value]
		switch {
		case key.Tag == "!!merge":
			c.fail(key, "bad-key", "merge keys, <<, are not read", "write out the fields, or use $ref")
		case key.Kind != yaml.ScalarNode:
			c.fail(key, "bad-key", "a key must be plain text", "")
		case twice:
			c.fail(key, "duplicate-key", fmt.Sprintf("%q stands twice in this mapping", key.Value),
				"remove one of the two", c.pos(first))
		}
		seen[key.Value] = key
	}
}

// isText reports whether a scalar was written as text, or as something that YAML alone knows, such as a date.
func isText(n *yaml.Node) bool {
	switch n.ShortTag() {
	case "!!int", "!!float", "!!bool", "!!null", "!!map", "!!seq":
		return false
	}
	return true
}
