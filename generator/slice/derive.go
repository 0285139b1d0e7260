package slice

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

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
	listRefKind // $ref: the addresses of the targets
	addRefKind
	getRefKind
	setRefKind
	removeRefKind
)

// operation is one method on one path, derived from metadata.
type operation struct {
	method, path string
	kind         operationKind
	keys         []pathKey
	target       *csdl.Type // what is listed, read or written
	call         *csdl.Operation
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
}

// place is what a path leads to while it is being made.
type place struct {
	path  string
	keys  []pathKey
	typ   *csdl.Type
	about []csdl.Annotations
	// way are the types that were gone through to get here; none at an entity set or a singleton.
	way []*csdl.Type
	// navigated is the path up to the last navigation property.
	navigated string
	// referenced: at the end of a navigation property that does not contain its target, from where paths do not go on.
	referenced bool
	singleton  bool
	// restricted is what the containers, the sets and types on the way, say of the path to here.
	restricted []csdl.Annotations
	containers []container
}

// derive returns the operations of the set that the metadata implies, by path and method. The rules are those that Graph's own
// OpenAPI documents are made by: every entity set, singleton and contained navigation property is a path with the operations
// that its capabilities allow; a navigation property that only refers to its target is a path to read it and $ref to change
// what it refers to; actions and functions stand where they are bound.
//
// Containment alone would make millions of paths. So none goes on through an entity of a type that it went through before, or
// of a type that has an entity set of its own, unless a pattern names the property that leads there or the one that goes on:
// "/users/**" ends with "/users/{user-id}/chats/{chat-id}", "/users/{user-id}/chats/**" goes on.
func derive(doc *csdl.Document, set pathglob.Set) []*operation {
	d := &deriver{doc: doc, set: set, bound: map[string][]*csdl.Operation{}, taken: map[string]bool{}, sets: map[*csdl.Type]bool{}}
	for _, o := range doc.Operations {
		if o.Bound {
			on := o.Parameters[0].Type.String()
			d.bound[on] = append(d.bound[on], o)
		}
	}
	for _, s := range doc.EntitySets {
		d.sets[s.Type] = true
	}
	for _, s := range doc.EntitySets {
		set := place{path: "/" + s.Name, typ: s.Type, about: []csdl.Annotations{s.Annotations}}
		d.collection(set)
		d.byAlternateKeys(set)
	}
	for _, s := range doc.Singletons {
		d.entity(place{path: "/" + s.Name, typ: s.Type, about: []csdl.Annotations{s.Annotations}, singleton: true})
	}
	sortOperations(d.operations)
	return d.operations
}

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

type deriver struct {
	doc        *csdl.Document
	set        pathglob.Set
	bound      map[string][]*csdl.Operation // by the type they are bound to, as metadata writes it
	sets       map[*csdl.Type]bool          // types that have an entity set
	taken      map[string]bool
	operations []*operation
}

// add adds an operation at a place, with a suffix to its path, unless it is not selected or there already.
func (d *deriver) add(p place, suffix, method string, kind operationKind) *operation {
	path := p.path + suffix
	if d.taken[method+" "+path] || !d.set.Match(method, path) {
		return &operation{}
	}
	d.taken[method+" "+path] = true
	o := &operation{method: method, path: path, kind: kind, keys: p.keys, target: p.typ, about: p.restrictions(), annotations: p.about[0]}
	d.operations = append(d.operations, o)
	return o
}

// collection derives what is done with a collection of entities, and goes on to one of them.
func (d *deriver) collection(p place) {
	if !d.set.MayMatchBelow(p.path) {
		return
	}
	if p.allows("ReadRestrictions", "Readable") {
		d.add(p, "", "GET", listKind)
	}
	if p.allows("CountRestrictions", "Countable") {
		d.add(p, "/$count", "GET", countKind)
	}
	if p.referenced {
		d.collectionRefs(p)
	} else {
		if p.allows("InsertRestrictions", "Insertable") {
			d.add(p, "", "POST", createKind)
		}
	}
	d.calls(p, true)
	d.casts(p, true)
	if !p.allows("NavigationRestrictions", "IndexableByKey") || strings.HasSuffix(restriction(p.about, "NavigationRestrictions", "Navigability"), "/Single") {
		return
	}
	d.byKey(p)
}

