package main

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// Ten runs at once all end well: each waits for those ahead of it.
func TestTenAtOnce(t *testing.T) {
	t.Chdir(t.TempDir())
	lay(t, map[string]string{"pets.yaml": pets})
	done := make(chan string)
	for range 10 {
		go func() {
			cmd := exec.Command(os.Args[0], "--quiet", "--spec", "pets.yaml", "--out", "out", "--package", "graph")
			cmd.Env = append(os.Environ(), childEnv+"=1")
			if out, err := cmd.CombinedOutput(); err != nil {
				done <- err.Error() + "\n" + string(out)
				return
			}
			done <- ""
		}()
	}
	for range 10 {
		if failure := <-done; failure != "" {
			t.Error(failure)
		}
	}
}

// A package of a later version is left alone.
func TestNewerLock(t *testing.T) {
	layPets(t, petsWithoutAge)
	const name = "internal/graph/graphslice.lock"
	text, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	later := strings.Replace(string(text), "\ngraphslice\t0.1.0\n", "\ngraphslice\t0.12.0\n", 1)
	if later == string(text) {
		t.Fatal("the lock does not say its version")
	}
	lay(t, map[string]string{name: later})
	before := tree(t)
	for _, args := range [][]string{{"--quiet"}, {"--dry-run"}, {"--force", "--quiet"}} {
		r := ask(args...)
		if r.code != exitInput || !strings.Contains(r.stderr, name+": error: graphslice 0.12.0 made this package, and this is 0.1.0: ") ||
			!strings.Contains(r.stderr, "hint: run graphslice 0.12.0, or a later one: ") {
			t.Errorf("gen %v: %+v", args, r)
		}
	}
	if after := tree(t); len(after) != len(before) || after[name] != before[name] {
		t.Error("something was written")
	}
	lay(t, map[string]string{name: strings.Replace(later, "0.12.0", "0.0.9", 1)})
	if r := ask("--quiet"); r.code != exitOK {
		t.Errorf("an earlier version: %+v", r)
	}
}

// --keep-removed says how much it kept.
func TestKeepRemovedCounts(t *testing.T) {
	layPets(t, petsWithoutAge)
	if r := ask("--keep-removed"); !strings.Contains(r.stderr, "gen: --keep-removed: 1 of what the API has dropped kept for one more generation\n") {
		t.Error(r.stderr)
	}
	if r := ask("--keep-removed"); !strings.Contains(r.stderr, "gen: --keep-removed: 1 of what the API has dropped kept for one more generation\n") {
		t.Error(r.stderr)
	}
	layPets(t, pets+"# another day\n")
	if r := ask("--keep-removed"); !strings.Contains(r.stderr, "gen: --keep-removed: there is nothing to keep\n") {
		t.Error(r.stderr)
	}
}
