package graph

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestQuery(t *testing.T) {
	loop := []Expand{{Property: "a"}}
	loop[0].Expand = loop
	tests := []struct {
		name  string
		build func(q *query)
		want  string
		err   string
	}{
		{name: "nothing", build: func(q *query) {
			q.int("$top", 0)
			q.string("$search", "")
			q.bool("$count", false)
			q.filter("$filter", "")
			q.strings("$select", nil)
			q.expand("$expand", nil)
			queryOpt(q, "a", Opt[int]{})
			queryOpt(q, "b", Opt[bool]{})
			queryOpt(q, "c", Opt[time.Time]{})
			queryOpt(q, "d", Opt[string]{})
		}},
		{name: "the order of the calls", build: func(q *query) {
			q.int("$top", 50)
			q.bool("$count", true)
			q.strings("$select", []string{"id", "displayName"})
			q.int("$skip", 5)
		}, want: "$top=50&$count=true&$select=id,displayName&$skip=5"},
		{name: "zero values that are set", build: func(q *query) {
			queryOpt(q, "a", Some(0))
			queryOpt(q, "b", Some(false))
			queryOpt(q, "c", Some(time.Date(2024, 5, 1, 12, 0, 0, 500e6, time.FixedZone("", 7200))))
			queryOpt(q, "d", Some(""))
			queryOpt(q, "e", Some(int64(9007199254740993)))
		}, want: "a=0&b=false&c=2024-05-01T12:00:00.5%2B02:00&d=&e=9007199254740993"},
		{name: "null", build: func(q *query) { queryOpt(q, "a", Null[int]()) }, err: "a: null cannot be sent in a query"},
		{name: "what could start another parameter", build: func(q *query) {
			q.string("$search", `"a&b=c#d+e;f%20g é"`)
		}, want: "$search=%22a%26b%3Dc%23d%2Be%3Bf%2520g%20%C3%A9%22"},
		{name: "a name that could", build: func(q *query) { q.string("a&b=c", "d") }, want: "a%26b%3Dc=d"},
		{name: "filter", build: func(q *query) {
			q.filter("$filter", Filterf("topic eq %s", "Contoso's & more"))
		}, want: "$filter=topic%20eq%20'Contoso''s%20%26%20more'"},
		{name: "faulty filter", build: func(q *query) { q.filter("$filter", Filterf("topic eq %s", struct{}{})) },
			err: "$filter: filter: argument 1: a value of type struct {} has no OData literal"},
		{name: "order", build: func(q *query) { q.strings("$orderby", []string{"name desc", "id"}) },
			want: "$orderby=name%20desc,id"},
		{name: "two in one item", build: func(q *query) { q.strings("$select", []string{"id,name"}) },
			err: `$select: "id,name" is not a property's name: it holds ','; give each name as an item of its own`},
		{name: "empty item", build: func(q *query) { q.strings("$select", []string{""}) }, err: "$select: a name is empty"},
		{name: "empty order", build: func(q *query) { q.strings("$orderby", []string{""}) }, err: "$orderby: an item is empty"},
		{name: "the first error stays", build: func(q *query) {
			q.strings("$select", []string{""})
			queryOpt(q, "a", Null[int]())
		}, err: "$select: a name is empty"},
		{name: "expand", build: func(q *query) {
			q.expand("$expand", []Expand{{Property: "members"}, {Property: "test.ns/tabs"}})
		}, want: "$expand=members,test.ns/tabs"},
		{name: "expand with everything", build: func(q *query) {
			q.expand("$expand", []Expand{{
				Property: "members",
				Select:   []string{"displayName"},
				Expand:   []Expand{{Property: "user", Select: []string{"id"}}},
				Filter:   Filterf("name eq %s", "a;b)'"),
				OrderBy:  []string{"name desc"},
				Top:      5, Skip: 2, Count: true,
				Search: `"a;)"`,
				Levels: 2,
			}})
		}, want: "$expand=members($select%3DdisplayName%3B$expand%3Duser($select%3Did)%3B$filter%3Dname%20eq%20'a%3Bb)'''%3B" +
			"$orderby%3Dname%20desc%3B$top%3D5%3B$skip%3D2%3B$count%3Dtrue%3B$search%3D%22a%3B)%22%3B$levels%3D2)"},
		{name: "levels", build: func(q *query) { q.expand("$expand", []Expand{{Property: "manager", Levels: LevelsMax}}) },
			want: "$expand=manager($levels%3Dmax)"},
		{name: "expand nothing", build: func(q *query) { q.expand("$expand", []Expand{{}}) }, err: "$expand: a name is empty"},
		{name: "expand two in one", build: func(q *query) { q.expand("$expand", []Expand{{Property: "a($top=1)"}}) },
			err: `$expand: "a($top=1)" is not a property's name: it holds '('; give each name as an item of its own`},
		{name: "filter that closes the parenthesis", build: func(q *query) {
			q.expand("$expand", []Expand{{Property: "a", Filter: "x eq 1),b($top=1"}})
		}, err: "$expand: a: $filter: a quote or parenthesis is not closed, or a semicolon stands outside of quotes"},
		{name: "filter with another option", build: func(q *query) {
			q.expand("$expand", []Expand{{Property: "a", Filter: "x eq 1;$top=1"}})
		}, err: "$expand: a: $filter: a quote or parenthesis is not closed, or a semicolon stands outside of quotes"},
		{name: "search with an open quote", build: func(q *query) {
			q.expand("$expand", []Expand{{Property: "a", Search: `"x`}})
		}, err: "$expand: a: $search: a quote or parenthesis is not closed, or a semicolon stands outside of quotes"},
		{name: "nested error", build: func(q *query) {
			q.expand("$expand", []Expand{{Property: "a", Expand: []Expand{{Property: "b", Select: []string{"c d"}}}}})
		}, err: `$expand: a: b: $select: "c d" is not a property's name: it holds ' '; give each name as an item of its own`},
		{name: "expand itself", build: func(q *query) { q.expand("$expand", []Expand{{Property: "a", Expand: loop}}) },
			err: "$expand: a: " + strings.Repeat("a: ", 31) + "more than 32 levels"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var q query
			test.build(&q)
			if got := errorText(q.err); got != test.err {
				t.Fatalf("error\n%s, want\n%s", got, test.err)
			}
			if got := encodePairs(q.pairs); q.err == nil && got != test.want {
				t.Errorf("got\n%s, want\n%s", got, test.want)
			}
		})
	}
}

