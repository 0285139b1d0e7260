package csdl

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// An annotation says something about an element that is there without it. So one that cannot be understood ends nothing: it is
// left out, and a note says so.

// annotations reads an element that annotates something that is declared elsewhere.
func (r *reader) annotations(e element) {
	target := target{e.attr("Target"), r.annotated()}
	if target.name == "" {
		r.oddAnnotation(e.pos, "have no Target")
		return
	}
	r.outer = append(r.outer, target)
}

// annotated reads the rest of an element that has nothing but annotations in it.
func (r *reader) annotated() Annotations {
	var as Annotations
	r.edm(func(e element) {
		if e.Name.Local == "Annotation" {
			as = r.annotation(as, e)
		}
	})
	return as
}

// annotation reads one annotation and adds it. A term without a value is true. A qualifier makes it one of several that a reader
// may choose from; no reader of ours asks for one, so it stays a part of the term.
func (r *reader) annotation(as Annotations, e element) Annotations {
	a := Annotation{Term: e.attr("Term")}
	if qualifier := e.attr("Qualifier"); qualifier != "" {
		a.Term += "#" + qualifier
	}
	var ok bool
	a.Value, ok = r.valueOf(e)
	if !ok {
		a.Value.Text = "true"
	}
	dot := strings.LastIndexByte(a.Term, '.')
	if dot <= 0 {
		r.oddAnnotation(e.pos, "have no Term with a namespace")
		return as
	}
	r.terms.note(a.Term[:dot], e.pos)
	return append(as, a)
}

// oddities counts what is odd about annotations, by what it is, and remembers where it was first.
type oddities map[string]oddity

type oddity struct {
	count int
	first diag.Pos
}

func (o oddities) note(what string, pos diag.Pos) {
	at, ok := o[what]
	if !ok {
		at.first = pos
	}
	at.count++
	o[what] = at
}

func (r *reader) oddAnnotation(pos diag.Pos, what string) { r.odd.note(what, pos) }

// noteAnnotations tells of the annotations that are left out: each kind once, with their number.
func (r *reader) noteAnnotations() {
	note := func(at oddity, what string, hint string) {
		r.diags.Add(diag.Diagnostic{Pos: at.first, Severity: diag.Note, Code: "metadata-annotation",
			Message: fmt.Sprintf("annotations that %s are left out: %d, the first of them here", what, at.count), Hint: hint})
	}
	for _, what := range slices.Sorted(maps.Keys(r.odd)) {
		note(r.odd[what], what, "")
	}
	for _, namespace := range slices.Sorted(maps.Keys(r.terms)) {
		if _, known := r.namespaces[namespace]; known || strings.HasPrefix(namespace, "Org.OData.") {
			continue // OData's own vocabularies are used without a reference, too
		}
		note(r.terms[namespace], fmt.Sprintf("have a term of the unknown namespace or alias %q", namespace),
			"an <edmx:Include> of the metadata says what an alias stands for")
	}
}

// isConstant reports whether an attribute or element of that name holds a value as text.
func isConstant(name string) bool {
	switch name {
	case "String", "Bool", "Int", "Float", "Decimal", "Date", "DateTimeOffset", "Duration", "TimeOfDay", "Guid", "Binary",
		"EnumMember", "Path", "PropertyPath", "NavigationPropertyPath", "AnnotationPath", "ModelElementPath":
		return true
	}
	return false
}

// parts calls visit for each child of an annotation or of a part of one. Elements that are not OData's are left out.
func (r *reader) parts(visit func(element)) {
	r.children(func(e element) {
		if e.Name.Space != edmNamespace {
			r.oddAnnotation(e.pos, fmt.Sprintf("hold elements of the unknown namespace %q", e.Name.Space))
			return
		}
		visit(e)
	})
}

