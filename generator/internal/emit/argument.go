package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// argumentField is the Go type of an options field for a function's argument, an Opt, or of what goes as JSON, which is absent if
// it is nil:
//
//	// The function's argument box.
//	Box *StockBox
//	// The function's argument sizes.
//	Sizes []int32
//
// and
//
//	Period Opt[string]
func (c call) argumentField(a ir.Arg) *jen.Statement {
	if isJSONArgument(a) {
		return c.value(a.Type)
	}
	if a.Type != nil {
		if s, ok := c.scalarOf(a.Type); ok && a.Type.Kind != ir.Binary && a.Type.Kind != ir.Stream {
			return jen.Id("Opt").Index(s.goType())
		}
	}
	return jen.Id("Opt").Index(jen.String())
}

// isJSONArgument reports whether an argument is no single value.
func isJSONArgument(a ir.Arg) bool {
	if a.Type == nil {
		return false
	}
	switch a.Type.Kind {
	case ir.Collection, ir.ModelKind, ir.Untyped:
		return true
	}
	return false
}

// argument makes one of
//
//	argument("period", o.Period)
//	listArgument("tags", o.Tags, writeTextArgument[string])
//	listArgument("sizes", o.Sizes, writeIntValue[int32])
//	modelArgument("box", o.Box, "#Stock.Box")
//
// and modelsArgument of a list of objects, rawArgument of any JSON.
func (c call) argument(a ir.Arg, field *jen.Statement) *jen.Statement {
	name := jen.Lit(a.Param)
	if !isJSONArgument(a) {
		return jen.Id("argument").Call(name, field)
	}
	t := a.Type
	switch {
	case t.Kind == ir.ModelKind:
		return jen.Id("modelArgument").Call(name, field, jen.Lit(odataType(t.Model)))
	case t.Kind == ir.Untyped, t.Elem.Kind == ir.Collection:
		return jen.Id("rawArgument").Call(name, field)
	case t.Elem.Kind == ir.ModelKind:
		return jen.Id("modelsArgument").Call(name, field, jen.Lit(odataType(t.Elem.Model)))
	}
	if s, _ := c.scalarOf(t.Elem); s.name == "string" || t.Elem.Kind == ir.EnumKind {
		return jen.Id("listArgument").Call(name, field, jen.Id("writeTextArgument").Index(s.goType()))
	}
	return jen.Id("listArgument").Call(name, field, c.writer(t.Elem))
}
