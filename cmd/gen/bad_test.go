package main

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
)

var update = flag.Bool("update", false, "rewrite diagnostics.txt of the bad cases")

const badCases = "../../golden/testdata/bad"

// badCase is a folder of golden/testdata/bad: input/, case.yaml as in package golden, and what is printed.
type badCase struct {
	Specs, Include, Exclude, Overrides []string
}

// args are the arguments of a run inside the case's folder.
func (c badCase) args(out string) []string {
	args := []string{"--out", out, "--package", "graph"}
	for _, flag := range []struct {
		name, dir string
		values    []string
	}{{"--spec", "input/", c.Specs}, {"--overrides", "input/", c.Overrides}, {"--include", "", c.Include}, {"--exclude", "", c.Exclude}} {
		for _, value := range flag.values {
			args = append(args, flag.name, flag.dir+value)
		}
	}
	return args
}

// readBadCase reads the case in the working folder.
func readBadCase() (badCase, error) {
	var c badCase
	data, err := os.ReadFile("case.yaml")
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return c, err
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	decoder.KnownFields(true)
	if err := decoder.Decode(&c); err != nil && !errors.Is(err, io.EOF) {
		return c, err
	}
	if c.Specs != nil {
		return c, nil
	}
	names, err := filepath.Glob("input/*.yaml")
	for _, name := range names {
		if base := filepath.Base(name); base == "overrides.yaml" {
			c.Overrides = append(c.Overrides, base)
		} else {
			c.Specs = append(c.Specs, base)
		}
	}
	return c, err
}

// Bad input gives exactly one message with its place, exit code 1, and leaves the output folder as it was.
func TestBadInput(t *testing.T) {
	dirs, err := filepath.Glob(filepath.Join(badCases, "*", "input"))
	if err != nil || len(dirs) == 0 {
		t.Fatalf("no cases in %s (%v)", badCases, err)
	}
	for _, input := range dirs {
		dir := filepath.Dir(input)
		t.Run(filepath.Base(dir), func(t *testing.T) {
			out := t.TempDir()
			t.Chdir(dir)
			c, err := readBadCase()
			if err != nil {
				t.Fatal(err)
			}
			got := runBad(t, c.args(out), out)
			if *update {
				if err := os.WriteFile("diagnostics.txt", []byte(got), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			want, err := os.ReadFile("diagnostics.txt")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(string(want), got); diff != "" {
				t.Errorf("diagnostics.txt: -want +got:\n%sif this is what you want: go test ./cmd/gen -update, and read the diff", diff)
			}
		})
	}
}

// runBad runs the command on what has to be refused and returns the message, after checking all that is the same for
// every bad input. out is the output folder.
func runBad(t *testing.T, args []string, out string) string {
	t.Helper()
	own := filepath.Join(out, "own.go")
	if err := os.WriteFile(own, []byte("package graph\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	var stdout, stderr bytes.Buffer
	code := run(context.Background(), args, strings.NewReader(""), &stdout, &stderr)
	if code != exitInput {
		t.Errorf("exit code %d, want %d", code, exitInput)
	}
	if stdout.Len() > 0 {
		t.Errorf("stdout: %s", stdout.String())
	}
	message, ok := strings.CutSuffix(stderr.String(), "gen: nothing was written\n")
	if !ok {
		t.Errorf("stderr does not say that nothing was written:\n%s", stderr.String())
	}
	if n := countMessages(message); n != 1 {
		t.Errorf("%d messages, want one:\n%s", n, message)
	}
	entries, err := os.ReadDir(out)
	if err != nil {
		t.Fatal(err)
	}
	if len(entries) != 1 || entries[0].Name() != "own.go" {
		t.Errorf("the output folder was changed: %v", entries)
	}
	return message
}

// countMessages counts diagnostics: their later lines are indented.
func countMessages(text string) int {
	n := 0
	for line := range strings.Lines(text) {
		if !strings.HasPrefix(line, "\t") {
			n++
		}
	}
	return n
}

// These are too large, or too odd, to be committed.
func TestBadInputMade(t *testing.T) {
	const megabyte = 1 << 20
	tests := map[string]struct {
		make func(path string) error
		want string
	}{
		"50 MB of nonsense": {
			make: func(path string) error {
				return os.WriteFile(path, bytes.Repeat([]byte("nonsense \x00\xff: ["), 50*megabyte/13), 0o666)
			},
			want: "in/slice.yaml:1:10: error: the document has a control character here, U+0000 (not-text)\n\thint: a document is YAML or JSON in UTF-8; remove the character\n",
		},
		"50 MB of text": {
			make: func(path string) error {
				return os.WriteFile(path, bytes.Repeat([]byte("words and words\n"), 50*megabyte/16), 0o666)
			},
			want: "in/slice.yaml:1:1: error: this is not an OpenAPI document: it has no \"openapi\" (not-openapi)\n\thint: a spec begins with \"openapi: 3.0.3\"\n",
		},
		"more than is read": {
			make: func(path string) error { return errors.Join(os.WriteFile(path, nil, 0o666), os.Truncate(path, 1<<40)) },
			want: "in/slice.yaml: error: the file is too large: 1048576 MiB (unreadable-file)\n\thint: a spec is a YAML or JSON file of at most 64 MiB\n",
		},
		"a link out of the folder": {
			make: func(path string) error {
				secret := filepath.Join(filepath.Dir(path), "..", "secret.yaml")
				slice := "openapi: 3.0.4\ninfo: {title: Link, version: v1.0}\npaths: {}\ncomponents:\n  schemas:\n    a.b: {$ref: 'link.yaml#/components/schemas/a.b'}\n"
				return errors.Join(os.WriteFile(secret, []byte(slice), 0o666), os.WriteFile(path, []byte(slice), 0o666),
					os.Symlink("../secret.yaml", filepath.Join(filepath.Dir(path), "link.yaml")))
			},
			want: "in/slice.yaml:6:17: error: \"link.yaml#/components/schemas/a.b\" points outside of the folder of the spec, in (outside-ref)\n" +
				"\thint: copy the file into the folder, or keep the spec where both are below it\n",
		},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			out := t.TempDir()
			t.Chdir(t.TempDir())
			if err := os.Mkdir("in", 0o777); err != nil {
				t.Fatal(err)
			}
			if err := test.make(filepath.Join("in", "slice.yaml")); err != nil {
				t.Fatal(err)
			}
			got := runBad(t, []string{"--spec", "in/slice.yaml", "--out", out, "--package", "graph"}, out)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestCountMessages(t *testing.T) {
	if got := countMessages(fmt.Sprint("a: error: x\n\tsee also b\n\thint: y\n", "c: error: z\n")); got != 2 {
		t.Errorf("got %d, want 2", got)
	}
}
