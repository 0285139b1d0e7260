package slice

import (
	"maps"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/diag"
)

// This file reads the names of types and properties in the configuration.

// expandConfig gives the names of the configuration their namespaces.
func (c *cutter) expandConfig() {
	expandAll := func(names []string, expand func(string) string) []string {
		all := make([]string, len(names))
		for i, name := range names {
			all[i] = expand(name)
		}
		return all
	}
	c.cfg.Types = expandAll(c.cfg.Types, c.expandType)
	c.cfg.Without = expandAll(c.cfg.Without, c.expandType)
	c.cfg.Follow = expandAll(c.cfg.Follow, c.expandProperty)
	kept := map[string][]string{}
	for name, properties := range c.cfg.Properties {
		kept[c.expandType(name)] = properties
	}
	c.cfg.Properties = kept
}

// expandType returns the qualified name of a type that is named by its last part: the shortest there is, since a service's main
// namespace is the one that others begin with.
func (c *cutter) expandType(name string) string {
	if strings.Contains(name, ".") {
		return name
	}
	best := ""
	for _, full := range c.typeNames() {
		isLonger := best != "" && (len(full) > len(best) || len(full) == len(best) && full > best)
		if full[lastDot(full)+1:] == name && !isLonger {
			best = full
		}
	}
	if best == "" {
		return name
	}
	return best
}

// expandProperty returns "type/property" with the qualified name of the type, for a dot instead of the slash as well.
func (c *cutter) expandProperty(path string) string {
	typ, property, ok := strings.Cut(path, "/")
	if dot := lastDot(path); !ok && dot > 0 {
		typ, property = path[:dot], path[dot+1:]
	}
	return c.expandType(typ) + "/" + property
}

// typeNames are the names of all types that the sources have.
func (c *cutter) typeNames() []string {
	var names []string
	for _, t := range c.doc.Types {
		names = append(names, t.Name)
	}
	for _, e := range c.doc.Enums {
		names = append(names, e.Name)
	}
	if c.published != nil {
		for _, e := range c.published.doc.Components(schemas) {
			names = append(names, e.Name)
		}
	}
	return names
}

// sources names where types are looked for, for messages.
func (c *cutter) sources() string {
	switch {
	case c.published == nil:
		return "the metadata"
	case len(c.cfg.Metadata) == 0:
		return "the OpenAPI document"
	}
	return "neither the metadata nor the OpenAPI document"
}

// nearestTypes is a hint with the types whose names are most like one.
func (c *cutter) nearestTypes(name string) string {
	nearest := diag.Nearest(name, c.typeNames(), 3)
	if len(nearest) == 0 {
		return ""
	}
	return "the nearest are " + strings.Join(nearest, ", ")
}

// checkConfig reports types and properties of the configuration that the sources do not have.
func (c *cutter) checkConfig() {
	for _, pattern := range c.cfg.Without {
		if !slices.ContainsFunc(c.typeNames(), func(name string) bool { return matchesName(pattern, name) }) {
			c.fail("no-such-type", "", "the configuration leaves out %s, which no type of %s is", pattern, c.sources())
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.cfg.Properties)) {
		for _, property := range c.cfg.Properties[name] {
			if !c.hasProperty(name, property) {
				c.fail("no-such-property", "", "the configuration keeps %s/%s, which %s does not have", name, property, c.sources())
			}
		}
	}
}

// hasProperty reports whether a type of the metadata or else of the document has a property, own or inherited.
func (c *cutter) hasProperty(typ, property string) bool {
	if t := c.doc.Type(typ); t != nil {
		return t.Property(property) != nil
	}
	_, ok := c.schemaProperty(typ, property)
	return ok
}

// schemaProperty returns a property of a schema of the document, own or inherited.
func (c *cutter) schemaProperty(typ, property string) (theirProperty, bool) {
	for _, s := range c.published.bases(typ) {
		if p, ok := s.property(property); ok {
			return p, true
		}
	}
	return theirProperty{}, false
}

// follow describes the targets of the navigation properties that the configuration names.
func (c *cutter) follow() {
	for _, path := range c.cfg.Follow {
		name, property, _ := strings.Cut(path, "/")
		if t := c.doc.Type(name); t != nil {
			if p := t.Property(property); p != nil && p.Navigation {
				c.declare(p.Type, path)
				continue
			}
		} else if p, ok := c.schemaProperty(name, property); ok && c.published.isNavigation(p) {
			c.declareName(p.target(), path)
			continue
		}
		c.fail("no-such-property", "", "the configuration follows %s, which is no navigation property of %s", path, c.sources())
	}
}
