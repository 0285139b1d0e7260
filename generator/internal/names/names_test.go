package names

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/ir"
)

// segments reads a path in which {x} is a key, .x an action and .x() a function.
func segments(path string) []ir.Segment {
	var out []ir.Segment
	for text := range strings.SplitSeq(strings.TrimPrefix(path, "/"), "/") {
		name, isKey := strings.CutPrefix(strings.TrimSuffix(text, "}"), "{")
		switch {
		case isKey:
			out = append(out, ir.Segment{Kind: ir.Key, Name: name})
		case text == "$count":
			out = append(out, ir.Segment{Kind: ir.Count, Name: text})
		case text == "$value":
			out = append(out, ir.Segment{Kind: ir.Value, Name: text})
		case text == "$ref":
			out = append(out, ir.Segment{Kind: ir.RefSegment, Name: text})
		case strings.HasSuffix(text, "()"):
			out = append(out, ir.Segment{Kind: ir.Function, Name: strings.TrimSuffix(text, "()")})
		case strings.HasPrefix(text, "as:"):
			out = append(out, ir.Segment{Kind: ir.Cast, Name: strings.TrimPrefix(text, "as:")})
		case strings.HasPrefix(text, "microsoft.graph."):
			out = append(out, ir.Segment{Kind: ir.Action, Name: text})
		default:
			out = append(out, ir.Segment{Kind: ir.Static, Name: text})
		}
	}
	return out
}

func operation(kind ir.OperationKind, method, path string) *ir.Operation {
	return &ir.Operation{Kind: kind, Method: method, Path: path, Segments: segments(path)}
}

// placeOf finds the resource of an operation.
func placeOf(roots []*ir.Resource, op *ir.Operation) *ir.Resource {
	for _, r := range roots {
		if slices.Contains(r.Operations, op) {
			return r
		}
		if found := placeOf(r.Children, op); found != nil {
			return found
		}
	}
	return nil
}

func TestPathNames(t *testing.T) {
	for path, want := range map[string]string{
		"/chats":                          "Chats",
		"/chats/{chat-id}":                "Chat",
		"/organization":                   "Organization",
		"/organization/{organization-id}": "OrganizationItem",
		"/widgets/{id}":                   "WidgetsItem",
		"/chats/{chat-id}/members":        "ChatMembers",
		"/chats/{chat-id}/members/{conversationMember-id}":                     "ChatMembersItem",
		"/users/{user-id}/calendar":                                            "UserCalendar",
		"/users/{user-id}/calendars/{calendar-id}":                             "UserCalendarsItem",
		"/chats/{chat-id}/messages/{chatMessage-id}/replies/{chatMessage-id1}": "ChatMessagesItemRepliesItem",
		"/chats/{chat-id}/microsoft.graph.hideForUser":                         "ChatHideForUser",
		"/groups/{group-id}/members/as:microsoft.graph.user":                   "GroupMembersAsUser",
		"/teams/{team-id}/photo/$value":                                        "TeamPhotoValue",
		"/groups/{group-id}/owners/$ref":                                       "GroupOwnersRef",
		"/reports/microsoft.graph.callRecords.getCalls()":                      "ReportsCallRecordsGetCalls",
		"/tables/{table-id}/rows/microsoft.graph.count()":                      "TableRowsCountFunction",
	} {
		op := operation(ir.Get, "GET", path)
		roots := ir.Resources([]*ir.Operation{op})
		table, diags := Assign(&ir.Package{Operations: []*ir.Operation{op}}, roots, Reserved{}, Pins{})
		if len(diags) > 0 {
			t.Errorf("%s: %v", path, diags)
		}
		if got := table.Path(placeOf(roots, op)); got != want {
			t.Errorf("%s is %s, want %s", path, got, want)
		}
	}
}

