package generator_test

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator"
	"github.com/graphslice/graphslice/generator/internal/disk/disktest"
)

// sharedShelf is a project of two packages over one runtime, of which one needs less of it.
func sharedShelf() map[string]string {
	files := maps.Clone(shelf)
	files["go.mod"] = "module example.com/program\n"
	files["graphslice.yaml"] = strings.Replace(shelf["graphslice.yaml"], "    slice:", "    leave: [batch, traces]\n    slice:", 1) + `  - specs: [specs/authors.yaml]
    out: authors
    leave: [traces]
    slice:
      metadata: shelf.xml
      serviceRoot: https://shelf.example/v1
      files:
        - {out: specs/authors.yaml, include: ['/authors#GET']}
runtime: internal/core
`
	return files
}

// hasFile reports whether a file is there.
func hasFile(name string) bool {
	_, err := os.Stat(filepath.FromSlash(name))
	return err == nil
}

// The runtime is what all packages need, also where only one of them is made; a check knows when it is not.
func TestProjectShares(t *testing.T) {
	t.Chdir(t.TempDir())
	disktest.Lay(t, ".", sharedShelf())
	made(t)
	for name, want := range map[string]bool{
		"internal/core/batch.go": true, "internal/core/trace.go": false, "internal/core/graphslice.lock": true,
		"shelf/runtime_batch.go": false, "authors/runtime_batch.go": true, "shelf/runtime_aliases.go": true, "shelf/runtime_opt.go": false,
	} {
		if hasFile(name) != want {
			t.Errorf("%s is there: %t, want %t", name, !want, want)
		}
	}
	checked := func(when string, differs bool) {
		t.Helper()
		for _, full := range []bool{false, true} {
			o, err := open(t).Check(t.Context(), generator.Options{Full: full})
			if err != nil || o.Failed() || o.Differs() != differs {
				t.Errorf("%s, full %t: differs %t, want %t: %v %v", when, full, o.Differs(), differs, err, o.Diagnostics())
			}
			if !full && !differs && !o.Packages[len(o.Packages)-1].UpToDate {
				t.Errorf("%s: hashes are not enough", when)
			}
		}
	}
	checked("made", false)
	compared := func(when, findings string) {
		t.Helper()
		reports, err := open(t).Diff(t.Context(), "")
		if err != nil {
			t.Fatal(err)
		}
		got := ""
		for _, r := range reports {
			got += strings.Join(r.Notes, "\n")
			for _, f := range r.Findings {
				got += f.ID + " " + f.Name + "\n"
			}
		}
		if got != findings {
			t.Errorf("%s: found\n%s, want\n%s", when, got, findings)
		}
	}
	compared("made", "")
	slice, err := os.ReadFile("specs/authors.yaml")
	if err != nil {
		t.Fatal(err)
	}
	disktest.Lay(t, ".", map[string]string{"specs/authors.yaml": strings.Replace(string(slice), "/authors:", "/writers:", 1)})
	compared("another path", "GET /authors AuthorsRequests.List\nGET /writers WritersRequests.List\n")
	disktest.Lay(t, ".", map[string]string{"specs/authors.yaml": string(slice)})

	p := open(t)
	addition, err := p.Addition(p.Targets[0], "specs/books.yaml", false, []string{"/books/{book-id}#GET"})
	if err != nil {
		t.Fatal(err)
	}
	if o, err := addition.Apply(t.Context(), generator.AddOptions{}); err != nil || o.Failed() {
		t.Fatal(err, o)
	}
	checked("added to the one that needs less", false)

	if err := os.Remove(filepath.FromSlash("internal/core/opt.go")); err != nil {
		t.Fatal(err)
	}
	checked("without a file of the runtime", true)
	less := strings.Replace(sharedShelf()["graphslice.yaml"], "leave: [traces]", "leave: [batch, traces]", 1)
	disktest.Lay(t, ".", map[string]string{"graphslice.yaml": less})
	checked("needing less", true)
	made(t)
	checked("made again", false)
	if hasFile("internal/core/batch.go") || hasFile("authors/runtime_batch.go") {
		t.Error("what nobody needs is there")
	}

	disktest.Lay(t, ".", map[string]string{"graphslice.yaml": strings.Replace(less, "runtime: internal/core\n", "", 1)})
	compared("alone", strings.Repeat("the runtime comes to stand elsewhere, under the same names, and was not compared", 2))
	made(t)
	if hasFile("shelf/runtime_aliases.go") || !hasFile("shelf/runtime_opt.go") {
		t.Error("the packages do not stand alone again")
	}
}

