package emit

import (
	"cmp"
	"maps"
	"slices"

	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/names"
)

func (e *emitter) enums() []jen.Code {
	var code []jen.Code
	for _, en := range e.pkg.Enums {
		code = append(code, e.enum(en), e.known(en))
		if en.Flags {
			code = append(code, e.has(en))
		}
	}
	return append(code, e.constants()...)
}

// enum makes
//
//	// ChatType is the enumeration microsoft.graph.chatType.
//	// …
//	type ChatType string
//
//	// The values of ChatType that this package knows.
//	const (
//		// …
//		ChatTypeOneOnOne ChatType = "oneOnOne"
//		…
//	)
func (e *emitter) enum(en *ir.Enum) jen.Code {
	name := e.names.Enum(en)
	first := name.String() + " is the enumeration " + en.Name + "."
	if en.Inline != nil {
		first = name.String() + " is an enumeration without a name of its own."
	}
	switch {
	case en.Flags && isInteger(en):
		first += " Its values are sets of flags, each of which is a bit."
	case en.Flags:
		first += " Its values are sets of flags, written with commas between them."
	}
	s := comment(first, sentence(en.Doc.Description), unavailable(en.Doc), en.Doc.URL, deprecated(en.Doc)).Line().Add(declareType(name)).Add(underlying(en))
	defs := make([]members, len(en.Members))
	for i, m := range en.Members {
		value := id(name).Op("=").Add(memberValue(en, m))
		defs[i].documented(e.names.Member(en, i), value, withClouds(sentence(m.Doc.Description), m.Doc), deprecated(m.Doc))
	}
	if len(en.Members) == 0 {
		return s
	}
	return s.Line().Line().Add(comment("The values of " + name.String() + " that this package knows.")).Line().Add(declareConsts(entries(defs)))
}

// entries are the constants of a block as they stand in it: apart, unless each has a comment, which keeps it apart already.
func entries(defs []members) members {
	if slices.ContainsFunc(defs, func(def members) bool { return len(def.code) == 1 }) {
		return apart(defs)
	}
	var all members
	for _, def := range defs {
		all.code = append(all.code, def.code...)
	}
	return all
}

// isInteger reports whether the values are numbers.
func isInteger(en *ir.Enum) bool { return en.Integer != ir.Untyped }

// underlying is the type that an enumeration is made of:
//
//	type DoorUsers string
//	type Access int32
func underlying(en *ir.Enum) *jen.Statement {
	if isInteger(en) {
		return scalars[en.Integer].goType()
	}
	return jen.String()
}

// memberValue is the value of a constant, as it is or, of an enumeration of integers, a number:
//
//	DoorUsersNone               DoorUsers = "none"
//	StepEnumMinus1 StepEnum = -1
func memberValue(en *ir.Enum, m ir.EnumMember) *jen.Statement {
	if isInteger(en) {
		return jen.Op(m.Name)
	}
	return jen.Lit(m.Name)
}

// known makes
//
//	// Known reports whether …
//	func (v ChatType) Known() bool { return isKnown(string(v), knownChatType) }
//
//	var knownChatType = []string{
//		"oneOnOne",
//		…
//
// and for flags, which are texts or bits, and for numbers
//
//	func (v DoorUsers) Known() bool { return knownFlags(string(v), knownDoorUsers) }
//
//	return knownBits(v,
//		AccessRead,
//		…
//	return knownNumber(v,
//		StepEnumMinus1,
//		…
func (e *emitter) known(en *ir.Enum) jen.Code {
	text := "Known reports whether this package has a constant for v. Other values are kept and sent back unchanged."
	if en.Flags {
		text = "Known reports whether this package has a constant for every flag in v. Others are kept and sent back unchanged."
	}
	method := func(recv string) *jen.Statement {
		return comment(text).Line().Add(declareMethod(jen.Id(recv).Add(id(e.names.Enum(en))), names.Known)).Params().Bool()
	}
	switch {
	case len(en.Members) == 0:
		return method("").Add(oneLine(jen.Return(jen.False())))
	case isInteger(en):
		return method("v").Block(jen.Return(e.knownNumbers(en)))
	}
	function := "isKnown"
	if en.Flags {
		function = "knownFlags"
	}
	var texts []jen.Code
	for _, m := range en.Members { // each on a line of its own, which is all that changes when one comes
		texts = append(texts, jen.Line().Lit(m.Name))
	}
	values := e.names.Values(en)
	return method("v").Add(oneLine(jen.Return(jen.Id(function).Call(jen.String().Parens(jen.Id("v")), id(values))))).Line().Line().
		Add(declareVar(values, jen.Index().String().Values(append(texts, jen.Line())...)))
}

// knownNumbers makes
//
//	knownBits(v,
//		AccessRead,
//		…
func (e *emitter) knownNumbers(en *ir.Enum) jen.Code {
	values := []jen.Code{jen.Id("v")}
	for i := range en.Members {
		values = append(values, jen.Line().Add(id(e.names.Member(en, i))))
	}
	function := "knownNumber"
	if en.Flags {
		function = "knownBits"
	}
	return jen.Id(function).Call(append(values, jen.Line())...)
}

// has makes
//
//	// Has reports whether every flag of flags is set in v.
//	func (v DoorUsers) Has(flags DoorUsers) bool { return hasFlags(v, flags) }
//
//	// Has reports whether every flag of flags is set in v.
//	func (v Access) Has(flags Access) bool { return v&flags == flags }
func (e *emitter) has(en *ir.Enum) jen.Code {
	name := e.names.Enum(en)
	has := jen.Id("hasFlags").Call(jen.Id("v"), jen.Id("flags"))
	if isInteger(en) {
		has = jen.Id("v").Op("&").Id("flags").Op("==").Id("flags")
	}
	return comment("Has reports whether every flag of flags is set in v.").Line().
		Add(declareMethod(jen.Id("v").Add(id(name)), names.Has)).Params(jen.Id("flags").Add(id(name))).Bool().
		Add(oneLine(jen.Return(has)))
}

// constants makes the well-known values of extensible strings, one group for each name:
//
//	// Well-known values of role. The service may use others.
//	const (
//		…
//		RoleOwner = "owner"
//	)
func (e *emitter) constants() []jen.Code {
	type value struct {
		name                  names.Ident
		text, doc, deprecated string
	}
	groups := map[string]map[names.Ident]value{}
	for _, m := range e.pkg.Models {
		for _, p := range m.Properties {
			if p.Constants == nil {
				continue
			}
			group := groups[p.Constants.Name]
			if group == nil {
				group = map[names.Ident]value{}
				groups[p.Constants.Name] = group
			}
			for i, v := range p.Constants.Values {
				name := e.names.Constant(p.Constants, i)
				if old, ok := group[name]; !ok || old.doc == "" {
					group[name] = value{name, v.Name, sentence(v.Doc.Description), deprecated(v.Doc)}
				}
			}
		}
	}
	var code []jen.Code
	for _, group := range slices.Sorted(maps.Keys(groups)) {
		values := slices.SortedFunc(maps.Values(groups[group]), func(a, b value) int { return cmp.Compare(a.name.String(), b.name.String()) })
		defs := make([]members, len(values))
		for i, v := range values {
			defs[i].documented(v.name, jen.Op("=").Lit(v.text), v.doc, v.deprecated)
		}
		if len(defs) > 0 {
			code = append(code, comment("Well-known values of "+group+". The service may use others.").Line().Add(declareConsts(entries(defs))))
		}
	}
	return code
}
