package graph

import (
	"bytes"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readGeneric reads any value as encoding/json does into an any with UseNumber.
func readGeneric(r *jsonReader) any {
	switch r.peek() {
	case '{':
		object := map[string]any{}
		r.members(func(name string) { object[name] = readGeneric(r) })
		return object
	case '[':
		var items []any
		readSlice(r, &items, readGeneric)
		return items
	case '"':
		return r.string()
	case 't', 'f':
		return r.bool()
	case 'n':
		if r.skipNull() {
			return nil
		}
	}
	return json.Number(r.number("a value"))
}

// wantGeneric is what encoding/json makes of data.
func wantGeneric(data []byte) (value any, valid bool) {
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	valid = json.Valid(data) && d.Decode(&value) == nil
	return value, valid
}

var readerSeeds = []string{
	``, ` `, `null`, `true`, `false`, `nul`, `nullx`, `tru`, `falsey`, `[true false]`, "\x00", "1\x00", "\ufeff1",
	`0`, `-0`, `01`, `-`, `+1`, `.5`, `5.`, `1.5`, `1e5`, `1E+5`, `1e-5`, `1e`, `1e+`, `1.e5`, `0e0`, `0x1`, `1 2`, `1,`, `-1.25e-10`, `1e999`,
	`""`, `"a"`, `"`, `"a`, `"\"`, `"\\"`, `"\/\b\f\n\r\t\""`, `"\x"`, `"\u12"`, `"\u123g"`, `"\u+123"`, `"\u0041\u00e9"`, `'a'`,
	`"\ud83d\ude00"`, `"\ud83d"`, `"\ud83dx"`, `"\ude00\ud83d"`, `"\ud83d\ud83d\ude00"`, `"\ud83d\n"`, `"\uD83D\u0041"`, `"\u0000"`,
	"\"\x1f\"", "\"\t\"", "\"\x7f\"", "\"\xff\"", "\"a\xc3\"", "\"\xed\xa0\x80\"", "\"\xc3\\n\xa9\"", "\"é\u2028\U0001F600\"", "\"\xf0\x9f\x98\"", "\xff",
	"\"seven77\\", "\"12345678\\u00e9\x01\"", "\"1234567é\"", "\"12345678\xff12345678\"",
	`[]`, `[ ]`, `[1]`, `[1,2 , 3]`, `[1,]`, `[,1]`, `[1 2]`, `[`, `[1`, `]`, `[[[]]]`, `[}`, `[1,2,3,4,5,6,7,8,9,10]`,
	`{}`, `{ }`, `{"a":1}`, `{"a":1,"b":{"c":[null]}}`, `{"a":1,"a":2}`, `{"a"}`, `{"a":}`, `{"a":1,}`, `{a:1}`, `{1:1}`, `{"a" : 1 }`, `{`, `{"a":1`, `{"a":1]`, `{"a":1}}`,
	`{"\u0061":1,"":2}`, "\t\r\n 1 \n", "\v1", "{\"a\":1}\n\n", `{"a":{"b":"c\"d"},"e":[{"f":1.50},true]}`,
	strings.Repeat("[", 10000) + strings.Repeat("]", 10000),
	strings.Repeat("[", 10001) + strings.Repeat("]", 10001),
	strings.Repeat(`{"a":`, 10000) + "1" + strings.Repeat("}", 10000),
	strings.Repeat(`{"a":`, 10001) + "1" + strings.Repeat("}", 10001),
	strings.Repeat("[", 20000),
}

// checkReader compares the reader with encoding/json, by what it keeps and by what it skips.
func checkReader(t *testing.T, data []byte) {
	want, valid := wantGeneric(data)
	got, err := decodeValue(data, nil, readGeneric)
	raw, rawErr := decodeValue(data, nil, (*jsonReader).raw)
	if (err == nil) != valid || (rawErr == nil) != valid {
		t.Fatalf("%.200q: read: %v, skipped: %v, but valid is %v", data, err, rawErr, valid)
	}
	if !valid {
		return
	}
	if !reflect.DeepEqual(want, got) { // cmp takes minutes for 10,000 levels
		t.Errorf("%.200q:\n got %#v\nwant %#v", data, got, want)
	}
	if again, _ := wantGeneric(raw); !reflect.DeepEqual(want, again) {
		t.Errorf("%.200q: kept as %.200q", data, raw)
	}
}

func TestReaderAgreesWithEncodingJSON(t *testing.T) {
	for _, seed := range readerSeeds {
		checkReader(t, []byte(seed))
	}
}

func FuzzReader(f *testing.F) {
	for _, seed := range readerSeeds {
		if len(seed) < 1000 { // the deep ones are slow to mutate, and are in the test above
			f.Add([]byte(seed))
		}
	}
	f.Fuzz(checkReader)
}

// strictly reads an object into v as a client with WithStrictReading does.
func strictly(data string, v model) error {
	r := newReader([]byte(data))
	r.reading.strict = true
	r.object(v)
	return r.finish()
}

func TestReaderErrors(t *testing.T) {
	deep := strings.Repeat(`{"child":`, 30) + `1` + strings.Repeat(`}`, 30)
	for _, test := range []struct{ data, want string }{
		{``, `json: expected an object, found the end of the text (at byte 0)`},
		{`[]`, `json: expected an object, found an array (at byte 0)`},
		{`7`, `json: expected an object, found a number (at byte 0)`},
		{`{"id":"a"} x`, `json: something follows the value (at byte 11)`},
		{`{"id":5}`, `json: id: expected a string, found a number (at byte 6)`},
		{`{"id":"a}`, `json: id: the text ends inside a string (at byte 9)`},
		{`{"id":"\q"}`, `json: id: a string has an escape in it that JSON does not know (at byte 7)`},
		{"{\"id\":\"a\nb\"}", `json: id: a string has a control character in it that is not escaped (at byte 8)`},
		{`{"id" "a"}`, `json: expected a colon, found a string (at byte 6)`},
		{`{"id":"a" "state":1}`, `json: expected a comma or }, found a string (at byte 10)`},
		{`{"id":"a",}`, `json: expected a property name, found "}" (at byte 10)`},
		{`{"tags":["a",5]}`, `json: tags[1]: expected a string, found a number (at byte 13)`},
		{`{"tags":{}}`, `json: tags: expected an array, found an object (at byte 8)`},
		{`{"size":{"width":"x"}}`, `json: size.width: expected a whole number in the range of int32 (at byte 17)`},
		{`{"size":{"width":2147483648}}`, `json: size.width: expected a whole number in the range of int32 (at byte 17)`},
		{`{"built":"yesterday"}`, `json: built: not a time in the form 2006-01-02T15:04:05Z (at byte 9)`},
		{`{"built":"2020-12-04T1:10:28Z"}`, `json: built: not a time in the form 2006-01-02T15:04:05Z (at byte 9)`},
		{`{"built":"2020-12-04T23:10:28,5Z"}`, `json: built: not a time in the form 2006-01-02T15:04:05Z (at byte 9)`},
		{`{"built":"2020-12-04T23:10:28-24:00"}`, `json: built: not a time in the form 2006-01-02T15:04:05Z (at byte 9)`},
		{`{"built":"2020-12-04T23:10:28+01:60"}`, `json: built: not a time in the form 2006-01-02T15:04:05Z (at byte 9)`},
		{`{"parts":[null,{"label":true}]}`, `json: parts[1].label: expected a string, found a bool (at byte 24)`},
		{`{"parts":[{"@odata.type":"#shop.wheel","roles":[null,1]}]}`, `json: parts[0].roles[1]: expected a string, found a number (at byte 53)`},
		{`{"maker":{"id":[]}}`, `json: maker.id: expected a string, found an array (at byte 15)`},
		{`{"sellers@odata.bind":[1]}`, `json: sellers@odata.bind[0]: expected a URL, found a number (at byte 23)`},
		{`{"what is\n this":[1,]}`, `json: "what is\n this": expected a value, found "]" (at byte 21)`},
		{`{"":tru}`, `json: "": expected a value, found "t" (at byte 4)`},
		{`{"sheets":[` + deep + `]}`, `json: ` + strings.TrimSuffix(strings.Repeat("child.", 20), ".") + `: expected an object, found a number (at byte 281)`},
		{`{"` + strings.Repeat("x", 500) + `":}`, `json: ` + strings.Repeat("x", 100) + `: expected a value, found "}" (at byte 504)`},
	} {
		if err := strictly(test.data, new(widget)); err == nil || err.Error() != test.want {
			t.Errorf("%.100q:\n got %v\nwant %s", test.data, err, test.want)
		}
	}
}

// TestReaderStopsAtFirstError holds that nothing is read, and no loop goes on, after an error.
func TestReaderStopsAtFirstError(t *testing.T) {
	r := newReader([]byte(`[1, "two", 3]`))
	r.fail("first")
	r.fail("second")
	calls := 0
	for more := r.enter('[', ']'); more; more = r.next(']') {
		calls++
	}
	r.members(func(string) { calls++ })
	got := []any{r.string(), r.bool(), readInt[int64](r), readFloat[float64](r), r.raw() == nil, r.time().IsZero(), len(r.bytes()), calls}
	want := []any{"", false, int64(0), float64(0), true, true, 0, 0}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("after an error (-want +got):\n%s", diff)
	}
	if err := r.finish(); err == nil || err.Error() != "json: first (at byte 0)" {
		t.Errorf("error %v", err)
	}
}

