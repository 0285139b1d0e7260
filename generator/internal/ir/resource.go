package ir

import (
	"cmp"
	"maps"
	"regexp"
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

// Root is the resource of the first segment.
func (r *Resource) Root() *Resource {
	for r.Parent != nil {
		r = r.Parent
	}
	return r
}

// Path is the path of the resource as in the input, with its parameters' names.
func (r *Resource) Path() string {
	if r == nil {
		return ""
	}
	if r.Parent != nil && r.Parent.Segment.Kind == Address {
		return r.Parent.Path() + ":" + r.Segment.Text()
	}
	return r.Parent.Path() + r.Segment.Text()
}

// Forms are the forms in which a function is called by the operations at the resource and below it, each once, by their text.
func (r *Resource) Forms() []Segment {
	forms := map[string]Segment{}
	depth := r.Depth()
	var walk func(*Resource)
	walk = func(at *Resource) {
		for _, op := range at.Operations {
			form := op.Segments[depth]
			forms[form.Text()] = form
		}
		for _, c := range at.Children {
			walk(c)
		}
	}
	walk(r)
	return slices.SortedFunc(maps.Values(forms), func(a, b Segment) int { return cmp.Compare(a.Text(), b.Text()) })
}

// SameCall reports whether two operations at one resource are one to a user: they send and answer the same, and only the forms of
// the functions that their paths go through differ.
func (o *Operation) SameCall(other *Operation) bool {
	return o.SamePlace(other) && o.Request.sameType(other.Request) && o.Response.sameType(other.Response)
}

// sameType reports whether two bodies, or none, are of one type.
func (b *Body) sameType(other *Body) bool {
	if b == nil || other == nil {
		return b == other
	}
	return b.Wrapped == other.Wrapped && b.Type.same(other.Type)
}

// same reports whether two types are one in Go, where null is a matter of the value.
func (t *Type) same(other *Type) bool {
	if t == nil || other == nil {
		return t == other
	}
	return t.Kind == other.Kind && t.Enum == other.Enum && t.Model == other.Model && t.Elem.same(other.Elem)
}

// SamePlace reports whether two operations at one resource have the same method, and only the forms of the functions that their paths
// go through differ, as in range()/format and range(address='{address}')/format.
func (o *Operation) SamePlace(other *Operation) bool {
	if o.Method != other.Method || len(o.Segments) != len(other.Segments) {
		return false
	}
	for i, s := range o.Segments {
		if s.Kind != Function && s.Text() != other.Segments[i].Text() || s.identity() != other.Segments[i].identity() {
			return false
		}
	}
	return true
}

// PathOf is the path that the segments make.
func PathOf(segments []Segment) string { return PathWith(segments, Segment.Text) }

// PathWith is PathOf with a text of one's own for each segment.
func PathWith(segments []Segment, text func(Segment) string) string {
	var b strings.Builder
	for i, s := range segments {
		if i > 0 && segments[i-1].Kind == Address {
			b.WriteByte(':')
		}
		b.WriteString(text(s))
	}
	return b.String()
}

// Text is the segment as it stands in a path, with the slash in front where it has one.
func (s Segment) Text() string {
	if s.EndsInSlash() {
		s.Closed = false
		return s.Text() + "/"
	}
	switch {
	case s.Kind == Key && len(s.Keys) > 0:
		return "(" + argsText(s.Keys) + ")"
	case s.Kind == Key:
		return "/{" + s.Name + "}"
	case s.Kind == Function:
		return "/" + s.Name + "(" + argsText(s.Args) + ")"
	case s.Kind == Address && s.Closed:
		return ":/" + s.Name + ":"
	case s.Kind == Address:
		return ":/" + s.Name
	}
	return "/" + s.Name
}

// EndsInSlash reports whether the segment is the last of a path that ends in a slash.
func (s Segment) EndsInSlash() bool { return s.Closed && s.Kind != Address }

// IsOwnKey reports whether the segment is the key of one property by which the collection knows its entities, in either
// form: no alternate key, and no composite one.
func (s Segment) IsOwnKey() bool {
	return s.Kind == Key && (len(s.Keys) == 0 || len(s.Keys) == 1 && (s.Primary || s.Keys[0].Name == ""))
}

// Text is the argument as it stands in a path: name='{param}', name={param}, name='@param' or name=@param, or the value alone.
func (a Arg) Text() string {
	value := "{" + a.Param + "}"
	if a.Alias {
		value = "@" + a.Param
	}
	if a.Quoted {
		value = "'" + value + "'"
	}
	if a.Name == "" {
		return value
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
	s.Closed = false // that is a matter of the operation: with the colon or the slash and without it is one place
	c := &Resource{Segment: s, Parent: r}
	r.Children = append(r.Children, c)
	return c
}

// identity is what makes two segments one place. The names of parameters do not, nor do a function's arguments; the names
// of an alternate key's properties do.
func (s Segment) identity() string {
	kind := string(rune('a' + int(s.Kind)))
	switch s.Kind {
	case Template, Address:
		return kind + parameter.ReplaceAllString(s.Name, "{}")
	case Key:
		for _, k := range s.Keys {
			kind += "," + k.Name
		}
		return kind
	}
	return kind + s.Name
}

// parameter is one in the text of a segment.
var parameter = regexp.MustCompile(`\{[^{}]*\}`)

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
