package graph

import (
	"encoding/json"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// sameJSON reports the difference of two JSON texts as values, numbers by their digits.
func sameJSON(t *testing.T, want, got []byte) string {
	t.Helper()
	wantValue, ok := wantGeneric(want)
	if !ok {
		t.Fatalf("not JSON: %s", want)
	}
	gotValue, ok := wantGeneric(got)
	if !ok {
		return "not JSON: " + string(got)
	}
	return cmp.Diff(wantValue, gotValue)
}

var scalarSeeds = []string{
	`{}`,
	`{"string":"","state":"","bool":false,"byte":0,"sbyte":0,"int16":0,"int32":0,"int64":0,"single":0,"double":0,"decimal":0}`,
	`{"string":null,"state":null,"bool":null,"byte":null,"sbyte":null,"int16":null,"int32":null,"int64":null,"single":null,"double":null,
		"decimal":null,"time":null,"date":null,"timeOfDay":null,"duration":null,"binary":null,"raw":null}`,
	`{"states":null,"bools":null,"numbers":null,"raws":null}`,
	`{"states":[],"bools":[],"numbers":[],"doubles":[],"decimals":[],"times":[],"dates":[],"timesOfDay":[],"durations":[],"binaries":[],"raws":[]}`,
	`{"byte":255,"sbyte":-128,"int16":-32768,"int32":-2147483648,"int64":-9223372036854775808}`,
	`{"sbyte":127,"int16":32767,"int32":2147483647,"int64":9223372036854775807}`,
	`{"single":0.1,"double":1.7976931348623157e+308}`,
	`{"single":"INF","double":"-INF"}`, `{"single":"NaN","double":"NaN"}`,
	`{"single":-1e-07,"double":1e-07}`, `{"double":123456789012345680000}`, `{"double":5e-324}`,
	`{"decimal":12.50}`, `{"decimal":-0.00}`, `{"decimal":123456789012345678901234567890.123456789}`, `{"decimal":1E5}`,
	`{"time":"2020-12-04T23:10:28.51Z"}`, `{"time":"0001-01-01T00:00:00Z"}`, `{"time":"9999-12-31T23:59:59.999999999Z"}`,
	`{"time":"2020-12-04T23:10:28.5100000Z"}`, `{"time":"2020-12-04T23:10:28.0000000Z"}`, `{"time":"2020-12-04T23:10:28.0Z"}`,
	`{"time":"2020-12-04T23:10:28+05:30"}`, `{"time":"2020-12-04T23:10:28.500-08:00"}`, `{"time":"2020-12-04T23:10:28+00:00"}`,
	`{"time":"2020-12-04T23:10:28.25+00:00"}`, `{"time":"2020-12-04T23:10:28.250+00:00"}`, `{"time":"2020-02-29T00:00:00Z"}`,
	`{"date":"2020-02-29"}`, `{"date":"0000-01-01"}`, `{"date":"9999-12-31"}`,
	`{"timeOfDay":"08:00:00.0000000"}`, `{"timeOfDay":"23:59:59.999999999"}`, `{"timeOfDay":"00:00:00"}`, `{"timeOfDay":"12:30:00.5"}`,
	`{"duration":"P1Y2M3DT4H5M6.700S"}`, `{"duration":"PT0S"}`, `{"duration":"00:10:00"}`, `{"duration":""}`,
	`{"binary":""}`, `{"binary":"AAECAw=="}`, `{"binary":"+/+/"}`,
	`{"raw":{"a":[1,null,"x"]},"raws":[1,"a",null,{}]}`,
	`{"states":["new","a value nobody knows"],"bools":[true,false],"numbers":[1,-1],"doubles":[0.5,"INF"],"decimals":[1.0,2.00]}`,
	`{"times":["2020-12-04T23:10:28.51Z"],"dates":["2020-12-04"],"timesOfDay":["08:00:00"],"durations":["P1D","x"],"binaries":["AA==",""]}`,
	`{"something":{"else":1.50},"@odata.context":"https://x"}`,
}

// TestScalarsRoundTrip holds that what arrives goes back as the same JSON value.
func TestScalarsRoundTrip(t *testing.T) {
	for _, data := range scalarSeeds {
		var v scalars
		if err := json.Unmarshal([]byte(data), &v); err != nil {
			t.Errorf("%s: %v", data, err)
			continue
		}
		got, err := json.Marshal(&v)
		if err != nil {
			t.Errorf("%s: %v", data, err)
			continue
		}
		if diff := sameJSON(t, []byte(data), got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", data, diff)
		}
	}
}

// TestScalarsRead holds the values, also of what is accepted in other forms than it is sent in.
func TestScalarsRead(t *testing.T) {
	at := time.Date(2020, 12, 4, 23, 10, 28, 123456789, time.UTC)
	for _, test := range []struct {
		data string
		get  func(v *scalars) any
		want any
	}{
		{`{"int64":"9223372036854775807"}`, func(v *scalars) any { return valueIn(v.Int64) }, int64(math.MaxInt64)},
		{`{"int32":"-5"}`, func(v *scalars) any { return valueIn(v.Int32) }, int32(-5)},
		{`{"double":"1.5"}`, func(v *scalars) any { return valueIn(v.Double) }, 1.5},
		{`{"double":"INF"}`, func(v *scalars) any { return valueIn(v.Double) }, math.Inf(1)},
		{`{"single":"-INF"}`, func(v *scalars) any { return valueIn(v.Single) }, gauge(math.Inf(-1))},
		{`{"single":0.1}`, func(v *scalars) any { return valueIn(v.Single) }, gauge(0.1)},
		{`{"single":16777217}`, func(v *scalars) any { return valueIn(v.Single) }, gauge(16777216)},
		{`{"decimal":"12.50"}`, func(v *scalars) any { return valueIn(v.Decimal) }, Decimal("12.50")},
		{`{"binary":"-_-_"}`, func(v *scalars) any { return valueIn(v.Binary) }, []byte{0xfb, 0xff, 0xbf}},
		{`{"binary":"AAECAw"}`, func(v *scalars) any { return valueIn(v.Binary) }, []byte{0, 1, 2, 3}},
		{`{"time":"2020-12-04T23:10:28.123456789012Z"}`, func(v *scalars) any { return valueIn(v.Time) }, at},
		{`{"time":"2020-12-05T01:10:28.123456789+02:00"}`, func(v *scalars) any { return valueIn(v.Time).UTC() }, at},
		{`{"timeOfDay":"08:30"}`, func(v *scalars) any { return valueIn(v.TimeOfDay) }, TimeOfDay{Hour: 8, Minute: 30}},
		{`{"timeOfDay":"08:30:00.123456789012"}`, func(v *scalars) any { return valueIn(v.TimeOfDay) }, TimeOfDay{8, 30, 0, 123456789}},
		{`{"states":[null,"new"]}`, func(v *scalars) any { return v.States }, []widgetState{"", "new"}},
		{`{"numbers":[null,1]}`, func(v *scalars) any { return v.Numbers }, []int64{0, 1}},
		{`{"binaries":[null]}`, func(v *scalars) any { return v.Binaries }, [][]byte{nil}},
		{`{"string":"a","string":"b"}`, func(v *scalars) any { return valueIn(v.String) }, "b"},
		{`{"bools":[true],"bools":[false,false]}`, func(v *scalars) any { return v.Bools }, []bool{false, false}},
		{`{"String":"a"}`, func(v *scalars) any { return v.String.IsZero() }, true},
		{`{"st\u0072ing":"a\u00e9"}`, func(v *scalars) any { return valueIn(v.String) }, "aé"},
		{"{\"bool\" : true, \"string\"\n:\t\"a\", \"int32\"  :5}", func(v *scalars) any { return []any{valueIn(v.Bool), valueIn(v.String), valueIn(v.Int32)} },
			[]any{true, "a", int32(5)}},
	} {
		var v scalars
		if err := json.Unmarshal([]byte(test.data), &v); err != nil {
			t.Errorf("%s: %v", test.data, err)
			continue
		}
		if diff := cmp.Diff(test.want, test.get(&v)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.data, diff)
		}
	}
}

