package graph

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const agentText = `{"@odata.type":"#shop.agent","id":"7","area":"north","ranks":["a"],"more":1}`

// TestAs: what arrived where a base is declared is given whole in the type that it says it is of, and in no other.
func TestAs(t *testing.T) {
	arrived := func(text string) *maker {
		v := new(maker)
		if err := json.Unmarshal([]byte(text), v); err != nil {
			t.Fatal(err)
		}
		return v
	}
	for _, test := range []struct {
		name string
		in   any
		want string // as *agent; "" if it is none
	}{
		{"an agent", arrived(agentText), agentText},
		{"without the mark", arrived(`{"@odata.type":"shop.agent","id":"7"}`), `{"@odata.type":"shop.agent","id":"7"}`},
		{"with capitals", arrived(`{"@odata.type":"#Shop.Agent","id":"7"}`), `{"@odata.type":"#Shop.Agent","id":"7"}`},
		{"another type", arrived(`{"@odata.type":"#shop.importer","id":"7"}`), ""},
		{"an unknown type", arrived(`{"@odata.type":"#shop.other","id":"7"}`), ""},
		{"no type", arrived(`{"id":"7"}`), ""},
		{"itself", &agent{ID: "7"}, `{"id":"7"}`},
		{"an interface", model(&agent{ID: "7"}), `{"id":"7"}`},
		{"what stands in for one", (&agent{ID: "7", Area: Some("north")}).toMaker(), `{"@odata.type":"#shop.agent","id":"7","area":"north"}`},
		{"what stands in for what stands in", (&agent{ID: "7", Area: Some("north")}).toImporter().toMaker(), `{"@odata.type":"#shop.agent","id":"7","area":"north"}`},
		{"a reference", ExpandedAs[maker](arrived(agentText)), agentText},
		{"nothing", nil, ""},
		{"nil", (*maker)(nil), ""},
		{"an absent reference", Ref[maker]{}, ""},
		{"a bound reference", bindMaker("7"), ""},
		{"no value of this package", "text", ""},
	} {
		got, ok := As[*agent](test.in)
		if ok != (test.want != "") || ok != (got != nil) {
			t.Errorf("%s: %v, %v", test.name, got, ok)
		} else if text := jsonOrError(marshal(got)); ok && text != test.want {
			t.Errorf("%s: %s, want %s", test.name, text, test.want)
		}
	}
}

// TestAsBase: a value of a derived type is one of each of its bases, and of nothing else.
func TestAsBase(t *testing.T) {
	v := &agent{ID: "7", Area: Some("north")}
	base, ok := As[*maker](v)
	if text := jsonOrError(marshal(base)); !ok || text != `{"@odata.type":"#shop.agent","id":"7","area":"north"}` {
		t.Errorf("%s, %v", text, ok)
	}
	arrived := new(maker)
	if err := json.Unmarshal([]byte(agentText), arrived); err != nil {
		t.Fatal(err)
	}
	between, ok := As[*importer](arrived)
	if text := jsonOrError(marshal(between)); !ok || text != `{"@odata.type":"#shop.agent","id":"7","area":"north","more":1,"ranks":["a"]}` {
		t.Errorf("%s, %v", text, ok)
	}
	if part, ok := As[anyPart](&wheel{}); !ok || part == nil {
		t.Errorf("a wheel is no part: %v", part)
	}
	if _, ok := As[*part](v); ok {
		t.Error("an agent is a part")
	}
}

// partner is the base of maker, in a package that declares nothing with it: it does not know what derives from it.
type partner struct {
	ID string

	AdditionalProperties map[string]json.RawMessage
	nulls                *nulls
}

func (v *partner) rest() rest {
	return rest{"#shop.partner", nil, nil, &v.AdditionalProperties, &v.nulls}
}
func (v *partner) properties(c *codec) { c.string(`"id":`, &v.ID) }

// TestAsUnknown: where nothing is declared with a base, only what was made as such is one of it; and a value of a type that nobody knows is
// one of the type that it arrived as, whatever its bases are.
func TestAsUnknown(t *testing.T) {
	if _, ok := As[*partner](&maker{ID: "7"}); ok {
		t.Error("a maker is known to be a partner")
	}
	own := &partner{ID: "7"}
	if same, ok := As[*partner](own); !ok || same != own {
		t.Error("a partner is none")
	}
	arrived := new(maker)
	if err := json.Unmarshal([]byte(`{"@odata.type":"#shop.wholesaler","id":"7"}`), arrived); err != nil {
		t.Fatal(err)
	}
	if same, ok := As[*maker](arrived); !ok || same != arrived {
		t.Error("a wholesaler is no maker")
	}
	if _, ok := As[*importer](arrived); ok {
		t.Error("a wholesaler is known to be an importer")
	}
}

