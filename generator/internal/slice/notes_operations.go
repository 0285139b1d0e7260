package slice

import (
	"cmp"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
	"github.com/graphslice/graphslice/generator/internal/slice/derive"
)

// This file finds the notes for an operation.

// operation returns the notes for an operation. Keys may have any name there, and actions, functions and types no namespace, as
// reference pages write paths: POST /teams/{id}/clone. What is written as it is in the slice wins; then what writes the path out;
// then the pattern that says most: POST /**/clone.
func (n *Notes) operation(method, path string) operationNotes {
	key := method + " " + path
	if _, exact := n.Operations[key]; !exact {
		key = cmp.Or(n.plain[plainOperation(key)], n.pattern(method, path), key)
	}
	n.used["operations/"+key] = true
	return n.Operations[key]
}

// pattern is the key of the first pattern that selects an operation, "" if none does.
func (n *Notes) pattern(method, path string) string {
	for _, p := range n.operationPatterns {
		if p.Match(method, path) {
			return p.key
		}
	}
	return ""
}

// operationPattern is a key of Operations with a * in it.
type operationPattern struct {
	pathglob.Pattern
	key string
}

// parseOperation reads a key of Operations as a pattern: POST /**/clone is /**/clone#POST.
func parseOperation(key string) (pathglob.Pattern, error) {
	method, path, _ := strings.Cut(key, " ")
	return pathglob.Parse(path + "#" + method)
}

// readPatterns prepares pattern: those that say most come first.
func (n *Notes) readPatterns(diags *diag.List) {
	for _, key := range slices.Sorted(maps.Keys(n.Operations)) {
		if !strings.Contains(key, "*") {
			continue
		}
		p, err := parseOperation(key)
		if err != nil {
			diags.Errorf(n.positions["operations/"+key], "bad-notes", "%q is not METHOD /path, as in POST /**/clone: %v", key, err)
			continue
		}
		n.operationPatterns = append(n.operationPatterns, operationPattern{p, key})
	}
	said := func(p operationPattern) int { return len(p.key) - strings.Count(p.key, "*") }
	slices.SortStableFunc(n.operationPatterns, func(a, b operationPattern) int { return cmp.Compare(said(b), said(a)) })
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
	operations := c.knownOperations(unused)
	for i, u := range unused {
		unused[i].Known = operations[u.Key] || c.knows(u.Key)
	}
	return unused
}

// knownOperations are those of some entries that are about an operation of the metadata. One walk looks for all.
func (c *cutter) knownOperations(entries []Unused) map[string]bool {
	var keys []string
	var include []pathglob.Pattern
	for _, e := range entries {
		operation, ok := strings.CutPrefix(e.Key, "operations/")
		if p, err := parseOperation(operation); ok && err == nil {
			keys, include = append(keys, e.Key), append(include, p)
		}
	}
	known := map[string]bool{}
	if len(include) == 0 || c.published != nil {
		return known
	}
	for i, count := range derive.Operations(c.doc, pathglob.Set{Include: include}, c.derivation()).Counts {
		known[keys[i]] = count > 0
	}
	return known
}

// knows reports whether the metadata has the property or the type that an entry of the notes is about.
func (c *cutter) knows(entry string) bool {
	if property, ok := strings.CutPrefix(entry, "constants/"); ok {
		slash := strings.LastIndexByte(property, '/')
		t := c.doc.Type(property[:max(slash, 0)])
		return t != nil && t.Property(property[slash+1:]) != nil
	}
	kind, name, _ := strings.Cut(entry, "/")
	return (kind == "localTime" || kind == "uploadSessions" || kind == "subscriptions") && c.doc.Type(name) != nil
}
