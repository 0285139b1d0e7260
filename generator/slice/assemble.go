package slice

import (
	"cmp"
	"slices"
	"strings"
)

// This file puts the documents together: the operations, and the components that they lead to.

// documents puts the slices together.
func (c *cutter) documents(files [][]*operation) []*Document {
	made := map[string]*Node{} // components by reference; slices share them
	documents := make([]*Document, len(files))
	for i, operations := range files {
		d := &Document{
			Out: c.cfg.Files[i].Out, Title: cmp.Or(c.cfg.Files[i].Title, TitleOf(c.cfg.Files[i].Out)), Version: c.version(),
			ServiceRoot: c.cfg.ServiceRoot, Stamp: c.cfg.Files[i].Stamp, Paths: c.paths(operations, made),
		}
		d.Components = c.components(d.Paths, nil, made)
		d.Permissions = c.describePermissions(d.Paths)
		for _, cloud := range c.clouds {
			d.Clouds = append(d.Clouds, cloud.Name)
		}
		documents[i] = d
	}
	if asked := c.unreferenced(documents); len(asked) > 0 {
		documents[0].Components = c.components(documents[0].Paths, asked, made)
	}
	for _, d := range documents {
		d.cleanTexts()
	}
	return documents
}

// unreferenced are references to the types that the configuration asks for and no document has so far. They go into the first.
func (c *cutter) unreferenced(documents []*Document) []string {
	var refs []string
	for _, name := range c.cfg.Types {
		if !slices.ContainsFunc(documents, func(d *Document) bool { return d.has(schemas, name) }) {
			refs = append(refs, componentPrefix+schemas+"/"+name)
		}
	}
	return refs
}

// paths writes the path items, and makes the components for their keys.
func (c *cutter) paths(operations []*operation, made map[string]*Node) []Path {
	var paths []Path
	for _, o := range operations {
		if len(paths) == 0 || paths[len(paths)-1].Path != o.path {
			p := Path{Path: o.path}
			for _, n := range o.shared {
				p.Parameters = append(p.Parameters, NodeOf(n))
			}
			for _, key := range o.keys {
				if key.own {
					p.Parameters = append(p.Parameters, c.keyParameter(key))
					continue
				}
				r := ref(parameters, key.name)
				if made[r.Get("$ref").Text()] == nil {
					made[r.Get("$ref").Text()] = c.keyParameter(key)
				}
				p.Parameters = append(p.Parameters, r)
			}
			paths = append(paths, p)
		}
		last := &paths[len(paths)-1]
		last.Operations = append(last.Operations, Method{o.method, c.operationNode(o)})
	}
	return paths
}

// keyParameter is the component of a key in a path.
func (c *cutter) keyParameter(key pathKey) *Node {
	description := c.notes.take(c.notes.Parameters, "parameters", key.name)
	switch {
	case description != "":
	case key.byPath:
		description = "The path to the " + key.typ.ShortName() + ", from what stands before it; its slashes stay."
	case key.own && key.property != nil:
		description = "The " + key.property.Name + " of the " + key.typ.ShortName() + "."
	default:
		description = "The key of the " + key.typ.ShortName() + "."
	}
	schema := primitiveSchema("Edm.String", false)
	if key.property != nil {
		schema = typeSchema(key.property.Type, false)
	}
	return Map(
		Field{"name", Str(key.name)}, Field{"in", Str("path")}, Field{"description", Str(description)}, Field{"required", True()},
		Field{"style", Str("simple")}, Field{"schema", schema}, Field{"x-ms-docs-key-type", Str(key.typ.ShortName())})
}

// components makes everything that the paths and the other references lead to, however far.
func (c *cutter) components(paths []Path, others []string, made map[string]*Node) []Section {
	used := map[string]map[string]*Node{}
	pending := slices.Clone(others)
	for _, p := range paths {
		for _, parameter := range p.Parameters {
			pending = append(pending, parameter.refs()...)
		}
		for _, m := range p.Operations {
			pending = append(pending, m.Operation.refs()...)
		}
	}
	for len(pending) > 0 {
		ref := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		section, name, _ := strings.Cut(strings.TrimPrefix(ref, componentPrefix), "/")
		if used[section][name] != nil {
			continue
		}
		if made[ref] == nil {
			made[ref] = c.component(section, name)
		}
		if used[section] == nil {
			used[section] = map[string]*Node{}
		}
		used[section][name] = made[ref]
		pending = append(append(pending, made[ref].refs()...), made[ref].mapped()...)
	}
	c.addDiscriminators(used[schemas])
	used[securitySchemes] = c.security(paths)
	return sortSections(used)
}

// security are the security schemes that the operations name: those of the OpenAPI document, or else the one of Graph with the
// permissions that the operations need.
func (c *cutter) security(paths []Path) map[string]*Node {
	scopes := map[string][]string{} // by scheme
	for _, p := range paths {
		for _, m := range p.Operations {
			for _, requirement := range m.Operation.Get("security").Items() {
				for _, f := range requirement.Fields() {
					scopes[f.Key] = append(scopes[f.Key], f.Value.Texts()...)
				}
			}
		}
	}
	used := map[string]*Node{}
	for name, scopes := range scopes {
		if used[name] = c.publishedComponent(securitySchemes, name); used[name] == nil {
			used[name] = scheme(scopes)
		}
	}
	return used
}

// scheme is a security scheme with its permissions.
func scheme(names []string) *Node {
	slices.Sort(names)
	scopes := Map()
	for _, name := range names {
		scopes.Set(name, Str(""))
	}
	login := "https://login.microsoftonline.com/common/oauth2/v2.0/"
	flow := Map(Field{"authorizationUrl", Str(login + "authorize")}, Field{"tokenUrl", Str(login + "token")}, Field{"scopes", scopes})
	return Map(Field{"type", Str("oauth2")}, Field{"flows", Map(Field{"authorizationCode", flow})})
}
