// Package slice cuts slices: OpenAPI documents that describe no more of an API than somebody uses, small enough to read and to
// commit. It cuts them from a whole OpenAPI document, from OData metadata, or from both: then operations are taken from the
// document and types from the metadata, which knows more of them. From metadata alone operations are derived. Types are followed
// no further than the operations send and receive them.
//
// Beside a type that a slice describes in full there are border types: where a navigation property leads out of the slice, its
// target is described by its key alone.
package slice

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice/derive"
	"github.com/graphslice/graphslice/generator/internal/slice/model"
	"github.com/graphslice/graphslice/generator/internal/slice/permissions"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// Config says what to cut. All paths are used as they are. Types are named with their namespace, or by their last part alone.
type Config struct {
	// OpenAPI is a whole OpenAPI document, YAML or JSON, a path or whatever Read can read; "" if there is none.
	OpenAPI string
	// Metadata are metadata documents that together describe the service, paths or whatever Read can read.
	Metadata []string
	// Read reads a source and uncompresses it; nil reads files, plain or gzipped.
	Read func(ctx context.Context, source string) ([]byte, diag.List)
	// Understood is what other cuts have read of the same sources; nil reads them.
	Understood *Understood
	// Notes are the paths of files with what metadata has no place for; see Notes. Later ones win.
	Notes []string
	// OnlyNotes: of descriptions, only those of the notes are taken.
	OnlyNotes bool
	// ServiceRoot is the URL that paths are relative to, such as "https://graph.microsoft.com/v1.0". Its last segment is the
	// version of the API. "" stands for what the sources tell: the document's first server, or the address of the metadata.
	ServiceRoot string
	// Parentheses: the service has its keys in parentheses, as in /people('{id}'), not in segments of their own. For operations
	// that are derived from metadata.
	Parentheses bool
	// Docs is where reference pages are found: a URL with {page} for the page that the notes name.
	Docs string
	// Files are the slices. A type that one of them describes in full is described in full in all.
	Files []File
	// Without are types that are left out although they derive from one that is sent or received; a * at the end stands for
	// any rest.
	Without []string
	// Follow are navigation properties whose targets are described in full, such as "microsoft.graph.chat/tabs" or "chat.tabs";
	// FollowBodies stands for the contained ones of everything that is sent.
	Follow []string
	// Types are types that are described in full even if no operation sends or receives them.
	Types []string
	// Properties are, for some types, the only properties to keep.
	Properties map[string][]string
	// Keep are properties, such as "user.department", that are among them in any case. A type here says nothing; see gen tidy.
	Keep []string
	// Permissions are tables of permissions, paths or whatever Read can read: see package permissions.
	Permissions []string
	// Clouds are other clouds that offer the service, each with metadata of its own.
	Clouds []Cloud
	// Positions are where the configuration says these things; those of flags have none.
	Positions map[Entry]diag.Pos
}

// File is one slice.
type File struct {
	// Out is the path to write it to; Cut only copies it into the result.
	Out string
	// Title is the title of the document; "" stands for TitleOf(Out).
	Title string
	// Stamp says what the slice is cut with; see Stamps. "" leaves it out.
	Stamp string
	// Include and Exclude select operations, see package pathglob.
	Include, Exclude []string
}

// Result is what Cut made.
type Result struct {
	// Documents has a document for each file of the configuration; nil if Diagnostics has errors.
	Documents   []*Document
	Diagnostics diag.List
	// Unused are the entries of the notes that this version of the API has no use for, sorted by position. Notes that several
	// slices share are only at fault where no slice uses them.
	Unused []Unused
	// Noted are the permissions of the notes for operations that the tables of permissions know.
	Noted []NotedPermissions
	// Unpermitted are the operations of which neither the tables of permissions nor the notes know anything; without tables none.
	Unpermitted []string
	// Lacks are notes of what sources of another kind would tell.
	Lacks diag.List
	// Types says what is in the slices, sorted by name.
	Types []TypeInfo
}

// Document is a slice: an OpenAPI 3.0 document.
type Document = tree.Document

// IsSlice reports whether a file was made by Render.
func IsSlice(data []byte) bool { return bytes.HasPrefix(data, []byte(tree.Header)) }

// TypeInfo is a type of the slices and why it is there.
type TypeInfo struct {
	Name string
	// Border: described by its key alone.
	Border bool
	// Because is what brought it in: the name of another type, a property, or an operation.
	Because string
	// EntitySet is where binds to it point, "" if nowhere.
	EntitySet string
}

