package disk

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/graphslice/graphslice/generator/internal/diag"
	"github.com/graphslice/graphslice/generator/internal/disk/disktest"
	"github.com/graphslice/graphslice/generator/internal/gosource"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

func TestPlanAndApply(t *testing.T) {
	one := disktest.Generated("a.go", "one", "b.go", "one")
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
			after:   map[string]string{lock.Name: disktest.LockOf(one), "a.go": disktest.Text("one"), "b.go": disktest.Text("one")},
		},
		"nothing to do": {
			before: map[string]string{lock.Name: disktest.LockOf(one), "a.go": disktest.Text("one"), "b.go": disktest.Text("one")},
			files:  one,
			same:   []string{"a.go", "b.go", lock.Name},
			after:  map[string]string{lock.Name: disktest.LockOf(one), "a.go": disktest.Text("one"), "b.go": disktest.Text("one")},
		},
		"changed, missing and stale beside somebody's own": {
			before: map[string]string{
				lock.Name: disktest.LockOf(one), "a.go": disktest.Text("one"), "b.go": disktest.Text("one"),
				"own.go": "package graph\n", "marked.go": disktest.Text("generated elsewhere"), "sub/c.go": "package sub\n",
			},
			files:   disktest.Generated("a.go", "two", "c.go", "two"),
			changed: []string{"a.go", lock.Name},
			missing: []string{"c.go"},
			stale:   []string{"b.go"},
			docs:    []string{"a.go"},
			warnings: []string{"out/marked.go: warning: it starts with graphslice's header, and graphslice.lock does not list it, so it is neither renewed nor removed (stray-file)\n" +
				"\thint: remove it, if it was generated once, as before a merge; if it is yours, remove its first line"},
			after: map[string]string{
				lock.Name: disktest.LockOf(disktest.Generated("a.go", "two", "c.go", "two")), "a.go": disktest.Text("two"), "c.go": disktest.Text("two"),
				"own.go": "package graph\n", "marked.go": disktest.Text("generated elsewhere"), "sub/": "", "sub/c.go": "package sub\n",
			},
		},
		"packages in folders": {
			before:  disktest.WithoutFolders(disktest.WithLock(disktest.OldTree, map[string]string{"half/own.go": "package half\n", "gone/own.go": "package gone\n"})),
			files:   disktest.NewTree,
			changed: []string{"a.go", lock.Name, "half/x.go"},
			missing: []string{"come/x.go"},
			stale:   []string{"gone/x.go", "half/y.go"},
			docs:    []string{"a.go", "half/x.go"},
			after:   disktest.WithLock(disktest.NewTree, map[string]string{"half/own.go": "package half\n", "gone/own.go": "package gone\n", "gone/": ""}),
		},
		"edited by hand": {
			before:  map[string]string{lock.Name: disktest.LockOf(one), "a.go": disktest.Code("edited"), "b.go": disktest.Text("one")},
			files:   one,
			changed: []string{"a.go"},
			edited:  []string{"a.go"},
			same:    []string{"b.go", lock.Name},
		},
		"edited by hand, by force": {
			before:  map[string]string{lock.Name: disktest.LockOf(one), "a.go": disktest.Code("edited"), "b.go": disktest.Text("one")},
			files:   one,
			changed: []string{"a.go"},
			same:    []string{"b.go", lock.Name},
			opts:    Options{Force: true},
			after:   map[string]string{lock.Name: disktest.LockOf(one), "a.go": disktest.Text("one"), "b.go": disktest.Text("one")},
		},
		"edited by hand to what is generated now": {
			before:  map[string]string{lock.Name: disktest.LockOf(disktest.Generated("a.go", "zero", "b.go", "one")), "a.go": disktest.Text("one"), "b.go": disktest.Text("one")},
			files:   one,
			changed: []string{lock.Name},
			docs:    []string{lock.Name},
			same:    []string{"a.go", "b.go"},
			after:   map[string]string{lock.Name: disktest.LockOf(one), "a.go": disktest.Text("one"), "b.go": disktest.Text("one")},
		},
		"stale and edited": {
			before:  map[string]string{lock.Name: disktest.LockOf(one), "a.go": disktest.Text("one"), "b.go": disktest.Code("edited")},
			files:   disktest.Generated("a.go", "one"),
			changed: []string{lock.Name},
			stale:   []string{"b.go"},
			edited:  []string{"b.go"},
			same:    []string{"a.go"},
		},
		"stale and edited, by force": {
			before:  map[string]string{lock.Name: disktest.LockOf(one), "a.go": disktest.Text("one"), "b.go": disktest.Code("edited")},
			files:   disktest.Generated("a.go", "one"),
			changed: []string{lock.Name},
			stale:   []string{"b.go"},
			same:    []string{"a.go"},
			opts:    Options{Force: true},
			after:   map[string]string{lock.Name: disktest.LockOf(disktest.Generated("a.go", "one")), "a.go": disktest.Text("one")},
		},
		"no lock, by force": {
			before:  map[string]string{"a.go": disktest.Code("other"), "own.go": "package graph\n"},
			files:   one,
			changed: []string{"a.go"},
			missing: []string{"b.go", lock.Name},
			opts:    Options{Force: true},
			after:   map[string]string{lock.Name: disktest.LockOf(one), "a.go": disktest.Text("one"), "b.go": disktest.Text("one"), "own.go": "package graph\n"},
		},
		"merged, with the lock as a union": {
			before: map[string]string{lock.Name: disktest.LockOf(one, disktest.Generated("a.go", "two", "gone.go", "two")),
				"a.go": disktest.Text("one and two"), "b.go": disktest.Text("one"), "gone.go": disktest.Text("two")},
			files:    one,
			changed:  []string{"a.go", lock.Name},
			stale:    []string{"gone.go"},
			docs:     []string{"a.go"},
			same:     []string{"b.go"},
			warnings: []string{"out/graphslice.lock: warning: it is a merge of several generations; what is made now replaces all of them (merged-lock)"},
			after:    map[string]string{lock.Name: disktest.LockOf(one), "a.go": disktest.Text("one"), "b.go": disktest.Text("one")},
		},
		"merged, with conflicts": {
			before: map[string]string{
				lock.Name: strings.Replace(disktest.LockOf(one, disktest.Generated("a.go", "two")), "file\ta.go", "<<<<<<< HEAD\nfile\ta.go", 1),
				"a.go":    lock.Header + "\n<<<<<<< HEAD\n=======\n>>>>>>> other\n", "b.go": disktest.Text("one")},
			files:    one,
			changed:  []string{"a.go", lock.Name},
			same:     []string{"b.go"},
			warnings: []string{"out/graphslice.lock: warning: it is a merge of several generations; what is made now replaces all of them (merged-lock)"},
			after:    map[string]string{lock.Name: disktest.LockOf(one), "a.go": disktest.Text("one"), "b.go": disktest.Text("one")},
		},
		"documentation": {
			before:  map[string]string{lock.Name: disktest.LockOf(disktest.Generated("a.go", "zero", "b.go", "one")), "a.go": disktest.Text("zero"), "b.go": disktest.Text("one")},
			files:   one,
			changed: []string{"a.go", lock.Name},
			docs:    []string{"a.go", lock.Name},
			same:    []string{"b.go"},
			after:   map[string]string{lock.Name: disktest.LockOf(one), "a.go": disktest.Text("one"), "b.go": disktest.Text("one")},
		},
		"documentation, without": {
			before:  map[string]string{lock.Name: disktest.LockOf(disktest.Generated("a.go", "zero", "b.go", "one")), "a.go": disktest.Text("zero"), "b.go": disktest.Text("one")},
			files:   one,
			changed: []string{lock.Name},
			docs:    []string{lock.Name},
			same:    []string{"a.go", "b.go"},
			opts:    Options{NoDocs: true},
			after: map[string]string{lock.Name: strings.Replace(disktest.LockOf(disktest.Generated("a.go", "zero", "b.go", "one")),
				lock.Hash([]byte(disktest.Text("zero")))+"\n", lock.Hash([]byte(disktest.Text("zero")))+"\tolder-docs\n", 1),
				"a.go": disktest.Text("zero"), "b.go": disktest.Text("one")},
		},
		"code, without documentation": {
			before:  map[string]string{lock.Name: disktest.LockOf(one), "a.go": disktest.Text("one"), "b.go": disktest.Text("one")},
			files:   []File{{Name: "a.go", Data: []byte(disktest.Code("one"))}, {Name: "b.go", Data: []byte(disktest.Text("two"))}},
			changed: []string{"a.go", lock.Name},
			docs:    []string{lock.Name},
			same:    []string{"b.go"},
			opts:    Options{NoDocs: true},
			after: map[string]string{lock.Name: strings.Replace(disktest.LockOf([]File{{Name: "a.go", Data: []byte(disktest.Code("one"))}, {Name: "b.go", Data: []byte(disktest.Text("one"))}}),
				lock.Hash([]byte(disktest.Text("one")))+"\n", lock.Hash([]byte(disktest.Text("one")))+"\tolder-docs\n", 1),
				"a.go": disktest.Code("one"), "b.go": disktest.Text("one")},
		},
		"a comment edited by hand, without documentation": {
			before:  map[string]string{lock.Name: disktest.LockOf(one), "a.go": disktest.Text("edited"), "b.go": disktest.Text("one")},
			files:   one,
			changed: []string{"a.go"},
			docs:    []string{"a.go"},
			edited:  []string{"a.go"},
			same:    []string{"b.go", lock.Name},
			opts:    Options{NoDocs: true},
		},
		"checked out with Windows' line ends": {
			before: map[string]string{lock.Name: disktest.Windows(disktest.LockOf(one)), "a.go": disktest.Windows(disktest.Text("one")), "b.go": disktest.Windows(disktest.Text("one"))},
			files:  one,
			same:   []string{"a.go", "b.go", lock.Name},
			after:  map[string]string{lock.Name: disktest.Windows(disktest.LockOf(one)), "a.go": disktest.Windows(disktest.Text("one")), "b.go": disktest.Windows(disktest.Text("one"))},
		},
		"changed, with Windows' line ends": {
			before:  map[string]string{lock.Name: disktest.Windows(disktest.LockOf(one)), "a.go": disktest.Windows(disktest.Text("one")), "b.go": disktest.Windows(disktest.Text("one"))},
			files:   disktest.Generated("a.go", "two", "b.go", "one"),
			changed: []string{"a.go", lock.Name},
			docs:    []string{"a.go", lock.Name},
			same:    []string{"b.go"},
			after:   map[string]string{lock.Name: disktest.LockOf(disktest.Generated("a.go", "two", "b.go", "one")), "a.go": disktest.Text("two"), "b.go": disktest.Windows(disktest.Text("one"))},
		},
		"deleted by hand comes back": {
			before:  map[string]string{lock.Name: disktest.LockOf(one), "b.go": disktest.Text("one")},
			files:   one,
			missing: []string{"a.go"},
			same:    []string{"b.go", lock.Name},
			after:   map[string]string{lock.Name: disktest.LockOf(one), "a.go": disktest.Text("one"), "b.go": disktest.Text("one")},
		},
		"a lost lock comes back where every file is as it should be": {
			before:  map[string]string{"a.go": disktest.Text("one"), "b.go": disktest.Text("one")},
			files:   one,
			missing: []string{lock.Name},
			same:    []string{"a.go", "b.go"},
			after:   map[string]string{lock.Name: disktest.LockOf(one), "a.go": disktest.Text("one"), "b.go": disktest.Text("one")},
		},
		"a stale file taken over by hand is kept": {
			before:   map[string]string{lock.Name: disktest.LockOf(one), "a.go": disktest.Text("one"), "b.go": "package graph // mine\n"},
			files:    disktest.Generated("a.go", "one"),
			changed:  []string{lock.Name},
			same:     []string{"a.go"},
			warnings: []string{"out/b.go: warning: it was generated once and is no longer made, but it is not graphslice's any more, so it stays (kept-file)"},
			after:    map[string]string{lock.Name: disktest.LockOf(disktest.Generated("a.go", "one")), "a.go": disktest.Text("one"), "b.go": "package graph // mine\n"},
		},
		"a stale name that differs in case": {
			before:  map[string]string{lock.Name: disktest.LockOf(disktest.Generated("A.go", "one")), "A.go": disktest.Text("one")},
			files:   disktest.Generated("a.go", "one"),
			changed: []string{lock.Name},
			missing: []string{"a.go"},
			stale:   []string{"A.go"},
			after:   map[string]string{lock.Name: disktest.LockOf(disktest.Generated("a.go", "one")), "a.go": disktest.Text("one")},
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			disktest.Lay(t, "out", test.before)
			test.opts.SameCode = gosource.SameCode
			plan, err := NewPlan("out", test.files, disktest.Record, test.opts)
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
			if diff := cmp.Diff(test.before, disktest.WithoutFolders(disktest.Read(t, "out")), cmpopts.EquateEmpty()); diff != "" {
				t.Errorf("planning changed the folder: -want +got:\n%s", diff)
			}
			err = Apply(plan)
			if len(test.edited) > 0 {
				test.after = test.before
				if diff := cmp.Diff(plan.Edits().Error(), disktest.ErrorText(err)); diff != "" {
					t.Errorf("error: -want +got:\n%s", diff)
				}
			} else if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.after, disktest.Read(t, "out")); diff != "" {
				t.Errorf("after: -want +got:\n%s", diff)
			}
		})
	}
}

