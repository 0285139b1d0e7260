package main

import (
	"os"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// readerMain is a program that uses the small service's package.
const readerMain = `package main

import (
	"context"

	"example.com/reader/internal/lib"
)

func main() {
	client, err := lib.NewClient(nil)
	if err != nil {
		panic(err)
	}
	page, _ := client.Books().List(context.Background(), nil)
	println(page.Items[0].ID)
}
`

// layReader lays a module with that program, its slices and its package into the working folder.
func layReader(t *testing.T) {
	t.Helper()
	t.Chdir(t.TempDir())
	lay(t, permissionsTree())
	lay(t, map[string]string{"go.mod": "module example.com/reader\n\ngo 1.24\n", "main.go": readerMain})
	for _, args := range [][]string{{"slice", "--quiet"}, {"--quiet"}} {
		if got := ask(args...); got.code != exitOK {
			t.Fatalf("gen %v: %s", args, got.stderr)
		}
	}
}

const readerUses = `example.com/reader/internal/lib (internal/lib)
  operations
    GET /books  BooksRequests.List
      main.go:14:28
  types
    lib.book  LibBook
      main.go:15:24
  properties
    lib.entity/id  LibEntity.ID
      main.go:15:24
`

const readerPermissions = `delegated
  Books.Read (level 2)
    GET /books
      main.go:14:28
  missing: Books.Read, for GET /books
  unused: Books.Burn: no operation that the program calls accepts it
`

// What gen says of a program's code. Nothing is written, whatever it says.
func TestCodeQuestions(t *testing.T) {
	layReader(t)
	lay(t, map[string]string{
		"broken.json": "{", "odd.json": `{"name": "x"}`, "ids.json": `{"permissionDeployments": {}}`,
		"other.json": `{"requiredResourceAccess": [{"resourceAppId": "00000002-0000-0000-c000-000000000000", "resourceAccess": [{"id": "x", "type": "Scope"}]}]}`,
		"app.json":   `{"requiredResourceAccess": [{"resourceAppId": "` + graphAPI + `", "resourceAccess": [{"id": "0", "type": "Scope"}]}]}`,
	})
	before := tree(t)
	tests := map[string]struct {
		args []string
		want result
	}{
		"uses":        {[]string{"uses"}, result{exitOK, readerUses, ""}},
		"no such":     {[]string{"uses", "./nowhere"}, result{exitInput, "", "error: stat " + wd(t) + "/nowhere: directory not found (go-list)\n"}},
		"an argument": {[]string{"uses", ""}, result{exitUsage, "", "gen: a pattern of packages is empty" + usage}},
		"a format":    {[]string{"uses", "--format", "xml"}, result{exitUsage, "", `gen: --format is text or json, not "xml"` + usage}},
		"compared":    {[]string{"permissions", "--delegated", "--granted", "Books.Burn"}, result{exitOK, readerPermissions, ""}},
		"missing":     {[]string{"permissions", "--delegated", "--granted", "Books.Burn", "--fail-on", "missing"}, result{exitDiffers, readerPermissions, ""}},
		"enough":      {[]string{"permissions", "--delegated", "--granted", "Books.Read", "--fail-on", "missing,excess", "--format", "teams", "--rsc"}, result{exitDiffers, "", ""}},
		"not granted": {[]string{"permissions", "--fail-on", "missing"}, result{exitUsage, "", "gen: --fail-on needs --granted" + usage}},
		"fail on":     {[]string{"permissions", "--fail-on", "mising"}, result{exitUsage, "", `gen: --fail-on is missing or excess, not "mising"; did you mean missing? See gen --help` + "\n"}},
		"teams":       {[]string{"permissions", "--format", "teams"}, result{exitUsage, "", "gen: --format teams needs --rsc" + usage}},
		"no ids": {[]string{"permissions", "--delegated", "--format", "manifest"}, result{exitInput, "", "error: the ids of these permissions are not known: Books.Read (no-permission-id)\n" +
			"\thint: give both tables, that of the permissions and that of their ids (for Microsoft Graph permissions.json and provisioningInfo.json), with --permissions, or below slice: and cut again\n"}},
		"no JSON": {[]string{"permissions", "--granted", "broken.json"}, result{exitInput, "", "broken.json: error: it is not the JSON of a manifest: unexpected end of JSON input (bad-manifest)\n"}},
		"no manifest": {[]string{"permissions", "--granted", "odd.json"}, result{exitInput, "", "odd.json: error: it has neither requiredResourceAccess nor authorization.permissions.resourceSpecific (bad-manifest)\n" +
			"\thint: take the manifest of an app registration, or of a Teams app\n"}},
		"another API": {[]string{"permissions", "--granted", "other.json"}, result{exitInput, "", "other.json: error: it is about another API: 00000002-0000-0000-c000-000000000000 (bad-manifest)\n" +
			"\thint: it has to have permissions of " + graphAPI + "; --api says another\n"}},
		"no such permission": {[]string{"permissions", "--granted", "Books.Raed"}, result{exitInput, "", "error: there is no permission \"Books.Raed\" (unknown-permission)\n" +
			"\thint: the nearest names are Books.Read, Books.All; if it exists nevertheless, name the table of all with --permissions\n"}},
		"not in the table":  {[]string{"permissions", "--granted", "Nothing", "--permissions", "table.json"}, result{exitInput, "", "error: there is no permission \"Nothing\" (unknown-permission)\n"}},
		"no manifest there": {[]string{"permissions", "--granted", "no.json"}, result{exitInput, "", "no.json: error: no such file or directory (file)\n"}},
		"to narrow":         {[]string{"tidy", "--check"}, result{exitDiffers, "internal/lib: - GET /authors\n", ""}},
		"check and dry run": {[]string{"tidy", "--check", "--dry-run"}, result{exitUsage, "", "gen: --check and --dry-run exclude each other" + usage}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := ask(test.args...)
			if name == "enough" || name == "to narrow" { // of which the code matters here
				got.stderr, test.want.stderr = "", ""
			}
			if name == "enough" {
				got.stdout = ""
			}
			if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(result{})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if diff := cmp.Diff(before, tree(t)); diff != "" {
				t.Errorf("files: -before +after:\n%s", diff)
			}
		})
	}
}

