package names

import (
	"strings"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// What every fake of a service calls the same.
var (
	Put, Stored                = Ident{"Put"}, Ident{"Stored"}
	Unique, Fill               = Ident{"Unique"}, Ident{"Fill"}
	ServiceRoot                = Ident{"serviceRoot"}
	Roots, Types, Enums, Calls = Ident{"roots"}, Ident{"types"}, Ident{"enums"}, Ident{"operations"}
)

// Fake holds the identifiers of the package that fakes the service of another. Its types have the names of the other's builders, and
// their methods lead where those of the builders lead.
type Fake struct {
	table *Table
	// taken are, for each builder, the methods that do not lead on.
	taken map[*ir.Resource]map[string]bool
}

// NewFake gives out the identifiers for the fake of a package with these roots.
func NewFake(table *Table, roots []*ir.Resource) *Fake {
	f := &Fake{table, map[*ir.Resource]map[string]bool{}}
	f.take(nil, nil)
	for _, r := range roots {
		for _, op := range RootOperations(r) {
			f.taken[nil][f.On(op).String()] = true
		}
		f.walk(r)
	}
	return f
}

// ofServer are the methods of the server and of the store, which roots may not have.
var ofServer = strings.Fields("AlternateKey Calls Client Content Fault Fill HTTPClient Load Log Notify ServeHTTP Throttle Unique Upload")

func (f *Fake) walk(r *ir.Resource) {
	if HasBuilder(r) {
		f.take(r, BuilderOperations(r))
	}
	for _, c := range r.Children {
		f.walk(c)
	}
}

func (f *Fake) take(r *ir.Resource, ops []*ir.Operation) {
	taken := map[string]bool{}
	for _, own := range []Ident{Put, Stored, Unique, Fill} {
		taken[own.name] = r != nil
	}
	if r == nil {
		for _, name := range ofServer {
			taken[name] = true
		}
	}
	for _, op := range ops {
		taken[f.On(op).String()] = true
	}
	f.taken[r] = taken
}

// On is the method that gives an operation handlers, such as OnList.
func (f *Fake) On(op *ir.Operation) Ident { return Ident{"On" + f.table.Method(op).String()} }

// Accessor is the method that leads to a place: that of the builder, unless the fake has one of the name.
func (f *Fake) Accessor(r *ir.Resource) Ident {
	return f.free(r.Parent, f.table.Accessor(r).String())
}

// AnyKey is the method that leads to a place with a key, whatever that is: AnyID beside ByID.
func (f *Fake) AnyKey(r *ir.Resource) Ident {
	return f.free(r.Parent, "Any"+strings.TrimPrefix(f.table.Accessor(r).String(), "By"))
}

func (f *Fake) free(parent *ir.Resource, name string) Ident {
	for f.taken[parent][name] {
		name += "Path"
	}
	return Ident{name}
}
