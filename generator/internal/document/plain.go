package document

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// plainReader reads the YAML that programs write: mappings and lists in block style, and each scalar on the line of its key. That is
// nearly all that descriptions of APIs consist of, and takes a fifth of the time that the parser needs, which is more than that of any
// other stage. Whatever else a text has, a fault too, leaves all of it to the parser; the nodes are the same but for comments.
type plainReader struct {
	text string
	next int // where the line after this one begins
	line int // from 1
	// indent is where the content of the line begins, in characters, and content the rest of it; -1 and "" at the end of the text.
	indent  int
	content string

	depth int
	nodes []yaml.Node  // to be given out: nodes are many and small
	lists []*yaml.Node // the same, for what is in them
	open  []*yaml.Node // what is in the mappings and lists that are being read
	tags  map[string]string
}

// many is how many nodes are made at a time.
const many = 512

// readPlain reads the one document of a text; nil if that is the parser's.
func (t Text) readPlain() *yaml.Node {
	if !isPlainText(t.data) {
		return nil
	}
	r := &plainReader{text: string(t.data), tags: map[string]string{}}
	if !r.advance() || r.indent != 0 || r.isItem() {
		return nil
	}
	root := r.mapping()
	if root == nil || r.indent >= 0 {
		return nil
	}
	return root
}

// isPlainText reports whether a text has no white space but spaces and line feeds.
func isPlainText(data []byte) bool {
	if bytes.ContainsAny(data, "\t\r") {
		return false
	}
	for _, other := range []string{"\u0085", "\u2028", "\u2029", "\ufeff"} { // ends of lines, to some parsers
		if bytes.Contains(data, []byte(other)) {
			return false
		}
	}
	return true
}

// advance goes to the next line that says something, and reports whether there is none that the parser has to read.
func (r *plainReader) advance() bool {
	for r.next < len(r.text) {
		line := r.text[r.next:]
		if end := strings.IndexByte(line, '\n'); end >= 0 {
			line = line[:end]
		}
		r.next += len(line) + 1
		r.line++
		r.content = strings.TrimLeft(line, " ")
		if r.content == "" || r.content[0] == '#' {
			continue
		}
		r.indent = len(line) - len(r.content)
		isMark := r.indent == 0 && (strings.HasPrefix(line, "---") || strings.HasPrefix(line, "..."))
		return !isMark && line[len(line)-1] != ' '
	}
	r.indent, r.content = -1, ""
	return true
}

// isItem reports whether a list's item begins with the content of the line.
func (r *plainReader) isItem() bool { return strings.HasPrefix(r.content, "- ") }

// node is a new node at a column, from 0, of this line.
func (r *plainReader) node(kind yaml.Kind, tag string, column int) *yaml.Node {
	if len(r.nodes) == 0 {
		r.nodes = make([]yaml.Node, many)
	}
	n := &r.nodes[0]
	r.nodes = r.nodes[1:]
	n.Kind, n.Tag, n.Line, n.Column = kind, tag, r.line, column+1
	return n
}

// close gives a mapping or a list what has been opened since it was begun.
func (r *plainReader) close(n *yaml.Node, since int) *yaml.Node {
	size := len(r.open) - since
	if len(r.lists) < size {
		r.lists = make([]*yaml.Node, max(many, size))
	}
	n.Content = r.lists[:size:size]
	r.lists = r.lists[size:]
	copy(n.Content, r.open[since:])
	r.open = r.open[:since]
	r.depth--
	return n
}

// mapping reads the mapping whose first key is the content of the line; nil if that is the parser's.
func (r *plainReader) mapping() *yaml.Node {
	column, since := r.indent, len(r.open)
	n := r.begin(yaml.MappingNode, "!!map")
	if n == nil {
		return nil
	}
	for {
		key, rest, ok := cutKey(r.content)
		if !ok || !r.add(r.scalar(key, 0)) {
			return nil
		}
		if !r.add(r.value(column, rest)) {
			return nil
		}
		if r.indent != column || r.isItem() {
			return r.close(n, since)
		}
	}
}

