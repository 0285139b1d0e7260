package permissions

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// text writes a rule on one line: what is least | as good < what is accepted as well.
func (r Rule) text() string {
	var parts []string
	for _, g := range []struct {
		name string
		Grants
	}{{"work", r.Delegated}, {"personal", r.Personal}, {"app", r.Application}, {"rsc", r.ResourceSpecific}} {
		if g.Empty() {
			continue
		}
		text := g.name + " " + strings.Join(g.Least, " | ")
		if g.Unmarked {
			text += " (unmarked)"
		}
		if len(g.Other) > 0 {
			text += " < " + strings.Join(g.Other, ", ")
		}
		parts = append(parts, text)
	}
	if r.From != "" {
		parts = append(parts, "from "+r.From)
	}
	return strings.Join(parts, "; ")
}

// library is a table of a small service.
const library = `{"$schema": "any", "permissions": {
  "Books.Read": {"authorizationType": "oAuth2", "schemes": {"DelegatedWork": {"privilegeLevel": 2, "adminDisplayName": "Read", "adminDescription": " Reads\n books.", "userDescription": "x \" \u00e9"}, "DelegatedPersonal": {"privilegeLevel": 1}},
    "pathSets": [{"paths": {"/Books": "least=DelegatedWork,DelegatedPersonal", "/books/{id}/pages": ""}, "schemeKeys": ["DelegatedWork", "DelegatedPersonal"], "methods": ["GET"]},
      {"schemeKeys": ["DelegatedWork"], "methods": ["GET"], "paths": {"/books/nearTo(lon={value},lat={value})": "least=DelegatedWork", "/books(isbn={value})": "least=DelegatedWork",
        "/me/shelf": "least=DelegatedWork", "/shelf/top:/{path}:/text": "least=DelegatedWork", "/books?$filter=x": "least=DelegatedWork"}}]},
  "Books.ReadWrite": {"authorizationType": "oAuth2", "schemes": {"DelegatedWork": {"privilegeLevel": 2, "requiresAdminConsent": true, "adminDisplayName": "Change books"}},
    "pathSets": [{"schemeKeys": ["DelegatedWork"], "methods": ["GET", "POST"], "paths": {"/books": "least=DelegatedWork"}},
      {"schemeKeys": ["DelegatedWork"], "methods": ["DELETE", "PATCH"], "paths": {"/books/{id}": "least=DelegatedWork"}}]},
  "Books.Lend": {"authorizationType": "oAuth2", "schemes": {"Application": {"privilegeLevel": 3}},
    "pathSets": [{"schemeKeys": ["Application"], "methods": ["POST"], "paths": {"/books/{id}/lend": "least=Application;AlsoRequires=Users.Read.All, Groups.Read.All"}}]},
  "Books.Lend.All": {"authorizationType": "oAuth2", "schemes": {"Application": {"privilegeLevel": 4}},
    "pathSets": [{"schemeKeys": ["Application"], "methods": ["POST"], "paths": {"/books/{id}/lend": "", "/books/{id}/return": ""}}]},
  "Books.Some.All": {"authorizationType": "oAuth2", "schemes": {"Application": {"privilegeLevel": 4}},
    "pathSets": [{"schemeKeys": ["Application"], "methods": ["POST"], "paths": {"/books/{id}/return": ""}}]},
  "Book.Lend.Shelf": {"authorizationType": "RSC", "schemes": {"Application": {}},
    "pathSets": [{"schemeKeys": ["Application"], "methods": ["POST"], "paths": {"/books/{id}/return": "least=Application"}}]}
}}`

// libraryIDs are the ids of its permissions.
const libraryIDs = `{"permissionDeployments": {
  "Books.Read": [{"id": "00000000-0000-0000-0000-00000000000A", "scheme": "DelegatedWork", "environment": "PPE"},
    {"id": "00000000-0000-0000-0000-00000000000b", "scheme": "DelegatedWork", "environment": "PPE;public"},
    {"id": "", "scheme": "Application", "environment": "public"}],
  "Other": [{"id": "00000000-0000-0000-0000-00000000000c", "scheme": "Application", "environment": "public"}]
}}`

func readLibrary(t *testing.T) *Table {
	t.Helper()
	table, diags := Read(Input{"ids.json", []byte(libraryIDs)}, Input{"library.json", []byte("\ufeff" + library)})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return table
}