// TestReaderSharesStrings holds what the reader's comment promises: strings are pieces of one copy of the text.
func TestReaderSharesStrings(t *testing.T) {
	data := []byte(`["one","two","thr\u0065e"]`)
	items, err := decodeValue(data, nil, func(r *jsonReader) (items []string) {
		readSlice(r, &items, (*jsonReader).string)
		return items
	})
	if err != nil {
		t.Fatal(err)
	}
	clear(data) // the caller's bytes are the caller's
	if diff := cmp.Diff([]string{"one", "two", "three"}, items); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	data = []byte(`"` + strings.Repeat("x", 1000) + `"`)
	if n := testing.AllocsPerRun(10, func() { decodeValue(data, nil, (*jsonReader).string) }); n > 2 {
		t.Errorf("reading a string takes %v allocations, want the reader and the text", n)
	}
}

func TestReadSliceLengths(t *testing.T) {
	for n := range 70 {
		want := make([]int64, n)
		for i := range want {
			want[i] = int64(i)
		}
		data, err := json.Marshal(want)
		if err != nil {
			t.Fatal(err)
		}
		got, err := decodeValue(data, nil, func(r *jsonReader) (items []int64) {
			readSlice(r, &items, readInt[int64])
			return items
		})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%d items (-want +got):\n%s", n, diff)
		}
	}
}

// TestHostileLookahead holds that looking for @odata.type cannot cost the square of the text's length.
func TestHostileLookahead(t *testing.T) {
	const depth = 2000
	data := strings.Repeat(`{"maker":{"x":`, 1) + strings.Repeat(`[`, depth) + strings.Repeat(`]`, depth) + `,"@odata.type":"#shop.importer"}}`
	var v sheet
	if err := json.Unmarshal([]byte(data), &v); err != nil {
		t.Fatal(err)
	}
	if _, ok := v.Maker.Any().(*importer); !ok {
		t.Errorf("@odata.type at the end: got %T", v.Maker.Any())
	}
	r := newReader([]byte(`{"a":1}`))
	for range maxAhead + 1 {
		r.odataType()
	}
	if r.err == nil || !strings.Contains(r.err.Error(), "too many nested objects have their @odata.type at the end") {
		t.Errorf("error %v", r.err)
	}
}