// value reads what stands behind a key's colon or in the lines below, and goes to the line after it; nil if that is the parser's.
func (r *plainReader) value(column int, rest string) *yaml.Node {
	if rest != "" {
		return r.rest(column, rest)
	}
	if !r.advance() {
		return nil
	}
	switch isItem := r.isItem(); {
	case isItem && r.indent >= column: // it may be indented like the key that it belongs to
		return r.within(column, r.list())
	case !isItem && r.indent > column:
		return r.within(column, r.mapping())
	}
	return nil
}

// list reads the list whose first item is the content of the line; nil if that is the parser's.
func (r *plainReader) list() *yaml.Node {
	column, since := r.indent, len(r.open)
	n := r.begin(yaml.SequenceNode, "!!seq")
	if n == nil {
		return nil
	}
	for r.indent == column && r.isItem() {
		item := strings.TrimLeft(r.content[1:], " ")
		var value *yaml.Node
		if _, _, ok := cutKey(item); ok {
			r.indent, r.content = column+len(r.content)-len(item), item
			value = r.within(column, r.mapping())
		} else {
			value = r.rest(column, item)
		}
		if !r.add(value) {
			return nil
		}
	}
	return r.close(n, since)
}

// begin is a mapping or a list that begins with the content of the line; nil if it is too deep.
func (r *plainReader) begin(kind yaml.Kind, tag string) *yaml.Node {
	if r.depth++; r.depth > maxDepth {
		return nil
	}
	return r.node(kind, tag, r.indent)
}

// add adds a node to the mapping or the list that is being read, unless it is nil.
func (r *plainReader) add(n *yaml.Node) bool {
	r.open = append(r.open, n)
	return n != nil
}

// within is a value if the line after it belongs to the mapping or the list at a column that it is in, or to what that is in.
func (r *plainReader) within(column int, n *yaml.Node) *yaml.Node {
	if r.indent > column {
		return nil
	}
	return n
}

// rest reads the value that begins on the rest of the line, of a key or an item at a column, and goes to the line after it; nil if that
// is the parser's.
func (r *plainReader) rest(column int, text string) *yaml.Node {
	n := r.scalar(text, len(r.content)-len(text))
	if n == nil {
		n = r.parsed(column, text)
	}
	if n == nil || !r.advance() {
		return nil
	}
	return r.within(column, n)
}

