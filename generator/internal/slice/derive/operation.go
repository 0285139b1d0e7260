package derive

import (
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
)

var (
	countToken = pathglob.Token{Kind: pathglob.Meta, Text: "$count"}
	valueToken = pathglob.Token{Kind: pathglob.Meta, Text: "$value"}
	refToken   = pathglob.Token{Kind: pathglob.Meta, Text: "$ref"}
)

// add adds an operation at a place, unless it is not selected or there already.
func (d *deriver) add(p place, method string, kind Kind) *Operation {
	if d.taken[method+" "+p.path] || !p.walk.Match(method) {
		return &Operation{}
	}
	d.taken[method+" "+p.path] = true
	p.walk.Count(method, d.Counts)
	o := &Operation{
		Method: method, Path: p.path, Kind: kind, Keys: p.keys, Target: p.typ, Through: p.through,
		about: p.restrictions(), annotations: p.about[0],
	}
	d.Operations = append(d.Operations, o)
	return o
}

// asked adds an operation that the metadata does not forbid, but does not speak of: a pattern has to name its path and method.
func (d *deriver) asked(p place, method string, kind Kind) {
	p.walk = p.walk.Asked()
	d.add(p, method, kind)
}

// end goes to the last segment of a path, which is selected wherever the place before is.
func (p place) end(t pathglob.Token) place {
	p.path += "/" + t.Text
	p.walk = p.walk.Step(t)
	p.on = p.walk
	return p
}

// change adds an operation that changes an entity. Behind a reference an entity has its place elsewhere as a rule, and is changed
// there: so the operation has to be written out. But if its type has no entity set, there is no other place.
func (d *deriver) change(p place, method string, kind Kind) {
	if p.referenced && d.hasSet(p.typ) {
		p.walk = p.walk.Full()
	} else if p.referenced {
		p.walk = p.on
	}
	d.add(p, method, kind)
}

// hasSet reports whether entities of the type stand in an entity set.
func (d *deriver) hasSet(t *csdl.Type) bool {
	for b := range t.WithBases() {
		if d.sets[b] {
			return true
		}
	}
	return false
}

func (d *deriver) listOperations(p place) {
	if p.allows("ReadRestrictions", "Readable") {
		d.add(p, "GET", List)
	}
	if p.allows("CountRestrictions", "Countable") {
		d.add(p.end(countToken), "GET", Count)
	}
	if p.allows("InsertRestrictions", "Insertable") {
		d.change(p, "POST", Create)
	}
}

func (d *deriver) entityOperations(p place) {
	if p.allows("ReadRestrictions", "Readable") || p.deniesOnlyKeys() && p.walk.Full().Match("GET") {
		d.add(p, "GET", Get)
	}
	if p.allows("UpdateRestrictions", "Updatable") {
		for _, method := range p.updateMethods() {
			d.change(p, method, Update)
		}
		d.asked(p, "PUT", Update) // which creates an entity with a key of the caller's choice
		d.asked(p, "PATCH", Update)
	}
	if p.singleton && len(p.way) > 0 && p.allows("InsertRestrictions", "Insertable") {
		d.asked(p, "POST", Create)
	}
	if !(p.singleton && len(p.way) == 0) && p.allows("DeleteRestrictions", "Deletable") {
		d.change(p, "DELETE", Delete)
	}
}

// updateMethods are the methods that change what is at a place: PATCH, if the metadata does not say otherwise.
func (p place) updateMethods() []string {
	said := restriction(p.restrictions(), "UpdateRestrictions", "UpdateMethod")
	switch {
	case !strings.Contains(said, "/PUT"):
		return []string{"PATCH"}
	case strings.Contains(said, "/PATCH"):
		return []string{"PATCH", "PUT"}
	}
	return []string{"PUT"}
}

// content derives the operations on the bytes of a media entity and of stream properties. Where only a derived type has bytes,
// a pattern has to write them out.
func (d *deriver) content(p place) {
	value := p.end(valueToken)
	isMedia := isMedia(p.typ)
	switch {
	case isMedia:
		d.contentOperations(value)
	case value.walk.Alive() && slices.ContainsFunc(p.typ.Descendants(), func(t *csdl.Type) bool { return t.Media }):
		d.add(value.written(), "GET", GetContent)
	}
	for _, s := range p.typ.AllProperties() {
		if s.Type.IsOne(ir.Stream) {
			d.contentOperations(p.end(pathglob.Token{Text: s.Name}))
		}
	}
}