// valueOf reads the value that an annotation or a record's property holds: in an attribute, or in an element below it. It
// leaves the element.
func (r *reader) valueOf(e element) (value Value, ok bool) {
	for _, a := range e.Attr {
		if isConstant(a.Name.Local) {
			value.Text, ok = a.Value, true
		}
	}
	r.parts(func(e element) {
		if e.Name.Local != "Annotation" {
			value, ok = r.expression(e), true
		}
	})
	return value, ok
}

// expression reads a value that is written as an element. Dynamic expressions (If, Apply and the like) have no use here; they
// read as the zero Value.
func (r *reader) expression(e element) (value Value) {
	switch name := e.Name.Local; {
	case name == "Collection":
		r.parts(func(e element) { value.Items = append(value.Items, r.expression(e)) })
	case name == "Record":
		r.parts(func(e element) {
			if e.Name.Local == "PropertyValue" {
				r.propertyValue(&value, e)
			}
		})
	case isConstant(name):
		value.Text = r.content()
	}
	return value
}

// propertyValue reads a property of a record.
func (r *reader) propertyValue(record *Value, e element) {
	name := e.attr("Property")
	value, _ := r.valueOf(e)
	if name == "" {
		r.oddAnnotation(e.pos, "hold a PropertyValue without a Property")
		return
	}
	record.Fields = append(record.Fields, Field{name, value})
}

// attach moves the annotations that stand apart to what they are about. Those about anything else, such as a container as a
// whole or a declared term, have no use here.
func (r *reader) attach() {
	apart := map[string]Annotations{}
	for _, t := range r.outer {
		name := r.expandPath(t.name)
		apart[name] = append(apart[name], t.annotations...)
	}
	take := func(as *Annotations, names ...string) {
		for _, name := range names {
			*as = append(*as, apart[name]...)
		}
		r.expandTerms(*as)
		*as = merged(*as)
	}
	for _, t := range r.doc.Types {
		take(&t.Annotations, t.Name)
		for _, p := range t.Properties {
			take(&p.Annotations, p.Path())
		}
	}
	for _, e := range r.doc.Enums {
		take(&e.Annotations, e.Name)
		for _, m := range e.Members {
			take(&m.Annotations, e.Name+"/"+m.Name)
		}
	}
	for _, o := range r.doc.Operations { // without types of parameters all overloads are meant
		signature := o.Signature()
		take(&o.Annotations, o.Name, signature)
		take(&o.ReturnAnnotations, o.Name+"/$ReturnType", signature+"/$ReturnType")
		for _, p := range o.Parameters {
			take(&p.Annotations, o.Name+"/"+p.Name, signature+"/"+p.Name)
		}
	}
	for _, s := range slices.Concat(r.doc.EntitySets, r.doc.Singletons) {
		take(&s.Annotations, s.container+"/"+s.Name)
	}
	for _, i := range r.doc.Imports {
		take(&i.Annotations, i.container+"/"+i.Name)
	}
}

// expandTerms writes terms with their namespaces, and the names of operations and types where they are what a term is about.
func (r *reader) expandTerms(as Annotations) {
	for i := range as {
		as[i].Term = r.expandName(as[i].Term)
		switch as[i].Term {
		case "Org.OData.Core.V1.ExplicitOperationBindings", "Org.OData.Validation.V1.DerivedTypeConstraint":
			items := slices.Clone(as[i].Value.Items)
			for j := range items {
				items[j].Text = r.expandPath(items[j].Text)
			}
			as[i].Value.Items = items
		}
	}
}

// merged joins what is said more than once in one term, inside of an element and apart from it: of records each property, of
// collections all items. Otherwise the last counts.
func merged(as Annotations) Annotations {
	var all Annotations
	for _, a := range as {
		i := slices.IndexFunc(all, func(other Annotation) bool { return other.Term == a.Term })
		if i < 0 {
			all = append(all, a)
			continue
		}
		value := a.Value
		if len(value.Fields) > 0 {
			value = all[i].Value
			for _, f := range a.Value.Fields {
				value = value.WithField(f.Name, f.Value)
			}
		}
		value.Items = slices.Concat(all[i].Value.Items, a.Value.Items)
		all[i].Value = value
	}
	return all
}
