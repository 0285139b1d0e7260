package inspect

import (
	"cmp"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// Diagram is how the types of a package hang together, ready to be drawn. Types that derive from one that is declared
// somewhere are drawn with it, as one family: a value of any of them may stand where the base is declared. Another base,
// such as the root of all entities, is a family of its own, and what derives from it says so.
//
// Objects that are only the body of an operation are left out; what they hold counts as sent or answered.
type Diagram struct {
	// Title is that of the package, with the version of the API.
	Title string
	// Families are sorted by the name of their first type.
	Families []*Family
}

// Family is a type with those that derive from it.
type Family struct {
	// Members are the type itself, then those that derive from it: the ones that something refers to, then the
	// others, by name.
	Members []*Member
	// References are those of all members, in the order of Members; what several members have in common is there once.
	References []*Reference
}

// Member is one type of a family.
type Member struct {
	// Name is without "microsoft.graph.", Qualified with it.
	Name, Qualified string
	// Kind is as in Type.Kind.
	Kind string
	// Base is the short name of the base type, "" if there is none.
	Base string
	// Abstract: no value is of this very type. Called: an operation sends or answers it. Target: something refers to it.
	Abstract, Called, Target bool
	// Count is the number of properties, or of an enum's values.
	Count int
	// Family is the one that the member is of.
	Family *Family
}

// ReferenceKind is the closed set of what a reference is.
type ReferenceKind int

const (
	Value     ReferenceKind = iota // the value stands in the JSON of its owner
	Contained                      // a navigation property whose target lives below its owner
	Linked                         // any other navigation property
)

// Reference is a property whose type is another type of the diagram.
type Reference struct {
	Property string
	Kind     ReferenceKind
	// Multiplicity is 0..*, 0..1 or 1.
	Multiplicity string
	// Owners are the members that have the property: one, or several of a family.
	Owners []*Member
	Target *Member
}

// Diagram arranges the types. With enums, these are types of the diagram too.
func (s Subject) Diagram(enums bool) *Diagram {
	d := &drafter{Subject: s, members: map[any]*Member{}, diagram: &Diagram{Title: s.title()}}
	for _, m := range s.Package.Models {
		if family(m) == m && d.drawn(m) {
			d.family(m)
		}
	}
	if enums {
		for _, e := range s.Package.Enums {
			d.add(&Family{}, e, &Member{Name: short(s.Names.EnumName(e)), Qualified: s.Names.EnumName(e), Kind: enumKind, Count: len(e.Members)})
		}
	}
	for _, m := range s.Package.Models {
		d.references(m)
	}
	for _, op := range s.Package.Operations {
		d.called(op)
	}
	d.sort()
	return d.diagram
}

func (s Subject) title() string {
	if s.Package.Version == "" {
		return s.Package.Title
	}
	return s.Package.Title + " " + s.Package.Version
}

// family is the type that m is drawn with: the topmost base in whose place m may stand somewhere.
func family(m *ir.Model) *ir.Model {
	top := m
	for base := range m.Base.WithBases() {
		if base.Used && !onlyKey(base) {
			top = base
		}
	}
	return top
}

// onlyKey reports whether a type is the root of a hierarchy and has nothing but a key. That types derive from it says
// nothing about them, even where something is declared with it.
func onlyKey(m *ir.Model) bool {
	return m.Base == nil && len(m.Properties) > 0 && !slices.ContainsFunc(m.Properties, func(p *ir.Property) bool { return !p.Key })
}

// drafter makes one diagram.
type drafter struct {
	Subject
	diagram *Diagram
	// members are by *ir.Model and *ir.Enum.
	members map[any]*Member
}

// drawn reports whether the model is a type of the diagram: the body of an operation is not.
func (d *drafter) drawn(m *ir.Model) bool {
	for m.Inline != nil && m.Inline.Operation == nil {
		m = m.Inline.Parent
	}
	return m.Inline == nil
}

// add puts a new member into a family, and a new family into the diagram.
func (d *drafter) add(f *Family, node any, m *Member) {
	if len(f.Members) == 0 {
		d.diagram.Families = append(d.diagram.Families, f)
	}
	m.Family = f
	f.Members = append(f.Members, m)
	d.members[node] = m
}

// family adds the family of root.
func (d *drafter) family(root *ir.Model) {
	f := &Family{}
	var add func(m *ir.Model)
	add = func(m *ir.Model) {
		member := &Member{Name: short(d.Names.ModelName(m)), Qualified: d.Names.ModelName(m), Kind: kindOf(m), Abstract: m.Abstract, Count: len(m.Properties)}
		if m.Base != nil {
			member.Base = short(d.Names.ModelName(m.Base))
		}
		d.add(f, m, member)
		for _, derived := range m.Derived {
			if family(derived) == root {
				add(derived)
			}
		}
	}
	add(root)
}

// references adds the references of m to its family.
func (d *drafter) references(m *ir.Model) {
	owner := d.members[m]
	if owner == nil {
		return
	}
	for _, p := range m.Properties {
		var target *Member
		switch t := item(p.Type); t.Kind {
		case ir.ModelKind:
			target = d.members[t.Model]
		case ir.EnumKind:
			target = d.members[t.Enum]
		}
		if target != nil {
			target.Target = true
			r := &Reference{Property: p.Name, Kind: referenceKind(p), Multiplicity: multiplicity(p.Type), Owners: []*Member{owner}, Target: target}
			owner.Family.References = append(owner.Family.References, r)
		}
	}
}

func referenceKind(p *ir.Property) ReferenceKind {
	switch {
	case p.Navigation == nil:
		return Value
	case p.Navigation.Contained:
		return Contained
	}
	return Linked
}

func multiplicity(t *ir.Type) string {
	switch {
	case isMany(t):
		return "0..*"
	case t.Nullable:
		return "0..1"
	}
	return "1"
}

// called marks what an operation sends and answers.
func (d *drafter) called(op *ir.Operation) {
	for _, body := range []*ir.Body{op.Request, op.Response} {
		if body != nil {
			d.mark(body.Type)
		}
	}
}

// mark marks a type as sent or answered; of a body that is not drawn, what it holds.
func (d *drafter) mark(t *ir.Type) {
	m := item(t).Model
	switch member := d.members[m]; {
	case m == nil:
	case member != nil:
		member.Called = true
	case m.Inline != nil:
		for _, p := range m.Properties {
			d.mark(p.Type)
		}
	}
}

// sort puts everything into the order that Diagram and Family promise, which the order of the slice has no part in but
// for a type's own properties.
func (d *drafter) sort() {
	for _, f := range d.diagram.Families {
		slices.SortStableFunc(f.Members[1:], func(a, b *Member) int {
			return cmp.Or(cmp.Compare(btoi(b.Target), btoi(a.Target)), cmp.Compare(a.Qualified, b.Qualified))
		})
		rank := map[*Member]int{}
		for i, m := range f.Members {
			rank[m] = i
		}
		slices.SortStableFunc(f.References, func(a, b *Reference) int { return cmp.Compare(rank[a.Owners[0]], rank[b.Owners[0]]) })
		f.References = merged(f.References)
	}
	slices.SortStableFunc(d.diagram.Families, func(a, b *Family) int { return cmp.Compare(a.Members[0].Qualified, b.Members[0].Qualified) })
}

// merged makes one of the references that differ in their owner alone.
func merged(references []*Reference) []*Reference {
	type key struct {
		property, multiplicity string
		kind                   ReferenceKind
		target                 *Member
	}
	first := map[key]*Reference{}
	var kept []*Reference
	for _, r := range references {
		k := key{r.Property, r.Multiplicity, r.Kind, r.Target}
		if f := first[k]; f != nil {
			f.Owners = append(f.Owners, r.Owners...)
			continue
		}
		first[k] = r
		kept = append(kept, r)
	}
	return kept
}
