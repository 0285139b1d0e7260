package graphtest

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/graphslice/graphslice/templates/graph"
)

// What generated code does with values of any type, for types as simple as they can be.

// sample is an entity.
type sample struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"`
}

// anySample is a sample or what is derived from it.
type anySample interface{ getSample() }

func (*sample) getSample() {}

// asSample is a value in its own type, as graph.As gives it.
func asSample(v any) (anySample, bool) {
	s, ok := v.(*sample)
	return s, ok
}

// anOperation is a request for an operation that answers with a body.
func anOperation(t *testing.T, body string) *request {
	srv, _ := newTestServer(t)
	return &request{server: (*fake)(srv), op: &operation{method: "GET", path: "/things"}, path: "/things", base: "https://graph.microsoft.com/v1.0", body: []byte(body)}
}

func TestAnswersOfAnyType(t *testing.T) {
	date, err := graph.ParseDate("2026-11-28")
	if err != nil {
		t.Fatal(err)
	}
	in := anOperation(t, "")
	tests := map[string]struct {
		made *answer
		want string
	}{
		"a number":         {scalar(in, 7), `{"value":7}`},
		"a decimal":        {scalar(in, graph.Decimal("1.10")), `{"value":1.10}`},
		"a date":           {scalar(in, date), `{"value":"2026-11-28"}`},
		"a time":           {scalar(in, time.Date(2026, 11, 28, 1, 2, 3, 0, time.UTC)), `{"value":"2026-11-28T01:02:03Z"}`},
		"there":            {opt[bool](in, graph.Some(true)), `{"value":true}`},
		"not there":        {opt[bool](in, graph.Null[bool]()), `{"value":null}`},
		"an address":       {target(in, graph.Reference{URL: "/things/1"}), `{"@odata.id":"https://graph.microsoft.com/v1.0/things/1"}`},
		"a whole address":  {target(in, graph.Reference{URL: "https://a.example/1"}), `{"@odata.id":"https://a.example/1"}`},
		"no addresses":     {targets(in, (*graph.Page[graph.Reference])(nil)), `{"value":[]}`},
		"a page":           {targets(in, &graph.Page[graph.Reference]{Items: []graph.Reference{{URL: "things/1"}}, NextLink: "?$skiptoken=1"}), `{"@odata.nextLink":"https://graph.microsoft.com/v1.0/things?$skiptoken=1","value":[{"@odata.id":"https://graph.microsoft.com/v1.0/things/1"}]}`},
		"no changes":       {changed[*sample](in, (*graph.Page[graph.Change[*sample]])(nil)), `{"value":[]}`},
		"changes":          {changed[*sample](in, &graph.Page[graph.Change[*sample]]{Items: []graph.Change[*sample]{{Value: &sample{ID: "1"}}, {Value: &sample{ID: "2"}, Removed: &graph.Removed{Reason: "deleted"}}, {Removed: &graph.Removed{}}}, DeltaLink: "?$deltatoken=1"}), `{"@odata.deltaLink":"https://graph.microsoft.com/v1.0/things?$deltatoken=1","value":[{"id":"1"},{"@removed":{"reason":"deleted"},"id":"2"},{"@removed":{"reason":""}}]}`},
		"what cannot be":   {changed[func()](in, &graph.Page[graph.Change[func()]]{Items: []graph.Change[func()]{{}}}), `{"error":{"code":"generalException","message":"The handler's answer: json: unsupported type: func()"}}`},
		"a page with more": {page[*sample](in, &graph.Page[*sample]{Items: []*sample{{ID: "1"}}, Count: graph.Some[int64](3), NextLink: "/things?$skip=1"}), `{"@odata.count":3,"@odata.nextLink":"https://graph.microsoft.com/v1.0/things?$skip=1","value":[{"id":"1"}]}`},
	}
	for name, test := range tests {
		if got := string(test.made.content()); got != test.want {
			t.Errorf("%s: got %s, want %s", name, got, test.want)
		}
	}
}

// A base of which others are derived.
func init() { bases = append(bases, derived[anySample, sample](asSample)) }

