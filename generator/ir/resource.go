package ir

import (
	"cmp"
	"slices"
	"strings"
)

// Resource is a place that paths lead to: what a request builder stands for. The operations of a function's
// overloads are all at one resource, since they are one name to a user.
type Resource struct {
	// Segment is the last step; Parent is nil for a root.
	Segment Segment
	Parent  *Resource
	// Children are sorted by segment kind and name.
	Children []*Resource
	// Operations are the operations on this very path, sorted by method and path.
	Operations []*Operation
}

// Depth is the number of steps above the resource.
func (r *Resource) Depth() int {
	n := 0
	for p := r.Parent; p != nil; p = p.Parent {
		n++
	}
	return n
}

// Path is the path of the resource as in the input, with its parameters' names.
func (r *Resource) Path() string {
	if r == nil {
		return ""
	}
	return r.Parent.Path() + r.Segment.Text()
}

// Text is the segment as it stands in a path, with the slash in front where it has one.
func (s Segment) Text() string {
	switch {
	case s.Kind == Key && len(s.Keys) > 0:
		return "(" + argsText(s.Keys) + ")"
	case s.Kind == Key:
		return "/{" + s.Name + "}"
	case s.Kind == Function:
		return "/" + s.Name + "(" + argsText(s.Args) + ")"
	}
	return "/" + s.Name
}

// Text is the argument as it stands in a path: name='{param}', name={param}, name='@param' or name=@param.
func (a Arg) Text() string {
	value := "{" + a.Param + "}"
	if a.Alias {
		value = "@" + a.Param
	}
	if a.Quoted {
		value = "'" + value + "'"
	}
	return a.Name + "=" + value
}

func argsText(args []Arg) string {
	texts := make([]string, len(args))
	for i, a := range args {
		texts[i] = a.Text()
	}
	return strings.Join(texts, ",")
}

// Resources arranges operations in the tree that their paths make. The roots are sorted by name.
func Resources(ops []*Operation) []*Resource {
	top := &Resource{}
	for _, op := range ops {
		at := top
		for _, s := range op.Segments {
			at = at.child(s)
		}
		at.Operations = append(at.Operations, op)
	}
	top.sort()
	for _, r := range top.Children {
		r.Parent = nil
	}
	return top.Children
}

// child returns the child for s, made if there is none yet.
func (r *Resource) child(s Segment) *Resource {
	for _, c := range r.Children {
		if c.Segment.identity() == s.identity() {
			return c
		}
	}
	c := &Resource{Segment: s, Parent: r}
	r.Children = append(r.Children, c)
	return c
}

// identity is what makes two segments one place. The name of a key's parameter does not, nor do a function's
// arguments; the names of an alternate key's properties do.
func (s Segment) identity() string {
	kind := string(rune('a' + int(s.Kind)))
	if s.Kind != Key {
		return kind + s.Name
	}
	for _, k := range s.Keys {
		kind += "," + k.Name
	}
	return kind
}

func (r *Resource) sort() {
	slices.SortFunc(r.Children, func(a, b *Resource) int {
		return cmp.Compare(a.Segment.identity(), b.Segment.identity())
	})
	slices.SortFunc(r.Operations, func(a, b *Operation) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
	for _, c := range r.Children {
		c.sort()
	}
}
