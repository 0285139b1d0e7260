package graph

import (
	"encoding/json"
	"testing"
)

// shelf has maps of every form, as the generator writes them.
type shelf struct {
	Labels map[string]string
	Notes  map[string]Opt[string]
	Counts map[string]int32
	Sheets map[string]*sheet
	Parts  map[string]anyPart
	Lists  map[string][]Opt[string]
	Nested map[string]map[string]bool

	AdditionalProperties map[string]json.RawMessage
	nulls                *nulls
}

func (v *shelf) MarshalJSON() ([]byte, error)    { return marshal(v) }
func (v *shelf) UnmarshalJSON(data []byte) error { return unmarshal(data, v) }
func (v *shelf) rest() rest                      { return rest{"", nil, nil, &v.AdditionalProperties, &v.nulls} }
func (v *shelf) properties(c *codec) {
	codeMap(c, `"labels":`, &v.Labels, (*jsonReader).string, (*jsonWriter).stringValue)
	codeMap(c, `"notes":`, &v.Notes, orNull((*jsonReader).string), optWriter((*jsonWriter).stringValue))
	codeMap(c, `"counts":`, &v.Counts, readInt[int32], writeIntValue[int32])
	codeMap(c, `"sheets":`, &v.Sheets, objectReader[*sheet]((*sheet)(nil)), objectWriter[*sheet]((*sheet)(nil)))
	codeMap(c, `"parts":`, &v.Parts, objectReader[anyPart]((*part)(nil)), objectWriter[anyPart]((*part)(nil)))
	codeMap(c, `"lists":`, &v.Lists, listReader(orNull((*jsonReader).string)), listWriter(optWriter((*jsonWriter).stringValue)))
	codeMap(c, `"nested":`, &v.Nested, mapReader((*jsonReader).bool), mapWriter((*jsonWriter).boolValue))
}

// A map goes back as it came, its names in order.
func TestMapRoundTrip(t *testing.T) {
	for in, want := range map[string]string{
		`{}`:              ``,
		`{"labels":{}}`:   ``,
		`{"labels":null}`: ``,
		`{"labels":{"b":"2","a":"1","é\n\"":""}}`: `{"labels":{"a":"1","b":"2","é\n\"":""}}`,
		`{"notes":{"a":null,"b":"x"}}`:            ``,
		`{"counts":{"a":0,"b":-1}}`:               ``,
		`{"sheets":{"a":{"maker@odata.bind":"https://example.com/makers('1')"},"b":null,"c":{}}}`: ``,
		`{"parts":{"a":{"@odata.type":"#shop.wheel","label":"w"},"b":null}}`:                      ``,
		`{"lists":{"a":["x",null],"b":[],"c":null}}`:                                              ``,
		`{"nested":{"a":{"x":true},"b":{},"c":null}}`:                                             ``,
		`{"labels":{"@odata.type":"#shop.labels","a":"1","x@odata.type":"y"}}`:                    `{"labels":{"a":"1","x@odata.type":"y"}}`,
		`{"more":{"a":1},"labels":{"a":"1"}}`:                                                     `{"labels":{"a":"1"},"more":{"a":1}}`,
	} {
		if want == "" {
			want = in
		}
		var v shelf
		if err := json.Unmarshal([]byte(in), &v); err != nil {
			t.Errorf("%s: %v", in, err)
			continue
		}
		if got, err := json.Marshal(&v); err != nil || string(got) != want {
			t.Errorf("%s: got %s, %v, want %s", in, got, err, want)
		}
	}
}

func TestMapIsNilOrEmpty(t *testing.T) {
	if got, err := json.Marshal(&shelf{Labels: map[string]string{}}); err != nil || string(got) != `{"labels":{}}` {
		t.Errorf("%s, %v", got, err)
	}
	var v shelf
	if err := json.Unmarshal([]byte(`{"labels":{},"counts":null}`), &v); err != nil || v.Labels == nil || v.Counts != nil || v.Notes != nil {
		t.Errorf("%v, %v", v, err)
	}
	if got, err := json.Marshal(&shelf{Notes: map[string]Opt[string]{"a": {}}}); err != nil || string(got) != `{"notes":{"a":null}}` {
		t.Errorf("%s, %v", got, err)
	}
}

func TestMapFaults(t *testing.T) {
	for in, want := range map[string]string{
		`{"counts":{"a":"x"}}`:         `json: counts.a: expected a whole number in the range of int32 (at byte 15)`,
		`{"labels":[]}`:                `json: labels: expected an object, found an array (at byte 10)`,
		`{"nested":{"a":{"b":1}}}`:     `json: nested.a.b: expected a bool, found a number (at byte 20)`,
		`{"sheets":{"a":{"maker":1}}}`: `json: sheets.a.maker: expected an object, found a number (at byte 24)`,
		`{"lists":{"a":[` + `"x",1]}}`: `json: lists.a[1]: expected a string, found a number (at byte 19)`,
		`{"labels":{"a":"1"`:           `json: labels: expected a comma or }, found the end of the text (at byte 18)`,
	} {
		if err := strictly(in, new(shelf)); err == nil || err.Error() != want {
			t.Errorf("%s: got %v, want %s", in, err, want)
		}
		// Otherwise the whole map goes back as it came, unless it is no JSON.
		var v shelf
		err := json.Unmarshal([]byte(in), &v)
		if got, _ := json.Marshal(&v); err == nil && string(got) != in || (err == nil) != json.Valid([]byte(in)) {
			t.Errorf("%s comes back as %s, %v", in, got, err)
		}
	}
}

func TestMapBody(t *testing.T) {
	write := objectWriter[*sheet]((*sheet)(nil))
	got, err := appendJSON(mapBody(map[string]*sheet{"a": {Maker: bindMaker("1")}}, write), "http://127.0.0.1/v1")
	if want := `{"a":{"maker@odata.bind":"http://127.0.0.1/v1/makers('1')"}}`; err != nil || string(got) != want {
		t.Errorf("%s, %v, want %s", got, err, want)
	}
	if _, err := appendJSON(mapBody(nil, write), ""); err == nil || err.Error() != "json: "+errNilBody.Error() {
		t.Error(err)
	}
}

func TestWrittenBody(t *testing.T) {
	body := writtenBody([]map[string]bool{{"a": true}, nil}, listWriter(mapWriter((*jsonWriter).boolValue)))
	if got, err := appendJSON(body, ""); err != nil || string(got) != `[{"a":true},null]` {
		t.Errorf("%s, %v", got, err)
	}
}

func TestKnownBits(t *testing.T) {
	for v, want := range map[int32]bool{0: true, 1: true, 3: true, 4: false, 5: false, -1: false} {
		if got := knownBits(v, 1, 2); got != want {
			t.Errorf("knownBits(%d) = %t, want %t", v, got, want)
		}
	}
}

func TestKnownNumber(t *testing.T) {
	for v, want := range map[int32]bool{0: false, 1: true, 2: true, 3: false, -1: false} {
		if got := knownNumber(v, 1, 2); got != want {
			t.Errorf("knownNumber(%d) = %t, want %t", v, got, want)
		}
	}
}
