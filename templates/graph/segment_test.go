package graph

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestSegments(t *testing.T) {
	path := func(value string) func(r *resource) *resource {
		return func(r *resource) *resource { return r.byPath("{item-path}", keyArg{"item-path", value}) }
	}
	for _, test := range []struct {
		name  string
		build func(r *resource) *resource
		want  string
		err   string
	}{
		{"address", path("a b/c#1.txt"), "/gadgets:/a%20b/c%231.txt", ""},
		{"address that goes on", func(r *resource) *resource { return path("a")(r).add("/content") }, "/gadgets:/a:/content", ""},
		{"address and a key", func(r *resource) *resource { return path("a")(r).byKey("id", "b") }, "/gadgets:/a:/b", ""},
		{"address that is closed", func(r *resource) *resource { return path("a")(r).closed() }, "/gadgets:/a:", ""},
		{"address with text", func(r *resource) *resource {
			return r.byPath("x/{y}/{z}.txt", keyArg{"y", int32(7)}, keyArg{"z", "{y}/o"}).add("/content")
		}, "/gadgets:/x/7/%7By%7D/o.txt:/content", ""},
		{"address with a colon", path("a:/b:"), "/gadgets:/a%3A/b%3A", ""},
		{"empty address", path(""), "", "the path after /gadgets: item-path is empty"},
		{"rooted address", path("/a"), "", "the path after /gadgets: a segment of it is empty; it begins and ends without a slash, as in Documents/report.txt"},
		{"address that climbs", path("a/../b"), "", `the path after /gadgets: it has the segment "..", which has another meaning in a path`},
		{"address that climbs by backslash", path(`a\..\b`), "", `the path after /gadgets: it has the segment "..", which has another meaning in a path`},
		{"address that is OData's", path("a/$value"), "", `the path after /gadgets: it has the segment "$value", which has another meaning in a path`},
		{"address with a zero byte", path("a\x00"), "", "the path after /gadgets: item-path: the text holds a zero byte"},
		{"template", func(r *resource) *resource { return r.byTemplate("{a}.{b}", keyArg{"a", "x/y"}, keyArg{"b", "tar.gz"}) },
			"/gadgets/x%2Fy.tar.gz", ""},
		{"template of dots", func(r *resource) *resource { return r.byTemplate("{a}{b}", keyArg{"a", "."}, keyArg{"b", "."}) },
			"", `the segment {a}{b} after /gadgets: ".." has another meaning in a path`},
		{"template with nothing", func(r *resource) *resource { return r.byTemplate("{a}.x", keyArg{"a", ""}) },
			"", "the segment {a}.x after /gadgets: a is empty"},
		{"key in parentheses", func(r *resource) *resource { return r.byKeyInParens("id", "o'neil/") }, "/gadgets('o''neil%2F')", ""},
		{"number in parentheses", func(r *resource) *resource { return r.byKeyInParens("id", int64(math.MinInt64)) }, "/gadgets(-9223372036854775808)", ""},
		{"bare key", func(r *resource) *resource { return r.byKeyInParens("id", bare("05F59CEC-a742")) }, "/gadgets(05F59CEC-a742)", ""},
		{"bare key that ends itself", func(r *resource) *resource { return r.byKeyInParens("id", bare("1)/x")) },
			"", "the key after /gadgets: the value stands without quotes, and so it can have only letters, digits and -._:+"},
		{"empty bare key", func(r *resource) *resource { return r.byKeyInParens("id", bare("")) }, "", "the key after /gadgets: the key is empty"},
		{"empty key in parentheses", func(r *resource) *resource { return r.byKeyInParens("id", "") }, "", "the key after /gadgets: the key is empty"},
	} {
		r := test.build((&Client{}).at("/gadgets"))
		got := ""
		if r.err != nil {
			got = r.err.Error()
		}
		if got != test.err || test.err == "" && r.path != test.want {
			t.Errorf("%s: %s, %q; want %s, %q", test.name, r.path, got, test.want, test.err)
		}
	}
}

// What logs show has the names of what was given.
func TestSegmentTemplates(t *testing.T) {
	r := (&Client{}).at("/a").byKeyInParens("Login", "x").add("/root").byPath("{p}", keyArg{"p", "y/z"}).add("/c").byTemplate("{n}.txt", keyArg{"n", "w"})
	if want := "/a({Login})/root:/{p}:/c/{n}.txt"; r.template != want || r.err != nil {
		t.Errorf("%s, %v", r.template, r.err)
	}
}

func TestJSONArguments(t *testing.T) {
	find := []overload{{"find(ids=@ids,n={n})", []string{"ids", "n"}}, {"find(ids=@ids)", []string{"ids"}}, {"find(n={n})", []string{"n"}}, {"find()", nil}}
	for _, test := range []struct {
		name, want string
		args       []funcArg
	}{
		{"list of text", `/gadgets/find(ids=@ids)?@ids=["a","b'\"c"]`, []funcArg{listArgument("ids", []string{"a", `b'"c`}, writeTextArgument[string])}},
		{"empty list", "/gadgets/find(ids=@ids)?@ids=[]", []funcArg{listArgument("ids", []int32{}, writeIntValue[int32])}},
		{"no list", "/gadgets/find()?", []funcArg{listArgument[int32]("ids", nil, writeIntValue[int32])}},
		{"list whose place is the path", "/gadgets/find(n=@n)?@n=[1,2]", []funcArg{listArgument("n", []int32{1, 2}, writeIntValue[int32])}},
		{"object", `/gadgets/find(ids=@ids)?@ids={"id":"x"}`, []funcArg{modelArgument("ids", &gadget{ID: "x"}, "")}},
		{"no object", "/gadgets/find()?", []funcArg{modelArgument("ids", (*gadget)(nil), "")}},
		{"objects", `/gadgets/find(ids=@ids)?@ids=[{"id":"x"}]`, []funcArg{modelsArgument("ids", []*gadget{{ID: "x"}}, "")}},
		{"objects and none", "/gadgets/find(ids=@ids)?@ids=[null]", []funcArg{modelsArgument("ids", []*gadget{nil}, "")}},
		{"JSON", `/gadgets/find(ids=@ids)?@ids={"a":1}`, []funcArg{rawArgument("ids", json.RawMessage(`{"a":1}`))}},
	} {
		r := (&Client{}).at("/gadgets").call("find", find, test.args)
		var query []string
		for _, p := range r.query {
			query = append(query, p.name+"="+p.value)
		}
		if diff := cmp.Diff(test.want, r.path+"?"+strings.Join(query, "&")); diff != "" || r.err != nil {
			t.Errorf("%s: %v\n%s", test.name, r.err, diff)
		}
	}
	for name, arg := range map[string]funcArg{
		"a zero byte": listArgument("ids", []string{"a\x00"}, writeTextArgument[string]), "no UTF-8": listArgument("ids", []string{"\xff"}, writeTextArgument[string]),
		"no JSON": rawArgument("ids", json.RawMessage(`{`)),
	} {
		if r := (&Client{}).at("/gadgets").call("find", find, []funcArg{arg}); r.err == nil {
			t.Errorf("%s is sent as %v", name, r.query)
		}
	}
}
