package slice

import (
	"cmp"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/service"
	"github.com/graphslice/graphslice/generator/internal/slice/derive"
	"github.com/graphslice/graphslice/generator/internal/slice/index"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// This file puts the documents together: the operations, and the components that they lead to.

// documents puts the slices together.
func (c *cutter) documents(files [][]*operation) []*Document {
	made := map[string]*tree.Node{} // components by reference; slices share them
	documents := make([]*Document, len(files))
	for i, operations := range files {
		d := &tree.Document{
			Out: c.cfg.Files[i].Out, Title: cmp.Or(c.cfg.Files[i].Title, tree.TitleOf(c.cfg.Files[i].Out)), Version: c.version(),
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
		d.CleanTexts()
	}
	return documents
}

// unreferenced are references to the types that the configuration asks for and no document has so far. They go into the first.
func (c *cutter) unreferenced(documents []*Document) []string {
	var refs []string
	for _, name := range c.cfg.Types {
		if !slices.ContainsFunc(documents, func(d *tree.Document) bool { return d.Has(tree.Schemas, name) }) {
			refs = append(refs, tree.ComponentPrefix+tree.Schemas+"/"+name)
		}
	}
	return refs
}

// paths writes the path items, and makes the components for their keys.
func (c *cutter) paths(operations []*operation, made map[string]*tree.Node) []tree.Path {
	var paths []tree.Path
	for _, o := range operations {
		if len(paths) == 0 || paths[len(paths)-1].Path != o.Path {
			p := tree.Path{Path: o.Path}
			for _, n := range o.shared {
				p.Parameters = append(p.Parameters, tree.NodeOf(n))
			}
			for _, key := range o.Keys {
				if key.Own {
					p.Parameters = append(p.Parameters, c.keyParameter(key))
					continue
				}
				r := tree.Ref(tree.Parameters, key.Name)
				if made[r.Get("$ref").Text()] == nil {
					made[r.Get("$ref").Text()] = c.keyParameter(key)
				}
				p.Parameters = append(p.Parameters, r)
			}
			paths = append(paths, p)
		}
		last := &paths[len(paths)-1]
		last.Operations = append(last.Operations, tree.Method{Name: o.Method, Operation: c.operationNode(o)})
	}
	return paths
}

// keyParameter is the component of a key in a path.
func (c *cutter) keyParameter(key derive.Key) *tree.Node {
	description := c.notes.take(c.notes.Parameters, "parameters", key.Name)
	switch {
	case description != "":
	case key.ByPath:
		description = "The path to the " + key.Type.ShortName() + ", from what stands before it; its slashes stay."
	case key.Own && key.Property != nil:
		description = "The " + key.Property.Name + " of the " + key.Type.ShortName() + "."
	default:
		description = "The key of the " + key.Type.ShortName() + "."
	}
	schema := primitiveSchema(ir.String.Edm(), false)
	if key.Property != nil {
		schema = typeSchema(key.Property.Type, false)
	}
	return tree.Map().
		Set("name", tree.Str(key.Name)).Set("in", tree.Str("path")).Set("description", tree.Str(description)).Set("required", tree.True()).
		Set("style", tree.Str("simple")).Set("schema", schema).Set("x-ms-docs-key-type", tree.Str(key.Type.ShortName()))
}

// components makes everything that the paths and the other references lead to, however far.
func (c *cutter) components(paths []tree.Path, others []string, made map[string]*tree.Node) []tree.Section {
	used := map[string]map[string]*tree.Node{}
	pending := slices.Clone(others)
	for _, p := range paths {
		for _, parameter := range p.Parameters {
			pending = append(pending, parameter.Refs()...)
		}
		for _, m := range p.Operations {
			pending = append(pending, m.Operation.Refs()...)
		}
	}
	for len(pending) > 0 {
		ref := pending[len(pending)-1]
		pending = pending[:len(pending)-1]
		section, name, _ := strings.Cut(strings.TrimPrefix(ref, tree.ComponentPrefix), "/")
		if used[section][name] != nil {
			continue
		}
		if made[ref] == nil {
			made[ref] = c.component(section, name)
		}
		if made[ref] == nil { // it leads nowhere, or to what is at fault, of which was told
			_, _, found := c.published.Resolve(index.Ref{Text: ref})
			*c.diags = append(*c.diags, found...)
			continue
		}
		if used[section] == nil {
			used[section] = map[string]*tree.Node{}
		}
		used[section][name] = made[ref]
		pending = append(append(pending, made[ref].Refs()...), made[ref].Mapped()...)
	}
	c.addDiscriminators(used[tree.Schemas])
	used[tree.SecuritySchemes] = c.security(paths)
	return tree.SortSections(used)
}

// security are the security schemes that the operations name: those of the OpenAPI document, or else the one of Graph with the
// permissions that the operations need.
func (c *cutter) security(paths []tree.Path) map[string]*tree.Node {
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
	used := map[string]*tree.Node{}
	for name, scopes := range scopes {
		if used[name] = c.publishedComponent(tree.SecuritySchemes, name); used[name] == nil {
			used[name] = scheme(scopes)
		}
	}
	return used
}

// scheme is a security scheme with its permissions.
func scheme(names []string) *tree.Node {
	slices.Sort(names)
	scopes := tree.Map()
	for _, name := range names {
		scopes.Set(name, tree.Str(""))
	}
	flow := tree.Map().Set("authorizationUrl", tree.Str(service.Graph.AuthorizeURL)).Set("tokenUrl", tree.Str(service.Graph.TokenURL)).
		Set("scopes", scopes)
	return tree.Map().Set("type", tree.Str("oauth2")).Set("flows", tree.Map().Set("authorizationCode", flow))
}
