package csdl

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// resolve replaces every name that was read by what it means, and reports those that mean nothing.
func (r *reader) resolve(inputs []Input) {
	if r.containers == 0 && len(inputs) > 0 {
		r.diags.Add(diag.Diagnostic{Pos: diag.Pos{File: inputs[0].Name}, Severity: diag.Error, Code: "metadata-container",
			Message: "the metadata has no entity container, so nothing in it can be addressed",
			Hint:    "a service's whole metadata has one <EntityContainer>; fetch it from $metadata"})
		return
	}
	for _, t := range r.doc.Types {
		r.resolveBase(t)
		for _, p := range t.Properties {
			r.resolveType(&p.Type, p.Pos, p.Path())
			if p.Navigation && p.Type.Name != "" && (p.Type.Type == nil || !p.Type.Type.Entity) {
				r.diags.Errorf(p.Pos, "metadata-navigation", "%s navigates to %s, which is not an entity type", p.Path(), p.Type.Name)
			}
		}
	}
	r.breakCircles()
	r.sortDerived()
	for _, o := range r.doc.Operations {
		r.resolveOperation(o)
	}
	for _, s := range slices.Concat(r.doc.EntitySets, r.doc.Singletons) {
		r.resolveSource(s)
	}
	for _, i := range r.doc.Imports {
		r.resolveImport(i)
	}
	if !r.diags.HasErrors() {
		r.attach()
		r.noteAnnotations()
	}
}

// qualify writes a qualified name with its namespace. It reports a name that begins with neither a namespace nor an alias,
// and returns "" for it.
func (r *reader) qualify(name string, pos diag.Pos, about string) string {
	dot := strings.LastIndexByte(name, '.')
	if dot > 0 {
		if namespace, ok := r.namespaces[name[:dot]]; ok {
			return namespace + name[dot:]
		}
	}
	if namespace := name[:max(dot, 0)]; !r.missing[namespace] {
		r.missing[namespace] = true
		r.diags.Add(diag.Diagnostic{Pos: pos, Severity: diag.Error, Code: "metadata-unknown-namespace",
			Message: fmt.Sprintf("%s: %q is of an unknown namespace or alias", about, name),
			Hint:    "known are " + strings.Join(slices.Sorted(maps.Keys(r.namespaces)), ", ")})
	}
	return ""
}

// unknown reports a type that is not declared, where it is named first. verb is what about does with it.
func (r *reader) unknown(pos diag.Pos, about, verb, name, why string) {
	if !r.missing[name] {
		r.missing[name] = true
		r.diags.Errorf(pos, "metadata-unknown-type", "%s %s %s, which %s", about, verb, name, why)
	}
}

func (r *reader) resolveBase(t *Type) {
	if t.base == "" {
		return
	}
	name := r.qualify(t.base, t.Pos, t.Name)
	if name == "" {
		return
	}
	if t.Base = r.doc.types[name]; t.Base == nil {
		r.unknown(t.Pos, t.Name, "derives from", name, "is not declared")
		return
	}
	t.Base.Derived = append(t.Base.Derived, t)
}

// resolveType resolves a reference in place. A name that means nothing is reported, and the reference left without one.
func (r *reader) resolveType(ref *TypeRef, pos diag.Pos, about string) {
	for range len(r.primitives) + 1 { // a type definition may stand on another
		if strings.HasPrefix(ref.Name, ir.EdmPrefix) {
			if !ir.IsEdm(ref.Name) {
				r.unknown(pos, about, "is of type", ref.Name, "OData does not have")
				ref.Name = ""
			}
			return
		}
		if ref.Name = r.qualify(ref.Name, pos, about); ref.Name == "" {
			return
		}
		underlying, ok := r.primitives[ref.Name]
		if !ok {
			break
		}
		ref.Name = underlying
	}
	ref.Type, ref.Enum = r.doc.types[ref.Name], r.doc.enums[ref.Name]
	if ref.Type == nil && ref.Enum == nil {
		r.unknown(pos, about, "is of type", ref.Name, "is not declared")
		ref.Name = ""
	}
}

// breakCircles reports types that inherit from themselves, each circle once, and cuts it.
func (r *reader) breakCircles() {
	done := map[*Type]bool{}
	for _, t := range r.doc.Types {
		var way []*Type
		for at := t; at != nil && !done[at]; at = at.Base {
			done[at] = true
			way = append(way, at)
			if at.Base == nil || !slices.Contains(way, at.Base) {
				continue
			}
			circle := way[slices.Index(way, at.Base):]
			names := make([]string, len(circle))
			for i, c := range circle {
				names[i] = c.Name
			}
			r.diags.Errorf(at.Base.Pos, "metadata-circle", "types inherit in a circle: %s, %s", strings.Join(names, ", "), at.Base.Name)
			at.Base = nil
		}
	}
}

func (r *reader) sortDerived() {
	for _, t := range r.doc.Types {
		slices.SortFunc(t.Derived, func(a, b *Type) int { return strings.Compare(a.Name, b.Name) })
	}
}

func (r *reader) resolveOperation(o *Operation) {
	for _, p := range o.Parameters {
		r.resolveType(&p.Type, p.Pos, o.Name+"/"+p.Name)
	}
	if o.Return != nil {
		r.resolveType(o.Return, o.Pos, o.Name)
	}
	if o.Bound && len(o.Parameters) == 0 {
		r.diags.Errorf(o.Pos, "metadata-binding", "%s is bound, but has no parameter for what it is called on", o.Name)
	}
}

func (r *reader) resolveSource(s *Source) {
	name := r.qualify(s.typeName, s.Pos, s.Name)
	if name == "" {
		return
	}
	if s.Type = r.doc.types[name]; s.Type == nil {
		r.unknown(s.Pos, s.Name, "is of type", name, "is not declared")
	}
	for i, b := range s.Bindings {
		s.Bindings[i].Path = r.expandPath(b.Path)
		s.Bindings[i].Target = strings.TrimPrefix(r.expandPath(b.Target), s.container+"/")
	}
}

func (r *reader) resolveImport(i *Import) {
	name := r.qualify(i.operation, i.Pos, i.Name)
	for _, o := range r.doc.Operations {
		if o.Name == name && !o.Bound {
			i.Operations = append(i.Operations, o)
		}
	}
	if name != "" && i.Operations == nil {
		r.unknown(i.Pos, i.Name, "imports", name, "is not declared, or is bound to something")
	}
}

// expandPath writes the qualified names in a path or a signature with their namespaces, and leaves out spaces. Names of
// unknown namespaces stay as they are.
func (r *reader) expandPath(path string) string {
	path = strings.ReplaceAll(path, " ", "")
	var b strings.Builder
	for path != "" {
		end := strings.IndexAny(path, "/(),")
		if end < 0 {
			end = len(path)
		}
		b.WriteString(r.expandName(path[:end]))
		if path = path[end:]; path != "" {
			b.WriteByte(path[0])
			path = path[1:]
		}
	}
	return b.String()
}

func (r *reader) expandName(name string) string {
	if dot := strings.LastIndexByte(name, '.'); dot > 0 {
		if namespace, ok := r.namespaces[name[:dot]]; ok {
			return namespace + name[dot:]
		}
	}
	return name
}
