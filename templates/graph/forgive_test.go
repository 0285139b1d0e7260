package graph

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// TestForgivingTime: what services write in place of a time is understood, and goes back as it came.
func TestForgivingTime(t *testing.T) {
	for text, want := range map[string]time.Time{
		"2024-02-14T07:37:32":            time.Date(2024, 2, 14, 7, 37, 32, 0, time.UTC),
		"2024-02-14T07:37:32.1230000":    time.Date(2024, 2, 14, 7, 37, 32, 123e6, time.UTC),
		"2024-02-14 07:37:32Z":           time.Date(2024, 2, 14, 7, 37, 32, 0, time.UTC),
		"2024-02-14 07:37:32":            time.Date(2024, 2, 14, 7, 37, 32, 0, time.UTC),
		"2024-02-14 07:37:32.50+00:00":   time.Date(2024, 2, 14, 7, 37, 32, 5e8, time.UTC),
		"2024-02-14":                     time.Date(2024, 2, 14, 0, 0, 0, 0, time.UTC),
		"2024-02-14T07:37:32.123456789Z": time.Date(2024, 2, 14, 7, 37, 32, 123456789, time.UTC),
	} {
		v := new(scalars)
		data := `{"time":"` + text + `"}`
		if err := json.Unmarshal([]byte(data), v); err != nil || !v.Time.Or(time.Time{}).Equal(want) {
			t.Errorf("%s is %v, %v, want %v", text, v.Time, err, want)
		}
		if got, err := json.Marshal(v); err != nil || string(got) != data {
			t.Errorf("%s goes back as %s, %v", data, got, err)
		}
	}
	// What a program sets goes out with Edm's 100 ns.
	v := &scalars{Time: Some(time.Date(2024, 2, 14, 7, 37, 32, 123456789, time.UTC))}
	if got, err := json.Marshal(v); err != nil || string(got) != `{"time":"2024-02-14T07:37:32.1234567Z"}` {
		t.Errorf("%s, %v", got, err)
	}
}

// TestUnreadable: one value out of form fails neither its object nor those beside it, and is told of.
func TestUnreadable(t *testing.T) {
	const page = `{"value":[{"id":"1"},{"id":2,"name":{"a":[1]},"x":3},{"id":"3","name":"n"}]}`
	var told []Unreadable
	s := serve(t, reply{body: page}, reply{body: page}, reply{body: `[]`}, reply{body: `{"id":"a}`})
	c := s.newClient(t, WithUnreadable(func(u Unreadable) { told = append(told, u) }))
	got, err := list(t.Context(), c.at("/gadgets"), nil, readGadget, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(got.Items) != 3 || got.Items[2].Name.Or("") != "n" || got.Items[1].ID != "" || got.Items[1].Name != (Opt[string]{}) {
		t.Errorf("%+v", got.Items)
	}
	back, err := marshal(got.Items[1])
	if want := `{"id":2,"name":{"a":[1]},"x":3}`; err != nil || string(back) != want {
		t.Errorf("%s goes back, %v, want %s", back, err, want)
	}
	want := []Unreadable{
		{"test.gadget", "id", json.RawMessage("2"), "expected a string, found a number"},
		{"test.gadget", "name", json.RawMessage(`{"a":[1]}`), "expected a string, found an object"},
	}
	if diff := cmp.Diff(want, told); diff != "" {
		t.Error(diff)
	}

	strict := s.newClient(t, WithStrictReading(), NoRetry)
	_, err = list(t.Context(), strict.at("/gadgets"), nil, readGadget, nil)
	if err == nil || !strings.Contains(err.Error(), "json: value[1].id: expected a string, found a number (at byte ") {
		t.Errorf("error %v", err)
	}
	// What is no value of a property, or no JSON, is an error as ever.
	for _, want := range []string{"expected an object, found an array", "the text ends inside a string"} {
		if _, err := getOne(t.Context(), c.at("/gadgets"), nil, readGadget, nil); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %s", err, want)
		}
	}
	if _, err := NewClient(nil, WithUnreadable(nil)); err == nil {
		t.Error("a nil function is taken")
	}
}

