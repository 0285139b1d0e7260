package document

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// maxFaults is how many faults of the form of files are worth reading.
const maxFaults = 100

// Codes of what can be wrong with the form of a document whose keys somebody knows.
const (
	WrongShape = "wrong-shape"
	UnknownKey = "unknown-key"
	MissingKey = "missing-key"
)

// Reader finds keys and values in the nodes of a file, and adds what is wrong with their form to a list. Its methods take nil for
// a node that is not there, and find nothing in it.
type Reader struct {
	File   string
	Faults *diag.List
}

// Field is an entry of a mapping.
type Field struct{ Key, Value *yaml.Node }

// Name is the text of the key.
func (f Field) Name() string { return f.Key.Value }

// Pos is where a node stands.
func (r Reader) Pos(n *yaml.Node) diag.Pos { return Pos(r.File, n) }

// Fault adds an error at a node.
func (r Reader) Fault(at *yaml.Node, code, hint, format string, args ...any) {
	if len(*r.Faults) < maxFaults {
		r.Faults.Add(diag.Diagnostic{Pos: r.Pos(at), Severity: diag.Error, Code: code, Message: fmt.Sprintf(format, args...), Hint: hint})
	}
}

// Wrong adds that a node is not what it must be, such as "a list of slices".
func (r Reader) Wrong(at *yaml.Node, want string) {
	r.Fault(at, WrongShape, "", "expected %s; found %s", want, Describe(at))
}

// Unknown adds that a key is none of the known ones, with the nearest of them.
func (r Reader) Unknown(key *yaml.Node, known []string) {
	hint := "known here: " + strings.Join(slices.Sorted(slices.Values(known)), ", ")
	if near := diag.Nearest(key.Value, known, 1); len(near) > 0 {
		hint = "did you mean " + near[0] + "? " + hint
	}
	r.Fault(key, UnknownKey, hint, "unknown key %q", key.Value)
}

// Fields returns the entries of a mapping in the order of the file; what says what it must be in a message.
func (r Reader) Fields(n *yaml.Node, what string) []Field {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		r.Wrong(n, what)
		return nil
	}
	fields := make([]Field, 0, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content); i += 2 {
		fields = append(fields, Field{n.Content[i], n.Content[i+1]})
	}
	return fields
}

// Mapping returns the values of a mapping by key, nil after a fault. Keys that are not known are faults.
func (r Reader) Mapping(n *yaml.Node, known ...string) map[string]*yaml.Node {
	if n == nil {
		return nil
	}
	if n.Kind != yaml.MappingNode {
		r.Wrong(n, "a mapping with "+strings.Join(known, ", "))
		return nil
	}
	values := map[string]*yaml.Node{}
	for _, f := range r.Fields(n, "") {
		if !slices.Contains(known, f.Name()) {
			r.Unknown(f.Key, known)
			continue
		}
		values[f.Name()] = f.Value
	}
	return values
}

// Required returns the value of a key that has to be in a mapping, nil after a fault at the mapping.
func (r Reader) Required(mapping *yaml.Node, values map[string]*yaml.Node, key string) *yaml.Node {
	if values[key] == nil {
		r.Fault(mapping, MissingKey, "", "%q is missing", key)
	}
	return values[key]
}

// List returns the items of a list of what; nil after a fault.
func (r Reader) List(n *yaml.Node, what string) []*yaml.Node {
	switch {
	case n == nil:
		return nil
	case n.Kind != yaml.SequenceNode:
		r.Wrong(n, "a list of "+what)
		return nil
	}
	return n.Content
}

// Text returns a text that must not be empty; "" after a fault.
func (r Reader) Text(n *yaml.Node) string {
	switch {
	case n == nil:
		return ""
	case !IsText(n) || n.Value == "":
		r.Wrong(n, "a text")
		return ""
	}
	return n.Value
}

// IsText reports whether a node is text: in quotes, or what YAML reads as nothing else.
func IsText(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!str" }

// IsFlag reports whether a node is true or false.
func IsFlag(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!bool" }

// IsNull reports whether a node is null, as the value of a key without a value is.
func IsNull(n *yaml.Node) bool { return n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null" }

// Describe names what a node is, for a message.
func Describe(n *yaml.Node) string {
	switch {
	case n.Kind == yaml.MappingNode:
		return "a mapping"
	case n.Kind == yaml.SequenceNode:
		return "a list"
	case IsNull(n):
		return "nothing"
	case IsText(n) && n.Value == "":
		return "an empty text"
	case IsText(n):
		return "the text " + strconv.Quote(shortened(n.Value))
	}
	return fmt.Sprintf("%s, which YAML reads as %s", n.Value, strings.TrimPrefix(n.ShortTag(), "!!"))
}

// shortened is the beginning of a text that is too long for a message.
func shortened(text string) string {
	const most = 60
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most]) + "…"
	}
	return text
}
