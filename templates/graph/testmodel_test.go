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
	nulls                [1]uint64
}

func (v *widget) MarshalJSON() ([]byte, error)       { return marshal(v, false) }
func (v *widget) UnmarshalJSON(data []byte) error    { return unmarshal(data, v) }
func (v *widget) extra() *map[string]json.RawMessage { return &v.AdditionalProperties }
func (v *widget) setNull()                           { v.nulls[0] |= 1 }
func (v *widget) key() string                        { return v.ID }
func (v *widget) body() encoder                      { return func(w *jsonWriter) { v.encode(w, false) } }
func isExactlyPart(v anyPart) bool                   { _, ok := v.(*part); return ok }
func readAnyPart(r *jsonReader) anyPart              { return readAny[anyPart](r, new(part)) }
func bindMaker(id string) Ref[maker]                 { return bindKey[maker]("makers", id) }
func (v *widget) encode(w *jsonWriter, typed bool) {
	if !w.begin(v == nil || hasNull(v.nulls[:], 0)) {
		return
	}
	w.annotations(v.ODataType, "#shop.widget", typed, v.ETag)
	w.string(`"id":`, v.ID, hasNull(v.nulls[:], 1))
	writeEnum(w, `"state":`, v.State, hasNull(v.nulls[:], 2))
	w.optString(`"title":`, v.Title)
	w.optTime(`"built":`, v.Built)
	writeModel(w, `"size":`, v.Size, false, hasNull(v.nulls[:], 3))
	w.strings(`"tags":`, v.Tags, hasNull(v.nulls[:], 4))
	writeModels(w, `"sheets":`, v.Sheets, false, hasNull(v.nulls[:], 5))
	writeAny(w, `"main":`, v.Main, isExactlyPart, hasNull(v.nulls[:], 6))
	writeAnys(w, `"parts":`, v.Parts, isExactlyPart, hasNull(v.nulls[:], 7))
	writeRef(w, `"maker":`, `"maker@odata.bind":`, v.Maker)
	writeRefs(w, `"sellers":`, `"sellers@odata.bind":`, v.Sellers, hasNull(v.nulls[:], 8))
	w.raw(`"note":`, v.Note, hasNull(v.nulls[:], 9))
	w.end(v.AdditionalProperties)
}

func (v *widget) decodeProperty(r *jsonReader, name string) bool {
	switch name {
	case "@odata.etag":
		v.ETag = r.string()
	case "@odata.type":
		v.ODataType = r.string()
	case "id":
		if !r.null(v.nulls[:], 1) {
			v.ID = r.string()
		}
	case "state":
		if !r.null(v.nulls[:], 2) {
			v.State = readEnum[widgetState](r)
		}
	case "title":
		v.Title = r.optString()
	case "built":
		v.Built = r.optTime()
	case "size":
		if !r.null(v.nulls[:], 3) {
			v.Size = readModel[extent](r)
		}
	case "tags":
		if !r.null(v.nulls[:], 4) {
			v.Tags = readSlice(r, (*jsonReader).string)
		}
	case "sheets":
		if !r.null(v.nulls[:], 5) {
			v.Sheets = readSlice(r, readModel[sheet])
		}
	case "main":
		if !r.null(v.nulls[:], 6) {
			v.Main = readAnyPart(r)
		}
	case "parts":
		if !r.null(v.nulls[:], 7) {
			v.Parts = readSlice(r, readAnyPart)
		}
	case "maker":
		readRef(r, &v.Maker)
	case "maker@odata.bind":
		readBind(r, &v.Maker)
	case "sellers":
		if !r.null(v.nulls[:], 8) {
			readRefs(r, &v.Sellers)
		}
	case "sellers@odata.bind":
		readBinds(r, &v.Sellers)
	case "note":
		if !r.null(v.nulls[:], 9) {
			v.Note = r.raw()
		}
	default:
		return false
	}
	return true
}

// part is a base with the descendants wheel and, from wheel, tyre.
type part struct {
	ODataType string
	ID        string
	Label     Opt[string]

	AdditionalProperties map[string]json.RawMessage
	nulls                [1]uint64
}

type anyPart interface {
	model
	getPart() *part
}

