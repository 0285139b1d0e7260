//go:build unix

package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
)

// asking measures what a program uses of its packages, in the module of touching, in pairs with what the go command needs to list it.
func asking(work string) ([]row, error) {
	gen, err := buildGen(work)
	if err != nil {
		return nil, err
	}
	module := filepath.Join(work, "touched")
	env := []string{"GOWORK=off"}
	var ours, theirs []figure
	for i := range 8 {
		uses, err := inFolder(module, env, gen, "uses", "--format", "json", "./...")
		if err != nil {
			return nil, err
		}
		list, err := goIn(module, env, "list", "-export", "-deps", "./...")
		if err != nil {
			return nil, err
		}
		if i > 0 { // the first builds what they read
			ours, theirs = append(ours, uses.figure()), append(theirs, list.figure())
		}
	}
	a, b := medians(ours), medians(theirs)
	return []row{
		{fmt.Sprintf("gen uses, %d packages that use %d operations of 2 generated ones: time", touchedPackages, touchedOperations), a.Seconds / b.Seconds, 1.5,
			"of go list -export -deps", fmt.Sprintf("%.2f s and %.2f s, medians of 7 pairs", a.Seconds, b.Seconds)},
		{"… memory", a.Megabytes, 400, "MB", "largest resident set"},
	}, nil
}

// covering measures the search for the least permissions of 300 operations, each of which accepts 20.
func covering(string) ([]row, error) {
	u, err := goIn(".", nil, "test", "-run", "^$", "-bench", "BenchmarkSolve$", "-count", "3", "./generator/internal/usage/cover")
	if err != nil {
		return nil, err
	}
	results := parseBenchmarks(u.output)
	var rows []row
	for _, permissions := range []string{"40", "200", "500"} {
		ns := results["Solve/"+permissions].ns
		if len(ns) == 0 {
			return nil, fmt.Errorf("no figures for the cover in:\n%s", u.output)
		}
		rows = append(rows, row{"the least of " + permissions + " permissions for 300 operations that accept 20 each: time", slices.Min(ns) / 1e9, 0.2, "s",
			fmt.Sprintf("best of %d", len(ns))})
	}
	return rows, nil
}

// notifying measures reading encrypted notifications beside the cryptography alone.
func notifying(work string) ([]row, error) {
	binary, err := filepath.Abs(filepath.Join(work, "graph.test"))
	if err != nil {
		return nil, err
	}
	if _, err := goIn(".", nil, "test", "-c", "-o", binary, "./templates/graph"); err != nil {
		return nil, err
	}
	var output strings.Builder
	for range 5 {
		u, err := execute(0, binary, "-test.run", "^$", "-test.bench", "BenchmarkNotification$", "-test.benchtime", "200x")
		if err != nil {
			return nil, err
		}
		output.WriteString(u.output)
	}
	results := parseBenchmarks(output.String())
	read, bare := results["Notification/read"], results["Notification/bare"]
	if len(read.ns) == 0 || len(bare.ns) == 0 {
		return nil, fmt.Errorf("no figures for notifications in:\n%s", output.String())
	}
	return []row{{"an encrypted notification of 2 KB: time", slices.Min(read.ns) / slices.Min(bare.ns), 1.3, "of the cryptography alone",
		fmt.Sprintf("%.2f ms and %.2f ms, best of %d", slices.Min(read.ns)/1e6, slices.Min(bare.ns)/1e6, len(read.ns))}}, nil
}
