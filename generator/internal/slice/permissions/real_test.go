package permissions

import (
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readReal reads Microsoft's own tables, which lie beside the repository.
func readReal(tb testing.TB) *Table {
	tb.Helper()
	var inputs []Input
	for _, name := range []string{"permissions.json", "provisioningInfo.json"} {
		data, err := os.ReadFile("../../../../../shared/graph-permissions/" + name)
		if err != nil {
			tb.Skipf("SKIPPED: the tables of permissions are needed beside the repository: %v", err)
		}
		inputs = append(inputs, Input{Name: name, Data: data})
	}
	table, diags := Read(inputs...)
	if len(diags) > 0 {
		tb.Fatal(diags)
	}
	return table
}

func TestReal(t *testing.T) {
	table := readReal(t)
	tests := map[string]string{
		"POST /chats":                                                  "work Chat.Create < Chat.ReadWrite; app Chat.Create",
		"GET /chats/{chat-id}/members":                                 "work Chat.ReadBasic < ChatMember.Read, Chat.Read, Chat.ReadWrite, ChatMember.ReadWrite; app ChatMember.Read.All < ChatMember.ReadWrite.All, Chat.ReadBasic.All, Chat.Read.All, Chat.ReadWrite.All; rsc Chat.Manage.Chat < ChatMember.Read.Chat",
		"POST /chats/{chat-id}/members":                                "work ChatMember.ReadWrite < Chat.ReadWrite; app ChatMember.ReadWrite.All (unmarked) < Chat.ReadWrite.All; rsc Chat.Manage.Chat",
		"POST /teams/{team-id}/members":                                "work TeamMember.ReadWriteNonOwnerRole.All < TeamMember.ReadWrite.All; app TeamMember.ReadWriteNonOwnerRole.All < TeamMember.ReadWrite.All",
		"PUT /me/drive/root:/{path}:/content":                          "work Files.ReadWrite < Files.ReadWrite.All, Sites.ReadWrite.All; personal Files.ReadWrite < Files.ReadWrite.All; app Files.ReadWrite.All < Sites.ReadWrite.All",
		"GET /me/drive/items/{item-id}:/{path}:/content":               "work Files.Read < Files.ReadWrite, Files.Read.All, Sites.Read.All, Files.ReadWrite.All, Sites.ReadWrite.All; personal Files.Read < Files.ReadWrite, Files.Read.All, Files.ReadWrite.All; app Files.ReadWrite.All < Sites.ReadWrite.All; from GET /me/drive/items/{id}/content",
		"GET /reports/getEmailUsage(period='D7')":                      "nothing",
		"GET /reports/getOffice365ActiveUserDetail(period='{period}')": "work Reports.Read.All; app Reports.Read.All",
		"POST /servicePrincipals/{servicePrincipal-id}/appRoleAssignments": "work AppRoleAssignment.ReadWrite.All Application.Read.All | AppRoleAssignment.ReadWrite.All Directory.Read.All < Application.ReadWrite.All, Directory.Read.All; " +
			"app Application.Read.All AppRoleAssignment.ReadWrite.All | AppRoleAssignment.ReadWrite.All Directory.Read.All < Directory.Read.All, Application.ReadWrite.All",
	}
	for query, want := range tests {
		method, path, _ := strings.Cut(query, " ")
		got := "nothing"
		if rule, ok := table.Find(Query{Method: method, Path: path}); ok {
			got = rule.text()
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", query, diff)
		}
	}
	if got := table.Describe("Chat.Create", Work); got != (Description{ID: "38826093-1258-4dea-98f0-00003be2b8d0", Level: 2, Known: true,
		Allows: "Allows the app to create chats on behalf of the signed-in user.", Opens: 1}) {
		t.Errorf("Chat.Create is %+v", got)
	}
}

// What the rules of nearer say is compared with the table's own entries, where it has both: what they find is accepted for nearly
// all operations. The share is counted in the table of August 2026; one that tells otherwise would be a reason to drop a rule.
func TestNearerAgrees(t *testing.T) {
	table := readReal(t)
	both, accepted := map[string]int{}, map[string]int{}
	for _, r := range table.resources {
		for _, method := range methods {
			if r.has(method) {
				compareNearer(table, r, method, both, accepted)
			}
		}
	}
	for rule, least := range map[string]int{"$ref POST": 85, "$value GET": 100, "add POST": 100, "delta GET": 85, "{id} GET": 95, "{id} PATCH": 95, "{id} DELETE": 95, " PUT": 90, "me": 94} {
		if share := 100 * accepted[rule] / max(both[rule], 1); both[rule] == 0 || share < least {
			t.Errorf("%q is right for %d of %d operations, less than %d %%", rule, accepted[rule], both[rule], least)
		}
	}
}

func (r *resource) has(method string) bool {
	for _, g := range r.grants {
		if g.methods&methodBit(method) != 0 {
			return true
		}
	}
	return false
}

// compareNearer counts whether what the nearest other operation needs at least is accepted for this one, for each kind of signing in.
func compareNearer(table *Table, r *resource, method string, both, accepted map[string]int) {
	own := table.rule(r, methodBit(method))
	segments := split(r.written)
	if segments[0] == "me" {
		with := step{method: method, segments: append([]string{"users", "{id}"}, segments[1:]...)}
		if other := table.lookup(with); other != nil {
			countAgreement("me", own.Delegated, table.rule(other, methodBit(method)).Delegated, both, accepted)
		}
	}
	name, kind := segments[len(segments)-1], ""
	switch {
	case isKey(name):
		kind = "{id}"
	case strings.HasPrefix(name, "$"), name == "add", name == "delta":
		kind = name
	case method != "PUT":
		return
	}
	kind += " " + method
	for _, s := range (step{method: method, segments: segments}).nearer() {
		other := table.lookup(s)
		if other == nil {
			continue
		}
		near := table.rule(other, methodBit(s.method))
		countAgreement(kind, own.Delegated, near.Delegated, both, accepted)
		countAgreement(kind, own.Application, near.Application, both, accepted)
		return
	}
}

// countAgreement counts whether the least of the nearest is accepted, where something is accepted by both.
func countAgreement(kind string, own, near Grants, both, accepted map[string]int) {
	if own.Empty() || near.Empty() {
		return
	}
	both[kind]++
	if slices.Contains(append(own.Least, own.Other...), near.Least[0]) {
		accepted[kind]++
	}
}

func BenchmarkRead(b *testing.B) {
	for b.Loop() {
		readReal(b)
	}
}
