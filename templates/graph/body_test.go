package graph

import (
	"encoding/json"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestBodies(t *testing.T) {
	for _, test := range []struct {
		name string
		body encoder
		want string
	}{
		{"a struct", modelBody(&widget{ID: "1"}), `{"id":"1"}`},
		{"no struct", modelBody((*widget)(nil)), `error: json: the body is nil`},
		{"a struct that a type stands for", anyBody(&part{ID: "1"}, "#shop.part"), `{"id":"1"}`},
		{"a derived one", anyBody(&wheel{ID: "1"}, "#shop.part"), `{"@odata.type":"#shop.wheel","id":"1"}`},
		{"no derived one", anyBody((*wheel)(nil), "#shop.part"), `error: json: the body is nil`},
		{"nothing at all", anyBody(nil, "#shop.part"), `error: json: the body is nil`},
		{"a list", valueBody([]string{"a", "b"}), `["a","b"]`},
		{"JSON", valueBody(json.RawMessage(`{"a": 1}`)), `{"a":1}`},
		{"no JSON", valueBody(json.RawMessage(`{`)), `error: json: json: error calling MarshalJSON for type json.RawMessage: unexpected end of JSON input`},

		{"a reference by key", referenceBody(bindMaker("o'neil")), `{"@odata.id":"https://x/v1.0/makers('o''neil')"}`},
		{"by segment", referenceBody(bindMaker("1").BySegment()), `{"@odata.id":"https://x/v1.0/makers/1"}`},
		{"by path", referenceBody(BindPath[maker]("me")), `{"@odata.id":"https://x/v1.0/me"}`},
		{"by URL", referenceBody(BindURL[maker]("https://y/beta/me")), `{"@odata.id":"https://y/beta/me"}`},
		{"by nothing", referenceBody(nil), `error: json: the target is not bound: give it by a Bind function, BindPath or BindURL`},
		{"by an empty key", referenceBody(bindMaker("")), `error: json: json: bind of makers: the key is empty`},
		{"not bound", referenceBody(Expanded(&maker{ID: "1"})), `error: json: the target is not bound: give it by a Bind function, BindPath or BindURL`},
		{"null", referenceBody(NullRef[maker]()), `error: json: the target is not bound: give it by a Bind function, BindPath or BindURL`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, jsonOrError(appendJSON(test.body, "https://x/v1.0"))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestReadReference(t *testing.T) {
	for data, want := range map[string]Reference{
		`{"@odata.context":"x","@odata.id":"https://x/v1.0/makers('1')"}`: {"https://x/v1.0/makers('1')", "1"},
		`"https://x/v1.0/makers/2"`:                                       {"https://x/v1.0/makers/2", "2"},
		`{}`:                                                              {},
	} {
		if got, err := decodeValue([]byte(data), nil, readReference); got != want || err != nil {
			t.Errorf("%s: %v, %v; want %v", data, got, err, want)
		}
	}
}

func TestFlags(t *testing.T) {
	type rights string
	const read, write, admin = rights("read"), rights("write"), rights("admin")
	for _, test := range []struct {
		v, flags   rights
		has, known bool
	}{
		{"read", read, true, true},
		{"read,write", write, true, true},
		{"write, read", "read,write", true, true},
		{"read", "read,write", false, true},
		{"reading", read, false, false},
		{"read,other", read, true, false},
		{"", read, false, false},
	} {
		if got := hasFlags(test.v, test.flags); got != test.has {
			t.Errorf("%q has %q: %v", test.v, test.flags, got)
		}
		if got := knownFlags(string(test.v), []string{"read", "write", "admin"}); got != test.known {
			t.Errorf("%q is known: %v", test.v, got)
		}
	}
}

func TestArgument(t *testing.T) {
	at := time.Date(2024, 5, 1, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct{ got, want funcArg }{
		{argument("a", Opt[string]{}), funcArg{name: "a"}},
		{argument("a", Null[string]()), funcArg{name: "a", set: true}},
		{argument("a", Some(at)), funcArg{name: "a", value: at, set: true}},
	} {
		if diff := cmp.Diff(test.want, test.got, cmp.AllowUnexported(funcArg{})); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
}

// TestSendFor holds what actions answer that is no struct.
func TestSendFor(t *testing.T) {
	s := serve(t, reply{body: `{"value":5}`}, reply{body: "some text"}, reply{body: "\x00\x01"}, reply{status: 404, body: `{"error":{"code":"X"}}`})
	body := modelBody(&widget{ID: "1"})
	number, err := sendForValue(t.Context(), s.gadgets(), http.MethodPost, body, readInt[int32], nil)
	if number != 5 || err != nil {
		t.Errorf("a value: %v, %v", number, err)
	}
	text, err := sendForText(t.Context(), s.gadgets(), http.MethodPost, body, nil)
	if text != "some text" || err != nil {
		t.Errorf("text: %q, %v", text, err)
	}
	content, err := sendForStream(t.Context(), s.gadgets(), http.MethodPost, body, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer content.Close()
	if got, err := io.ReadAll(content); string(got) != "\x00\x01" || err != nil {
		t.Errorf("a stream: %q, %v", got, err)
	}
	if _, err := sendForStream(t.Context(), s.gadgets(), http.MethodPost, body, nil); s.text(err) != "POST /v1.0/gadgets: 404 X" {
		t.Errorf("error %v", err)
	}
	for _, r := range s.sent() {
		if r.line != "POST /v1.0/gadgets" || r.body != `{"id":"1"}` {
			t.Errorf("sent %s %s", r.line, r.body)
		}
	}
}

// TestWithTarget holds how the reference to remove is named in the query, and that nothing is sent without one.
func TestWithTarget(t *testing.T) {
	s := serve(t, reply{status: 204}, reply{status: 204})
	for _, test := range []struct {
		target Target
		want   string
	}{
		{bindMaker("o'neil#"), ""},
		{bindMaker("1").BySegment(), ""},
		{nil, `DELETE /gadgets/$ref: @id: the target is not bound: give it by a Bind function, BindPath or BindURL`},
		{bindMaker(""), `DELETE /gadgets/$ref: @id: json: bind of makers: the key is empty`},
	} {
		err := exec(t.Context(), s.gadgets().add("/$ref").withTarget(test.target), http.MethodDelete, nil, nil)
		if diff := cmp.Diff(test.want, s.text(err)); diff != "" {
			t.Errorf("(-want +got):\n%s", diff)
		}
	}
	want := []string{
		"DELETE /v1.0/gadgets/$ref?@id=" + s.URL + "/v1.0/makers('o''neil%2523')", // the key's # is encoded, and its % once more
		"DELETE /v1.0/gadgets/$ref?@id=" + s.URL + "/v1.0/makers/1",
	}
	if diff := cmp.Diff(want, s.lines()); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}
