package config

import (
	"bytes"
	"errors"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// insertItem adds a text at the end of a list in a YAML document, and leaves every other byte as it is: comments, quotes, order
// and line ends. List is the node that was read of data. The error says why the place cannot be found.
func insertItem(data []byte, list *yaml.Node, text string) ([]byte, error) {
	var edited []byte
	var err error
	switch {
	case list.Kind != yaml.SequenceNode:
		return nil, errors.New("it is no list")
	case list.Style&yaml.FlowStyle != 0:
		edited, err = insertFlow(data, list, text)
	case len(list.Content) == 0:
		return nil, errors.New("it is empty")
	default:
		edited, err = insertBlock(data, list, text)
	}
	if err != nil {
		return nil, err
	}
	return edited, verifyInsert(data, edited, list, text)
}

// insertBlock adds a line below the last item's.
func insertBlock(data []byte, list *yaml.Node, text string) ([]byte, error) {
	last := list.Content[len(list.Content)-1]
	end, err := scalarEnd(data, last, false)
	if err != nil {
		return nil, err
	}
	newline, at := "\n", len(data)
	if i := bytes.IndexByte(data[end:], '\n'); i >= 0 {
		at = end + i + 1
	}
	if bytes.Contains(data, []byte("\r\n")) {
		newline = "\r\n"
	}
	line := strings.Repeat(" ", list.Column-1) + "- " + quoteLike(last, text, false) + newline
	if at == len(data) && !bytes.HasSuffix(data, []byte("\n")) {
		line = newline + strings.TrimSuffix(line, newline)
	}
	return splice(data, at, line), nil
}

// insertFlow adds an item behind the last one, on a line of its own if the last one is.
func insertFlow(data []byte, list *yaml.Node, text string) ([]byte, error) {
	if len(list.Content) == 0 {
		at := offsetOf(data, list.Line, list.Column)
		if at >= len(data) || data[at] != '[' {
			return nil, errors.New("its begin is not where it should be")
		}
		return splice(data, at+1, quoteLike(nil, text, true)), nil
	}
	last := list.Content[len(list.Content)-1]
	end, err := scalarEnd(data, last, true)
	if err != nil {
		return nil, err
	}
	start := offsetOf(data, last.Line, last.Column)
	lineStart := bytes.LastIndexByte(data[:start], '\n') + 1
	indent := data[lineStart:start]
	separator := ", "
	if lineStart > 0 && len(bytes.TrimLeft(indent, " ")) == 0 && last.Line > list.Line {
		separator = ",\n" + string(indent)
		if data[lineStart-1] == '\n' && lineStart > 1 && data[lineStart-2] == '\r' {
			separator = ",\r\n" + string(indent)
		}
	}
	return splice(data, end, separator+quoteLike(last, text, true)), nil
}

func splice(data []byte, at int, text string) []byte {
	return slices.Concat(data[:at], []byte(text), data[at:])
}

// offsetOf is the offset of a place. Columns of YAML count characters.
func offsetOf(data []byte, line, column int) int {
	at := 0
	for ; line > 1; line-- {
		i := bytes.IndexByte(data[at:], '\n')
		if i < 0 {
			return len(data)
		}
		at += i + 1
	}
	for ; column > 1 && at < len(data); column-- {
		at++
		for at < len(data) && data[at]&0xc0 == 0x80 {
			at++
		}
	}
	return at
}

// scalarEnd is the offset behind a text that stands on one line.
func scalarEnd(data []byte, n *yaml.Node, flow bool) (int, error) {
	if n.Kind != yaml.ScalarNode || n.Anchor != "" || n.Style&(yaml.LiteralStyle|yaml.FoldedStyle|yaml.TaggedStyle) != 0 {
		return 0, errors.New("its last item is not a plain text")
	}
	start := offsetOf(data, n.Line, n.Column)
	rest := data[start:]
	if i := bytes.IndexAny(rest, "\r\n"); i >= 0 {
		rest = rest[:i]
	}
	var form *regexp.Regexp
	switch {
	case n.Style&yaml.SingleQuotedStyle != 0:
		form = singleQuoted
	case n.Style&yaml.DoubleQuotedStyle != 0:
		form = doubleQuoted
	case flow:
		form = plainInFlow
	default:
		form = plainInBlock
	}
	found := form.Find(rest)
	if len(found) == 0 {
		return 0, errors.New("its last item does not end on its line")
	}
	return start + len(bytes.TrimRight(found, " \t")), nil
}

var (
	singleQuoted = regexp.MustCompile(`^'(?:[^']|'')*'`)
	doubleQuoted = regexp.MustCompile(`^"(?:[^"\\]|\\.)*"`)
	plainInFlow  = regexp.MustCompile(`^(?:[^ ,\[\]{}#]#+|[^ ,\[\]{}#]| +[^ ,\[\]{}#])+`)
	plainInBlock = regexp.MustCompile(`^(?:[^ #]#+|[^ #]| +[^ #])+`)
	// safePlain are texts that mean themselves without quotes.
	safePlain       = regexp.MustCompile(`^/[A-Za-z0-9_./{}$*()=@'#,-]*$`)
	safePlainInFlow = regexp.MustCompile(`^/[A-Za-z0-9_./$*()=@'#-]*$`)
)

// quoteLike writes a text as the item before it is written, as far as the text can be.
func quoteLike(before *yaml.Node, text string, flow bool) string {
	safe := safePlain
	if flow {
		safe = safePlainInFlow
	}
	switch {
	case before != nil && before.Style&yaml.DoubleQuotedStyle != 0 && !strings.ContainsAny(text, "\"\\"):
		return `"` + text + `"`
	case before != nil && before.Style&(yaml.SingleQuotedStyle|yaml.DoubleQuotedStyle) == 0 && safe.MatchString(text):
		return text
	}
	return "'" + strings.ReplaceAll(text, "'", "''") + "'"
}

// verifyInsert sees to it that the edited document is the old one with the text as the list's last item, and nothing else.
func verifyInsert(before, after []byte, list *yaml.Node, text string) error {
	return verify(before, after, list, errors.New("it is written in a way that cannot be added to"), func(at *yaml.Node) {
		at.Content = append(at.Content, &yaml.Node{Kind: yaml.ScalarNode, Value: text})
	})
}

// sameYAML reports whether two documents say the same.
func sameYAML(a, b *yaml.Node) bool {
	if a.Kind != b.Kind || a.Value != b.Value || a.Anchor != b.Anchor || len(a.Content) != len(b.Content) {
		return false
	}
	for i := range a.Content {
		if !sameYAML(a.Content[i], b.Content[i]) {
			return false
		}
	}
	return true
}
