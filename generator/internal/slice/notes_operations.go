package slice

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// This file finds the notes for an operation.

// operation returns the notes for an operation. Keys may have any name there, and actions, functions and types no namespace, as
// reference pages write paths: POST /teams/{id}/clone. What is written as it is in the slice wins.
func (n *Notes) operation(method, path string) operationNotes {
	key := method + " " + path
	if _, exact := n.Operations[key]; !exact {
		key = cmp.Or(n.plain[plainOperation(key)], key)
	}
	n.used["operations/"+key] = true
	return n.Operations[key]
}

// indexOperations prepares operation. Of several that are the same in plain form the first by name counts; the others are unused.
func (n *Notes) indexOperations() {
	n.plain = map[string]string{}
	for _, key := range slices.Backward(slices.Sorted(maps.Keys(n.Operations))) {
		n.plain[plainOperation(key)] = key
	}
}

var (
	// keyForm is a parameter of a path.
	keyForm = regexp.MustCompile(`\{[^{}/]*\}`)
	// namespaceForm stands in front of the name of an action, a function or a type.
	namespaceForm = regexp.MustCompile(`/(?:[A-Za-z_][A-Za-z0-9_]*\.)+([A-Za-z_])`)
)

// plainOperation is "METHOD /path" without names of keys, namespaces, and the parentheses of functions without arguments.
func plainOperation(operation string) string {
	plain := keyForm.ReplaceAllString(operation, "{}")
	return strings.ReplaceAll(namespaceForm.ReplaceAllString(plain, "/$1"), "()", "")
}

// unusedNotes are the entries of the notes that nothing asked for, with those that are about what the sources have and no slice takes.
func (c *cutter) unusedNotes() []Unused {
	unused := c.notes.unused()
	for i, u := range unused {
		unused[i].Known = c.knows(u.Key)
	}
	return unused
}

// knows reports whether the metadata has the operation, the property or the type that an entry of the notes is about.
func (c *cutter) knows(entry string) bool {
	if operation, ok := strings.CutPrefix(entry, "operations/"); ok && c.published == nil {
		method, path, _ := strings.Cut(operation, " ")
		return len(c.deriveAt(path+"#"+method)) > 0
	}
	if property, ok := strings.CutPrefix(entry, "constants/"); ok {
		slash := strings.LastIndexByte(property, '/')
		t := c.doc.Type(property[:max(slash, 0)])
		return t != nil && t.Property(property[slash+1:]) != nil
	}
	kind, name, _ := strings.Cut(entry, "/")
	return (kind == "localTime" || kind == "uploadSessions" || kind == "subscriptions") && c.doc.Type(name) != nil
}
