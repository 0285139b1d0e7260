package emit

import (
	"cmp"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
)

// memory makes what a store offers at a place, if the slice says what stands there:
//
//	// Put gives the store entities, as if they had always been there.
//	func (r *SitesRequests) Put(entities ...*graph.Site) { putAll((*node)(r), entities) }
//
//	// Stored returns what the store has.
//	func (r *SitesRequests) Stored() []*graph.Site { return storedIn[*graph.Site]((*node)(r)) }
//
// where some may be of derived types
//
//	func (r *ZooAnimalsRequests) Put(entities ...graph.AnyAnimal) { putEach((*node)(r), entities) }
//
// and of a single one
//
//	// Put gives the store the entity, as if it had always been there.
//	func (r *SiteRequests) Put(entity *graph.Site) { put((*node)(r), entity) }
//
//	// Stored returns what the store has; nil if there is nothing.
//	func (r *SiteRequests) Stored() *graph.Site { return storedAt[*graph.Site]((*node)(r)) }
func (f *faker) memory(r *ir.Resource) []jen.Code {
	m, isCollection := f.entityAt(r)
	if m == nil {
		return nil
	}
	receiver, node := f.receiver(r)
	goType := f.one(m)
	arg, put, stored := jen.Id("entity"), "put", "storedAt"
	param, result := goType, goType.Clone()
	texts := []string{"Put gives the store the entity, as if it had always been there.", "Stored returns what the store has; nil if there is nothing."}
	if isCollection {
		arg, put, stored = jen.Id("entities"), "putAll", "storedIn"
		param, result = jen.Op("...").Add(goType), jen.Index().Add(goType.Clone())
		texts = []string{"Put gives the store entities, as if they had always been there.", "Stored returns what the store has."}
		if isInterface(m) {
			put = "putEach"
		}
	}
	codes := []jen.Code{
		comment(texts[0]).Line().Add(declareMethod(receiver, names.Put)).Params(arg.Clone().Add(param)).
			Add(oneLine(jen.Id(put).Call(node, arg))),
		comment(texts[1]).Line().Add(declareMethod(receiver, names.Stored)).Params().Add(result).
			Add(oneLine(jen.Return(jen.Id(stored).Index(goType.Clone()).Call(node.Clone())))),
	}
	if isCollection && slices.ContainsFunc(r.Operations, func(op *ir.Operation) bool { return op.Kind == ir.Create }) {
		codes = append(codes, rules(receiver, node, goType)...)
	}
	return codes
}

// rules makes what tells a store of a collection in which entities are created what the metadata does not say:
//
//	func (r *SitesRequests) Unique(same func(made, old *graph.Site) bool) {
//		unique((*node)(r), same)
//	}
//
//	func (r *SitesRequests) Fill(set func(made *graph.Site)) { fill((*node)(r), set) }
func rules(receiver jen.Code, node, goType *jen.Statement) []jen.Code {
	method := func(name names.Ident, text string, param *jen.Statement, arg string, helper string) jen.Code {
		return comment(text + " What it gets has its navigation properties, two levels deep; it must not use the store.").
			Line().Add(declareMethod(receiver, name)).Params(jen.Id(arg).Add(param)).
			Add(oneLine(jen.Id(helper).Call(node.Clone(), jen.Id(arg))))
	}
	return []jen.Code{
		method(names.Unique, "Unique says when two are the same: a call that would create what is there already is answered with that.",
			function(jen.List(jen.Id("made"), jen.Id("old")).Add(goType.Clone())).Bool(), "same", "unique"),
		method(names.Fill, "Fill says what the service gives to what a call creates: the function sets it.",
			function(jen.Id("made").Add(goType.Clone())), "set", "fill"),
	}
}

// entityAt is the entity type of what stands at a place, nil if the slice does not say.
func (f *faker) entityAt(r *ir.Resource) (m *ir.Model, isCollection bool) {
	if r.Segment.Kind == ir.Key {
		return asEntity(cmp.Or(answeredBy(r, ir.Get), f.models[r.Segment.KeyType])), false
	}
	if r.Segment.Kind != ir.Static {
		return nil, false
	}
	for _, c := range r.Children {
		if m := f.models[c.Segment.KeyType]; m != nil && c.Segment.Kind == ir.Key {
			return asEntity(m), true
		}
	}
	if m := answeredBy(r, ir.List); m != nil {
		return asEntity(m), true
	}
	return asEntity(answeredBy(r, ir.Get)), false
}

// answeredBy is the type of the objects that an operation of a kind answers with; nil if there is none.
func answeredBy(r *ir.Resource, kind ir.OperationKind) *ir.Model {
	for _, op := range r.Operations {
		if op.Kind != kind || op.Response == nil {
			continue
		}
		t := op.Response.Type
		if t.Kind == ir.Collection {
			t = t.Elem
		}
		return t.Model
	}
	return nil
}

// asEntity is m if it has a key, else nil.
func asEntity(m *ir.Model) *ir.Model {
	if m == nil {
		return nil
	}
	for of := range m.WithBases() {
		if slices.ContainsFunc(of.Properties, func(p *ir.Property) bool { return p.Key }) {
			return m
		}
	}
	return nil
}
