package openapi

import (
	"cmp"
	"fmt"
	"maps"
	"net/url"
	"path"
	"slices"
	"strings"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// converter makes the IR of a merged document.
type converter struct {
	src   *merged
	api   *openapi3.T
	refs  *resolver
	diags *diag.List

	kinds       map[string]componentKind // of components, as far as they are known
	models      map[string]*ir.Model     // components, by name
	enums       map[string]*ir.Enum
	inline      []*ir.Model // those without a name
	inlineEnums []*ir.Enum
	forms       []formBody // those that other forms of a call may share
	// todo are the models whose properties are still to be read: schemas may refer to each other in circles.
	todo []modelSchema
	// marks are what models say of their properties.
	marks []marked
	// subscription is the type of subscriptions, as soon as one says that it is.
	subscription *ir.Model
	// expanding are the components being written out where they are used.
	expanding map[string]bool
	// inherited are the properties of components and their bases.
	inherited map[string]map[string]sourceValue
	// shortNames are the component schemas by the last part of their names.
	shortNames map[string]string
}

// titles are those of the documents that have one, sorted.
func titles(documents []sourceValue) []string {
	var all []string
	for _, d := range documents {
		if title := prettify(d.child("info").child("title").text()); title != "" {
			all = append(all, title)
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// degrade warns that what stands at p has no better form in Go.
func (c *converter) degrade(p sourceValue, code, message, hint string) {
	c.diags.Add(diag.Diagnostic{Pos: p.pos(), Severity: diag.Warning, Code: code, Message: message, Hint: hint})
}

// modelSchema is a model and the schema that it is made from.
type modelSchema struct {
	model  *ir.Model
	schema schema
}

func convert(src *merged, api *openapi3.T, selected []selectedOperation, refs *resolver, whole bool, diags *diag.List) *ir.Package {
	c := &converter{src: src, api: api, refs: refs, diags: diags, kinds: map[string]componentKind{},
		models: map[string]*ir.Model{}, enums: map[string]*ir.Enum{}, expanding: map[string]bool{},
		inherited: map[string]map[string]sourceValue{}, shortNames: shortNames(src)}
	pkg := &ir.Package{
		Title:       prettify(src.first.child("info").child("title").text()),
		Titles:      titles(src.documents),
		Version:     src.first.child("info").child("version").text(),
		ServiceRoot: serviceRoot(src.first),
		Permissions: knownPermissions(src.documents),
		Clouds:      comparedClouds(src.documents),
	}
	if root, err := url.Parse(pkg.ServiceRoot); err == nil && len(root.Path) > 1 {
		pkg.Version = path.Base(root.Path) // documents call "v1.0-beta" what the address calls "beta"
	}
	for _, op := range oneKeyForm(selected, diags) {
		if len(splitPath(op.path)) == 0 {
			c.degrade(op.sourceValue, "root-operation", strings.ToUpper(op.method)+" "+op.path+" asks the service root itself, which no method leads to: it is left out",
				"call it with Client.Do")
			continue
		}
		pkg.Operations = append(pkg.Operations, c.operation(op))
	}
	c.fillAll()
	if whole {
		c.wholeComponents()
		c.fillAll()
	}
	if len(c.inline) > maxInline {
		diags.Add(diag.Diagnostic{Pos: c.inline[maxInline].Pos, Severity: diag.Error, Code: "too-large",
			Message: fmt.Sprintf("the document has more than %d objects without a name", maxInline), Hint: "make components of them"})
		return nil
	}
	c.link()
	c.typeNames()
	c.checkMarks()
	pkg.Models = append(slices.Collect(maps.Values(c.models)), c.inline...)
	pkg.Enums = append(slices.Collect(maps.Values(c.enums)), c.inlineEnums...)
	slices.SortFunc(pkg.Models, func(a, b *ir.Model) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), compareInline(a.Inline, b.Inline))
	})
	slices.SortFunc(pkg.Enums, func(a, b *ir.Enum) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), compareInline(a.Inline, b.Inline))
	})
	slices.SortFunc(pkg.Operations, func(a, b *ir.Operation) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
	return pkg
}

// compareInline orders things without a name by what they belong to.
func compareInline(a, b *ir.Inline) int {
	return slices.Compare(inlinePath(a), inlinePath(b))
}

// inlinePath is the way from an operation or a named model to something without a name.
func inlinePath(in *ir.Inline) []string {
	switch {
	case in == nil:
		return nil
	case in.Operation != nil:
		return []string{in.Operation.Path, in.Operation.Method, string(in.Role)}
	case in.Parent.Inline != nil:
		return append(inlinePath(in.Parent.Inline), in.Property)
	}
	return []string{in.Parent.Name, in.Property}
}

// maxInline is how many objects without a name a package may have. Schemas that are no objects are written out where
// they are used, so a few that use each other twice could make any number of them.
const maxInline = 20_000

// fillAll reads the properties of every model so far, and of those that they lead to.
func (c *converter) fillAll() {
	for again := true; again; again = c.addDescendants() {
		for len(c.todo) > 0 && len(c.inline) <= maxInline {
			next := c.todo[0]
			c.todo = c.todo[1:]
			c.fill(next.model, next.schema)
		}
	}
}

// link tells every base its derived types.
func (c *converter) link() {
	for _, name := range slices.Sorted(maps.Keys(c.models)) {
		if m := c.models[name]; m.Base != nil {
			m.Base.Derived = append(m.Base.Derived, m)
		}
	}
}

// addDescendants adds the types that the discriminators of used types name; false if all are there.
func (c *converter) addDescendants() bool {
	added := false
	for _, name := range slices.Sorted(maps.Keys(c.models)) {
		if m := c.models[name]; !m.Discriminator || !m.Used {
			continue
		}
		for _, entry := range c.mapping(name) {
			derived := c.refs.targets[entry.node].name()
			if c.models[derived] == nil && c.kindOf(derived) == modelComponent {
				c.model(derived)
				added = true
			}
		}
	}
	return added
}

// wholeComponents adds every component that is a type of its own: no collection answer, and nothing that only
// an answer of failure has.
func (c *converter) wholeComponents() {
	failures := c.refs.failures()
	for _, name := range slices.Sorted(maps.Keys(c.api.Components.Schemas)) {
		switch kind := c.kindOf(name); {
		case failures[name]:
		case kind == enumComponent:
			c.enum(name)
		case kind == modelComponent:
			if _, wrapper := c.collectionItems(c.component(name)); !wrapper {
				c.model(name)
			}
		}
	}
}

// shortNames maps the last part of each component schema's name to the whole name, the shortest if several share it.
func shortNames(src *merged) map[string]string {
	short := map[string]string{}
	for _, name := range slices.Sorted(maps.Keys(src.sections["schemas"])) {
		last := ir.ShortName(name)
		if have, ok := short[last]; !ok || len(name) < len(have) {
			short[last] = name
		}
	}
	return short
}
