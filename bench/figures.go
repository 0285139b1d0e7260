package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// figure is what a process took, with those that it started.
type figure struct {
	Seconds float64 `json:"seconds"`
	// CPU is processor time in seconds.
	CPU float64 `json:"cpu"`
	// Megabytes is the largest resident set of one process.
	Megabytes float64 `json:"megabytes"`
}

func (u usage) figure() figure { return figure{u.seconds, u.cpu, u.megabytes} }

// and is what one takes after the other.
func (f figure) and(g figure) figure {
	return figure{f.Seconds + g.Seconds, f.CPU + g.CPU, max(f.Megabytes, g.Megabytes)}
}

// middle returns the median: of an even number, the mean of the two in the middle. It is 0 if there are none.
func middle(values []float64) float64 {
	if len(values) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(values))
	half := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[half]
	}
	return (sorted[half-1] + sorted[half]) / 2
}

// medians returns the median of each figure for itself.
func medians(figures []figure) figure {
	var seconds, cpu, megabytes []float64
	for _, f := range figures {
		seconds, cpu, megabytes = append(seconds, f.Seconds), append(cpu, f.CPU), append(megabytes, f.Megabytes)
	}
	return figure{middle(seconds), middle(cpu), middle(megabytes)}
}

// count returns the lines and bytes of the files below a folder whose names match.
func count(folder, names string) (lines, bytes int, err error) {
	err = filepath.WalkDir(folder, func(path string, entry os.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		if match, err := filepath.Match(names, entry.Name()); err != nil || !match {
			return err
		}
		text, err := os.ReadFile(path)
		lines, bytes = lines+strings.Count(string(text), "\n"), bytes+len(text)
		return err
	})
	return lines, bytes, err
}
