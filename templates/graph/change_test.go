package graph

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

const readWidgetText = `{"@odata.context":"https://graph.microsoft.com/v1.0/$metadata#widgets/$entity","@odata.etag":"W/1","id":"1","state":"new",
	"title":"t","built":"2024-01-02T03:04:05.50+00:00","size":{"width":1,"height":2},"tags":["a","b"],"main":{"@odata.type":"#shop.wheel","id":"2","roles":["x"]},
	"parts":[{"id":"3"}],"maker":{"id":"4"},"note":null,"more":{"a":[1]}}`

func widgetOf(t *testing.T, text string) *widget {
	t.Helper()
	v := new(widget)
	if err := json.Unmarshal([]byte(text), v); err != nil {
		t.Fatal(err)
	}
	return v
}

func textOf(t *testing.T, v model) string {
	t.Helper()
	data, err := marshal(v)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestCloneOfNulls: what a copy reads is noted of the copy alone.
func TestCloneOfNulls(t *testing.T) {
	v := widgetOf(t, `{"id":"1","size":null,"tags":[null]}`)
	before := textOf(t, v)
	c := Clone(v)
	if err := json.Unmarshal([]byte(`{"main":null,"state":""}`), c); err != nil {
		t.Fatal(err)
	}
	if got, want := textOf(t, c), `{"id":"1","tags":[null],"size":null,"main":null,"state":""}`; got != want {
		t.Errorf("the copy is %s, want %s", got, want)
	}
	if got := textOf(t, v); got != before {
		t.Errorf("the original is %s now, and was %s", got, before)
	}
}

// TestClone: a copy is written as the original, and changing it however deep changes the copy alone.
func TestClone(t *testing.T) {
	v := widgetOf(t, readWidgetText)
	before := textOf(t, v)
	c := Clone(v)
	if got := textOf(t, c); got != before {
		t.Errorf("the copy is %s, want %s", got, before)
	}
	c.Tags[0], c.Size.Width = "changed", Some[int32](9)
	c.Main.(*wheel).Roles[0] = "changed"
	c.Parts[0].(*part).Label = Some("changed")
	m, _ := c.Maker.Value()
	m.ID = "changed"
	c.AdditionalProperties["more"] = json.RawMessage("1")
	c.AdditionalProperties["new"] = json.RawMessage("1")
	if got := textOf(t, v); got != before {
		t.Errorf("the original is %s now, and was %s", got, before)
	}
	if Clone[*widget](nil) != nil || Clone[anyPart](nil) != nil {
		t.Error("a copy of nil is not nil")
	}
	part := Clone[anyPart](&wheel{ID: "x"})
	if w, ok := part.(*wheel); !ok || w.ID != "x" {
		t.Errorf("%#v", part)
	}
}

func TestChanged(t *testing.T) {
	for _, test := range []struct {
		name   string
		change func(*widget)
		want   string
	}{
		{"nothing", func(*widget) {}, `{}`},
		{"a text", func(v *widget) { v.Title = Some("new") }, `{"title":"new"}`},
		{"a null", func(v *widget) { v.Title = Null[string]() }, `{"title":null}`},
		{"a text that went away", func(v *widget) { v.Title = Opt[string]{} }, `{"title":null}`},
		{"a time", func(v *widget) { v.Built = Some(time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)) }, `{"built":"2025-01-01T00:00:00Z"}`},
		{"a complex value", func(v *widget) { v.Size.Width = Some[int32](7) }, `{"size":{"width":7,"height":2}}`},
		{"a part of a complex value that went away", func(v *widget) { v.Size.Width = Opt[int32]{} }, `{"size":{"width":null,"height":2}}`},
		{"a part without a field that went away", func(v *widget) { delete(v.Size.AdditionalProperties, "height") }, `{"size":{"width":1,"height":null}}`},
		{"a part of a complex value that has no field", func(v *widget) {
			v.AdditionalProperties["open"] = json.RawMessage(`{"a":{"b":{"@odata.type":"#t"}},"list":[]}`)
		}, `{"open":{"a":{"b":{"@odata.type":"#t"},"c":null},"list":[],"gone":null}}`},
		{"another value in place of one", func(v *widget) { v.AdditionalProperties["entity"] = json.RawMessage(`{"id":"2"}`) }, `{"entity":{"id":"2"}}`},
		{"a complex value that went away", func(v *widget) { v.Size = nil }, `{"size":null}`},
		{"a collection", func(v *widget) { v.Tags = append(v.Tags, "c") }, `{"tags":["a","b","c"]}`},
		{"a collection that went away", func(v *widget) { v.Tags = nil }, `{"tags":[]}`},
		{"a derived value", func(v *widget) { v.Main.(*wheel).Roles = []string{"y"} },
			`{"main":{"@odata.type":"#shop.wheel","id":"2","roles":["y"]}}`},
		{"a bind", func(v *widget) { v.Maker = bindMaker("5") }, `{"maker@odata.bind":"{root}/makers('5')"}`},
		{"what has no field", func(v *widget) { v.AdditionalProperties["more"] = json.RawMessage(`2`) }, `{"more":2}`},
		{"an annotation", func(v *widget) { v.ETag = "W/2" }, `{}`},
		{"a null that became a value", func(v *widget) { v.Note = json.RawMessage(`"n"`) }, `{"note":"n"}`},
	} {
		t.Run(test.name, func(t *testing.T) {
			before := widgetOf(t, readWidgetText)
			before.AdditionalProperties["open"] = json.RawMessage(`{"a":{"b":{"@odata.type":"#t"},"c":1},"list":[1],"gone":true}`)
			before.AdditionalProperties["entity"] = json.RawMessage(`{"id":"1","name":"n"}`)
			after := Clone(before)
			test.change(after)
			patch, err := Changed(before, after)
			if err != nil {
				t.Fatal(err)
			}
			const root = "https://elsewhere.example/v1.0"
			got, err := appendJSON(patch.body(), root)
			if want := strings.ReplaceAll(test.want, "{root}", root); err != nil || string(got) != want {
				t.Errorf("%s, %v, want %s", got, err, want)
			}
		})
	}
	whole, err := Changed(nil, &widget{ID: "1", Title: Some("t")})
	if err != nil || textOf(t, whole) != `{"id":"1","title":"t"}` {
		t.Errorf("%v, %v", whole, err)
	}
	for want, change := range map[string]func() (anyPart, error){
		"Changed: the value after the change is nil":               func() (anyPart, error) { return Changed[anyPart](&part{}, nil) },
		"Changed: the values are a *graph.part and a *graph.wheel": func() (anyPart, error) { return Changed[anyPart](&part{}, &wheel{}) },
	} {
		if _, err := change(); errorText(err) != want {
			t.Errorf("error %v, want %s", err, want)
		}
	}
}

// TestUpdateBody: what was read goes back without what an update cannot change.
func TestUpdateBody(t *testing.T) {
	v := widgetOf(t, readWidgetText)
	got, err := appendJSON(updateBody(v.body(), "id", "state", "parts"), defaultServiceRoot)
	want := `{"title":"t","built":"2024-01-02T03:04:05.50+00:00","size":{"width":1,"height":2},"tags":["a","b"],` +
		`"main":{"@odata.type":"#shop.wheel","id":"2","roles":["x"]},"maker":{"id":"4"},"note":null,"more":{"a":[1]}}`
	if err != nil || string(got) != want {
		t.Errorf("%s, %v, want %s", got, err, want)
	}
	if _, err := appendJSON(updateBody(modelBody((*widget)(nil)), "id"), defaultServiceRoot); errorText(err) != "json: the body is nil" {
		t.Errorf("error %v", err)
	}
}
