package slice

import (
	"maps"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/pathglob"
)

// This file reads the patterns and the names of types and properties in the configuration.

// expandConfig gives the names of the configuration their namespaces. Their positions go with them.
func (c *cutter) expandConfig() {
	positions := maps.Clone(c.cfg.Positions)
	expandAll := func(list string, names []string, expand func(string) string) []string {
		all := make([]string, len(names))
		for i, name := range names {
			all[i] = expand(name)
			if pos, ok := c.cfg.Positions[Entry{list, name}]; ok {
				positions[Entry{list, all[i]}] = pos
			}
		}
		return all
	}
	c.cfg.Types = expandAll(typesList, c.cfg.Types, c.expandType)
	c.cfg.Without = expandAll(withoutList, c.cfg.Without, c.expandType)
	c.cfg.Follow = expandAll(followList, c.cfg.Follow, c.expandProperty)
	kept := map[string][]string{}
	for name, properties := range c.cfg.Properties {
		full := expandAll(propertiesList, []string{name}, c.expandType)[0]
		kept[full] = append(kept[full], properties...)
		for _, property := range properties {
			expandAll(propertiesList, []string{name + "/" + property}, func(string) string { return full + "/" + property })
		}
	}
	c.cfg.Keep = expandAll(keepList, c.cfg.Keep, func(name string) string {
		if typ := c.expandType(name); c.types.Has(typ) || !strings.ContainsAny(name, "./") {
			return typ
		}
		return c.expandProperty(name)
	})
	c.addKept(kept)
	c.cfg.Properties = kept
	c.cfg.Positions = positions
}

// addKept adds the properties that are kept in any case to those of their types, where that is not all.
func (c *cutter) addKept(kept map[string][]string) {
	for _, path := range c.cfg.Keep {
		name, property, _ := strings.Cut(path, "/")
		if t := c.types.Type(name); t != nil && t.Property(property) != nil {
			owner := t.Property(property).Owner.Name
			if _, trimmed := kept[owner]; trimmed {
				kept[owner] = append(kept[owner], property)
			}
		}
	}
}

// expandType returns the qualified name of a type that is named by its last part: in the shortest namespace that has it, since a
// service's main namespace is the one that others begin with. A * at the end stays.
func (c *cutter) expandType(name string) string {
	if strings.Contains(name, ".") {
		return name
	}
	best, found := "", false
	for _, full := range c.namesOf(name) {
		dot := strings.LastIndexByte(full, '.') + 1
		space, last := full[:dot], full[dot:]
		isLonger := found && (len(space) > len(best) || len(space) == len(best) && space > best)
		if matchesName(name, last) && !isLonger {
			best, found = space, true
		}
	}
	return best + name
}

// namesOf are the types that a name without a namespace may mean.
func (c *cutter) namesOf(name string) []string {
	if strings.HasSuffix(name, "*") {
		return c.types.Names()
	}
	if c.byShort == nil {
		c.byShort = map[string][]string{}
		for _, full := range c.types.Names() {
			short := full[strings.LastIndexByte(full, '.')+1:]
			c.byShort[short] = append(c.byShort[short], full)
		}
	}
	return c.byShort[name]
}

// shortType is the name by which the configuration may call a type: its last part, if expandType leads back to it.
func (c *cutter) shortType(full string) string {
	if short := ir.ShortName(full); c.expandType(short) == full {
		return short
	}
	return full
}

// expandProperty returns "type/property" with the qualified name of the type, for a dot instead of the slash as well. The word
// for all bodies stays.
func (c *cutter) expandProperty(path string) string {
	if path == FollowBodies {
		return path
	}
	typ, property, ok := strings.Cut(path, "/")
	if dot := strings.LastIndexByte(path, '.'); !ok && dot > 0 {
		typ, property = path[:dot], path[dot+1:]
	}
	return c.expandType(typ) + "/" + property
}

// sources names where types are looked for, for messages.
func (c *cutter) sources() string {
	switch {
	case c.published == nil:
		return "the metadata"
	case len(c.cfg.Metadata) == 0:
		return "the OpenAPI document"
	}
	return "the metadata or the OpenAPI document"
}

// noSuchType reports a type of the configuration that the sources do not have, with those that it may mean.
func (c *cutter) noSuchType(at Entry, name string) {
	c.failAt(at, "no-such-type", nearestHint(c.nearestTypes(name)), "%s names %s, which is no type of %s", at.List, name, c.sources())
}

