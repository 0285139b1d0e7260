package derive

import (
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
)

// place is what a path leads to while it is being made.
type place struct {
	path  string
	keys  []Key
	typ   *csdl.Type
	about []csdl.Annotations
	// way are the types that were gone through to get here; none at an entity set or a singleton.
	way []*csdl.Type
	// Through are the arguments of the functions that the path goes through.
	through []*csdl.Parameter
	// Walk are the patterns that may select something here, on those of them that go on from here: all, or those that have
	// written out the way, if paths end here for others.
	walk, on pathglob.Walk
	ends     bool
	// before are the patterns at the place before, and last is the name of the segment that led here from there.
	before pathglob.Walk
	last   string
	// navigated is the path up to the last navigation property.
	navigated string
	// referenced: at the end of a navigation property that does not contain its target.
	referenced bool
	singleton  bool
	// restricted is what the containers, the sets and types on the way, say of the path to here.
	restricted []csdl.Annotations
	containers []container
}

// down goes on to what a token leads to.
func (p place) down(t pathglob.Token) place {
	next := p
	next.path += "/" + t.Text
	next.walk = p.walk.Step(t)
	next.before, next.last = p.walk, t.Text
	if p.ends {
		next.walk = p.on.Step(t).With(next.walk.Named())
		next.before = p.on.With(p.walk.Named())
	}
	next.on, next.ends = next.walk, false
	return next
}

// at goes to one entity of a collection.
func (p place) at(t pathglob.Token, keys ...Key) place {
	if strings.HasPrefix(t.Text, "(") {
		p.path += t.Text
	} else {
		p.path += "/" + t.Text
	}
	p.keys = append(slices.Clone(p.keys), keys...)
	p.walk, p.on = p.walk.Step(t), p.on.Step(t)
	return p
}

// stop lets only those patterns go on that have written out the way to here.
func (p place) stop() place {
	p.on, p.ends = p.walk.Named(), true
	return p
}

// written keeps only the patterns that have written out the way to here.
func (p place) written() place {
	p.walk, p.on = p.walk.Named(), p.on.Named()
	return p
}

type deriver struct {
	doc *csdl.Document
	Options
	*Result
	bound map[string][]*csdl.Operation // by the type they are bound to, as metadata writes it
	sets  map[*csdl.Type]bool          // types that have an entity set
	taken map[string]bool              // operations that are there
	// stopped are the paths in stops.
	stopped map[string]bool
	places  int
}

// leaves reports whether there is nothing to look for at a place.
func (d *deriver) leaves(p place) bool {
	if !p.walk.Alive() {
		return true
	}
	if d.places++; d.places > MaxPlaces {
		d.Endless = true
	}
	return d.Endless
}

// collection derives what is done with a collection of entities, and goes on to one of them.
func (d *deriver) collection(p place) {
	if d.leaves(p) {
		return
	}
	d.listOperations(p)
	if p.referenced || len(p.way) > 0 && p.walk.Writes() {
		d.collectionRefs(p)
	}
	d.calls(p, true)
	d.casts(p, true)
	if p.allows("NavigationRestrictions", "IndexableByKey") {
		d.byKey(p)
	}
	d.byAlternateKeys(p)
}

// entity derives what is done with one entity, and goes on through its properties.
func (d *deriver) entity(p place) {
	if d.leaves(p) {
		return
	}
	d.entityOperations(p)
	d.content(p)
	d.beyond(p)
	d.casts(p, false)
}

// beyond derives what lies behind an entity or a complex value.
func (d *deriver) beyond(p place) {
	d.calls(p, false)
	below := false
	writes := p.walk.Writes()
	for _, n := range p.typ.AllProperties() {
		switch {
		case n.Navigation:
			below = true
			d.navigate(p, n)
		case n.Type.Type != nil:
			d.complex(p, n, writes)
		case writes:
			d.property(p, n)
		}
	}
	if below && p.ends && p.walk.Open() && !p.on.Open() && !d.stopped[p.navigated] {
		d.stopped[p.navigated] = true
		d.Stops = append(d.Stops, p.navigated)
	}
}

