package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator"
)

func TestInit(t *testing.T) {
	module := "module example.com/letters // ours\n\ngo 1.24\n"
	generate := func(name string) string { return "package " + name + "\n\n//go:generate go tool gen\n" }
	apart := func(name string) string { return apartFromBuild + generate(name) }
	said := func(dir string) string {
		prefix := strings.TrimPrefix(dir+"/", "./")
		return "wrote " + prefix + "graphslice.yaml\nwrote " + prefix + "specs/notes.yaml\nwrote " + prefix + "internal/graph/example_test.go\nwrote " +
			prefix + "generate.go\n" + strings.Replace(initNext, "%s", dir, 1)
	}
	example := func(importPath string) string {
		return strings.Replace(string(starterExample), "{{import}}", importPath, 1)
	}
	inTheWay := func(file string) string {
		return file + ": error: the file is there already, so nothing was written (file-in-the-way)\n\thint: move it away, or choose another folder with --dir\n"
	}
	tests := map[string]struct {
		args  []string
		files map[string]string
		want  result
		wrote map[string]string
	}{
		"in a module": {files: map[string]string{"go.mod": module}, want: result{exitOK, said("."), ""},
			wrote: map[string]string{"graphslice.yaml": string(starterConfig), "specs/notes.yaml": string(starterNotes), "generate.go": apart("letters"),
				"internal/graph/example_test.go": example("example.com/letters/internal/graph")}},
		"beside a program": {files: map[string]string{"go.mod": module, "a_test.go": "package x_test\n", "z.go": "package main\n"}, want: result{exitOK, said("."), ""},
			wrote: map[string]string{"graphslice.yaml": string(starterConfig), "specs/notes.yaml": string(starterNotes), "generate.go": generate("main"),
				"internal/graph/example_test.go": example("example.com/letters/internal/graph")}},
		"beside a script": {files: map[string]string{"go.mod": module, "a.go": "//go:build ignore\n\npackage main\n", "z.go": "package mail\n"}, want: result{exitOK, said("."), ""},
			wrote: map[string]string{"graphslice.yaml": string(starterConfig), "specs/notes.yaml": string(starterNotes), "generate.go": generate("mail"),
				"internal/graph/example_test.go": example("example.com/letters/internal/graph")}},
		"in a folder of a module": {args: []string{"--dir", "in/Ms-Graph"}, files: map[string]string{"go.mod": module, "in/Ms-Graph/x.txt": ""}, want: result{exitOK, said("in/Ms-Graph"), ""},
			wrote: map[string]string{"in/Ms-Graph/graphslice.yaml": string(starterConfig), "in/Ms-Graph/specs/notes.yaml": string(starterNotes), "in/Ms-Graph/generate.go": apart("msgraph"),
				"in/Ms-Graph/internal/graph/example_test.go": example("example.com/letters/in/Ms-Graph/internal/graph")}},
		"a later major version": {files: map[string]string{"go.mod": "module \"example.com/Tool/v2\"\n"}, want: result{exitOK, said("."), ""},
			wrote: map[string]string{"graphslice.yaml": string(starterConfig), "specs/notes.yaml": string(starterNotes), "generate.go": apart("tool"),
				"internal/graph/example_test.go": example("example.com/Tool/v2/internal/graph")}},
		"a keyword": {files: map[string]string{"go.mod": "module example.com/func\n"}, want: result{exitOK, said("."), ""},
			wrote: map[string]string{"graphslice.yaml": string(starterConfig), "specs/notes.yaml": string(starterNotes), "generate.go": apart("graph"),
				"internal/graph/example_test.go": example("example.com/func/internal/graph")}},
		"a configuration in the way": {files: map[string]string{"go.mod": module, "graphslice.yaml": "mine"}, want: result{exitInput, "", inTheWay("graphslice.yaml")}},
		"a Go file in the way":       {files: map[string]string{"go.mod": module, "generate.go": "package mine\n"}, want: result{exitInput, "", inTheWay("generate.go")}},
		"notes in the way":           {files: map[string]string{"go.mod": module, "specs/notes.yaml": "mine"}, want: result{exitInput, "", inTheWay("specs/notes.yaml")}},
		"a file for a folder":        {files: map[string]string{"go.mod": module, "specs": "mine"}, want: result{exitInput, "", "specs/notes.yaml: error: mkdir specs: not a directory (file)\n"}},
		"both in the way": {files: map[string]string{"go.mod": module, "graphslice.yaml": "", "generate.go": "package mine\n"},
			want: result{exitInput, "", inTheWay("graphslice.yaml") + inTheWay("generate.go")}},
		"no module line": {files: map[string]string{"go.mod": "go 1.24\n"}, want: result{exitInput, "", "go.mod: error: it has no module line (no-module)\n\thint: go mod init writes one\n"}},
		"no folder":      {args: []string{"--dir", "x"}, files: map[string]string{"go.mod": module}, want: result{exitInput, "", "x: error: there is no such folder (no-module)\n\thint: make it first\n"}},
		"an empty name":  {args: []string{"--dir", ""}, want: result{exitUsage, "", "gen: --dir is empty" + usage}},
		"an argument":    {args: []string{"x"}, want: result{exitUsage, "", `gen: unknown argument "x"` + usage}},
		"another flag":   {args: []string{"--force"}, want: result{exitUsage, "", "gen: unknown flag: --force; did you mean --source? See gen --help\n"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			lay(t, test.files)
			if diff := cmp.Diff(test.want, ask(append([]string{"init"}, test.args...)...), cmp.AllowUnexported(result{})); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			want := map[string]string{}
			for _, files := range []map[string]string{test.files, test.wrote} {
				for name, data := range files {
					want[name] = data
				}
			}
			if diff := cmp.Diff(want, tree(t)); diff != "" {
				t.Errorf("files: -want +got:\n%s", diff)
			}
		})
	}
}

