package inspect

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// Reason is why a type is in a package. As JSON its list is never null, and the names of its fields do not change.
type Reason struct {
	// Type is the qualified name of the type; for an object without a name it is the Go name.
	Type string `json:"type"`
	// Chain is a shortest chain from an operation to the type; empty if none leads there. Of several, it is the first
	// by operation (path, method), then in the order of the slice.
	Chain []Step `json:"chain"`
	// Chains counts the chains of that length.
	Chains int `json:"chains"`
	// Operations counts the operations that lead to the type, by a chain of any length.
	Operations int `json:"operations"`
}

// Step is one step of a chain. From is an operation (METHOD /path) in the first step, then a type.
type Step struct {
	From string `json:"from"`
	// How is sends, answers or takes (a parameter, named by Name) for an operation; property (named by Name), derived
	// (To derives from From, so it may stand in its place) or base (From derives from To) for a type.
	How  string `json:"how"`
	Name string `json:"name"`
	// To is the name of a type; Collection says that there are any number of it.
	To         string `json:"to"`
	Collection bool   `json:"collection"`
}

// Why finds out why the type or enum called name is in the package. Name is qualified, or without "microsoft.graph.",
// or a Go name. The error of an unknown name is a diag.List with the nearest names.
func (s Subject) Why(name string) (Reason, error) {
	target, err := s.find(name)
	if err != nil {
		return Reason{}, err
	}
	w := s.walk()
	reason := Reason{Type: w.name(target), Chain: []Step{}, Operations: w.operationsTo(target)}
	if reason.Operations > 0 {
		reason.Chain, reason.Chains = w.shortest(target)
	}
	return reason, nil
}

// find returns the *ir.Model or *ir.Enum that name means.
func (s Subject) find(name string) (any, error) {
	byName, byShort, byGo := map[string]any{}, map[string]any{}, map[string]any{}
	var known []string
	add := func(node any, qualified, goName string) {
		byName[qualified], byShort[short(qualified)], byGo[goName] = node, node, node
		known = append(known, qualified)
	}
	for _, m := range s.Package.Models {
		add(m, s.Names.ModelName(m), s.Names.Model(m).String())
	}
	for _, e := range s.Package.Enums {
		add(e, s.Names.EnumName(e), s.Names.Enum(e).String())
	}
	for _, by := range []map[string]any{byName, byShort, byGo} {
		if node, ok := by[name]; ok {
			return node, nil
		}
	}
	return nil, unknownType(name, known)
}

// unknownType is the error of a name that no type has. Names are compared without the namespace that most share, and
// shown in the form that was asked for.
func unknownType(name string, known []string) error {
	shorts, qualified := make([]string, len(known)), map[string]string{}
	for i, k := range known {
		shorts[i] = short(k)
		qualified[shorts[i]] = k
	}
	hint := "gen list shows what is in it"
	if near := diag.Nearest(short(name), shorts, 3); len(near) > 0 {
		for i, n := range near {
			if strings.Contains(name, ".") {
				near[i] = qualified[n]
			}
		}
		hint = "the nearest names are " + strings.Join(near, ", ")
	}
	return diag.List{{Severity: diag.Error, Code: "unknown-type", Message: fmt.Sprintf("there is no type %q in the package", name), Hint: hint}}
}

// walker knows the steps that lead from an operation or a type to others.
type walker struct {
	Subject
	steps map[any][]step
}

// step leads to a node: a *ir.Model or *ir.Enum.
type step struct {
	to         any
	how, name  string
	collection bool
}

// asBase is a type that is there as the base of another: values of it, and so of what derives from it, need not be.
type asBase struct{ *ir.Model }

// ends are the nodes that stand for a type or enum.
func ends(target any) []any {
	if m, ok := target.(*ir.Model); ok {
		return []any{m, asBase{m}}
	}
	return []any{target}
}

// walk finds the steps of every node.
func (s Subject) walk() *walker {
	w := &walker{s, map[any][]step{}}
	for _, op := range s.Package.Operations {
		w.operation(op)
	}
	for _, m := range s.Package.Models {
		for _, p := range m.Properties {
			w.add(m, "property", p.Name, p.Type)
		}
		if m.Base != nil {
			w.steps[m] = append(w.steps[m], step{to: asBase{m.Base}, how: "base"})
		}
		w.steps[asBase{m}] = slices.Clone(w.steps[m])
		for _, d := range m.Derived {
			w.steps[m] = append(w.steps[m], step{to: d, how: "derived"})
		}
	}
	return w
}