// TestMisformedParts: a part of a value that is not of its form leaves the whole property out, and what follows is read.
func TestMisformedParts(t *testing.T) {
	for _, data := range []string{
		`{"tags":["a",5],"built":"2020-12-04T23:10:28Z"}`,
		`{"tags":{},"built":"2020-12-04T23:10:28Z"}`,
		`{"size":7,"built":"2020-12-04T23:10:28Z"}`,
		`{"parts":[7,{"label":"x"}],"built":"2020-12-04T23:10:28Z"}`,
		`{"parts":[{"label":7}],"built":"2020-12-04T23:10:28Z"}`,
		`{"maker":7,"built":"2020-12-04T23:10:28Z"}`,
		`{"maker":{"id":[]},"built":"2020-12-04T23:10:28Z"}`,
		`{"sellers":[1],"built":"2020-12-04T23:10:28Z"}`,
		`{"sellers@odata.bind":[1],"built":"2020-12-04T23:10:28Z"}`,
		`{"maker@odata.bind":1,"built":"2020-12-04T23:10:28Z"}`,
		`{"@odata.type":7,"built":"2020-12-04T23:10:28Z"}`,
	} {
		v := new(widget)
		if err := json.Unmarshal([]byte(data), v); err != nil || v.Built.IsZero() {
			t.Errorf("%s: %v, %v", data, err, v.Built)
			continue
		}
		back, err := json.Marshal(v)
		var got, want any
		if err := errors.Join(err, json.Unmarshal(back, &got), json.Unmarshal([]byte(data), &want)); err != nil {
			t.Error(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s goes back as %s", data, back)
		}
	}
}

// TestOddValues: what a field cannot tell from absent goes back as it came, unless it was changed.
func TestOddValues(t *testing.T) {
	const data = `{"id":"","tags":["a",null,"b",null]}`
	v := new(widget)
	if err := json.Unmarshal([]byte(data), v); err != nil {
		t.Fatal(err)
	}
	if back, err := json.Marshal(v); err != nil || string(back) != `{"tags":["a",null,"b",null],"id":""}` {
		t.Errorf("%s, %v", back, err)
	}
	v.ID, v.Tags[1] = "x", "new"
	if back, err := json.Marshal(v); err != nil || string(back) != `{"id":"x","tags":["a","new","b",null]}` {
		t.Errorf("%s, %v", back, err)
	}
	v.Tags = append(v.Tags, "c")
	if back, err := json.Marshal(v); err != nil || string(back) != `{"id":"x","tags":["a","new","b","","c"]}` {
		t.Errorf("%s, %v", back, err)
	}
}

// TestMemoryOfAnAnswer: a text of nothing but braces does not become a heap a hundred times its size.
func TestMemoryOfAnAnswer(t *testing.T) {
	braces := `{"value":[` + strings.Repeat("{},", 1<<20) + `{}]}`
	s := serve(t, reply{body: braces}, reply{body: braces})
	_, err := list(t.Context(), s.gadgets(), nil, readGadget, nil)
	if err == nil || !strings.Contains(err.Error(), "it would take more than ") {
		t.Errorf("error %v", err)
	}
	c := s.newClient(t, WithMaxResponseBytes(1<<30))
	if _, err := list(t.Context(), c.at("/gadgets"), nil, readGadget, nil); err != nil {
		t.Error(err)
	}
}

// An item that stands where a collection is declared, and the other way round.
func TestForgivesOneForMany(t *testing.T) {
	tests := []struct{ name, body, strict string }{
		{"the item in place of the list", `{"@odata.count":1,"value":{"id":"1"}}`, "json: value: expected an array, found an object"},
		{"the item in place of all", `{"@odata.context":"x","id":"1"}`, `json: expected a collection, found an object without "value"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := serve(t, reply{body: tt.body}, reply{body: tt.body})
			var told []string
			report := WithUnreadable(func(u Unreadable) { told = append(told, u.Reason) })
			page, err := list(t.Context(), s.newClient(t, report).at("/gadgets"), nil, readGadget, nil)
			if err != nil || len(page.Items) != 1 || page.Items[0].ID != "1" {
				t.Errorf("%+v, %v", page, err)
			}
			if diff := cmp.Diff([]string{"expected a collection, found an object, which is taken for its only item"}, told); diff != "" {
				t.Errorf("told (-want +got):\n%s", diff)
			}
			_, err = list(t.Context(), s.newClient(t, WithStrictReading()).at("/gadgets"), nil, readGadget, nil)
			if !strings.Contains(errorText(err), tt.strict) {
				t.Errorf("strict: %v", err)
			}
		})
	}
	s := serve(t, reply{body: `[{"id":"1"}]`}, reply{body: `[{"id":"1"},{"id":"2"}]`}, reply{body: `{"error":{"code":"x"}}`})
	if one, err := getOne(t.Context(), s.gadgets(), nil, readGadget, nil); err != nil || one.ID != "1" {
		t.Errorf("%+v, %v", one, err)
	}
	if _, err := getOne(t.Context(), s.gadgets(), nil, readGadget, nil); err == nil {
		t.Error("one of two was taken")
	}
	if _, err := list(t.Context(), s.gadgets(), nil, readGadget, nil); err == nil {
		t.Error("an error was taken for an item")
	}
	s = serve(t, reply{status: 200})
	if page, err := sendPage(t.Context(), s.gadgets(), "POST", nil, readGadget, nil); err != nil || len(page.Items) != 0 {
		t.Errorf("%+v, %v", page, err)
	}
}
