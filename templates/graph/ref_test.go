package graph

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBinds(t *testing.T) {
	const root = "https://graph.microsoft.us/beta"
	for _, test := range []struct {
		ref  Ref[maker]
		want string // what is bound; with "error: ", why nothing can be
	}{
		{bindMaker("8b081ef6-4792-4def-b2c9-c363a1bf41d5"), root + "/makers('8b081ef6-4792-4def-b2c9-c363a1bf41d5')"},
		{bindMaker("alex@contoso.com"), root + "/makers('alex@contoso.com')"},
		{bindMaker("o'neil_contoso.com#EXT#@fabrikam.onmicrosoft.com"), root + "/makers('o''neil_contoso.com%23EXT%23@fabrikam.onmicrosoft.com')"},
		{bindMaker("a/b?c%d e\"f\\gé\n"), root + "/makers('a%2Fb%3Fc%25d%20e%22f%5Cg%C3%A9%0A')"},
		{bindMaker("'"), root + "/makers('''')"},
		{bindMaker("-._~!$&()*+,;=:@"), root + "/makers('-._~!$&()*+,%3B=:@')"},
		{bindMaker("MCMjMjQz=="), root + "/makers('MCMjMjQz==')"},
		{bindMaker(".."), root + "/makers('..')"},
		{bindMaker("1").BySegment(), root + "/makers/1"},
		{bindMaker("o'neil/x#y").BySegment(), root + "/makers/o%27neil%2Fx%23y"},
		{bindKey[maker]("catalogs/makers", "05F59CEC").BySegment(), root + "/catalogs/makers/05F59CEC"},
		{BindPath[maker]("me"), root + "/me"},
		{BindPath[maker]("/groups/1/owner"), root + "/groups/1/owner"},
		{BindPath[maker]("makers('19:x@thread.v2')"), root + "/makers('19:x@thread.v2')"},
		{BindPath[maker]("me").BySegment(), root + "/me"},
		{BindURL[maker]("https://graph.microsoft.com/v1.0/makers('1')"), "https://graph.microsoft.com/v1.0/makers('1')"},
		{BindURL[maker]("http://127.0.0.1:8080/x?y=z"), "http://127.0.0.1:8080/x?y=z"},

		{bindMaker(""), "error: json: maker@odata.bind: bind of makers: the key is empty"},
		{bindMaker("").BySegment(), "error: json: maker@odata.bind: bind of makers: the key is empty"},
		{bindMaker("..").BySegment(), "error: json: maker@odata.bind: bind of makers: the key \"..\" has another meaning as a segment; bind it without BySegment"},
		{BindPath[maker](""), "error: json: maker@odata.bind: BindPath takes a path below the service root; it is empty"},
		{BindPath[maker]("/"), "error: json: maker@odata.bind: BindPath takes a path below the service root; it is empty"},
		{BindPath[maker]("https://evil.example/x"), "error: json: maker@odata.bind: BindPath takes a path below the service root; for a whole URL there is BindURL"},
		{BindPath[maker]("//evil.example/x"), "error: json: maker@odata.bind: BindPath takes a path below the service root; for a whole URL there is BindURL"},
		{BindPath[maker]("a/../b"), "error: json: maker@odata.bind: BindPath takes a path without . and .."},
		{BindPath[maker]("a/%2E%2e/b"), "error: json: maker@odata.bind: BindPath takes a path without . and .."},
		{BindPath[maker]("a?b"), `error: json: maker@odata.bind: BindPath takes a path without ?, # and \`},
		{BindPath[maker]("a#b"), `error: json: maker@odata.bind: BindPath takes a path without ?, # and \`},
		{BindPath[maker](`a\b`), `error: json: maker@odata.bind: BindPath takes a path without ?, # and \`},
		{BindPath[maker]("a%zz"), "error: json: maker@odata.bind: BindPath takes a path with valid percent-encoding"},
		{BindURL[maker](""), "error: json: maker@odata.bind: BindURL takes an absolute https or http URL"},
		{BindURL[maker]("makers/1"), "error: json: maker@odata.bind: BindURL takes an absolute https or http URL"},
		{BindURL[maker]("ftp://x/y"), "error: json: maker@odata.bind: BindURL takes an absolute https or http URL"},
		{BindURL[maker]("https:///y"), "error: json: maker@odata.bind: BindURL takes an absolute https or http URL"},
		{BindURL[maker]("https://x/%zz"), "error: json: maker@odata.bind: BindURL takes an absolute https or http URL"},
	} {
		got := jsonOrError(appendJSON((&widget{Maker: test.ref}).body(), root))
		var bound map[string]string
		if json.Unmarshal([]byte(got), &bound) == nil {
			got = bound["maker@odata.bind"]
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
		if !test.ref.IsBound() || test.ref.IsNull() || test.ref.IsZero() || test.ref.Any() != nil {
			t.Errorf("%s: not bound", test.want)
		}
	}
}

func TestRefWrite(t *testing.T) {
	one, two := &maker{ID: "1"}, &importer{ID: "2"}
	for _, test := range []struct {
		name string
		in   *widget
		want string
	}{
		{"absent", &widget{Maker: Ref[maker]{}}, `{}`},
		{"nil", &widget{Maker: Expanded((*maker)(nil))}, `{}`},
		{"nil of a derived type", &widget{Maker: ExpandedAs[maker]((*importer)(nil))}, `{}`},
		{"null", &widget{Maker: NullRef[maker]()}, `{"maker":null}`},
		{"expanded", &widget{Maker: Expanded(one)}, `{"maker":{"id":"1"}}`},
		{"derived", &widget{Maker: ExpandedAs[maker](two)}, `{"maker":{"@odata.type":"#shop.importer","id":"2"}}`},
		{"derived, as it is assigned", &widget{Maker: Expanded(two)}, `{"maker":{"@odata.type":"#shop.importer","id":"2"}}`},
		{"exact", &widget{Maker: ExpandedAs[maker](one)}, `{"maker":{"id":"1"}}`},
		{"not derived", &widget{Maker: ExpandedAs[maker](&wheel{})}, `error: json: maker: a *graph.wheel cannot stand for a *graph.maker`},
		{"all bound", &widget{Sellers: []Ref[maker]{bindMaker("1"), BindPath[maker]("me")}},
			`{"sellers@odata.bind":["https://graph.microsoft.com/v1.0/makers('1')","https://graph.microsoft.com/v1.0/me"]}`},
		{"all expanded", &widget{Sellers: []Ref[maker]{Expanded(one), ExpandedAs[maker](two)}},
			`{"sellers":[{"id":"1"},{"@odata.type":"#shop.importer","id":"2"}]}`},
		{"an expanded item after a bound one", &widget{Sellers: []Ref[maker]{bindMaker("1"), Expanded(one)}},
			`error: json: sellers@odata.bind[1]: the collection has bound and expanded items; send the ones or the others`},
		{"a bound item after an expanded one", &widget{Sellers: []Ref[maker]{Expanded(one), bindMaker("1")}},
			`error: json: sellers[1]: the collection has bound and expanded items; send the ones or the others`},
		{"a null item", &widget{Sellers: []Ref[maker]{Expanded(one), NullRef[maker]()}},
			`error: json: sellers[1]: an item of a collection is bound or expanded, not absent or null`},
		{"an absent item", &widget{Sellers: []Ref[maker]{{}}}, `error: json: sellers[0]: an item of a collection is bound or expanded, not absent or null`},
		{"an item that cannot be bound", &widget{Sellers: []Ref[maker]{bindMaker("1"), bindMaker("")}},
			`error: json: sellers@odata.bind[1]: bind of makers: the key is empty`},
		{"inside of others", &widget{Parts: []anyPart{&part{}, &wheel{Maker: bindMaker("")}}},
			`error: json: parts[1].maker@odata.bind: bind of makers: the key is empty`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, jsonOrError(marshal(test.in))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestRefRead(t *testing.T) {
	for _, test := range []struct {
		data             string
		id               string
		bound, null      bool
		value, derivedID string
	}{
		{data: `{}`},
		{data: `{"maker":null}`, null: true},
		{data: `{"maker":{"id":"1"}}`, id: "1", value: "1"},
		{data: `{"maker":{"@odata.type":"#shop.importer","id":"1"}}`, id: "1", value: "1", derivedID: "1"},
		{data: `{"maker@odata.bind":"https://x/v1.0/makers('o''neil%23')"}`, id: "o'neil#", bound: true},
		{data: `{"maker@odata.bind":"makers/o%27neil"}`, id: "o'neil", bound: true},
		{data: `{"maker@odata.bind":""}`, bound: true},
		{data: `{"maker@odata.bind":null}`},
		{data: `{"maker@odata.bind":"makers/1","maker":{"id":"2"}}`, id: "2", bound: true, value: "2"},
		{data: `{"maker":{"id":"1"},"maker":{"id":"2"}}`, id: "2", value: "2"},
		{data: `{"maker":{"id":"1"},"maker":null}`, null: true},
	} {
		var v widget
		if err := json.Unmarshal([]byte(test.data), &v); err != nil {
			t.Errorf("%s: %v", test.data, err)
			continue
		}
		value, ok := v.Maker.Value()
		if ok != (test.value != "") || ok && value.ID != test.value {
			t.Errorf("%s: value %v, %v", test.data, value, ok)
		}
		if derived, ok := v.Maker.Any().(*importer); ok != (test.derivedID != "") || ok && derived.ID != test.derivedID {
			t.Errorf("%s: any %v", test.data, v.Maker.Any())
		}
		got, want := []any{v.Maker.ID(), v.Maker.IsBound(), v.Maker.IsNull()}, []any{test.id, test.bound, test.null}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.data, diff)
		}
	}
}

func TestRefID(t *testing.T) {
	for _, test := range []struct {
		ref  Ref[maker]
		want string
	}{
		{Ref[maker]{}, ""},
		{NullRef[maker](), ""},
		{bindMaker("o'neil#"), "o'neil#"},
		{bindMaker("1").BySegment(), "1"},
		{BindPath[maker]("makers/2"), "2"},
		{BindPath[maker]("me"), ""},
		{BindURL[maker]("https://x/v1.0/makers('3')"), "3"},
		{Expanded(&maker{ID: "4"}), "4"},
		{ExpandedAs[maker](&importer{ID: "5"}), "5"},
	} {
		if got := test.ref.ID(); got != test.want {
			t.Errorf("ID() = %q, want %q", got, test.want)
		}
	}
}

// TestRefsBothForms holds what is written of Ref: a collection that arrived in both forms is kept whole, and cannot be sent.
func TestRefsBothForms(t *testing.T) {
	var v widget
	if err := json.Unmarshal([]byte(`{"sellers@odata.bind":["makers/1"],"sellers":[{"id":"2"}],"sellers@odata.bind":["makers/3"]}`), &v); err != nil {
		t.Fatal(err)
	}
	var ids []string
	for _, seller := range v.Sellers {
		ids = append(ids, seller.ID())
	}
	if diff := cmp.Diff([]string{"2", "3"}, ids); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	want := "error: json: sellers[1]: the collection has bound and expanded items; send the ones or the others"
	if diff := cmp.Diff(want, jsonOrError(v.MarshalJSON())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
