package main

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator"
)

// layOldClient lays the programs that use clients in the shape of Kiota's, and goes to the first.
func layOldClient(t *testing.T) {
	t.Helper()
	dir := t.TempDir()
	if err := os.CopyFS(dir, os.DirFS(filepath.Join("testdata", "oldclient"))); err != nil {
		t.Fatal(err)
	}
	t.Chdir(filepath.Join(dir, "program"))
}

// oldSources answers what the configuration of the old program's successor is cut from.
func oldSources(flag string) []string {
	return []string{flag + "=" + cleanedV1 + "=../metadata/v1.0.xml", flag + "=" + cleanedBeta + "=../metadata/beta.xml",
		flag + "=" + permissionsTable + "=../metadata/permissions.json"}
}

// A program that uses another client becomes a configuration, packages, and the list of what replaces what.
func TestInitFrom(t *testing.T) {
	want, err := filepath.Abs(filepath.Join("testdata", "oldclient", "want"))
	if err != nil {
		t.Fatal(err)
	}
	layOldClient(t)
	got := ask(append([]string{"init", "--from", "./..."}, oldSources("--source")...)...)
	if got.code != exitOK {
		t.Fatalf("exit code %d\n%s", got.code, got.stderr)
	}
	if warning := "graphslice.yaml:32:15: warning: left out: the pattern /me/calendarView#GET selects no operation (left-out)\n"; !strings.Contains(got.stderr, warning) {
		t.Errorf("what is left out is not told:\n%s", got.stderr)
	}
	listed := ask("init", "--from", "./...", "--list", "--format", "json")
	files := map[string]string{"list.txt": got.stdout, "graphslice.yaml": tree(t)["graphslice.yaml"], "list.json": listed.stdout}
	for name, text := range files {
		path := filepath.Join(want, name)
		if *update {
			if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(string(data), text); diff != "" {
			t.Errorf("%s: -want +got:\n%sif this is what you want: go test ./cmd/gen -update, and read the diff", name, diff)
		}
	}
	var old generator.OldCode
	if err := json.Unmarshal([]byte(listed.stdout), &old); err != nil || len(old.Calls) == 0 {
		t.Errorf("JSON: %v", err)
	}
	if err := os.Remove("generate.go"); err != nil { // go tool gen is not there
		t.Fatal(err)
	}
	if out, err := goCommand("vet", "./..."); err != nil {
		t.Errorf("go vet: %v\n%s", err, out)
	}
	if got := ask("check", "--full"); got.code != exitOK {
		t.Errorf("gen check: %s", got.stderr)
	}
}

// Without its sources the configuration is written all the same, and what it says to run next ends where the sources would have.
func TestInitFromOffline(t *testing.T) {
	layOldClient(t)
	if err := os.Remove("more.go"); err != nil { // of which the metadata lacks something
		t.Fatal(err)
	}
	got := ask("init", "--from", "./...", "--offline")
	if got.code != exitInput || !strings.Contains(got.stderr, "no --source answers this address (offline)") || !strings.Contains(got.stderr, "go tool gen init --from './...' --list") {
		t.Fatalf("exit code %d\n%s", got.code, got.stderr)
	}
	for _, args := range [][]string{append([]string{"slice"}, oldSources("--from")...), {}, {"init", "--from", "./...", "--list"}} {
		if got = ask(args...); got.code != exitOK {
			t.Fatalf("gen %q: exit code %d\n%s", args, got.code, got.stderr)
		}
	}
	if !strings.Contains(got.stdout, "client.Users().ByID(who).Messages().List(ctx, &graph.ListOptions{Select: …, Top: …})") {
		t.Errorf("the list has not what the packages have:\n%s", got.stdout)
	}
}

// What cannot be read, or asks nothing, is one message, and nothing is written.
func TestInitFromBad(t *testing.T) {
	module := "module example.com/plain\n\ngo 1.24\n"
	tests := map[string]struct {
		args  []string
		files map[string]string
		want  result
	}{
		"not a module": {files: map[string]string{"a.go": "package a\n"},
			want: result{exitInput, "", "error: this is not in a Go module (no-module)\n\thint: run it in the folder of a go.mod or go.work, or below\n"}},
		"does not compile": {files: map[string]string{"go.mod": module, "a.go": "package a\n\nvar x int = \"\"\n"},
			want: result{exitInput, "", "a.go:3:13: error: cannot use \"\" (untyped string constant) as int value in variable declaration (does-not-compile)\n"}},
		"no such client": {files: map[string]string{"go.mod": module, "a.go": "package a\n"},
			want: result{exitInput, "", "error: the code asks nothing of a client that Kiota made, such as Microsoft's SDK for Graph (no-client)\n" +
				"\thint: name the packages that do, such as ./..., in the module that has them\n"}},
		"a list without code": {args: []string{"--list"}, want: result{exitUsage, "", "gen: --list needs --from" + usage}},
		"no pattern":          {args: []string{"--from="}, want: result{exitUsage, "", "gen: --from is empty; ./... are all packages of the module" + usage}},
		"another format":      {args: []string{"--from=.", "--format=xml"}, want: result{exitUsage, "", `gen: --format is text or json, not "xml"` + usage}},
		"a source in itself":  {args: []string{"--from=.", "--source=x"}, want: result{exitUsage, "", `gen: --source: "x" is not of the form ADDRESS=FILE` + usage}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			lay(t, test.files)
			args := test.args
			if args == nil {
				args = []string{"--from", "./..."}
			}
			if diff := cmp.Diff(test.want, ask(append([]string{"init"}, args...)...), cmp.AllowUnexported(result{})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			if len(tree(t)) != len(test.files) {
				t.Errorf("files were written: %v", tree(t))
			}
		})
	}
}

// A file that is in the way is not replaced, and nothing is made.
func TestInitFromInTheWay(t *testing.T) {
	layOldClient(t)
	lay(t, map[string]string{"graphslice.yaml": "mine"})
	got := ask("init", "--from", "./...", "--offline")
	if got.code != exitInput || !strings.Contains(got.stderr, "graphslice.yaml: error: the file is there already") || tree(t)["generate.go"] != "" {
		t.Errorf("exit code %d\n%s", got.code, got.stderr)
	}
}
