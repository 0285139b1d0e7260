package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// What a map holds is read and written by functions that are put together from those of its parts: maps may hold anything, and
// there are few of them.

// isOptional reports whether the entries of a map are scalars among which may be null.
func (e *emitter) isOptional(t *ir.Type) bool {
	_, isScalar := e.scalarOf(t)
	return isScalar && t.Nullable && t.Kind != ir.Untyped
}

// entry is the Go type of a map's entries:
//
//	map[string]string
//	map[string]Opt[time.Time]
//	map[string]*Box
//	map[string][]string
func (e *emitter) entry(t *ir.Type) *jen.Statement {
	switch {
	case e.isOptional(t):
		return jen.Id("Opt").Index(e.value(t))
	case t.Kind == ir.Collection && !isRawList(t):
		return jen.Index().Add(e.entry(t.Elem))
	}
	return e.value(t)
}

// entryReader is the function that reads an entry:
//
//	(*jsonReader).string
//	orNull((*jsonReader).string)
//	objectReader[*Box]((*Box)(nil))
//	listReader((*jsonReader).string)
//	mapReader(readInt[int32])
func (e *emitter) entryReader(t *ir.Type) *jen.Statement {
	switch {
	case isRawList(t):
	case t.Kind == ir.ModelKind:
		return jen.Id("objectReader").Index(e.value(t)).Call(e.noModel(t))
	case t.Kind == ir.Collection:
		return jen.Id("listReader").Call(e.entryReader(t.Elem))
	case e.isOptional(t):
		return jen.Id("orNull").Call(e.reader(t))
	}
	return e.reader(t)
}

// entryWriter is the function that writes an entry; see entryReader.
//
//	(*jsonWriter).stringValue
//	optWriter((*jsonWriter).timeValue)
//	objectWriter[*Box]((*Box)(nil))
//	listWriter(objectWriter[*Box]((*Box)(nil)))
//	mapWriter((*jsonWriter).boolValue)
func (e *emitter) entryWriter(t *ir.Type) *jen.Statement {
	switch {
	case isRawList(t):
	case t.Kind == ir.ModelKind:
		return jen.Id("objectWriter").Index(e.value(t)).Call(e.noModel(t))
	case t.Kind == ir.Collection:
		return jen.Id("listWriter").Call(e.entryWriter(t.Elem))
	case e.isOptional(t):
		return jen.Id("optWriter").Call(e.writer(t))
	}
	return e.writer(t)
}

// isRawList reports whether t is a list of lists, which is kept as JSON.
func isRawList(t *ir.Type) bool { return t.Kind == ir.Collection && t.Elem.Kind == ir.Collection }

// writer is the function that writes a value that is no object:
//
//	(*jsonWriter).stringValue
//	writeIntValue[int32]
//	mapWriter((*jsonWriter).boolValue)
func (e *emitter) writer(t *ir.Type) *jen.Statement {
	if t.Kind == ir.Map {
		return jen.Id("mapWriter").Call(e.entryWriter(t.Elem))
	}
	s, ok := e.scalarOf(t)
	switch {
	case !ok: // a list of lists
		s = scalars[ir.Untyped]
	case s.generic:
		return jen.Id("write" + s.name + "Value").Index(s.goType())
	}
	return jen.Parens(jen.Op("*").Id("jsonWriter")).Dot(s.name + "Value")
}
