package api

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// models makes types, yet without properties.
func (k *keeper) models() {
	for _, e := range k.byKind[KindType] {
		if k.types.models[e.ID] != nil || k.isOtherKind(e) {
			continue
		}
		inline, wanted := k.inline(e)
		facts, ok := decodeKept[Type](k, e)
		if !wanted || !ok {
			continue
		}
		if name := k.takenTypeName(e, facts); name != "" {
			k.lost(e, "@odata.type calls another type %s now", name)
			continue
		}
		if facts.EntitySet != "" && !ir.IsEntitySet(facts.EntitySet) {
			k.lost(e, "%q is no entity set", facts.EntitySet)
			continue
		}
		m := &ir.Model{Inline: inline, GoName: e.Name, Doc: keptDoc(facts.Common), Pos: keptPos(e), Discriminator: facts.Discriminator,
			Used: facts.Any || facts.Pointer, Abstract: facts.Abstract, Open: facts.Open, Reference: facts.Reference, EntitySet: facts.EntitySet,
			InheritedKeys: facts.InheritedKeys, TypeNames: facts.TypeNames, LocalTime: facts.LocalTime, Upload: facts.Upload, Subscription: facts.Subscription}
		if inline == nil {
			m.Name = e.ID
		}
		k.types.models[e.ID], k.keptModels[m] = m, facts
		k.pkg.Models = append(k.pkg.Models, m)
	}
}

// enums makes enumerations, yet without members.
func (k *keeper) enums() {
	for _, e := range k.byKind[KindEnum] {
		if k.types.enums[e.ID] != nil || k.isOtherKind(e) {
			continue
		}
		inline, wanted := k.inline(e)
		facts, ok := decodeKept[Enum](k, e)
		if !wanted || !ok {
			continue
		}
		integer, _ := ir.KindOfEdm(facts.Integer) // Untyped if there is none
		if facts.Integer != "" && !isInteger(integer) {
			k.lost(e, "%q is no type of integers", facts.Integer)
			continue
		}
		enum := &ir.Enum{Inline: inline, GoName: e.Name, Doc: keptDoc(facts.Common), Pos: keptPos(e), Flags: facts.Flags, Integer: integer}
		if inline == nil {
			enum.Name = e.ID
		}
		k.types.enums[e.ID] = enum
		k.pkg.Enums = append(k.pkg.Enums, enum)
	}
}

// isOtherKind reports whether a type became an enum, or an enum a type: then the new form stays alone.
func (k *keeper) isOtherKind(e lock.Element) bool {
	if k.types.models[e.ID] == nil && k.types.enums[e.ID] == nil {
		return false
	}
	k.lost(e, "the API has something else of that name")
	return true
}

// inline is where an object or enum without a name stands; nil if it has one. It is wanted only where what it stands in is
// kept as well: what is still in the API has its new form.
func (k *keeper) inline(e lock.Element) (in *ir.Inline, wanted bool) {
	if call, role, ok := strings.Cut(e.ID, "#"); ok && !strings.Contains(role, "/") {
		op := k.operations[PlainPath(call)]
		in := &ir.Inline{Operation: op, Role: ir.Role(role)}
		_, kept := k.keptOperations[op]
		return in, kept && (in.Role == ir.RequestBody || in.Role == ir.ResponseBody)
	}
	i := strings.LastIndexByte(e.ID, '/')
	if i < 0 {
		return nil, true
	}
	parent := k.types.models[e.ID[:i]]
	if parent == nil || slices.ContainsFunc(parent.Properties, func(p *ir.Property) bool { return p.Name == e.ID[i+1:] }) {
		return nil, false
	}
	return &ir.Inline{Parent: parent, Property: e.ID[i+1:]}, true
}

// bases puts kept types below their bases. A type that loses its base is lost, and so are those derived from it.
func (k *keeper) bases() {
	for again := true; again; {
		again = false
		for _, e := range k.byKind[KindType] {
			m := k.types.models[e.ID]
			facts, kept := k.keptModels[m]
			if !kept || facts.Base == "" {
				continue
			}
			base := k.types.models[facts.Base]
			if base == nil || base.Is(m) {
				k.lost(e, "its base %s is not there any more", facts.Base)
				k.drop(m)
				again = true
				continue
			}
			m.Base = base
		}
	}
	for _, m := range k.pkg.Models {
		if _, kept := k.keptModels[m]; kept && m.Base != nil {
			m.Base.Derived = append(m.Base.Derived, m)
			slices.SortFunc(m.Base.Derived, func(a, b *ir.Model) int { return cmp.Compare(a.Name, b.Name) })
		}
	}
}

func (k *keeper) drop(m *ir.Model) {
	delete(k.types.models, m.ID())
	k.pkg.Models = slices.DeleteFunc(k.pkg.Models, func(other *ir.Model) bool { return other == m })
}

