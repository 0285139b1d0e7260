package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// scalar is how one kind of value is written in Go and by which functions of the runtime it is read and written.
// Functions that are generic over the Go type are called with it.
type scalar struct {
	goType func() *jen.Statement
	// name stands in the runtime's names: optString, stringValue.
	name    string
	generic bool
}

// builtin is a type that needs no import:
//
//	string
func builtin(name string) func() *jen.Statement {
	return func() *jen.Statement { return jen.Id(name) }
}

var scalars = map[ir.Kind]scalar{
	ir.String:    {builtin("string"), "string", false},
	ir.GUID:      {builtin("string"), "string", false},
	ir.Bool:      {builtin("bool"), "bool", false},
	ir.Uint8:     {builtin("uint8"), "Int", true},
	ir.Int8:      {builtin("int8"), "Int", true},
	ir.Int16:     {builtin("int16"), "Int", true},
	ir.Int32:     {builtin("int32"), "Int", true},
	ir.Int64:     {builtin("int64"), "Int", true},
	ir.Float32:   {builtin("float32"), "Float", true},
	ir.Float64:   {builtin("float64"), "Float", true},
	ir.Decimal:   {builtin("Decimal"), "decimal", false},
	ir.DateTime:  {func() *jen.Statement { return jen.Qual("time", "Time") }, "time", false},
	ir.Date:      {builtin("Date"), "date", false},
	ir.TimeOfDay: {builtin("TimeOfDay"), "timeOfDay", false},
	ir.Duration:  {builtin("Duration"), "duration", false},
	ir.Binary:    {func() *jen.Statement { return jen.Index().Byte() }, "bytes", false},
	ir.Stream:    {func() *jen.Statement { return jen.Index().Byte() }, "bytes", false},
	ir.Untyped:   {rawMessage, "raw", false},
}

// rawMessage is JSON as it is:
//
//	json.RawMessage
func rawMessage() *jen.Statement { return jen.Qual("encoding/json", "RawMessage") }

// scalarOf finds the scalar of a type; false for models and collections.
func (e *emitter) scalarOf(t *ir.Type) (scalar, bool) {
	switch {
	case t.Kind == ir.EnumKind && isInteger(t.Enum):
		return scalar{builtin(e.names.Enum(t.Enum).String()), "Int", true}, true
	case t.Kind == ir.EnumKind:
		return scalar{builtin(e.names.Enum(t.Enum).String()), "Enum", true}, true
	}
	s, ok := scalars[t.Kind]
	return s, ok
}

// isInterface reports whether values declared with m are interfaces.
func isInterface(m *ir.Model) bool { return m.Interface }

// value is the Go type of a value:
//
//	Opt[string]
//	[]time.Time
//	[]*Note
//	[]AnyAnimal
//	map[string]*Box
func (e *emitter) value(t *ir.Type) *jen.Statement {
	switch {
	case t.Kind == ir.Collection && t.Elem.Kind == ir.Collection:
		return rawMessage()
	case t.Kind == ir.Collection:
		return jen.Index().Add(e.value(t.Elem))
	case t.Kind == ir.Map:
		return jen.Map(jen.String()).Add(e.entry(t.Elem))
	case t.Kind == ir.ModelKind && isInterface(t.Model):
		return id(e.names.Any(t.Model))
	case t.Kind == ir.ModelKind:
		return pointerTo(e.names.Model(t.Model))
	}
	s, _ := e.scalarOf(t)
	return s.goType()
}

// reader is the function that reads a value:
//
//	(*jsonReader).time
//	readInt[int32]
//	readZoo
//	readAnyAnimal
//	mapReader((*jsonReader).string)
//	listReader((*jsonReader).string)
func (e *emitter) reader(t *ir.Type) *jen.Statement {
	switch {
	case t.Kind == ir.Collection && t.Elem.Kind == ir.Collection:
		return jen.Parens(jen.Op("*").Id("jsonReader")).Dot("raw")
	case t.Kind == ir.Map:
		return jen.Id("mapReader").Call(e.entryReader(t.Elem))
	case t.Kind == ir.Collection:
		return jen.Id("listReader").Call(e.reader(t.Elem))
	case t.Kind == ir.ModelKind:
		return id(e.names.Reader(t.Model))
	}
	s, _ := e.scalarOf(t)
	if s.generic {
		return jen.Id("read" + s.name).Index(s.goType())
	}
	return jen.Parens(jen.Op("*").Id("jsonReader")).Dot(s.name)
}

// shape is the closed set of what a property's field looks like.
type shape int

const (
	plainString shape = iota // ID string
	plainEnum                // Color Color
	opt                      // Name Opt[string]
	raw                      // json.RawMessage
	pointer                  // *Cat
	iface                    // AnyAnimal
	ref                      // Ref[Author]
	refs                     // []Ref[Author]
	slice                    // []string, []*Part, []AnyPart
	mapping                  // map[string]*Part
)

func shapeOf(p *ir.Property) shape {
	t := p.Type
	nav := p.Navigation != nil
	switch t.Kind {
	case ir.Untyped:
		return raw
	case ir.Map:
		return mapping
	case ir.Collection:
		switch {
		case t.Elem.Kind == ir.Collection:
			return raw
		case nav && t.Elem.Kind == ir.ModelKind && p.Binds() != "":
			return refs
		}
		return slice
	case ir.ModelKind:
		switch {
		case nav:
			return ref
		case isInterface(t.Model):
			return iface
		}
		return pointer
	case ir.EnumKind:
		if !t.Nullable && !isInteger(t.Enum) { // of those, the zero value is one like any other
			return plainEnum
		}
	case ir.String, ir.GUID:
		if p.Key {
			return plainString
		}
	}
	return opt
}

// field is the type of a property's field, with the field's name:
//
//	ID string
//	Color Color
//	Name Opt[string]
//	Anything json.RawMessage
//	Members []Ref[…]
//	Original Ref[Template]
//	Labels map[string]string
func (e *emitter) field(p *ir.Property) *jen.Statement {
	t := p.Type
	switch shapeOf(p) {
	case opt:
		return jen.Id("Opt").Index(e.value(t))
	case raw:
		return rawMessage()
	case ref:
		return jen.Id("Ref").Index(id(e.names.Model(t.Model)))
	case refs:
		return jen.Index().Id("Ref").Index(id(e.names.Model(t.Elem.Model)))
	}
	return e.value(t)
}
