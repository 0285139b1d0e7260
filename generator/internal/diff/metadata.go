package diff

import (
	"fmt"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// Metadata lists what OData metadata declares, as elements without Go names, for Compare.
func Metadata(doc *csdl.Document) []lock.Element {
	w := &metadataWriter{doc: doc, sets: entitySets(doc), overloads: map[string]int{}}
	for _, t := range doc.Types {
		w.structured(t)
	}
	for _, e := range doc.Enums {
		w.add(api.KindEnum, e.Name, api.Enum{Flags: e.Flags, Common: metadataCommon(e.Annotations)})
		for i, m := range e.Members {
			w.add(api.KindMember, e.Name+"/"+m.Name, api.Value{Order: i, Common: metadataCommon(m.Annotations)})
		}
	}
	for _, sources := range [][]*csdl.Source{doc.EntitySets, doc.Singletons} {
		for _, s := range sources {
			w.add(api.KindPath, "/"+s.Name, api.Path{Type: sourceType(s), Common: metadataCommon(s.Annotations)})
		}
	}
	for _, op := range doc.Operations {
		w.operation(op)
	}
	slices.SortFunc(w.elements, lock.Element.Compare)
	return w.elements
}

type metadataWriter struct {
	doc      *csdl.Document
	sets     map[*csdl.Type]string
	elements []lock.Element
	// overloads counts the operations of one ID.
	overloads map[string]int
}

func (w *metadataWriter) add(kind, id string, facts any) {
	w.elements = append(w.elements, lock.Element{Kind: kind, ID: id, Facts: api.Encode(facts)})
}

// entitySets are the sets of each type, several of one type as one text.
func entitySets(doc *csdl.Document) map[*csdl.Type]string {
	sets := map[*csdl.Type]string{}
	for _, s := range doc.EntitySets {
		sets[s.Type] = strings.TrimPrefix(sets[s.Type]+","+s.Name, ",")
	}
	return sets
}

func sourceType(s *csdl.Source) string {
	switch {
	case s.Type == nil:
		return ""
	case s.Singleton:
		return s.Type.Name
	}
	return "Collection(" + s.Type.Name + ")"
}

func metadataCommon(as csdl.Annotations) api.Common {
	var c api.Common
	if d, ok := as.Deprecation(); ok {
		c.Deprecated = &api.Deprecation{Text: d.Description, Removal: d.Removal}
		if d.Description == "" {
			c.Deprecated.Text = "deprecated"
		}
	}
	c.Doc = api.DocHash(as.Text("Org.OData.Core.V1.Description"), as.Text("Org.OData.Core.V1.LongDescription"))
	return c
}

func (w *metadataWriter) structured(t *csdl.Type) {
	facts := api.Type{Abstract: t.Abstract, Open: t.Open, EntitySet: w.sets[t], Common: metadataCommon(t.Annotations)}
	if t.Base != nil {
		facts.Base = t.Base.Name
	}
	w.add(api.KindType, t.Name, facts)
	for _, p := range t.Properties {
		facts := api.Property{
			Type: p.Type.String(), Navigation: p.Navigation, Contained: p.Contained, Common: metadataCommon(p.Annotations),
			Key: slices.Contains(t.Key, p.Name),
		}
		if p.Type.Collection {
			facts.ItemsNullable = p.Nullable && !p.Navigation
		} else {
			facts.Nullable = p.Nullable
		}
		if p.Navigation && !p.Contained && p.Type.Type != nil {
			facts.Binds = w.sets[p.Type.Type]
		}
		w.add(api.KindProperty, t.Name+"/"+p.Name, facts)
	}
}

// operation lists one overload. Overloads of a function differ in their parameters, of an action in what it is bound to.
func (w *metadataWriter) operation(op *csdl.Operation) {
	id := op.Name
	if op.Bound && len(op.Parameters) > 0 {
		id = op.Parameters[0].Type.String() + " " + id
	}
	facts := api.Operation{Does: "action", Common: metadataCommon(op.Annotations)}
	var names []string
	if op.Function {
		facts.Does = "function"
		for _, p := range op.Arguments() {
			names = append(names, p.Name)
		}
	}
	id += "(" + strings.Join(names, ",") + ")"
	if w.overloads[id]++; w.overloads[id] > 1 { // their types alone tell them apart
		id += fmt.Sprintf(" #%d", w.overloads[id])
	}
	if op.Return != nil {
		facts.Response = &api.Body{Type: op.Return.String(), Nullable: op.ReturnNullable}
	}
	w.add(api.KindOperation, id, facts)
	for i, p := range op.Arguments() {
		w.add(api.KindParameter, id+"?"+p.Name, api.Parameter{
			Type: p.Type.String(), Nullable: p.Nullable, Required: !p.Optional() && !p.Nullable, Order: i, Common: metadataCommon(p.Annotations),
		})
	}
}