// scalar is the node of a text that stands at an offset of the content of the line; nil if it is more than that.
func (r *plainReader) scalar(text string, at int) *yaml.Node {
	column := r.indent + utf8.RuneCountInString(r.content[:at])
	switch {
	case text == "":
		return nil
	case closing(text) == len(text) && (text[0] == '\'' || !strings.Contains(text, `\`)):
		return r.quoted(text, column)
	case text[0] == '[':
		return r.words(text, column)
	}
	return r.plain(text, column)
}

// plain is the node of a text without quotes; nil if it is none.
func (r *plainReader) plain(text string, column int) *yaml.Node {
	if !isPlain(text) {
		return nil
	}
	tag := r.tag(text)
	if tag == "" {
		return nil
	}
	n := r.node(yaml.ScalarNode, tag, column)
	n.Value = text
	return n
}

// words is the node of a list of texts without quotes in brackets, such as [Chat.Read, Chat.ReadWrite]; nil if it is none.
func (r *plainReader) words(text string, column int) *yaml.Node {
	if text[len(text)-1] != ']' || strings.ContainsAny(text[1:len(text)-1], "[]{}\"'#:?") {
		return nil
	}
	n := r.node(yaml.SequenceNode, "!!seq", column)
	n.Style = yaml.FlowStyle
	column++
	for word := range strings.SplitSeq(text[1:len(text)-1], ", ") {
		item := r.plain(word, column)
		if item == nil || word[0] == ' ' || strings.Contains(word, ",") {
			return nil
		}
		n.Content = append(n.Content, item)
		column += utf8.RuneCountInString(word) + len(", ")
	}
	return n
}

// quoted is the node of a text in quotes, in which nothing is escaped but a quote.
func (r *plainReader) quoted(text string, column int) *yaml.Node {
	n := r.node(yaml.ScalarNode, "!!str", column)
	n.Value, n.Style = text[1:len(text)-1], yaml.DoubleQuotedStyle
	if text[0] == '\'' {
		n.Value, n.Style = strings.ReplaceAll(n.Value, "''", "'"), yaml.SingleQuotedStyle
	}
	return n
}

// parsed is what the parser makes of a value that begins with the rest of the line, together with the lines below that are indented
// deeper than the column: something in brackets, a text with escapes, or one of several lines. It is nil after a fault.
func (r *plainReader) parsed(column int, text string) *yaml.Node {
	isBlock := slices.Contains([]string{"|", "|-", "|+", ">", ">-", ">+"}, text) // an indentation that is told would be another here
	if !isBlock && (text == "" || !strings.ContainsAny(text[:1], "[{'\"")) {
		return nil
	}
	line, at := r.line, r.indent+utf8.RuneCountInString(r.content)-utf8.RuneCountInString(text)
	begin := min(r.next, len(r.text))
	for r.next < len(r.text) {
		below, _, _ := strings.Cut(r.text[r.next:], "\n")
		if content := strings.TrimLeft(below, " "); content != "" && len(below)-len(content) <= column {
			break
		}
		r.next += len(below) + 1
		r.line++
	}
	root, fault := Text{data: []byte(text + "\n" + r.text[begin:min(r.next, len(r.text))])}.parseYAML()
	if fault != nil || root == nil || root.Kind != yaml.ScalarNode && root.Style&yaml.FlowStyle == 0 {
		return nil // or it is the key of a mapping, which could stand here only if it were all of a document
	}
	shift(root, line-1, at)
	return root
}

// shift moves nodes of a text to where it stands in another, the first line at a column.
func shift(n *yaml.Node, lines, column int) {
	if n.Line == 1 {
		n.Column += column
	}
	n.Line += lines
	for _, child := range n.Content {
		shift(child, lines, column)
	}
}

const (
	// longestWord is the length of the longest word that YAML takes for something else than text, false. Such words begin with f, n, o, t
	// and y.
	longestWord = 5
	// longestKey is how long a key is at most: YAML wants its colon within 1024 characters.
	longestKey = 1000
)

// tag is what YAML takes a text without quotes for.
func (r *plainReader) tag(text string) string {
	isWord := len(text) <= longestWord && strings.IndexByte("fntoy", text[0]|0x20) >= 0
	if !isWord && strings.IndexByte("0123456789+-.~<", text[0]) < 0 {
		return "!!str"
	}
	tag, ok := r.tags[text]
	if !ok {
		if n, fault := (Text{data: []byte(text)}).parseYAML(); fault == nil && n != nil {
			tag = n.Tag
		}
		r.tags[text] = tag
	}
	return tag
}

// cutKey divides the content of a line at the colon behind its key.
func cutKey(content string) (key, rest string, ok bool) {
	if end := closing(content); end > 0 {
		key, rest = content[:end], content[end:]
	} else if i := strings.Index(content, ": "); i >= 0 && content[0] != '{' && content[0] != '[' {
		key, rest = content[:i], content[i:]
	} else {
		key = strings.TrimSuffix(content, ":")
		rest = content[len(key):]
	}
	if rest != ":" && !strings.HasPrefix(rest, ": ") || len(key) > longestKey {
		return "", "", false
	}
	return key, strings.TrimLeft(rest[1:], " "), true
}

// closing is where the quotes end that a text begins with; 0 if it begins with none, or they are not closed on the line.
func closing(text string) int {
	if text == "" || text[0] != '"' && text[0] != '\'' {
		return 0
	}
	for i := 1; i < len(text); i++ {
		switch {
		case text[i] == '\\' && text[0] == '"':
			i++
		case text[i] != text[0]:
		case text[0] == '\'' && strings.HasPrefix(text[i+1:], "'"):
			i++
		default:
			return i + 1
		}
	}
	return 0
}

// isPlain reports whether a text is one without quotes, and all of its line.
func isPlain(text string) bool {
	if text == "" || strings.IndexByte("-?:,[]{}#&*!|>'\"%@`", text[0]) >= 0 && !isNegative(text) {
		return false
	}
	end := text[len(text)-1]
	return end != ' ' && end != ':' && !strings.Contains(text, ": ") && !strings.Contains(text, " #")
}

// isNegative reports whether a text begins as a number below 0 does.
func isNegative(text string) bool {
	return len(text) > 1 && text[0] == '-' && text[1] >= '0' && text[1] <= '9'
}