func (v *part) MarshalJSON() ([]byte, error)       { return marshal(v, false) }
func (v *part) UnmarshalJSON(data []byte) error    { return unmarshal(data, v) }
func (v *part) extra() *map[string]json.RawMessage { return &v.AdditionalProperties }
func (v *part) setNull()                           { v.nulls[0] |= 1 }
func (v *part) key() string                        { return v.ID }
func (v *part) getPart() *part                     { return v }

func (*part) resolve(odataType string) model {
	switch odataType {
	case "shop.wheel":
		return new(wheel)
	}
	return nil
}

func (v *part) encode(w *jsonWriter, typed bool) {
	if !w.begin(v == nil || hasNull(v.nulls[:], 0)) {
		return
	}
	w.annotations(v.ODataType, "#shop.part", typed, "")
	w.string(`"id":`, v.ID, hasNull(v.nulls[:], 1))
	w.optString(`"label":`, v.Label)
	w.end(v.AdditionalProperties)
}

func (v *part) decodeProperty(r *jsonReader, name string) bool {
	switch name {
	case "@odata.type":
		v.ODataType = r.string()
	case "id":
		if !r.null(v.nulls[:], 1) {
			v.ID = r.string()
		}
	case "label":
		v.Label = r.optString()
	default:
		return false
	}
	return true
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
	nulls                [1]uint64
}

func (v *wheel) MarshalJSON() ([]byte, error)       { return marshal(v, true) }
func (v *wheel) UnmarshalJSON(data []byte) error    { return unmarshal(data, v) }
func (v *wheel) extra() *map[string]json.RawMessage { return &v.AdditionalProperties }
func (v *wheel) setNull()                           { v.nulls[0] |= 1 }
func (v *wheel) key() string                        { return v.ID }
func (v *wheel) getPart() *part                     { return &part{ODataType: v.ODataType, ID: v.ID, Label: v.Label} }

func (v *wheel) upcast(target any) bool {
	base, ok := target.(**part)
	if ok {
		*base = v.getPart()
	}
	return ok
}

func (v *wheel) encode(w *jsonWriter, typed bool) {
	if !w.begin(v == nil || hasNull(v.nulls[:], 0)) {
		return
	}
	w.annotations(v.ODataType, "#shop.wheel", typed, "")
	w.string(`"id":`, v.ID, hasNull(v.nulls[:], 1))
	w.optString(`"label":`, v.Label)
	w.strings(`"roles":`, v.Roles, hasNull(v.nulls[:], 2))
	w.optTime(`"since":`, v.Since)
	w.optString(`"code":`, v.Code)
	w.optString(`"email":`, v.Email)
	writeRef(w, `"maker":`, `"maker@odata.bind":`, v.Maker)
	w.end(v.AdditionalProperties)
}

func (v *wheel) decodeProperty(r *jsonReader, name string) bool {
	switch name {
	case "@odata.type":
		v.ODataType = r.string()
	case "id":
		if !r.null(v.nulls[:], 1) {
			v.ID = r.string()
		}
	case "label":
		v.Label = r.optString()
	case "roles":
		if !r.null(v.nulls[:], 2) {
			v.Roles = readSlice(r, (*jsonReader).string)
		}
	case "since":
		v.Since = r.optTime()
	case "code":
		v.Code = r.optString()
	case "email":
		v.Email = r.optString()
	case "maker":
		readRef(r, &v.Maker)
	case "maker@odata.bind":
		readBind(r, &v.Maker)
	default:
		return false
	}
	return true
}

// maker is an entity outside of the slice: its key, and whatever else arrives; it has a part-like descendant.
type maker struct {
	ODataType string
	ID        string

	AdditionalProperties map[string]json.RawMessage
	nulls                [1]uint64
}

func (v *maker) MarshalJSON() ([]byte, error)       { return marshal(v, false) }
func (v *maker) UnmarshalJSON(data []byte) error    { return unmarshal(data, v) }
func (v *maker) extra() *map[string]json.RawMessage { return &v.AdditionalProperties }
func (v *maker) setNull()                           { v.nulls[0] |= 1 }
func (v *maker) key() string                        { return v.ID }

func (*maker) resolve(odataType string) model {
	if odataType == "shop.importer" {
		return new(importer)
	}
	return nil
}

