package slice

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/diag"
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
	}}
	n.indexOperations()
	tests := map[string]string{
		"POST /teams/{team-id}/microsoft.graph.clone":         "short",
		"GET /teams/{team-id}/microsoft.graph.clone":          "",
		"POST /teams/{team-id}/microsoft.graph.Clone":         "",
		"GET /chats/{key}/members":                            "exact",
		"GET /users/microsoft.graph.delta()":                  "delta",
		"GET /me/reports/lib.getDays(period='{period}')":      "days",
		"GET /me/reports/lib.getDays(date={date})":            "",
		"GET /me/drive/root:/{item-path}:/content":            "by path",
		"GET /labels/lib.inherit(ids=@ids)":                   "list",
		"GET /groups/{group-id}/members/graph.user/$count":    "cast",
		"GET /groups/{group-id}/members/{user-id}/$count":     "",
		"GET /groups/{group-id}/microsoft.graph.members.user": "",
	}
	for name, want := range tests {
		method, path, _ := strings.Cut(name, " ")
		if got := n.operation(&operation{method: method, path: path}).Summary; got != want {
			t.Errorf("%s: got %q, want %q", name, got, want)
		}
	}
	for key := range n.Operations {
		n.positions["operations/"+key] = diag.Pos{}
	}
	want := []Unused{{Key: "operations/GET /chats/{id}/members"}, {Key: "operations/GET /notThere"}}
	if diff := cmp.Diff(want, n.unused()); diff != "" {
		t.Errorf("unused (-want +got):\n%s", diff)
	}
}