func TestPlanRefuses(t *testing.T) {
	one := disktest.Generated("a.go", "one")
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
			before: map[string]string{"out/a.go": disktest.Text("other")},
			want:   "out/a.go: error: a generated file belongs here, and this one is not in graphslice.lock, so it is not replaced (file-in-the-way)\n\thint: restore the lock from version control; or replace the file with --force",
		},
		"a listed file without our header": {
			before: map[string]string{"out/" + lock.Name: disktest.LockOf(one), "out/a.go": "package graph\n"},
			want:   "out/a.go: error: a generated file belongs here, and this one does not start with graphslice's header, so it is not replaced (file-in-the-way)\n\thint: move it away, or generate into another folder",
		},
		"a folder in the way": {
			before: map[string]string{"out/a.go/x": ""},
			want:   "out/a.go: error: it is a folder, and a generated file belongs here (file-in-the-way)\n\thint: move it away, or generate into another folder",
		},
		"a link in the way": {
			before: map[string]string{"elsewhere.go": disktest.Text("one"), "out/" + lock.Name: disktest.LockOf(one)},
			link:   map[string]string{"out/a.go": "../elsewhere.go"},
			want:   "out/a.go: error: it is a symbolic link, and a generated file belongs here (file-in-the-way)\n\thint: move it away, or generate into another folder",
		},
		"a linked lock": {
			before: map[string]string{"elsewhere": disktest.LockOf(one), "out/own.go": ""},
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
			before: map[string]string{"out/" + lock.Name: "format\t1\nfile\t../x.go\t" + lock.Hash(nil) + "\n", "x.go": disktest.Text("one")},
			want:   "out/graphslice.lock:2: error: \"../x.go\" is not a file of this folder (bad-lock)\n\thint: restore it from version control; or remove it, and run gen --force to write the package anew",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			disktest.Lay(t, ".", test.before)
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
			_, err := NewPlan("out", one, disktest.Record, Options{SameCode: gosource.SameCode})
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
