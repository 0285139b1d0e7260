package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/names"
)

// Everything that a package declares is declared by the functions of this file, and they take identifiers of names alone: what has none
// cannot be emitted. A test sees to it that nothing else declares anything.

// id refers to what was declared elsewhere:
//
//	TicketPriorityLow
func id(i names.Ident) *jen.Statement { return jen.Id(i.String()) }

// pointerTo is a pointer to a declared type:
//
//	*Book
func pointerTo(i names.Ident) *jen.Statement { return jen.Op("*").Add(id(i)) }

// declareType begins a type:
//
//	type TicketPriority
func declareType(i names.Ident) *jen.Statement { return jen.Type().Add(id(i)) }

// declareStruct makes a type of fields: type Book struct { … }.
func declareStruct(i names.Ident, fields members) *jen.Statement {
	return declareType(i).Struct(fields.code...)
}

// declareInterface makes a type of methods: type AnyAnimal interface { … }.
func declareInterface(i names.Ident, methods members) *jen.Statement {
	return declareType(i).Interface(methods.code...)
}

// declareFunc begins a function:
//
//	func BindUser
func declareFunc(i names.Ident) *jen.Statement { return jen.Func().Add(id(i)) }

// function begins the type of a function or one without a name, which declares nothing:
//
//	func(r *resource)
func function(params ...jen.Code) *jen.Statement { return jen.Func().Params(params...) }

// declareMethod begins a method:
//
//	func (v *Book) MarshalJSON
func declareMethod(receiver jen.Code, i names.Ident) *jen.Statement {
	return jen.Func().Params(receiver).Add(id(i))
}

// declareConsts makes a block of constants:
//
//	const (
//		…
func declareConsts(list members) *jen.Statement { return jen.Const().Defs(list.code...) }

// declareConst makes a constant of text:
//
//	const serviceRoot = "…"
func declareConst(i names.Ident, text string) *jen.Statement {
	return jen.Const().Add(id(i)).Op("=").Lit(text)
}

// declareVar begins a variable:
//
//	var roots = []root{
func declareVar(i names.Ident, goType jen.Code) *jen.Statement {
	return jen.Var().Add(id(i)).Op("=").Add(goType)
}

// members are the fields of a struct, the methods of an interface or the constants of a block, with what stands between them.
type members struct{ code []jen.Code }

// add adds a member, which what follows its name makes one.
func (m *members) add(i names.Ident, rest jen.Code) {
	m.code = append(m.code, id(i).Add(rest))
}

// documented adds a member with what the input says of it.
func (m *members) documented(i names.Ident, goType jen.Code, text, why string) {
	m.code = append(m.code, documented(id(i).Add(goType), text, why)...)
}

// comment adds a comment on what follows, if there is anything to say.
func (m *members) comment(paragraphs ...string) { m.code = append(m.code, inner(paragraphs...)) }

// embed adds a type of the runtime, without a name of its own or with one that nobody can use.
func (m *members) embed(goType *jen.Statement) { m.code = append(m.code, goType) }

// gap adds an empty line, if there is anything above it.
func (m *members) gap() {
	if len(m.code) > 0 {
		m.code = append(m.code, jen.Line())
	}
}