func (v *maker) encode(w *jsonWriter, typed bool) {
	if !w.begin(v == nil || hasNull(v.nulls[:], 0)) {
		return
	}
	w.annotations(v.ODataType, "#shop.maker", typed, "")
	w.string(`"id":`, v.ID, hasNull(v.nulls[:], 1))
	w.end(v.AdditionalProperties)
}

func (v *maker) decodeProperty(r *jsonReader, name string) bool {
	switch name {
	case "@odata.type":
		v.ODataType = r.string()
	case "id":
		if !r.null(v.nulls[:], 1) {
			v.ID = r.string()
		}
	default:
		return false
	}
	return true
}

// importer is derived from maker, and adds nothing to it.
type importer struct{ maker }

func (v *importer) MarshalJSON() ([]byte, error) { return marshal(v, true) }

func (v *importer) upcast(target any) bool {
	base, ok := target.(**maker)
	if ok {
		*base = &v.maker
	}
	return ok
}

func (v *importer) encode(w *jsonWriter, typed bool) {
	if !w.begin(v == nil || hasNull(v.nulls[:], 0)) {
		return
	}
	w.annotations(v.ODataType, "#shop.importer", typed, "")
	w.string(`"id":`, v.ID, hasNull(v.nulls[:], 1))
	w.end(v.AdditionalProperties)
}

// extent is a complex type.
type extent struct {
	ODataType string
	Width     Opt[int32]

	AdditionalProperties map[string]json.RawMessage
	nulls                [1]uint64
}

func (v *extent) extra() *map[string]json.RawMessage { return &v.AdditionalProperties }
func (v *extent) setNull()                           { v.nulls[0] |= 1 }

func (v *extent) encode(w *jsonWriter, typed bool) {
	if !w.begin(v == nil || hasNull(v.nulls[:], 0)) {
		return
	}
	w.annotations(v.ODataType, "#shop.extent", typed, "")
	writeOptInt(w, `"width":`, v.Width)
	w.end(v.AdditionalProperties)
}

func (v *extent) decodeProperty(r *jsonReader, name string) bool {
	switch name {
	case "@odata.type":
		v.ODataType = r.string()
	case "width":
		v.Width = readOptInt[int32](r)
	default:
		return false
	}
	return true
}

// sheet is an entity with a reference and a child of its own type.
type sheet struct {
	Maker Ref[maker]
	Child *sheet

	AdditionalProperties map[string]json.RawMessage
	nulls                [1]uint64
}

func (v *sheet) UnmarshalJSON(data []byte) error    { return unmarshal(data, v) }
func (v *sheet) extra() *map[string]json.RawMessage { return &v.AdditionalProperties }
func (v *sheet) setNull()                           { v.nulls[0] |= 1 }

func (v *sheet) encode(w *jsonWriter, typed bool) {
	if !w.begin(v == nil || hasNull(v.nulls[:], 0)) {
		return
	}
	w.annotations("", "#shop.sheet", typed, "")
	writeRef(w, `"maker":`, `"maker@odata.bind":`, v.Maker)
	writeModel(w, `"child":`, v.Child, false, hasNull(v.nulls[:], 1))
	w.end(v.AdditionalProperties)
}

func (v *sheet) decodeProperty(r *jsonReader, name string) bool {
	switch name {
	case "maker":
		readRef(r, &v.Maker)
	case "maker@odata.bind":
		readBind(r, &v.Maker)
	case "child":
		if !r.null(v.nulls[:], 1) {
			v.Child = readModel[sheet](r)
		}
	default:
		return false
	}
	return true
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
	Raw       Opt[json.RawMessage]

	States     []widgetState
	Bools      []bool
	Numbers    []Opt[int64]
	Doubles    []float64
	Decimals   []Decimal
	Times      []time.Time
	Dates      []Date
	TimesOfDay []TimeOfDay
	Durations  []Duration
	Binaries   [][]byte
	Raws       []json.RawMessage

	AdditionalProperties map[string]json.RawMessage
}

func (v *scalars) MarshalJSON() ([]byte, error)       { return marshal(v, false) }
func (v *scalars) UnmarshalJSON(data []byte) error    { return unmarshal(data, v) }
func (v *scalars) extra() *map[string]json.RawMessage { return &v.AdditionalProperties }
func (v *scalars) setNull()                           {}

