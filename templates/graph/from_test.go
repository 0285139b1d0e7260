package graph

import (
	"encoding/json"
	"errors"
	"testing"
)

// unwritable is a value that JSON has no form for.
type unwritable struct{}

func (unwritable) MarshalJSON() ([]byte, error) { return nil, errors.New("no form") }

// TestFrom: a value of another version arrives whole, and what is bound there is bound in this version.
func TestFrom(t *testing.T) {
	other := json.RawMessage(`{"id":"1","title":"t","maker@odata.bind":"https://graph.microsoft.com/beta/makers('o''neil%23')",
		"main":{"@odata.type":"#shop.wheel","id":"2","roles":["x"]},"new":{"a":1}}`)
	v, err := From[widget](other)
	if err != nil {
		t.Fatal(err)
	}
	const root = "https://elsewhere.example/v1.0"
	got, err := appendJSON(modelBody(v), root)
	want := `{"id":"1","title":"t","main":{"@odata.type":"#shop.wheel","id":"2","roles":["x"]},` +
		`"maker@odata.bind":"` + root + `/makers('o''neil%23')","new":{"a":1}}`
	if err != nil || string(got) != want {
		t.Errorf("%s, %v, want %s", got, err, want)
	}
	if id := v.Maker.ID(); id != "o'neil#" {
		t.Errorf("the bind's key is %q", id)
	}
}

func TestFromBinds(t *testing.T) {
	for in, want := range map[string]string{
		"https://graph.microsoft.com/beta/makers/5":    "{root}/makers/5",
		"https://graph.microsoft.com/v1.0/makers('5')": "{root}/makers('5')",
		"https://elsewhere.example/beta/makers('5')":   "https://elsewhere.example/beta/makers('5')", // another service's
		"https://graph.microsoft.com/beta":             "https://graph.microsoft.com/beta",           // no entity
		"https://graph.microsoft.com/beta/a/../b":      "https://graph.microsoft.com/beta/a/../b",
		"makers('5')": "makers('5')",
	} {
		v, err := From[widget](map[string]string{"maker@odata.bind": in})
		if err != nil {
			t.Fatal(err)
		}
		got, err := appendJSON(modelBody(v), "{root}")
		if want := `{"maker@odata.bind":"` + want + `"}`; err != nil || string(got) != want {
			t.Errorf("%s: %s, %v, want %s", in, got, err, want)
		}
	}
}

func TestFromFaults(t *testing.T) {
	if v, err := From[widget]((*part)(nil)); v != nil || err != nil {
		t.Errorf("of nil: %v, %v", v, err)
	}
	for _, test := range []struct {
		from any
		want string
	}{
		{unwritable{}, "From: json: error calling MarshalJSON for type graph.unwritable: no form"},
		{7, "From: int to *graph.part: json: expected an object, found a number (at byte 0)"},
		{map[string]string{"@odata.type": "#shop.maker"}, "From: a shop.maker is no shop.part"},
	} {
		if _, err := From[part](test.from); errorText(err) != test.want {
			t.Errorf("error %v, want %s", err, test.want)
		}
	}
	if v, err := From[part](&wheel{ID: "1", ODataType: "#shop.wheel"}); err != nil || v.ID != "1" {
		t.Errorf("of a derived type: %v, %v", v, err)
	}
}