// Cut makes the slices. Faults of the input are in Result.Diagnostics; an error is ctx's.
func Cut(ctx context.Context, cfg Config) (*Result, error) {
	result := &Result{}
	c := readSources(ctx, cfg, &result.Diagnostics)
	if err := ctx.Err(); err != nil || result.Diagnostics.HasErrors() {
		return result, err
	}
	return result, c.cut(ctx, result)
}

// cut makes the slices of what was read. The error is ctx's.
func (c *cutter) cut(ctx context.Context, result *Result) error {
	c.expandConfig()
	files := c.selectOperations()
	if !result.Diagnostics.HasErrors() {
		c.close(files)
	}
	if !result.Diagnostics.HasErrors() {
		result.Documents = c.documents(files)
		result.Types = c.typeInfos()
		result.Unused = c.unusedNotes()
		result.Noted, result.Unpermitted = c.noted, c.unpermitted
		result.Lacks = c.lacks(result.Documents)
	}
	result.Diagnostics = result.Diagnostics.Sorted()
	if result.Diagnostics.HasErrors() {
		result.Documents = nil
		result.Diagnostics = slices.DeleteFunc(result.Diagnostics, func(d diag.Diagnostic) bool { return d.Severity == diag.Note })
	}
	return ctx.Err()
}

// cutter holds what all steps of one cut share.
type cutter struct {
	cfg   Config
	doc   *csdl.Document
	notes *Notes
	binds *derive.Binds
	diags *diag.List

	// types are those of all sources; doc has the metadata's alone.
	types *model.Types
	// full and border are what the slices describe.
	full, border map[*model.Type]bool
	// declared are the types that some property, parameter or body is declared with; only their descendants matter.
	declared map[*model.Type]bool
	// bound are the types that some property binds to.
	bound map[*model.Type]bool
	// sent are the types of bodies.
	sent map[*model.Type]bool
	// because is what brought a type in, by its name.
	because map[string]string
	// others are components other than schemas whose references were followed, such as "#/components/responses/error".
	others map[string]bool

	// published is the OpenAPI document, nil if there is none.
	published *model.Document
	// known is what /** selects, for hints, once one was needed.
	known []*derive.Operation
	// stops are where a ** did not go on.
	stops []string

	// table says which permissions operations take; nil if none is configured.
	table       *permissions.Table
	noted       []NotedPermissions
	unpermitted []string
	clouds      []cloud
	walker      *derive.Walker      // see way
	byShort     map[string][]string // see namesOf
}

func newCutter(cfg Config, doc *csdl.Document, notes *Notes, published *model.Document, diags *diag.List) *cutter {
	set := func() map[*model.Type]bool { return map[*model.Type]bool{} }
	return &cutter{
		cfg: cfg, doc: doc, notes: notes, published: published, types: model.New(doc, published), diags: diags,
		binds: derive.NewBinds(doc, notes.entitySet), full: set(), border: set(), declared: set(), bound: set(), sent: set(),
		because: map[string]string{}, others: map[string]bool{},
	}
}

// version is the service root's last segment.
func (c *cutter) version() string {
	return c.cfg.ServiceRoot[strings.LastIndexByte(c.cfg.ServiceRoot, '/')+1:]
}

// fail reports a fault of the configuration as a whole, or of flags, which have no position here.
func (c *cutter) fail(code, hint, format string, args ...any) {
	c.failAt(Entry{}, code, hint, format, args...)
}

// failAt reports a fault of an entry of the configuration.
func (c *cutter) failAt(at Entry, code, hint, format string, args ...any) {
	c.diags.Add(diag.Diagnostic{Pos: c.cfg.Positions[at], Severity: diag.Error, Code: code, Message: fmt.Sprintf(format, args...), Hint: hint})
}

func (c *cutter) typeInfos() []TypeInfo {
	var infos []TypeInfo
	for t := range c.full {
		infos = append(infos, TypeInfo{Name: t.Name, Because: c.because[t.Name], EntitySet: c.bindTarget(t)})
	}
	for t := range c.border {
		infos = append(infos, TypeInfo{Name: t.Name, Border: true, Because: c.because[t.Name], EntitySet: c.bindTarget(t)})
	}
	slices.SortFunc(infos, func(a, b TypeInfo) int { return cmp.Compare(a.Name, b.Name) })
	return infos
}
