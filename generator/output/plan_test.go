package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/graphslice/graphslice/generator/diag"
)

// text is a generated file's text with a comment to tell versions apart.
func text(comment string) string { return source("// "+comment, "") }

// generated returns files of the given names and comments: name, comment, name, comment, …
func generated(pairs ...string) []File {
	var files []File
	for i := 0; i < len(pairs); i += 2 {
		files = append(files, File{Name: pairs[i], Data: []byte(text(pairs[i+1]))})
	}
	return files
}

// manifestOf is the manifest's text for files.
func manifestOf(t *testing.T, files []File) string {
	t.Helper()
	data, err := newManifest(files)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// lay writes a tree of files, given by slash-separated path.
func lay(t *testing.T, dir string, tree map[string]string) {
	t.Helper()
	for name, data := range tree {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(data), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// read returns everything below dir: files with their text, folders as "name/", links as their target.
func read(t *testing.T, dir string) map[string]string {
	t.Helper()
	tree := map[string]string{}
	err := filepath.WalkDir(dir, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || path == dir {
			return err
		}
		rel, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		name := filepath.ToSlash(rel)
		switch {
		case entry.IsDir():
			tree[name+"/"] = ""
		case entry.Type()&fs.ModeSymlink != 0:
			target, err := os.Readlink(path)
			tree[name] = "-> " + target
			return err
		default:
			data, err := os.ReadFile(path)
			tree[name] = string(data)
			return err
		}
		return nil
	})
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return tree
}

func TestPlanAndApply(t *testing.T) {
	one := generated("a.go", "one", "b.go", "one")
	tests := map[string]struct {
		before   map[string]string
		files    []File
		changed  []string
		missing  []string
		stale    []string
		same     []string
		warnings []string
		after    map[string]string
	}{
		"a new folder": {
			files:   one,
			missing: []string{ManifestName, "a.go", "b.go"},
			after:   map[string]string{ManifestName: manifestOf(t, one), "a.go": text("one"), "b.go": text("one")},
		},
		"nothing to do": {
			before: map[string]string{ManifestName: manifestOf(t, one), "a.go": text("one"), "b.go": text("one")},
			files:  one,
			same:   []string{ManifestName, "a.go", "b.go"},
			after:  map[string]string{ManifestName: manifestOf(t, one), "a.go": text("one"), "b.go": text("one")},
		},
		"changed, missing and stale beside somebody's own": {
			before: map[string]string{
				ManifestName: manifestOf(t, one), "a.go": text("one"), "b.go": text("one"),
				"own.go": "package graph\n", "marked.go": text("generated elsewhere"), "sub/c.go": "package sub\n",
			},
			files:   generated("a.go", "two", "c.go", "two"),
			changed: []string{ManifestName, "a.go"},
			missing: []string{"c.go"},
			stale:   []string{"b.go"},
			after: map[string]string{
				ManifestName: manifestOf(t, generated("a.go", "two", "c.go", "two")), "a.go": text("two"), "c.go": text("two"),
				"own.go": "package graph\n", "marked.go": text("generated elsewhere"), "sub/": "", "sub/c.go": "package sub\n",
			},
		},
		"edited by hand is replaced": {
			before:  map[string]string{ManifestName: manifestOf(t, one), "a.go": text("edited"), "b.go": text("one")},
			files:   one,
			changed: []string{"a.go"},
			same:    []string{ManifestName, "b.go"},
			after:   map[string]string{ManifestName: manifestOf(t, one), "a.go": text("one"), "b.go": text("one")},
		},
		"deleted by hand comes back": {
			before:  map[string]string{ManifestName: manifestOf(t, one), "b.go": text("one")},
			files:   one,
			missing: []string{"a.go"},
			same:    []string{ManifestName, "b.go"},
			after:   map[string]string{ManifestName: manifestOf(t, one), "a.go": text("one"), "b.go": text("one")},
		},
		"a lost manifest comes back where every file is as it should be": {
			before:  map[string]string{"a.go": text("one"), "b.go": text("one")},
			files:   one,
			missing: []string{ManifestName},
			same:    []string{"a.go", "b.go"},
			after:   map[string]string{ManifestName: manifestOf(t, one), "a.go": text("one"), "b.go": text("one")},
		},
		"a stale file taken over by hand is kept": {
			before:   map[string]string{ManifestName: manifestOf(t, one), "a.go": text("one"), "b.go": "package graph // mine\n"},
			files:    generated("a.go", "one"),
			changed:  []string{ManifestName},
			same:     []string{"a.go"},
			warnings: []string{"out/b.go: warning: it was generated once and is no longer made, but it is not graphslice's any more, so it stays (kept-file)"},
			after:    map[string]string{ManifestName: manifestOf(t, generated("a.go", "one")), "a.go": text("one"), "b.go": "package graph // mine\n"},
		},
		"what a killed run left is named": {
			before:   map[string]string{ManifestName: manifestOf(t, one), "a.go": text("one"), "b.go": text("one"), ".graphslice-tmp-1/new/a.go": ""},
			files:    one,
			same:     []string{ManifestName, "a.go", "b.go"},
			warnings: []string{"out/.graphslice-tmp-1: warning: a run that was killed left this folder: remove it (left-over)"},
			after: map[string]string{
				ManifestName: manifestOf(t, one), "a.go": text("one"), "b.go": text("one"),
				".graphslice-tmp-1/": "", ".graphslice-tmp-1/new/": "", ".graphslice-tmp-1/new/a.go": "",
			},
		},
		"a stale name that differs in case": {
			before:  map[string]string{ManifestName: manifestOf(t, generated("A.go", "one")), "A.go": text("one")},
			files:   generated("a.go", "one"),
			changed: []string{ManifestName},
			missing: []string{"a.go"},
			stale:   []string{"A.go"},
			after:   map[string]string{ManifestName: manifestOf(t, generated("a.go", "one")), "a.go": text("one")},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			lay(t, "out", test.before)
			plan, err := NewPlan("out", test.files)
			if err != nil {
				t.Fatal(err)
			}
			var warnings []string
			for _, w := range plan.Warnings {
				warnings = append(warnings, w.String())
			}
			got := [][]string{plan.Changed, plan.Missing, plan.Stale, plan.Unchanged, warnings}
			want := [][]string{test.changed, test.missing, test.stale, test.same, test.warnings}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("changed, missing, stale, unchanged, warnings: -want +got:\n%s", diff)
			}
			if diff := cmp.Diff(test.before, withoutFolders(read(t, "out")), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("planning changed the folder: -want +got:\n%s", diff)
			}
			if err := Apply(plan); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.after, read(t, "out")); diff != "" {
				t.Errorf("after: -want +got:\n%s", diff)
			}
		})
	}
}