func wd(t *testing.T) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// Code, locks and files that nothing can be said of are one message each, and nothing is written.
func TestBadCode(t *testing.T) {
	layReader(t)
	good := tree(t)
	edited := good["internal/lib/models.go"] + "\n// mine\n"
	tests := map[string]struct {
		files map[string]string
		args  []string
		want  string
	}{
		"no generated package": {map[string]string{"main.go": "package main\n\nfunc main() {}\n"}, []string{"uses"},
			"error: the code imports no package that graphslice generated: none has a graphslice.lock beside it (nothing-generated)\n\thint: name the packages that do, such as ./..., in the module that has them\n"},
		"does not compile": {map[string]string{"main.go": readerMain + "var x int = \"\"\n"}, []string{"uses"},
			"main.go:17:13: error: cannot use \"\" (untyped string constant) as int value in variable declaration (does-not-compile)\n"},
		"a lock of other code": {map[string]string{"internal/lib/models.go": edited}, []string{"permissions"},
			"internal/lib/graphslice.lock: error: it is not the lock of the code beside it: models.go is another than it lists (lock-not-of-code)\n\thint: run gen; if models.go was edited by hand, gen --force\n"},
		"edited by hand": {map[string]string{"internal/lib/models.go": edited}, []string{"tidy"},
			"internal/lib/graphslice.lock: error: it is not the lock of the code beside it: models.go is another than it lists (lock-not-of-code)\n\thint: run gen; if models.go was edited by hand, gen --force\n"},
		"a lock that is none": {map[string]string{"internal/lib/graphslice.lock": "x\n"}, []string{"uses"},
			"internal/lib/graphslice.lock:1: error: \"x\" is not an entry of a graphslice.lock (bad-lock)\n\thint: restore it from version control; or remove it, and run gen --force to write the package anew\n"},
		"no slices": {map[string]string{"graphslice.yaml": "packages:\n  - {specs: [specs/books.yaml], out: internal/lib, package: lib}\n"}, []string{"tidy"},
			"graphslice.yaml:2:5: error: no package says what its slices are cut from (no-slices)\n\thint: write slice: below a package, or name sources with --openapi and --metadata; see gen slice --help\n"},
		"a slice is missing": {map[string]string{"specs/books.yaml": ""}, []string{"tidy"},
			"specs/books.yaml: error: no such slice (no-slice)\n\thint: run gen slice\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			lay(t, good)
			lay(t, test.files)
			if name == "a slice is missing" {
				if err := os.Remove("specs/books.yaml"); err != nil {
					t.Fatal(err)
				}
			}
			before := tree(t)
			got := ask(test.args...)
			if diff := cmp.Diff(result{exitInput, "", test.want}, got, cmp.AllowUnexported(result{})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if diff := cmp.Diff(before, tree(t)); diff != "" {
				t.Errorf("files: -before +after:\n%s", diff)
			}
		})
	}
	t.Run("not generated yet", func(t *testing.T) {
		lay(t, good)
		lay(t, map[string]string{"internal/new/new_test.go": "package new_test\n\nimport _ \"example.com/reader/internal/new\"\n"})
		want := result{exitInput, "", "error: no non-test Go files in internal/new (go-list)\n\thint: if gen makes the package that is tested there, run gen first\n"}
		if diff := cmp.Diff(want, ask("uses"), cmp.AllowUnexported(result{})); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
	t.Run("no module", func(t *testing.T) {
		t.Chdir(t.TempDir())
		want := result{exitInput, "", "error: this is not in a Go module (no-module)\n\thint: run it in the folder of a go.mod or go.work, or below\n"}
		if diff := cmp.Diff(want, ask("uses"), cmp.AllowUnexported(result{})); diff != "" {
			t.Errorf("-want +got:\n%s", diff)
		}
	})
}
