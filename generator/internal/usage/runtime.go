package usage

import (
	"go/token"
	"go/types"
)

// ofRuntime notes a name of a generated package that is none of its elements.
func (c *collector) ofRuntime(obj types.Object, pos token.Pos) {
	f := c.at(obj.Pkg())
	if f == nil || obj.Pkg().Path() != f.Path || !obj.Exported() {
		return
	}
	name := obj.Name()
	if fn, ok := obj.(*types.Func); ok && receiver(fn) != "" {
		name = receiver(fn) + "." + name
	} else if obj.Parent() != obj.Pkg().Scope() {
		return // a field
	}
	c.note(f.Path, named{runtimeKind, name, name, ""}, c.site(pos), false)
}