func TestFind(t *testing.T) {
	table := readLibrary(t)
	const lend = "app Books.Lend Users.Read.All | Books.Lend Groups.Read.All < Books.Lend.All"
	tests := map[string]string{
		"GET /books":                         "work Books.Read < Books.ReadWrite; personal Books.Read",
		"POST /BOOKS":                        "work Books.ReadWrite",
		"PATCH /books/{book-id}":             "work Books.ReadWrite",
		"GET /books/{x}/lib.v1.pages":        "work Books.Read (unmarked); personal Books.Read (unmarked)",
		"POST /books/{book-id}/lib.lend":     lend,
		"POST /books/{book-id}/lib.lend()":   lend,
		"POST /books/{book-id}/return":       "app Books.Some.All (unmarked) < Books.Lend.All; rsc Book.Lend.Shelf",
		"GET /books(isbn='{isbn}')":          "work Books.Read",
		"GET /me/shelf":                      "work Books.Read",
		"GET /shelf/top:/{path}:/text":       "work Books.Read",
		"GET /shelf/top:/a/b c.txt:/text":    "work Books.Read",
		"GET /shelf/top/text":                "nothing",
		"GET /users/{user-id}/shelf":         "nothing",
		"GET /books/{book-id}/pages/{n}/ink": "nothing",
		"POST /books/lib.burn":               "nothing",

		"GET /books/lib.nearTo(lat={lat},lon={lon})": "work Books.Read",
		"GET /books/nearTo()":                        "work Books.Read",
		"GET /books/nearTo(lat={lat},far=@far)":      "work Books.Read",

		"GET /books/$count":                     "work Books.Read < Books.ReadWrite; personal Books.Read; from GET /Books",
		"GET /books/{book-id}":                  "work Books.Read < Books.ReadWrite; personal Books.Read; from GET /Books",
		"GET /books/{book-id}/$value":           "work Books.Read < Books.ReadWrite; personal Books.Read; from GET /Books",
		"PUT /books/{book-id}/$value":           "work Books.ReadWrite; from PATCH /books/{id}",
		"PUT /books/{book-id}":                  "work Books.ReadWrite; from PATCH /books/{id}",
		"GET /books/lib.delta()":                "work Books.Read < Books.ReadWrite; personal Books.Read; from GET /Books",
		"POST /books/lib.add":                   "work Books.ReadWrite; from POST /Books",
		"POST /books/lib.remove":                "work Books.ReadWrite; from DELETE /books/{id}",
		"POST /books/{book-id}/lib.add":         "nothing",
		"GET /books/{book-id}/pages/$ref":       "work Books.Read (unmarked); personal Books.Read (unmarked); from GET /books/{id}/pages",
		"POST /books/$ref":                      "work Books.ReadWrite; from DELETE /books/{id}",
		"DELETE /books/{book-id}/$ref":          "work Books.ReadWrite; from DELETE /books/{id}",
		"GET /books/lib.novel":                  "work Books.Read < Books.ReadWrite; personal Books.Read; from GET /Books",
		"GET /books/lib.novel/$count":           "work Books.Read < Books.ReadWrite; personal Books.Read; from GET /Books",
		"POST /books/{book-id}/lib.novel/lend":  lend + "; from POST /books/{id}/lend",
		"DELETE /books(isbn='{isbn}')":          "work Books.ReadWrite; from DELETE /books/{id}",
		"GET /books(isbn='{isbn}')/pages":       "work Books.Read (unmarked); personal Books.Read (unmarked); from GET /books/{id}/pages",
		"GET /books('{book-id}')/pages":         "work Books.Read (unmarked); personal Books.Read (unmarked)",
		"PURGE /books":                          "nothing",
		"GET /":                                 "nothing",
		"GET":                                   "nothing",
		"GET /mine/pages (books)":               "work Books.Read (unmarked); personal Books.Read (unmarked); from GET /books/{id}/pages",
		"GET /mine/pages/$count (books)":        "work Books.Read (unmarked); personal Books.Read (unmarked); from GET /books/{id}/pages",
		"POST /mine/lend (books)":               "nothing", // for applications alone
		"GET /me/shelf:/{path}":                 "work Books.Read; from GET /me/shelf",
		"GET /me/shelf:/a/b c":                  "work Books.Read; from GET /me/shelf",
		"GET /books/{book-id}:/{path}:/pages":   "work Books.Read (unmarked); personal Books.Read (unmarked); from GET /books/{id}/pages",
		"GET /me/shelf:":                        "nothing",
		"GET /books/{book-id}/cover (property)": "work Books.Read < Books.ReadWrite; personal Books.Read; from GET /Books",
		"PUT /books/{book-id}/cover (property)": "work Books.ReadWrite; from PATCH /books/{id}",
	}
	for query, want := range tests {
		query, isProperty := strings.CutSuffix(query, " (property)")
		query, isMine := strings.CutSuffix(query, " (books)")
		method, path, _ := strings.Cut(query, " ")
		got, set := "nothing", ""
		if isMine {
			set = "books"
		}
		if rule, ok := table.Find(Query{Method: method, Path: path, Property: isProperty, Set: set}); ok {
			got = rule.text()
		}
		if got != want {
			t.Errorf("%s: got %s, want %s", query, got, want)
		}
	}
}

