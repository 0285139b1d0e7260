package main

import (
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// libraryPermissions is a table for the small service, and libraryEast is another cloud's metadata of it.
const libraryPermissions = `{"permissions": {"Books.Read": {"authorizationType": "oAuth2", "schemes": {"DelegatedWork": {"privilegeLevel": 2}, "Application": {}},
"pathSets": [{"schemeKeys": ["DelegatedWork"], "methods": ["GET"], "paths": {"/books": "least=DelegatedWork"}},
 {"schemeKeys": ["Application"], "methods": ["GET"], "paths": {"/books": ""}}]}}}`

var libraryEast = strings.NewReplacer(`<Property Name="pages" Type="Edm.Int32"/>`, "", `<EntitySet Name="authors" EntityType="lib.author"/>`, "").Replace(library)

// permissionsTree is what the tests begin with.
func permissionsTree() map[string]string {
	files := libraryTree()
	files["table.json"], files["east.xml"] = libraryPermissions, libraryEast
	files["notes.yaml"] = "operations:\n  GET /books: {delegated: [Books.Read], application: [Books.All]}\n"
	config := strings.Replace(libraryConfig, "      notes:", "      permissions: table.json\n      clouds: {East: east.xml}\n      notes:", 1)
	files["graphslice.yaml"] = strings.Replace(config, "['/books#GET']", "['/books#GET', '/authors#GET']", 1)
	return files
}

// Tables of permissions and clouds that cannot be used are one message each, and nothing is written.
func TestSliceWithBadTables(t *testing.T) {
	const nothing = "gen: nothing was written\n"
	const hint = "\n\thint: name a permissions.json or provisioningInfo.json as the repository microsoftgraph/microsoft-graph-devx-content has them, whole\n"
	const head = ": error: this is no table of permissions: "
	from := func(args ...string) []string {
		return append([]string{"slice", "--metadata=lib.xml", "--service-root=https://lib.example/v1", "--out=out.yaml", "--include=/books#GET"}, args...)
	}
	tests := map[string]struct {
		args  []string
		files map[string]string
		want  result
	}{
		"no JSON": {from("--permissions=lib.xml"), nil,
			result{exitInput, "", "lib.xml:1:1" + head + "it is not JSON: invalid character '<' looking for beginning of value (bad-permissions)" + hint + nothing}},
		"cut short": {from("--permissions=half.json"), map[string]string{"half.json": libraryPermissions[:200]},
			result{exitInput, "", "half.json:2:66" + head + "it ends in the middle (bad-permissions)" + hint + nothing}},
		"another form": {from("--permissions=other.json"), map[string]string{"other.json": `{"value": []}`},
			result{exitInput, "", "other.json:1:1" + head + `it has neither "permissions" nor "permissionDeployments" (bad-permissions)` + hint + nothing}},
		"no file": {from("--permissions=gone.json"), nil, result{exitInput, "", "gone.json: error: there is no such file (unreadable-file)\n" + nothing}},
		"no metadata of a cloud": {from("--cloud=East=own.yaml"), nil,
			result{exitInput, "", "own.yaml:1:1: error: the document is not XML (metadata-syntax)\n\thint: OData metadata is what a service serves at $metadata\n" + nothing}},
		"a cloud without source": {from("--cloud=East"), nil,
			result{exitUsage, "", `gen: --cloud is written as name=source, such as China=china.xml, not "East"` + usage}},
		"a cloud's name": {from("--cloud=Far East=east.xml"), nil,
			result{exitUsage, "", `gen: --cloud is written as name=source, such as China=china.xml, not "Far East=east.xml"` + usage}},
		"beside a configuration": {[]string{"slice", "--permissions=table.json"}, nil,
			result{exitUsage, "", "gen: --permissions needs --openapi or --metadata; for a slice of graphslice.yaml write it there" + usage}},
		"a cloud's name in a configuration": {[]string{"slice"}, map[string]string{"graphslice.yaml": strings.Replace(permissionsTree()["graphslice.yaml"], "East:", "'*/':", 1)},
			result{exitInput, "", `graphslice.yaml:8:22: error: "*/" cannot be the name of a cloud: letters and digits, such as China (bad-config)` + "\n" + nothing}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			lay(t, permissionsTree())
			lay(t, test.files)
			before := len(tree(t))
			if diff := cmp.Diff(test.want, ask(test.args...), cmp.AllowUnexported(result{})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if after := len(tree(t)); after != before {
				t.Errorf("%d files, there were %d", after, before)
			}
		})
	}
}

// From a table and another cloud's metadata to the slice, and from there to gen list.
func TestSliceAndListPermissions(t *testing.T) {
	t.Chdir(t.TempDir())
	lay(t, permissionsTree())
	const noted = "notes.yaml:2:3: warning: 1 permission in the notes is in the table of permissions as well, such as delegated of GET /books (needless-permissions)\n" +
		"\thint: take them out of the notes, so that they change with the table\n" +
		"notes.yaml:2:3: warning: 1 permission in the notes is not the least that the table of permissions has, such as application of GET /books: the table has Books.Read (other-permissions)\n" +
		"\thint: the notes win; take out of them what is not meant so\n"
	want := result{exitOK, "", noted + "gen: 1 slice: 2 operations, 3 types and 0 more at the border; permissions not known of 1, such as GET /authors (write them into notes); files: 1 written, 0 unchanged\n"}
	if diff := cmp.Diff(want, ask("slice"), cmp.AllowUnexported(result{})); diff != "" {
		t.Errorf("gen slice: -want +got:\n%s", diff)
	}
	text, err := os.ReadFile("specs/books.yaml")
	if err != nil || !strings.HasSuffix(string(text), "x-graphslice-permissions:\n  Books.Read:\n    application: {opens: 1}\n    delegated: {level: 2, opens: 1}\nx-graphslice-clouds: [East]\n") {
		t.Errorf("%v\n%s", err, text)
	}
	for _, test := range []struct {
		args []string
		want []string
	}{
		{nil, []string{"GET /authors", "GET /books Books.Read", "lib.author 1", "lib.book 3", "lib.entity 1", "missing operation GET /authors", "missing property lib.book/pages"}},
		{[]string{"--cloud=East"}, []string{"GET /books Books.Read", "lib.author 1", "lib.book 2", "lib.entity 1"}},
	} {
		got := ask(append([]string{"list", "--format=json"}, test.args...)...)
		if diff := cmp.Diff(test.want, listedIn(t, got.stdout)); diff != "" {
			t.Errorf("gen list %v: -want +got:\n%s%s", test.args, diff, got.stderr)
		}
	}
	for cloud, want := range map[string]string{"West": "gen: --cloud West: the slices were compared with East" + usage} {
		if got := ask("list", "--cloud", cloud); got.code != exitUsage || got.stderr != want {
			t.Errorf("exit code %d: %s", got.code, got.stderr)
		}
	}
	lay(t, map[string]string{"bare.yaml": strings.Replace(string(text), "x-graphslice-clouds: [East]\n", "", 1)})
	if got := ask("list", "--spec=bare.yaml", "--cloud=East"); got.code != exitUsage ||
		!strings.HasPrefix(got.stderr, "gen: --cloud East: the slices were compared with no cloud; write clouds: below slice: in graphslice.yaml and run gen slice") {
		t.Errorf("exit code %d: %s", got.code, got.stderr)
	}
}

// listedIn are the operations with their permissions, the types with the number of their properties, and what is missing.
func listedIn(t *testing.T, text string) []string {
	var list struct {
		Operations []struct {
			Method, Path string
			Scopes       []string
		}
		Types []struct {
			Name       string
			Properties int
		}
		Missing []struct{ Kind, Element string }
	}
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		t.Fatalf("%v in %s", err, text)
	}
	var all []string
	for _, o := range list.Operations {
		all = append(all, strings.Join(append([]string{o.Method, o.Path}, o.Scopes...), " "))
	}
	for _, y := range list.Types {
		all = append(all, y.Name+" "+string(rune('0'+y.Properties)))
	}
	for _, m := range list.Missing {
		all = append(all, "missing "+m.Kind+" "+m.Element)
	}
	return all
}
