package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/graphslice/graphslice/generator/diag"
	"github.com/graphslice/graphslice/generator/lock"
)

// text is a generated file's text with a comment to tell versions apart.
func text(comment string) string { return source("// "+comment, "") }

// code is a generated file's text with a declaration.
func code(name string) string { return source("const "+name+" = 1", "") }

// windows is a text as Windows has it.
func windows(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }

// generated returns files of the given names and comments: name, comment, name, comment, …
func generated(pairs ...string) []File {
	var files []File
	for i := 0; i < len(pairs); i += 2 {
		files = append(files, File{Name: pairs[i], Data: []byte(text(pairs[i+1]))})
	}
	return files
}

// record is what the lock says beside the files.
var record = lock.Lock{
	Version: "1.0.0", Options: lock.Hash(nil), Inputs: []lock.Input{{Path: "../a.yaml", Hash: lock.Hash([]byte("a"))}},
	Elements: []lock.Element{{Kind: "type", ID: "ns.thing", Name: "Thing"}},
}

// lockOf is the lock's text for files; any of them may stand there twice, as after a merge.
func lockOf(files ...[]File) string {
	l := record
	for _, f := range slices.Concat(files...) {
		l.Files = append(l.Files, lock.File{Name: f.Name, Hash: lock.Hash(f.Data)})
	}
	return string(l.Format())
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
		docs     []string
		edited   []string // nothing is applied
		warnings []string
		opts     Options
		after    map[string]string
	}{
		"a new folder": {
			files:   one,
			missing: []string{"a.go", "b.go", lock.Name},
			after:   map[string]string{lock.Name: lockOf(one), "a.go": text("one"), "b.go": text("one")},
		},
		"nothing to do": {
			before: map[string]string{lock.Name: lockOf(one), "a.go": text("one"), "b.go": text("one")},
			files:  one,
			same:   []string{"a.go", "b.go", lock.Name},
			after:  map[string]string{lock.Name: lockOf(one), "a.go": text("one"), "b.go": text("one")},
		},
		"changed, missing and stale beside somebody's own": {
			before: map[string]string{
				lock.Name: lockOf(one), "a.go": text("one"), "b.go": text("one"),
				"own.go": "package graph\n", "marked.go": text("generated elsewhere"), "sub/c.go": "package sub\n",
			},
			files:   generated("a.go", "two", "c.go", "two"),
			changed: []string{"a.go", lock.Name},
			missing: []string{"c.go"},
			stale:   []string{"b.go"},
			docs:    []string{"a.go"},
			after: map[string]string{
				lock.Name: lockOf(generated("a.go", "two", "c.go", "two")), "a.go": text("two"), "c.go": text("two"),
				"own.go": "package graph\n", "marked.go": text("generated elsewhere"), "sub/": "", "sub/c.go": "package sub\n",
			},
		},
		"edited by hand": {
			before:  map[string]string{lock.Name: lockOf(one), "a.go": code("edited"), "b.go": text("one")},
			files:   one,
			changed: []string{"a.go"},
			edited:  []string{"a.go"},
			same:    []string{"b.go", lock.Name},
		},
		"edited by hand, by force": {
			before:  map[string]string{lock.Name: lockOf(one), "a.go": code("edited"), "b.go": text("one")},
			files:   one,
			changed: []string{"a.go"},
			same:    []string{"b.go", lock.Name},
			opts:    Options{Force: true},
			after:   map[string]string{lock.Name: lockOf(one), "a.go": text("one"), "b.go": text("one")},
		},
		"edited by hand to what is generated now": {
			before:  map[string]string{lock.Name: lockOf(generated("a.go", "zero", "b.go", "one")), "a.go": text("one"), "b.go": text("one")},
			files:   one,
			changed: []string{lock.Name},
			docs:    []string{lock.Name},
			same:    []string{"a.go", "b.go"},
			after:   map[string]string{lock.Name: lockOf(one), "a.go": text("one"), "b.go": text("one")},
		},
		"stale and edited": {
			before:  map[string]string{lock.Name: lockOf(one), "a.go": text("one"), "b.go": code("edited")},
			files:   generated("a.go", "one"),
			changed: []string{lock.Name},
			stale:   []string{"b.go"},
			edited:  []string{"b.go"},
			same:    []string{"a.go"},
		},
		"stale and edited, by force": {
			before:  map[string]string{lock.Name: lockOf(one), "a.go": text("one"), "b.go": code("edited")},
			files:   generated("a.go", "one"),
			changed: []string{lock.Name},
			stale:   []string{"b.go"},
			same:    []string{"a.go"},
			opts:    Options{Force: true},
			after:   map[string]string{lock.Name: lockOf(generated("a.go", "one")), "a.go": text("one")},
		},
		"no lock, by force": {
			before:  map[string]string{"a.go": code("other"), "own.go": "package graph\n"},
			files:   one,
			changed: []string{"a.go"},
			missing: []string{"b.go", lock.Name},
			opts:    Options{Force: true},
			after:   map[string]string{lock.Name: lockOf(one), "a.go": text("one"), "b.go": text("one"), "own.go": "package graph\n"},
		},
		"merged, with the lock as a union": {
			before: map[string]string{lock.Name: lockOf(one, generated("a.go", "two", "gone.go", "two")),
				"a.go": text("one and two"), "b.go": text("one"), "gone.go": text("two")},
			files:    one,
			changed:  []string{"a.go", lock.Name},
			stale:    []string{"gone.go"},
			docs:     []string{"a.go"},
			same:     []string{"b.go"},
			warnings: []string{"out/graphslice.lock: warning: it is a merge of several generations; what is made now replaces all of them (merged-lock)"},
			after:    map[string]string{lock.Name: lockOf(one), "a.go": text("one"), "b.go": text("one")},
		},
		"merged, with conflicts": {
			before: map[string]string{
				lock.Name: strings.Replace(lockOf(one, generated("a.go", "two")), "file\ta.go", "<<<<<<< HEAD\nfile\ta.go", 1),
				"a.go":    Header + "\n<<<<<<< HEAD\n=======\n>>>>>>> other\n", "b.go": text("one")},
			files:    one,
			changed:  []string{"a.go", lock.Name},
			same:     []string{"b.go"},
			warnings: []string{"out/graphslice.lock: warning: it is a merge of several generations; what is made now replaces all of them (merged-lock)"},
			after:    map[string]string{lock.Name: lockOf(one), "a.go": text("one"), "b.go": text("one")},
		},
		"documentation": {
			before:  map[string]string{lock.Name: lockOf(generated("a.go", "zero", "b.go", "one")), "a.go": text("zero"), "b.go": text("one")},
			files:   one,
			changed: []string{"a.go", lock.Name},
			docs:    []string{"a.go", lock.Name},
			same:    []string{"b.go"},
			after:   map[string]string{lock.Name: lockOf(one), "a.go": text("one"), "b.go": text("one")},
		},
		"documentation, without": {
			before:  map[string]string{lock.Name: lockOf(generated("a.go", "zero", "b.go", "one")), "a.go": text("zero"), "b.go": text("one")},
			files:   one,
			changed: []string{lock.Name},
			docs:    []string{lock.Name},
			same:    []string{"a.go", "b.go"},
			opts:    Options{NoDocs: true},
			after: map[string]string{lock.Name: strings.Replace(lockOf(generated("a.go", "zero", "b.go", "one")),
				lock.Hash([]byte(text("zero")))+"\n", lock.Hash([]byte(text("zero")))+"\tolder-docs\n", 1),
				"a.go": text("zero"), "b.go": text("one")},
		},
		"code, without documentation": {
			before:  map[string]string{lock.Name: lockOf(one), "a.go": text("one"), "b.go": text("one")},
			files:   []File{{Name: "a.go", Data: []byte(code("one"))}, {Name: "b.go", Data: []byte(text("two"))}},
			changed: []string{"a.go", lock.Name},
			docs:    []string{lock.Name},
			same:    []string{"b.go"},
			opts:    Options{NoDocs: true},
			after: map[string]string{lock.Name: strings.Replace(lockOf([]File{{Name: "a.go", Data: []byte(code("one"))}, {Name: "b.go", Data: []byte(text("one"))}}),
				lock.Hash([]byte(text("one")))+"\n", lock.Hash([]byte(text("one")))+"\tolder-docs\n", 1),
				"a.go": code("one"), "b.go": text("one")},
		},
		"a comment edited by hand, without documentation": {
			before:  map[string]string{lock.Name: lockOf(one), "a.go": text("edited"), "b.go": text("one")},
			files:   one,
			changed: []string{"a.go"},
			docs:    []string{"a.go"},
			edited:  []string{"a.go"},
			same:    []string{"b.go", lock.Name},
			opts:    Options{NoDocs: true},
		},
		"checked out with Windows' line ends": {
			before: map[string]string{lock.Name: windows(lockOf(one)), "a.go": windows(text("one")), "b.go": windows(text("one"))},
			files:  one,
			same:   []string{"a.go", "b.go", lock.Name},
			after:  map[string]string{lock.Name: windows(lockOf(one)), "a.go": windows(text("one")), "b.go": windows(text("one"))},
		},
		"changed, with Windows' line ends": {
			before:  map[string]string{lock.Name: windows(lockOf(one)), "a.go": windows(text("one")), "b.go": windows(text("one"))},
			files:   generated("a.go", "two", "b.go", "one"),
			changed: []string{"a.go", lock.Name},
			docs:    []string{"a.go", lock.Name},
			same:    []string{"b.go"},
			after:   map[string]string{lock.Name: lockOf(generated("a.go", "two", "b.go", "one")), "a.go": text("two"), "b.go": windows(text("one"))},
		},
		"deleted by hand comes back": {
			before:  map[string]string{lock.Name: lockOf(one), "b.go": text("one")},
			files:   one,
			missing: []string{"a.go"},
			same:    []string{"b.go", lock.Name},
			after:   map[string]string{lock.Name: lockOf(one), "a.go": text("one"), "b.go": text("one")},
		},
		"a lost lock comes back where every file is as it should be": {
			before:  map[string]string{"a.go": text("one"), "b.go": text("one")},
			files:   one,
			missing: []string{lock.Name},
			same:    []string{"a.go", "b.go"},
			after:   map[string]string{lock.Name: lockOf(one), "a.go": text("one"), "b.go": text("one")},
		},
		"a stale file taken over by hand is kept": {
			before:   map[string]string{lock.Name: lockOf(one), "a.go": text("one"), "b.go": "package graph // mine\n"},
			files:    generated("a.go", "one"),
			changed:  []string{lock.Name},
			same:     []string{"a.go"},
			warnings: []string{"out/b.go: warning: it was generated once and is no longer made, but it is not graphslice's any more, so it stays (kept-file)"},
			after:    map[string]string{lock.Name: lockOf(generated("a.go", "one")), "a.go": text("one"), "b.go": "package graph // mine\n"},
		},
		"a stale name that differs in case": {
			before:  map[string]string{lock.Name: lockOf(generated("A.go", "one")), "A.go": text("one")},
			files:   generated("a.go", "one"),
			changed: []string{lock.Name},
			missing: []string{"a.go"},
			stale:   []string{"A.go"},
			after:   map[string]string{lock.Name: lockOf(generated("a.go", "one")), "a.go": text("one")},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			lay(t, "out", test.before)
			plan, err := NewPlan("out", test.files, record, test.opts)
			if err != nil {
				t.Fatal(err)
			}
			var warnings []string
			for _, w := range plan.Warnings {
				warnings = append(warnings, w.String())
			}
			got := [][]string{plan.Changed, plan.Missing, plan.Stale, plan.Unchanged, plan.Documentation, plan.Edited, warnings}
			want := [][]string{test.changed, test.missing, test.stale, test.same, test.docs, test.edited, test.warnings}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("changed, missing, stale, unchanged, documentation, edited, warnings: -want +got:\n%s", diff)
			}
			if diff := cmp.Diff(test.before, withoutFolders(read(t, "out")), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("planning changed the folder: -want +got:\n%s", diff)
			}
			err = Apply(plan)
			if len(test.edited) > 0 {
				test.after = test.before
				if diff := cmp.Diff(plan.Edits().Error(), errorText(err)); diff != "" {
					t.Errorf("error: -want +got:\n%s", diff)
				}
			} else if err != nil {
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
		size   int64             // of the lock, in bytes, with holes; 0 leaves it
		want   string
	}{
		"a foreign file": {
			before: map[string]string{"out/a.go": "package graph\n"},
			want:   "out/a.go: error: a generated file belongs here, and this one does not start with graphslice's header, so it is not replaced (file-in-the-way)\n\thint: move it away, or generate into another folder",
		},
		"a file with our header that the lock does not list": {
			before: map[string]string{"out/a.go": text("other")},
			want:   "out/a.go: error: a generated file belongs here, and this one is not in graphslice.lock, so it is not replaced (file-in-the-way)\n\thint: restore the lock from version control; or replace the file with --force",
		},
		"a listed file without our header": {
			before: map[string]string{"out/" + lock.Name: lockOf(one), "out/a.go": "package graph\n"},
			want:   "out/a.go: error: a generated file belongs here, and this one does not start with graphslice's header, so it is not replaced (file-in-the-way)\n\thint: move it away, or generate into another folder",
		},
		"a folder in the way": {
			before: map[string]string{"out/a.go/x": ""},
			want:   "out/a.go: error: it is a folder, and a generated file belongs here (file-in-the-way)\n\thint: move it away, or generate into another folder",
		},
		"a link in the way": {
			before: map[string]string{"elsewhere.go": text("one"), "out/" + lock.Name: lockOf(one)},
			link:   map[string]string{"out/a.go": "../elsewhere.go"},
			want:   "out/a.go: error: it is a symbolic link, and a generated file belongs here (file-in-the-way)\n\thint: move it away, or generate into another folder",
		},
		"a linked lock": {
			before: map[string]string{"elsewhere": lockOf(one), "out/own.go": ""},
			link:   map[string]string{"out/" + lock.Name: "../elsewhere"},
			want:   "out/graphslice.lock: error: it is a symbolic link, and a generated file belongs here (file-in-the-way)\n\thint: move it away, or generate into another folder",
		},
		"a name that differs in case": {
			before: map[string]string{"out/A.go": "package graph\n"},
			want:   "out/A.go: error: it differs only in case from a.go, which belongs here: on many systems they are one file (file-in-the-way)\n\thint: rename it, or generate into another folder",
		},
		"the folder is a file": {
			before: map[string]string{"out": ""},
			want:   "out: error: it is not a folder (file-in-the-way)\n\thint: name a folder as out",
		},
		"a lock that is too large": {
			before: map[string]string{"out/" + lock.Name: ""},
			size:   65 << 20,
			want:   "out/graphslice.lock: error: it is larger than any generated file: 65 MiB (file-in-the-way)\n\thint: move it away, or generate into another folder",
		},
		"a lock that cannot be read": {
			before: map[string]string{"out/" + lock.Name: "format\t1\nfile\t../x.go\t" + lock.Hash(nil) + "\n", "x.go": text("one")},
			want:   "out/graphslice.lock:2: error: \"../x.go\" is not a file of this folder (bad-lock)\n\thint: restore it from version control; or remove it, and run gen --force to write the package anew",
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
			if test.size > 0 {
				if err := os.Truncate(filepath.Join("out", lock.Name), test.size); err != nil {
					t.Fatal(err)
				}
			}
			_, err := NewPlan("out", one, record, Options{})
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
