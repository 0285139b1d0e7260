// Package index reads a whole OpenAPI document of tens of megabytes without parsing it.
//
// One pass at the speed of reading finds where every entry of paths, of each section of components and of the
// document itself begins and ends. Only the entries that are asked for are ever decoded, so that cutting a slice
// costs little more than reading the file. A document is YAML in block style, as Microsoft publishes it, or JSON,
// either one compressed with gzip as well.
//
// This is the one reader of text beside package document, which parses a document as a whole: of 20 MB that takes it two
// seconds and 300 MB of memory, to use a hundredth. What is wrong is said in the same words.
package index

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/openapi/as30"
	"github.com/graphslice/graphslice/generator/internal/slice/inflate"
	"go.yaml.in/yaml/v4"
)

const (
	// maxSize is how large a document may be, in bytes, once it is uncompressed.
	maxSize = 256 << 20
	// maxWhole is how large, in bytes, an entry may be that is decoded, and a document that is not in block style and so must
	// be parsed as a whole.
	maxWhole = 8 << 20
	// maxDepth is how deeply mappings and lists may be nested.
	maxDepth = 200
	// maxEntries is how many entries a mapping may have that is indexed.
	maxEntries = 200_000
)

// Document is an OpenAPI document of which the places of the entries are known. It does not change once it is open.
type Document struct {
	name     string
	data     []byte
	isJSON   bool
	is31     bool // of OpenAPI 3.1, which is read in the terms of 3.0
	top      *group
	paths    *group
	sections *group            // of components
	groups   map[string]*group // the entries of each section
}

// Entry is an entry of the document itself, of its paths or of a section of its components.
type Entry struct {
	// Name is the key, such as "info", "/things/{thing-id}" or "microsoft.graph.thing".
	Name string
	// Line and Column are where the key begins. They count from 1, the column in characters.
	Line, Column int

	parent     string     // JSON pointer of the mapping that the entry is in
	start, end int        // bytes of the entry: for YAML its lines, for JSON from its key to the end of its value
	key, value *yaml.Node // of a document that was parsed as a whole
}

// Open finds the entries of a document of OpenAPI 3.0 or 3.1. name stands in the positions of messages. data is the content of
// the file and must not change as long as the document is in use. The document is nil if the list has errors.
func Open(name string, data []byte) (*Document, diag.List) {
	d := &Document{name: name, groups: map[string]*group{},
		top: newGroup(""), paths: newGroup("/paths"), sections: newGroup("/components")}
	data, err := inflate.Bytes(data, maxSize)
	if err != nil {
		return nil, diag.List{{Pos: diag.Pos{File: name}, Severity: diag.Error, Code: "unreadable-file", Message: err.Error()}}
	}
	d.data = bytes.TrimPrefix(data, []byte(byteOrderMark))
	if f := d.read(); f != nil {
		return nil, diag.List{d.diagnostic(f)}
	}
	return d, d.lostAtTop()
}

// Top returns the entries of the document itself, such as openapi, info and paths, in the order of the document.
func (d *Document) Top() []Entry { return d.top.entries }

// Paths returns the entries of paths in the order of the document.
func (d *Document) Paths() []Entry { return d.paths.entries }

// Sections returns the entries of components, such as schemas and responses, in the order of the document.
func (d *Document) Sections() []Entry { return d.sections.entries }

// Components returns the entries of a section of components in the order of the document.
func (d *Document) Components(section string) []Entry {
	if g := d.groups[section]; g != nil {
		return g.entries
	}
	return nil
}

// TopEntry returns an entry of the document itself.
func (d *Document) TopEntry(name string) (Entry, bool) { return d.top.find(name) }

// Path returns an entry of paths.
func (d *Document) Path(name string) (Entry, bool) { return d.paths.find(name) }

// Component returns an entry of a section of components.
func (d *Document) Component(section, name string) (Entry, bool) {
	if g := d.groups[section]; g != nil {
		return g.find(name)
	}
	return Entry{}, false
}

