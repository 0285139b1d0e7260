package graph

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

var compareGadgets = cmp.Options{cmpopts.IgnoreUnexported(gadget{}), cmpopts.IgnoreTypes(Ref[gadget]{}), cmp.AllowUnexported(Opt[string]{})}

func TestResult(t *testing.T) {
	type summary struct {
		Value        *gadget
		Location, ID string
		Accepted     bool
		Status       int
	}
	tests := []struct {
		name  string
		reply reply
		want  summary
	}{
		{name: "body", reply: reply{status: 201, body: `{"id":"1"}`, header: location("/gadgets('2')")},
			want: summary{Value: &gadget{ID: "1"}, Location: "{root}/gadgets('2')", ID: "1", Status: 201}},
		{name: "body without a key", reply: reply{status: 201, body: `{"name":"n"}`, header: location("/gadgets('2')")},
			want: summary{Value: &gadget{Name: Some("n")}, Location: "{root}/gadgets('2')", ID: "2", Status: 201}},
		{name: "location", reply: reply{status: 201, header: location("/v1.0/gadgets('19:o''neil%23@thread.v2')/members('MCMj==')")},
			want: summary{Location: "{root}/gadgets('19:o''neil%23@thread.v2')/members('MCMj==')", ID: "MCMj==", Status: 201}},
		{name: "location with a raw key", reply: reply{status: 201, header: location("/gadgets/19:o'neil#EXT#@thread.v2")},
			want: summary{Location: "{root}/gadgets/19:o'neil%23EXT%23@thread.v2", ID: "19:o'neil#EXT#@thread.v2", Status: 201}},
		{name: "absolute location", reply: reply{status: 201, header: location("https://elsewhere.example/gadgets/3")},
			want: summary{Location: "https://elsewhere.example/gadgets/3", ID: "3", Status: 201}},
		{name: "content location", reply: reply{status: 201, header: map[string]string{"Content-Location": "/gadgets/4"}},
			want: summary{Location: "{root}/gadgets/4", ID: "4", Status: 201}},
		{name: "operation location", reply: reply{status: 202, header: map[string]string{"Content-Location": "/gadgets/4", "Operation-Location": "/operations/5"}},
			want: summary{Location: "{root}/operations/5", ID: "5", Accepted: true, Status: 202}},
		{name: "operation", reply: reply{status: 202, header: location("/gadgets('1')/operations('6')")},
			want: summary{Location: "{root}/gadgets('1')/operations('6')", ID: "6", Accepted: true, Status: 202}},
		{name: "nothing", reply: reply{status: 204}, want: summary{Status: 204}},
		{name: "null", reply: reply{status: 200, body: "null"}, want: summary{Status: 200}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, test.reply)
			result, err := send(t.Context(), s.gadgets(), "POST", (&gadget{}).body(), readGadget, nil)
			if err != nil {
				t.Fatal(err)
			}
			if test.want.Location != "" && test.want.Location[0] == '{' {
				test.want.Location = s.client.root.String() + test.want.Location[len("{root}"):]
			}
			got := summary{result.Value, result.Location, result.ID(), result.Accepted(), result.Response.StatusCode}
			if diff := cmp.Diff(test.want, got, compareGadgets); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// thing is what a polymorphic type's interface looks like.
type thing interface{ model }

func readThing(r *jsonReader) thing { return readAny[thing](r, (*gadget)(nil)) }

func TestResultOfAnInterface(t *testing.T) {
	s := serve(t, reply{status: 201, body: `{"id":"1"}`}, reply{status: 201, header: location("/gadgets/2")})
	var ids []string
	for range 2 {
		result, err := send(t.Context(), s.gadgets(), "POST", (&gadget{}).body(), readThing, nil)
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, result.ID())
		if result.Location != "" && result.Value != nil {
			t.Error("there is a value although no body came")
		}
	}
	if diff := cmp.Diff([]string{"1", "2"}, ids); diff != "" {
		t.Error(diff)
	}
}

func TestResultMadeByHand(t *testing.T) {
	empty := &Result[*gadget]{}
	if empty.ID() != "" || empty.Accepted() {
		t.Error("an empty Result says something")
	}
	value, err := (&Result[*gadget]{Value: &gadget{ID: "1"}}).Wait(t.Context())
	if err != nil || value.ID != "1" {
		t.Errorf("Wait returns %v, %v", value, err)
	}
}

func TestBindsFollowTheServiceRoot(t *testing.T) {
	s := serve(t, reply{status: 204})
	body := &gadget{ID: "1", Owner: bindKey[gadget]("gadgets", "o'neil")}
	if _, err := send(t.Context(), s.gadgets(), "POST", body.body(), readGadget, nil); err != nil {
		t.Fatal(err)
	}
	want := `{"id":"1","owner@odata.bind":"` + s.URL + `/v1.0/gadgets('o''neil')"}`
	if diff := cmp.Diff(want, s.sent()[0].body); diff != "" {
		t.Error(diff)
	}
}

func TestBodyThatCannotBeEncoded(t *testing.T) {
	s := serve(t)
	_, err := send(t.Context(), s.gadgets(), "POST", func(w *jsonWriter) { w.fail("no") }, readGadget, nil)
	if got, want := errorText(err), "POST /v1.0/gadgets: the body cannot be sent: json: no"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
}

func TestGetValue(t *testing.T) {
	text := map[string]string{"Content-Type": "text/plain"}
	type outcome struct {
		Text string
		Err  string
	}
	tests := []struct {
		name  string
		reply reply
		want  string
	}{
		{"wrapped", reply{body: `{"@odata.context":"x","value":"a"}`}, "a"},
		{"alone", reply{body: `"a"`}, "a"},
		{"text", reply{body: "a b", header: text}, "a b"},
		{"JSON called text", reply{body: `"a"`, header: text}, "a"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, test.reply)
			got, err := getValue(t.Context(), s.gadgets().add("/f()"), nil, (*jsonReader).string, nil)
			if diff := cmp.Diff(outcome{test.want, ""}, outcome{got, errorText(err)}); diff != "" {
				t.Error(diff)
			}
		})
	}
	s := serve(t, reply{body: `{"value":7}`}, reply{body: "8", header: text}, reply{body: `{"value":{"a":1},"b":2}`})
	for _, want := range []int64{7, 8} {
		if got, err := getValue(t.Context(), s.gadgets(), nil, readInt[int64], nil); got != want || err != nil {
			t.Errorf("%d, %v, want %d", got, err, want)
		}
	}
	raw, err := getValue(t.Context(), s.gadgets(), nil, (*jsonReader).raw, nil)
	if want := `{"value":{"a":1},"b":2}`; string(raw) != want || err != nil {
		t.Errorf("%s, %v, want %s", raw, err, want)
	}
}

// What may be null comes as null, or without a body.
func TestGetOpt(t *testing.T) {
	s := serve(t, reply{body: `{"value":null}`}, reply{status: 204}, reply{body: `{"value":7}`}, reply{body: `[1,2]`})
	for _, want := range []Opt[int64]{Null[int64](), Null[int64](), Some[int64](7)} {
		if got, err := getOpt(t.Context(), s.gadgets(), nil, readInt[int64], nil); got != want || err != nil {
			t.Errorf("%s, %v, want %s", got, err, want)
		}
	}
	if got, err := getOpt(t.Context(), s.gadgets(), nil, readInt[int64], nil); !got.IsZero() || err == nil {
		t.Errorf("%s, %v, want an error", got, err)
	}
}