// Of two permissions that read the same, the one that changes less is the least: a POST may be an action that only reads.
func TestLeastOfReading(t *testing.T) {
	table, diags := Read(Input{"t.json", []byte(`{"permissions": {
  "A.Change": {"schemes": {"Application": {"privilegeLevel": 2}}, "pathSets": [
    {"schemeKeys": ["Application"], "methods": ["GET"], "paths": {"/a": "least=Application"}},
    {"schemeKeys": ["Application"], "methods": ["PATCH"], "paths": {"/a/{id}": ""}}]},
  "A.Check": {"schemes": {"Application": {"privilegeLevel": 2}}, "pathSets": [
    {"schemeKeys": ["Application"], "methods": ["GET"], "paths": {"/a": "least=Application"}},
    {"schemeKeys": ["Application"], "methods": ["POST"], "paths": {"/a/check": "", "/b/check": ""}}]},
  "A.Both": {"schemes": {"Application": {"privilegeLevel": 2}}, "pathSets": [
    {"schemeKeys": ["Application"], "methods": ["GET"], "paths": {"/b": "least=Application"}},
    {"schemeKeys": ["Application"], "methods": ["POST"], "paths": {"/a/check": ""}}]},
  "A.Check2": {"schemes": {"Application": {"privilegeLevel": 2}}, "pathSets": [
    {"schemeKeys": ["Application"], "methods": ["GET"], "paths": {"/b": "least=Application"}},
    {"schemeKeys": ["Application"], "methods": ["POST"], "paths": {"/a/check": "", "/b/check": ""}}]}
}}`)})
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	for path, want := range map[string]string{"/a": "app A.Check < A.Change", "/b": "app A.Both < A.Check2"} {
		rule, _ := table.Find(Query{Method: "GET", Path: path})
		if got := rule.text(); got != want {
			t.Errorf("GET %s: got %s, want %s", path, got, want)
		}
	}
}

