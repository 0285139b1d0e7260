package graph

import (
	"encoding/json"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestProperty(t *testing.T) {
	v := widgetOf(t, `{"id":"1","title":"t","size":{"width":3},"a":{"@odata.type":"#shop.extent","width":7},"n":5,"null":null}`)
	if got, ok := Property[*extent](v, "a"); !ok || got.Width.Or(0) != 7 {
		t.Errorf("a: %v, %v", got, ok)
	}
	if got, ok := Property[*extent](v, "size"); !ok || got.Width.Or(0) != 3 {
		t.Errorf("size: %v, %v", got, ok)
	}
	if got, ok := Property[int](v, "n"); !ok || got != 5 {
		t.Errorf("n: %v, %v", got, ok)
	}
	if got, ok := Property[string](v, "title"); !ok || got != "t" {
		t.Errorf("title: %v, %v", got, ok)
	}
	for _, name := range []string{"n", "null", "none"} {
		if got, ok := Property[string](v, name); ok || got != "" {
			t.Errorf("%s: %q, %v", name, got, ok)
		}
	}
	if got, ok := Property[string]((*widget)(nil), "title"); ok || got != "" {
		t.Errorf("of nil: %q, %v", got, ok)
	}
}

func TestSetProperty(t *testing.T) {
	for _, test := range []struct {
		name, property string
		value          any
		want           string
	}{
		{"an object", "a", &extent{Width: Some[int32](7)}, `{"id":"1","a":{"@odata.type":"#shop.extent","width":7}}`},
		{"an object that says what it is", "a", &extent{ODataType: "#x.y"}, `{"id":"1","a":{"@odata.type":"#x.y"}}`},
		{"a declared one", "size", &extent{Width: Some[int32](7)}, `{"id":"1","size":{"width":7}}`},
		{"of a derived type", "main", &wheel{ID: "2"}, `{"id":"1","main":{"@odata.type":"#shop.wheel","id":"2"}}`},
		{"a scalar", "n", 5, `{"id":"1","n":5}`},
		{"a declared scalar", "title", "t", `{"id":"1","title":"t"}`},
		{"null", "a", nil, `{"id":"1","a":null}`},
		{"a nil object", "a", (*extent)(nil), `{"id":"1","a":null}`},
		{"null for a declared one", "title", nil, `{"id":"1","title":null}`},
	} {
		v := &widget{ID: "1"}
		if err := SetProperty(v, test.property, test.value); err != nil {
			t.Errorf("%s: %v", test.name, err)
		} else if got := textOf(t, v); got != test.want {
			t.Errorf("%s: %s, want %s", test.name, got, test.want)
		}
	}
	if err := SetProperty(&widget{}, "a", make(chan int)); err == nil || err.Error() != "SetProperty: a: json: unsupported type: chan int" {
		t.Error(err)
	}
	if SetProperty((*widget)(nil), "a", 1) == nil {
		t.Error("a property of nil is set")
	}
	v := &widget{AdditionalProperties: map[string]json.RawMessage{"b": json.RawMessage("1")}}
	if err := SetProperty(v, "b", &extent{}); err != nil || textOf(t, v) != `{"b":{"@odata.type":"#shop.extent"}}` {
		t.Errorf("again: %s, %v", textOf(t, v), err)
	}
}

// TestDeltaOf: what the service sends beside a navigation property is read as that, and goes back as it came.
func TestDeltaOf(t *testing.T) {
	const text = `{"id":"1","sellers@delta":[{"@odata.type":"#shop.agent","id":"a","area":"north"},{"id":"b","@removed":{"reason":"deleted"}},null],` +
		`"parts@delta":[{"@odata.type":"#shop.wheel","id":"w"}],"title@delta":[1],"tags@delta":null,"tags@odata.nextLink":"https://x/next"}`
	v := widgetOf(t, text)
	sellers, err := DeltaOf[*maker](v, "sellers")
	if err != nil || len(sellers) != 2 {
		t.Fatal(sellers, err)
	}
	if agent, ok := As[*agent](sellers[0].Value); !ok || agent.Area.Or("") != "north" || sellers[0].Removed != nil {
		t.Errorf("%+v", sellers[0])
	}
	if diff := cmp.Diff(&Removed{"deleted"}, sellers[1].Removed); diff != "" || sellers[1].Value.ID != "b" {
		t.Errorf("%+v", sellers[1])
	}
	parts, err := DeltaOf[anyPart](v, "parts")
	if err != nil || len(parts) != 1 {
		t.Fatal(parts, err)
	}
	if _, ok := parts[0].Value.(*wheel); !ok {
		t.Errorf("%+v", parts[0])
	}
	if none, err := DeltaOf[*maker](v, "tags"); none != nil || err != nil {
		t.Error(none, err)
	}
	if _, err := DeltaOf[*maker](v, "title"); err == nil || err.Error() != "title@delta: a *graph.widget has no collection of that name" {
		t.Error(err)
	}
	if _, err := DeltaOf[*wheel](v, "sellers"); err == nil || err.Error() != "sellers@delta[0]: a *graph.maker is no *graph.wheel" {
		t.Error(err)
	}
	if got := textOf(t, v); len(got) != len(text) {
		t.Errorf("it goes back as %s", got)
	}
	if got := NextLinkOf(v, "tags"); got != "https://x/next" {
		t.Errorf("next link %q", got)
	}
	if got := NextLinkOf(v, "parts") + NextLinkOf((*widget)(nil), "tags"); got != "" {
		t.Errorf("next link %q", got)
	}
}

// TestDeleted: services that say with a facet that an item has been removed say it to Change, too.
func TestDeleted(t *testing.T) {
	for text, want := range map[string]*Removed{
		`{"id":"1","deleted":{"state":"softDeleted"}}`: {"softDeleted"},
		`{"id":"1","deleted":{}}`:                      {"deleted"},
		`{"id":"1","deleted":null}`:                    nil,
		`{"id":"1","deleted":true}`:                    nil,
		`{"id":"1"}`:                                   nil,
	} {
		change := changed(readWidget)(newReader([]byte(text)))
		if diff := cmp.Diff(want, change.Removed); diff != "" {
			t.Errorf("%s (-want +got):\n%s", text, diff)
		}
	}
	if got := removedOf(&rack{Deleted: &extent{}}); got == nil || got.Reason != "deleted" {
		t.Errorf("a declared facet: %v", got)
	}
}

// rack has the facet as a property, and references to parts, which are of no type of their own.
type rack struct {
	Deleted *extent
	Main    Ref[part]
	Parts   []Ref[part]

	AdditionalProperties map[string]json.RawMessage
	nulls                *nulls
}

func (v *rack) rest() rest { return rest{"#shop.rack", nil, nil, &v.AdditionalProperties, &v.nulls} }

func (v *rack) properties(c *codec) {
	c.optModel(`"deleted":`, &v.Deleted)
	c.anyRef(`"main":`, &v.Main.ref, (*part)(nil))
	codeAnyRefs(c, `"parts":`, &v.Parts, (*part)(nil))
}
