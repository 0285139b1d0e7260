package output

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// planFor compares files with folder out.
func planFor(t *testing.T, files []File) *Plan {
	t.Helper()
	plan, err := NewPlan("out", files, record, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return plan
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
			lay(t, "out", withLock(oldFiles, others))
			for path, mode := range map[string]fs.FileMode{"out": 0o750, "out/a.go": 0o400, "out/own.go": 0o640} {
				if err := os.Chmod(path, mode); err != nil {
					t.Fatal(err)
				}
			}
			before := map[string]fs.FileInfo{}
			for _, path := range []string{"out", "out/a.go", "out/own.go", "out/same.go"} {
				before[path] = stat(t, path)
			}
			if err := Apply(planFor(t, newFiles)); err != nil {
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
	lay(t, "out", withLock(oldFiles, map[string]string{"own.go": "package graph\n"}))
	transaction := &transaction{before: func(step string) {
		if !strings.HasPrefix(step, "exchange ") {
			return
		}
		lay(t, "out", map[string]string{"late.go": "package graph // late\n", "sub/x.go": "package sub\n", "saved": "package graph // saved\n"})
		if err := os.Rename("out/saved", "out/own.go"); err != nil { // as editors save
			t.Error(err)
		}
	}}
	if err := transaction.apply([]*Plan{planFor(t, newFiles)}); err != nil {
		t.Fatal(err)
	}
	want := withLock(newFiles, map[string]string{"late.go": "package graph // late\n", "sub/": "", "sub/x.go": "package sub\n",
		"own.go": "package graph // saved\n"})
	if diff := cmp.Diff(want, read(t, "out")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	checkEmpty(t, ".", "")
}

// What somebody does to the files between comparison and writing is not undone, in any folder.
func TestApplyVerifies(t *testing.T) {
	t.Chdir(t.TempDir())
	lay(t, "first", withLock(oldFiles, nil))
	lay(t, "out", withLock(oldFiles, nil))
	for file, spoil := range map[string]func(path string) error{
		"a.go":    func(path string) error { return os.WriteFile(path, []byte("package mine\n"), 0o666) },
		"come.go": func(path string) error { return os.Mkdir(path, 0o777) },
		"gone.go": os.Remove,
	} {
		first, err := NewPlan("first", newFiles, record, Options{})
		if err != nil {
			t.Fatal(err)
		}
		second := planFor(t, newFiles)
		if err := spoil(filepath.Join("out", file)); err != nil {
			t.Fatal(err)
		}
		before := read(t, ".")
		want := "out/" + file + ": error: somebody changed it while it was being generated (changed-meanwhile)\n\thint: run this again"
		if got := errorText(Apply(first, second)); got != want {
			t.Errorf("error %q, want %q", got, want)
		}
		if diff := cmp.Diff(before, read(t, ".")); diff != "" {
			t.Errorf("%s: -before +after:\n%s", file, diff)
		}
		if err := os.RemoveAll("out"); err != nil {
			t.Fatal(err)
		}
		lay(t, "out", withLock(oldFiles, nil))
	}
}

// Where folders cannot be exchanged after all, files are replaced one by one.
func TestApplyFallsBack(t *testing.T) {
	t.Chdir(t.TempDir())
	own := map[string]string{"own.go": "package graph\n"}
	lay(t, "out", withLock(oldFiles, own))
	transaction := &transaction{exchange: func(a, b string) error { return errors.ErrUnsupported }}
	if err := transaction.apply([]*Plan{planFor(t, newFiles)}); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(withLock(newFiles, own), read(t, "out")); diff != "" {
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
	lay(t, "exchanged", withLock(oldFiles, nil))
	lay(t, "journal", withLock(oldFiles, own))
	lay(t, "out", withLock(oldFiles, nil))
	before := read(t, ".")
	var plans []*Plan
	for _, dir := range []string{"new/deep", "exchanged", "journal", "out"} {
		plan, err := NewPlan(dir, newFiles, record, Options{})
		if err != nil {
			t.Fatal(err)
		}
		plans = append(plans, plan)
	}
	transaction := &transaction{exchange: func(a, b string) error {
		if filepath.Base(b) != "out" {
			return exchange(a, b)
		}
		lay(t, "out", map[string]string{journalDir: "in the way"})
		return errors.ErrUnsupported
	}}
	err := transaction.apply(plans)
	if got, want := errorText(err), "out: error: file exists (io)"; got != want {
		t.Errorf("error %q, want %q", got, want)
	}
	if err := os.Remove(filepath.Join("out", journalDir)); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(before, read(t, ".")); diff != "" {
		t.Errorf("-before +after:\n%s", diff)
	}
}

// Packages in each other are written, the outer one in place.
func TestApplyNested(t *testing.T) {
	t.Chdir(t.TempDir())
	var plans []*Plan
	for _, dir := range []string{"out", "out/sub"} {
		plan, err := NewPlan(dir, newFiles, record, Options{})
		if err != nil {
			t.Fatal(err)
		}
		plans = append(plans, plan)
	}
	if err := Apply(plans...); err != nil {
		t.Fatal(err)
	}
	want := withLock(newFiles, map[string]string{"sub/": ""})
	for name, data := range withLock(newFiles, nil) {
		want["sub/"+name] = data
	}
	if diff := cmp.Diff(want, read(t, "out")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
