package graph

import (
	"encoding/json"
	"time"
)

// Models in the shape that the generator writes, small enough to read.

type widgetState string

const (
	widgetStateNew  widgetState = "new"
	widgetStateUsed widgetState = "used"
)

// widget is an entity with a property of each form.
type widget struct {
	ETag, ODataType string
	ID              string
	State           widgetState
	Title           Opt[string]
	Built           Opt[time.Time]
	Size            *extent
	Tags            []string
	Sheets          []*sheet
	Main            anyPart
	Parts           []anyPart
	Maker           Ref[maker]
	Sellers         []Ref[maker]
	Note            json.RawMessage

	AdditionalProperties map[string]json.RawMessage
	nulls                *nulls
}

func (v *widget) MarshalJSON() ([]byte, error)    { return marshal(v) }
func (v *widget) UnmarshalJSON(data []byte) error { return unmarshal(data, v) }
func (v *widget) rest() rest {
	return rest{"#shop.widget", &v.ODataType, &v.ETag, &v.AdditionalProperties, &v.nulls}
}
func (v *widget) key() string          { return v.ID }
func readWidget(r *jsonReader) *widget { return readInto(r, new(widget)) }

// readInto is what generated code has written out for each type.
func readInto[P model](r *jsonReader, v P) P {
	if r.null() {
		var none P
		return none
	}
	r.object(v)
	return v
}

func (v *widget) body() encoder         { return func(w *jsonWriter) { w.object(v, declaredSame) } }
func readAnyPart(r *jsonReader) anyPart { return readAny[anyPart](r, (*part)(nil)) }
func bindMaker(id string) Ref[maker]    { return bindKey[maker]("makers", id) }
func (v *widget) properties(c *codec) {
	c.string(`"id":`, &v.ID)
	c.string(`"state":`, (*string)(&v.State))
	c.optString(`"title":`, &v.Title)
	c.optTime(`"built":`, &v.Built)
	c.optModel(`"size":`, &v.Size)
	c.atMost(`"tags":`, len(v.Tags), 20)
	c.strings(`"tags":`, &v.Tags)
	c.models(`"sheets":`, &v.Sheets)
	c.optAny(`"main":`, &v.Main, (*part)(nil))
	codeAnys(c, `"parts":`, &v.Parts, (*part)(nil))
	c.ref(`"maker":`, &v.Maker.ref, (*maker)(nil))
	codeRefs(c, `"sellers":`, &v.Sellers, (*maker)(nil))
	c.raw(`"note":`, &v.Note)
}

// part is a base with the descendants wheel and, from wheel, tyre.
type part struct {
	ODataType string
	ID        string
	Label     Opt[string]

	AdditionalProperties map[string]json.RawMessage
	nulls                *nulls
}

type anyPart interface {
	model
	getPart() part
}

func (v *part) MarshalJSON() ([]byte, error)    { return marshal(v) }
func (v *part) UnmarshalJSON(data []byte) error { return unmarshal(data, v) }
func (v *part) rest() rest {
	return rest{"#shop.part", &v.ODataType, nil, &v.AdditionalProperties, &v.nulls}
}
func (v *part) key() string   { return v.ID }
func (v *part) getPart() part { return *v }

func (*part) resolve(odataType string) model {
	switch odataType {
	case "shop.wheel":
		return new(wheel)
	}
	return nil
}

func (v *part) properties(c *codec) {
	c.string(`"id":`, &v.ID)
	c.optString(`"label":`, &v.Label)
}

// idea is what nobody has as such; the value is a wheel.
type idea struct{ part }

func (v *idea) MarshalJSON() ([]byte, error)    { return marshal(v) }
func (v *idea) UnmarshalJSON(data []byte) error { return unmarshal(data, v) }

func (v *idea) properties(c *codec) { v.part.properties(c) }
func (*idea) abstract() []string    { return []string{"*wheel", "*tyre"} }
func (*idea) resolve(string) model  { return nil }

// wheel is derived from part.
type wheel struct {
	ODataType string
	ID        string
	Label     Opt[string]
	Roles     []string
	Since     Opt[time.Time]
	Code      Opt[string]
	Email     Opt[string]
	Maker     Ref[maker]

	AdditionalProperties map[string]json.RawMessage
	nulls                *nulls
}

