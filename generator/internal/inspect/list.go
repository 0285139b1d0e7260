package inspect

import (
	"cmp"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
)

// Listing is what a package holds. As JSON its lists are never null, and the names of its fields do not change.
type Listing struct {
	// Operations are sorted by path and method.
	Operations []Operation `json:"operations"`
	// Types are sorted by name; objects without a name come last.
	Types []Type `json:"types"`
	// Binds are the navigation properties, sorted by type and in the order of the slice.
	Binds []Bind `json:"binds"`
	// Permissions is what is known of the permissions that operations accept, sorted by name and kind.
	Permissions []Permission `json:"permissions"`
	// Clouds are the other clouds that the slices were compared with, and Missing what is not in all of them.
	Clouds  []string  `json:"clouds"`
	Missing []Missing `json:"missing"`
}

// Operation is one method on one path.
type Operation struct {
	Method string `json:"method"`
	Path   string `json:"path"`
	// Call is the Go call behind the client, such as Boards().ByID(id).Cards().Create; where calls have packages of their own, that of
	// its package: boards.New(client).ByID(id).Cards().Create.
	Call string `json:"call"`
	// Package is the package of the call, if it has one of its own.
	Package string `json:"package,omitempty"`
	// Scopes and ApplicationScopes are the least permissions; all of a list are needed together. Permissions are all that is known.
	Scopes            []string    `json:"scopes"`
	ApplicationScopes []string    `json:"applicationScopes"`
	Permissions       Permissions `json:"permissions"`
	// Request and Response are types in the words of OData, such as Collection(a.b.card); "" if there is no body.
	Request  string `json:"request"`
	Response string `json:"response"`
	// NotIn are the clouds that lack it.
	NotIn []string `json:"notIn"`
}

// Type is a type or an enum.
type Type struct {
	// Name is qualified; for an object without a name it is the Go name.
	Name string `json:"name"`
	Go   string `json:"go"`
	// Kind is entity, complex, border (only the key is described), inline (an object without a name) or enum.
	Kind string `json:"kind"`
	// Base is the name of the base type, "" if there is none.
	Base string `json:"base"`
	// Properties counts the type's own, without those of its bases; for an enum it is 0.
	Properties int `json:"properties"`
	// Values counts the members of an enum.
	Values int `json:"values"`
	// NotIn are the clouds that lack it.
	NotIn []string `json:"notIn"`
}

// Bind is a navigation property and what binds it.
type Bind struct {
	Type       string `json:"type"`
	Property   string `json:"property"`
	Target     string `json:"target"`
	Collection bool   `json:"collection"`
	// EntitySet is the path below the service root that a bind points into, and Helper the Go function that makes it;
	// both are "" if there is none, and Reason says why: "contained", or "no entity set is known".
	EntitySet string `json:"entitySet"`
	Helper    string `json:"helper"`
	Reason    string `json:"reason"`
}

// List lists what the package holds.
func (s Subject) List() Listing {
	l := Listing{
		Operations: []Operation{}, Types: []Type{}, Binds: []Bind{},
		Permissions: s.permissions(), Clouds: texts(s.Package.Clouds), Missing: s.missing(),
	}
	for _, r := range s.Resources {
		s.listOperations(r, "", &l)
	}
	slices.SortFunc(l.Operations, func(a, b Operation) int {
		return cmp.Or(cmp.Compare(a.Path, b.Path), cmp.Compare(a.Method, b.Method))
	})
	for _, m := range s.Package.Models {
		l.Types = append(l.Types, s.listModel(m))
		for _, p := range m.Properties {
			if p.Navigation != nil {
				l.Binds = append(l.Binds, s.bind(m, p))
			}
		}
	}
	for _, e := range s.Package.Enums {
		l.Types = append(l.Types, Type{Name: s.Names.EnumName(e), Go: s.Names.Enum(e).String(), Kind: enumKind, Values: len(e.Members), NotIn: texts(e.Doc.NotIn)})
	}
	slices.SortStableFunc(l.Types, func(a, b Type) int {
		return cmp.Or(cmp.Compare(btoi(a.Kind == inlineKind), btoi(b.Kind == inlineKind)), cmp.Compare(a.Name, b.Name))
	})
	slices.SortStableFunc(l.Binds, func(a, b Bind) int { return cmp.Compare(a.Type, b.Type) })
	return l
}

func btoi(b bool) int {
	if b {
		return 1
	}
	return 0
}

