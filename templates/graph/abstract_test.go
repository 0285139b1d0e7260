package graph

import (
	"encoding/json"
	"testing"
)

// A new value of an abstract type has to say of which type it is; what arrived without one goes back as it came, and what is
// there needs none.
func TestAbstractValues(t *testing.T) {
	var arrived, typed idea
	for data, v := range map[string]*idea{`{"id":"1"}`: &arrived, `{"@odata.type":"#shop.cog","id":"1"}`: &typed} {
		if err := json.Unmarshal([]byte(data), v); err != nil {
			t.Fatal(err)
		}
	}
	made := &idea{part{ID: "1"}}
	for _, test := range []struct {
		name string
		body encoder
		want string
	}{
		{"made", modelBody(made), "json: shop.part is abstract: send a value of a type that derives from it (*wheel, *tyre), or set ODataType"},
		{"made, with its type", modelBody(&idea{part{ID: "1", ODataType: "#shop.wheel"}}), `{"@odata.type":"#shop.wheel","id":"1"}`},
		{"made, for an update", updateBody(modelBody(made)), `{"id":"1"}`},
		{"null", modelBody(NullValue[idea]()), "null"},
		{"arrived", modelBody(&arrived), `{"id":"1"}`},
		{"arrived with its type", modelBody(&typed), `{"@odata.type":"#shop.cog","id":"1"}`},
	} {
		data, err := appendJSON(test.body, "https://shop.example/v1.0")
		if got := string(data) + errorText(err); got != test.want {
			t.Errorf("%s: got %s, want %s", test.name, got, test.want)
		}
	}
	if data, err := json.Marshal(made); string(data) != `{"id":"1"}` || err != nil {
		t.Error(string(data), err)
	}
	if typed.nulls != nil || !arrived.nulls.untyped {
		t.Error("only what arrived without a type is marked")
	}
}