// TestStandIn: what stands in for a value of a derived type is read and changed as the base, and written as what it is.
func TestStandIn(t *testing.T) {
	v := &agent{ID: "7", Area: Some("north"), Boss: bindMaker("1"), AdditionalProperties: map[string]json.RawMessage{"more": json.RawMessage("1")}}
	base := v.toMaker()
	base.ID = "8"
	base.AdditionalProperties["new"] = json.RawMessage("2")
	if got := Clone(base); got == base || got.ID != "8" {
		t.Errorf("the copy is %v", got)
	}
	w := newWriter("http://127.0.0.1/v1.0")
	w.object(Clone(base), declaredSame)
	want := `{"@odata.type":"#shop.agent","id":"8","area":"north","boss@odata.bind":"http://127.0.0.1/v1.0/makers('1')","more":1,"new":2}`
	if diff := cmp.Diff(want, jsonOrError(w.finish())); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
	again, ok := As[*agent](base)
	if !ok || again.ID != "8" || again.Boss.ID() != "1" || again.Area.Or("") != "north" || len(again.AdditionalProperties) != 2 {
		t.Errorf("back: %+v, %v", again, ok)
	}
	want = `{"id":"7","area":"north","boss@odata.bind":"https://graph.microsoft.com/v1.0/makers('1')","more":1}`
	if diff := cmp.Diff(want, jsonOrError(marshal(v))); diff != "" {
		t.Errorf("the value itself (-want +got):\n%s", diff)
	}
	if (*agent)(nil).toMaker() != nil {
		t.Error("nil stands in for nil")
	}
}

// TestRefsToAbstractTypes: what arrives in a reference to a type of which no value is, is held as what it is.
func TestRefsToAbstractTypes(t *testing.T) {
	const text = `{"main":{"@odata.type":"#shop.wheel","id":"1","code":"c"},"parts":[{"@odata.type":"#shop.wheel","id":"2"},{"@odata.type":"#shop.new","id":"3"}]}`
	var v rack
	if err := unmarshal([]byte(text), &v); err != nil {
		t.Fatal(err)
	}
	main, ok := v.Main.Any().(*wheel)
	if !ok || main.Code.Or("") != "c" {
		t.Errorf("%T", v.Main.Any())
	}
	if found, ok := As[*wheel](v.Main); !ok || found != main {
		t.Errorf("As makes another one: %v", found)
	}
	if base, ok := v.Main.Value(); !ok || base.ID != "1" || base.ODataType != "#shop.wheel" {
		t.Errorf("%+v, %v", base, ok)
	}
	if _, ok := v.Parts[0].Any().(*wheel); !ok {
		t.Errorf("%T", v.Parts[0].Any())
	}
	if _, ok := v.Parts[1].Any().(*part); !ok {
		t.Errorf("%T", v.Parts[1].Any())
	}
	if got := jsonOrError(marshal(&v)); got != text {
		t.Errorf("it goes back as %s", got)
	}
}

// TestAtMost: no request has more items than the service takes; what arrived may have more, and is written as it is.
func TestAtMost(t *testing.T) {
	var v widget
	if err := json.Unmarshal([]byte(`{"tags":[`+strings.Repeat(`"a",`, 20)+`"a"]}`), &v); err != nil || len(v.Tags) != 21 {
		t.Fatal(v.Tags, err)
	}
	if _, err := marshal(&v); err != nil {
		t.Error(err)
	}
	want := "error: json: tags: the service takes at most 20, not 21"
	if got := jsonOrError(appendJSON(v.body(), defaultServiceRoot)); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	v.Tags = v.Tags[:20]
	if _, err := appendJSON(v.body(), defaultServiceRoot); err != nil {
		t.Error(err)
	}
}

// TestMarshalAlone: a value alone says of which type it is only if it arrived so.
func TestMarshalAlone(t *testing.T) {
	for _, test := range []struct {
		in   model
		want string
	}{
		{&wheel{ID: "1"}, `{"id":"1"}`},
		{&wheel{ID: "1", ODataType: "#shop.wheel"}, `{"@odata.type":"#shop.wheel","id":"1"}`},
		{&widget{Main: &wheel{ID: "1"}}, `{"main":{"@odata.type":"#shop.wheel","id":"1"}}`},
	} {
		if diff := cmp.Diff(test.want, jsonOrError(marshal(test.in))); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}
