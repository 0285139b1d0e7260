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
	nulls                nulls
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
func (v *widget) encode(w *jsonWriter) {
	w.string(`"id":`, v.ID)
	w.string(`"state":`, string(v.State))
	w.optString(`"title":`, &v.Title)
	w.optTime(`"built":`, &v.Built)
	w.optModel(`"size":`, v.Size)
	w.strings(`"tags":`, v.Tags)
	w.models(`"sheets":`, &v.Sheets)
	w.optAny(`"main":`, v.Main, "#shop.part")
	w.anys(`"parts":`, &v.Parts, "#shop.part")
	w.ref(`"maker":`, &v.Maker.ref)
	writeRefs(w, `"sellers":`, v.Sellers)
	w.raw(`"note":`, v.Note)
}

func (v *widget) decodeProperty(r *jsonReader, name string) {
	switch name {
	case "id":
		r.stringInto(&v.ID)
	case "state":
		v.State = widgetState(r.string())
	case "title":
		r.optString(&v.Title)
	case "built":
		r.optTime(&v.Built)
	case "size":
		r.optModel(&v.Size)
	case "tags":
		r.strings(&v.Tags)
	case "sheets":
		r.models(&v.Sheets)
	case "main":
		r.optAny(&v.Main, (*part)(nil))
	case "parts":
		r.anys(&v.Parts, (*part)(nil))
	case "maker":
		r.ref(&v.Maker.ref, (*maker)(nil))
	case "maker@odata.bind":
		r.bind(&v.Maker.ref)
	case "sellers":
		readRefs(r, &v.Sellers, (*maker)(nil))
	case "sellers@odata.bind":
		readBinds(r, &v.Sellers)
	case "note":
		r.rawInto(&v.Note)
	}
}

// part is a base with the descendants wheel and, from wheel, tyre.
type part struct {
	ODataType string
	ID        string
	Label     Opt[string]

	AdditionalProperties map[string]json.RawMessage
	nulls                nulls
}

type anyPart interface {
	model
	getPart() *part
}

func (v *part) MarshalJSON() ([]byte, error)    { return marshal(v) }
func (v *part) UnmarshalJSON(data []byte) error { return unmarshal(data, v) }
func (v *part) rest() rest {
	return rest{"#shop.part", &v.ODataType, nil, &v.AdditionalProperties, &v.nulls}
}
func (v *part) key() string    { return v.ID }
func (v *part) getPart() *part { return v }

func (*part) resolve(odataType string) model {
	switch odataType {
	case "shop.wheel":
		return new(wheel)
	}
	return nil
}

func (v *part) encode(w *jsonWriter) {
	w.string(`"id":`, v.ID)
	w.optString(`"label":`, &v.Label)
}

func (v *part) decodeProperty(r *jsonReader, name string) {
	switch name {
	case "id":
		r.stringInto(&v.ID)
	case "label":
		r.optString(&v.Label)
	}
}

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
	nulls                nulls
}

func (v *wheel) MarshalJSON() ([]byte, error)    { return marshal(v) }
func (v *wheel) UnmarshalJSON(data []byte) error { return unmarshal(data, v) }
func (v *wheel) rest() rest {
	return rest{"#shop.wheel", &v.ODataType, nil, &v.AdditionalProperties, &v.nulls}
}
func (v *wheel) key() string    { return v.ID }
func (v *wheel) getPart() *part { return &part{ODataType: v.ODataType, ID: v.ID, Label: v.Label} }

func (v *wheel) upcast(target any) bool {
	base, ok := target.(**part)
	if ok {
		*base = v.getPart()
	}
	return ok
}

func (v *wheel) encode(w *jsonWriter) {
	w.string(`"id":`, v.ID)
	w.optString(`"label":`, &v.Label)
	w.strings(`"roles":`, v.Roles)
	w.optTime(`"since":`, &v.Since)
	w.optString(`"code":`, &v.Code)
	w.optString(`"email":`, &v.Email)
	w.ref(`"maker":`, &v.Maker.ref)
}

