package graph

import (
	"encoding/json"
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/golden/jsonvalue"
)

// TestModelRoundTrip holds that whatever arrives, known or not, goes back as the same JSON value.
func TestModelRoundTrip(t *testing.T) {
	for _, data := range modelSeeds {
		var v widget
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

// The order in which members arrive changes nothing, nor does one that comes twice: the last counts.
func TestMembersInAnyOrder(t *testing.T) {
	var want, got widget
	ordered := `{"@odata.etag":"e","id":"1","title":"a","size":{"width":null},"tags":null,"maker":{"id":"2"},"x":1}`
	mixed := `{"x":0,"maker":{"id":"1"},"tags":["a"],"size":{"y":1},"title":"b","x":1,"id":"1","tags":null,"title":"a",
		"maker":{"id":"2"},"@odata.etag":"e","size":{"width":null}}`
	if err := errors.Join(json.Unmarshal([]byte(ordered), &want), json.Unmarshal([]byte(mixed), &got)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got, cmp.Exporter(func(reflect.Type) bool { return true })); diff != "" {
		t.Errorf("-ordered +mixed:\n%s", diff)
	}
}

var modelSeeds = []string{
	`{}`,
	`{"id":"1","state":"new","title":"a","built":"2020-12-04T23:10:28.51Z","size":{"width":5},"tags":["x"],"note":{"a":1}}`,
	`{"@odata.context":"https://x/$metadata#widgets/$entity","@odata.etag":"W/\"1\"","@odata.id":"widgets('1')","id":"1","unknown":[1.50,{"a":null}]}`,
	`{"id":null,"state":null,"title":null,"built":null,"size":null,"tags":null,"sheets":null,"main":null,"parts":null,"maker":null,"sellers":null,"note":null}`,
	`{"@odata.type":null,"@odata.etag":null,"maker@odata.bind":null,"sellers@odata.bind":null}`,
	`{"tags":[],"sheets":[],"parts":[],"sellers":[]}`,
	`{"sheets":[{},null,{"child":{"child":null}}]}`,
	`{"note":null,"sellers":[{"id":"1"}],"x":null,"size":{"width":null,"y":null},"tags":null,"maker":{"id":"2","z":null},"title":"a","@odata.etag":"e","id":"1"}`,
	`{"@odata.type":"#shop.widget","id":"1"}`,
	`{"@odata.type":"shop.widget"}`,
	`{"state":"a value nobody knows"}`,
	`{"main":{"id":"1","label":null}}`,
	`{"main":{"@odata.type":"#shop.wheel","roles":["a"],"code":"c"}}`,
	`{"main":{"@odata.type":"shop.wheel","roles":[],"email":null}}`,
	`{"main":{"roles":["a"],"nested":{"@odata.type":"#shop.wheel"},"@odata.type":"#shop.wheel","code":"c"}}`,
	`{"main":{"@odata.type":"#shop.engine","power":5,"roles":["kept as JSON"],"label":"e"}}`,
	`{"main":{"@odata.type":"#shop.part","label":"e"}}`,
	`{"main":{"@odata.type":"https://x/$metadata#shop.wheel","code":"c"}}`,
	`{"parts":[{"@odata.type":"#shop.wheel"},{"id":"2"},null,{"@odata.type":"#shop.engine"}]}`,
	`{"maker":{"id":"1","displayName":"Contoso"}}`,
	`{"maker":{"@odata.type":"#shop.importer","id":"1","country":"x"}}`,
	`{"maker@odata.bind":"https://graph.microsoft.com/v1.0/makers('1')"}`,
	`{"maker@odata.bind":"makers/1"}`, `{"maker@odata.bind":""}`, `{"maker@odata.bind":"ma\"k\\er\u2028é"}`,
	`{"maker@odata.bind":"makers/1","maker":{"id":"1"}}`, `{"maker":null,"maker@odata.bind":"makers/1"}`,
	`{"sellers@odata.bind":["https://x/makers/1","makers('2')",""]}`,
	`{"sellers":[{"id":"1"},{"@odata.type":"#shop.importer","id":"2"}]}`,
	`{"sellers@odata.context":"https://x","sellers@odata.count":2,"sellers":[{"id":"1"}]}`,
	`{"sheets":[{"maker":{"id":"1"}},{"maker@odata.bind":"makers/1"}]}`,
}

// FuzzModel holds that no text makes a model panic, and that what it takes it gives back: the same as encoding/json reads
// from the text, and the same byte for byte from then on. The two models have a property of each form and of each scalar.
func FuzzModel(f *testing.F) {
	for _, seed := range slices.Concat(modelSeeds, scalarSeeds) {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		checkModel(t, data, new(widget), new(widget))
		checkModel(t, data, new(scalars), new(scalars))
	})
}

func checkModel(t *testing.T, data []byte, v, again model) {
	t.Helper()
	if unmarshal(data, v) != nil {
		return
	}
	first, err := marshal(v)
	if err != nil {
		if !strings.Contains(err.Error(), "bound and expanded items") { // of which only the ones can be sent
			t.Fatalf("%q is not encoded: %v", data, err)
		}
		return
	}
	if err := jsonvalue.Kept(data, first); err != nil && strings.TrimSpace(string(data)) != "null" { // which leaves v as it was
		t.Fatalf("%q became %q: %v", data, first, err)
	}
	if err := unmarshal(first, again); err != nil {
		t.Fatalf("%q became %q: %v", data, first, err)
	}
	if second, err := marshal(again); err != nil || string(second) != string(first) {
		t.Fatalf("%q became %q and then %q, %v", data, first, second, err)
	}
}

// TestModelTypes holds which Go type a value arrives in.
func TestModelTypes(t *testing.T) {
	for _, test := range []struct {
		data string
		want anyPart
	}{
		{`null`, nil},
		{`{"id":"1"}`, &part{ID: "1"}},
		{`{"@odata.type":"#shop.part","id":"1"}`, &part{ODataType: "#shop.part", ID: "1"}},
		{`{"@odata.type":"#shop.wheel","id":"1","code":"c"}`, &wheel{ODataType: "#shop.wheel", ID: "1", Code: Some("c")}},
		{`{"id":"1","@odata.type":"shop.wheel"}`, &wheel{ODataType: "shop.wheel", ID: "1"}},
		{`{"\u0040odata.type":"#shop.wheel"}`, &wheel{ODataType: "#shop.wheel"}},
		{`{"@odata.type":"#shop.Wheel"}`, &part{ODataType: "#shop.Wheel"}},
		{`{"@odata.type":"#shop.engine","power":5}`, &part{ODataType: "#shop.engine", AdditionalProperties: map[string]json.RawMessage{"power": json.RawMessage("5")}}},
		{`{"@odata.type":null,"x":{"@odata.type":"#shop.wheel"}}`, &part{
			AdditionalProperties: map[string]json.RawMessage{"x": json.RawMessage(`{"@odata.type":"#shop.wheel"}`)}, nulls: &nulls{names: []string{"@odata.type"}}}},
	} {
		got, err := decodeValue([]byte(test.data), nil, readAnyPart)
		if err != nil {
			t.Errorf("%s: %v", test.data, err)
			continue
		}
		unexported := cmp.AllowUnexported(part{}, wheel{}, nulls{}, Opt[string]{}, Opt[time.Time]{}, Ref[maker]{}, ref{})
		if diff := cmp.Diff(test.want, got, unexported); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.data, diff)
		}
	}
}