// withoutFolders drops the entries that read makes for folders.
func withoutFolders(tree map[string]string) map[string]string {
	for name := range tree {
		if strings.HasSuffix(name, "/") {
			delete(tree, name)
		}
	}
	return tree
}

func TestPlanRefuses(t *testing.T) {
	one := generated("a.go", "one")
	tests := map[string]struct {
		before map[string]string
		link   map[string]string // name: target
		want   string
	}{
		"a foreign file": {
			before: map[string]string{"out/a.go": "package graph\n"},
			want:   "out/a.go: error: a generated file belongs here, and this one is not in .graphslice.json, so it is not replaced (file-in-the-way)\n\thint: move it away, or generate into another folder",
		},
		"a file with our header that the manifest does not list": {
			before: map[string]string{"out/a.go": text("other")},
			want:   "out/a.go: error: a generated file belongs here, and this one is not in .graphslice.json, so it is not replaced (file-in-the-way)\n\thint: move it away, or generate into another folder",
		},
		"a listed file without our header": {
			before: map[string]string{"out/" + ManifestName: manifestOf(t, one), "out/a.go": "package graph\n"},
			want:   "out/a.go: error: a generated file belongs here, and this one does not start with graphslice's header, so it is not replaced (file-in-the-way)\n\thint: move it away, or generate into another folder",
		},
		"a folder in the way": {
			before: map[string]string{"out/a.go/x": ""},
			want:   "out/a.go: error: it is a folder, and a generated file belongs here (file-in-the-way)\n\thint: move it away, or generate into another folder",
		},
		"a link in the way": {
			before: map[string]string{"elsewhere.go": text("one"), "out/" + ManifestName: manifestOf(t, one)},
			link:   map[string]string{"out/a.go": "../elsewhere.go"},
			want:   "out/a.go: error: it is a symbolic link, and a generated file belongs here (file-in-the-way)\n\thint: move it away, or generate into another folder",
		},
		"a linked manifest": {
			before: map[string]string{"elsewhere": manifestOf(t, one), "out/own.go": ""},
			link:   map[string]string{"out/" + ManifestName: "../elsewhere"},
			want:   "out/.graphslice.json: error: it is a symbolic link, and a generated file belongs here (file-in-the-way)\n\thint: move it away, or generate into another folder",
		},
		"a name that differs in case": {
			before: map[string]string{"out/A.go": "package graph\n"},
			want:   "out/A.go: error: it differs only in case from a.go, which belongs here: on many systems they are one file (file-in-the-way)\n\thint: rename it, or generate into another folder",
		},
		"the folder is a file": {
			before: map[string]string{"out": ""},
			want:   "out: error: it is not a folder (file-in-the-way)\n\thint: name a folder as out",
		},
		"a manifest that is no JSON": {
			before: map[string]string{"out/" + ManifestName: "<<<<<<< HEAD"},
			want:   "out/.graphslice.json: error: not a list of generated files: invalid character '<' looking for beginning of value (bad-manifest)\n\thint: restore it from version control, or remove it and the generated files",
		},
		"a manifest that climbs out": {
			before: map[string]string{"out/" + ManifestName: `{"files": {"../x.go": ""}}`, "x.go": text("one")},
			want:   "out/.graphslice.json: error: \"../x.go\" is not a file of this folder (bad-manifest)\n\thint: it lists the files of its own folder only: restore it from version control",
		},
		"a manifest with an absolute path": {
			before: map[string]string{"out/" + ManifestName: `{"files": {"/x.go": ""}}`},
			want:   "out/.graphslice.json: error: \"/x.go\" is not a file of this folder (bad-manifest)\n\thint: it lists the files of its own folder only: restore it from version control",
		},
		"a manifest with a folder": {
			before: map[string]string{"out/" + ManifestName: `{"files": {"sub\\x.go": ""}}`},
			want:   "out/.graphslice.json: error: \"sub\\\\x.go\" is not a file of this folder (bad-manifest)\n\thint: it lists the files of its own folder only: restore it from version control",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			lay(t, ".", test.before)
			for name, target := range test.link {
				if err := os.Symlink(target, name); err != nil {
					t.Fatal(err)
				}
			}
			_, err := NewPlan("out", one)
			var faults diag.List
			if !errors.As(err, &faults) {
				t.Fatalf("error %v, want diagnostics", err)
			}
			if diff := cmp.Diff(test.want, faults.Error()); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// A failure while the second package is written leaves both folders, and the absence of a third, as they were.
func TestApplyRollsBack(t *testing.T) {
	t.Chdir(t.TempDir())
	old := generated("a.go", "one", "b.go", "one")
	before := map[string]string{ManifestName: manifestOf(t, old), "a.go": text("one"), "b.go": text("one")}
	lay(t, "first", before)
	lay(t, "second", before)
	plans := make([]*Plan, 3)
	for i, dir := range []string{"new/deep", "first", "second"} {
		var err error
		if plans[i], err = NewPlan(dir, generated("a.go", "two", "c.go", "two")); err != nil {
			t.Fatal(err)
		}
	}
	// Something comes in the way after the comparison: a folder cannot be replaced by a file.
	lay(t, "second", map[string]string{"c.go/x": ""})

	err := Apply(plans...)
	if got, want := errorText(err), "second/c.go: error: file exists (io)"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
	want := map[string]string{"first/": "", "second/": "", "second/c.go/": "", "second/c.go/x": ""}
	for name, data := range before {
		want["first/"+name] = data
		want["second/"+name] = data
	}
	if diff := cmp.Diff(want, read(t, ".")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestApplyRefusesOneFolderTwice(t *testing.T) {
	t.Chdir(t.TempDir())
	lay(t, "out", map[string]string{"own.go": "package graph\n"})
	if err := os.Symlink("out", "alias"); err != nil {
		t.Fatal(err)
	}
	var plans []*Plan
	for _, dir := range []string{"out", "alias"} {
		plan, err := NewPlan(dir, generated("a.go", "one"))
		if err != nil {
			t.Fatal(err)
		}
		plans = append(plans, plan)
	}
	want := "alias: error: two packages go to this folder (same-out)\n\thint: give each package a folder of its own"
	if got := errorText(Apply(plans...)); got != want {
		t.Errorf("error %q, want %q", got, want)
	}
	if diff := cmp.Diff(map[string]string{"alias": "-> out", "out/": "", "out/own.go": "package graph\n"}, read(t, ".")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
