// Package lock is graphslice.lock: what a package was made from, which files it has, which names were given out and what
// the API looked like. It stands in the package's folder and is committed with it.
//
// It is text, one entry a line, its fields separated by tabs, sorted, so that version control merges it well:
//
//	format	1
//	graphslice	VERSION
//	names	RULES                       the number of the rules that names follow
//	options	HASH
//	fake	PATH                        the folder of the package that fakes the service, relative to the lock's
//	fakes	IMPORT-PATH                in the lock of such a package: whose service it fakes
//	input	PATH	HASH                relative to the lock's folder, with slashes
//	file	NAME	HASH[	older-docs]       NAME may have one folder in front, with a slash
//	permission	NAME	FACTS      a Permission
//	KIND	ID	NAME[	FACTS[	kept]]  an Element
//
// Lines that start with # are comments. Hashes are those of Hash. A field that tabs or other control characters would
// break is quoted as in Go.
package lock

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Name is the file's name.
const Name = "graphslice.lock"

// format is the version of the format. A reader refuses any other.
const format = "1"

// Lock is the content of a graphslice.lock.
type Lock struct {
	// Version is that of the graphslice that wrote it, such as "0.1.0"; "" after a merge of two.
	Version string
	// Rules is the number of the rules by which the names were given out (names.Rules), from 1; 0 in a lock that is older than the
	// numbers, and after a merge of two that differ.
	Rules int
	// Options is a hash of the configuration that the output depends on; "" after a merge of two.
	Options string
	// Config is the configuration file that the package is described in, relative to the lock's folder, with slashes; "" if there is
	// none, or none in the module.
	Config string
	// Fake is the folder of the package that fakes the service, relative to the lock's, with slashes; "" if there is none. Fakes
	// is, in the lock of such a package, the import path of the one whose service it fakes.
	Fake, Fakes string
	// Inputs are the files that were read, sorted by path. After a merge one may stand there twice, as may a file and an
	// element.
	Inputs []Input
	// Files are the files that were written, without the lock, sorted by name.
	Files []File
	// Permissions are those that operations accept, sorted by name.
	Permissions []Permission
	// Elements are sorted by kind, ID and name.
	Elements []Element
	// Merged says that version control left conflict markers or contradicting lines: what the lock says is of two
	// generations, and none of them made the files.
	Merged bool
}

// Input is a file that was read.
type Input struct {
	// Path is relative to the folder of the lock, with slashes; an http or https address for what came from the network.
	Path string
	// Hash is "" for an address: nobody can tell whether it still answers the same.
	Hash string
}

func (in Input) compare(other Input) int {
	return cmp.Or(cmp.Compare(in.Path, other.Path), cmp.Compare(in.Hash, other.Hash))
}

// File is a file that was written.
type File struct {
	Name, Hash string
	// OldDocs says that the comments are those of an earlier generation (--no-docs).
	OldDocs bool
}

func (f File) compare(other File) int {
	return cmp.Or(cmp.Compare(f.Name, other.Name), cmp.Compare(f.Hash, other.Hash))
}

// Permission is what is known of a permission: Facts is compact JSON, by the kinds that it has.
type Permission struct{ Name, Facts string }

func (p Permission) compare(other Permission) int {
	return cmp.Or(cmp.Compare(p.Name, other.Name), cmp.Compare(p.Facts, other.Facts))
}

// Element is one thing of the API that has a Go name: a line of the lock.
type Element struct {
	// Kind is "type", "property", "enum", "member", "constant", "path", "operation", "parameter" or "service".
	Kind string
	// ID is the element in the spelling of overrides, such as "microsoft.graph.chat/topic" or "GET /chats?$top" (see the
	// ID methods of package ir).
	ID string
	// Name is the Go name, such as "Topic".
	Name string
	// Facts is what a comparison has to know of it, as compact JSON, such as {"type":"Edm.String","nullable":true}.
	Facts string
	// Kept says that the name is one that earlier rules gave out, and not what those of today would give.
	Kept bool
}

