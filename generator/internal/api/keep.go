package api

import (
	"cmp"
	"fmt"
	"go/token"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// keptReason is why a kept node is deprecated.
const keptReason = "removed from the API; it will be gone with the next generation."

// Keep adds to the package what it does not have of the elements, rebuilt from their facts and marked as kept: what the API
// dropped. What the package has stays as it is, in its new form. Names are those of the elements. What cannot be
// rebuilt is a warning.
func Keep(pkg *ir.Package, elements []lock.Element) diag.List {
	if len(elements) == 0 {
		return nil
	}
	k := newKeeper(pkg, elements)
	k.calls()
	k.models()
	k.bases()
	k.enums()
	k.properties()
	k.marks()
	k.members()
	k.bodies()
	k.constants()
	k.sort()
	return k.diags
}

// keeper rebuilds nodes. What is built first is what others refer to.
type keeper struct {
	pkg        *ir.Package
	types      types
	operations map[string]*ir.Operation // by ID without the names of path parameters
	byKind     map[string][]lock.Element
	// kept are the nodes that were rebuilt, with their elements.
	keptModels     map[*ir.Model]Type
	keptOperations map[*ir.Operation]Operation
	diags          diag.List
}

func newKeeper(pkg *ir.Package, elements []lock.Element) *keeper {
	k := &keeper{
		pkg: pkg, types: types{map[string]*ir.Model{}, map[string]*ir.Enum{}}, operations: map[string]*ir.Operation{},
		byKind: map[string][]lock.Element{}, keptModels: map[*ir.Model]Type{}, keptOperations: map[*ir.Operation]Operation{},
	}
	for _, m := range pkg.Models {
		k.types.models[m.ID()] = m
	}
	for _, e := range pkg.Enums {
		k.types.enums[e.ID()] = e
	}
	for _, op := range pkg.Operations {
		k.operations[PlainPath(op.Key())] = op
	}
	for _, e := range elements {
		if e.Kind == KindService {
			continue // there is another one, or this
		}
		if e.Kind != KindPath && !(token.IsIdentifier(e.Name) && token.IsExported(e.Name)) {
			k.lost(e, "%q is no exported Go name", e.Name)
			continue
		}
		k.byKind[e.Kind] = append(k.byKind[e.Kind], e)
	}
	return k
}

// keptPos is the place of an element that is kept: the lock has it.
func keptPos(e lock.Element) diag.Pos { return diag.Pos{File: lock.Name, Pointer: e.Kind + " " + e.ID} }

// lost says that an element cannot be kept.
func (k *keeper) lost(e lock.Element, why string, args ...any) {
	k.diags = append(k.diags, Lost(e, fmt.Sprintf(why, args...)))
}

// Lost is the warning that an element cannot be kept.
func Lost(e lock.Element, why string) diag.Diagnostic {
	return diag.Diagnostic{
		Pos: keptPos(e), Severity: diag.Warning, Code: "not-kept", Message: fmt.Sprintf("%s %s cannot be kept: %s", e.Kind, e.ID, why),
		Hint: "code that uses " + e.Name + " has to change now",
	}
}

// keptDoc is what is said of a kept node. A reason that its deprecation had already stays: it often says what replaces it.
func keptDoc(c Common) ir.Doc {
	doc := ir.Doc{Kept: true, Deprecated: keptReason}
	if c.Deprecated == nil {
		return doc
	}
	switch doc.Removal = c.Deprecated.Removal; {
	case c.Kept:
		doc.Deprecated = c.Deprecated.Text
	case c.Deprecated.Text != "deprecated":
		doc.Deprecated += " " + c.Deprecated.Text
		doc.Removal = "" // it came
	default:
		doc.Removal = ""
	}
	return doc
}

// decodeKept reads facts; faults are warnings.
func decodeKept[F any](k *keeper, e lock.Element) (F, bool) {
	facts, err := Decode[F](e)
	if err != nil {
		k.lost(e, "%v", err)
	}
	return facts, err == nil
}

// calls makes operations, yet without what is in them.
func (k *keeper) calls() {
	for _, e := range k.byKind[KindOperation] {
		if k.operations[PlainPath(e.ID)] != nil {
			continue
		}
		facts, ok := decodeKept[Operation](k, e)
		method, path, isCall := strings.Cut(e.ID, " ")
		kind, known := operationsByName[facts.Does]
		if !ok || !isCall || !known {
			continue
		}
		op := &ir.Operation{
			Kind: kind, Method: method, Path: path, GoName: e.Name, Doc: keptDoc(facts.Common), Pos: keptPos(e), Statuses: facts.Statuses,
			LongRunning: facts.LongRunning, Delta: facts.Delta, Pageable: facts.Pageable, Permissions: facts.Accepts(), Pause: facts.Pause,
			Headers: facts.Headers,
		}
		k.operations[PlainPath(e.ID)], k.keptOperations[op] = op, facts
	}
}

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

// bodies adds the kept operations with what they send and answer, and parameters to all.
func (k *keeper) bodies() {
	for _, id := range slices.Sorted(maps.Keys(k.operations)) {
		op := k.operations[id]
		facts, ok := k.keptOperations[op]
		if !ok {
			continue
		}
		err := k.body(op, facts)
		if err != nil {
			k.lost(lock.Element{Kind: KindOperation, ID: op.Key(), Name: op.GoName}, "%v", err)
			delete(k.operations, id)
			k.dropInline(op)
			continue
		}
		k.pkg.Operations = append(k.pkg.Operations, op)
	}
	parameters := k.byKind[KindParameter]
	order := map[string]int{}
	for _, e := range parameters {
		facts, _ := Decode[Parameter](e) // a fault is reported below
		order[e.ID] = facts.Order
	}
	slices.SortStableFunc(parameters, func(a, b lock.Element) int { return cmp.Compare(order[a.ID], order[b.ID]) })
	for _, e := range parameters {
		k.parameter(e)
	}
}

// dropInline drops what has no name and stands in an operation that could not be kept.
func (k *keeper) dropInline(op *ir.Operation) {
	k.pkg.Models = slices.DeleteFunc(k.pkg.Models, func(m *ir.Model) bool { return standsIn(m.Inline, op) })
	k.pkg.Enums = slices.DeleteFunc(k.pkg.Enums, func(e *ir.Enum) bool { return standsIn(e.Inline, op) })
}

func standsIn(in *ir.Inline, op *ir.Operation) bool {
	for in != nil {
		if in.Operation != nil {
			return in.Operation == op
		}
		in = in.Parent.Inline
	}
	return false
}

func (k *keeper) body(op *ir.Operation, facts Operation) (err error) {
	if op.Segments, err = k.types.segments(facts.Segments); err != nil {
		return err
	}
	path := ir.PathOf(op.Segments)
	if path == "" || path != op.Path {
		return fmt.Errorf("the steps of its path make %q", path)
	}
	if op.Request, err = k.types.body(facts.Request); err != nil {
		return err
	}
	op.Response, err = k.types.body(facts.Response)
	return err
}

func (ts types) body(facts *Body) (*ir.Body, error) {
	if facts == nil {
		return nil, nil
	}
	t, err := ts.read(facts.Type)
	if err != nil {
		return nil, err
	}
	t.Nullable = facts.Nullable
	use(t)
	return &ir.Body{ContentType: cmp.Or(facts.ContentType, jsonType), Type: t, Wrapped: facts.Wrapped, Required: facts.Required, MediaTypes: facts.MediaTypes}, nil
}

// parameter adds a query parameter that its operation does not have any more.
func (k *keeper) parameter(e lock.Element) {
	i := strings.LastIndexByte(e.ID, '?')
	if i < 0 || k.operations[PlainPath(e.ID[:i])] == nil {
		return
	}
	op, name := k.operations[PlainPath(e.ID[:i])], e.ID[i+1:]
	facts, ok := decodeKept[Parameter](k, e)
	_, kept := k.keptOperations[op]
	isThere := slices.ContainsFunc(op.Query, func(p *ir.Parameter) bool { return p.Name == name })
	if !ok || isThere || facts.System && !kept { // without its description, one of OData's own stays as well
		return
	}
	p := &ir.Parameter{Name: name, GoName: e.Name, Doc: keptDoc(facts.Common), Pos: keptPos(e)}
	if facts.Type != "" {
		t, err := k.types.read(facts.Type)
		if err != nil {
			k.lost(e, "%v", err)
			return
		}
		t.Nullable = facts.Nullable
		p.Type = t
	}
	p.Required = kept && facts.Required
	op.Query = append(op.Query, p)
}

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

// sort brings nodes in the order that a package has.
func (k *keeper) sort() {
	slices.SortFunc(k.pkg.Models, func(a, b *ir.Model) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID(), b.ID()))
	})
	slices.SortFunc(k.pkg.Enums, func(a, b *ir.Enum) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.ID(), b.ID()))
	})
	slices.SortFunc(k.pkg.Operations, func(a, b *ir.Operation) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
	for _, m := range k.pkg.Models {
		slices.SortStableFunc(m.Properties, func(a, b *ir.Property) int {
			switch {
			case a.Key != b.Key && a.Key:
				return -1
			case a.Key != b.Key:
				return 1
			}
			return cmp.Compare(a.Name, b.Name)
		})
	}
}

// Clashes returns those of the kept elements whose names others have, by what names.Assign found.
func Clashes(found diag.List, elements []lock.Element) []lock.Element {
	clashing := map[string]bool{}
	for _, d := range found {
		for _, pos := range append([]diag.Pos{d.Pos}, d.Related...) {
			if pos.File == lock.Name {
				clashing[pos.Pointer] = true
			}
		}
	}
	var clashes []lock.Element
	for _, e := range elements {
		if clashing[keptPos(e).Pointer] {
			clashes = append(clashes, e)
		}
	}
	return clashes
}
