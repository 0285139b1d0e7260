package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// childEnv makes the test binary the command itself.
const childEnv = "GRAPHSLICE_TEST_GEN"

// usualFlags are those of the go command without the one that tests add to them.
var usualFlags = os.Getenv("GOFLAGS")

// TestMain lets what the go command is asked about be compiled once: with -trimpath, what is the same to the byte is the same in the
// folder of another test, or run.
func TestMain(m *testing.M) {
	if os.Getenv(childEnv) != "" {
		main()
	}
	if err := os.Setenv("GOFLAGS", strings.TrimSpace(usualFlags+" -trimpath")); err != nil {
		panic(err)
	}
	os.Exit(m.Run())
}

// Runs at once on one folder, of different slices, do not mix: what is there in the end is what one of them makes.
func TestRunsAtOnce(t *testing.T) {
	slices := map[string]string{"a.yaml": shelf("atlas"), "b.yaml": shelf("book", "comic")}
	want := map[string]map[string]string{}
	for name := range slices {
		t.Chdir(t.TempDir())
		lay(t, slices)
		mustGen(t, "--spec", name, "--out", "out", "--package", "shelf")
		want[name] = generated(t)
	}
	t.Chdir(t.TempDir())
	lay(t, slices)
	done := make(chan string)
	for _, name := range []string{"a.yaml", "b.yaml", "a.yaml", "b.yaml"} {
		go func() {
			cmd := exec.Command(os.Args[0], "--quiet", "--spec", name, "--out", "out", "--package", "shelf")
			cmd.Env = append(os.Environ(), childEnv+"=1")
			out, err := cmd.CombinedOutput()
			if err != nil && !strings.Contains(string(out), "another run of graphslice is at work in this folder (busy)") {
				done <- err.Error() + "\n" + string(out)
				return
			}
			done <- ""
		}()
	}
	for range 4 {
		if failure := <-done; failure != "" {
			t.Error(failure)
		}
	}
	got := generated(t)
	if !cmp.Equal(got, want["a.yaml"]) && !cmp.Equal(got, want["b.yaml"]) {
		t.Errorf("neither package:\n%s", cmp.Diff(want["a.yaml"], got))
	}
}
