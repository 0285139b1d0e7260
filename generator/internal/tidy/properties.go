package tidy

import (
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// Used are what code uses of the types of a package, by IDs.
type Used struct {
	Properties []string
	// Whole are types of which all properties matter, with those of what their values hold.
	Whole []string
	// Values are enumerations, and constants of properties.
	Values []string
	// Binds are helpers by their names in Go.
	Binds []string
	// Updates are operations whose bodies may be values that were read.
	Updates []string
	// Kept are types and properties, or properties of heirs, that are kept in any case.
	Kept []string
	// Open are operations of which it is not known yet what the code will use of their types.
	Open []string
}

// typed is a type of a package.
type typed struct {
	id, name   string
	facts      api.Type
	heirs      []string
	properties []typedProperty
}

type typedProperty struct {
	id, name, of string
	goName       string
	facts        api.Property
}

// trimmer finds out which properties stay.
type trimmer struct {
	types      map[string]*typed
	operations map[string]api.Operation
	keep       map[string]bool
	whole      map[string]bool
}

// Properties are the names of the properties that have to stay, for each type of which others can go; beside them its key stays,
// which is not among them. The error names an element of the lock that cannot be read.
func Properties(elements []lock.Element, used Used) (map[string][]string, error) {
	t := &trimmer{types: map[string]*typed{}, operations: map[string]api.Operation{}, keep: map[string]bool{}, whole: map[string]bool{}}
	if err := t.read(elements); err != nil {
		return nil, err
	}
	for _, id := range used.Properties {
		t.keep[id] = true
	}
	for _, id := range used.Whole {
		t.keepWhole(id)
	}
	for _, id := range used.Kept {
		t.keepKept(id)
	}
	for _, id := range used.Open {
		if op, ok := t.operations[KeyOf(id)]; ok {
			t.keepBody(op.Request)
			t.keepBody(op.Response)
		}
	}
	for _, id := range used.Updates {
		if op, ok := t.operations[KeyOf(id)]; ok && op.Does == "update" && op.Request != nil {
			t.keepFixed(api.ElementType(op.Request.Type))
		}
	}
	t.keepNamed(used)
	return t.trimmed(), nil
}

// read reads the types and the operations.
func (t *trimmer) read(elements []lock.Element) error {
	for _, e := range elements {
		var err error
		switch e.Kind {
		case api.KindType:
			of := t.at(e.ID)
			of.name = e.Name
			if of.facts, err = api.Decode[api.Type](e); of.facts.Base != "" {
				base := t.at(of.facts.Base)
				base.heirs = append(base.heirs, e.ID)
			}
		case api.KindProperty:
			var facts api.Property
			facts, err = api.Decode[api.Property](e)
			slash := strings.LastIndexByte(e.ID, '/')
			of := t.at(e.ID[:max(slash, 0)])
			of.properties = append(of.properties, typedProperty{e.ID, e.ID[slash+1:], api.ElementType(facts.Type), e.Name, facts})
		case api.KindOperation:
			t.operations[KeyOf(e.ID)], err = api.Decode[api.Operation](e)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (t *trimmer) at(id string) *typed {
	if t.types[id] == nil {
		t.types[id] = &typed{id: id}
	}
	return t.types[id]
}

// keepKept keeps a property, or all that a type declares itself.
func (t *trimmer) keepKept(id string) {
	owner, name, isProperty := strings.Cut(id, "/")
	for _, of := range t.withBases(owner) {
		for _, p := range of.properties {
			if isProperty && p.name == name || !isProperty && of.id == owner {
				t.keep[p.id] = true
			}
		}
	}
}

func (t *trimmer) keepBody(b *api.Body) {
	if b != nil {
		t.keepWhole(api.ElementType(b.Type))
	}
}

// keepWhole keeps all that values of a type hold: also of those derived from it.
func (t *trimmer) keepWhole(root string) {
	for queue := []string{root}; len(queue) > 0; queue = queue[1:] {
		of := t.types[queue[0]]
		if of == nil || t.whole[of.id] {
			continue
		}
		t.whole[of.id] = true
		queue = append(queue, of.heirs...)
		for _, base := range t.withBases(of.id) {
			for _, p := range base.properties {
				t.keep[p.id] = true
				queue = append(queue, p.of)
			}
		}
	}
}

// withBases are a type and those that it is derived from.
func (t *trimmer) withBases(id string) []*typed {
	var all []*typed
	for of := t.types[id]; of != nil && !slices.Contains(all, of); of = t.types[of.facts.Base] {
		all = append(all, of)
	}
	return all
}

// withHeirs are a type and those that are derived from it.
func (t *trimmer) withHeirs(id string) []*typed {
	var all []*typed
	for queue := []string{id}; len(queue) > 0; queue = queue[1:] {
		if of := t.types[queue[0]]; of != nil && !slices.Contains(all, of) {
			all = append(all, of)
			queue = append(queue, of.heirs...)
		}
	}
	return all
}

// keepFixed keeps what only the service sets, of a type, its bases and its heirs: an update that sends what was read leaves it out,
// and would not if it were not described.
func (t *trimmer) keepFixed(id string) {
	for _, of := range append(t.withBases(id), t.withHeirs(id)...) {
		for _, p := range of.properties {
			if p.facts.ReadOnly {
				t.keep[p.id] = true
			}
		}
	}
}

// keepNamed keeps what a name in Go comes of, what the runtime knows, and what is a type's key by another name.
func (t *trimmer) keepNamed(used Used) {
	binds := map[string]bool{}
	for _, name := range used.Binds {
		binds[name] = true
	}
	for _, of := range t.types {
		isKnown := of.facts.LocalTime != nil || of.facts.Upload != nil || of.facts.Subscription != nil
		for _, p := range of.properties {
			if isKnown || p.facts.Required || binds["Bind"+of.name+p.goName] {
				t.keep[p.id] = true
			}
		}
		for _, base := range t.withBases(of.id) {
			for _, p := range base.properties {
				if slices.Contains(of.facts.InheritedKeys, p.name) {
					t.keep[p.id] = true
				}
			}
		}
	}
	t.keepValues(used.Values)
}

// keepValues keeps the properties that enumerations and constants come of, unless one of them stays anyway.
func (t *trimmer) keepValues(used []string) {
	wanted := map[string]bool{}
	for _, id := range used {
		wanted[id] = true // an enumeration
		if slash := strings.LastIndexByte(id, '/'); slash > 0 {
			wanted[id[:slash]] = true // a member of one, or a constant
		}
	}
	each := func(do func(p typedProperty)) {
		for _, of := range t.types {
			for _, p := range of.properties {
				do(p)
			}
		}
	}
	each(func(p typedProperty) {
		if t.keep[p.id] {
			delete(wanted, p.of)
			delete(wanted, p.facts.Constants)
		}
	})
	each(func(p typedProperty) {
		if wanted[p.of] || wanted[p.facts.Constants] {
			t.keep[p.id] = true
		}
	})
}

// trimmed are the types of the metadata of which something goes.
func (t *trimmer) trimmed() map[string][]string {
	all := map[string][]string{}
	for id, of := range t.types {
		if of.facts.Reference || strings.ContainsAny(id, "#?/ ") || len(of.properties) == 0 {
			continue
		}
		kept, goes := []string{}, false
		for _, p := range of.properties {
			switch {
			case p.facts.Key || strings.Contains(p.name, "@"):
			case t.keep[p.id]:
				kept = append(kept, p.name)
			default:
				goes = true
			}
		}
		if slices.Sort(kept); goes {
			all[id] = kept
		}
	}
	return all
}