// documentation are the facts that only comments in the package depend on.
var documentation = []string{"doc", "deprecated"}

// WithoutDocs is the element without the facts that only comments depend on.
func (e Element) WithoutDocs() Element {
	var facts map[string]json.RawMessage
	if json.Unmarshal([]byte(e.Facts), &facts) != nil { // no facts, or not an object
		return e
	}
	for _, name := range documentation {
		delete(facts, name)
	}
	if text, err := json.Marshal(facts); err == nil {
		e.Facts = string(text)
	}
	return e
}

// permissionEntry begins the line of a permission.
const permissionEntry = "permission"

// kinds are the kinds of elements.
var kinds = []string{"type", "property", "enum", "member", "constant", "path", "operation", "parameter", "service"}

// Compare sorts elements by kind, ID and name.
func (e Element) Compare(other Element) int {
	return cmp.Or(cmp.Compare(e.Kind, other.Kind), cmp.Compare(e.ID, other.ID), cmp.Compare(e.Name, other.Name),
		cmp.Compare(e.Facts, other.Facts))
}

// Hash is the SHA-256 of a text in hexadecimal. Windows' line ends count as one character, so that a checkout that has
// them is still the same.
func Hash(text []byte) string {
	sum := sha256.Sum256(Unix(text))
	return hex.EncodeToString(sum[:])
}

// Unix is the text with Unix' line ends.
func Unix(text []byte) []byte {
	if bytes.IndexByte(text, '\r') < 0 { // nearly always
		return text
	}
	return bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
}

const head = "# Made by graphslice; commit it with the package. It says what the package was made from, and keeps the names that it has.\n"

// Format returns the text of the lock. Equal locks give equal texts, in whatever order their lists are.
func (l *Lock) Format() []byte {
	b := []byte(head)
	b = appendLine(b, "format", format)
	b = appendLine(b, "graphslice", l.Version)
	if l.Rules > 0 {
		b = appendLine(b, "names", strconv.Itoa(l.Rules))
	}
	b = appendLine(b, "options", l.Options)
	if l.Config != "" {
		b = appendLine(b, "config", l.Config)
	}
	if l.Fake != "" {
		b = appendLine(b, "fake", l.Fake)
	}
	if l.Fakes != "" {
		b = appendLine(b, "fakes", l.Fakes)
	}
	for _, in := range sorted(l.Inputs, Input.compare) {
		b = appendLine(b, "input", in.Path, in.Hash)
	}
	for _, f := range sorted(l.Files, File.compare) {
		b = appendLine(b, "file", f.Name, f.Hash, mark(f.OldDocs, "older-docs"))
	}
	for _, p := range sorted(l.Permissions, Permission.compare) {
		b = appendLine(b, permissionEntry, p.Name, p.Facts)
	}
	for _, e := range sorted(l.Elements, Element.Compare) {
		b = appendLine(b, e.Kind, e.ID, e.Name, e.Facts, mark(e.Kept, "kept"))
	}
	return b
}

// sorted returns a sorted copy without repetitions.
func sorted[T comparable](list []T, compare func(a, b T) int) []T {
	list = slices.Clone(list)
	slices.SortFunc(list, compare)
	return slices.Compact(list)
}

// mark is the last field of a line: there or not.
func mark(set bool, word string) string {
	if set {
		return word
	}
	return ""
}

// appendLine writes an entry. Empty fields at its end are left out.
func appendLine(b []byte, fields ...string) []byte {
	for len(fields) > 0 && fields[len(fields)-1] == "" {
		fields = fields[:len(fields)-1]
	}
	for i, field := range fields {
		if i > 0 {
			b = append(b, '\t')
		}
		if isPlain(field) {
			b = append(b, field...)
		} else {
			b = strconv.AppendQuote(b, field)
		}
	}
	return append(b, '\n')
}

// isPlain reports whether a field can stand in a line as it is.
func isPlain(field string) bool {
	return !strings.HasPrefix(field, `"`) && utf8.ValidString(field) && strings.IndexFunc(field, unicode.IsControl) < 0
}