// A program that is begun after gen init builds, whatever its package is called, and go generate finds its line all the same.
func TestInitBeforeProgram(t *testing.T) {
	for _, main := range []string{"", "package main\n\nfunc main() {}\n", "package other\n"} {
		t.Chdir(t.TempDir())
		lay(t, map[string]string{"go.mod": "module example.com/letters\n\ngo 1.24\n", "internal/graph/graph.go": "package graph\n\ntype Event struct{}\n"})
		if got := ask("init"); got.code != exitOK {
			t.Fatal(got)
		}
		lay(t, map[string]string{"internal/graph/example_test.go": "package graph\n"}) // its calls are not generated
		if main != "" {
			lay(t, map[string]string{"main.go": main})
		}
		if out, err := goCommand("vet", "./..."); err != nil || len(out) > 0 {
			t.Errorf("go vet beside %q: %v\n%s", main, err, out)
		}
		if out, err := goCommand("generate", "-n", "./..."); err != nil || string(out) != "go tool gen\n" {
			t.Errorf("go generate beside %q: %v\n%s", main, err, out)
		}
	}
}

// A link is never written through, wherever it points.
func TestInitLink(t *testing.T) {
	t.Chdir(t.TempDir())
	lay(t, map[string]string{"go.mod": "module a\n"})
	if err := os.Symlink("nowhere", "generate.go"); err != nil {
		t.Fatal(err)
	}
	if got := ask("init"); got.code != exitInput || !strings.Contains(got.stderr, "generate.go: error: the file is there already") {
		t.Errorf("exit code %d, stderr %q", got.code, got.stderr)
	}
	for _, name := range []string{"graphslice.yaml", "nowhere"} {
		if _, err := os.Lstat(name); err == nil {
			t.Errorf("%s was written", name)
		}
	}
}

// What init writes is a configuration, and so is what its example shows.
func TestStarter(t *testing.T) {
	head, example, found := strings.Cut(string(starterConfig), "# What else can be said.")
	if !found {
		t.Fatal("the example is not there")
	}
	_, example, _ = strings.Cut(example, "\n#\n")
	uncommented := "packages:\n" + strings.ReplaceAll("\n"+example, "\n#", "\n")
	tests := map[string]struct {
		text string
		outs []string
	}{
		"as it is":    {head, []string{"internal/graph"}},
		"with a fake": {strings.Replace(head, "    # fake: ", "    fake: ", 1), []string{"internal/graph", "internal/graph/graphtest"}},
		"the example": {uncommented, []string{"internal/graphbeta"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			lay(t, map[string]string{"graphslice.yaml": test.text, "specs/notes.yaml": string(starterNotes)})
			p, err := generator.Open("graphslice.yaml")
			if err != nil {
				t.Fatal(err)
			}
			var outs []string
			for _, target := range p.Targets {
				outs = append(outs, filepath.ToSlash(target.Out))
				if target.FakeOut != "" {
					outs = append(outs, filepath.ToSlash(target.FakeOut))
				}
			}
			if diff := cmp.Diff(test.outs, outs); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			for _, target := range p.Targets {
				made, err := target.Slices()
				if err != nil {
					t.Fatal(err)
				}
				if diff := cmp.Diff(target.Specs, made); diff != "" {
					t.Errorf("the slices of a package are not those that are cut for it: -specs +files:\n%s", diff)
				}
			}
		})
	}
}