// navigate goes on through a navigation property.
func (d *deriver) navigate(p place, n *csdl.Property) {
	next := p.down(pathglob.Token{Text: n.Name})
	d.byPath(p, next, n.Name, n.Type)
	if !next.walk.Alive() {
		return
	}
	next.navigated, next.typ, next.way = next.path, n.Type.Type, append(slices.Clone(p.way), p.typ)
	next.about = []csdl.Annotations{n.Annotations}
	if !p.enter(&next, n) {
		return
	}
	next.referenced, next.singleton = !n.Contained, !n.Type.Collection
	if next.referenced || d.wasThere(next) || d.sets[next.typ] || len(next.way) == maxWay {
		next = next.stop()
	}
	if n.Type.Collection {
		d.collection(next)
		return
	}
	d.entity(next)
	if next.allows("NavigationRestrictions", "Referenceable") {
		d.ref(next, "GET", GetRef)
		d.ref(next, "PUT", SetRef)
		d.ref(next, "DELETE", RemoveRef)
	}
}

// wasThere reports whether the path went through an entity of that type before.
func (d *deriver) wasThere(p place) bool {
	return slices.ContainsFunc(p.way, func(t *csdl.Type) bool { return t.Is(p.typ) || p.typ.Is(t) })
}

// complex goes on to a property with parts of its own: where the metadata says that it can be read or changed by itself, or a
// pattern writes it out.
func (d *deriver) complex(p place, n *csdl.Property, writes bool) {
	about := []csdl.Annotations{n.Annotations}
	ownPath := restriction(about, "ReadRestrictions", "Readable") == "true" || restriction(about, "UpdateRestrictions", "Updatable") == "true"
	if n.Type.Collection || !ownPath && !writes {
		return
	}
	next := p.down(pathglob.Token{Text: n.Name})
	next.typ, next.way, next.about = n.Type.Type, append(slices.Clone(p.way), p.typ), about
	next.referenced, next.singleton = false, true
	if !ownPath || d.wasThere(next) {
		next = next.written()
	}
	if d.leaves(next) {
		return
	}
	if next.allows("ReadRestrictions", "Readable") {
		d.add(next, "GET", Get)
	}
	if next.allows("UpdateRestrictions", "Updatable") {
		for _, method := range next.updateMethods() {
			d.add(next, method, Update)
		}
	}
	for _, s := range next.typ.AllProperties() {
		if s.Type.IsOne(ir.Stream) {
			content := next.end(pathglob.Token{Text: s.Name})
			d.add(content, "GET", GetContent)
			d.asked(content, "PUT", SetContent)
		}
	}
	d.beyond(next)
}

// casts derives the paths that lead to the values of one derived type. The metadata names the types that are worth a path, or of
// a reference's target those are that have an entity set of their own. Others have a path if a pattern writes it.
func (d *deriver) casts(p place, isCollection bool) {
	types, constrained := d.constraint(p)
	writes := p.walk.Writes()
	if !constrained && !p.referenced && !writes {
		return
	}
	for _, t := range p.typ.Descendants() {
		usual := slices.Contains(types, t) || !constrained && p.referenced && d.sets[t]
		if !usual && !writes {
			continue
		}
		token := pathglob.Token{Kind: pathglob.Call, Text: t.Name, Whole: p.typ.Property(t.ShortName()) != nil}
		cast := p.at(token)
		if !usual {
			cast = cast.written()
		}
		cast.typ = t
		d.cast(cast, p, isCollection)
	}
}

// constraint returns the derived types that the metadata names for a place.
func (d *deriver) constraint(p place) (types []*csdl.Type, ok bool) {
	value, ok := p.about[0].Find("Org.OData.Validation.V1.DerivedTypeConstraint")
	for _, item := range value.Items {
		if t := d.doc.Type(item.Text); t != nil {
			types = append(types, t)
		}
	}
	return types, ok
}

// cast derives what is done with the values of a derived type. What they have from the type before stands there.
func (d *deriver) cast(cast, before place, isCollection bool) {
	if d.leaves(cast) {
		return
	}
	if isCollection {
		d.add(cast, "GET", List)
		d.add(cast.end(countToken), "GET", Count)
		if before.allows("InsertRestrictions", "Insertable") {
			d.asked(cast, "POST", Create)
		}
		if cast = cast.written(); cast.on.Below() {
			d.calls(cast, true)
			d.byKey(cast)
		}
		return
	}
	d.add(cast, "GET", Get)
	if before.allows("UpdateRestrictions", "Updatable") {
		d.asked(cast, "PATCH", Update)
	}
	if !before.singleton && before.allows("DeleteRestrictions", "Deletable") {
		d.asked(cast, "DELETE", Delete)
	}
	if own := cast.written(); own.on.Below() {
		d.content(own)
		d.beyond(own)
	}
	if cast.ends {
		return
	}
	for _, n := range cast.typ.AllProperties() {
		if n.Navigation && before.typ.Property(n.Name) == nil {
			d.navigate(cast, n)
		}
	}
}