func (v *wheel) decodeProperty(r *jsonReader, name string) {
	switch name {
	case "id":
		r.stringInto(&v.ID)
	case "label":
		r.optString(&v.Label)
	case "roles":
		r.strings(&v.Roles)
	case "since":
		r.optTime(&v.Since)
	case "code":
		r.optString(&v.Code)
	case "email":
		r.optString(&v.Email)
	case "maker":
		r.ref(&v.Maker.ref, (*maker)(nil))
	case "maker@odata.bind":
		r.bind(&v.Maker.ref)
	}
}

// maker is an entity outside of the slice: its key, and whatever else arrives; it has a part-like descendant.
type maker struct {
	ODataType string
	ID        string

	AdditionalProperties map[string]json.RawMessage
	nulls                nulls
}

func (v *maker) MarshalJSON() ([]byte, error)    { return marshal(v) }
func (v *maker) UnmarshalJSON(data []byte) error { return unmarshal(data, v) }
func (v *maker) rest() rest {
	return rest{"#shop.maker", &v.ODataType, nil, &v.AdditionalProperties, &v.nulls}
}
func (v *maker) key() string { return v.ID }

func (*maker) resolve(odataType string) model {
	if odataType == "shop.importer" {
		return new(importer)
	}
	return nil
}

func (v *maker) encode(w *jsonWriter) {
	w.string(`"id":`, v.ID)
}

func (v *maker) decodeProperty(r *jsonReader, name string) {
	switch name {
	case "id":
		r.stringInto(&v.ID)
	}
}

// importer is derived from maker, and adds nothing to it.
type importer struct{ maker }

func (v *importer) MarshalJSON() ([]byte, error) { return marshal(v) }

func (v *importer) upcast(target any) bool {
	base, ok := target.(**maker)
	if ok {
		*base = &v.maker
	}
	return ok
}

func (v *importer) rest() rest {
	rest := v.maker.rest()
	rest.own = "#shop.importer"
	return rest
}

// extent is a complex type.
type extent struct {
	ODataType string
	Width     Opt[int32]

	AdditionalProperties map[string]json.RawMessage
	nulls                nulls
}

func (v *extent) rest() rest {
	return rest{"#shop.extent", &v.ODataType, nil, &v.AdditionalProperties, &v.nulls}
}

func (v *extent) encode(w *jsonWriter) {
	writeOptInt(w, `"width":`, &v.Width)
}

func (v *extent) decodeProperty(r *jsonReader, name string) {
	switch name {
	case "width":
		readOptInt(r, &v.Width)
	}
}

// sheet is an entity with a reference and a child of its own type.
type sheet struct {
	Maker Ref[maker]
	Child *sheet

	AdditionalProperties map[string]json.RawMessage
	nulls                nulls
}

func (v *sheet) UnmarshalJSON(data []byte) error { return unmarshal(data, v) }
func (v *sheet) rest() rest                      { return rest{"#shop.sheet", nil, nil, &v.AdditionalProperties, &v.nulls} }

func (v *sheet) encode(w *jsonWriter) {
	w.ref(`"maker":`, &v.Maker.ref)
	w.optModel(`"child":`, v.Child)
}

func (v *sheet) decodeProperty(r *jsonReader, name string) {
	switch name {
	case "maker":
		r.ref(&v.Maker.ref, (*maker)(nil))
	case "maker@odata.bind":
		r.bind(&v.Maker.ref)
	case "child":
		r.optModel(&v.Child)
	}
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
	nulls                nulls
}

func (v *scalars) MarshalJSON() ([]byte, error)    { return marshal(v) }
func (v *scalars) UnmarshalJSON(data []byte) error { return unmarshal(data, v) }
func (v *scalars) rest() rest {
	return rest{"#shop.scalars", nil, nil, &v.AdditionalProperties, &v.nulls}
}

