package main

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Warnings of one kind are one line with their number, unless everything is asked for.
func TestSliceGroupsWarnings(t *testing.T) {
	files := libraryTree()
	properties := ""
	for i := range 80 {
		properties += fmt.Sprintf("        extra%02d: {type: string}\n", i)
	}
	files["api.yaml"] = strings.Replace(libraryAPI, "      type: object\n      properties:\n", "      type: object\n      properties:\n"+properties, 1)
	args := []string{"slice", "--openapi=api.yaml", "--metadata=lib.xml", "--include=/books", "--out=x.yaml", "--check"}
	count := func(args ...string) (warnings, others int) {
		t.Chdir(t.TempDir())
		lay(t, files)
		got := ask(args...)
		if got.code != exitDiffers {
			t.Fatalf("%+v", got)
		}
		for line := range strings.Lines(got.stderr) {
			switch {
			case strings.Contains(line, ": warning: "):
				warnings++
			case strings.HasPrefix(line, "\tand "):
				others++
				if diff := cmp.Diff("\tand 81 more such warnings; --verbose shows all\n", line); diff != "" {
					t.Error(diff)
				}
			}
		}
		return warnings, others
	}
	if warnings, others := count(args...); warnings != 1 || others != 1 {
		t.Errorf("%d warnings and %d counts", warnings, others)
	}
	if warnings, others := count(append(args, "--verbose")...); warnings != 82 || others != 0 {
		t.Errorf("with --verbose %d warnings and %d counts", warnings, others)
	}
}

// The flags say what the configuration says, and its faults stand where it says them.
func TestSliceFaultsOfTheConfiguration(t *testing.T) {
	t.Chdir(t.TempDir())
	files := libraryTree()
	files["graphslice.yaml"] = libraryConfig + "      follow:\n        - book.authr\n"
	lay(t, files)
	want := result{exitInput, "", "graphslice.yaml:11:11: error: lib.book has no navigation property authr (no-such-property)\n" +
		"\thint: the nearest is author\ngen: nothing was written\n"}
	if diff := cmp.Diff(want, ask("slice"), cmp.AllowUnexported(result{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	want.stderr = strings.TrimPrefix(want.stderr, "graphslice.yaml:11:11: ")
	got := ask("slice", "--metadata=lib.xml", "--service-root=https://lib.example/v1", "--include=/books#GET", "--out=x.yaml", "--follow=book.authr")
	if diff := cmp.Diff(want, got, cmp.AllowUnexported(result{})); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
