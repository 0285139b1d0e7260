package slice_test

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/slice"
)

// permittedConfig cuts with tables of permissions and with two clouds that have less.
func permittedConfig(t *testing.T) slice.Config {
	t.Helper()
	whole, err := os.ReadFile(filepath.Join("testdata", "school.xml"))
	if err != nil {
		t.Fatal(err)
	}
	small := string(whole)
	for _, change := range [][2]string{
		{`<Property Name="marks" Type="Collection(Edm.Double)" />`, ``},
		{`<Member Name="music" Value="2" />`, ``},
		{`<NavigationProperty Name="teacher" Type="school.teacher" Nullable="false" />`, ``},
		{`<EntityType Name="graduate" BaseType="school.pupil" />`, ``},
		{`<Action Name="wake" IsBound="true"><Parameter Name="it" Type="school.entity" /></Action>`, ``},
		{`<Property Name="title" Type="Edm.String" Nullable="false" />`, ``}, // the base has it now
		{`<Property Name="id" Type="Edm.String" Nullable="false" />`, `<Property Name="id" Type="Edm.String" Nullable="false" /><Property Name="title" Type="Edm.String" />`},
		{`<Parameter Name="year" Type="Edm.Int32" Nullable="false" />`, ``},
		{`<Singleton Name="me" Type="school.teacher" />`, ``},
	} {
		if strings.Count(small, change[0]) != 1 {
			t.Fatalf("the metadata has not one %s", change[0])
		}
		small = strings.ReplaceAll(small, change[0], change[1])
	}
	cfg := schoolConfig()
	cfg.Permissions = []string{filepath.Join("testdata", "permission-ids.json"), filepath.Join("testdata", "permissions.json")}
	cfg.Clouds = []slice.Cloud{{Name: "South", Metadata: []string{"small.xml"}}, {Name: "East", Metadata: []string{"small.xml"}}, {Name: "Twin", Metadata: cfg.Metadata}}
	cfg.Files = []slice.File{{Out: "permitted.yaml", Title: "Courses", Include: []string{
		"/courses", "/courses/$count", "/courses/micro.school.find(state='{state}',year={year},words='@words')", "/courses/{course-id}#GET", "/courses/{course-id}/micro.school.*",
		"/courses/{course-id}/teacher", "/courses/{course-id}/lessons/$count", "/me#GET", "/house",
	}}}
	cfg.Read = func(_ context.Context, source string) ([]byte, diag.List) {
		if source == "small.xml" {
			return []byte(small), nil
		}
		data, err := os.ReadFile(source)
		if err != nil {
			t.Error(err)
		}
		return data, nil
	}
	return cfg
}

// What operations accept, and what clouds lack, stands in the slice.
func TestCutPermitted(t *testing.T) {
	result := cut(t, permittedConfig(t))
	golden(t, "permitted.yaml", result.Documents[0].Render())
	var noted []string
	for _, n := range result.Noted {
		noted = append(noted, fmt.Sprintf("%s %s %s %q %t", filepath.ToSlash(n.Pos.String()), n.Operation, n.Kind, n.Table, n.Same))
	}
	want := []string{
		`testdata/notes.yaml:30:3 POST /courses delegated "Course.Write" true`,
		`testdata/notes.yaml:30:3 POST /courses application "" false`,
	}
	if diff := cmp.Diff(want, noted); diff != "" {
		t.Errorf("permissions in notes (-want +got):\n%s", diff)
	}
}