// properties adds what types do not have any more.
func (k *keeper) properties() {
	for _, e := range k.byKind[KindProperty] {
		i := strings.LastIndexByte(e.ID, '/')
		if i < 0 {
			continue
		}
		m, name := k.types.models[e.ID[:i]], e.ID[i+1:]
		if m == nil || m.Property(name) != nil {
			continue // gone with its type, or still there
		}
		if heir := heirWith(m, name); heir != nil {
			k.lost(e, "it is a property of %s now", heir.ID())
			continue
		}
		facts, ok := decodeKept[Property](k, e)
		if !ok {
			continue
		}
		t, err := k.types.read(facts.Type)
		if err == nil && facts.Binds != "" && !ir.IsEntitySet(facts.Binds) {
			err = fmt.Errorf("%q is no entity set", facts.Binds)
		}
		if err != nil {
			k.lost(e, "%v", err)
			continue
		}
		t.Nullable = facts.Nullable
		if t.Kind == ir.Collection {
			t.Elem.Nullable = facts.ItemsNullable
		}
		use(t)
		p := &ir.Property{Name: name, GoName: e.Name, Doc: keptDoc(facts.Common), Pos: keptPos(e), Type: t, Key: facts.Key,
			ReadOnly: facts.ReadOnly, MaxItems: facts.MaxItems}
		if facts.Navigation {
			p.Navigation = &ir.Navigation{Contained: facts.Contained, EntitySet: facts.Binds}
		}
		if facts.Constants != "" {
			p.Constants = &ir.Constants{Name: facts.Constants}
		}
		m.Properties = append(m.Properties, p)
	}
}

// use notes that something is declared with a type.
func use(t *ir.Type) {
	for ; t != nil; t = t.Elem {
		if t.Model != nil {
			t.Model.Used = true
		}
	}
}

// heirWith is a type below m that has the property, nil if none has.
func heirWith(m *ir.Model, name string) *ir.Model {
	for d := range m.WithDescendants() {
		if d != m && d.OwnProperty(name) != nil {
			return d
		}
	}
	return nil
}

// members adds values to enums: behind those that are in the API, in the order that they had.
func (k *keeper) members() {
	type ordered struct {
		order  int
		member ir.EnumMember
	}
	kept := map[*ir.Enum][]ordered{}
	for _, e := range k.byKind[KindMember] {
		i := strings.LastIndexByte(e.ID, '/')
		if i < 0 || k.types.enums[e.ID[:i]] == nil {
			continue
		}
		enum, name := k.types.enums[e.ID[:i]], e.ID[i+1:]
		facts, ok := decodeKept[Value](k, e)
		if isInteger(enum.Integer) && !isNumberOf(enum.Integer, name) {
			k.lost(e, "%s is an enumeration of %s now", enum.ID(), enum.Integer.Edm())
			continue
		}
		if !ok || slices.ContainsFunc(enum.Members, func(m ir.EnumMember) bool { return m.Name == name }) {
			continue
		}
		kept[enum] = append(kept[enum], ordered{facts.Order, ir.EnumMember{Name: name, GoName: e.Name, Doc: keptDoc(facts.Common), Pos: keptPos(e)}})
	}
	for enum, list := range kept {
		slices.SortStableFunc(list, func(a, b ordered) int { return cmp.Compare(a.order, b.order) })
		for _, o := range list {
			enum.Members = append(enum.Members, o.member)
		}
	}
}

// isNumberOf reports whether text is a number of the kind, in the one form that such a value has.
func isNumberOf(kind ir.Kind, text string) bool {
	bits := map[ir.Kind]int{ir.Uint8: 9, ir.Int8: 8, ir.Int16: 16, ir.Int32: 32, ir.Int64: 64}
	n, err := strconv.ParseInt(text, 10, bits[kind])
	return err == nil && strconv.FormatInt(n, 10) == text && (n >= 0 || kind != ir.Uint8)
}

// isInteger reports whether the kind is one of whole numbers.
func isInteger(kind ir.Kind) bool { return ir.Uint8 <= kind && kind <= ir.Int64 }

// constants adds well-known values: to a property that has others of that name, or that had them.
func (k *keeper) constants() {
	groups := map[string]*ir.Constants{}
	have := map[string]bool{}
	for _, m := range k.pkg.Models {
		for _, p := range m.Properties {
			if p.Constants == nil {
				continue
			}
			if groups[p.Constants.Name] == nil {
				groups[p.Constants.Name] = p.Constants
			}
			for i := range p.Constants.Values {
				have[p.Constants.ValueID(i)] = true
			}
		}
	}
	for _, e := range k.byKind[KindConstant] {
		group, value, ok := strings.Cut(e.ID, "/")
		if !ok || have[e.ID] {
			continue
		}
		facts, ok := decodeKept[Value](k, e)
		if !ok {
			continue
		}
		if groups[group] == nil {
			groups[group] = k.homeOf(group)
		}
		if groups[group] == nil {
			k.lost(e, "the property that it was a value of is not there any more")
			continue
		}
		groups[group].Values = append(groups[group].Values,
			ir.EnumMember{Name: value, GoName: e.Name, Doc: keptDoc(facts.Common), Pos: keptPos(e)})
	}
}

// homeOf makes the first property that had constants of that name have them again.
func (k *keeper) homeOf(group string) *ir.Constants {
	for _, e := range k.byKind[KindProperty] {
		facts, err := Decode[Property](e)
		i := strings.LastIndexByte(e.ID, '/')
		if err != nil || i < 0 || facts.Constants != group || k.types.models[e.ID[:i]] == nil {
			continue
		}
		for _, p := range k.types.models[e.ID[:i]].Properties {
			if p.Name == e.ID[i+1:] && p.Constants == nil {
				p.Constants = &ir.Constants{Name: group}
				return p.Constants
			}
		}
	}
	return nil
}