// isMedia reports whether the type or one of its bases is a stream of bytes as well.
func isMedia(t *csdl.Type) bool {
	for b := range t.WithBases() {
		if b.Media {
			return true
		}
	}
	return false
}

func (d *deriver) contentOperations(p place) {
	d.add(p, "GET", GetContent)
	d.add(p, "PUT", SetContent)
	d.add(p, "DELETE", DeleteContent)
}

// ref adds an operation on a reference. What is contained is referred to all the same by some services: there a pattern has to write
// $ref out.
func (d *deriver) ref(p place, method string, kind Kind) {
	at := p.end(refToken)
	if !p.referenced {
		at.walk = at.walk.Full()
	}
	d.add(at, method, kind)
}

func (d *deriver) collectionRefs(p place) {
	if !p.allows("NavigationRestrictions", "Referenceable") {
		return
	}
	d.ref(p, "GET", ListRef)
	d.ref(p, "POST", AddRef)
	if one, ok := d.one(p); ok {
		d.ref(one, "DELETE", RemoveRef)
	}
	all := p.end(refToken)
	all.walk = all.walk.Full()
	d.add(all, "DELETE", RemoveListedRef)
}

// calls derives the actions and functions that are bound to the type of a place or to one of its bases.
func (d *deriver) calls(p place, isCollection bool) {
	for t := range p.typ.WithBases() {
		on := csdl.TypeRef{Name: t.Name, Collection: isCollection}
		for _, o := range d.bound[on.String()] {
			if p.binds(o) {
				d.call(p, o)
			}
		}
	}
}

// Call derives an action or a function, and goes on from what a function answers.
func (d *deriver) call(p place, o *csdl.Operation) {
	token := pathglob.Token{Kind: pathglob.Call, Text: o.Name, Whole: p.typ.Property(o.ShortName()) != nil}
	callee := d.invoke(p, token, o)
	if !o.Function || !o.Composable || o.Return == nil || o.Return.Type == nil || !o.Return.Type.Entity {
		return
	}
	callee = callee.written()
	callee.typ, callee.about, callee.navigated = o.Return.Type, []csdl.Annotations{o.Annotations}, callee.path
	callee.referenced, callee.singleton, callee.way = false, true, append(slices.Clone(p.way), p.typ)
	if !o.Return.Collection && callee.allows("UpdateRestrictions", "Updatable") {
		d.asked(callee, "PATCH", Update)
	}
	if !callee.on.Below() || d.leaves(callee) {
		return
	}
	if !o.Return.Collection {
		d.content(callee)
		d.beyond(callee)
		d.casts(callee, false)
		return
	}
	d.add(callee.end(countToken), "GET", Count)
	d.calls(callee, true)
	d.casts(callee, true)
	d.byKey(callee)
}

// imported derives the calls of an action or a function that stands below the service root.
func (d *deriver) imported(root pathglob.Walk, i *csdl.Import) {
	for _, o := range i.Operations {
		p := place{about: []csdl.Annotations{i.Annotations}, walk: root, on: root}
		d.invoke(p, pathglob.Token{Kind: pathglob.Call, Text: i.Name}, o)
	}
}

// invoke derives an action or a function alone, and returns where it stands.
func (d *deriver) invoke(p place, token pathglob.Token, o *csdl.Operation) place {
	if !o.Function {
		callee := p.callee(token, o)
		d.add(callee, "POST", Action).Call = o
		return callee
	}
	arguments := p.arguments(o)
	token.Text += functionArguments(o, arguments)
	callee := p.callee(token, o)
	callee.through = slices.Concat(p.through, arguments)
	added := d.add(callee, "GET", Function)
	added.Call, added.Through = o, callee.through
	return callee
}

// callee is where an action or function of a place stands. Those of an entity that is only referred to stand behind it, but for
// what the reference itself names.
func (p place) callee(t pathglob.Token, o *csdl.Operation) place {
	if p.referenced && !namesOperation(p.about[0], o) {
		return p.down(t)
	}
	return p.end(t)
}

// arguments are the arguments of a function with names that the path does not have yet.
func (p place) arguments(o *csdl.Operation) []*csdl.Parameter {
	var arguments []*csdl.Parameter
	for _, a := range o.Arguments() {
		taken := func(name string) bool {
			return slices.ContainsFunc(p.keys, func(k Key) bool { return k.Name == name }) ||
				slices.ContainsFunc(p.through, func(t *csdl.Parameter) bool { return t.Name == name })
		}
		if name := unique(a.Name, taken); name != a.Name {
			renamed := *a
			renamed.Name = name
			a = &renamed
		}
		arguments = append(arguments, a)
	}
	return arguments
}