func TestOrNull(t *testing.T) {
	for data, want := range map[string]Opt[int32]{`null`: Null[int32](), `0`: Some[int32](0), `-7`: Some[int32](-7)} {
		if got, err := decodeValue([]byte(data), nil, orNull(readInt[int32])); got != want || err != nil {
			t.Errorf("%s: %v, %v; want %v", data, got, err, want)
		}
	}
}

func TestScalarsReadErrors(t *testing.T) {
	for data, want := range map[string]string{
		`{"bool":1}`:                             `bool: expected a bool, found a number`,
		`{"bool":"true"}`:                        `bool: expected a bool, found a string`,
		`{"byte":256}`:                           `byte: expected a whole number in the range of uint8`,
		`{"byte":-1}`:                            `byte: expected a whole number in the range of uint8`,
		`{"sbyte":128}`:                          `sbyte: expected a whole number in the range of int8`,
		`{"int32":1.5}`:                          `int32: expected a whole number in the range of int32`,
		`{"int64":9223372036854775808}`:          `int64: expected a whole number in the range of int64`,
		`{"int64":"+5"}`:                         `int64: expected a whole number in the range of int64`,
		`{"int64":""}`:                           `int64: expected a whole number in the range of int64`,
		`{"int64":true}`:                         `int64: expected a number, found a bool`,
		`{"double":1e999}`:                       `double: expected a number in the range of float64, INF, -INF or NaN`,
		`{"double":"inf"}`:                       `double: expected a number in the range of float64, INF, -INF or NaN`,
		`{"double":"0x1p4"}`:                     `double: expected a number in the range of float64, INF, -INF or NaN`,
		`{"double":"1_0"}`:                       `double: expected a number in the range of float64, INF, -INF or NaN`,
		`{"single":1e39}`:                        `single: expected a number in the range of graph.gauge, INF, -INF or NaN`,
		`{"decimal":"12,5"}`:                     `decimal: expected a decimal number`,
		`{"decimal":""}`:                         `decimal: expected a decimal number`,
		`{"time":"2020-12-04"}`:                  `time: not a time in the form 2006-01-02T15:04:05Z`,
		`{"time":""}`:                            `time: not a time in the form 2006-01-02T15:04:05Z`,
		`{"time":"2020-12-04T23:10:28"}`:         `time: not a time in the form 2006-01-02T15:04:05Z`,
		`{"time":"2020-02-30T00:00:00Z"}`:        `time: not a time in the form 2006-01-02T15:04:05Z`,
		`{"date":"2021-02-29"}`:                  `date: not a date in the form 2006-01-02`,
		`{"date":"2021-2-1"}`:                    `date: not a date in the form 2006-01-02`,
		`{"date":"2021-02-01T00:00:00Z"}`:        `date: not a date in the form 2006-01-02`,
		`{"timeOfDay":"24:00:00"}`:               `timeOfDay: not a time in the form 15:04:05.999999999`,
		`{"timeOfDay":"8:00:00"}`:                `timeOfDay: not a time in the form 15:04:05.999999999`,
		`{"timeOfDay":"08:00:00."}`:              `timeOfDay: not a time in the form 15:04:05.999999999`,
		`{"timeOfDay":"08:00:00.1234567890123"}`: `timeOfDay: not a time in the form 15:04:05.999999999`,
		`{"duration":5}`:                         `duration: expected a string, found a number`,
		`{"binary":"A"}`:                         `binary: expected base64 text`,
		`{"binary":"+_"}`:                        `binary: expected base64 text`,
		`{"times":["x"]}`:                        `times[0]: not a time in the form 2006-01-02T15:04:05Z`,
	} {
		err := strictly(data, new(scalars))
		if err == nil || !strings.HasPrefix(err.Error(), "json: "+want+" (at byte ") {
			t.Errorf("%s:\n got %v\nwant json: %s", data, err, want)
		}
		// Otherwise it goes back as it came.
		v := new(scalars)
		if err := v.UnmarshalJSON([]byte(data)); err != nil {
			t.Errorf("%s: %v", data, err)
		}
		if got, err := marshal(v); string(got) != data || err != nil {
			t.Errorf("%s comes back as %s, %v", data, got, err)
		}
	}
}