// nearestTypes are the types whose names are most like one: by their last part, where that is all that is given.
func (c *cutter) nearestTypes(name string) []string {
	if strings.Contains(name, ".") {
		return diag.Nearest(strings.TrimSuffix(name, "*"), c.types.Names(), 3)
	}
	var names []string
	for _, full := range c.types.Names() {
		names = append(names, ir.ShortName(full))
	}
	slices.Sort(names)
	return diag.Nearest(strings.TrimSuffix(name, "*"), slices.Compact(names), 3)
}

// nearestHint is a hint with names that may be meant.
func nearestHint(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return "the nearest is " + names[0]
	}
	return "the nearest are " + strings.Join(names, ", ")
}

// checkConfig reports types and properties of the configuration that the sources do not have.
func (c *cutter) checkConfig() {
	for _, pattern := range c.cfg.Without {
		if !slices.ContainsFunc(c.types.Names(), func(name string) bool { return matchesName(pattern, name) }) {
			c.noSuchType(Entry{withoutList, pattern}, pattern)
		}
	}
	for _, path := range c.cfg.Keep {
		name, property, isProperty := strings.Cut(path, "/")
		switch {
		case !c.types.Has(name):
			c.noSuchType(Entry{keepList, path}, name)
		case isProperty && c.types.Type(name).Property(property) == nil:
			hint := nearestHint(diag.Nearest(property, c.propertyNames(name, false), 1))
			c.failAt(Entry{keepList, path}, "no-such-property", hint, "%s has no property %s to keep", name, property)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(c.cfg.Properties)) {
		if !c.types.Has(name) {
			c.noSuchType(Entry{propertiesList, name}, name)
			continue
		}
		for _, property := range c.cfg.Properties[name] {
			if c.types.Type(name).Property(property) == nil {
				hint := nearestHint(diag.Nearest(property, c.propertyNames(name, false), 1))
				c.failAt(Entry{propertiesList, name + "/" + property}, "no-such-property", hint, "%s has no property %s to keep", name, property)
			}
		}
	}
}

// propertyNames are the names of the properties of a type, own and inherited, or only of its navigation properties.
func (c *cutter) propertyNames(typ string, onlyNavigation bool) []string {
	var names []string
	for b := range c.types.Type(typ).WithBases() {
		for _, p := range b.Properties {
			if !p.IsAnnotation() && (!onlyNavigation || p.IsNavigation()) {
				names = append(names, p.Name)
			}
		}
	}
	return names
}

// follow describes the targets of the navigation properties that the configuration names.
func (c *cutter) follow() {
	for _, path := range c.cfg.Follow {
		if path == FollowBodies {
			for _, p := range c.bodyProperties() {
				c.declare(c.targetOf(p), p.Path())
			}
			continue
		}
		name, property, _ := strings.Cut(path, "/")
		switch {
		case name == "" || property == "":
			c.failAt(Entry{followList, path}, "no-such-property", "", "follow is written as type.property, such as chat.tabs, or as %s", FollowBodies)
		case !c.types.Has(name):
			c.noSuchType(Entry{followList, path}, name)
		default:
			c.followProperty(path, name, property)
		}
	}
}

// followProperty describes the target of one navigation property.
func (c *cutter) followProperty(path, name, property string) {
	switch p := c.types.Type(name).Property(property); {
	case p != nil && p.IsNavigation():
		c.declare(p.Target, path)
		return
	case p != nil:
		c.failAt(Entry{followList, path}, "no-such-property", "leave it out: what it is made of is described in any case",
			"%s/%s is no navigation property", name, property)
		return
	}
	hint := nearestHint(diag.Nearest(property, c.propertyNames(name, true), 1))
	c.failAt(Entry{followList, path}, "no-such-property", hint, "%s has no navigation property %s", name, property)
}

// parseSet reads the patterns of the i-th file; false if one of them is at fault.
func (c *cutter) parseSet(i int, f File) (set pathglob.Set, ok bool) {
	parse := func(list string, texts []string) (patterns []pathglob.Pattern) {
		for _, text := range texts {
			p, err := pathglob.Parse(text)
			if err != nil {
				c.failAt(fileEntry(i, list, text), "bad-pattern", "", "%v", err)
				continue
			}
			patterns = append(patterns, p)
		}
		return patterns
	}
	set = pathglob.Set{Include: parse(includeList, f.Include), Exclude: parse(excludeList, f.Exclude)}
	return set, len(set.Include) == len(f.Include) && len(set.Exclude) == len(f.Exclude)
}