func (w *walker) operation(op *ir.Operation) {
	if op.Request != nil {
		w.add(op, "sends", "", op.Request.Type)
	}
	if op.Response != nil {
		w.add(op, "answers", "", op.Response.Type)
	}
	for _, p := range op.Query {
		w.add(op, "takes", p.Name, p.Type)
	}
	for _, segment := range op.Segments {
		for _, arg := range slices.Concat(segment.Keys, segment.Args) {
			w.add(op, "takes", arg.Name, arg.Type)
		}
	}
}

// add adds the step to the type that t names, if it names one.
func (w *walker) add(from any, how, name string, t *ir.Type) {
	if t == nil {
		return
	}
	next := step{how: how, name: name, collection: isMany(t)}
	switch t = item(t); t.Kind {
	case ir.ModelKind:
		next.to = t.Model
	case ir.EnumKind:
		next.to = t.Enum
	default:
		return
	}
	w.steps[from] = append(w.steps[from], next)
}

// operationsTo counts the operations that lead to target, going back from it.
func (w *walker) operationsTo(target any) int {
	before := map[any][]any{}
	for from, steps := range w.steps {
		for _, next := range steps {
			before[next.to] = append(before[next.to], from)
		}
	}
	count, seen, queue := 0, map[any]bool{}, ends(target)
	for _, end := range queue {
		seen[end] = true
	}
	for len(queue) > 0 {
		var at any
		at, queue = queue[0], queue[1:]
		if _, ok := at.(*ir.Operation); ok {
			count++
		}
		for _, from := range before[at] {
			if !seen[from] {
				seen[from] = true
				queue = append(queue, from)
			}
		}
	}
	return count
}

// arrival is how a node is reached at first, and by how many chains of that length.
type arrival struct {
	from          any
	by            step
	depth, chains int
}

// shortest returns a shortest chain from any operation to target, and how many there are.
func (w *walker) shortest(target any) ([]Step, int) {
	arrivals, queue := map[any]*arrival{}, []any{}
	for _, op := range w.Package.Operations {
		arrivals[op] = &arrival{chains: 1}
		queue = append(queue, op)
	}
	for len(queue) > 0 {
		var at any
		at, queue = queue[0], queue[1:]
		here := arrivals[at]
		for _, next := range w.steps[at] {
			there := arrivals[next.to]
			if there == nil {
				there = &arrival{from: at, by: next, depth: here.depth + 1}
				arrivals[next.to] = there
				queue = append(queue, next.to)
			}
			if there.depth == here.depth+1 {
				there.chains += here.chains
			}
		}
	}
	var end any
	chains := 0
	for _, at := range ends(target) {
		switch here := arrivals[at]; {
		case here == nil:
		case end == nil || here.depth < arrivals[end].depth:
			end, chains = at, here.chains
		case here.depth == arrivals[end].depth:
			chains += here.chains
		}
	}
	var chain []Step
	for at := end; arrivals[at].from != nil; at = arrivals[at].from {
		a := arrivals[at]
		chain = append(chain, Step{w.name(a.from), a.by.how, a.by.name, w.name(at), a.by.collection})
	}
	slices.Reverse(chain)
	return chain, chains
}

// name is how a node is called: METHOD /path, or the name of the type.
func (w *walker) name(node any) string {
	switch node := node.(type) {
	case *ir.Operation:
		return node.Method + " " + node.Path
	case *ir.Model:
		return w.Names.ModelName(node)
	case asBase:
		return w.Names.ModelName(node.Model)
	case *ir.Enum:
		return w.Names.EnumName(node)
	}
	return ""
}

// WriteText writes the reason for a person, a step a line:
//
//	GET /boards     answers any number of a.b.board
//	a.b.board       has property cards: any number of a.b.card
//	a.b.card        may be the derived a.b.photoCard
func (r Reason) WriteText(w io.Writer) error {
	if len(r.Chain) == 0 {
		_, err := fmt.Fprintf(w, "No operation leads to %s: it is there because a slice has it among its components.\n", r.Type)
		return err
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, s := range r.Chain {
		fmt.Fprintf(t, "%s\t%s\n", s.From, s.text())
	}
	if err := t.Flush(); err != nil {
		return err
	}
	lead := "operations lead"
	if r.Operations == 1 {
		lead = "operation leads"
	}
	_, err := fmt.Fprintf(w, "\n%s: %s of %s; %d %s to it.\n", r.Type, diag.Count(r.Chains, "chain"), diag.Count(len(r.Chain), "step"),
		r.Operations, lead)
	return err
}

func (s Step) text() string { return s.Words() + " " + s.To }

// Words are the step without its ends, such as "has property cards: any number of".
func (s Step) Words() string {
	words := s.How
	switch s.How {
	case "takes":
		words = "takes " + s.Name + ":"
	case "property":
		words = "has property " + s.Name + ":"
	case "derived":
		words = "may be the derived"
	case "base":
		words = "derives from"
	}
	if s.Collection {
		words += " any number of"
	}
	return words
}
