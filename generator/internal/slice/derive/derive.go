// Package derive says what can be done with a service by its metadata alone: the operations that entity sets, singletons,
// navigation properties, actions and functions imply, what they take and answer, what is said of them, and where binds point. It
// knows nothing of notes and of OpenAPI.
package derive

import (
	"cmp"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
)

// Kind is what an operation does.
type Kind int

// What operations do.
const (
	List Kind = iota
	Create
	Get
	Update
	Delete
	Count
	Action
	Function
	GetContent // the bytes of a media entity or of a stream property
	SetContent
	DeleteContent
	ListRef // $ref: the addresses of the targets
	AddRef
	GetRef
	SetRef
	RemoveRef
	RemoveListedRef // the target stands in the query
	GetProperty     // one value: of a primitive type, an enumeration, or several of them
	SetProperty
	ClearProperty // which sets it to null
)

// Operation is one method on one path, derived from metadata.
type Operation struct {
	Method, Path string
	Kind         Kind
	Keys         []Key
	Target       *csdl.Type // what is listed, read or written
	Call         *csdl.Operation
	Property     *csdl.Property     // which is read or written by itself; nil for all other kinds
	Through      []*csdl.Parameter  // arguments of the functions that the path goes through
	about        []csdl.Annotations // where restrictions are found, the most specific first
	annotations  csdl.Annotations   // of the element that the path ends with
}

// Key is a parameter of a path that selects an entity.
type Key struct {
	Name     string // such as chat-id
	Type     *csdl.Type
	Property *csdl.Property
	// Own: the name alone does not tell the type, so the parameter is no component that others share.
	Own bool
	// ByPath: the value is a path of several segments.
	ByPath bool
}

// Operations returns the operations of the set that the metadata implies, by path and method. The rules are those that Graph's own
// OpenAPI documents are made by: every entity set, singleton and contained navigation property is a path with the operations
// that its capabilities allow; a navigation property that only refers to its target is a path to read it and $ref to change
// what it refers to; actions and functions stand where they are bound.
//
// That alone would make millions of paths. So none goes on through a reference, through an entity of a type that it went through
// before, or of a type that has an entity set of its own, unless a pattern writes out the property that leads there or the one
// that goes on: "/users/**" ends with "/users/{user-id}/chats/{chat-id}", "/users/{user-id}/chats/**" goes on. OData addresses
// what lies behind all the same.
func Operations(doc *csdl.Document, set pathglob.Set, how Options) *Result {
	d := &deriver{
		doc: doc, Options: how, bound: map[string][]*csdl.Operation{}, taken: map[string]bool{}, sets: map[*csdl.Type]bool{},
		stopped: map[string]bool{}, Result: &Result{Counts: make([]int, max(1, len(set.Include)))},
	}
	for _, o := range doc.Operations {
		if o.Bound {
			on := o.Parameters[0].Type.String()
			d.bound[on] = append(d.bound[on], o)
		}
	}
	for _, s := range doc.EntitySets {
		d.sets[s.Type] = true
	}
	root := set.Walk()
	for _, s := range slices.Concat(doc.EntitySets, doc.Singletons) {
		w := root.Step(pathglob.Token{Text: s.Name})
		p := place{path: "/" + s.Name, typ: s.Type, about: []csdl.Annotations{s.Annotations}, singleton: s.Singleton, walk: w, on: w}
		if s.Singleton {
			d.entity(p)
			continue
		}
		p.before, p.last = root, s.Name
		d.collection(p)
	}
	for _, i := range doc.Imports {
		d.imported(root, i)
	}
	slices.SortFunc(d.Operations, Compare)
	return d.Result
}

// Options is what a service does in ways of its own.
type Options struct {
	// Parentheses: keys stand in parentheses, as in /people('{id}'), not in segments of their own.
	Parentheses bool
	// ByPath are the types whose entities are addressed by a path as well, as in /root:/{path}:/content.
	ByPath []*csdl.Type
}

// Result is what Operations found.
type Result struct {
	Operations []*Operation
	// Counts are how many operations each include of the set selects.
	Counts []int
	// Stops are the paths where a ** does not go on although something lies behind, each once.
	Stops []string
	// Endless: the patterns lead to more places than anybody can mean, and not all were looked at.
	Endless bool
}

// MaxPlaces is how many places patterns may lead to, and maxWay how many navigation properties a ** goes down. All of Graph has
// some 20,000 places.
const (
	MaxPlaces = 100_000
	maxWay    = 30
)

// Compare orders by path and method.
func Compare(a, b *Operation) int {
	return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(MethodOrder(a.Method), MethodOrder(b.Method)))
}

// String is the kind in one word.
func (k Kind) String() string {
	return [...]string{"list", "create", "get", "update", "delete", "count", "action", "function", "getContent", "setContent", "deleteContent",
		"listRef", "addRef", "getRef", "setRef", "removeRef", "removeListedRef",
		"getProperty", "setProperty", "clearProperty"}[k]
}

// MethodOrder is the order of methods in a path item.
func MethodOrder(method string) int {
	return slices.Index([]string{"GET", "POST", "PUT", "PATCH", "DELETE"}, method)
}