func TestScalarsWrite(t *testing.T) {
	noon := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	lmt := time.FixedZone("LMT", -(4*3600 + 56*60 + 2))
	for _, test := range []struct {
		in   scalars
		want string
	}{
		{scalars{}, `{}`},
		{scalars{String: Some(""), Bool: Some(false), Byte: Some[uint8](0)}, `{"string":"","bool":false,"byte":0}`},
		{scalars{Double: Some(1.0), Single: Some[gauge](0.1)}, `{"single":0.1,"double":1}`},
		{scalars{Double: Some(1e21), Single: Some[gauge](1e-7)}, `{"single":1e-07,"double":1e+21}`},
		{scalars{Double: Some(math.Copysign(0, -1))}, `{"double":-0}`},
		{scalars{Time: Some(time.Time{})}, `{"time":"0001-01-01T00:00:00Z"}`},
		{scalars{Time: Some(noon.In(time.FixedZone("", 5*3600+1800)))}, `{"time":"2024-05-01T17:30:00+05:30"}`},
		{scalars{Time: Some(time.Date(1800, 1, 1, 0, 0, 0, 0, lmt))}, `{"time":"1800-01-01T04:56:02Z"}`},
		{scalars{Times: []time.Time{noon.Add(199)}}, `{"times":["2024-05-01T12:00:00.0000001Z"]}`},
		{scalars{Date: Some(Date{2024, 5, 1}), TimeOfDay: Some(TimeOfDay{8, 0, 0, 5e8})}, `{"date":"2024-05-01","timeOfDay":"08:00:00.5"}`},
		{scalars{Binary: Some([]byte(nil)), Binaries: [][]byte{{0xfb, 0xff}}}, `{"binary":"","binaries":["+/8="]}`},
		{scalars{Raw: json.RawMessage(`null`), Raws: []json.RawMessage{json.RawMessage(`[ ]`)}}, `{"raw":null,"raws":[[ ]]}`},
		{scalars{Decimal: Some(Decimal("1e400"))}, `{"decimal":1e400}`},
		{scalars{Decimal: Some(Decimal("1;"))}, `error: json: decimal: a Decimal is a number such as -12.50`},
		{scalars{Decimal: Some(Decimal(""))}, `error: json: decimal: a Decimal is a number such as -12.50`},
		{scalars{Decimals: []Decimal{"1", "INF"}}, `error: json: decimals[1]: a Decimal is a number such as -12.50`},
		{scalars{Time: Some(noon.AddDate(8000, 0, 0))}, `error: json: time: a time's year is from 0 to 9999`},
		{scalars{Time: Some(time.Date(-1, 1, 1, 0, 0, 0, 0, time.UTC))}, `error: json: time: a time's year is from 0 to 9999`},
		{scalars{Date: Some(Date{})}, `error: json: date: 0000-00-00 is not a day of the years 0 to 9999`},
		{scalars{Date: Some(Date{2023, 2, 29})}, `error: json: date: 2023-02-29 is not a day of the years 0 to 9999`},
		{scalars{TimeOfDay: Some(TimeOfDay{Hour: 24})},
			`error: json: timeOfDay: not a time of day: hours go to 23, minutes and seconds to 59, nanoseconds to 999,999,999`},
		{scalars{Raw: json.RawMessage(``)}, `error: json: raw: the json.RawMessage is not one JSON value`},
		{scalars{Raws: []json.RawMessage{nil}}, `error: json: raws[0]: the json.RawMessage is not one JSON value`},
	} {
		if diff := cmp.Diff(test.want, jsonOrError(marshal(&test.in))); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

func valueIn[T any](o Opt[T]) T {
	value, _ := o.Get()
	return value
}
