// Package tree writes OpenAPI documents: as trees of mappings, sequences and scalars, which come out as YAML in one way only. It
// knows nothing of where a document comes from.
package tree

import (
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Node is a part of an OpenAPI document: a mapping, a sequence or a scalar. Mappings keep the order they were made in, which is
// the order they are written in.
type Node struct {
	kind   nodeKind
	text   string // scalars
	fields []Field
	items  []*Node
	inline bool // written on one line, if it is short: for scalars alone
}

// Field is an entry of a mapping.
type Field struct {
	Key   string
	Value *Node
}

type nodeKind int

const (
	mapping nodeKind = iota
	sequence
	text     // a string
	verbatim // a boolean, a number or null, as YAML and JSON write it
)

// Map is a mapping without entries.
func Map() *Node { return &Node{kind: mapping} }

// Seq is a sequence.
func Seq(items ...*Node) *Node { return &Node{kind: sequence, items: items} }

// Nodes is a sequence; nil if there are no items.
func Nodes(items []*Node) *Node {
	if len(items) == 0 {
		return nil
	}
	return Seq(items...)
}

// OnLine writes a mapping or sequence of scalars on one line. It may be nil.
func (n *Node) OnLine() *Node {
	if n != nil {
		n.inline = true
	}
	return n
}

// Str is a string.
func Str(s string) *Node { return &Node{kind: text, text: s} }

// CleanTexts leaves out the characters that no reader of slices takes: control characters, and marks that change the direction
// of text. Only prose can have them.
func (n *Node) cleanTexts() {
	n.text = strings.Map(textRune, n.text)
	for _, f := range n.fields {
		f.Value.cleanTexts()
	}
	for _, item := range n.items {
		item.cleanTexts()
	}
}

// textRune returns the character, or -1 if it has no place in a text.
func textRune(r rune) rune {
	switch {
	case r == '\n' || r == '\t' || r == '\r':
	case r < ' ', r >= 0x7f && r < 0xa0, r >= 0x202a && r <= 0x202e, r >= 0x2066 && r <= 0x2069:
		return -1
	}
	return r
}

// Strs is a sequence of strings; nil if there are none.
func Strs(values []string) *Node {
	if len(values) == 0 {
		return nil
	}
	n := Seq()
	for _, v := range values {
		n.items = append(n.items, Str(v))
	}
	return n
}

// Raw is a boolean or a number.
func Raw(s string) *Node { return &Node{kind: verbatim, text: s} }

// True is the boolean.
func True() *Node { return Raw("true") }

// Optional is a string, or nothing if it is empty.
func Optional(s string) *Node {
	if s == "" {
		return nil
	}
	return Str(s)
}

// Present is true, or nothing.
func Present(set bool) *Node {
	if !set {
		return nil
	}
	return True()
}

// Set replaces or adds an entry of a mapping, at its end. Without a value nothing is added.
func (n *Node) Set(key string, value *Node) *Node {
	if value == nil {
		return n
	}
	for i := range n.fields {
		if n.fields[i].Key == key {
			n.fields[i].Value = value
			return n
		}
	}
	n.fields = append(n.fields, Field{key, value})
	return n
}

// Get returns the value of a mapping's entry, or nil.
func (n *Node) Get(key string) *Node {
	if n == nil {
		return nil
	}
	for _, f := range n.fields {
		if f.Key == key {
			return f.Value
		}
	}
	return nil
}

// Add adds an entry at the end of a mapping that has none of that key.
func (n *Node) Add(key string, value *Node) { n.fields = append(n.fields, Field{key, value}) }

// InsertAt adds an entry of a mapping as the i-th.
func (n *Node) InsertAt(i int, key string, value *Node) {
	n.fields = slices.Insert(n.fields, i, Field{key, value})
}

// Append adds items to a sequence.
func (n *Node) Append(items ...*Node) { n.items = append(n.items, items...) }

// SortFields sorts the entries of a mapping by key.
func (n *Node) SortFields() {
	slices.SortFunc(n.fields, func(a, b Field) int { return strings.Compare(a.Key, b.Key) })
}

// Remove takes an entry out of a mapping.
func (n *Node) Remove(key string) {
	n.fields = slices.DeleteFunc(n.fields, func(f Field) bool { return f.Key == key })
}

// Fields returns the entries of a mapping.
func (n *Node) Fields() []Field {
	if n == nil {
		return nil
	}
	return n.fields
}

// Items returns the items of a sequence.
func (n *Node) Items() []*Node {
	if n == nil {
		return nil
	}
	return n.items
}

// Texts returns the texts of a sequence.
func (n *Node) Texts() []string {
	var texts []string
	for _, item := range n.Items() {
		texts = append(texts, item.text)
	}
	return texts
}

// Edit replaces every value in a mapping and every item of a sequence by what change makes of it.
func (n *Node) Edit(change func(*Node) *Node) {
	for i, f := range n.fields {
		n.fields[i].Value = change(f.Value)
	}
	for i, item := range n.items {
		n.items[i] = change(item)
	}
}

// Text returns a scalar's text.
func (n *Node) Text() string {
	if n == nil {
		return ""
	}
	return n.text
}

// walk calls visit for n and everything below it.
func (n *Node) walk(visit func(*Node)) {
	visit(n)
	for _, f := range n.fields {
		f.Value.walk(visit)
	}
	for _, item := range n.items {
		item.walk(visit)
	}
}

// Refs returns what n refers to, in the order of appearance, each once.
func (n *Node) Refs() []string {
	var refs []string
	add := func(ref string) {
		if !slices.Contains(refs, ref) {
			refs = append(refs, ref)
		}
	}
	n.walk(func(n *Node) {
		if ref := n.Get("$ref"); n.kind == mapping && ref != nil {
			add(ref.text)
		}
	})
	return refs
}

// Mapped returns the references in a schema's discriminator.
func (n *Node) Mapped() []string {
	var refs []string
	n.walk(func(n *Node) {
		if mapping := n.Get("discriminator").Get("mapping"); mapping != nil {
			for _, f := range mapping.fields {
				refs = append(refs, f.Value.text)
			}
		}
	})
	return refs
}

// Ref is a reference to a component, such as "schemas" and "microsoft.graph.chat".
func Ref(section, name string) *Node {
	return Map().Set("$ref", Str(ComponentPrefix+section+"/"+name))
}

const ComponentPrefix = "#/components/"

// NodeOf copies YAML that was read. Aliases are followed; comments are left out.
func NodeOf(y *yaml.Node) *Node {
	switch y.Kind {
	case yaml.DocumentNode:
		return NodeOf(y.Content[0])
	case yaml.AliasNode:
		return NodeOf(y.Alias)
	case yaml.MappingNode:
		n := Map()
		for i := 0; i+1 < len(y.Content); i += 2 {
			n.fields = append(n.fields, Field{y.Content[i].Value, NodeOf(y.Content[i+1])})
		}
		return n
	case yaml.SequenceNode:
		n := Seq()
		for _, item := range y.Content {
			n.items = append(n.items, NodeOf(item))
		}
		return n
	}
	if y.ShortTag() == "!!str" {
		return Str(y.Value)
	}
	return Raw(y.Value)
}
