//go:build unix

// Bench measures what graphslice promises, itself and beside others, and writes RESULTS.md: how long generating takes and
// what comes out, what a program costs with a generated package and with other clients, and how generating grows with the
// API. Run it on a machine with nothing else to do. What is measured is kept in results/, and RESULTS.md is made from the last
// figures of each part.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"
	"time"
)

// row is one line of a table of figures and targets.
type row struct {
	What   string  `json:"what"`
	Figure float64 `json:"figure"`
	Target float64 `json:"target"` // at most
	Unit   string  `json:"unit"`
	Note   string  `json:"note"`
}

// verdict says whether the figure is at most the target.
func (r row) verdict() string {
	if r.Figure > r.Target {
		return "MISSED"
	}
	return "ok"
}

// The parts, in the order in which they are measured. sdk is measured only if it is named.
const (
	ownPart        = "own"
	generatingPart = "generating"
	usingPart      = "using"
	sdkPart        = "sdk"
	scalePart      = "scale"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run() error {
	only := flag.String("only", strings.Join([]string{ownPart, generatingPart, usingPart, scalePart}, ","),
		"the parts to measure, of own, generating, using, sdk and scale; none only writes RESULTS.md")
	limit := flag.Duration("limit", 5*time.Minute, "how long another generator, or a build, may take")
	memory := flag.Int("memory", 0, "gigabytes of address space that a process may take; 0 is three quarters of the machine's")
	again := flag.Bool("again", false, "generating: run those again, too, that are known to fail in the same version, which takes minutes")
	everything := flag.Bool("everything", false, "scale: all operations of the metadata as well, some 54,000")
	quick := flag.Bool("quick", false, "measure the smallest of everything, once, into bench/out: to see that bench works")
	flag.Parse()
	parts := strings.Split(*only, ",")
	for _, part := range parts {
		if !slices.Contains([]string{ownPart, generatingPart, usingPart, sdkPart, scalePart, "none"}, part) {
			return fmt.Errorf("there is no part %q", part)
		}
	}
	if err := toRoot(); err != nil {
		return err
	}
	m := describeMachine()
	if *memory == 0 {
		*memory = m.Gigabytes * 3 / 4
	}
	folder := "bench"
	if *quick {
		folder = filepath.Join("bench", "out")
	}
	var r results
	if err := r.load(filepath.Join(folder, "results")); err != nil {
		return err
	}
	if err := r.measure(folder, parts, m, limits{*limit, *memory, *quick}, *again, *everything); err != nil {
		return err
	}
	if r.own != nil {
		if err := print(append(r.goals(), r.own.Figures...)); err != nil {
			return err
		}
	}
	return r.write(folder)
}

// toRoot changes to the top of the repository, which all paths here start from.
func toRoot() error {
	if _, err := os.Stat("graphslice.yaml"); err == nil {
		return nil
	}
	if err := os.Chdir(".."); err != nil {
		return err
	}
	if _, err := os.Stat("graphslice.yaml"); err != nil {
		return errors.New("run bench from the top of the repository, or from bench")
	}
	return nil
}

// measure measures the parts and keeps the figures of each as soon as they are there.
func (r *results) measure(folder string, parts []string, m machine, l limits, again, everything bool) error {
	work, err := os.MkdirTemp("", "graphslice-bench-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	before := r.generating
	if again {
		before = nil
	}
	at := place{filepath.Join(folder, "results"), work, m, describeTree()}
	return errors.Join(
		part(&r.own, parts, ownPart, at, ourselves),
		part(&r.generating, parts, generatingPart, at, func(work string) ([]generation, error) { return peerGenerating(work, l, before) }),
		part(&r.using, parts, usingPart, at, func(work string) ([]program, error) { return using(work, l, smallSources) }),
		part(&r.sdk, parts, sdkPart, at, func(work string) ([]program, error) {
			long := l
			long.time *= 6 // these SDKs take minutes to build, and every build is needed
			return using(work, long, append(slices.Clone(smallSources), sdkSources...))
		}),
		part(&r.scale, parts, scalePart, at, func(work string) ([]step, error) { return scaling(work, l, everything) }),
	)
}

// place is where figures are kept, where measuring takes place, and what is measured on what.
type place struct {
	results, work string
	machine       machine
	tree          tree
}

// part measures one part, if it is asked for, in a folder of its own.
func part[T any](into **measured[[]T], parts []string, name string, at place, run func(work string) ([]T, error)) error {
	if !slices.Contains(parts, name) {
		return nil
	}
	start := time.Now()
	work := filepath.Join(at.work, name)
	if err := os.MkdirAll(work, 0o777); err != nil {
		return err
	}
	defer os.RemoveAll(work)
	figures, err := run(work)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	if len(figures) == 0 {
		return nil // what it needs is not there, as it has said
	}
	*into = &measured[[]T]{Tree: at.tree, Machine: at.machine, Minutes: time.Since(start).Minutes(), Figures: figures}
	return keep(*into, at.results, name)
}

// ourselves measures graphslice alone.
func ourselves(work string) ([]row, error) {
	var rows []row
	for _, measure := range []func(work string) ([]row, error){generating, slicing, cleaned, refusing, endless, besideKiota, building, encoding, creating, listing, touching, asking, covering, picking, notifying, faking} {
		more, err := measure(work)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	return rows, nil
}

// print writes the table to stdout.
func print(rows []row) error {
	w := tabwriter.NewWriter(os.Stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "what\tmeasured\ttarget\t\t")
	for _, r := range rows {
		fmt.Fprintf(w, "%s\t%s %s\t≤ %s %s\t%s\t%s\n", r.What, number(r.Figure), r.Unit, number(r.Target), r.Unit, r.verdict(), r.Note)
	}
	return w.Flush()
}

// generating measures the generator itself: both packages of graphslice.yaml, into a copy of the tree where they are
// not there yet, and the check that they are up to date.
func generating(work string) ([]row, error) {
	gen, err := buildGen(work)
	if err != nil {
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
	if err := os.WriteFile(filepath.Join(tree, "graphslice.yaml"), config, 0o666); err != nil {
		return err
	}
	gomod := []byte("module github.com/graphslice/graphslice\n") // a fake imports its client
	return os.WriteFile(filepath.Join(tree, "go.mod"), gomod, 0o666)
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
