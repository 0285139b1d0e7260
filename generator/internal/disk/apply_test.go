package disk

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/disk/disktest"
	"github.com/graphslice/graphslice/generator/internal/gosource"
)

// planFor compares files with folder dir.
func planFor(t *testing.T, dir string, files []File) *Plan {
	t.Helper()
	plan, err := NewPlan(dir, files, disktest.Record, Options{SameCode: gosource.SameCode})
	if err != nil {
		t.Fatal(err)
	}
	return plan
}

// What somebody does to the files between comparison and writing is not undone, in any folder.
func TestApplyVerifies(t *testing.T) {
	t.Chdir(t.TempDir())
	disktest.Lay(t, "first", disktest.WithLock(disktest.Old, nil))
	disktest.Lay(t, "out", disktest.WithLock(disktest.Old, nil))
	for file, spoil := range map[string]func(path string) error{
		"a.go":    func(path string) error { return os.WriteFile(path, []byte("package mine\n"), 0o666) },
		"come.go": func(path string) error { return os.Mkdir(path, 0o777) },
		"gone.go": os.Remove,
	} {
		first := planFor(t, "first", disktest.New)
		second := planFor(t, "out", disktest.New)
		if err := spoil(filepath.Join("out", file)); err != nil {
			t.Fatal(err)
		}
		before := disktest.Read(t, ".")
		want := "out/" + file + ": error: somebody changed it while it was being generated (changed-meanwhile)\n\thint: run this again"
		if got := disktest.ErrorText(Apply(first, second)); got != want {
			t.Errorf("error %q, want %q", got, want)
		}
		if diff := cmp.Diff(before, disktest.Read(t, ".")); diff != "" {
			t.Errorf("%s: -before +after:\n%s", file, diff)
		}
		if err := os.RemoveAll("out"); err != nil {
			t.Fatal(err)
		}
		disktest.Lay(t, "out", disktest.WithLock(disktest.Old, nil))
	}
}

// Packages in each other are written, the outer disktest.Old in place.
func TestApplyNested(t *testing.T) {
	t.Chdir(t.TempDir())
	var plans []*Plan
	for _, dir := range []string{"out", "out/sub"} {
		plans = append(plans, planFor(t, dir, disktest.New))
	}
	if err := Apply(plans...); err != nil {
		t.Fatal(err)
	}
	want := disktest.WithLock(disktest.New, map[string]string{"sub/": ""})
	for name, data := range disktest.WithLock(disktest.New, nil) {
		want["sub/"+name] = data
	}
	if diff := cmp.Diff(want, disktest.Read(t, "out")); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