// A runtime that the packages cannot import is one error, and nothing is written.
func TestProjectCannotShare(t *testing.T) {
	for name, test := range map[string]struct{ runtime, module, want string }{
		"no module":    {"internal/core", "-", "graphslice.yaml:18:10: error: the packages import the runtime, and how cannot be told: there is no go.mod here or above (bad-runtime)\n\thint: run go mod init in the folder of the program"},
		"no line":      {"internal/core", "go 1.25\n", "graphslice.yaml:18:10: error: the packages import the runtime, and how cannot be told: it has no module line (bad-runtime)\n\thint: run go mod init in the folder of the program"},
		"elsewhere":    {"tools/core", "", "graphslice.yaml:18:10: error: the runtime goes to module example.com/tools, and shelf is not in it (bad-runtime)\n\thint: name a folder of the module that shelf is in"},
		"outside":      {"../core", "", "graphslice.yaml:18:10: error: the runtime goes to ../core, which is in no module, and shelf is in example.com/program (bad-runtime)\n\thint: name a folder of the module that shelf is in, such as internal/msgraph"},
		"passed over":  {"internal/testdata/core", "", "graphslice.yaml:18:10: error: a package in internal/testdata/core is not in ./..., so that go build, go vet and go test pass over it: \"testdata\" is a name that Go knows (ignored-folder)\n\thint: name another folder, such as internal/graph"},
		"internal":     {"other/internal/core", "", "graphslice.yaml:18:10: error: Go does not let example.com/program/shelf import example.com/program/other/internal/core, which is internal elsewhere (bad-runtime)\n\thint: name a folder that all packages can import, such as internal/core"},
		"a package's":  {"shelf", "", "graphslice.yaml:18:10: error: the runtime and a package go to shelf (same-out)\n\tsee also graphslice.yaml:2:5\n\thint: give it a folder of its own, such as internal/msgraph"},
		"not its name": {"internal/core.v2", "", "graphslice.yaml:18:10: error: \"core.v2\", the last part of runtime, is not a package name (bad-config)\n\thint: end it with a word in lower case, as in internal/msgraph"},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "program")
			if err := os.Mkdir(dir, 0o777); err != nil {
				t.Fatal(err)
			}
			t.Chdir(dir)
			files := sharedShelf()
			files["tools/go.mod"] = "module example.com/tools\n"
			files["graphslice.yaml"] = strings.Replace(files["graphslice.yaml"], "internal/core", test.runtime, 1)
			if test.module != "" {
				files["go.mod"] = test.module
			}
			if test.module == "-" {
				delete(files, "go.mod")
			}
			disktest.Lay(t, ".", files)
			text := ""
			p, err := generator.Open("graphslice.yaml")
			if err != nil {
				text = err.Error()
			} else {
				if cut, err := p.Cut(t.Context(), generator.CutOptions{}); err != nil || cut.Faults.HasErrors() {
					t.Fatal(err, cut)
				}
				o, err := p.Generate(t.Context(), generator.Options{})
				if err != nil {
					t.Fatal(err)
				}
				text = o.Diagnostics().Error()
			}
			if text != test.want {
				t.Errorf("got\n%s\nwant\n%s", text, test.want)
			}
			if hasFile("shelf/models.go") || hasFile("authors/models.go") {
				t.Error("something was written")
			}
		})
	}
}