func TestDescribe(t *testing.T) {
	table := readLibrary(t)
	var got []string
	for _, name := range []string{"Books.Read", "Books.ReadWrite", "Books.Lend", "Other", "gone"} {
		for s := Work; s < schemes; s++ {
			if d := table.Describe(name, s); d != (Description{}) {
				got = append(got, fmt.Sprintf("%s %s %+v", name, schemeNames[s], d))
			}
		}
	}
	want := []string{
		"Books.Read DelegatedWork {ID:00000000-0000-0000-0000-00000000000b Level:2 AdminConsent:false Allows:Reads books. Opens:6 Known:true}",
		"Books.Read DelegatedPersonal {ID: Level:1 AdminConsent:false Allows: Opens:2 Known:true}",
		"Books.ReadWrite DelegatedWork {ID: Level:2 AdminConsent:true Allows:Change books Opens:4 Known:true}",
		"Books.Lend Application {ID: Level:3 AdminConsent:false Allows: Opens:1 Known:true}",
		"Other Application {ID:00000000-0000-0000-0000-00000000000c Level:0 AdminConsent:false Allows: Opens:0 Known:false}",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestReadFaults(t *testing.T) {
	const head = "this is no table of permissions: "
	set := func(text string) string {
		return `{"permissions": {"A.B": {"pathSets": [{"schemeKeys": ["Application"], "methods": ["GET"], ` + text + `}]}}}`
	}
	tests := map[string]struct{ text, want string }{
		"empty":                 {" \n", "t.json: error: " + head + "it is empty"},
		"no JSON":               {"{\n  permissions: 1}", "t.json:2:3: error: " + head + "it is not JSON: invalid character 'p' looking for beginning of object key string"},
		"HTML":                  {"<!DOCTYPE html>", "t.json:1:1: error: " + head + "it is not JSON: invalid character '<' looking for beginning of value"},
		"cut short":             {library[:300], "t.json:3:19: error: " + head + "it ends in the middle"},
		"more":                  {"{}\n{}", "t.json:2:1: error: " + head + "it is not JSON: invalid character '{' after top-level value"},
		"of another form":       {`{"openapi": "3.0.4"}`, `t.json:1:1: error: ` + head + `it has neither "permissions" nor "permissionDeployments"`},
		"a list":                {`[1]`, `t.json:1:1: error: ` + head + `"the table" has to be an object, not a list`},
		"a key twice":           {"{\"permissions\": {\"A\": {},\n \"A\": {}}}", `t.json:2:2: error: ` + head + `the key "A" is there twice`},
		"a path twice":          {set(`"paths": {"/a": "", "/a": ""}`), `t.json:1:111: error: ` + head + `the key "/a" is there twice`},
		"a list for a text":     {set(`"paths": {"/a": []}`), `t.json:1:107: error: ` + head + `"/a" has to be a text, not a list`},
		"a path without slash":  {set(`"paths": {"a": ""}`), `t.json:1:106: error: ` + head + `"a" is no path: it has to begin with a slash`},
		"no name":               {`{"permissions": {"A B": {}}}`, `t.json:1:18: error: ` + head + `"A B" cannot be the name of a permission`},
		"also a strange name":   {set(`"paths": {"/a": "AlsoRequires=x\u0000"}`), `t.json:1:107: error: ` + head + `"x\x00" cannot be the name of a permission`},
		"a level":               {`{"permissions": {"A": {"schemes": {"Application": {"privilegeLevel": 1e9}}}}}`, `t.json:1:70: error: ` + head + `"privilegeLevel" has to be a small whole number, not 1e9`},
		"deployments of a text": {`{"permissionDeployments": {"A": "x"}}`, `t.json:1:33: error: ` + head + `"A" has to be a list, not a text`},
		"too deep":              {`{"x": ` + strings.Repeat("[", 20_000), "t.json:1:10006: error: " + head + "it is not JSON: invalid character '[' exceeded max depth"},
		"huge":                  {strings.Repeat(" ", maxSize+1), "t.json: error: " + head + "it holds more than 64 MiB"},
		"an unknown scheme": {`{"permissions": {"A": {"schemes": {"Robot": {}, "Robot2": {}}}}}`,
			"t.json:1:36: warning: the scheme \"Robot\" is unknown here and left out (1 time in this file) (odd-permissions)\n" +
				"t.json:1:49: warning: the scheme \"Robot2\" is unknown here and left out (1 time in this file) (odd-permissions)"},
		"unknown rules": {set(`"paths": {"/a": "most=Application", "/b": "most=Application", "/c": "least=Application;includedProperties=x"}`),
			"t.json:1:107: warning: the rule \"most\" is unknown here and left out (2 times in this file) (odd-permissions)\n" +
				"t.json:1:159: warning: a permission that opens only some properties is left out (1 time in this file) (odd-permissions)"},
	}
	for name, test := range tests {
		_, diags := Read(Input{"t.json", []byte(test.text)})
		got := strings.ReplaceAll(diags.Error(), " (bad-permissions)\n\thint: "+hint, "")
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}

// A permission that opens only some properties is not accepted for the whole.
func TestPartialPermission(t *testing.T) {
	table, _ := Read(Input{"t.json", []byte(`{"permissions": {"A": {"pathSets": [{"schemeKeys": ["Application"], "methods": ["GET"], "paths": {"/a": "least=Application;includedProperties=x"}}]}}}`)})
	if rule, ok := table.Find(Query{Method: "GET", Path: "/a"}); ok {
		t.Errorf("found %s", rule.text())
	}
}

// FuzzRead reads anything: there is a message with a place, or a table that answers.
func FuzzRead(f *testing.F) {
	f.Add([]byte(library), "/books/{id}/lib.lend()")
	f.Add([]byte(libraryIDs), "/books(isbn='{isbn}')/$count")
	f.Add([]byte(`{"permissions": {"A": {"schemes": {"Application": {"privilegeLevel": "\u0000"}}}}}`), "/a:/b:/(")
	f.Add([]byte(library[:500]), "")
	f.Fuzz(func(t *testing.T, data []byte, path string) {
		table, diags := Read(Input{"t.json", data})
		for _, d := range diags {
			if d.File != "t.json" || d.Message == "" {
				t.Errorf("a finding without a place: %v", d)
			}
		}
		for _, method := range methods {
			table.Find(Query{Method: method, Path: path, Property: len(path)%2 == 0})
		}
	})
}
