package slice

import (
	"cmp"
	"slices"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/csdl"
	"github.com/graphslice/graphslice/generator/pathglob"
)

// operationKind is what an operation does.
type operationKind int

const (
	listKind operationKind = iota
	createKind
	getKind
	updateKind
	deleteKind
	countKind
	actionKind
	functionKind
	getContentKind // the bytes of a media entity or of a stream property
	setContentKind
	deleteContentKind
	listRefKind // $ref: the addresses of the targets
	addRefKind
	getRefKind
	setRefKind
	removeRefKind
	removeListedRefKind // the target stands in the query
)

// operation is one method on one path, derived from metadata.
type operation struct {
	method, path string
	kind         operationKind
	keys         []pathKey
	target       *csdl.Type // what is listed, read or written
	call         *csdl.Operation
	through      []*csdl.Parameter  // arguments of the functions that the path goes through
	about        []csdl.Annotations // where restrictions are found, the most specific first
	annotations  csdl.Annotations   // of the element that the path ends with

	// published is the operation in the OpenAPI document and shared are the parameters of its path; nil if it is derived, and
	// then all the rest is not there.
	published *yaml.Node
	shared    []*yaml.Node
}

// pathKey is a parameter of a path that selects an entity.
type pathKey struct {
	name     string // such as chat-id
	typ      *csdl.Type
	property *csdl.Property
	// own: the name alone does not tell the type, so the parameter is no component that others share.
	own bool
	// byPath: the value is a path of several segments.
	byPath bool
}

// derive returns the operations of the set that the metadata implies, by path and method. The rules are those that Graph's own
// OpenAPI documents are made by: every entity set, singleton and contained navigation property is a path with the operations
// that its capabilities allow; a navigation property that only refers to its target is a path to read it and $ref to change
// what it refers to; actions and functions stand where they are bound.
//
// That alone would make millions of paths. So none goes on through a reference, through an entity of a type that it went through
// before, or of a type that has an entity set of its own, unless a pattern writes out the property that leads there or the one
// that goes on: "/users/**" ends with "/users/{user-id}/chats/{chat-id}", "/users/{user-id}/chats/**" goes on. OData addresses
// what lies behind all the same.
func derive(doc *csdl.Document, set pathglob.Set, how derivation) *derived {
	d := &deriver{
		doc: doc, derivation: how, bound: map[string][]*csdl.Operation{}, taken: map[string]bool{}, sets: map[*csdl.Type]bool{},
		stopped: map[string]bool{}, derived: &derived{counts: make([]int, max(1, len(set.Include)))},
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
	sortOperations(d.operations)
	return d.derived
}

// derivation is what a service does in ways of its own.
type derivation struct {
	// parentheses: keys stand in parentheses, as in /people('{id}'), not in segments of their own.
	parentheses bool
	// byPath are the types whose entities are addressed by a path as well, as in /root:/{path}:/content.
	byPath []*csdl.Type
}

// derived is what derive found.
type derived struct {
	operations []*operation
	// counts are how many operations each include of the set selects.
	counts []int
	// stops are the paths where a ** does not go on although something lies behind, each once.
	stops []string
	// endless: the patterns lead to more places than anybody can mean, and not all were looked at.
	endless bool
}

// maxPlaces is how many places patterns may lead to, and maxWay how many navigation properties a ** goes down. All of Graph has
// some 20,000 places.
const (
	maxPlaces = 100_000
	maxWay    = 30
)

// sortOperations sorts by path and method.
func sortOperations(operations []*operation) {
	slices.SortFunc(operations, func(a, b *operation) int {
		return cmp.Or(cmp.Compare(a.path, b.path), cmp.Compare(methodOrder(a.method), methodOrder(b.method)))
	})
}

// methodOrder is the order of methods in a path item.
func methodOrder(method string) int {
	return slices.Index([]string{"GET", "POST", "PUT", "PATCH", "DELETE"}, method)
}