// The notes that init writes are about what Graph has, and are of use where it is cut; else nothing is said of them.
func TestStarterNotes(t *testing.T) {
	metadata := sharedMetadata(t)
	t.Chdir(t.TempDir())
	for _, test := range []struct {
		include     []string
		longRunning int
	}{
		{[]string{"/me/drive/root:/{path}:/content"}, 0},
		{[]string{"/teams/{id}/*archive", "/teams/{id}/clone", "/print/printers/create", "/chats/{id}/members#GET", "/me/drive/root:/{path}",
			"/groups/{id}/drive/items/{id}/copy", "/users/{id}/joinedTeams/{id}/archive", "/admin/serviceAnnouncement/messages/archive"}, 6},
	} {
		lay(t, map[string]string{"notes.yaml": string(starterNotes)})
		args := []string{"slice", "--metadata", metadata, "--service-root", "https://graph.microsoft.com/v1.0", "--notes", "notes.yaml", "--out", "a.yaml"}
		for _, pattern := range test.include {
			args = append(args, "--include", pattern)
		}
		if got := ask(args...); got.code != exitOK || strings.Contains(got.stderr, "unused-note") {
			t.Errorf("exit code %d\n%s", got.code, got.stderr)
		}
		cut := tree(t)["a.yaml"]
		if n := strings.Count(cut, "x-ms-long-running-operation: true"); n != test.longRunning {
			t.Errorf("%d operations are long-running, want %d", n, test.longRunning)
		}
		if hasRoles := strings.Contains(cut, "value: owner"); hasRoles != (test.longRunning > 0) {
			t.Errorf("the well-known values of roles are there: %v", hasRoles)
		}
	}
}

// What init writes is cut and generated as it is, and compiles. The metadata stands in for the network.
func TestInitCutGenerate(t *testing.T) {
	metadata := sharedMetadata(t)
	t.Chdir(t.TempDir())
	lay(t, map[string]string{"go.mod": "module example.com/letters\n\ngo 1.24\n"})
	from := []string{"--from=" + cleanedV1 + "=" + metadata, "--from=" + permissionsTable + "=" +
		filepath.Join(filepath.Dir(metadata), "..", "graph-permissions", "permissions.json")}
	for _, args := range [][]string{{"init"}, {"slice"}, {}, {"check"}, {"slice", "--check"}, {"add", "/me/messages#POST"}, {"check", "--full"}} {
		if len(args) > 0 && (args[0] == "slice" || args[0] == "add") {
			args = append(args, from...)
		}
		if got := ask(args...); got.code != exitOK {
			t.Fatalf("gen %q: exit code %d\n%s%s", args, got.code, got.stdout, got.stderr)
		}
	}
	if err := os.Remove("generate.go"); err != nil { // go tool gen is not there
		t.Fatal(err)
	}
	for _, args := range [][]string{{"vet", "./..."}, {"test", "./..."}} { // the example that init writes is one
		if out, err := goCommand(args...); err != nil {
			t.Errorf("go %s: %v\n%s", args, err, out)
		}
	}
	want := strings.Replace(string(starterConfig), "            - /me/events#GET,POST\n", "            - /me/events#GET,POST\n            - /me/messages#POST\n", 1)
	if diff := cmp.Diff(want, tree(t)["graphslice.yaml"]); diff != "" {
		t.Errorf("configuration: -want +got:\n%s", diff)
	}
}

// goCommand runs the go command in the working folder. With -trimpath what it makes does not depend on that: it is made once.
func goCommand(args ...string) (output []byte, err error) {
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), "GOFLAGS=-trimpath")
	return cmd.CombinedOutput()
}

// The addresses of help and of the starter are known, with their service roots.
func TestKnownServiceRoots(t *testing.T) {
	tests := map[string]string{
		cleanedV1:   "https://graph.microsoft.com/v1.0",
		cleanedBeta: "https://graph.microsoft.com/beta",
		cleaned + "clean_v10_metadata/cleanMetadata.xml":                   "https://graph.microsoft.com/v1.0",
		strings.Replace(cleanedBeta, "/master/", "/refs/heads/master/", 1): "https://graph.microsoft.com/beta",
		cleaned + "schemas/v1.0-Fairfax.csdl":                              "https://graph.microsoft.us/v1.0",
		cleaned + "schemas/v1.0-Mooncake.csdl":                             "https://microsoftgraph.chinacloudapi.cn/v1.0",
		cleaned + "README.md":                                              "",
		"https://example.com/clean_v10_metadata/cleanMetadata.xml":         "",
		"clean_v10_metadata/cleanMetadata.xml":                             "",
	}
	for address, want := range tests {
		if got := knownServiceRoot([]string{address, cleanedBeta}); got != want {
			t.Errorf("%s: got %q, want %q", address, got, want)
		}
	}
	if got := knownServiceRoot(nil); got != "" {
		t.Errorf("of nothing: %q", got)
	}
	for _, address := range []string{cleanedV1, cleanedBeta} {
		if !strings.Contains(string(starterConfig), address) || !strings.Contains(sliceHelpHead, address) {
			t.Errorf("%s is not named", address)
		}
	}
}
