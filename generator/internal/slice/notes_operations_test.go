package slice

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// Notes are written for paths as reference pages have them. What is written as in the slice wins, and what nothing asks for is told.
func TestNotesOfOperations(t *testing.T) {
	n := &Notes{used: map[string]bool{}, positions: map[string]diag.Pos{}, Operations: map[string]operationNotes{
		"POST /teams/{id}/clone":                               {Summary: "short"},
		"GET /chats/{key}/members":                             {Summary: "exact"},
		"GET /chats/{id}/members":                              {Summary: "not it"},
		"GET /users/delta":                                     {Summary: "delta"},
		"GET /me/reports/lib.getDays(period='{p}')":            {Summary: "days"},
		"GET /me/drive/root:/{path}:/content":                  {Summary: "by path"},
		"GET /labels/ns.inherit(ids=@ids)":                     {Summary: "list"},
		"GET /groups/{id}/members/microsoft.graph.user/$count": {Summary: "cast"},
		"GET /notThere":                                        {Summary: "unused"},
		"POST /**/clone":                                       {Summary: "any clone"},
		"POST /groups/**/clone":                                {Summary: "clone of groups"},
		"POST /**/close":                                       {Summary: "unused"},
	}}
	n.indexOperations()
	var diags diag.List
	if n.readPatterns(&diags); len(diags) > 0 {
		t.Fatal(diags)
	}
	tests := map[string]string{
		"POST /teams/{team-id}/microsoft.graph.clone":          "short",
		"POST /me/joinedTeams/{team-id}/microsoft.graph.clone": "any clone",
		"POST /groups/{group-id}/team/microsoft.graph.clone":   "clone of groups",
		"POST /me/microsoft.graph.cyclone":                     "",
		"GET /teams/{team-id}/microsoft.graph.clone":           "",
		"POST /teams/{team-id}/microsoft.graph.Clone":          "",
		"GET /chats/{key}/members":                             "exact",
		"GET /users/microsoft.graph.delta()":                   "delta",
		"GET /me/reports/lib.getDays(period='{period}')":       "days",
		"GET /me/reports/lib.getDays(date={date})":             "",
		"GET /me/drive/root:/{item-path}:/content":             "by path",
		"GET /labels/lib.inherit(ids=@ids)":                    "list",
		"GET /groups/{group-id}/members/graph.user/$count":     "cast",
		"GET /groups/{group-id}/members/{user-id}/$count":      "",
		"GET /groups/{group-id}/microsoft.graph.members.user":  "",
	}
	for name, want := range tests {
		method, path, _ := strings.Cut(name, " ")
		if got := n.operation(method, path).Summary; got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	for key := range n.Operations {
		n.positions["operations/"+key] = diag.Pos{}
	}
	want := []Unused{{Key: "operations/GET /chats/{id}/members"}, {Key: "operations/GET /notThere"}, {Key: "operations/POST /**/close"}}
	if diff := cmp.Diff(want, n.unused()); diff != "" {
		t.Errorf("unused (-want +got):\n%s", diff)
	}
}

// Notes for what the metadata has and no slice takes are told from those for what is not there.
func TestUnusedNotes(t *testing.T) {
	notes := filepath.Join(t.TempDir(), "notes.yaml")
	text := "operations:\n  GET /teachers: {summary: All}\n  GET /teachers/{id}: {summary: One}\n  PUT /teachers: {summary: None}\n  GET /pupils: {summary: None}\n" +
		"  POST /**/cancel: {summary: All}\n  GET /**/cancel: {summary: None}\n" +
		"constants:\n  micro.school.teacher/name: {name: name, values: {}}\n  micro.school.teacher/nam: {name: name, values: {}}\n  nothing: {name: name, values: {}}\n" +
		"localTime:\n  micro.school.building: {dateTime: at, zone: in}\n  micro.school.clock: {dateTime: at, zone: in}\n" +
		"uploadSessions:\n  micro.school.teacher: {url: to, ranges: of}\n  micro.school.way: {url: to, ranges: of}\n" +
		"subscriptions:\n  micro.school.teacher: {path: /x, expires: to, longest: {/a: PT1H}}\n  micro.school.way: {path: /x, expires: to}\n"
	if err := os.WriteFile(notes, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	result, err := Cut(context.Background(), Config{Metadata: []string{filepath.Join("testdata", "school.xml")}, Notes: []string{notes},
		ServiceRoot: "https://school.example/v2", Files: []File{{Out: "a.yaml", Title: "A", Include: []string{"/courses"}}}})
	if err != nil || result.Diagnostics.HasErrors() {
		t.Fatal(err, result.Diagnostics)
	}
	got := map[string]bool{}
	for _, u := range result.Unused {
		got[u.Key] = u.Known
	}
	want := map[string]bool{
		"operations/GET /teachers": true, "operations/GET /teachers/{id}": true, "operations/PUT /teachers": false, "operations/GET /pupils": false,
		"operations/POST /**/cancel": true, "operations/GET /**/cancel": false,
		"constants/micro.school.teacher/name": true, "constants/micro.school.teacher/nam": false, "constants/nothing": false,
		"localTime/micro.school.building": true, "localTime/micro.school.clock": false,
		"uploadSessions/micro.school.teacher": true, "uploadSessions/micro.school.way": false,
		"subscriptions/micro.school.teacher": true, "subscriptions/micro.school.way": false,
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