func (v *scalars) encode(w *jsonWriter, typed bool) {
	if !w.begin(v == nil) {
		return
	}
	w.annotations("", "#shop.scalars", typed, "")
	w.optString(`"string":`, v.String)
	writeOptEnum(w, `"state":`, v.State)
	w.optBool(`"bool":`, v.Bool)
	writeOptInt(w, `"byte":`, v.Byte)
	writeOptInt(w, `"sbyte":`, v.SByte)
	writeOptInt(w, `"int16":`, v.Int16)
	writeOptInt(w, `"int32":`, v.Int32)
	writeOptInt(w, `"int64":`, v.Int64)
	writeOptFloat(w, `"single":`, v.Single)
	writeOptFloat(w, `"double":`, v.Double)
	w.optDecimal(`"decimal":`, v.Decimal)
	w.optTime(`"time":`, v.Time)
	w.optDate(`"date":`, v.Date)
	w.optTimeOfDay(`"timeOfDay":`, v.TimeOfDay)
	w.optDuration(`"duration":`, v.Duration)
	w.optBytes(`"binary":`, v.Binary)
	w.optRaw(`"raw":`, v.Raw)
	writeEnums(w, `"states":`, v.States, false)
	writeSlice(w, `"bools":`, v.Bools, false, (*jsonWriter).boolValue)
	writeSlice(w, `"numbers":`, v.Numbers, false, func(w *jsonWriter, n Opt[int64]) { writeOptValue(w, n, writeIntValue) })
	writeSlice(w, `"doubles":`, v.Doubles, false, writeFloatValue[float64])
	writeSlice(w, `"decimals":`, v.Decimals, false, (*jsonWriter).decimalValue)
	writeSlice(w, `"times":`, v.Times, false, (*jsonWriter).timeValue)
	writeSlice(w, `"dates":`, v.Dates, false, (*jsonWriter).dateValue)
	writeSlice(w, `"timesOfDay":`, v.TimesOfDay, false, (*jsonWriter).timeOfDayValue)
	writeSlice(w, `"durations":`, v.Durations, false, (*jsonWriter).durationValue)
	writeSlice(w, `"binaries":`, v.Binaries, false, (*jsonWriter).bytesValue)
	writeSlice(w, `"raws":`, v.Raws, false, (*jsonWriter).rawValue)
	w.end(v.AdditionalProperties)
}

func (v *scalars) decodeProperty(r *jsonReader, name string) bool {
	switch name {
	case "string":
		v.String = r.optString()
	case "state":
		v.State = readOptEnum[widgetState](r)
	case "bool":
		v.Bool = r.optBool()
	case "byte":
		v.Byte = readOptInt[uint8](r)
	case "sbyte":
		v.SByte = readOptInt[int8](r)
	case "int16":
		v.Int16 = readOptInt[int16](r)
	case "int32":
		v.Int32 = readOptInt[int32](r)
	case "int64":
		v.Int64 = readOptInt[int64](r)
	case "single":
		v.Single = readOptFloat[gauge](r)
	case "double":
		v.Double = readOptFloat[float64](r)
	case "decimal":
		v.Decimal = r.optDecimal()
	case "time":
		v.Time = r.optTime()
	case "date":
		v.Date = r.optDate()
	case "timeOfDay":
		v.TimeOfDay = r.optTimeOfDay()
	case "duration":
		v.Duration = r.optDuration()
	case "binary":
		v.Binary = r.optBytes()
	case "raw":
		v.Raw = r.optRaw()
	case "states":
		v.States = readSlice(r, readEnum[widgetState])
	case "bools":
		v.Bools = readSlice(r, (*jsonReader).bool)
	case "numbers":
		v.Numbers = readSlice(r, readOptInt[int64])
	case "doubles":
		v.Doubles = readSlice(r, readFloat[float64])
	case "decimals":
		v.Decimals = readSlice(r, (*jsonReader).decimal)
	case "times":
		v.Times = readSlice(r, (*jsonReader).time)
	case "dates":
		v.Dates = readSlice(r, (*jsonReader).date)
	case "timesOfDay":
		v.TimesOfDay = readSlice(r, (*jsonReader).timeOfDay)
	case "durations":
		v.Durations = readSlice(r, (*jsonReader).duration)
	case "binaries":
		v.Binaries = readSlice(r, (*jsonReader).bytes)
	case "raws":
		v.Raws = readSlice(r, (*jsonReader).raw)
	default:
		return false
	}
	return true
}