// Pos returns the position of an entry's key, for messages.
func (d *Document) Pos(e Entry) diag.Pos {
	return diag.Pos{File: d.name, Line: e.Line, Column: e.Column,
		Pointer: e.parent + "/" + strings.ReplaceAll(strings.ReplaceAll(e.Name, "~", "~0"), "/", "~1")}
}

// Node decodes the value of an entry. Its nodes have the lines and columns that they have in the document, no comments,
// no aliases, and no key twice; what OpenAPI 3.1 says is said in the terms of 3.0. The node is the caller's to change. It is nil if
// the list has errors.
func (d *Document) Node(e Entry) (*yaml.Node, diag.List) {
	_, value, diags := d.node(e)
	if diags == nil {
		diags = d.as30(e, value)
	}
	return value, diags
}

// node decodes the key and the value of an entry as they are.
func (d *Document) node(e Entry) (key, value *yaml.Node, diags diag.List) {
	key, value, f := d.decode(e)
	if f != nil {
		return nil, nil, diag.List{d.diagnostic(f)}
	}
	return key, value, nil
}

func (d *Document) decode(e Entry) (key, value *yaml.Node, f *fault) {
	switch {
	case e.value != nil:
		return clone(e.key), clone(e.value), nil
	case e.end-e.start > maxWhole:
		return nil, nil, &fault{line: e.Line, column: e.Column, code: "too-large",
			message: fmt.Sprintf("%q has %d MiB, too many to decode", e.Name, (e.end-e.start)>>20)}
	case d.isJSON:
		return decodeJSON(d.data, e)
	}
	return decodeYAML(d.data, e)
}

// read finds the entries.
func (d *Document) read() *fault {
	f := checkText(d.data)
	switch {
	case f != nil:
	case looksLikeJSON(d.data):
		d.isJSON = true
		f = d.readJSON()
	default:
		f = d.readYAML()
		if f != nil && f.code == codeNotBlock && len(d.data) <= maxWhole {
			f = d.readWhole()
		}
	}
	if f == nil {
		f = d.checkVersion()
	}
	return f
}

// checkVersion sees to it that the document is one of OpenAPI 3.0 or 3.1.
func (d *Document) checkVersion() *fault {
	const hint = "a whole document of OpenAPI 3.0 or 3.1 is read; it begins with \"openapi: 3.0.3\""
	e, ok := d.top.find("openapi")
	if old, isOld := d.top.find("swagger"); isOld {
		e, ok = old, true
	}
	if !ok {
		return &fault{code: "not-openapi", message: `this is not an OpenAPI document: it has no "openapi"`, hint: hint}
	}
	_, value, f := d.decode(e)
	if f == nil {
		d.is31 = e.Name == "openapi" && as30.Is(value.Value)
	}
	if f == nil && (e.Name == "swagger" || !d.is31 && !strings.HasPrefix(value.Value+".", "3.0.")) {
		f = &fault{line: e.Line, column: e.Column, code: "openapi-version",
			message: fmt.Sprintf("this is a document of OpenAPI %q", value.Value), hint: hint}
	}
	return f
}

// group is the entries of one mapping.
type group struct {
	pointer string
	entries []Entry
	index   map[string]int // by name
}

func newGroup(pointer string) *group { return &group{pointer: pointer, index: map[string]int{}} }

// add adds an entry; it is a fault if there is one of its name.
func (g *group) add(e Entry) *fault {
	if i, ok := g.index[e.Name]; ok {
		first := g.entries[i]
		return duplicate(e.Name, e.Line, e.Column, first.Line, first.Column)
	}
	if len(g.entries) == maxEntries {
		return &fault{line: e.Line, column: e.Column, code: "too-large",
			message: fmt.Sprintf("this mapping has more than %d entries", maxEntries)}
	}
	e.parent = g.pointer
	g.index[e.Name] = len(g.entries)
	g.entries = append(g.entries, e)
	return nil
}

func (g *group) find(name string) (Entry, bool) {
	if i, ok := g.index[name]; ok {
		return g.entries[i], true
	}
	return Entry{}, false
}
