package slice

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/service"
	"github.com/graphslice/graphslice/generator/internal/slice/derive"
	"github.com/graphslice/graphslice/generator/internal/slice/permissions"
	"github.com/graphslice/graphslice/generator/internal/slice/tree"
)

// The extensions about the least permissions of an operation; what else it accepts stands in permissionsExtension.
const (
	applicationExtension = "x-graphslice-application-permissions"
	resourceExtension    = "x-graphslice-resource-permissions"
)

// readPermissions reads the tables of permissions; nil if there are none.
func readPermissions(ctx context.Context, read reader, sources []string) (*permissions.Table, diag.List) {
	var inputs []permissions.Input
	var diags diag.List
	for _, source := range sources {
		data, found := read(ctx, source)
		diags = append(diags, found...)
		inputs = append(inputs, permissions.Input{Name: source, Data: data})
	}
	if len(inputs) == 0 || diags.HasErrors() {
		return nil, diags
	}
	table, found := permissions.Read(inputs...)
	return table, append(diags, found...)
}

// permits are the parts of an operation that say what it takes. Each may be nil.
type permits struct{ security, application, resource, all *tree.Node }

// extend adds the extensions to an operation.
func (p permits) extend(n *tree.Node) {
	n.Set(applicationExtension, p.application).Set(resourceExtension, p.resource).Set(tree.PermissionsExtension, p.all)
}

// permits says what an operation takes.
func (c *cutter) permits(o *operation, notes operationNotes) permits {
	rule, known := c.rule(o, notes)
	p := permits{security: securityOf(rule.Delegated), application: first(rule.Application), resource: first(rule.ResourceSpecific)}
	if known {
		p.all = ruleNode(rule)
	}
	return p
}

// rule looks an operation up in the tables, and reports whether they know it. What the notes say wins.
func (c *cutter) rule(o *operation, notes operationNotes) (rule permissions.Rule, known bool) {
	if c.table != nil {
		isProperty := o.Property != nil || (o.Kind == derive.GetContent || o.Kind == derive.SetContent) && !strings.HasSuffix(o.Path, "/$value")
		rule, known = c.table.Find(permissions.Query{Method: o.Method, Path: o.Path, Set: c.setOfSingleton(o.Path),
			Property: isProperty})
	}
	if c.table != nil && !known && len(notes.Delegated)+len(notes.Application)+len(notes.ResourceSpecific) == 0 {
		c.unpermitted = append(c.unpermitted, o.Method+" "+o.Path)
	}
	take := func(kind string, g *permissions.Grants, note []string) {
		if known {
			c.compareNote(o, kind, note, *g)
		}
		*g = noted(*g, note)
	}
	take("delegated", &rule.Delegated, notes.Delegated)
	take("application", &rule.Application, notes.Application)
	take("resourceSpecific", &rule.ResourceSpecific, notes.ResourceSpecific)
	return rule, known
}

// setOfSingleton is the one entity set that has the type of the singleton that a path begins with; "" if there is no such thing.
func (c *cutter) setOfSingleton(path string) string {
	root, _, _ := strings.Cut(strings.TrimPrefix(path, "/"), "/")
	i := slices.IndexFunc(c.doc.Singletons, func(s *csdl.Source) bool { return s.Name == root })
	if i < 0 {
		return ""
	}
	set := ""
	for _, s := range c.doc.EntitySets {
		if s.Type != c.doc.Singletons[i].Type {
			continue
		}
		if set != "" {
			return ""
		}
		set = s.Name
	}
	return set
}

// noted are grants with those of the notes as the least; all of a note are needed together, and an empty one says that there are none.
func noted(g permissions.Grants, note []string) permissions.Grants {
	switch {
	case note == nil:
		return g
	case len(note) == 0:
		return permissions.Grants{}
	}
	least := strings.Join(note, " ")
	others := slices.Concat(g.Least, g.Other)
	return permissions.Grants{Least: []string{least}, Other: slices.DeleteFunc(others, func(s string) bool { return s == least })}
}

// securityOf are the least delegated permissions as OpenAPI writes alternatives.
func securityOf(g permissions.Grants) *tree.Node {
	if g.Empty() {
		return nil
	}
	n := tree.Seq()
	for _, text := range g.Least {
		n.Append(tree.Map().Set(service.Graph.SecurityScheme, tree.Strs(strings.Fields(text))))
	}
	return n
}

