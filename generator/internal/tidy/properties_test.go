package tidy

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// shop are the elements of a package: hats, which are things and hold a size and notes, and a bowler, which is a hat.
func shop() []lock.Element {
	property := func(id, name, of string, facts api.Property) lock.Element {
		facts.Type = of
		return lock.Element{Kind: api.KindProperty, ID: id, Name: name, Facts: api.Encode(facts)}
	}
	typ := func(id, name string, facts api.Type) lock.Element {
		return lock.Element{Kind: api.KindType, ID: id, Name: name, Facts: api.Encode(facts)}
	}
	body := func(of string) *api.Body { return &api.Body{Type: of} }
	return []lock.Element{
		typ("s.thing", "Thing", api.Type{}), property("s.thing/id", "ID", "Edm.String", api.Property{Key: true}),
		property("s.thing/changed", "Changed", "Edm.DateTimeOffset", api.Property{ReadOnly: true}),
		typ("s.hat", "Hat", api.Type{Base: "s.thing"}), property("s.hat/name", "Name", "Edm.String", api.Property{}),
		property("s.hat/colour", "Colour", "s.colour", api.Property{}), property("s.hat/inner", "Inner", "s.colour", api.Property{}),
		property("s.hat/size", "Size", "s.size", api.Property{}), property("s.hat/notes", "Notes", "Collection(s.note)", api.Property{}),
		property("s.hat/maker", "Maker", "s.maker", api.Property{Navigation: true, Binds: "makers"}),
		property("s.hat/fit", "Fit", "Edm.String", api.Property{Constants: "fit"}),
		typ("s.bowler", "Bowler", api.Type{Base: "s.hat"}), property("s.bowler/made", "Made", "Edm.Date", api.Property{ReadOnly: true}),
		typ("s.size", "Size", api.Type{}), property("s.size/width", "Width", "Edm.Int32", api.Property{}),
		property("s.size/unit", "Unit", "Edm.String", api.Property{Required: true}),
		typ("s.note", "Note", api.Type{}), property("s.note/text", "Text", "Edm.String", api.Property{}),
		typ("s.zoned", "Zoned", api.Type{LocalTime: &ir.LocalTime{}}), property("s.zoned/at", "At", "Edm.String", api.Property{}),
		typ("s.maker", "Maker", api.Type{Reference: true}), property("s.maker/town", "Town", "Edm.String", api.Property{}),
		typ("POST /hats/{id}/fold#body", "FoldBody", api.Type{}), property("POST /hats/{id}/fold#body/how", "How", "Edm.String", api.Property{}),
		{Kind: api.KindOperation, ID: "PATCH /hats/{hat-id}", Facts: api.Encode(api.Operation{Does: "update", Request: body("s.hat"), Response: body("s.hat")})},
		{Kind: api.KindOperation, ID: "GET /notes", Facts: api.Encode(api.Operation{Does: "list", Response: body("Collection(s.note)")})},
	}
}

func TestProperties(t *testing.T) {
	none := map[string][]string{"s.thing": {}, "s.hat": {}, "s.bowler": {}, "s.size": {"unit"}, "s.note": {}}
	but := func(others map[string][]string) map[string][]string {
		all := map[string][]string{}
		for id, names := range none {
			all[id] = names
		}
		for id, names := range others {
			if all[id] = names; names == nil { // all of it stays
				delete(all, id)
			}
		}
		return all
	}
	tests := map[string]struct {
		used Used
		want map[string][]string
	}{
		"nothing":                 {Used{}, none},
		"some":                    {Used{Properties: []string{"s.hat/size", "s.hat/name", "s.thing/changed"}}, but(map[string][]string{"s.hat": {"name", "size"}, "s.thing": nil})},
		"a value, whole":          {Used{Whole: []string{"s.size"}}, but(map[string][]string{"s.size": nil})},
		"with what it holds":      {Used{Whole: []string{"s.hat"}}, map[string][]string{}},
		"a derived one":           {Used{Whole: []string{"s.bowler"}}, map[string][]string{}},
		"an enumeration":          {Used{Values: []string{"s.colour/red"}}, but(map[string][]string{"s.hat": {"colour", "inner"}})},
		"one that is there":       {Used{Values: []string{"s.colour"}, Properties: []string{"s.hat/inner"}}, but(map[string][]string{"s.hat": {"inner"}})},
		"a constant":              {Used{Values: []string{"fit/loose"}}, but(map[string][]string{"s.hat": {"fit"}})},
		"a bind":                  {Used{Binds: []string{"BindHatMaker", "BindMaker"}}, but(map[string][]string{"s.hat": {"maker"}})},
		"an update":               {Used{Updates: []string{"PATCH /hats/{id}"}}, but(map[string][]string{"s.thing": nil, "s.bowler": nil})},
		"what is to come":         {Used{Open: []string{"GET /notes"}}, but(map[string][]string{"s.note": nil})},
		"a type that is kept":     {Used{Kept: []string{"s.bowler"}}, but(map[string][]string{"s.bowler": nil})},
		"a property that is kept": {Used{Kept: []string{"s.bowler/name", "s.gone/name"}}, but(map[string][]string{"s.hat": {"name"}})},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, err := Properties(shop(), test.used)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	if _, err := Properties([]lock.Element{{Kind: api.KindType, ID: "s.a", Facts: "{"}}, Used{}); err == nil {
		t.Error("a lock that cannot be read is no error")
	}
}
