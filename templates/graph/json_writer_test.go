package graph

import (
	"bytes"
	"encoding/json"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// wantString is how encoding/json writes s when it does not escape for HTML.
func wantString(t *testing.T, s string) string {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	if err := e.Encode(s); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

var stringSeeds = []string{
	"", "a", "seven77", "eight888", "nine99999", "a\"b", `a\b`, "\b\f\n\r\t\x00\x1f\x7f", "<&>", "é", "日本語", "\U0001F600",
	"\u2028 \u2029", "\xff", "a\xc3", "\xed\xa0\x80", "12345678\"", "1234567\"", "12345678\x1f12345678", "1234567é12345678", "\ufffd",
	"a\x80\"", "\x01\x21", "!\"#\x1f !\\]^", strings.Repeat("x", 100) + "\n", "''",
}

func checkString(t *testing.T, s string) {
	if got, want := string(appendString(nil, s)), wantString(t, s); got != want {
		t.Errorf("%q is written %s, want %s", s, got, want)
	}
	if n := plainLen(s); strings.ContainsFunc(s[:n], func(c rune) bool { return c < ' ' || c > 0x7f || c == '"' || c == '\\' }) {
		t.Errorf("plainLen(%q) = %d", s, n)
	}
}

func TestStrings(t *testing.T) {
	for _, s := range stringSeeds {
		checkString(t, s)
	}
	for c := range 256 { // each byte at each place of a word
		for place := range 9 {
			s := []byte("abcdefghi")
			s[place] = byte(c)
			checkString(t, string(s))
		}
	}
}

func FuzzString(f *testing.F) {
	for _, s := range stringSeeds {
		f.Add(s)
	}
	f.Fuzz(checkString)
}

func TestAdditionalProperties(t *testing.T) {
	raw := func(s string) json.RawMessage { return json.RawMessage(s) }
	for _, test := range []struct {
		name string
		in   *widget
		want string // JSON, or the error after "error: "
	}{
		{"sorted after the fields", &widget{ID: "1", AdditionalProperties: map[string]json.RawMessage{"z": raw(`1`), "a@b.c": raw(`{"d":[null]}`), "m": raw(` "x" `)}},
			`{"id":"1","a@b.c":{"d":[null]},"m": "x" ,"z":1}`},
		{"alone", &widget{AdditionalProperties: map[string]json.RawMessage{"a": raw(`true`)}}, `{"a":true}`},
		{"a name with escapes", &widget{AdditionalProperties: map[string]json.RawMessage{"a\"\n": raw(`1`), "": raw(`2`)}}, `{"":2,"a\"\n":1}`},
		{"the field that is present wins", &widget{ID: "1", AdditionalProperties: map[string]json.RawMessage{"id": raw(`"2"`)}}, `{"id":"1"}`},
		{"also if it is null", &widget{Title: Null[string](), AdditionalProperties: map[string]json.RawMessage{"title": raw(`"2"`)}}, `{"title":null}`},
		{"a field that is absent does not", &widget{AdditionalProperties: map[string]json.RawMessage{"id": raw(`"2"`)}}, `{"id":"2"}`},
		{"nor one of a value inside", &widget{Size: &extent{Width: Some[int32](5)}, AdditionalProperties: map[string]json.RawMessage{"width": raw(`7`)}},
			`{"size":{"width":5},"width":7}`},
		{"nor one in a string", &widget{Title: Some(`"x":`), AdditionalProperties: map[string]json.RawMessage{"x": raw(`7`)}}, `{"title":"\"x\":","x":7}`},
		{"a bind", &widget{Maker: bindMaker("1"), AdditionalProperties: map[string]json.RawMessage{"maker@odata.bind": raw(`"x"`)}},
			`{"maker@odata.bind":"https://graph.microsoft.com/v1.0/makers('1')"}`},
		{"not JSON", &widget{AdditionalProperties: map[string]json.RawMessage{"a": raw(`{`)}}, `error: json: a: the json.RawMessage is not one JSON value`},
		{"more than JSON", &widget{AdditionalProperties: map[string]json.RawMessage{"a": raw(`1,"b":2`)}}, `error: json: a: the json.RawMessage is not one JSON value`},
		{"empty", &widget{AdditionalProperties: map[string]json.RawMessage{"a": nil}}, `error: json: a: the json.RawMessage is not one JSON value`},
		{"not JSON inside", &widget{Parts: []anyPart{&part{AdditionalProperties: map[string]json.RawMessage{"a": raw(`x`)}}}},
			`error: json: parts[0].a: the json.RawMessage is not one JSON value`},
	} {
		t.Run(test.name, func(t *testing.T) {
			if diff := cmp.Diff(test.want, jsonOrError(marshal(test.in))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func jsonOrError(data []byte, err error) string {
	if err != nil {
		return "error: " + err.Error()
	}
	return string(data)
}

func TestWriterGrows(t *testing.T) {
	title := strings.Repeat("long ", 10_000)
	data, err := marshal(&widget{Title: Some(title)})
	if want := `{"title":"` + title + `"}`; err != nil || string(data) != want {
		t.Errorf("got %d bytes, %v; want %d", len(data), err, len(want))
	}
}

func TestDeepValues(t *testing.T) {
	nested := func(depth int) *sheet {
		v := new(sheet)
		for range depth - 1 {
			v = &sheet{Child: v}
		}
		return v
	}
	data, err := marshal(nested(10_000))
	if err != nil {
		t.Fatal(err)
	}
	var back sheet
	if err := json.Unmarshal(data, &back); err != nil {
		t.Errorf("10,000 levels: %v", err)
	}
	loop := new(sheet)
	loop.Child = loop
	want := "json: " + strings.TrimSuffix(strings.Repeat("child.", 20), ".") + ": the value nests more than 10,000 deep; does it contain itself?"
	if _, err := marshal(loop); err == nil || err.Error() != want {
		t.Errorf("a loop: %v, want %s", err, want)
	}
}

func TestAppendJSON(t *testing.T) {
	if data, err := appendJSON(nil, "https://x"); data != nil || err != nil {
		t.Errorf("no body: %q, %v", data, err)
	}
	data, err := appendJSON((&widget{Maker: bindMaker("1")}).body(), "http://127.0.0.1:8080/beta")
	if want := `{"maker@odata.bind":"http://127.0.0.1:8080/beta/makers('1')"}`; string(data) != want || err != nil {
		t.Errorf("got %s, %v; want %s", data, err, want)
	}
	if data, err := appendJSON((&widget{Maker: bindMaker("")}).body(), "https://x"); data != nil || err == nil {
		t.Errorf("a fault: %q, %v", data, err)
	}
}

// A property's key is JSON in generated code, whatever its name.
func TestKeyName(t *testing.T) {
	for _, name := range []string{"topic", "", "@odata.type", `a"b`, `c\d`, "e<f", "gé", "\x01\n", "\u2028", `\u0041`} {
		if got := keyName(keyText(name)); got != name {
			t.Errorf("the name in %s is %q, want %q", keyText(name), got, name)
		}
	}
}

// TestWritersInTurn: a writer is used again, by whichever goroutine, and what it wrote before stays as it was.
func TestWritersInTurn(t *testing.T) {
	var group sync.WaitGroup
	for i := range 8 {
		group.Go(func() {
			value := &part{ID: strings.Repeat(strconv.Itoa(i), 1<<(i+10)), Label: Some("n")} // of some, too much to be kept
			first := textOf(t, value)
			for range 50 {
				if got := textOf(t, value); got != first || got != `{"id":"`+value.ID+`","label":"n"}` {
					t.Errorf("%d became %.40s", i, got)
					return
				}
			}
		})
	}
	group.Wait()
}
