package names

import (
	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
)

// apart is the name of a path where a path of one segment has that name: /groupSettings is GroupSettings, and so
// /groups/{group-id}/settings is GroupsItemSettings. Whichever is had before stays: it is a name that is kept.
func (a *assigner) apart(r *ir.Resource, name string) string {
	if r.Parent == nil || !a.roots[name] || a.pins.had("path", r.Path(), name) {
		return name
	}
	a.resources[r] = name
	full := a.fullName(r)
	if full == "" || a.roots[full] {
		return name
	}
	a.kept[element{"path", r.Path()}] = true
	return full
}

// accessorName is the method that leads to a path.
func (a *assigner) accessorName(r *ir.Resource) string {
	path := r.Path()
	if name, ok := a.tried[slot{"paths", path, "accessor"}]; ok {
		return name
	}
	if name := a.pathNames[path].Accessor; name != "" {
		return name
	}
	rule := accessor(r.Segment)
	if r.Parent != nil {
		return a.pinned(accessorPin, path, rule)
	}
	if a.reserved.Client[rule] {
		rule += "Property"
	}
	if a.reserved.Client[a.pins.names[element{accessorPin, path}].name] { // the runtime has grown
		return rule
	}
	return a.pinned(accessorPin, path, rule)
}

// pathTaken is a path as who has a name.
func (a *assigner) pathTaken(r *ir.Resource, f fix) taken {
	return taken{"path " + r.Path(), firstPos(r), f, a.pins.had("path", r.Path(), a.resources[r])}
}

// firstPos is where the first operation at or below r stands.
func firstPos(r *ir.Resource) diag.Pos {
	if len(r.Operations) > 0 {
		return r.Operations[0].Pos
	}
	for _, c := range r.Children {
		return firstPos(c)
	}
	return diag.Pos{}
}

// resource names the paths below and including r.
func (a *assigner) resource(r *ir.Resource) {
	name := a.pathName(r)
	a.resources[r], a.Table.paths[r] = name, name
	a.accessors[r] = a.accessorName(r)
	a.shadowed[r] = a.shadowed[r.Parent]
	if HasBuilder(r) && !a.shadowed[r] {
		_, a.shadowed[r] = a.builders.names[name+"Requests"]
		a.take(&a.builders, name+"Requests", a.pathTaken(r, a.pathFix(r)))
	}
	for _, op := range r.Operations {
		a.byPath[op] = r
	}
	for _, c := range r.Children {
		a.resource(c)
	}
}

// pathName is the name of a path.
func (a *assigner) pathName(r *ir.Resource) string {
	path := r.Path()
	return a.renamed("paths", path, a.pathNames[path].GoName, func() string { return a.pinned("path", path, a.apart(r, a.pathRule(r))) })
}

// pathRule names a path after its text alone: the root collection and its key are the key's type, every later segment
// follows, a later key is Item.
func (a *assigner) pathRule(r *ir.Resource) string {
	s := r.Segment
	if r.Parent == nil && s.Kind == ir.Template {
		return templateName(s)
	}
	if r.Parent == nil {
		return exported(s.Name)
	}
	parent := a.resources[r.Parent]
	switch s.Kind {
	case ir.Key:
		return keyRule(r, parent)
	case ir.Template:
		return parent + templateName(s)
	case ir.Address:
		return parent + addressName(s)
	case ir.Cast:
		return parent + "As" + qualified(s.Name)
	case ir.Action:
		return parent + unlikeVerb(qualified(s.Name), "Action")
	case ir.Function:
		return parent + unlikeVerb(qualified(s.Name), "Function")
	case ir.Count:
		return parent + "Count"
	case ir.Value:
		return parent + "Value"
	case ir.RefSegment:
		return parent + "Ref"
	}
	return parent + camel(s.Name)
}