func (v *wheel) MarshalJSON() ([]byte, error)    { return marshal(v) }
func (v *wheel) UnmarshalJSON(data []byte) error { return unmarshal(data, v) }
func (v *wheel) rest() rest {
	return rest{"#shop.wheel", &v.ODataType, nil, &v.AdditionalProperties, &v.nulls}
}
func (v *wheel) key() string   { return v.ID }
func (v *wheel) getPart() part { return part{ODataType: v.ODataType, ID: v.ID, Label: v.Label} }

func (*wheel) derived() {}

func (v *wheel) properties(c *codec) {
	c.string(`"id":`, &v.ID)
	c.optString(`"label":`, &v.Label)
	c.strings(`"roles":`, &v.Roles)
	c.optTime(`"since":`, &v.Since)
	c.optString(`"code":`, &v.Code)
	c.optString(`"email":`, &v.Email)
	c.ref(`"maker":`, &v.Maker.ref, (*maker)(nil))
}

// maker is an entity outside of the slice: its key, and whatever else arrives; it has a part-like descendant.
type maker struct {
	ODataType string
	ID        string

	AdditionalProperties map[string]json.RawMessage
	nulls                *nulls
}

func (v *maker) MarshalJSON() ([]byte, error)    { return marshal(v) }
func (v *maker) UnmarshalJSON(data []byte) error { return unmarshal(data, v) }
func (v *maker) rest() rest {
	return rest{"#shop.maker", &v.ODataType, nil, &v.AdditionalProperties, &v.nulls}
}
func (v *maker) key() string { return v.ID }

func (*maker) resolve(odataType string) model {
	switch odataType {
	case "shop.importer":
		return new(importer)
	case "shop.agent":
		return new(agent)
	}
	return nil
}

func (v *maker) properties(c *codec) {
	c.string(`"id":`, &v.ID)
}

// importer is derived from maker, and adds nothing to it; agent is derived from importer, and does.
type importer struct {
	ODataType string
	ID        string

	AdditionalProperties map[string]json.RawMessage
	nulls                *nulls
}

func (v *importer) MarshalJSON() ([]byte, error)    { return marshal(v) }
func (v *importer) UnmarshalJSON(data []byte) error { return unmarshal(data, v) }
func (v *importer) key() string                     { return v.ID }

func (v *importer) toMaker() *maker { return standInAs[*maker](v) }

func (v *importer) rest() rest {
	return rest{"#shop.importer", &v.ODataType, nil, &v.AdditionalProperties, &v.nulls}
}

func (v *importer) properties(c *codec) {
	c.string(`"id":`, &v.ID)
}

func (*importer) resolve(odataType string) model {
	if odataType == "shop.agent" {
		return new(agent)
	}
	return nil
}

type agent struct {
	ODataType string
	ID        string
	Area      Opt[string]
	Boss      Ref[maker]
	Ranks     []string

	AdditionalProperties map[string]json.RawMessage
	nulls                *nulls
}

func (v *agent) MarshalJSON() ([]byte, error)    { return marshal(v) }
func (v *agent) UnmarshalJSON(data []byte) error { return unmarshal(data, v) }
func (v *agent) rest() rest {
	return rest{"#shop.agent", &v.ODataType, nil, &v.AdditionalProperties, &v.nulls}
}
func (v *agent) key() string           { return v.ID }
func (v *agent) toMaker() *maker       { return standInAs[*maker](v) }
func (v *agent) toImporter() *importer { return standInAs[*importer](v) }

func (v *agent) properties(c *codec) {
	c.string(`"id":`, &v.ID)
	c.optString(`"area":`, &v.Area)
	c.ref(`"boss":`, &v.Boss.ref, (*maker)(nil))
	c.strings(`"ranks":`, &v.Ranks)
}

// extent is a complex type.
type extent struct {
	ODataType string
	Width     Opt[int32]

	AdditionalProperties map[string]json.RawMessage
	nulls                *nulls
}

func (v *extent) rest() rest {
	return rest{"#shop.extent", &v.ODataType, nil, &v.AdditionalProperties, &v.nulls}
}

func (v *extent) properties(c *codec) {
	codeOptInt(c, `"width":`, &v.Width)
}

// sheet is an entity with a reference and a child of its own type.
type sheet struct {
	Maker Ref[maker]
	Child *sheet

	AdditionalProperties map[string]json.RawMessage
	nulls                *nulls
}

