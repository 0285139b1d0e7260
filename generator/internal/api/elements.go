package api

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/lock"
	"github.com/graphslice/graphslice/generator/internal/names"
)

// Elements lists everything of the package that has a Go name, sorted by kind and ID. Packages are those of the calls, if they have some
// of their own.
func Elements(pkg *ir.Package, roots []*ir.Resource, table *names.Table, packages names.Packages) []lock.Element {
	w := writer{table: table, packages: packages, builders: map[*ir.Operation]*ir.Resource{}, constants: map[string]bool{}}
	w.add(KindService, ServiceID, "", Service{Root: pkg.ServiceRoot})
	for _, m := range pkg.Models {
		w.model(m)
	}
	for _, e := range pkg.Enums {
		w.enum(e)
	}
	for _, r := range roots {
		w.resource(r)
	}
	for _, op := range pkg.Operations {
		w.operation(op)
	}
	slices.SortFunc(w.elements, lock.Element.Compare)
	return w.elements
}

type writer struct {
	table    *names.Table
	packages names.Packages
	elements []lock.Element
	// builders are the resources whose request builders have the operations as methods.
	builders map[*ir.Operation]*ir.Resource
	// constants are the IDs of those that were listed: properties share them.
	constants map[string]bool
}

func (w *writer) add(kind, id, name string, facts any) {
	w.elements = append(w.elements, lock.Element{Kind: kind, ID: id, Name: name, Facts: Encode(facts)})
}

// common are the facts of a node's documentation.
func common(d ir.Doc) Common {
	c := Common{Kept: d.Kept, NotIn: d.NotIn}
	if d.Deprecated != "" {
		c.Deprecated = &Deprecation{Text: d.Deprecated, Removal: d.Removal}
	}
	if !d.Kept {
		c.Doc = DocHash(d.Summary, d.Description, d.URL)
	}
	return c
}

// DocHash is the beginning of a hash of texts, "" if they are all empty.
func DocHash(texts ...string) string {
	all := strings.Join(texts, "\x00")
	if strings.Trim(all, "\x00") == "" {
		return ""
	}
	sum := sha256.Sum256([]byte(all))
	return hex.EncodeToString(sum[:4])
}

func (w *writer) model(m *ir.Model) {
	facts := Type{
		Abstract: m.Abstract, Open: m.Open, Discriminator: m.Discriminator, Any: m.Interface, Pointer: m.Pointer, Reference: m.Reference,
		TypeNames: m.TypeNames, LocalTime: m.LocalTime, Upload: m.Upload, Subscription: m.Subscription, EntitySet: m.EntitySet, Common: common(m.Doc),
	}
	for _, key := range m.Keys() {
		if !key.Key && slices.Contains(m.InheritedKeys, key.Name) {
			facts.InheritedKeys = append(facts.InheritedKeys, key.Name)
		}
	}
	if m.Base != nil {
		facts.Base = m.Base.ID()
	}
	w.add(KindType, m.ID(), w.table.Model(m).String(), facts)
	for _, p := range m.Properties {
		w.property(m, p)
	}
}

func (w *writer) property(m *ir.Model, p *ir.Property) {
	facts := Property{
		Type: typeText(p.Type), Nullable: p.Type.Nullable, Key: p.Key, ReadOnly: p.ReadOnly, Required: p.Required,
		Navigation: p.Navigation != nil, Binds: p.Binds(), MaxItems: p.MaxItems, Common: common(p.Doc),
	}
	facts.ItemsNullable = p.Type.Kind == ir.Collection && p.Type.Elem.Nullable
	if p.Navigation != nil {
		facts.Contained = p.Navigation.Contained
	}
	if p.Constants != nil {
		facts.Constants = p.Constants.Name
		w.values(p.Constants)
	}
	w.add(KindProperty, m.PropertyID(p), w.table.Field(p).String(), facts)
}

func (w *writer) values(c *ir.Constants) {
	for i, v := range c.Values {
		if id := c.ValueID(i); !w.constants[id] {
			w.constants[id] = true
			w.add(KindConstant, id, w.table.Constant(c, i).String(), Value{Common: common(v.Doc)})
		}
	}
}

func (w *writer) enum(e *ir.Enum) {
	facts := Enum{Flags: e.Flags, Common: common(e.Doc)}
	if e.Integer != ir.Untyped {
		facts.Integer = e.Integer.Edm()
	}
	w.add(KindEnum, e.ID(), w.table.Enum(e).String(), facts)
	for i, m := range e.Members {
		w.add(KindMember, e.MemberID(i), w.table.Member(e, i).String(), Value{Order: i, Common: common(m.Doc)})
	}
}

func (w *writer) resource(r *ir.Resource) {
	facts := Path{Package: w.packages[r], Accessor: w.table.Accessor(r).String(), OldAccessor: w.table.KeptAccessor(r)}
	if names.HasBuilder(r) {
		facts.Requests = w.table.Requests(r).String()
	}
	w.add(KindPath, r.Path(), w.table.Path(r), facts)
	for _, op := range names.BuilderOperations(r) {
		w.builders[op] = r
	}
	for _, c := range r.Children {
		w.resource(c)
	}
}

func (w *writer) operation(op *ir.Operation) {
	facts := Operation{
		Does: operationKinds[op.Kind], Request: body(op.Request), Response: body(op.Response), Statuses: op.Statuses,
		Pageable: op.Pageable, LongRunning: op.LongRunning, Delta: op.Delta, Pause: op.Pause, Scopes: op.Permissions.Delegated.First(),
		AppScopes: op.Permissions.Application.First(), Permissions: morePermissions(op.Permissions),
		Headers: op.Headers, Segments: segments(op.Segments), Common: common(op.Doc),
	}
	facts.On, facts.Options = "Client", w.table.Options(op).String() // a call that is not bound to anything
	if r := w.builders[op]; r != nil {
		facts.On = w.table.Requests(r).String()
	}
	w.add(KindOperation, op.Key(), w.table.Method(op).String(), facts)
	for i, p := range op.Query {
		facts := Parameter{Required: p.Required, System: op.IsSystemOption(p), Between: p.Between, Order: i, Common: common(p.Doc)}
		if p.Type != nil {
			facts.Type, facts.Nullable = typeText(p.Type), p.Type.Nullable
		}
		w.add(KindParameter, op.ParameterID(p), w.table.Parameter(p).String(), facts)
	}
}

func body(b *ir.Body) *Body {
	if b == nil {
		return nil
	}
	facts := &Body{Type: typeText(b.Type), ContentType: b.ContentType, Nullable: b.Type.Nullable, Wrapped: b.Wrapped, Required: b.Required, MediaTypes: b.MediaTypes}
	if b.ContentType == jsonType {
		facts.ContentType = ""
	}
	return facts
}

// jsonType is the content type that facts leave out.
const jsonType = "application/json"

// WithoutNames returns the elements without their Go names.
func WithoutNames(elements []lock.Element) []lock.Element {
	nameless := slices.Clone(elements)
	for i, e := range nameless {
		nameless[i].Name = ""
		switch e.Kind {
		case KindPath:
			facts, _ := Decode[Path](e)
			facts.Accessor, facts.Requests, facts.OldAccessor = "", "", false
			nameless[i].Facts = Encode(facts)
		case KindOperation:
			facts, _ := Decode[Operation](e)
			facts.On, facts.Options = "", ""
			nameless[i].Facts = Encode(facts)
		}
	}
	return nameless
}