func (v *scalars) encode(w *jsonWriter) {
	w.optString(`"string":`, &v.String)
	writeOptEnum(w, `"state":`, &v.State)
	w.optBool(`"bool":`, &v.Bool)
	writeOptInt(w, `"byte":`, &v.Byte)
	writeOptInt(w, `"sbyte":`, &v.SByte)
	writeOptInt(w, `"int16":`, &v.Int16)
	writeOptInt(w, `"int32":`, &v.Int32)
	writeOptInt(w, `"int64":`, &v.Int64)
	writeOptFloat(w, `"single":`, &v.Single)
	writeOptFloat(w, `"double":`, &v.Double)
	w.optDecimal(`"decimal":`, &v.Decimal)
	w.optTime(`"time":`, &v.Time)
	w.optDate(`"date":`, &v.Date)
	w.optTimeOfDay(`"timeOfDay":`, &v.TimeOfDay)
	w.optDuration(`"duration":`, &v.Duration)
	w.optBytes(`"binary":`, &v.Binary)
	w.raw(`"raw":`, v.Raw)
	writeSlice(w, `"states":`, v.States, writeEnumValue[widgetState])
	writeSlice(w, `"bools":`, v.Bools, (*jsonWriter).boolValue)
	writeSlice(w, `"numbers":`, v.Numbers, writeIntValue[int64])
	writeSlice(w, `"doubles":`, v.Doubles, writeFloatValue[float64])
	writeSlice(w, `"decimals":`, v.Decimals, (*jsonWriter).decimalValue)
	writeSlice(w, `"times":`, v.Times, (*jsonWriter).timeValue)
	writeSlice(w, `"dates":`, v.Dates, (*jsonWriter).dateValue)
	writeSlice(w, `"timesOfDay":`, v.TimesOfDay, (*jsonWriter).timeOfDayValue)
	writeSlice(w, `"durations":`, v.Durations, (*jsonWriter).durationValue)
	writeSlice(w, `"binaries":`, v.Binaries, (*jsonWriter).bytesValue)
	writeSlice(w, `"raws":`, v.Raws, (*jsonWriter).rawValue)
}

func (v *scalars) decodeProperty(r *jsonReader, name string) {
	switch name {
	case "string":
		r.optString(&v.String)
	case "state":
		readOptEnum(r, &v.State)
	case "bool":
		r.optBool(&v.Bool)
	case "byte":
		readOptInt(r, &v.Byte)
	case "sbyte":
		readOptInt(r, &v.SByte)
	case "int16":
		readOptInt(r, &v.Int16)
	case "int32":
		readOptInt(r, &v.Int32)
	case "int64":
		readOptInt(r, &v.Int64)
	case "single":
		readOptFloat(r, &v.Single)
	case "double":
		readOptFloat(r, &v.Double)
	case "decimal":
		r.optDecimal(&v.Decimal)
	case "time":
		r.optTime(&v.Time)
	case "date":
		r.optDate(&v.Date)
	case "timeOfDay":
		r.optTimeOfDay(&v.TimeOfDay)
	case "duration":
		r.optDuration(&v.Duration)
	case "binary":
		r.optBytes(&v.Binary)
	case "raw":
		r.rawInto(&v.Raw)
	case "states":
		readSlice(r, &v.States, readEnum[widgetState])
	case "bools":
		readSlice(r, &v.Bools, (*jsonReader).bool)
	case "numbers":
		readSlice(r, &v.Numbers, readInt[int64])
	case "doubles":
		readSlice(r, &v.Doubles, readFloat[float64])
	case "decimals":
		readSlice(r, &v.Decimals, (*jsonReader).decimal)
	case "times":
		readSlice(r, &v.Times, (*jsonReader).time)
	case "dates":
		readSlice(r, &v.Dates, (*jsonReader).date)
	case "timesOfDay":
		readSlice(r, &v.TimesOfDay, (*jsonReader).timeOfDay)
	case "durations":
		readSlice(r, &v.Durations, (*jsonReader).duration)
	case "binaries":
		readSlice(r, &v.Binaries, (*jsonReader).bytes)
	case "raws":
		readSlice(r, &v.Raws, (*jsonReader).raw)
	}
}
