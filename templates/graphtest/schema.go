package graphtest

import (
	"encoding/json"
	"fmt"
	"strings"
)

// What the slice knows of its types and operations stands in tables, which the generator writes for each package.

// structuredType is an entity type, a complex type or the parameters of an action.
type structuredType struct {
	name string // qualified, such as "microsoft.graph.chat"; parameters have their name in Go
	// goName is what it is called in Go, where that is not the last segment of name but for large and small letters.
	goName string
	base   string // "" if there is none
	// set is the path below the service root where entities of the type stand by their keys, such as "users"; "" if
	// there is no such place.
	set        string
	flags      typeFlags
	properties []property // the type's own, the key first
	// binds are the sets that properties are bound into, where those are others than the set of their type.
	binds map[string]string
	// ranges is set for upload sessions: the property that says what is still expected.
	ranges string
}

type typeFlags uint8

const (
	abstract   typeFlags = 1 << iota // nothing is of this very type
	open                             // values may have properties that no table lists
	border                           // the slice ends here: only the key is known
	parameters                       // what an action takes
)

// property is a structural or a navigation property.
type property struct {
	name, of string // of is its type, such as "Edm.String" or "Collection(microsoft.graph.chat)"
	flags    propertyFlags
	maxItems int // 0: as many as one likes
}

type propertyFlags uint8

const (
	key        propertyFlags = 1 << iota // part of the entity's key
	nullable                             // null is a value of it
	readOnly                             // only the service sets it
	required                             // a body without it is refused
	navigation                           // it leads to other entities
	contained                            // which exist only as part of this one
)

// enumType is an enumeration.
type enumType struct {
	name    string
	flags   bool // values are several members with commas between
	integer bool // values are numbers
	members []string
}

// root is the first segment of paths.
type root struct {
	name, of   string // of is "" if the slice does not say
	collection bool
}

// kind is what an operation does.
type kind uint8

const (
	list kind = iota
	get
	create
	update
	replace
	remove
	count
	action
	function
	custom
)

// operation is one method on one path.
type operation struct {
	method, path string // the path below the service root, with its parameters
	// place is the path as nodes have it, with (…) for the arguments of functions; "" if it is path.
	place string
	kind  kind
	flags operationFlags
	// body and answer are types; "" is nothing, "stream" raw content, "text" text.
	body, answer string
	options      optionsKind
	// query are the operation's own query parameters; one that a call cannot do without ends with "!". Headers are those
	// that a call cannot do without.
	query, headers []string
	// on is what gives the operation a handler, and takes the handler's type.
	on, takes string
}

// optionsKind says which of OData's own query options an operation takes.
type optionsKind uint8

const (
	noOptions optionsKind = iota
	getOptions
	listOptions
	countOptions
)

// at is the path of the operation as nodes have it.
func (o *operation) at() string {
	if o.place != "" {
		return o.place
	}
	return o.path
}

// line is what gives the operation a handler.
//
//go:noinline
func (o *operation) line() string { return "srv." + o.on + "(" + handlerText(o.takes) + ")" }

// handlerText is a handler, such as of type BodyHandler[B, R], in Go: it answers with nothing much.
func handlerText(takes string) string {
	kind, params, _ := strings.Cut(strings.TrimSuffix(takes, "]"), "[")
	call := fmt.Sprintf("ctx context.Context, call %T", Call{})
	body, result := "", ""
	switch types := cut(params, ','); kind {
	case "BodyHandler":
		body, result = ", body "+types[0], strings.TrimSpace(types[1])
	case "BodyErrorHandler":
		body = ", body " + params
	case "Handler":
		result = params
	}
	if result == "" {
		return fmt.Sprintf("func(%s%s) error { return nil }", call, body)
	}
	return fmt.Sprintf("func(%s%s) (%s, error) { return %s, nil }", call, body, result, emptyText(result))
}

// emptyText is an empty value of a type in Go.
//
//go:noinline
func emptyText(of string) string {
	if t, ok := strings.CutPrefix(of, "*"); ok {
		return "&" + t + "{}"
	}
	return "*new(" + of + ")"
}

type operationFlags uint8

const (
	pageable     operationFlags = 1 << iota // answers in pages
	longRunning                             // may answer 202 with the Location of an operation
	changes                                 // a delta function
	wrapped                                 // the answer stands in "value"
	bodyRequired                            // a call without a body is refused
)

// tables are all that a slice knows.
type tables struct {
	roots      []root
	types      []structuredType
	enums      []enumType
	operations []operation
}

// schema finds things in the tables.
type schema struct {
	tables
	types map[string]*structuredType
	enums map[string]*enumType
}

//go:noinline
func newSchema(t tables) *schema {
	s := &schema{t, make(map[string]*structuredType, len(t.types)), make(map[string]*enumType, len(t.enums))}
	for i := range t.types {
		s.types[t.types[i].name] = &t.types[i]
	}
	for i := range t.enums {
		s.enums[t.enums[i].name] = &t.enums[i]
	}
	return s
}

// property finds a property of a type or of its bases; nil if there is none.
//
//go:noinline
func (s *schema) property(t *structuredType, name string) *property {
	for ; t != nil; t = s.types[t.base] {
		for i := range t.properties {
			if t.properties[i].name == name {
				return &t.properties[i]
			}
		}
	}
	return nil
}

// isOpen reports whether values of a type may have properties of any name.
//
//go:noinline
func (s *schema) isOpen(t *structuredType) bool {
	for ; t != nil; t = s.types[t.base] {
		if t.flags&(open|border) != 0 {
			return true
		}
	}
	return false
}

// isA reports whether a type is another or derived from it.
//
//go:noinline
func (s *schema) isA(t, base *structuredType) bool {
	for ; t != nil; t = s.types[t.base] {
		if t == base {
			return true
		}
	}
	return false
}

// key returns the names of a type's key properties; mostly "id" alone.
//
//go:noinline
func (s *schema) key(t *structuredType) []string {
	var names []string
	for ; t != nil && names == nil; t = s.types[t.base] {
		for _, p := range t.properties {
			if p.flags&key != 0 {
				names = append(names, p.name)
			}
		}
	}
	return names
}

// itemOf returns what a collection consists of, and whether it is one; for anything else the type itself.
//
//go:noinline
func itemOf(of string) (item string, isCollection bool) {
	inner, ok := strings.CutPrefix(of, "Collection(")
	return strings.TrimSuffix(inner, ")"), ok
}

// goType is the type that a Go value is of; nil if the tables have none.
func (s *schema) goType(v any) *structuredType {
	of, goName, _ := strings.Cut(fmt.Sprintf("%T", v), ".") // of: the package
	if strings.ContainsAny(of, "[]{( ") || of == "json" {
		return nil
	}
	for i := range s.tables.types {
		t := &s.tables.types[i]
		name := t.goName
		if name == "" {
			name = t.name[strings.LastIndexByte(t.name, '.')+1:]
		}
		if strings.EqualFold(name, goName) {
			return t
		}
	}
	return nil
}

// json is a value as it stands where a type is declared: with its own, if that is derived.
func (s *schema) json(v any, declared string) (json.RawMessage, error) {
	data, err := json.Marshal(v)
	t := s.goType(v)
	if err != nil || t == nil || t.base == "" || t.name == declared || data[0] != '{' || lookup(fieldsOf(data), "@odata.type") != nil {
		return data, err
	}
	own := `{"@odata.type":"#` + t.name + `"`
	if len(data) > len("{}") {
		own += ","
	}
	return json.RawMessage(own + string(data[1:])), nil
}
