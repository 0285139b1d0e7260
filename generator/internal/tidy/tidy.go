// Package tidy finds out which patterns of a slice are enough for the operations that are used of it, and which properties of its
// types. It knows paths, methods and locks, and neither files nor code.
package tidy

import (
	"cmp"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
)

// Operation is an operation of a slice, such as GET /chats/{chat-id}.
type Operation struct{ Method, Path string }

// Key is the operation without the names of keys, by which operations are compared.
func (o Operation) Key() string { return o.Method + " " + api.PlainPath(o.Path) }

// KeyOf is Operation.Key for what a lock calls an operation.
func KeyOf(id string) string { return api.PlainPath(id) }

// Slice is a slice as it is.
type Slice struct {
	// Include are the patterns that may be narrowed, Keep those that stay and what they select with them.
	Include, Keep []string
	// Operations are those that it has.
	Operations []Operation
}

// Narrowing is what becomes of the patterns of a slice.
type Narrowing struct {
	// By are the patterns that come in the place of each: itself, others, or none.
	By map[string][]string
	// Gone are the operations that go.
	Gone []Operation
	// Empty: nothing would be left of the patterns.
	Empty bool
}

// Narrow narrows the patterns of a slice to the operations whose keys are used. A pattern of which everything is used stays as it
// is written. The error is that of a pattern that cannot be read.
func Narrow(s Slice, used map[string]bool) (Narrowing, error) {
	n := Narrowing{By: map[string][]string{}, Empty: true}
	covered := map[string]bool{} // by patterns before
	keep, err := pathglob.ParseAll(s.Keep)
	if err != nil {
		return n, err
	}
	isKept := func(op Operation) bool {
		return slices.ContainsFunc(keep, func(p pathglob.Pattern) bool { return p.Match(op.Method, op.Path) })
	}
	for _, text := range s.Include {
		pattern, err := pathglob.Parse(text)
		if err != nil {
			return n, err
		}
		if _, twice := n.By[text]; twice {
			continue
		}
		var wanted, needless []Operation
		for _, op := range s.Operations {
			switch {
			case !pattern.Match(op.Method, op.Path) || isKept(op):
			case used[op.Key()]:
				wanted = append(wanted, op)
			default:
				needless = append(needless, op)
			}
		}
		switch {
		case len(needless) == 0 && len(wanted) > 0:
			n.By[text] = []string{text}
		default:
			wanted = slices.DeleteFunc(wanted, func(op Operation) bool { return covered[op.Key()] })
			n.By[text] = patterns(wanted)
		}
		for _, op := range wanted {
			covered[op.Key()] = true
		}
		n.Empty = n.Empty && len(n.By[text]) == 0
	}
	for _, op := range s.Operations {
		if !used[op.Key()] && !isKept(op) {
			n.Gone = append(n.Gone, op)
		}
	}
	return n, nil
}

// patterns select operations and nothing else: one for each path, with its methods.
func patterns(operations []Operation) []string {
	var all []string
	slices.SortStableFunc(operations, func(a, b Operation) int { return strings.Compare(a.Path, b.Path) })
	for i := 0; i < len(operations); {
		path := operations[i].Path
		var methods []string
		for ; i < len(operations) && operations[i].Path == path; i++ {
			methods = append(methods, operations[i].Method)
		}
		slices.SortFunc(methods, func(a, b string) int { return cmp.Compare(slices.Index(order, a), slices.Index(order, b)) })
		all = append(all, path+"#"+strings.Join(methods, ","))
	}
	return all
}

// order is that in which methods are written.
var order = []string{"GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE"}

// Below finds an operation at or below a path, so that what leads there stays: the nearest, one that reads before others.
func Below(operations []Operation, path string) (Operation, bool) {
	path = api.PlainPath(path)
	var found []Operation
	for _, op := range operations {
		if plain := api.PlainPath(op.Path); plain == path || strings.HasPrefix(plain, path+"/") || strings.HasPrefix(plain, path+"(") {
			found = append(found, op)
		}
	}
	if len(found) == 0 {
		return Operation{}, false
	}
	return slices.MinFunc(found, func(a, b Operation) int {
		return cmp.Or(cmp.Compare(len(a.Path), len(b.Path)), cmp.Compare(slices.Index(order, a.Method), slices.Index(order, b.Method)),
			strings.Compare(a.Path, b.Path))
	}), true
}
