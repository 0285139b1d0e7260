package tidy

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// operations reads "GET /a" and so on.
func operations(texts ...string) []Operation {
	var all []Operation
	for _, text := range texts {
		method, path, _ := strings.Cut(text, " ")
		all = append(all, Operation{method, path})
	}
	return all
}

func TestNarrow(t *testing.T) {
	slice := operations("GET /a", "POST /a", "GET /a/{a-id}", "PATCH /a/{a-id}", "POST /a/{a-id}/x.clone", "GET /b")
	tests := map[string]struct {
		include, keep, used []string
		by                  map[string][]string
		gone                []string
		empty               bool
	}{
		"all of a pattern":     {[]string{"/a#GET"}, nil, []string{"GET /a"}, map[string][]string{"/a#GET": {"/a#GET"}}, nil, false},
		"a part of a pattern":  {[]string{"/a/**"}, nil, []string{"GET /a", "POST /a", "PATCH /a/{}"}, map[string][]string{"/a/**": {"/a#GET,POST", "/a/{a-id}#PATCH"}}, []string{"GET /a/{a-id}", "POST /a/{a-id}/x.clone"}, false},
		"nothing of a pattern": {[]string{"/a/**", "/b"}, nil, []string{"GET /b"}, map[string][]string{"/a/**": nil, "/b": {"/b"}}, []string{"GET /a", "POST /a", "GET /a/{a-id}", "PATCH /a/{a-id}", "POST /a/{a-id}/x.clone"}, false},
		"of two patterns":      {[]string{"/a#GET", "/a/**"}, nil, []string{"GET /a", "GET /a/{}"}, map[string][]string{"/a#GET": {"/a#GET"}, "/a/**": {"/a/{a-id}#GET"}}, []string{"POST /a", "PATCH /a/{a-id}", "POST /a/{a-id}/x.clone"}, false},
		"what is kept":         {[]string{"/a/**"}, []string{"/a/{id}/clone", "/b"}, []string{"GET /a"}, map[string][]string{"/a/**": {"/a#GET"}}, []string{"POST /a", "GET /a/{a-id}", "PATCH /a/{a-id}"}, false},
		"nothing at all":       {[]string{"/a#GET"}, nil, nil, map[string][]string{"/a#GET": nil}, []string{"GET /a"}, true},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			used := map[string]bool{}
			for _, key := range test.used {
				used[key] = true
			}
			selected := slices.DeleteFunc(slices.Clone(slice), func(op Operation) bool { // a slice has no more than its patterns
				n, err := Narrow(Slice{Include: append(slices.Clone(test.include), test.keep...), Operations: []Operation{op}}, map[string]bool{op.Key(): true})
				return err != nil || n.Empty
			})
			got, err := Narrow(Slice{test.include, test.keep, selected}, used)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(Narrowing{test.by, operations(test.gone...), test.empty}, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
	if _, err := Narrow(Slice{Include: []string{"a"}}, nil); err == nil {
		t.Error("a pattern that cannot be read is no error")
	}
}

func TestBelow(t *testing.T) {
	all := operations("POST /a/{a-id}/b", "GET /a/{a-id}/b", "GET /ab")
	for path, want := range map[string]string{"/a": "GET /a/{a-id}/b", "/a/{other}": "GET /a/{a-id}/b", "/ab": "GET /ab", "/c": ""} {
		got, ok := Below(all, path)
		if text := got.Method + " " + got.Path; ok != (want != "") || ok && text != want {
			t.Errorf("%s: got %q, want %q", path, text, want)
		}
	}
}
