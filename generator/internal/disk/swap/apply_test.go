package swap

import (
	"bytes"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/disk/disktest"
	"github.com/graphslice/graphslice/generator/internal/disk/osfile"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// changeTo is what makes files of what is in dir, with their lock.
func changeTo(t *testing.T, dir string, files []File) Change {
	t.Helper()
	c, err := change(dir, files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// change is changeTo outside of a test.
func change(dir string, files []File) (Change, error) {
	c := Change{Dir: dir, Verify: func() error { return nil }}
	before, err := osfile.ReadLock(filepath.Join(dir, lock.Name))
	if err != nil {
		return c, err
	}
	for _, f := range before.Files {
		if !slices.ContainsFunc(files, func(made File) bool { return made.Name == f.Name }) {
			c.Remove = append(c.Remove, f.Name)
		}
	}
	for _, f := range append(slices.Clone(files), File{Name: lock.Name, Data: []byte(disktest.LockOf(files))}) {
		if data, err := os.ReadFile(filepath.Join(dir, f.Name)); err != nil || !bytes.Equal(data, f.Data) {
			c.Write = append(c.Write, f)
		}
	}
	return c, nil
}

func stat(t *testing.T, path string) fs.FileInfo {
	t.Helper()
	info, err := os.Lstat(path)
	if err != nil {
		t.Fatal(err)
	}
	return info
}

// What a plan does not change is the same file afterwards, and what it changes has the mode that it had.
func TestApplyKeeps(t *testing.T) {
	for name, others := range map[string]map[string]string{
		"exchanged": {"own.go": "package graph\n"},
		"journal":   {"own.go": "package graph\n", "sub/x.go": "package sub\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			disktest.Lay(t, "out", disktest.WithLock(disktest.Old, others))
			for path, mode := range map[string]fs.FileMode{"out": 0o750, "out/a.go": 0o400, "out/own.go": 0o640} {
				if err := os.Chmod(path, mode); err != nil {
					t.Fatal(err)
				}
			}
			before := map[string]fs.FileInfo{}
			for _, path := range []string{"out", "out/a.go", "out/own.go", "out/same.go"} {
				before[path] = stat(t, path)
			}
			if err := Apply(changeTo(t, "out", disktest.New)); err != nil {
				t.Fatal(err)
			}
			for path, was := range before {
				is := stat(t, path)
				if is.Mode() != was.Mode() {
					t.Errorf("%s has mode %v, had %v", path, is.Mode(), was.Mode())
				}
				stays := path == "out/own.go" || path == "out/same.go"
				if same := os.SameFile(was, is) && was.ModTime().Equal(is.ModTime()); stays && !same {
					t.Errorf("%s was written anew", path)
				}
			}
			if exchanged := !os.SameFile(before["out"], stat(t, "out")); exchanged != (canExchange && name == "exchanged") {
				t.Errorf("the folder was exchanged: %t", exchanged)
			}
		})
	}
}

// What somebody puts into the folder while it is being exchanged is not lost.
func TestApplyRescues(t *testing.T) {
	if !canExchange {
		t.Skip("SKIPPED: this system does not exchange folders")
	}
	t.Chdir(t.TempDir())
	disktest.Lay(t, "out", disktest.WithLock(disktest.Old, map[string]string{"own.go": "package graph\n"}))
	transaction := &transaction{before: func(step string) {
		if !strings.HasPrefix(step, "exchange ") {
			return
		}
		disktest.Lay(t, "out", map[string]string{"late.go": "package graph // late\n", "sub/x.go": "package sub\n", "saved": "package graph // saved\n"})
		if err := os.Rename("out/saved", "out/own.go"); err != nil { // as editors save
			t.Error(err)
		}
	}}
	if err := transaction.apply([]Change{changeTo(t, "out", disktest.New)}); err != nil {
		t.Fatal(err)
	}
	want := disktest.WithLock(disktest.New, map[string]string{"late.go": "package graph // late\n", "sub/": "", "sub/x.go": "package sub\n",
		"own.go": "package graph // saved\n"})
	if diff := cmp.Diff(want, disktest.Read(t, "out")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	checkEmpty(t, ".", "")
}

// Where folders cannot be exchanged after all, files are replaced one by one.
func TestApplyFallsBack(t *testing.T) {
	t.Chdir(t.TempDir())
	own := map[string]string{"own.go": "package graph\n"}
	disktest.Lay(t, "out", disktest.WithLock(disktest.Old, own))
	transaction := &transaction{exchange: func(a, b string) error { return errors.ErrUnsupported }}
	if err := transaction.apply([]Change{changeTo(t, "out", disktest.New)}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(disktest.WithLock(disktest.New, own), disktest.Read(t, "out")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	checkEmpty(t, ".", "")
}

// A failure while the last package is written leaves all folders, and the absence of one, as they were.
func TestApplyRollsBack(t *testing.T) {
	if !canExchange {
		t.Skip("SKIPPED: this system does not exchange folders")
	}
	t.Chdir(t.TempDir())
	own := map[string]string{"own.go": "package graph\n", "sub/x.go": "package sub\n"}
	disktest.Lay(t, "exchanged", disktest.WithLock(disktest.Old, nil))
	disktest.Lay(t, "journal", disktest.WithLock(disktest.Old, own))
	disktest.Lay(t, "out", disktest.WithLock(disktest.Old, nil))
	before := disktest.Read(t, ".")
	var changes []Change
	for _, dir := range []string{"new/deep", "exchanged", "journal", "out"} {
		changes = append(changes, changeTo(t, dir, disktest.New))
	}
	transaction := &transaction{exchange: func(a, b string) error {
		if filepath.Base(b) != "out" {
			return exchange(a, b)
		}
		disktest.Lay(t, "out", map[string]string{journalDir: "in the way"})
		return errors.ErrUnsupported
	}}
	err := transaction.apply(changes)
	if got, want := disktest.ErrorText(err), "out: error: file exists (io)"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
	if err := os.Remove(filepath.Join("out", journalDir)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, disktest.Read(t, ".")); diff != "" {
		t.Errorf("-before +after:\n%s", diff)
	}
}

// What cannot be removed when the new files are in place is a warning, and the next run goes on in spite of it.
func TestApplyLeaves(t *testing.T) {
	for name, others := range map[string]map[string]string{
		"exchanged": {"own.go": "package graph\n"},
		"journal":   {"own.go": "package graph\n", "sub/x.go": "package sub\n"},
	} {
		t.Run(name, func(t *testing.T) {
			if name == "exchanged" && !canExchange {
				t.Skip("SKIPPED: folders cannot be exchanged here")
			}
			t.Chdir(t.TempDir())
			disktest.Lay(t, "out", disktest.WithLock(disktest.Old, others))
			stuck := func() *transaction {
				return &transaction{remove: func(dir string) error { return &fs.PathError{Op: "unlink", Path: dir, Err: fs.ErrPermission} }}
			}
			const want = "warning: the new files are in place, and what they replace cannot be removed: permission denied (not-removed)"
			err := stuck().apply([]Change{changeTo(t, "out", disktest.New)})
			if !isWarning(err) || !strings.Contains(err.Error(), want) {
				t.Fatalf("got %v", err)
			}
			for _, f := range disktest.New {
				if data, err := os.ReadFile(filepath.Join("out", f.Name)); err != nil || !bytes.Equal(data, f.Data) {
					t.Errorf("%s is not the new one: %v", f.Name, err)
				}
			}
			dir, err := osfile.Resolve("out")
			if err != nil {
				t.Fatal(err)
			}
			if err := stuck().recover(dir); !isWarning(err) {
				t.Errorf("the next run: %v", err)
			}
			if name == "exchanged" {
				if err := Apply(changeTo(t, "out", disktest.Old)); err != nil {
					t.Errorf("the next run: %v", err)
				}
			}
			if err := Recover(dir); err != nil {
				t.Errorf("a later run: %v", err)
			}
			if left, err := Leftovers(dir); err != nil || len(left) > 0 {
				t.Errorf("a later run leaves %v, %v", left, err)
			}
		})
	}
}

// Faults of the system that somebody can mend say how.
func TestFaultHints(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Symlink("nowhere", "out"); err != nil {
		t.Skip("SKIPPED: no links here: ", err)
	}
	err := Apply(Change{Dir: "out", Verify: func() error { return nil }})
	const want = "out: error: it is a link to something that is not there (io)\n\thint: make the folder that it leads to, or remove the link"
	if err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
	denied := osfile.IOFault("a", &fs.PathError{Op: "open", Path: "a", Err: fs.ErrPermission})
	if want := "a: error: permission denied (io)\n\thint: see who it and the folder that it is in belong to, and who may write there: ls -ld"; denied.Error() != want {
		t.Errorf("got %v, want %s", denied, want)
	}
}
