package names

import (
	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/ir"
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
	return accessor(r.Segment)
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
