package openapi

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/graphslice/graphslice/generator/internal/diag"
)

func TestParseFaults(t *testing.T) {
	tests := []struct{ name, data, want string }{
		{"empty", "", `
F:1:1: error: the document is empty (empty-document)
	hint: a spec begins with "openapi: 3.0.3"`},
		{"a comment and a marker", "# openapi: 3.0.3\n---\n\n", `
F:1:1: error: the document is empty (empty-document)
	hint: a spec begins with "openapi: 3.0.3"`},
		{"prose", "Dear reader,\nthis is a letter: it has no openapi in it.\n", `
F:1:1: error: this is not an OpenAPI document: it has no "openapi" (not-openapi)
	hint: a spec begins with "openapi: 3.0.3"`},
		{"HTML", "<!DOCTYPE html>\n<title>openapi: what it is</title>\n", `
F:1:1: error: this is not an OpenAPI document: it has no "openapi" (not-openapi)
	hint: a spec begins with "openapi: 3.0.3"`},
		{"binary", "openapi: 3.0.3\nx: a\x00b\n", `
F:2:5: error: the document has a control character here, U+0000 (not-text)
	hint: a document is YAML or JSON in UTF-8; remove the character`},
		{"many values", "openapi: 3.0.3\nx: [" + strings.Repeat("1,", 4_000_000) + "]\n", `
F:1:1: error: the document has more than 4000000 values (too-large)
	hint: cut a slice of it with gen slice`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var diags diag.List
			if node := parse([]byte(test.data), "F", true, &diags); node != nil {
				t.Errorf("there is a document")
			}
			if diff := cmp.Diff([]string{strings.TrimPrefix(test.want, "\n")}, texts(diags)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestUnreadableFiles(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := os.Mkdir("folder", 0o777); err != nil {
		t.Fatal(err)
	}
	large, err := os.Create("large.yaml")
	if err != nil {
		t.Fatal(err)
	}
	defer large.Close()
	if err := large.Truncate(maxFileSize + 1); err != nil {
		t.Fatal(err)
	}
	const hint = "\n\thint: a spec is a YAML or JSON file of at most 64 MiB"
	tests := []struct{ spec, want string }{
		{"missing.yaml", "missing.yaml: error: there is no such file (unreadable-file)" + hint},
		{"folder", "folder: error: this is a directory, not a file (unreadable-file)" + hint},
		{"folder/x.yaml", "folder/x.yaml: error: there is no such file (unreadable-file)" + hint},
		{"large.yaml/x", "large.yaml/x: error: the file cannot be opened: not a directory (unreadable-file)" + hint},
		{"large.yaml", "large.yaml: error: the file is too large: 64 MiB (unreadable-file)" + hint},
		{os.DevNull, os.DevNull + ": error: this is not a regular file (unreadable-file)" + hint},
	}
	for _, test := range tests {
		_, diags := Load(t.Context(), Options{Specs: []string{test.spec}})
		if diff := cmp.Diff([]string{test.want}, texts(diags)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.spec, diff)
		}
	}
}

// A nonsense file of 50 MB is refused by its text, not after an attempt to parse it.
func TestLargeNonsense(t *testing.T) {
	nonsense := strings.Repeat("lorem ipsum: dolor [sit amet, 'consectetur'\n", 50<<20/44)
	var diags diag.List
	if allocs := testing.AllocsPerRun(1, func() { diags = nil; parse([]byte(nonsense), "F", true, &diags) }); allocs > 100 {
		t.Errorf("%v allocations", allocs)
	}
	checkLines(t, `
F:1:1: error: this is not an OpenAPI document: it has no "openapi" (not-openapi)
	hint: a spec begins with "openapi: 3.0.3"`, strings.Split(diags.Error(), "\n"))
}
