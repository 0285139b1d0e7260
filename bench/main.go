//go:build unix

// Bench measures what graphslice promises and prints a table of figures and targets: how long generating takes,
// what a generated package adds to a program's build, how fast its JSON and its calls are. Run it from the top of the repository,
// on a machine with nothing else to do.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"text/tabwriter"
)

// row is one line of the table.
type row struct {
	what           string
	figure, target float64
	unit           string
	note           string
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run() error {
	work, err := os.MkdirTemp("", "graphslice-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	var rows []row
	for _, measure := range []func(work string) ([]row, error){generating, slicing, refusing, building, encoding, creating, listing, runtimeLines} {
		more, err := measure(work)
		if err != nil {
			return err
		}
		rows = append(rows, more...)
	}
	return print(rows)
}

// print writes the table to stdout.
func print(rows []row) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "what\tmeasured\ttarget\t\t")
	for _, r := range rows {
		verdict := "ok"
		if r.figure > r.target {
			verdict = "MISSED"
		}
		fmt.Fprintf(w, "%s\t%.3g %s\t≤ %.3g %s\t%s\t%s\n", r.what, r.figure, r.unit, r.target, r.unit, verdict, r.note)
	}
	return w.Flush()
}

// generating measures the generator itself: both packages of graphslice.yaml, into a copy of the tree where they are
// not there yet, and the check that they are up to date.
func generating(work string) ([]row, error) {
	gen := filepath.Join(work, "gen")
	if _, err := goCommand(nil, "build", "-o", gen, "./cmd/gen"); err != nil {
		return nil, err
	}
	tree := filepath.Join(work, "tree")
	if err := copyInput(tree); err != nil {
		return nil, err
	}
	best, err := best(5, func() (usage, error) {
		if err := os.RemoveAll(filepath.Join(tree, "generated")); err != nil {
			return usage{}, err
		}
		return execute(0, gen, "--quiet", "--config", filepath.Join(tree, "graphslice.yaml"))
	})
	if err != nil {
		return nil, err
	}
	check, err := execute(0, gen, "check", "--quiet", "--config", filepath.Join(tree, "graphslice.yaml"))
	if err != nil {
		return nil, err
	}
	return []row{
		{"gen check, nothing changed: time", check.seconds, 0.3, "s", fmt.Sprintf("hashes only; %.2f s of processor time", check.cpu)},
		{"make generate, once built: time", best.seconds, 1, "s", fmt.Sprintf("best of 5; %.2f s of processor time", best.cpu)},
		{"make generate, once built: memory", best.megabytes, 150, "MB", "largest resident set"},
	}, nil
}

// copyInput copies what make generate reads.
func copyInput(tree string) error {
	if err := os.CopyFS(filepath.Join(tree, "specs"), os.DirFS("specs")); err != nil {
		return err
	}
	config, err := os.ReadFile("graphslice.yaml")
	if err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(tree, "graphslice.yaml"), config, 0o666)
}

// refusing measures input that is made to exhaust the generator.
func refusing(work string) ([]row, error) {
	gen := filepath.Join(work, "gen")
	bomb := filepath.FromSlash("golden/testdata/bad/alias-bomb/input/slice.yaml")
	best, err := best(3, func() (usage, error) {
		return execute(1, gen, "--quiet", "--spec", bomb, "--out", filepath.Join(work, "out"))
	})
	if err != nil {
		return nil, err
	}
	return []row{
		{"an alias bomb is refused: time", best.seconds, 1, "s", "best of 3"},
		{"an alias bomb is refused: memory", best.megabytes, 200, "MB", "largest resident set"},
	}, nil
}