// byKey goes on to one entity of a collection.
func (d *deriver) byKey(p place) {
	keys := p.typ.Keys()
	if len(keys) != 1 { // Graph has no entity with a key of several properties
		return
	}
	one := p
	key := pathKey{typ: p.typ, property: p.typ.Property(keys[0])}
	key.name = uniqueKey(p.keys, p.typ.ShortName()+"-"+keys[0])
	one.keys = append(slices.Clone(p.keys), key)
	one.path += "/{" + key.name + "}"
	d.entity(one)
}

// byAlternateKeys derives what is done with one entity of an entity set that is found by another key.
func (d *deriver) byAlternateKeys(p place) {
	for _, alternate := range p.alternateKeys() {
		var arguments []string
		one := p
		for _, part := range alternate {
			arguments = append(arguments, fmt.Sprintf("%s='{%s}'", part.Alias, part.Alias))
			one.keys = append(one.keys, pathKey{part.Alias, p.typ, p.typ.Property(part.Property)})
		}
		one.path = p.path + "(" + strings.Join(arguments, ",") + ")"
		d.entityOperations(one)
	}
}

// uniqueKey numbers a path parameter whose name the path has already, as in {chatMessage-id}/replies/{chatMessage-id1}.
func uniqueKey(keys []pathKey, name string) string {
	unique := name
	for n := 1; slices.ContainsFunc(keys, func(k pathKey) bool { return k.name == unique }); n++ {
		unique = name + strconv.Itoa(n)
	}
	return unique
}

// entity derives what is done with one entity, and goes on through its navigation properties.
func (d *deriver) entity(p place) {
	if !d.set.MayMatchBelow(p.path) {
		return
	}
	d.entityOperations(p)
	d.content(p)
	if p.referenced {
		return
	}
	d.calls(p, false)
	ends := d.ends(p)
	for _, n := range p.typ.AllProperties() {
		if n.Navigation && (!ends || d.set.Names(p.path+"/"+n.Name)) {
			d.navigate(p, n)
		}
	}
}

// ends reports whether paths that name nothing further end with this entity.
func (d *deriver) ends(p place) bool {
	again := slices.ContainsFunc(p.way, func(t *csdl.Type) bool { return t.Is(p.typ) || p.typ.Is(t) })
	elsewhere := len(p.way) > 0 && d.sets[p.typ]
	return (again || elsewhere) && !d.set.Names(p.navigated)
}

func (d *deriver) entityOperations(p place) {
	if p.allows("ReadRestrictions", "Readable") || p.deniesOnlyKeys() && d.set.Names(p.path) {
		d.add(p, "", "GET", getKind)
	}
	if p.referenced {
		return
	}
	if p.allows("UpdateRestrictions", "Updatable") {
		method := "PATCH"
		if strings.HasSuffix(restriction(p.restrictions(), "UpdateRestrictions", "UpdateMethod"), "/PUT") {
			method = "PUT"
		}
		d.add(p, "", method, updateKind)
	}
	if !(p.singleton && len(p.way) == 0) && p.allows("DeleteRestrictions", "Deletable") {
		d.add(p, "", "DELETE", deleteKind)
	}
}

// content derives the operations on the bytes of a media entity and of stream properties.
func (d *deriver) content(p place) {
	isMedia := false
	for t := p.typ; t != nil; t = t.Base {
		isMedia = isMedia || t.Media
	}
	if isMedia {
		d.add(p, "/$value", "GET", getContentKind)
		d.add(p, "/$value", "PUT", setContentKind)
	}
	for _, s := range p.typ.AllProperties() {
		if s.Type.Name == "Edm.Stream" && !s.Type.Collection {
			d.add(p, "/"+s.Name, "GET", getContentKind)
			d.add(p, "/"+s.Name, "PUT", setContentKind)
		}
	}
}