func TestEncodePairsTakesTheLastOfAName(t *testing.T) {
	got := encodePairs([]pair{{name: "$top", value: "1"}, {name: "$skip", value: "2"}}, nil, []pair{{name: "$top", value: "3"}, {name: "x", value: ""}, {name: "$top", value: "4"}})
	if diff := cmp.Diff("$top=4&$skip=2&x=", got); diff != "" {
		t.Error(diff)
	}
}

func TestQueryLists(t *testing.T) {
	var q query
	q.list("ids", []string{"1", "2&3"}, "&")
	q.list("one", []string{"x"}, "&")
	q.list("none", nil, "&")
	q.list("tags", []string{"a", "b"}, "|")
	q.list("taken", []string{"a", "b"}, "&")
	q.strings("sort", []string{"a", "b"})
	got := encodePairs(q.pairs, []pair{{name: "taken", value: "c"}})
	if diff := cmp.Diff("ids=1&ids=2%263&one=x&tags=a%7Cb&taken=c&sort=a,b", got); diff != "" || q.err != nil {
		t.Error(diff, q.err)
	}
	if q.list("ids", []string{"1", ""}, "&"); q.err == nil {
		t.Error("an empty item is no fault")
	}
}

// Options that can be compared today could not be any more once a list is among them.
func TestOptionsCannotBeCompared(t *testing.T) {
	if reflect.TypeFor[gadgetOptions]().Comparable() {
		t.Error("they can")
	}
}

// gadgetOptions are as those that are generated.
type gadgetOptions struct {
	_   growing
	Top int
}

func (o *gadgetOptions) query(q *query) { q.int("$top", o.Top) }

// asked is a query as the options of a call.
type asked query

func (a *asked) query(q *query) { *q = query(*a) }

func TestQueryOf(t *testing.T) {
	for want, options := range map[string]querier{"": (*gadgetOptions)(nil), "$top=5": &gadgetOptions{Top: 5}} {
		q := queryOf(options)
		if got := encodePairs(q.pairs); got != want || q.err != nil {
			t.Errorf("%v asks for %q, %v; want %q", options, got, q.err, want)
		}
	}
}

func TestIsKnown(t *testing.T) {
	if !isKnown("red", []string{"green", "red"}) || isKnown("Red", []string{"green", "red"}) || isKnown("", nil) {
		t.Error("a value is known if it is one of those that are, to the letter")
	}
}