func TestCollisions(t *testing.T) {
	property := func(name string) *ir.Property { return &ir.Property{Name: name, Type: &ir.Type{}} }
	for _, tc := range []struct {
		name string
		pkg  *ir.Package
		want []string
	}{
		{"types", &ir.Package{Models: []*ir.Model{{Name: "microsoft.graph.a.b"}, {Name: "microsoft.graph.aB"}}}, []string{
			`type microsoft.graph.a.b and type microsoft.graph.aB both become the Go name AB; ` +
				`give one of them another name in the overrides, such as types: {"microsoft.graph.aB": {rename: ABModel}}`}},
		{"properties", &ir.Package{Models: []*ir.Model{{Name: "x", Properties: []*ir.Property{property("iD"), property("ID")}}}}, []string{
			`property iD of type x and property ID of type x both become the Go name ID; ` +
				`give one of them another name in the overrides, such as properties: {"x/ID": {rename: IDProperty}}`}},
		{"paths", &ir.Package{Operations: []*ir.Operation{
			operation(ir.List, "GET", "/programs/{program-id}/taskLists"), operation(ir.List, "GET", "/programs/{program-id}/task/lists")}}, []string{
			`path /programs/{program-id}/task/lists and path /programs/{program-id}/taskLists both become the Go name ProgramTaskListsRequests; ` +
				`give one of them another name in the overrides, such as paths: {"/programs/{program-id}/taskLists": {rename: ProgramsItemTaskLists}}`}},
		{"a path of one segment", &ir.Package{Operations: []*ir.Operation{
			operation(ir.List, "GET", "/programs/{program-id}/controls"), operation(ir.List, "GET", "/programControls")}}, nil},
		{"renamed path", &ir.Package{
			Operations: []*ir.Operation{
				operation(ir.List, "GET", "/programs/{program-id}/controls"), operation(ir.List, "GET", "/programControls")},
			PathNames: []ir.PathName{{Path: "/programs/{program-id}/controls", GoName: "ProgramItemControls"}}}, nil},
		{"action like a verb", &ir.Package{Operations: []*ir.Operation{
			operation(ir.Create, "POST", "/printers"), operation(ir.ActionOp, "POST", "/printers/microsoft.graph.create")}}, nil},
		{"count twice", &ir.Package{Operations: []*ir.Operation{
			operation(ir.CountOp, "GET", "/rows/$count"), operation(ir.FunctionOp, "GET", "/rows/microsoft.graph.count()")}}, nil},
		{"enum members", &ir.Package{Enums: []*ir.Enum{{Name: "e", Members: []ir.EnumMember{{Name: "a_b"}, {Name: "aB"}, {Name: "a_B"}}}}}, []string{
			`member a_b of enum e and member aB of enum e both become the Go name EAB; ` +
				`give one of them another name in the overrides, such as enums: {"e/aB": {rename: EABValue}}`}},
	} {
		t.Run(tc.name, func(t *testing.T) {
			_, diags := Assign(tc.pkg, ir.Resources(tc.pkg.Operations), Reserved{}, Pins{})
			var got []string
			for _, d := range diags {
				got = append(got, d.Message+"; "+d.Hint)
			}
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestReserved(t *testing.T) {
	pkg := &ir.Package{
		Models:     []*ir.Model{{Name: "microsoft.graph.error", Properties: []*ir.Property{{Name: "eTag", Type: &ir.Type{}}}}},
		Operations: []*ir.Operation{operation(ir.Get, "GET", "/do")},
	}
	roots := ir.Resources(pkg.Operations)
	table, diags := Assign(pkg, roots, Reserved{Package: map[string]bool{"Error": true}, Client: map[string]bool{"Do": true}}, Pins{})
	if len(diags) > 0 {
		t.Error(diags)
	}
	got := []string{table.Model(pkg.Models[0]).String(), table.Field(pkg.Models[0].Properties[0]).String(), table.Accessor(roots[0]).String()}
	if diff := cmp.Diff([]string{"ErrorModel", "ETagProperty", "DoProperty"}, got); diff != "" {
		t.Error(diff)
	}
}

// Below two paths of one name nothing else is reported: one override gives all of it other names.
func TestCollisionOfPathsIsReportedOnce(t *testing.T) {
	ops := []*ir.Operation{
		operation(ir.Get, "GET", "/sites/{site-id}/drive/items/{item-id}"),
		operation(ir.ActionOp, "POST", "/sites/{site-id}/drive/items/{item-id}/microsoft.graph.copy"),
		operation(ir.Get, "GET", "/sites/{site-id}/drive_/items/{item-id}"),
		operation(ir.ActionOp, "POST", "/sites/{site-id}/drive_/items/{item-id}/microsoft.graph.copy"),
	}
	pkg := &ir.Package{Operations: ops}
	for _, op := range []*ir.Operation{ops[1], ops[3]} {
		body := &ir.Model{Inline: &ir.Inline{Operation: op, Role: ir.RequestBody}}
		nested := &ir.Model{Inline: &ir.Inline{Parent: body, Property: "target"}}
		pkg.Models = append(pkg.Models, body, nested)
	}
	assign := func() []string {
		var texts []string
		_, diags := Assign(pkg, ir.Resources(ops), Reserved{}, Pins{})
		for _, d := range diags {
			texts = append(texts, d.Message+"; "+d.Hint)
		}
		return texts
	}
	want := []string{"path /sites/{site-id}/drive and path /sites/{site-id}/drive_ both become the Go name SiteDriveRequests; " +
		`give one of them another name in the overrides, such as paths: {"/sites/{site-id}/drive_": {rename: SitesItemDrive, accessor: DrivePath}}`,
		"path /sites/{site-id}/drive and path /sites/{site-id}/drive_ both become the Go name Drive; " +
			`give one of them another name in the overrides, such as paths: {"/sites/{site-id}/drive_": {rename: SitesItemDrive, accessor: DrivePath}}`}
	if diff := cmp.Diff(want, assign()); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	pkg.PathNames = []ir.PathName{{Path: "/sites/{site-id}/drive_", GoName: "SitesItemDrive", Accessor: "DrivePath"}}
	if diff := cmp.Diff([]string(nil), assign()); diff != "" {
		t.Errorf("with the override: -want +got:\n%s", diff)
	}
}

func TestKeyNames(t *testing.T) {
	keys := func(names ...string) ir.Segment {
		s := ir.Segment{Kind: ir.Key}
		for _, name := range names {
			s.Keys = append(s.Keys, ir.Arg{Name: name, Param: name})
		}
		return s
	}
	alone := func(param string) ir.Segment { return ir.Segment{Kind: ir.Key, Keys: []ir.Arg{{Param: param}}} }
	own := keys("Name")
	own.Primary = true
	text := func(kind ir.SegmentKind, text string, params ...string) ir.Segment {
		s := ir.Segment{Kind: kind, Name: text}
		for _, name := range params {
			s.Args = append(s.Args, ir.Arg{Name: name, Param: name})
		}
		return s
	}
	for _, test := range []struct {
		segment              ir.Segment
		accessor, path, args string
	}{
		{ir.Segment{Kind: ir.Key, Name: "part-id"}, "ByID", "Part", "id"},
		{alone("UserName"), "ByID", "PartsItem", "userName"},
		{alone("PartID"), "ByID", "PartsItem", "partID"},
		{alone("part-id1"), "ByID", "Part", "partId1"},
		{own, "ByID", "PartsItem", "name"},
		{keys("appId"), "ByAppID", "PartsByAppID", "appID"},
		{keys("id", "version"), "ByIDAndVersion", "PartsByIDAndVersion", "id version"},
		{keys("userName", "user_name"), "ByUserNameAndUserName", "PartsByUserNameAndUserName", "userName userName2"},
		{text(ir.Address, "{item-path}", "item-path"), "ByPath", "PartsByPath", "path"},
		{text(ir.Address, "{a}/{b}", "a", "b"), "ByAAndB", "PartsByAAndB", "a b"},
		{text(ir.Template, "{book-id}.json", "book-id"), "ByBookIDJSON", "PartsByBookIDJSON", "bookID"},
		{text(ir.Template, "{name}.{ext}", "name", "ext"), "ByNameAndExt", "PartsByNameAndExt", "name ext"},
		{text(ir.Template, "v{major}-rc{minor}", "major", "minor"), "ByVMajorRcMinor", "PartsByVMajorRcMinor", "major minor"},
	} {
		op := &ir.Operation{Kind: ir.Get, Method: "GET", Segments: []ir.Segment{{Name: "parts"}, test.segment}}
		roots := ir.Resources([]*ir.Operation{op})
		table, diags := Assign(&ir.Package{Operations: []*ir.Operation{op}}, roots, Reserved{}, Pins{})
		r := placeOf(roots, op)
		got := []string{table.Accessor(r).String(), table.Path(r), strings.Join(table.PathArguments(test.segment), " ")}
		if want := []string{test.accessor, test.path, test.args}; len(diags) > 0 || !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q; %v", test.segment.Text(), got, want, diags)
		}
	}
}