func TestBodiesOfAnyType(t *testing.T) {
	tests := map[string]struct {
		body  string
		read  reader
		as    decoder
		want  any
		fault string
	}{
		"an object":      {`{"id":"1"}`, object, decode[*sample], &sample{ID: "1"}, ""},
		"no object":      {"", object, decode[*sample], nil, ""},
		"null":           {"null", object, decode[*sample], (*sample)(nil), ""},
		"not an object":  {`[]`, object, decode[*sample], &sample{}, "the body cannot be read: json: cannot unmarshal array into Go value of type graphtest.sample"},
		"a derived one":  {`{"id":"1"}`, object, decode[anySample], &sample{ID: "1"}, ""},
		"no derived one": {"", object, decode[anySample], nil, ""},
		"a list":         {`["a"]`, value, decode[[]string], []string{"a"}, ""},
		"content":        {"\x00\x01", content, decode[[]byte], []byte{0, 1}, ""},
		"text":           {"a text", text, decode[string], "a text", ""},
		"an address":     {`{"@odata.id":"https://x/things('1')"}`, reference, decode[graph.Reference], graph.Reference{URL: "https://x/things('1')", ID: "1"}, ""},
		"no address":     {`{`, reference, decode[graph.Reference], graph.Reference{}, "the body cannot be read: unexpected end of JSON input"},
	}
	for name, test := range tests {
		got, err := test.read(anOperation(t, test.body), test.as)
		fault := ""
		if err != nil {
			fault = err.Error()
		}
		if !reflect.DeepEqual(got, test.want) || fault != test.fault {
			t.Errorf("%s: got %#v, %q, want %#v, %q", name, got, fault, test.want, test.fault)
		}
	}
}

func TestHandlersThatAnswerNothing(t *testing.T) {
	in := anOperation(t, `{"id":"1"}`)
	var got *sample
	handlers := takesOnly([]BodyErrorHandler[*sample]{
		func(_ context.Context, _ Call, body *sample) error { got = body; return nil },
		func(context.Context, Call, *sample) error { return errors.New("it is broken") },
	}, object)
	if a := handlers.handle(handlers.each[0], empty)(t.Context(), in); a.status != http.StatusNoContent || got == nil || got.ID != "1" {
		t.Errorf("%d, %v", a.status, got)
	}
	if a := handlers.handle(handlers.each[1], empty)(t.Context(), in); a.status != http.StatusInternalServerError || !strings.Contains(string(a.body), "it is broken") {
		t.Errorf("%d, %s", a.status, a.body)
	}
}

// Ready handlers fit what is answered with nothing, with a body or without.
func TestReadyHandlersThatAnswerNothing(t *testing.T) {
	in := anOperation(t, `{"id":"1"}`)
	of := func(handlers ...BodyErrorHandler[*sample]) *replies { return takesOnly(handlers, object) }
	for name, handlers := range map[string]*replies{"nothing is sent": ends([]ErrorHandler{Done}), "a body is sent": of(Take)} {
		if a := handlers.handle(handlers.each[0], empty)(t.Context(), in); a.status != http.StatusNoContent {
			t.Errorf("%s: %d, %s", name, a.status, a.body)
		}
	}
}

func TestSeedsOfAnyType(t *testing.T) {
	c := newCaller(t)
	rooms := c.store.at("/rooms")
	fill(rooms, func(made *sample) { made.Name += "!" })
	unique(rooms, func(made, old *sample) bool { return made.Name == old.Name })
	putAll(rooms, []*sample{{ID: "1", Name: "one"}, {ID: "2", Name: "two"}})
	c.call("POST", "/rooms", `{"name":"three","kind":"open"}`).is(201)
	c.call("POST", "/rooms", `{"name":"three","kind":"open"}`)

	var names []string
	for _, room := range storedIn[*sample](rooms) {
		names = append(names, room.Name)
	}
	if want := []string{"one", "two", "three!"}; !slices.Equal(names, want) {
		t.Errorf("rooms %q, want %q", names, want)
	}
	if room := storedAt[*sample](rooms.by("/{room-id}", "2")); room == nil || room.Name != "two" {
		t.Errorf("room 2 is %v", room)
	}
	if room := storedAt[*sample](rooms.by("/{room-id}", "9")); room != nil {
		t.Errorf("room 9 is %v", room)
	}
}

// room is a test.room, which is derived from test.thing.
type room struct {
	ID   string `json:"id"`
	Name string `json:"name,omitempty"`
}

func TestSeedsOfDerivedTypes(t *testing.T) {
	c := newCaller(t)
	things := c.store.at("/things")
	putEach(things, []any{&room{"1", "one"}, &sample{ID: "2"}, json.RawMessage(`{"@odata.type":"#test.person","id":"3"}`)})
	var types []string
	for _, thing := range storedIn[map[string]any](things) {
		of, _ := thing["@odata.type"].(string)
		types = append(types, of)
	}
	if want := []string{"#test.room", "#test.thing", "#test.person"}; !slices.Equal(types, want) {
		t.Errorf("types %q, want %q", types, want)
	}
}