// listOperations adds the operations at and below r; above is the Go call that leads to what is above it.
func (s Subject) listOperations(r *ir.Resource, above string, l *Listing) {
	call, root := s.accessor(r), ""
	switch {
	case above != "":
		call = above + "." + call
	case s.Packages != nil: // a function of the package of its calls
		root = s.Packages[r] + "."
		call = root + names.Way + "(client)"
	}
	builder := call
	if names.IsCall(r.Segment) {
		builder = above // which has the method
	}
	if builder != "" {
		builder += "."
	} else { // a call that is not bound to anything is the client's
		builder = root
	}
	for _, op := range r.Operations {
		l.Operations = append(l.Operations, Operation{
			Method: op.Method, Path: op.Path, Call: builder + s.Names.Method(op).String(), Package: s.Packages[r.Root()],
			Scopes: texts(op.Permissions.Delegated.First()), ApplicationScopes: texts(op.Permissions.Application.First()),
			Permissions: permissionsOf(op.Permissions), Request: s.bodyName(op.Request), Response: s.bodyName(op.Response),
			NotIn: texts(op.Doc.NotIn),
		})
	}
	for _, c := range r.Children {
		s.listOperations(c, call, l)
	}
}

// accessor is the call of the method that leads to r from what is above it: Cards(), ByID(id), ByAppID(appID).
func (s Subject) accessor(r *ir.Resource) string {
	args := s.Names.PathArguments(r.Segment)
	if r.Segment.Kind == ir.Function && slices.ContainsFunc(r.Forms(), func(form ir.Segment) bool { return len(form.Args) > 0 }) {
		args = []string{"options"}
	}
	return s.Names.Accessor(r).String() + "(" + strings.Join(args, ", ") + ")"
}

func (s Subject) bodyName(b *ir.Body) string {
	if b == nil {
		return ""
	}
	return s.Names.TypeName(b.Type)
}

func (s Subject) listModel(m *ir.Model) Type {
	t := Type{Name: s.Names.ModelName(m), Go: s.Names.Model(m).String(), Kind: kindOf(m), Properties: len(m.Properties), NotIn: texts(m.Doc.NotIn)}
	if m.Base != nil {
		t.Base = s.Names.ModelName(m.Base)
	}
	return t
}

// bind describes a navigation property. The helper for a property with an entity set of its own is its own.
func (s Subject) bind(m *ir.Model, p *ir.Property) Bind {
	b := Bind{Type: s.Names.ModelName(m), Property: p.Name, Target: s.Names.TypeName(item(p.Type)), Collection: isMany(p.Type)}
	target := item(p.Type).Model
	switch set := p.Navigation.EntitySet; {
	case p.Navigation.Contained:
		b.Reason = "contained"
	case target != nil && set != "" && set != target.EntitySet:
		b.EntitySet, b.Helper = set, s.Names.BindProperty(m, p).String()
	case target != nil && target.EntitySet != "":
		b.EntitySet, b.Helper = target.EntitySet, s.Names.Bind(target).String()
	default:
		b.Reason = "no entity set is known"
	}
	return b
}

// WriteText writes the listing as three tables for a person. Names of types are without "microsoft.graph.".
func (l Listing) WriteText(w io.Writer) error {
	t := table{tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)}
	t.row("METHOD", "PATH", "CALL", "SCOPES", "SENDS", "ANSWERS")
	for _, o := range l.Operations {
		t.row(o.Method, o.Path, o.Call, strings.Join(o.Permissions.Delegated.Least, " or "), shortType(o.Request), shortType(o.Response))
	}
	t.gap()
	t.row("TYPE", "GO", "KIND", "BASE", "PROPERTIES")
	for _, y := range l.Types {
		count := strconv.Itoa(y.Properties)
		if y.Kind == enumKind {
			count = diag.Count(y.Values, "value")
		}
		t.row(short(y.Name), y.Go, y.Kind, short(y.Base), count)
	}
	t.gap()
	t.row("NAVIGATION PROPERTY", "TARGET", "ENTITY SET", "HELPER")
	for _, b := range l.Binds {
		target := short(b.Target)
		if b.Collection {
			target = "Collection(" + target + ")"
		}
		helper := b.Helper
		if helper == "" {
			helper = "none: " + b.Reason
		}
		t.row(short(b.Type)+"."+b.Property, target, b.EntitySet, helper)
	}
	if len(l.Missing) > 0 {
		t.gap()
		t.row("NOT EVERYWHERE", "KIND", "NOT IN")
		for _, m := range l.Missing {
			t.row(short(m.Element), m.Kind, strings.Join(m.NotIn, " "))
		}
	}
	return t.Flush()
}

// table writes rows of aligned columns; an empty cell is a dash.
type table struct{ *tabwriter.Writer }

func (t table) row(cells ...string) {
	for i, c := range cells {
		if c == "" {
			cells[i] = "-"
		}
	}
	fmt.Fprintln(t, strings.Join(cells, "\t")) // an error stays with the writer until Flush
}

// gap ends a table; the next has columns of its own.
func (t table) gap() { fmt.Fprintln(t) }

// shortType is a type without "microsoft.graph.", in a collection too.
func shortType(name string) string {
	if inner, ok := strings.CutPrefix(name, "Collection("); ok {
		return "Collection(" + short(inner)
	}
	return short(name)
}
