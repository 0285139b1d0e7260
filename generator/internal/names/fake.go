package names

import (
	"maps"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// What every fake of a service calls the same.
var (
	Put, Stored                = Ident{"Put"}, Ident{"Stored"}
	Unique, Fill               = Ident{"Unique"}, Ident{"Fill"}
	ServiceRoot                = Ident{"serviceRoot"}
	Roots, Types, Enums, Calls = Ident{"roots"}, Ident{"types"}, Ident{"enums"}, Ident{"operations"}
	Bases                      = Ident{"bases"}
)

// Fake holds the identifiers of the package that fakes the service of another. Its types have the names of the other's builders, and
// their methods lead where those of the builders lead.
type Fake struct {
	// Table is that of the other package.
	Table *Table
	// taken are, for each builder, the methods that do not lead on; for nil those of the server.
	taken map[*ir.Resource]map[string]bool
}

// NewFake gives out the identifiers for the fake of a package with these roots. Server are the methods that its server has in any case.
func NewFake(table *Table, roots []*ir.Resource, server map[string]bool) *Fake {
	f := &Fake{table, map[*ir.Resource]map[string]bool{nil: maps.Clone(server)}}
	for _, r := range roots {
		f.take(nil, RootOperations(r))
		f.walk(r)
	}
	return f
}

func (f *Fake) walk(r *ir.Resource) {
	if HasBuilder(r) {
		f.taken[r] = map[string]bool{Put.name: true, Stored.name: true, Unique.name: true, Fill.name: true}
		f.take(r, BuilderOperations(r))
	}
	for _, c := range r.Children {
		f.walk(c)
	}
}

func (f *Fake) take(r *ir.Resource, ops []*ir.Operation) {
	for _, op := range ops {
		f.taken[r][f.On(op).String()] = true
	}
}

// On is the method that gives an operation handlers, such as OnList.
func (f *Fake) On(op *ir.Operation) Ident { return Ident{"On" + f.Table.Method(op).String()} }

// Accessor is the method that leads to a place: that of the builder, unless the fake has one of the name.
func (f *Fake) Accessor(r *ir.Resource) Ident {
	return f.free(r.Parent, f.Table.Accessor(r).String())
}

// AnyKey is the method that leads to a place with a key, whatever that is: AnyID beside ByID.
func (f *Fake) AnyKey(r *ir.Resource) Ident {
	return f.free(r.Parent, "Any"+strings.TrimPrefix(f.Table.Accessor(r).String(), "By"))
}

func (f *Fake) free(parent *ir.Resource, name string) Ident {
	for f.taken[parent][name] {
		name += "Path"
	}
	return Ident{name}
}
