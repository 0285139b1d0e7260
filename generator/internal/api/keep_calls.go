package api

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

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
	p := &ir.Parameter{Name: name, GoName: e.Name, Between: facts.Between, Doc: keptDoc(facts.Common), Pos: keptPos(e)}
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
