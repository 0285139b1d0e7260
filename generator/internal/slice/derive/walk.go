package derive

import (
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// Walker follows paths through metadata.
type Walker struct {
	doc   *csdl.Document
	roots map[string]*csdl.Source
	calls map[string]bool              // the actions and functions below the service root
	bound map[string][]*csdl.Operation // by name without namespace
}

func NewWalker(doc *csdl.Document) *Walker {
	w := &Walker{doc: doc, roots: map[string]*csdl.Source{}, calls: map[string]bool{}, bound: map[string][]*csdl.Operation{}}
	for _, s := range slices.Concat(doc.EntitySets, doc.Singletons) {
		w.roots[s.Name] = s
	}
	for _, i := range doc.Imports {
		w.calls[i.Name] = true
	}
	for _, o := range doc.Operations {
		if o.Bound {
			w.bound[o.ShortName()] = append(w.bound[o.ShortName()], o)
		}
	}
	return w
}

// reached is how far a path leads.
type reached int

const (
	unclear reached = iota // the path has something that is not understood here
	Exists
	Missing
)

// Walk follows a path: entity sets and singletons, keys, properties of the type or its bases, casts, bound actions and functions.
func (w *Walker) Walk(path string) reached {
	var at csdl.TypeRef
	for i, segment := range strings.Split(strings.TrimPrefix(path, "/"), "/") {
		next, result := w.root(segment)
		if i > 0 {
			next, result = w.step(at, segment)
		}
		if result != Exists {
			return result
		}
		at = next
	}
	return Exists
}

// root goes to what a path begins with. What a call that is bound to nothing answers is not looked at.
func (w *Walker) root(segment string) (csdl.TypeRef, reached) {
	name, _, hasKey := strings.Cut(segment, "(")
	source := w.roots[name]
	switch {
	case source != nil:
		return csdl.TypeRef{Name: source.Type.Name, Type: source.Type, Collection: !source.Singleton && !hasKey}, Exists
	case w.calls[name]:
		return csdl.TypeRef{}, Exists
	case hasKey || strings.ContainsAny(segment, ":.{"):
		return csdl.TypeRef{}, unclear
	}
	return csdl.TypeRef{}, Missing
}

// step goes one segment further.
func (w *Walker) step(at csdl.TypeRef, segment string) (csdl.TypeRef, reached) {
	name, arguments, isCall := strings.Cut(segment, "(")
	switch {
	case strings.HasPrefix(segment, "$"):
		return at, Exists
	case strings.Contains(name, ":"):
		return at, unclear
	case strings.HasPrefix(segment, "{"):
		at.Collection = false
		return at, Exists
	}
	if t := w.doc.Type(segment); t != nil {
		at.Name, at.Type = t.Name, t
		return at, Exists
	}
	if at.Type == nil {
		return at, unclear
	}
	if p := at.Type.Property(name); p != nil && !at.Collection {
		next := p.Type
		next.Collection = next.Collection && !isCall
		return next, Exists
	}
	return w.call(at, ir.ShortName(name), strings.TrimSuffix(arguments, ")"))
}

// Call goes on with what a bound action or function answers.
func (w *Walker) call(at csdl.TypeRef, name, arguments string) (csdl.TypeRef, reached) {
	for _, o := range w.bound[name] {
		on := o.Parameters[0].Type
		if on.Type == nil || !at.Type.Is(on.Type) || on.Collection != at.Collection || !takes(o, arguments) {
			continue
		}
		if o.Return == nil {
			return csdl.TypeRef{}, Exists
		}
		return *o.Return, Exists
	}
	return at, Missing
}

// takes reports whether an operation has all the arguments that a path writes and a function needs no others.
func takes(o *csdl.Operation, arguments string) bool {
	var names []string
	for argument := range strings.SplitSeq(arguments, ",") {
		if name, _, named := strings.Cut(argument, "="); named {
			names = append(names, strings.TrimSpace(name))
		}
	}
	known := 0
	for _, p := range o.Arguments() {
		given := slices.Contains(names, p.Name)
		if given {
			known++
		}
		if o.Function && !given && !p.Optional() {
			return false
		}
	}
	return known == len(names)
}
