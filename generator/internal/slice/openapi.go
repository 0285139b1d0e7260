package slice

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
	"github.com/graphslice/graphslice/generator/internal/slice/derive"
	"github.com/graphslice/graphslice/generator/internal/slice/fetch"
	"github.com/graphslice/graphslice/generator/internal/slice/index"
	"github.com/graphslice/graphslice/generator/internal/slice/model"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// readPublished opens the document; nil if there is none.
func readPublished(ctx context.Context, read reader, source string, diags *diag.List) *model.Document {
	if source == "" {
		return nil
	}
	data, found := read(ctx, source)
	*diags = append(*diags, found...)
	if found.HasErrors() {
		return nil
	}
	return model.Open(fetch.Name(source), data, diags)
}

// selectPublished takes the operations of the i-th file's set from the document.
func (c *cutter) selectPublished(i int, set pathglob.Set) []*operation {
	// Components are followed later, and not all that are referred to: see closeRef.
	where := func(p pathglob.Pattern) diag.Pos {
		return cmp.Or(c.cfg.Positions[fileEntry(i, includeList, p.String())], c.cfg.Positions[fileEntry(i, excludeList, p.String())])
	}
	pick := func() (*index.Selection, diag.List) {
		return c.published.Select(set, where, func(section string, _ index.Entry, value *yaml.Node) {
			if section != "" {
				value.Content = nil
			}
		})
	}
	selection, diags := pick()
	var folded []pathglob.Pattern
	if diags.HasErrors() { // perhaps since a pattern has other capitals than the document
		if set.Include, folded = pathglob.FoldUnmatched(set.Include, c.isPublished, c.isPublished); len(folded) > 0 {
			selection, diags = pick()
		}
	}
	*c.diags = append(*c.diags, diags...)
	if selection == nil {
		return nil
	}
	var operations []*operation
	for _, item := range selection.Paths {
		operations = append(operations, publishedOperations(item)...)
	}
	slices.SortFunc(operations, func(a, b *operation) int { return derive.Compare(a.Operation, b.Operation) })
	c.warnFolded(i, folded, operations)
	return operations
}

// isPublished reports whether a pattern matches a path of the document, whatever methods it names.
func (c *cutter) isPublished(p pathglob.Pattern) bool {
	path := p.AnyMethod()
	return slices.ContainsFunc(c.published.Paths(), func(e index.Entry) bool { return path.Match("", e.Name) })
}

// publishedOperations are the operations of a path item. What else it has are its parameters, and words.
func publishedOperations(item index.Item) []*operation {
	var operations []*operation
	var shared []*yaml.Node
	if n := model.Child(item.Value, tree.Parameters); n != nil {
		shared = n.Content
	}
	for i := 0; i+1 < len(item.Value.Content); i += 2 {
		if method := strings.ToUpper(item.Value.Content[i].Value); derive.MethodOrder(method) >= 0 {
			operations = append(operations, &operation{&derive.Operation{Method: method, Path: item.Name}, item.Value.Content[i+1], shared})
		}
	}
	return operations
}

// publishedOperation writes an operation of the document, with what the notes say of it.
func (c *cutter) publishedOperation(o *operation) *tree.Node {
	n := tree.NodeOf(o.published)
	notes := c.notes.operation(o.Method, o.Path)
	c.correctPublished(n, o, notes)
	n.Set("summary", tree.Optional(notes.Summary)).Set("description", tree.Optional(notes.Description)).Set("externalDocs", c.docs(notes.Docs))
	if body := rawBody(notes); body != nil {
		n.Set("requestBody", body)
	}
	permits := c.permits(o, notes)
	n.Set("security", permits.security)
	n.Set("x-ms-long-running-operation", tree.Present(notes.LongRunning))
	permits.extend(n)
	n.Set("x-graphslice-pause", tree.Optional(notes.Pause))
	return n.Set(notIn, c.operationNotIn(o))
}

// isPlainPage reports whether a schema of the document is a page with items, their number and a link to the next, and with nothing
// else.
func isPlainPage(t *model.Type) bool {
	for b := range t.WithBases() {
		for _, p := range b.Properties {
			if !slices.Contains([]string{"value", "@odata.nextLink", "@odata.count"}, p.Name) {
				return false
			}
		}
	}
	return true
}
