package swap

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/disk/disktest"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// in puts the files of trees below folders: the first of a pair is the folder.
func in(pairs ...any) map[string]string {
	tree := map[string]string{}
	for i := 0; i < len(pairs); i += 2 {
		for name, data := range pairs[i+1].(map[string]string) {
			tree[pairs[i].(string)+name] = data
		}
	}
	return tree
}

// without is a tree without some of its files.
func without(tree map[string]string, names ...string) map[string]string {
	tree = maps.Clone(tree)
	for _, name := range names {
		delete(tree, name)
	}
	return tree
}

type texts = map[string]string

// wholeJournal is what a run to disktest.New has written before it does the first of its steps.
func wholeJournal() map[string]string {
	tree := in("new/", disktest.WithLock(disktest.New, nil), "", texts{"journal": "remove gone.go\nwrite a.go\nwrite come.go\nwrite graphslice.lock\n"})
	return without(tree, "new/same.go")
}

const next = "out/.graphslice-next/"

// Recovery takes nothing for granted that it finds, and what it refuses is as it was: with Recover, which ends what was begun, and
// with Leftovers, which only says so.
func TestRecover(t *testing.T) {
	one, two := in("out/", disktest.WithLock(disktest.Old, nil)), in("out/", disktest.WithLock(disktest.New, nil))
	own := texts{"out/own.go": "package own\n"}
	journal := func(text string) map[string]string { return texts{next + "journal": text} }
	refused := func(why string) string {
		return "ROOT/out/.graphslice-next/journal: error: it is not the work of the graphslice.lock beside it, and nothing of it was done: " + why +
			" (bad-journal)\n\thint: remove the folder that it is in, restore from version control what is missing beside it, and run this again"
	}
	stray := func(path, hint string) string {
		return "ROOT/" + path + ": error: it is in a folder that gen uses for a moment and removes, and it is not graphslice's (file-in-the-way)\n\thint: " + hint
	}
	const shadowHint, journalHint = "move it to where it belongs, such as ROOT/out, and run this again", "move it away, and run this again"
	edited := texts{"out/a.go": disktest.Text("one") + "// mine\n"}
	forged := lock.Lock{Version: "1.0.0", Options: lock.Hash(nil), Files: []lock.File{{Name: "own.go", Hash: lock.Hash([]byte("package own\n"))}}}
	tests := map[string]struct {
		before, after map[string]string // after: without folders; nil if nothing changes
		err, left     string
	}{
		"nothing to do": {before: one},
		"a shadow that never was": {
			before: in("", one, "", texts{".graphslice-next-out/a.go": disktest.Text("two"), ".graphslice-next-out/b.go": lock.Header[:9],
				".graphslice-next-out/" + lock.Name: "x", ".graphslice-next-other/a.go": ""}),
			after: in("", one, "", texts{".graphslice-next-other/a.go": ""}),
			left:  "ROOT/.graphslice-next-out: a run of gen was ended before it was done, and left this folder; the package is whole",
		},
		"a shadow with the file of somebody": {
			before: in("", one, "", own, "", texts{".graphslice-next-out/own.go": "package own\n"}),
			after:  in("", one, "", own),
			left:   "ROOT/.graphslice-next-out: a run of gen was ended before it was done, and left this folder; the package is whole",
		},
		"somebody's file in the shadow": {
			before: in("", one, "", texts{".graphslice-next-out/late.go": "package graph\n"}),
			err:    stray(".graphslice-next-out/late.go", shadowHint),
		},
		"another state of somebody's file in the shadow": {
			before: in("", one, "", own, "", texts{".graphslice-next-out/own.go": "package before\n"}),
			err:    stray(".graphslice-next-out/own.go", shadowHint),
		},
		"a folder in the shadow": {
			before: in("", one, "", texts{"out/sub/x": "", ".graphslice-next-out/sub/x": ""}),
			err:    stray(".graphslice-next-out/sub", shadowHint),
		},
		"a file of the shadow's name": {
			before: in("", one, "", texts{".graphslice-next-out": "mine"}),
			err:    "ROOT/.graphslice-next-out: error: it is not a folder of graphslice, and has the name of one (file-in-the-way)\n\thint: move it away",
		},
		"no journal": {
			before: in("", one, "", texts{next + "new/a.go": disktest.Text("two"), next + "new/b.go": "", next + "unfinished": "wri"}),
			after:  one,
			left:   "ROOT/out/.graphslice-next: a run of gen was ended before it was done, and left this folder; the package is whole",
		},
		"no journal, and somebody's file": {
			before: in("", one, "", texts{next + "old/own.go": "package own\n"}),
			err:    stray(next+"old/own.go", journalHint),
		},
		"no journal, and somebody's folder": {
			before: in("", one, "", texts{next + "sub/own.go": "package own\n"}),
			err:    stray(next+"sub", journalHint),
		},
		"a whole journal": {
			before: in("", one, next, wholeJournal()), after: two,
			left: "ROOT/out/.graphslice-next: a run of gen was ended before it was done, and the package may be half old and half new",
		},
		"a journal of a first run": {
			before: in(next, without(in("", wholeJournal(), "", texts{"new/same.go": disktest.Text("same"),
				"journal": "write a.go\nwrite come.go\nwrite same.go\nwrite graphslice.lock\n"}), "old/gone.go")),
			after: two,
			left:  "ROOT/out/.graphslice-next: a run of gen was ended before it was done, and the package may be half old and half new",
		},
		"half a journal": {
			before: in("", without(one, "out/gone.go", "out/a.go"), next, without(wholeJournal(), "new/come.go"),
				"", texts{next + "old/gone.go": disktest.Text("one"), next + "old/a.go": disktest.Text("one"), "out/come.go": disktest.Text("two")}),
			after: two,
			left:  "ROOT/out/.graphslice-next: a run of gen was ended before it was done, and the package may be half old and half new",
		},
		"a journal that removes somebody's file": {
			before: in("", one, "", own, "", journal("remove own.go\n")), err: refused("own.go is not as the lock has it")},
		"a journal that removes what is made": {
			before: in("", one, "", journal("remove a.go\n")), err: refused("the lock does not agree that the last run was to remove a.go")},
		"a journal without a lock": {
			before: in("", own, "", journal("remove own.go\n")), err: refused("own.go is not as the lock has it")},
		"a journal beside a forged lock": {
			before: in("", own, next, texts{"journal": "remove own.go\nwrite graphslice.lock\n", "new/graphslice.lock": disktest.LockOf()},
				"out/", texts{lock.Name: string(forged.Format())}),
			err: refused("own.go is not as the lock has it")},
		"a journal of an edited file": {
			before: in("", one, next, wholeJournal(), "", edited), err: refused("a.go is not as the lock has it")},
		"a journal of other new files": {
			before: in("", one, next, wholeJournal(), "", texts{next + "new/a.go": disktest.Text("three")}), err: refused("a.go is not as the lock has it")},
		"a journal of files without the header": {
			before: in("", one, next, wholeJournal(), "", texts{next + "new/a.go": "package x\n"}), err: refused("a.go is not as the lock has it")},
		"a journal of a file that the lock does not have": {
			before: in("", one, next, wholeJournal(), "", journal("write x.go\nwrite graphslice.lock\n"), "", texts{next + "new/x.go": disktest.Text("x")}),
			err:    refused("the lock does not agree that the last run was to write x.go")},
		"a journal over a file that came meanwhile": {
			before: in("", one, next, wholeJournal(), "", texts{next + "old/a.go": disktest.Text("one")}),
			err:    refused("somebody has put a a.go where the old one was taken away")},
		"a journal with more in its folder": {
			before: in("", one, next, wholeJournal(), "", texts{next + "old/x.go": "package x\n"}), err: stray(next+"old/x.go", journalHint)},
		"a journal that climbs out": {
			before: in("", one, "", journal("remove ../own.go\n"), "", texts{"own.go": "package own\n"}),
			err:    refused(`"remove ../own.go" is not what graphslice writes into it`)},
		"a journal of an absolute path": {
			before: in("", one, "", journal("remove /tmp/own.go\n")), err: refused(`"remove /tmp/own.go" is not what graphslice writes into it`)},
		"a journal that removes the lock": {
			before: in("", one, "", journal("remove graphslice.lock\n")), err: refused(`"remove graphslice.lock" is not what graphslice writes into it`)},
		"a journal of something else than code": {
			before: in("", one, "", journal("write go.mod\n")), err: refused(`"write go.mod" is not what graphslice writes into it`)},
		"a journal that says it twice": {
			before: in("", one, "", journal("write a.go\nwrite a.go\n")), err: refused(`"write a.go" is not what graphslice writes into it`)},
		"not a journal": {
			before: in("", one, "", journal("\x00\x01")), err: refused(`"\x00\x01" is not what graphslice writes into it`)},
		"a file of the journal's name": {
			before: in("", one, "", texts{"out/.graphslice-next": "mine"}),
			err:    "ROOT/out/.graphslice-next: error: it is not a folder of graphslice, and has the name of one (file-in-the-way)\n\thint: move it away",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			root := realTemp(t)
			t.Chdir(root)
			disktest.Lay(t, ".", test.before)
			short := func(text string) string { return strings.ReplaceAll(text, filepath.ToSlash(root), "ROOT") }
			dir := filepath.Join(root, "out")
			found, err := Leftovers(dir)
			left := ""
			for _, d := range found {
				left += d.Pos.String() + ": " + d.Message
			}
			if got := short(disktest.ErrorText(err)); got != test.err || short(left) != test.left {
				t.Errorf("Leftovers: error %q, left %q, want %q, %q", got, short(left), test.err, test.left)
			}
			if diff := cmp.Diff(test.before, disktest.WithoutFolders(disktest.Read(t, "."))); diff != "" {
				t.Errorf("Leftovers changed something: -before +after:\n%s", diff)
			}
			err = Recover(dir)
			if got := short(disktest.ErrorText(err)); got != test.err {
				t.Errorf("Recover: error %q, want %q", got, test.err)
			}
			want := test.after
			if want == nil {
				want = test.before
			}
			if diff := cmp.Diff(want, disktest.WithoutFolders(disktest.Read(t, "."))); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func realTemp(t *testing.T) string {
	t.Helper()
	root, err := filepath.EvalSymlinks(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	return root
}

// A link in the place of a file or folder of a journal is not followed.
func TestRecoverRefusesLinks(t *testing.T) {
	for _, name := range []string{".graphslice-next", ".graphslice-next/new", ".graphslice-next/old", ".graphslice-next/journal", ".graphslice-next/new/a.go",
		".graphslice-next/new/graphslice.lock", "a.go", "gone.go", lock.Name} {
		t.Run(name, func(t *testing.T) {
			root := realTemp(t)
			t.Chdir(root)
			disktest.Lay(t, ".", in("out/", disktest.WithLock(disktest.Old, nil), next, wholeJournal(), next, texts{"old/come.go": disktest.Text("one")}))
			path := filepath.Join("out", filepath.FromSlash(name))
			if err := os.Rename(path, "elsewhere"); err != nil {
				t.Fatal(err)
			}
			if err := os.Symlink(filepath.Join(root, "elsewhere"), path); err != nil {
				t.Skip("SKIPPED: this system has no symbolic links")
			}
			before := disktest.Read(t, ".")
			if err := Recover(filepath.Join(root, "out")); err == nil {
				t.Error("no error")
			}
			if diff := cmp.Diff(before, disktest.Read(t, ".")); diff != "" {
				t.Errorf("-before +after:\n%s", diff)
			}
		})
	}
}
