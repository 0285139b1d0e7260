package openapi

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// typeNames notes what the keys of discriminators call types, where that is not what their schemas are called: the keys are what
// travels in @odata.type.
func (c *converter) typeNames() {
	keys := map[*ir.Model][]sourceValue{}
	for _, name := range slices.Sorted(maps.Keys(c.models)) {
		if !c.models[name].Discriminator {
			continue
		}
		for _, entry := range c.mapping(name) {
			if m := c.models[c.refs.targets[entry.node].name()]; m != nil {
				keys[m] = append(keys[m], entry)
			}
		}
	}
	owners := map[string]*ir.Model{}
	for _, name := range slices.Sorted(maps.Keys(c.models)) {
		m := c.models[name]
		if m.TypeNames = wireNames(m.Name, keys[m]); m.TypeNames == nil {
			owners[m.Name] = m
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.models)) {
		for _, typeName := range c.models[name].TypeNames {
			if owner := owners[typeName]; owner != nil {
				c.sameTypeName(c.models[name], owner, typeName, keys)
			}
			owners[typeName] = c.models[name]
		}
	}
}

// wireNames are the names that keys give, its own first if that is among them; nil if they give no other.
func wireNames(own string, keys []sourceValue) []string {
	var names []string
	for _, key := range keys {
		name := key.name()[strings.LastIndexByte(key.name(), '#')+1:]
		if name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	if i := slices.Index(names, own); i >= 0 {
		names = append([]string{own}, slices.Delete(names, i, i+1)...)
	}
	if len(names) == 0 || len(names) == 1 && names[0] == own {
		return nil
	}
	return names
}

// sameTypeName reports two types of one name on the wire, at the key that makes it so.
func (c *converter) sameTypeName(m, other *ir.Model, name string, keys map[*ir.Model][]sourceValue) {
	at := m.Pos
	for _, key := range keys[m] {
		if strings.HasSuffix(key.name(), name) {
			at = key.pos()
		}
	}
	c.diags.Add(diag.Diagnostic{Pos: at, Severity: diag.Error, Code: "type-name",
		Message: fmt.Sprintf("discriminators call both %s and %s by the name %s", m.Name, other.Name, name),
		Hint:    "a key of a mapping is what one type is called in @odata.type", Related: []diag.Pos{other.Pos}})
}