// first are the permissions of the best alternative.
func first(g permissions.Grants) *tree.Node {
	if g.Empty() {
		return nil
	}
	return tree.Strs(strings.Fields(g.Least[0]))
}

// ruleNode writes all that is accepted.
func ruleNode(r permissions.Rule) *tree.Node {
	n := tree.Map().Set("from", tree.Optional(r.From))
	for _, g := range []struct {
		name string
		permissions.Grants
	}{{"delegated", r.Delegated}, {"personal", r.Personal}, {"application", r.Application}, {"resourceSpecific", r.ResourceSpecific}} {
		if !g.Empty() {
			n.Set(g.name, tree.Map().Set("least", tree.Strs(g.Least).OnLine()).Set("other", tree.Strs(g.Other).OnLine()).
				Set("unmarked", tree.Present(g.Unmarked)))
		}
	}
	return n
}

// NotedPermissions are permissions of the notes for an operation that the tables know as well.
type NotedPermissions struct {
	diag.Pos
	// Operation is what they are noted for, such as "GET /chats", and Kind the key: delegated, application or resourceSpecific.
	Operation, Kind string
	// Table is what the tables have as the least, "" if they accept nothing. Same: it is what the notes say.
	Table string
	Same  bool
}

// compareNote finds notes that the tables make needless, or that they contradict.
func (c *cutter) compareNote(o *operation, kind string, note []string, g permissions.Grants) {
	if note == nil {
		return
	}
	name := o.Method + " " + o.Path
	c.noted = append(c.noted, NotedPermissions{Pos: c.notes.positions["operations/"+name], Operation: name, Kind: kind,
		Table: strings.Join(g.Least, " or "), Same: strings.Join(note, " ") == strings.Join(g.Least[:min(1, len(g.Least))], "")})
}

// describePermissions is what is known of the permissions that the operations of a document accept; nil without tables.
func (c *cutter) describePermissions(paths []tree.Path) *tree.Node {
	n := tree.Map()
	for name, schemes := range c.acceptedBy(paths) {
		n.Add(name, schemes)
	}
	n.SortFields()
	if len(n.Fields()) == 0 {
		return nil
	}
	return n
}

// acceptedBy finds the permissions of a document's operations, with what is known of each.
func (c *cutter) acceptedBy(paths []tree.Path) map[string]*tree.Node {
	all := map[string]*tree.Node{}
	for _, p := range paths {
		for _, m := range p.Operations {
			for group, scheme := range schemeOf {
				accepted := m.Operation.Get(tree.PermissionsExtension).Get(group)
				for _, text := range slices.Concat(accepted.Get("least").Texts(), accepted.Get("other").Texts()) {
					for name := range strings.FieldsSeq(text) {
						c.describePermission(all, name, group, scheme)
					}
				}
			}
		}
	}
	for _, n := range all {
		n.SortFields()
	}
	return all
}

// schemeOf are the schemes of the groups of an operation's permissions.
var schemeOf = map[string]permissions.Scheme{
	"delegated": permissions.Work, "personal": permissions.Personal, "application": permissions.Application,
	"resourceSpecific": permissions.Application,
}

// describePermission adds what is known of a permission, if something is.
func (c *cutter) describePermission(all map[string]*tree.Node, name, group string, scheme permissions.Scheme) {
	d := c.table.Describe(name, scheme)
	about := tree.Map()
	if d.ID != "" {
		about.Set("id", tree.Raw(d.ID)) // a GUID reads as a text in any case
	}
	if d.Level > 0 {
		about.Set("level", tree.Raw(strconv.Itoa(d.Level)))
	}
	about.Set("adminConsent", tree.Present(d.AdminConsent))
	if d.Opens > 0 {
		about.Set("opens", tree.Raw(strconv.Itoa(d.Opens)))
	}
	if d.Allows != "" {
		about.Set("allows", tree.Str(d.Allows))
	}
	if len(about.Fields()) == 0 {
		return
	}
	if all[name] == nil {
		all[name] = tree.Map()
	}
	all[name].Set(group, about.OnLine())
}
