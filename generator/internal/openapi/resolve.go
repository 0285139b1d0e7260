package openapi

import (
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"go.yaml.in/yaml/v4"
)

// target is what a $ref points to.
type target struct {
	sourceValue
	// inline: the target is no component, so it is written out where it is used.
	inline bool
}

// resolver finds the target of every reference that the selected operations and components need.
type resolver struct {
	lib     *library
	src     *merged
	diags   *diag.List
	targets map[*yaml.Node]target // by the text node of the $ref, or of the discriminator's mapping
	// reached are the components that are needed, by section and name.
	reached map[string]map[string]bool
	queue   []component         // reached, and still to be walked
	done    map[*yaml.Node]bool // values walked
	inlined []inlineRef         // references to values that are no components
}

// inlineRef is a reference to a value of kind k that is written out in its place.
type inlineRef struct {
	ref  sourceValue
	kind kind
}

// component is a component and what it is.
type component struct {
	sourceValue
	kind kind
}

func newResolver(lib *library, src *merged) *resolver {
	r := &resolver{lib: lib, src: src, diags: lib.diags, targets: map[*yaml.Node]target{},
		reached: map[string]map[string]bool{}, done: map[*yaml.Node]bool{}}
	for section := range sectionKinds {
		r.reached[section] = map[string]bool{}
	}
	return r
}

// resolve follows every reference in the operations, and in the component schemas as well if whole.
func (r *resolver) resolve(selected []selectedOperation, whole bool) {
	for _, op := range selected {
		for _, p := range op.parameters {
			r.walk(p, parameterKind)
		}
		r.walk(op.sourceValue, operationKind)
	}
	if whole {
		for _, name := range slices.Sorted(maps.Keys(r.src.sections["schemas"])) {
			r.reach("schemas", r.src.sections["schemas"][name], schemaKind)
		}
	}
	for len(r.queue) > 0 {
		next := r.queue[0]
		r.queue = r.queue[1:]
		r.walk(next.sourceValue, next.kind)
	}
	if r.checkInlined() && r.checkRefCircles() {
		r.checkBaseCircles()
	}
	r.lib.tellLosses(r.done)
}

// reach notes that a component is needed.
func (r *resolver) reach(section string, p sourceValue, k kind) {
	if !r.reached[section][p.name()] {
		r.reached[section][p.name()] = true
		r.queue = append(r.queue, component{p, k})
	}
}

// walk resolves the references at and below p, but for those in components: they wait in the queue.
func (r *resolver) walk(p sourceValue, k kind) {
	if !p.exists() || r.done[p.node] {
		return
	}
	r.done[p.node] = true
	if refNode(p.node) != nil && grammar[k]["$ref"] != anything {
		r.follow(p.child("$ref"), k)
		return
	}
	if k == discriminator {
		r.walkMapping(p.child("mapping"))
		return
	}
	eachChild(p, k, r.walk)
}

// walkMapping resolves the values of a discriminator's mapping: references, or names of component schemas.
func (r *resolver) walkMapping(mapping sourceValue) {
	for _, entry := range mapping.entries() {
		if text := entry.text(); !strings.ContainsAny(text, "#/") && text != "" {
			named := *entry.node
			named.Value = "#/components/schemas/" + escapeToken(text)
			asRef := entry
			asRef.node = &named
			r.follow(asRef, schemaKind)
			if t, ok := r.targets[&named]; ok {
				r.targets[entry.node] = t
			}
			continue
		}
		r.follow(entry, schemaKind)
	}
}

// eachChild calls visit for the values in p, of kind k, that may hold references.
func eachChild(p sourceValue, k kind, visit func(sourceValue, kind)) {
	if items := grammar[k]["[]"]; items != anything {
		for _, item := range p.items() {
			visit(item, items)
		}
		return
	}
	for child := range p.each() {
		if childKind, ok := fieldKind(k, child.name(), child.node); ok && grammar[childKind] != nil {
			visit(child, childKind)
		}
	}
}

// follow resolves one reference to a value of kind k.
func (r *resolver) follow(ref sourceValue, k kind) {
	doc, found, ok := r.lib.find(ref)
	if !ok {
		return
	}
	r.lib.fragment(doc, found, k)
	section, name, isComponent := componentName(found.pointer())
	switch {
	case isComponent && doc.openAPI && sectionKinds[section] != k:
		r.lib.refFault(ref, "wrong-ref", fmt.Sprintf("%q is not what is needed here", ref.text()),
			"refer to "+sectionOf(k)+" in components")
	case isComponent && doc.openAPI:
		r.followComponent(ref, section, found, k)
	case k == schemaKind && !doc.openAPI:
		if name == "" {
			name = strings.TrimSuffix(path.Base(doc.file), path.Ext(doc.file))
		}
		found.key = &yaml.Node{Kind: yaml.ScalarNode, Value: name, Line: found.valuePos().Line, Column: found.valuePos().Column}
		r.lib.checkShape(found, k)
		r.followComponent(ref, "schemas", found, k)
	default:
		r.followInline(ref, found, k)
	}
}

func (r *resolver) followComponent(ref sourceValue, section string, found sourceValue, k kind) {
	found = r.src.addComponent(section, found, r.diags)
	r.targets[ref.node] = target{sourceValue: found}
	r.reach(section, found, k)
}

