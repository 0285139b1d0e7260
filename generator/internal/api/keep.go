package api

import (
	"cmp"
	"fmt"
	"go/token"
	"slices"

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
