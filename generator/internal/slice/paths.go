package slice

import (
	"cmp"
	"context"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/service"
	"github.com/graphslice/graphslice/generator/internal/slice/derive"
	"github.com/graphslice/graphslice/generator/internal/slice/model"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// PathList is what the sources of a configuration can be cut to.
type PathList struct {
	// Operations are sorted by path and method, each once.
	Operations []PathInfo
	// Stops are the paths where a ** does not go on although something lies behind; with /** after it, each is a pattern.
	Stops []string
	// Diagnostics are what was found at fault; Operations are empty if there are errors.
	Diagnostics diag.List
}

// PathInfo is one operation.
type PathInfo struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	// Kind is what it does: list, create, get, update, delete, count, action, function, getContent, setContent, listRef, addRef,
	// getRef, setRef or removeRef; "" for an operation of an OpenAPI document.
	Kind    string `json:"kind,omitempty"`
	Summary string `json:"summary"`
	// Delegated and Application are the least permissions that the notes know.
	Delegated   []string `json:"delegated,omitempty"`
	Application []string `json:"application,omitempty"`
	// Pattern selects this operation alone: it can be written as an include.
	Pattern string `json:"pattern"`
}

// Paths lists the operations that the include patterns of the configuration's files select, without any of them all that the
// sources have, as far as "/**" goes. Faults of the input are in the list's diagnostics; an error is ctx's.
func Paths(ctx context.Context, cfg Config) (*PathList, error) {
	list := &PathList{}
	if len(cfg.Files) == 0 {
		cfg.Files = []File{{}}
	}
	c := readSources(ctx, cfg, &list.Diagnostics)
	if err := ctx.Err(); err != nil || list.Diagnostics.HasErrors() {
		return list, err
	}
	for _, operations := range c.selectOperations() {
		for _, o := range operations {
			list.Operations = append(list.Operations, c.pathInfo(o))
		}
	}
	slices.SortStableFunc(list.Operations, func(a, b PathInfo) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(derive.MethodOrder(a.Method), derive.MethodOrder(b.Method)))
	})
	list.Operations = slices.CompactFunc(list.Operations, func(a, b PathInfo) bool { return a.Pattern == b.Pattern })
	list.Stops = c.stops
	list.Diagnostics = list.Diagnostics.Sorted()
	if list.Diagnostics.HasErrors() {
		list.Operations = nil
	}
	return list, ctx.Err()
}

// pathInfo describes an operation in short.
func (c *cutter) pathInfo(o *operation) PathInfo {
	notes := c.notes.operation(o.Method, o.Path)
	permits := c.permits(o, notes)
	info := PathInfo{
		Method: o.Method, Path: o.Path, Summary: notes.Summary,
		Delegated: leastOf(permits.security), Application: permits.application.Texts(), Pattern: o.Path + "#" + o.Method,
	}
	if o.published == nil {
		info.Kind, info.Summary = o.Kind.String(), cmp.Or(info.Summary, o.Summary())
		return info
	}
	info.Summary = cmp.Or(info.Summary, model.Text(model.Child(o.published, "summary")), model.Text(model.Child(o.published, "operationId")))
	return info
}

// leastOf are the permissions of the first alternative.
func leastOf(security *tree.Node) []string {
	if alternatives := security.Items(); len(alternatives) > 0 {
		return alternatives[0].Get(service.Graph.SecurityScheme).Texts()
	}
	return nil
}
