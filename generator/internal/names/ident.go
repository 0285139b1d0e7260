package names

import (
	"fmt"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// Ident is an identifier of a generated package. Only this package makes them, and it enters each where it is declared: so nothing is
// emitted of which nobody has checked what else has the name.
type Ident struct{ name string }

// String is the identifier as it stands in Go; "" for the zero Ident, which is none.
func (i Ident) String() string { return i.name }

// What every package calls the same.
var (
	// Fields and methods of models, the last two of some.
	ETag, ODataType, AdditionalProperties = Ident{"ETag"}, Ident{"ODataType"}, Ident{"AdditionalProperties"}
	MarshalJSON, UnmarshalJSON            = Ident{"MarshalJSON"}, Ident{"UnmarshalJSON"}
	Nulls, Key, Derived, Rest             = Ident{"nulls"}, Ident{"key"}, Ident{"derived"}, Ident{"rest"}
	Properties, Resolve, UploadState      = Ident{"properties"}, Ident{"resolve"}, Ident{"uploadState"}
	Life, Expire                          = Ident{"life"}, Ident{"expire"}
	Abstract                              = Ident{"abstract"}
	// Methods of enumerations.
	Known, Has = Ident{"Known"}, Ident{"Has"}
	// Methods of options.
	Query, Arguments = Ident{"query"}, Ident{"arguments"}
	// What stands at package level beside the runtime.
	Upload, CancelUpload               = Ident{"Upload"}, Ident{"CancelUpload"}
	Subscribe, NotifiedType            = Ident{"Subscribe"}, Ident{"notifiedType"}
	NotificationHandler                = Ident{"NotificationHandler"}
	ParseNotifications                 = Ident{"ParseNotifications"}
	DelegatedScopes, ApplicationScopes = Ident{"DelegatedScopes"}, Ident{"ApplicationScopes"}
	DefaultServiceRoot, ServiceVersion = Ident{"defaultServiceRoot"}, Ident{"serviceVersion"}
	GeneratorVersion                   = Ident{"generatorVersion"}
	// A method of the client, of some.
	ClientResource = Ident{"Resource"}
)

var (
	ofModels = []Ident{ETag, ODataType, AdditionalProperties, MarshalJSON, UnmarshalJSON, Nulls, Key, Derived, Rest, Properties, Resolve,
		Abstract, UploadState, Life, Expire}
	ofEnums   = []Ident{Known, Has}
	ofOptions = []Ident{Query, Arguments}
	ofPackage = []Ident{Upload, CancelUpload, Subscribe, NotifiedType, NotificationHandler, ParseNotifications, DelegatedScopes, ApplicationScopes, DefaultServiceRoot, ServiceVersion, GeneratorVersion}
	ofClient  = []Ident{ClientResource}
)

// kind is what an identifier is to the element that it belongs to.
type kind string

const (
	typeKind      kind = "the type"
	anyKind       kind = "the interface"
	readerKind    kind = "the reader"
	makerKind     kind = "the constructor"
	timeKind      kind = "the method for the time"
	getterKind    kind = "the method for the base"
	converterKind kind = "the method that makes a value"
	bindKind      kind = "the bind helper"
	memberKind    kind = "a member"
	valueKind     kind = "a value"
	valuesKind    kind = "the values"
	fieldKind     kind = "the field"
	constantKind  kind = "the constant"
	requestsKind  kind = "the builder"
	accessorKind  kind = "the accessor"
	methodKind    kind = "the method"
	allKind       kind = "the iterator"
	allFromKind   kind = "the iterator that goes on from a link"
	fromKind      kind = "the method that goes on from a link"
	optionsKind   kind = "the options"
	argumentKind  kind = "the option for an argument"
	clientKind    kind = "the client"
)

// entry is what an identifier is for: an element of the IR by its pointer, in a type where a type has its own for each element of
// others, and the number of one in a list.
type entry struct {
	kind   kind
	of, in any
	number int
}

// scope is a place where identifiers have to differ: the package, or a type with its fields and methods.
type scope struct{ names map[string]taken }

// Table holds the identifiers of one package. A method asked for what has no entry panics with a Missing.
type Table struct {
	idents map[entry]Ident
	// scopes are those of types, by what the type is; the package's is that of the zero entry.
	scopes map[entry]*scope
	paths  map[*ir.Resource]string
	kept   map[element]bool
}

// Missing is a fault of the generator: code asks for an identifier that was never given out.
type Missing struct{ what string }

func (m Missing) Error() string { return "no identifier was given out for " + m.what }

func (t *Table) get(e entry) Ident {
	i, ok := t.idents[e]
	if !ok {
		panic(Missing{fmt.Sprintf("%s of %s", e.kind, textOf(e.of))})
	}
	return i
}

// textOf names an element in a message.
func textOf(of any) string {
	switch of := of.(type) {
	case *ir.Model:
		return of.ID()
	case *ir.Enum:
		return of.ID()
	case *ir.Constants:
		return of.Name
	case *ir.Property:
		return of.Name
	case *ir.Resource:
		return of.Path()
	case *ir.Operation:
		return of.Key()
	case *ir.Parameter:
		return of.Name
	}
	return fmt.Sprint(of)
}

// Declared returns the identifiers at package level, under "", and the fields and methods of each type under its name.
func (t *Table) Declared() map[string]map[string]bool {
	all := map[string]map[string]bool{}
	for of, s := range t.scopes {
		in := t.idents[of].name
		if all[in] == nil {
			all[in] = map[string]bool{}
		}
		for name := range s.names {
			all[in][name] = true
		}
	}
	return all
}

// Model is the type's name, such as Chat.
func (t *Table) Model(m *ir.Model) Ident { return t.get(entry{kind: typeKind, of: m}) }

// Any is the name of the interface that values declared with a polymorphic type have, such as AnyAnimal.
func (t *Table) Any(m *ir.Model) Ident { return t.get(entry{kind: anyKind, of: m}) }

// Getter is the method of every value of an interface that returns the properties of the base, such as GetAnimal.
func (t *Table) Getter(base *ir.Model) Ident { return t.get(entry{kind: getterKind, of: base}) }

// Converter is the method of a derived type that makes a value of its base's type, such as Message; with "Value" behind it where
// every type has something of that name.
func (t *Table) Converter(base *ir.Model) Ident { return t.get(entry{kind: converterKind, of: base}) }

// Constructor is the function that makes a value of a type of something that Go has, such as NewDateTimeTimeZone of a time.Time.
func (t *Table) Constructor(m *ir.Model) Ident { return t.get(entry{kind: makerKind, of: m}) }

// Time is the method that makes a time.Time of a local time and its zone.
func (t *Table) Time(m *ir.Model) Ident { return t.get(entry{kind: timeKind, of: m}) }

// Reader is the function that reads a value declared with the type, such as readZoo or readAnyAnimal.
func (t *Table) Reader(m *ir.Model) Ident { return t.get(entry{kind: readerKind, of: m}) }

// Bind is the helper that binds to the type's entity set, such as BindUser.
func (t *Table) Bind(m *ir.Model) Ident { return t.get(entry{kind: bindKind, of: m}) }

// BindProperty is the helper for a navigation property with an entity set of its own, such as BindTeamTemplate.
func (t *Table) BindProperty(m *ir.Model, p *ir.Property) Ident {
	return t.get(entry{kind: bindKind, of: p, in: m})
}

// Enum is the type's name, such as ChatType.
func (t *Table) Enum(e *ir.Enum) Ident { return t.get(entry{kind: typeKind, of: e}) }

// Member is the constant of the i-th member, such as ChatTypeOneOnOne.
func (t *Table) Member(e *ir.Enum, i int) Ident {
	return t.get(entry{kind: memberKind, of: e, number: i})
}

// Values is the variable that has the values of an enumeration of texts, such as knownChatType.
func (t *Table) Values(e *ir.Enum) Ident { return t.get(entry{kind: valuesKind, of: e}) }

// Field is the struct field of a property, such as WebURL.
func (t *Table) Field(p *ir.Property) Ident { return t.get(entry{kind: fieldKind, of: p}) }

// PropertyConstant is the constant that holds a property's name, such as ChatPropertyWebURL.
func (t *Table) PropertyConstant(m *ir.Model, p *ir.Property) Ident {
	return t.get(entry{kind: constantKind, of: p, in: m})
}

// Constant is the i-th well-known value, such as RoleOwner.
func (t *Table) Constant(c *ir.Constants, i int) Ident {
	return t.get(entry{kind: valueKind, of: c, number: i})
}

// Path is what the identifiers of a path's builder, options and so on begin with, such as ChatMembersItem.
func (t *Table) Path(r *ir.Resource) string { return t.paths[r] }

// Requests is the request builder of a path, such as ChatMembersItemRequests.
func (t *Table) Requests(r *ir.Resource) Ident { return t.get(entry{kind: requestsKind, of: r}) }

// Accessor is the method that leads to a resource from the one above it, such as Members or ByID.
func (t *Table) Accessor(r *ir.Resource) Ident { return t.get(entry{kind: accessorKind, of: r}) }

// ResourceBelow is the method of the client, and in a package of calls the function Resource, that makes a builder below a root of what
// a notification names.
func (t *Table) ResourceBelow(r *ir.Resource) Ident { return Ident{"resource" + t.paths[r]} }

// Method is the method of an operation, such as List or HideForUser.
func (t *Table) Method(op *ir.Operation) Ident { return t.get(entry{kind: methodKind, of: op}) }

// All and AllFrom are the methods that go over all pages of a list, and on from a link of one.
func (t *Table) All(op *ir.Operation) Ident     { return t.get(entry{kind: allKind, of: op}) }
func (t *Table) AllFrom(op *ir.Operation) Ident { return t.get(entry{kind: allFromKind, of: op}) }

// From is the method that goes on from a link of a page of something other than a list, such as DeltaFrom.
func (t *Table) From(op *ir.Operation) Ident { return t.get(entry{kind: fromKind, of: op}) }

// Options is the type of an operation's options: ListOptions and the like, or one of its own if it has parameters or arguments
// beside OData's, such as UserCalendarViewListOptions; none if the operation takes no options.
func (t *Table) Options(op *ir.Operation) Ident { return t.get(entry{kind: optionsKind, of: op}) }

// FunctionOptions is the type of the arguments of a function, such as ReportsGetUserDetailOptions.
func (t *Table) FunctionOptions(r *ir.Resource) Ident { return t.get(entry{kind: optionsKind, of: r}) }

// Parameter is the options field of a query parameter, such as OrderBy.
func (t *Table) Parameter(p *ir.Parameter) Ident { return t.get(entry{kind: fieldKind, of: p}) }

// Argument is the options field of a function's argument, such as Period.
func (t *Table) Argument(a ir.Arg) Ident { return t.get(entry{kind: argumentKind, of: a.Name}) }

// Kept reports whether an element has a name that earlier rules gave out and that the rules would not give it.
func (t *Table) Kept(kind, id string) bool { return t.kept[element{kind, id}] }

// KeptAccessor reports whether the method that leads to a path is one that earlier rules gave out.
func (t *Table) KeptAccessor(r *ir.Resource) bool { return t.kept[element{accessorPin, r.Path()}] }
