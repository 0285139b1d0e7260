package emit

import (
	"github.com/dave/jennifer/jen"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// localTime makes what leads from a local time with its zone to a time.Time and back:
//
//	// Time returns …
//	func (v *DateTimeTimeZone) Time() (time.Time, error) {
//		if v == nil {
//			return time.Time{}, errNoLocalTime
//		}
//		return timeIn(v.DateTime.Or(""), v.TimeZone.Or(""))
//	}
//
//	// NewDateTimeTimeZone returns …
//	func NewDateTimeTimeZone(t time.Time) *DateTimeTimeZone {
//		dateTime, zone := localTimeOf(t)
//		return &DateTimeTimeZone{DateTime: Some(dateTime), TimeZone: Some(zone)}
//	}
func (e *emitter) localTime(m *ir.Model) []jen.Code {
	name, when := e.names.Model(m), jen.Qual("time", "Time")
	dateTime, zone := m.LocalTime.Parts(m)
	written := func(p *ir.Property, value string) jen.Code {
		if shapeOf(p) == opt {
			return id(e.names.Field(p)).Op(":").Id("Some").Call(jen.Id(value))
		}
		return id(e.names.Field(p)).Op(":").Id(value)
	}
	return []jen.Code{
		comment("Time returns the moment that "+e.names.Field(dateTime).String()+" is in its zone, whose name is one of IANA's or of Windows'.").Line().
			Add(e.method(m, e.names.Time(m))).Params().Params(when, jen.Error()).Block(
			jen.If(jen.Id("v").Op("==").Nil()).Block(jen.Return(jen.Qual("time", "Time").Values(), jen.Id("errNoLocalTime"))),
			jen.Return(jen.Id("timeIn").Call(e.text(dateTime), e.text(zone)))),
		comment(e.names.Constructor(m).String()+" returns a moment as the local time of its location, or in UTC where that has no name of IANA's.").Line().
			Add(declareFunc(e.names.Constructor(m))).Params(jen.Id("t").Add(when)).Add(pointerTo(name)).Block(
			jen.List(jen.Id("dateTime"), jen.Id("zone")).Op(":=").Id("localTimeOf").Call(jen.Id("t")),
			jen.Return(jen.Op("&").Add(id(name)).Values(written(dateTime, "dateTime"), written(zone, "zone")))),
	}
}
