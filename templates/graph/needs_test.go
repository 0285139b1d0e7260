package graph

import (
	"net/http"
	"testing"
)

// A call that lacks what it needs is an error that names it, and nothing is sent.
func TestNeeds(t *testing.T) {
	sent := 0
	_, c := serveHandler(t, func(w http.ResponseWriter, _ *http.Request) {
		sent++
		w.WriteHeader(http.StatusNoContent)
	})
	view := func() *resource {
		return c.at("/people").byKey("person-id", "a b").add("/view").needsOptions("from", "to")
	}
	tests := map[string]struct {
		r    *resource
		q    []pair
		opts []CallOption
		want string
	}{
		"none":              {view(), nil, nil, "POST /people/{person-id}/view: the option from is required"},
		"one":               {view(), []pair{{name: "from", value: "1"}}, nil, "POST /people/{person-id}/view: the option to is required"},
		"an empty one":      {view(), []pair{{name: "from", value: "1"}, {name: "to", value: ""}}, nil, "POST /people/{person-id}/view: the option to is required"},
		"all":               {view(), []pair{{name: "from", value: "1"}, {name: "to", value: "2"}}, nil, ""},
		"one by Query":      {view(), []pair{{name: "from", value: "1"}}, []CallOption{Query("to", "2")}, ""},
		"taken by Query":    {view(), []pair{{name: "from", value: "1"}, {name: "to", value: "2"}}, []CallOption{Query("from", "3")}, ""},
		"a write":           {c.at("/people").needsQuery("reason"), nil, nil, "POST /people: the query parameter reason is required; set it with Query"},
		"a write with it":   {c.at("/people").needsQuery("reason"), nil, []CallOption{Query("reason", "x")}, ""},
		"a header":          {c.at("/people").needsHeaders("if-match"), nil, nil, "POST /people: the header if-match is required; set it with IfMatch"},
		"a header with it":  {c.at("/people").needsHeaders("if-match"), nil, []CallOption{IfMatch("*")}, ""},
		"another header":    {c.at("/people").needsHeaders("X-Reason"), nil, nil, "POST /people: the header X-Reason is required; set it with Header"},
		"what is always":    {c.at("/people").needsHeaders("client-request-id"), nil, nil, ""},
		"query and headers": {c.at("/people").needsQuery("a").needsHeaders("b"), nil, []CallOption{Query("a", "1")}, "POST /people: the header b is required; set it with Header"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			before := sent
			x, err := test.r.exchange(http.MethodPost, query{pairs: test.q}, test.opts)
			if err == nil {
				_, err = c.fetch(t.Context(), x)
			}
			got := ""
			if err != nil {
				got = err.Error()
			}
			if got != test.want {
				t.Errorf("error %q, want %q", got, test.want)
			}
			if arrived := sent > before; arrived != (test.want == "") {
				t.Errorf("sent is %t", arrived)
			}
		})
	}
}