// navigate goes on through a navigation property.
func (d *deriver) navigate(p place, n *csdl.Property) {
	next := place{
		path: p.path + "/" + n.Name, navigated: p.path + "/" + n.Name, keys: p.keys,
		typ: n.Type.Type, way: append(slices.Clone(p.way), p.typ),
		about: []csdl.Annotations{n.Annotations}, referenced: !n.Contained, singleton: !n.Type.Collection,
	}
	if !p.enter(&next, n) {
		return
	}
	if n.Type.Collection {
		d.collection(next)
		return
	}
	d.entity(next)
	if next.referenced {
		d.casts(next, false)
		if next.allows("NavigationRestrictions", "Referenceable") {
			d.add(next, "/$ref", "GET", getRefKind)
			d.add(next, "/$ref", "PUT", setRefKind)
			d.add(next, "/$ref", "DELETE", removeRefKind)
		}
	}
}

func (d *deriver) collectionRefs(p place) {
	if !p.allows("NavigationRestrictions", "Referenceable") {
		return
	}
	d.add(p, "/$ref", "GET", listRefKind)
	d.add(p, "/$ref", "POST", addRefKind)
	if keys := p.typ.Keys(); len(keys) == 1 {
		key := pathKey{uniqueKey(p.keys, p.typ.ShortName()+"-"+keys[0]), p.typ, p.typ.Property(keys[0])}
		one := p
		one.keys = append(slices.Clone(p.keys), key)
		d.add(one, "/{"+key.name+"}/$ref", "DELETE", removeRefKind)
	}
}

// casts derives the paths that read only the targets of one derived type. Of the derived types of a reference's target, those
// with an entity set of their own are worth a path.
func (d *deriver) casts(p place, isCollection bool) {
	if !p.referenced {
		return
	}
	for _, t := range p.typ.Descendants() {
		if !d.sets[t] {
			continue
		}
		cast := p
		cast.typ = t
		cast.path += "/" + t.Name
		if !isCollection {
			d.add(cast, "", "GET", getKind)
			continue
		}
		d.add(cast, "", "GET", listKind)
		d.add(cast, "/$count", "GET", countKind)
	}
}

// calls derives the actions and functions that are bound to the type of a place or to one of its bases.
func (d *deriver) calls(p place, isCollection bool) {
	for t := p.typ; t != nil; t = t.Base {
		on := csdl.TypeRef{Name: t.Name, Collection: isCollection}
		for _, o := range d.bound[on.String()] {
			if !p.binds(o) {
				continue
			}
			method, kind, suffix := "POST", actionKind, "/"+o.Name
			if o.Function {
				method, kind, suffix = "GET", functionKind, "/"+o.Name+functionArguments(o)
			}
			d.add(p, suffix, method, kind).call = o
		}
	}
}

// functionArguments writes the arguments of a function in a path: {name} for those that a call has to give, @name for those
// whose value goes into the query.
func functionArguments(o *csdl.Operation) string {
	var arguments []string
	for _, p := range o.Arguments() {
		value := "{" + p.Name + "}"
		if inQuery(p) {
			value = "@" + p.Name
		}
		if p.Type.Name == "Edm.String" || p.Type.Enum != nil {
			value = "'" + value + "'"
		}
		arguments = append(arguments, p.Name+"="+value)
	}
	return "(" + strings.Join(arguments, ",") + ")"
}

// inQuery reports whether an argument is given in the query: optional ones, and those that are no single value.
func inQuery(p *csdl.Parameter) bool { return p.Optional() || p.Type.Collection || p.Type.Type != nil }