func TestModelEncode(t *testing.T) {
	for _, test := range []struct {
		name string
		in   model
		want string
	}{
		{"nothing", &widget{}, `{}`},
		{"a nil pointer", (*widget)(nil), `null`},
		{"NullValue", NullValue[extent](), `null`},
		{"a complex null", &widget{Size: NullValue[extent]()}, `{"size":null}`},
		{"empty collections are sent, nil ones are not", &widget{Tags: []string{}, Parts: []anyPart{}}, `{"tags":[],"parts":[]}`},
		{"nil items", &widget{Sheets: []*sheet{nil}, Parts: []anyPart{nil, (*wheel)(nil)}}, `{"sheets":[null],"parts":[null,null]}`},
		{"a nil pointer in an interface", &widget{Main: (*wheel)(nil)}, `{}`},
		{"the declared type needs no name", &widget{Main: &part{ID: "1"}}, `{"main":{"id":"1"}}`},
		{"another type does", &widget{Main: &wheel{ID: "1"}}, `{"main":{"@odata.type":"#shop.wheel","id":"1"}}`},
		{"what is given stands", &widget{Main: &wheel{ODataType: "shop.other"}}, `{"main":{"@odata.type":"shop.other"}}`},
		{"a base alone", &part{ID: "1"}, `{"id":"1"}`},
		{"a derived type alone, which may go where it is declared", &wheel{ID: "1"}, `{"id":"1"}`},
		{"the etag", &widget{ETag: `W/"1"`, ODataType: "#shop.widget"}, `{"@odata.type":"#shop.widget","@odata.etag":"W/\"1\""}`},
		{"binds below the default root", &widget{Maker: bindMaker("1")}, `{"maker@odata.bind":"https://graph.microsoft.com/v1.0/makers('1')"}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, jsonOrError(marshal(test.in))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// TestChangedAfterDecoding holds that what is set after a null arrived goes out.
func TestChangedAfterDecoding(t *testing.T) {
	var v widget
	if err := json.Unmarshal([]byte(`{"id":null,"tags":null,"title":null,"main":null,"other":null}`), &v); err != nil {
		t.Fatal(err)
	}
	v.ID, v.Tags, v.Title, v.Main = "1", []string{"x"}, Opt[string]{}, &part{ID: "2"}
	want := `{"id":"1","tags":["x"],"main":{"id":"2"},"other":null}`
	if diff := cmp.Diff(want, jsonOrError(v.MarshalJSON())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

func TestUnmarshalNull(t *testing.T) {
	v := widget{ID: "1"}
	if err := json.Unmarshal([]byte(` null `), &v); err != nil || v.ID != "1" {
		t.Errorf("null: %v, id %q; want nothing to happen", err, v.ID)
	}
	var list []*widget
	if err := json.Unmarshal([]byte(`[null,{"id":"1"}]`), &list); err != nil || list[0] != nil || list[1].ID != "1" {
		t.Errorf("a list: %v, %v", err, list)
	}
}

// TestErrorsHideValues holds that an error names the place, and never what stands there.
func TestErrorsHideValues(t *testing.T) {
	for _, data := range []string{
		`{"id":["secret"]}`, `{"built":"secret"}`, `{"size":{"width":"secret"}}`, `{"id":"secret`, `{"id":secret}`, `{"parts":[{"label":{"secret":1}}]}`,
	} {
		if err := strictly(data, new(widget)); err == nil || strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v", data, err)
		}
	}
}
