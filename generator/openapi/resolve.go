package openapi

import (
	"fmt"
	"strings"

	"github.com/graphslice/graphslice/generator/diag"
	"gopkg.in/yaml.v3"
)

// target is what a $ref points to.
type target struct {
	place
	// inline: the target is not a component, so it is written out where it is used.
	inline bool
}

// resolver finds the target of every reference that the selected operations and components need.
type resolver struct {
	src     *merged
	diags   *diag.List
	targets map[*yaml.Node]target // by the text node of the $ref
	done    map[*yaml.Node]bool   // values walked
	// reached are the components that are needed, by section and name.
	reached map[string]map[string]bool
}

func newResolver(src *merged, diags *diag.List) *resolver {
	r := &resolver{src: src, diags: diags, targets: map[*yaml.Node]target{}, done: map[*yaml.Node]bool{},
		reached: map[string]map[string]bool{}}
	for section := range sectionKinds {
		r.reached[section] = map[string]bool{}
	}
	return r
}

// walk resolves the references at and below p.
func (r *resolver) walk(p place, k kind) {
	if !p.exists() || r.done[p.node] {
		return
	}
	r.done[p.node] = true
	fields := grammar[k]
	if ref := refNode(p.node); ref != nil && fields["$ref"] != 0 {
		r.follow(p.child("$ref"), k)
		return
	}
	if k == discriminator {
		for _, entry := range p.child("mapping").entries() {
			r.follow(entry, schemaKind)
		}
		return
	}
	eachChild(p, k, r.walk)
}

// eachChild calls visit for the values in p, of kind k, that may hold references.
func eachChild(p place, k kind, visit func(place, kind)) {
	if items := grammar[k]["[]"]; items != 0 {
		for _, item := range p.items() {
			visit(item, items)
		}
		return
	}
	for _, child := range p.entries() {
		if childKind, ok := fieldKind(k, child.name()); ok && grammar[childKind] != nil {
			visit(child, childKind)
		}
	}
}

// failures returns the component schemas that the answers of failure lead to.
func (r *resolver) failures() map[string]bool {
	found := map[string]bool{}
	done := map[*yaml.Node]bool{}
	var visit func(p place, k kind)
	visit = func(p place, k kind) {
		if done[p.node] {
			return
		}
		done[p.node] = true
		if t, ok := r.targets[refNode(p.node)]; ok {
			if k == schemaKind && !t.inline {
				found[t.name()] = true
			}
			visit(t.place, k)
			return
		}
		eachChild(p, k, visit)
	}
	for _, path := range r.src.paths {
		for _, op := range path.operations {
			for _, response := range op.child("responses").entries() {
				if !isSuccess(response.name()) {
					visit(response, responseKind)
				}
			}
		}
	}
	return found
}

// follow resolves one reference to a value of kind k.
func (r *resolver) follow(ref place, k kind) {
	pointer, ok := strings.CutPrefix(ref.text(), "#/components/")
	section, name, _ := strings.Cut(pointer, "/")
	name = unescapeToken(name)
	if ok && sectionKinds[section] == k {
		if component, ok := r.src.sections[section][name]; ok {
			r.targets[ref.node] = target{place: component}
			r.reached[section][name] = true
			r.walk(component, k)
			return
		}
	}
	r.diags.Add(diag.Diagnostic{Pos: ref.valuePos(), Severity: diag.Error, Code: "unresolved-ref",
		Message: fmt.Sprintf("%q is not defined", ref.text()), Hint: "define it, or correct the reference"})
}
