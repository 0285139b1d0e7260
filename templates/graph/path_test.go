package graph

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestPaths(t *testing.T) {
	access := []overload{{"test.hasAccess(userId='@userId',tenantId='@tenantId',on=@on)", []string{"userId", "tenantId", "on"}}}
	report := []overload{
		{"test.getReport(period='{period}')", []string{"period"}},
		{"test.getReport(date={date})", []string{"date"}},
		{"test.getReport(date={date},top={top})", []string{"date", "top"}},
		{"test.getReport()", nil},
	}
	tests := []struct {
		name  string
		build func(r *resource) *resource
		want  string
		err   string
	}{
		{name: "segments", build: func(r *resource) *resource { return r.byKey("id", "19:a@thread.v2").add("/parts").byKey("id", "M/A==") },
			want: "/v1.0/gadgets/19:a@thread.v2/parts/M%2FA=="},
		{name: "key with everything", build: func(r *resource) *resource { return r.byKey("id", "o'neil#EXT#@a b/é?%.com") },
			want: "/v1.0/gadgets/o%27neil%23EXT%23@a%20b%2F%C3%A9%3F%25.com"},
		{name: "key of dots", build: func(r *resource) *resource { return r.byKey("id", "...") }, want: "/v1.0/gadgets/..."},
		{name: "empty key", build: func(r *resource) *resource { return r.byKey("id", "").add("/parts").byKey("id", "") }, err: "the key after /gadgets is empty"},
		{name: "this folder", build: func(r *resource) *resource { return r.byKey("id", ".") },
			err: `the key after /gadgets is ".", which has another meaning in a path`},
		{name: "parent folder", build: func(r *resource) *resource { return r.byKey("id", "..") },
			err: `the key after /gadgets is "..", which has another meaning in a path`},
		{name: "alternate key", build: func(r *resource) *resource { return r.byAlternateKey(keyArg{"appId", "o'neil/#"}) },
			want: "/v1.0/gadgets(appId='o''neil%2F%23')"},
		{name: "composite key", build: func(r *resource) *resource {
			return r.byAlternateKey(keyArg{"a", 5}, keyArg{"b", true}, keyArg{"c", GUID("8b081ef6-4792-4def-b2c9-c363a1bf41d5")})
		}, want: "/v1.0/gadgets(a=5,b=true,c=8b081ef6-4792-4def-b2c9-c363a1bf41d5)"},
		{name: "empty alternate key", build: func(r *resource) *resource { return r.byAlternateKey(keyArg{"appId", ""}) },
			err: "appId after /gadgets: the key is empty"},
		{name: "alternate key without a literal", build: func(r *resource) *resource { return r.byAlternateKey(keyArg{"appId", struct{}{}}) },
			err: "appId after /gadgets: a value of type struct {} has no OData literal"},
		{name: "function", build: func(r *resource) *resource { return r.call("getReport", report, nil) }, want: "/v1.0/gadgets/test.getReport()"},
		{name: "quoted argument", build: func(r *resource) *resource {
			return r.call("getReport", report, []funcArg{{"period", "D7',x='", true}, {"date", "", false}})
		}, want: "/v1.0/gadgets/test.getReport(period='D7'',x=''')"},
		{name: "quoted number", build: func(r *resource) *resource {
			return r.call("getReport", report, []funcArg{{"period", 7, true}})
		}, want: "/v1.0/gadgets/test.getReport(period='7')"},
		{name: "bare arguments", build: func(r *resource) *resource {
			return r.call("getReport", report, []funcArg{{"top", 5, true}, {"date", Date{2024, 5, 1}, true}})
		}, want: "/v1.0/gadgets/test.getReport(date=2024-05-01,top=5)"},
		{name: "bare text", build: func(r *resource) *resource {
			return r.call("getReport", report, []funcArg{{"date", "05F59CEC-a742-4a50-a62e-202a57e478a4", true}})
		}, want: "/v1.0/gadgets/test.getReport(date=05F59CEC-a742-4a50-a62e-202a57e478a4)"},
		{name: "bare text that ends itself", build: func(r *resource) *resource {
			return r.call("getReport", report, []funcArg{{"date", "'1'),x('", true}})
		}, err: "getReport: date: the value stands without quotes, and so it can have only letters, digits and -._:+"},
		{name: "empty bare text", build: func(r *resource) *resource {
			return r.call("getReport", report, []funcArg{{"date", "", true}})
		}, err: "getReport: date: the value stands without quotes, and so it can have only letters, digits and -._:+"},
		{name: "missing argument", build: func(r *resource) *resource {
			return r.call("getReport", report, []funcArg{{"top", 5, true}})
		}, err: "getReport takes the arguments (period) or (date) or (date, top) or (), but only top is set"},
		{name: "too many arguments", build: func(r *resource) *resource {
			return r.call("getReport", report[:1], []funcArg{{"top", 5, true}, {"period", "D7", true}})
		}, err: "getReport takes the arguments (period), but top and period are set"},
		{name: "no argument", build: func(r *resource) *resource { return r.call("getReport", report[:1], []funcArg{{"period", "", false}}) },
			err: "getReport takes the arguments (period), but none is set"},
		{name: "argument without a literal", build: func(r *resource) *resource {
			return r.call("getReport", report, []funcArg{{"period", struct{}{}, true}})
		}, err: "getReport: period: a value of type struct {} has no OData literal"},
		{name: "aliases", build: func(r *resource) *resource {
			return r.call("hasAccess", access, []funcArg{{"userId", "o'neil&x=#", true}, {"tenantId", "", false}, {"on", true, true}})
		}, want: "/v1.0/gadgets/test.hasAccess(userId=@userId,on=@on)?@userId='o''neil%26x%3D%23'&@on=true"},
		{name: "no alias set", build: func(r *resource) *resource { return r.call("hasAccess", access, nil) }, want: "/v1.0/gadgets/test.hasAccess()"},
		{name: "unknown argument", build: func(r *resource) *resource { return r.call("hasAccess", access, []funcArg{{"x", 1, true}}) },
			err: "hasAccess takes the arguments (userId, tenantId, on), but only x is set"},
		{name: "what follows a function", build: func(r *resource) *resource {
			return r.call("getReport", report, nil).add("/$count")
		}, want: "/v1.0/gadgets/test.getReport()/$count"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			s := serve(t, reply{body: `{"id":"1"}`})
			_, err := getOne(t.Context(), test.build(s.gadgets()), nil, readGadget, nil)
			if err != nil {
				var got string
				if r := test.build(s.gadgets()); r.err != nil {
					got = r.err.Error()
				}
				if got != test.err || len(s.sent()) > 0 {
					t.Errorf("error %q (%v), want %q; %d requests", got, err, test.err, len(s.sent()))
				}
				return
			}
			if diff := cmp.Diff([]string{"GET " + test.want}, s.lines()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestRequestsAreValues: a builder that is used twice gives the same path twice.
func TestRequestsAreValues(t *testing.T) {
	base := (&resource{path: "/a"}).call("f", []overload{{"f(x=@x)", []string{"x"}}}, []funcArg{{"x", 1, true}})
	call := func(n int) *resource {
		return base.call("g", []overload{{"g(y=@y)", []string{"y"}}}, []funcArg{{"y", n, true}})
	}
	first, second := call(1), call(2)
	got := []string{encodePairs(base.query), encodePairs(first.query), encodePairs(second.query), first.path}
	if diff := cmp.Diff([]string{"@x=1", "@x=1&@y=1", "@x=1&@y=2", "/a/f(x=@x)/g(y=@y)"}, got); diff != "" {
		t.Error(diff)
	}
}

// TestTemplates: the template has the names of what the path has the values of, and nothing that a caller gave.
func TestTemplates(t *testing.T) {
	report := []overload{{"test.getReport(period='{period}')", []string{"period"}}}
	r := (&Client{}).at("/gadgets").byKey("gadget-id", "a b").add("/parts").byAlternateKey(keyArg{"sku", "x"}, keyArg{"n", 5}).
		call("getReport", report, []funcArg{{"period", "D7", true}}).paced(2 * time.Second).add("/$count")
	got := []any{r.path, r.template, r.pause}
	want := []any{"/gadgets/a%20b/parts(sku='x',n=5)/test.getReport(period='D7')/$count",
		"/gadgets/{gadget-id}/parts(sku={sku},n={n})/test.getReport(period='{period}')/$count", 2 * time.Second}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}
