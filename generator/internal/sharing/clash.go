package sharing

import (
	"fmt"
	"go/types"
	"maps"
	"slices"
)

// Clash is a type of a package that has a member called as one by which packages speak with their runtime, or without Type something
// that is called as what packages of calls need of that of the types.
type Clash struct{ Type, Member string }

func (c *Clash) Error() string {
	return fmt.Sprintf("%s has %s, and so is a method called that packages need which share a runtime", c.Type, c.Member)
}

// clash finds members of the package's types that have names which methods are to have.
func (o *own) clash() error {
	for _, name := range o.types.Scope().Names() {
		object, ok := o.types.Scope().Lookup(name).(*types.TypeName)
		if !ok || o.isRuntime(object) {
			continue
		}
		for _, method := range slices.Sorted(maps.Keys(o.table.spoken)) {
			wanted := mark + capital(method)
			if member, _, _ := types.LookupFieldOrMethod(types.NewPointer(object.Type()), false, o.types, wanted); member != nil {
				return &Clash{name, wanted}
			}
		}
	}
	return nil
}
