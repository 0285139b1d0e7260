package slice

import (
	"cmp"
	"context"
	"slices"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice/derive"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// notIn is the extension that names the clouds that lack an element: x-graphslice-not-in: [China].
const notIn = "x-graphslice-not-in"

// Cloud is a cloud beside the one that the slices are cut from.
type Cloud struct {
	// Name is what slices and comments call it, such as "China".
	Name string
	// Metadata are the documents that together describe its service.
	Metadata []string
}

// cloud is one with its metadata.
type cloud struct {
	Cloud
	doc *csdl.Document
	way *derive.Walker
}

// readClouds reads the metadata of the clouds, sorted by name. What several have in common is read once.
func readClouds(ctx context.Context, read reader, clouds []Cloud, understood *Understood) ([]cloud, diag.List) {
	var all []cloud
	var diags diag.List
	for _, c := range clouds {
		if i := slices.IndexFunc(all, func(o cloud) bool { return slices.Equal(o.Metadata, c.Metadata) }); i >= 0 {
			all = append(all, cloud{c, all[i].doc, all[i].way})
			continue
		}
		doc, found := understood.metadataFor(ctx, read, c.Metadata, "cloud", c.Name)
		diags = append(diags, found...)
		if !found.HasErrors() {
			all = append(all, cloud{c, doc, derive.NewWalker(doc)})
		}
	}
	slices.SortFunc(all, func(a, b cloud) int { return cmp.Compare(a.Name, b.Name) })
	return all, diags
}

// lacking are the names of the clouds that a test holds for; nil if there are none.
func (c *cutter) lacking(lacks func(cloud) bool) *tree.Node {
	var names []string
	for _, cloud := range c.clouds {
		if lacks(cloud) {
			names = append(names, cloud.Name)
		}
	}
	return tree.Strs(names).OnLine()
}

// operationNotIn are the clouds where some step of an operation's path does not exist. What cannot be understood in the metadata
// that the slice is cut from tells nothing.
func (c *cutter) operationNotIn(o *operation) *tree.Node {
	if len(c.clouds) == 0 || len(c.doc.Types) > 0 && c.way().Walk(o.Path) != derive.Exists {
		return nil
	}
	return c.lacking(func(cloud cloud) bool { return cloud.way.Walk(o.Path) == derive.Missing })
}

// way walks the metadata that the slice is cut from.
func (c *cutter) way() *derive.Walker {
	if c.walker == nil {
		c.walker = derive.NewWalker(c.doc)
	}
	return c.walker
}

// typeNotIn are the clouds that have neither type nor enumeration of that name.
func (c *cutter) typeNotIn(name string) *tree.Node {
	return c.lacking(func(cloud cloud) bool { return cloud.doc.Type(name) == nil && cloud.doc.Enum(name) == nil })
}

// markProperty says of the schema of a property which clouds have its type without it. A property that a cloud inherits is there.
// What the metadata that the slice is cut from lacks as well says nothing.
func (c *cutter) markProperty(typ, name string, schema *tree.Node) *tree.Node {
	if t := c.doc.Type(typ); t != nil && t.Property(name) == nil {
		return schema
	}
	return schema.Set(notIn, c.lacking(func(cloud cloud) bool {
		t := cloud.doc.Type(typ)
		return t != nil && t.Property(name) == nil
	}))
}

// memberNotIn are the clouds that have an enumeration without one of its members.
func (c *cutter) memberNotIn(e *csdl.Enum, m *csdl.Member) *tree.Node {
	return c.lacking(func(cloud cloud) bool {
		theirs := cloud.doc.Enum(e.Name)
		return theirs != nil && !slices.ContainsFunc(theirs.Members, func(o *csdl.Member) bool { return o.Name == m.Name })
	})
}