// Notes win over the table: with others, with none, and for what the table does not know.
func TestNotesWin(t *testing.T) {
	cfg := permittedConfig(t)
	notes := filepath.Join(t.TempDir(), "notes.yaml")
	text := "operations:\n  GET /courses: {delegated: [Course.Write], application: []}\n  GET /house: {resourceSpecific: [House.Read]}\n" +
		"  POST /courses/{course-id}/micro.school.cancel: {application: [], resourceSpecific: [Course.Own]}\n"
	if err := os.WriteFile(notes, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	cfg.Notes = []string{notes}
	result := cut(t, cfg)
	slice := string(result.Documents[0].Render())
	for _, want := range []string{
		"      x-graphslice-permissions:\n        delegated:\n          least: [Course.Write]\n          other: [Course.Read]\n        personal:\n" +
			"          least: [Course.ReadBasic]\n          other: [Course.Read]\n    post:\n",
		"        resourceSpecific:\n          least: [Course.Own]\n          other: [Course.Cancel.Course]\n",
		"      x-ms-docs-operation-type: operation\n      x-graphslice-resource-permissions:\n        - House.Read\n    patch:\n",
	} {
		if !strings.Contains(slice, want) {
			t.Errorf("the slice has no\n%s in\n%s", want, slice)
		}
	}
	var noted []string
	for _, n := range result.Noted {
		noted = append(noted, fmt.Sprintf("%s %s %q %t", n.Operation, n.Kind, n.Table, n.Same))
	}
	want := []string{
		`GET /courses delegated "Course.Read" false`, `GET /courses application "Course.Read" false`,
		`POST /courses/{course-id}/micro.school.cancel application "" true`,
		`POST /courses/{course-id}/micro.school.cancel resourceSpecific "Course.Cancel.Course" false`,
	}
	if diff := cmp.Diff(want, noted); diff != "" {
		t.Errorf("permissions in notes (-want +got):\n%s", diff)
	}
	unknown := []string{"GET /courses/micro.school.find(state='{state}',year={year},words='@words')", "POST /courses/{course-id}/micro.school.wake",
		"GET /courses/{course-id}/teacher", "PATCH /courses/{course-id}/teacher", "DELETE /courses/{course-id}/teacher", "PATCH /house", "GET /me"}
	if diff := cmp.Diff(unknown, result.Unpermitted); diff != "" {
		t.Errorf("unknown (-want +got):\n%s", diff)
	}
}

// Without tables and clouds nothing is said of them.
func TestCutWithoutTables(t *testing.T) {
	for _, d := range cut(t, schoolConfig()).Documents {
		for _, word := range []string{"x-graphslice-permissions", "x-graphslice-resource-permissions", "x-graphslice-not-in", "x-graphslice-clouds"} {
			if bytes.Contains(d.Render(), []byte(word)) {
				t.Errorf("%s has %s", d.Out, word)
			}
		}
	}
}

// Operations of a published document take permissions as well, and clouds are looked at with no other metadata beside.
func TestCutPublishedPermitted(t *testing.T) {
	cfg := apiConfig()
	permitted := permittedConfig(t)
	cfg.Permissions, cfg.Clouds, cfg.Read = permitted.Permissions, permitted.Clouds, permitted.Read
	result, diags := cutAll(t, cfg)
	if diags != "" {
		t.Error(diags)
	}
	text := string(result.Documents[0].Render())
	for _, want := range []string{
		"      x-graphslice-permissions:\n        delegated:\n          least: [Course.Read]\n          other: [Course.Write]\n",
		"x-graphslice-clouds: [East, South, Twin]\n",
		"            teacher:\n              $ref: '#/components/schemas/micro.school.teacher'\n              x-ms-navigationProperty: true\n              x-graphslice-not-in: [East, South]\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("the slice has no %q:\n%s", want, text)
		}
	}
}

// The committed slices have what the table and the reference say: who adds a team's member need not be able to make owners, and
// an application alone may add a chat's member by the consent of the chat.
func TestSpecsPermissions(t *testing.T) {
	for _, version := range []string{"v1.0", "beta"} {
		data, err := os.ReadFile(filepath.Join(repository, "specs", version, "conversationMember.yaml"))
		if err != nil {
			t.Fatal(err)
		}
		for operation, want := range map[string]string{
			"/teams/{team-id}/members post": "        delegated:\n          least: [TeamMember.ReadWriteNonOwnerRole.All]\n          other: [TeamMember.ReadWrite.All]\n" +
				"        application:\n          least: [TeamMember.ReadWriteNonOwnerRole.All]\n          other: [TeamMember.ReadWrite.All]\n",
			"/chats/{chat-id}/members post": "        delegated:\n          least: [ChatMember.ReadWrite]\n          other: [Chat.ReadWrite]\n" +
				"        application:\n          least: [ChatMember.ReadWrite.All]\n          other: [Chat.ReadWrite.All]\n          unmarked: true\n" +
				"        resourceSpecific:\n          least: [Chat.Manage.Chat]\n",
		} {
			path, method, _ := strings.Cut(operation, " ")
			_, item, _ := strings.Cut(string(data), "\n  "+path+":\n")
			_, text, _ := strings.Cut(item, "\n    "+method+":\n")
			_, text, _ = strings.Cut(text, "\n      x-graphslice-permissions:\n")
			if !strings.HasPrefix(text, want) {
				t.Errorf("%s %s has not\n%s\nbut\n%.400s", version, operation, want, text)
			}
		}
	}
}
