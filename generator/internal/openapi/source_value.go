package openapi

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"go.yaml.in/yaml/v4"
)

// sourceValue is a value in an input file. It knows where it stands, and what kin-openapi does not keep: the order of
// mappings, what stands beside a $ref, and extensions.
type sourceValue struct {
	file string
	// node is the value; nil if there is none. key is the mapping key it stands under; nil in a list.
	node, key *yaml.Node
	// above is the value that this one is in, and index its place in a list. They are nil and 0 where root is the whole pointer: in
	// a file, or, for a component and a path, in the merged document.
	above *sourceValue
	index int
	root  string
	// files are those of values below that come from another file; nil for most.
	files map[*yaml.Node]string
}

// exists reports whether there is a value.
func (p sourceValue) exists() bool { return p.node != nil }

// pos is where the value begins: at its key, if it has one.
func (p sourceValue) pos() diag.Pos {
	at := p.node
	if p.key != nil {
		at = p.key
	}
	return p.posOf(at)
}

// valuePos is where the value itself begins.
func (p sourceValue) valuePos() diag.Pos { return p.posOf(p.node) }

func (p sourceValue) posOf(node *yaml.Node) diag.Pos {
	pos := diag.Pos{File: p.file, Pointer: p.pointer()}
	if node != nil {
		pos.Line, pos.Column = node.Line, node.Column
	}
	return pos
}

// pointer is the JSON pointer of the value. It is put together when it is asked for: few values are.
func (p sourceValue) pointer() string {
	switch {
	case p.above == nil:
		return p.root
	case p.key != nil:
		return p.above.pointer() + "/" + escapeToken(p.key.Value)
	}
	return p.above.pointer() + "/" + strconv.Itoa(p.index)
}

// at returns the value as one that has another JSON pointer.
func (p sourceValue) at(pointer string) sourceValue {
	p.above, p.index, p.root = nil, 0, pointer
	return p
}

// child returns the value under key, or one that does not exist.
func (p sourceValue) child(key string) sourceValue {
	if p.node != nil && p.node.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(p.node.Content); i += 2 {
			if p.node.Content[i].Value == key {
				above := p // which is kept only if there is such a value
				return p.entry(&above, i)
			}
		}
	}
	return sourceValue{file: p.file}
}

// entry returns the value of the mapping whose key is Content[i]; above is p, for all entries together.
func (p sourceValue) entry(above *sourceValue, i int) sourceValue {
	value := p.node.Content[i+1]
	return sourceValue{file: p.fileOf(value), key: p.node.Content[i], node: value, above: above, files: p.files}
}

// fileOf is the file of a value in p.
func (p sourceValue) fileOf(node *yaml.Node) string {
	if file, ok := p.files[node]; ok {
		return file
	}
	return p.file
}

// entries returns the values of a mapping in the order of the file.
func (p sourceValue) entries() []sourceValue {
	if p.node == nil || p.node.Kind != yaml.MappingNode {
		return nil
	}
	return slices.AppendSeq(make([]sourceValue, 0, len(p.node.Content)/2), p.each())
}

// each is entries without a list of them.
func (p sourceValue) each() iter.Seq[sourceValue] {
	return func(yield func(sourceValue) bool) {
		if p.node == nil || p.node.Kind != yaml.MappingNode {
			return
		}
		above := p
		for i := 0; i+1 < len(p.node.Content); i += 2 {
			if !yield(p.entry(&above, i)) {
				return
			}
		}
	}
}

// items returns the values of a list.
func (p sourceValue) items() []sourceValue {
	if p.node == nil || p.node.Kind != yaml.SequenceNode {
		return nil
	}
	list, above := make([]sourceValue, len(p.node.Content)), p
	for i, n := range p.node.Content {
		list[i] = sourceValue{file: p.fileOf(n), node: n, above: &above, index: i, files: p.files}
	}
	return list
}

// item returns the i-th value of a list, or one that does not exist.
func (p sourceValue) item(i int) sourceValue {
	if items := p.items(); i < len(items) {
		return items[i]
	}
	return sourceValue{file: p.file}
}

// name is the key that the value stands under.
func (p sourceValue) name() string {
	if p.key == nil {
		return ""
	}
	return p.key.Value
}

// text is the value of a scalar; "" for null and anything else.
func (p sourceValue) text() string {
	if p.node == nil || p.node.Kind != yaml.ScalarNode || p.node.ShortTag() == "!!null" {
		return ""
	}
	return p.node.Value
}

// scalar is the value of a scalar as it is written, whatever it is; "" for anything else.
func (p sourceValue) scalar() string {
	if p.node == nil || p.node.Kind != yaml.ScalarNode {
		return ""
	}
	return p.node.Value
}

// isTrue reports whether the value is the boolean true.
func (p sourceValue) isTrue() bool { return p.isBool("true") }

// isFalse reports whether the value is the boolean false.
func (p sourceValue) isFalse() bool { return p.isBool("false") }

func (p sourceValue) isBool(word string) bool {
	return p.node != nil && p.node.ShortTag() == "!!bool" && strings.EqualFold(p.node.Value, word)
}

// number is a whole number, as the grammar has it; nil for anything else.
func (p sourceValue) number() *uint64 {
	n, err := strconv.ParseUint(p.text(), 10, 64)
	if err != nil {
		return nil
	}
	return &n
}

// texts are the scalars of a list.
func (p sourceValue) texts() []string {
	var list []string
	for _, item := range p.items() {
		list = append(list, item.text())
	}
	return list
}

// escapeToken and unescapeToken are those of JSON pointers (RFC 6901).
func escapeToken(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "~", "~0"), "/", "~1")
}

func unescapeToken(s string) string {
	return strings.ReplaceAll(strings.ReplaceAll(s, "~1", "/"), "~0", "~")
}