func (v *sheet) UnmarshalJSON(data []byte) error { return unmarshal(data, v) }
func (v *sheet) rest() rest                      { return rest{"#shop.sheet", nil, nil, &v.AdditionalProperties, &v.nulls} }

func (v *sheet) properties(c *codec) {
	c.ref(`"maker":`, &v.Maker.ref, (*maker)(nil))
	c.optModel(`"child":`, &v.Child)
}

type gauge float32

// scalars has an optional property and a collection of each scalar type.
type scalars struct {
	String    Opt[string]
	State     Opt[widgetState]
	Bool      Opt[bool]
	Byte      Opt[uint8]
	SByte     Opt[int8]
	Int16     Opt[int16]
	Int32     Opt[int32]
	Int64     Opt[int64]
	Single    Opt[gauge]
	Double    Opt[float64]
	Decimal   Opt[Decimal]
	Time      Opt[time.Time]
	Date      Opt[Date]
	TimeOfDay Opt[TimeOfDay]
	Duration  Opt[Duration]
	Binary    Opt[[]byte]
	Raw       json.RawMessage

	States     []widgetState
	Bools      []bool
	Numbers    []int64
	Doubles    []float64
	Decimals   []Decimal
	Times      []time.Time
	Dates      []Date
	TimesOfDay []TimeOfDay
	Durations  []Duration
	Binaries   [][]byte
	Raws       []json.RawMessage

	AdditionalProperties map[string]json.RawMessage
	nulls                *nulls
}

func (v *scalars) MarshalJSON() ([]byte, error)    { return marshal(v) }
func (v *scalars) UnmarshalJSON(data []byte) error { return unmarshal(data, v) }
func (v *scalars) rest() rest {
	return rest{"#shop.scalars", nil, nil, &v.AdditionalProperties, &v.nulls}
}

func (v *scalars) properties(c *codec) {
	c.optString(`"string":`, &v.String)
	codeOptEnum(c, `"state":`, &v.State)
	c.optBool(`"bool":`, &v.Bool)
	codeOptInt(c, `"byte":`, &v.Byte)
	codeOptInt(c, `"sbyte":`, &v.SByte)
	codeOptInt(c, `"int16":`, &v.Int16)
	codeOptInt(c, `"int32":`, &v.Int32)
	codeOptInt(c, `"int64":`, &v.Int64)
	codeOptFloat(c, `"single":`, &v.Single)
	codeOptFloat(c, `"double":`, &v.Double)
	c.optDecimal(`"decimal":`, &v.Decimal)
	c.optTime(`"time":`, &v.Time)
	c.optDate(`"date":`, &v.Date)
	c.optTimeOfDay(`"timeOfDay":`, &v.TimeOfDay)
	c.optDuration(`"duration":`, &v.Duration)
	c.optBytes(`"binary":`, &v.Binary)
	c.raw(`"raw":`, &v.Raw)
	codeSlice(c, `"states":`, &v.States, readEnum[widgetState], writeEnumValue[widgetState])
	codeSlice(c, `"bools":`, &v.Bools, (*jsonReader).bool, (*jsonWriter).boolValue)
	codeSlice(c, `"numbers":`, &v.Numbers, readInt[int64], writeIntValue[int64])
	codeSlice(c, `"doubles":`, &v.Doubles, readFloat[float64], writeFloatValue[float64])
	codeSlice(c, `"decimals":`, &v.Decimals, (*jsonReader).decimal, (*jsonWriter).decimalValue)
	codeSlice(c, `"times":`, &v.Times, (*jsonReader).time, (*jsonWriter).timeValue)
	codeSlice(c, `"dates":`, &v.Dates, (*jsonReader).date, (*jsonWriter).dateValue)
	codeSlice(c, `"timesOfDay":`, &v.TimesOfDay, (*jsonReader).timeOfDay, (*jsonWriter).timeOfDayValue)
	codeSlice(c, `"durations":`, &v.Durations, (*jsonReader).duration, (*jsonWriter).durationValue)
	codeSlice(c, `"binaries":`, &v.Binaries, (*jsonReader).bytes, (*jsonWriter).bytesValue)
	codeSlice(c, `"raws":`, &v.Raws, (*jsonReader).raw, (*jsonWriter).rawValue)
}