func (r *resolver) followInline(ref, found sourceValue, k kind) {
	r.lib.checkShape(found, k)
	r.targets[ref.node] = target{sourceValue: found, inline: true}
	r.inlined = append(r.inlined, inlineRef{ref, k})
	r.walk(found, k)
}

// maxInlined is what references to what is no component may add to a document, in values: bombs live on them.
const maxInlined = 100_000

// checkInlined reports references whose targets, written out, would have no end or would be very large; true if
// there are none.
func (r *resolver) checkInlined() bool {
	sizes := map[*yaml.Node]int{} // of targets, in values; 0 while it is being counted
	total := 0
	for _, in := range r.inlined {
		total += r.inlineSize(in.ref, in.kind, sizes)
		if total > maxInlined {
			r.lib.refFault(in.ref, "large-ref", fmt.Sprintf("references to what is no component add more than %d values to the document", maxInlined),
				"refer to components")
			return false
		}
	}
	return !r.diags.HasErrors()
}

// inlineSize counts the values of a reference's target, with those of the references in it.
func (r *resolver) inlineSize(ref sourceValue, k kind, sizes map[*yaml.Node]int) int {
	found := r.targets[ref.node].sourceValue
	size, counted := sizes[found.node]
	switch {
	case counted && size == 0:
		r.circle(ref, "this reference leads back to itself")
		return 0
	case counted:
		return size
	}
	sizes[found.node] = 0
	var count func(p sourceValue, k kind)
	count = func(p sourceValue, k kind) {
		t, isRef := r.targets[refNode(p.node)]
		switch {
		case size > maxInlined:
		case isRef && t.inline:
			size += r.inlineSize(p.child("$ref"), k, sizes)
		case !isRef:
			size += len(p.node.Content) + 1
			eachChild(p, k, count)
		}
	}
	count(found, k)
	sizes[found.node] = max(size, 1)
	return sizes[found.node]
}

func (r *resolver) circle(ref sourceValue, message string) {
	r.lib.refFault(ref, "circular-ref", message, "break the circle")
}

// componentName splits the pointer of a component; name is the pointer's last token in any case.
func componentName(pointer string) (section, name string, ok bool) {
	parent, name := cutLast(pointer)
	section, ok = strings.CutPrefix(parent, "/components/")
	return section, name, ok && sectionKinds[section] != anything
}

func sectionOf(k kind) string {
	for section, kind := range sectionKinds {
		if kind == k {
			return section
		}
	}
	return "a definition"
}

// checkRefCircles reports components that are nothing but references to each other; true if there are none.
func (r *resolver) checkRefCircles() bool {
	before := len(*r.diags)
	reported := map[*yaml.Node]bool{}
	for _, section := range slices.Sorted(maps.Keys(r.reached)) {
		for _, name := range slices.Sorted(maps.Keys(r.reached[section])) {
			r.checkRefCircle(r.src.sections[section][name], reported)
		}
	}
	return len(*r.diags) == before
}

// checkRefCircle follows references from one component until something stands there, or it has been there before.
func (r *resolver) checkRefCircle(p sourceValue, reported map[*yaml.Node]bool) {
	seen := map[*yaml.Node]bool{}
	for node := refNode(p.node); node != nil && !reported[node]; node = refNode(p.node) {
		if seen[node] {
			reported[node] = true
			r.circle(p.child("$ref"), fmt.Sprintf("%q is a reference to itself", p.name()))
			return
		}
		seen[node] = true
		p = r.targets[node].sourceValue
	}
	for node := range seen { // it led into a circle that is reported, or to an end
		reported[node] = true
	}
}

// checkBaseCircles reports schemas that have themselves as a base.
func (r *resolver) checkBaseCircles() {
	state := map[*yaml.Node]int{} // 1: on the way, 2: done
	var chain []string
	var visit func(p sourceValue)
	visit = func(p sourceValue) {
		state[p.node] = 1
		chain = append(chain, p.name())
		for _, base := range r.baseRefs(p) {
			switch t := r.targets[base.node]; {
			case !t.exists():
			case state[t.node] == 1:
				circle := append(chain[slices.Index(chain, t.name()):], t.name())
				r.circle(base, "these schemas are bases of each other: "+strings.Join(circle, ", "))
			case state[t.node] == 0:
				visit(t.sourceValue)
			}
		}
		chain = chain[:len(chain)-1]
		state[p.node] = 2
	}
	for _, name := range slices.Sorted(maps.Keys(r.reached["schemas"])) {
		if p := r.src.sections["schemas"][name]; state[p.node] == 0 {
			visit(p)
		}
	}
}

// baseRefs are the references in the allOf of a schema, those of inline schemas in it included.
func (r *resolver) baseRefs(p sourceValue) []sourceValue {
	if refNode(p.node) != nil {
		return []sourceValue{p.child("$ref")}
	}
	var refs []sourceValue
	for _, part := range p.child("allOf").items() {
		refs = append(refs, r.baseRefs(part)...)
	}
	return refs
}

// failures returns the component schemas that the answers of failure lead to.
func (r *resolver) failures() map[string]bool {
	found := map[string]bool{}
	done := map[*yaml.Node]bool{}
	var visit func(p sourceValue, k kind)
	visit = func(p sourceValue, k kind) {
		if done[p.node] {
			return
		}
		done[p.node] = true
		if t, ok := r.targets[refNode(p.node)]; ok {
			found[t.name()] = found[t.name()] || k == schemaKind && !t.inline
			visit(t.sourceValue, k)
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
