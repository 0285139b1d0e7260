package derive

import (
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
)

// Binds knows where a bind to an entity points: a path below the service root, such as "users". It is, in this order, what an
// override says; the target of a navigation property binding; the one entity set of the type; the one contained collection of
// the type below a singleton; and the same for the base type. Where none of these says one path, there is none.
type Binds struct {
	// noted is the path that the notes give a type or a property, "" for none.
	noted func(name string) string
	// bindings are the targets that the metadata gives for single properties.
	bindings map[*csdl.Property]string
	// sets and contained are where a type may be bound to; "" where there are several.
	sets, contained map[*csdl.Type]string
}

func NewBinds(doc *csdl.Document, noted func(name string) string) *Binds {
	b := &Binds{noted: noted, bindings: map[*csdl.Property]string{}, sets: map[*csdl.Type]string{}, contained: map[*csdl.Type]string{}}
	for _, set := range doc.EntitySets {
		addTarget(b.sets, set.Type, set.Name)
	}
	for _, sources := range [][]*csdl.Source{doc.EntitySets, doc.Singletons} {
		for _, s := range sources {
			b.readBindings(doc, s)
		}
	}
	b.findContained(doc)
	return b
}

func addTarget(targets map[*csdl.Type]string, t *csdl.Type, target string) {
	if other, ok := targets[t]; ok && other != target {
		target = ""
	}
	targets[t] = target
}

// readBindings finds the properties at the end of the bindings' paths, which may lead through casts and other properties.
func (b *Binds) readBindings(doc *csdl.Document, s *csdl.Source) {
	for _, binding := range s.Bindings {
		at := s.Type
		var last *csdl.Property
		for segment := range strings.SplitSeq(binding.Path, "/") {
			if cast := doc.Type(segment); cast != nil {
				at, last = cast, nil
				continue
			}
			if last = at.Property(segment); last == nil {
				break
			}
			at = last.Type.Type
		}
		if last != nil && b.bindings[last] == "" {
			b.bindings[last] = binding.Target
		}
	}
}

// findContained looks for contained collections below the singletons, through single contained properties. The nearest to the
// root counts.
func (b *Binds) findContained(doc *csdl.Document) {
	type step struct {
		path string
		typ  *csdl.Type
	}
	var level []step
	for _, s := range doc.Singletons {
		if _, isMember := b.sets[s.Type]; !isMember { // one of a set, such as the caller, is not a place of its own
			level = append(level, step{s.Name, s.Type})
		}
	}
	seen := map[*csdl.Type]bool{}
	for len(level) > 0 {
		found := map[*csdl.Type]string{}
		var next []step
		for _, at := range level {
			if seen[at.typ] {
				continue
			}
			for _, p := range at.typ.AllProperties() {
				path := at.path + "/" + p.Name
				switch {
				case !p.Navigation || !p.Contained:
				case p.Type.Collection:
					addTarget(found, p.Type.Type, path)
				default:
					next = append(next, step{path, p.Type.Type})
				}
			}
		}
		for _, at := range level {
			seen[at.typ] = true
		}
		for t, path := range found {
			if _, nearer := b.contained[t]; !nearer {
				b.contained[t] = path
			}
		}
		level = next
	}
}

// OfType returns where binds to the type point, or "".
func (b *Binds) OfType(t *csdl.Type) string {
	for t := range t.WithBases() {
		if target := b.noted(t.Name); target != "" {
			return target
		}
		if target := b.sets[t]; target != "" {
			return target
		}
		if target := b.contained[t]; target != "" {
			return target
		}
	}
	return ""
}

// OfProperty returns where binds of the property point if it is another path than for its type in general, or "".
func (b *Binds) OfProperty(p *csdl.Property) string {
	target := b.noted(p.Path())
	if target == "" {
		target = b.bindings[p]
	}
	if target == b.OfType(p.Type.Type) || b.noted(p.Type.Name) != "" && b.noted(p.Path()) == "" {
		return ""
	}
	return target
}
