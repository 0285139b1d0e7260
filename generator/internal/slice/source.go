package slice

import (
	"context"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
	"github.com/graphslice/graphslice/generator/internal/slice/derive"
	"github.com/graphslice/graphslice/generator/internal/slice/index"
	"github.com/graphslice/graphslice/generator/internal/slice/model"
	"github.com/graphslice/graphslice/generator/internal/slice/permissions"
)

// Source is what slices are cut from, read once, so that one can try what they would be. Its methods must not run at the same time.
type Source struct {
	read *cutter
	// listed are the operations of an OpenAPI document, nil until asked for.
	listed []*operation
}

// Open reads everything that the configuration names. The source is nil if the list has errors; an error is ctx's.
func Open(ctx context.Context, cfg Config) (*Source, diag.List, error) {
	var diags diag.List
	c := readSources(ctx, cfg, &diags)
	if err := ctx.Err(); err != nil || diags.HasErrors() {
		return nil, diags.Sorted(), err
	}
	c.namesOf("") // for all cuts
	return &Source{read: c}, diags.Sorted(), nil
}

// begin begins a cut of other files, which follows other properties.
func (s *Source) begin(files []File, follow []string, diags *diag.List) *cutter {
	cfg := s.read.cfg
	cfg.Files, cfg.Follow = files, follow
	published := s.read.published
	if published != nil {
		published = &model.Document{Document: published.Document, Diags: diags}
	}
	c := newCutter(cfg, s.read.doc, s.read.notes, published, diags)
	c.table, c.clouds, c.walker, c.byShort = s.read.table, s.read.clouds, s.read.way(), s.read.byShort
	return c
}

// Cut makes slices of the source. The error is ctx's.
func (s *Source) Cut(ctx context.Context, files []File, follow []string) (*Result, error) {
	result := &Result{}
	return result, s.begin(files, follow, &result.Diagnostics).cut(ctx, result)
}

// Selected is an operation that patterns select.
type Selected struct{ Method, Path string }

// Select finds what patterns select together, by path and method, and where a ** of them does not go on. Patterns that cannot be
// read select nothing.
func (s *Source) Select(include, exclude []string) (selected []Selected, stops []string) {
	set := pathglob.Set{Include: readable(include), Exclude: readable(exclude)}
	if len(set.Include) == 0 {
		return nil, nil
	}
	operations, stops := s.operations(set)
	for _, o := range operations {
		selected = append(selected, Selected{o.Method, o.Path})
	}
	return selected, stops
}

func readable(texts []string) []pathglob.Pattern {
	var patterns []pathglob.Pattern
	for _, text := range texts {
		if p, err := pathglob.Parse(text); err == nil {
			patterns = append(patterns, p)
		}
	}
	return patterns
}

// operations are those of a set, by path and method, and where a ** does not go on.
func (s *Source) operations(set pathglob.Set) (selected []*operation, stops []string) {
	if s.read.published == nil {
		_, _, found := s.read.deriveFolded(set)
		for _, o := range found.Operations {
			selected = append(selected, &operation{Operation: o})
		}
		return selected, found.Stops
	}
	all := s.published()
	var paths []string
	for _, e := range s.read.published.Paths() {
		paths = append(paths, e.Name)
	}
	set = pathglob.Set{Include: pathglob.Among(set.Include, paths), Exclude: pathglob.Among(set.Exclude, paths)}
	set.Include, _ = pathglob.FoldUnmatched(set.Include, s.read.isPublished, s.read.isPublished)
	return slices.DeleteFunc(slices.Clone(all), func(o *operation) bool { return !set.Match(o.Method, o.Path) }), nil
}

// published are all operations of the document, by path and method. What is at fault in it is found when it is cut.
func (s *Source) published() []*operation {
	if s.listed != nil {
		return s.listed
	}
	for _, e := range s.read.published.Paths() {
		value, diags := s.read.published.Node(e)
		if !diags.HasErrors() {
			s.listed = append(s.listed, publishedOperations(index.Item{Entry: e, Value: value})...)
		}
	}
	slices.SortFunc(s.listed, func(a, b *operation) int { return derive.Compare(a.Operation, b.Operation) })
	return s.listed
}

// Listed is an operation that can be cut, with what there is to say of it before it is.
type Listed struct {
	Selected
	Summary, Description string
	Accepts              ir.Permissions
	// NotIn are the clouds that lack it.
	NotIn []string
}

// List lists what patterns select, by path and method, and where a ** of them does not go on.
func (s *Source) List(include []string) (all []Listed, stops []string) {
	operations, stops := s.operations(pathglob.Set{Include: readable(include)})
	var ignored diag.List
	c := s.begin(nil, nil, &ignored)
	for _, o := range operations {
		all = append(all, c.list(o))
	}
	return all, stops
}

// list says what there is to say of an operation.
func (c *cutter) list(o *operation) Listed {
	notes := c.notes.operation(o.Method, o.Path)
	l := Listed{Selected: Selected{o.Method, o.Path}, Accepts: c.accepts(o, notes), NotIn: c.operationNotIn(o).Texts()}
	if o.published == nil {
		l.Summary, l.Description = c.operationWords(o, notes)
		return l
	}
	text := func(key, noted string) string {
		if noted != "" {
			return noted
		}
		return model.Text(model.Child(o.published, key))
	}
	l.Summary, l.Description = text("summary", notes.Summary), text("description", notes.Description)
	return l
}

// accepts is what an operation takes.
func (c *cutter) accepts(o *operation, notes operationNotes) ir.Permissions {
	rule, known := c.rule(o, notes)
	grants := func(g permissions.Grants) ir.Grants { return ir.Grants{Least: g.Least, Other: g.Other} }
	return ir.Permissions{Delegated: grants(rule.Delegated), Personal: grants(rule.Personal), Application: grants(rule.Application),
		Resource: grants(rule.ResourceSpecific), Complete: known, From: rule.From}
}

// Permissions are the tables that the source was read with, nil without any.
func (s *Source) Permissions() *permissions.Table { return s.read.table }

// Clouds are the names of the clouds that the source is compared with.
func (s *Source) Clouds() []string {
	var names []string
	for _, cloud := range s.read.clouds {
		names = append(names, cloud.Name)
	}
	return names
}
