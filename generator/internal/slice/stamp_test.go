package slice_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"go.yaml.in/yaml/v4"

	"github.com/graphslice/graphslice/generator/internal/slice"
)

// stampedConfig is what the tests change.
const stampedConfig = `metadata: lib.xml
notes: [notes.yaml]
follow: [book.author, book.reviews]
properties: {book: [title, pages], author: [name]}
files:
  - out: specs/books.yaml
    title: Books
    include: ['/books#GET', '/books/{id}']
  - out: specs/authors.yaml
    include: [/authors]
`

func stamps(t *testing.T, config, notes string) map[string]string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "notes.yaml"), []byte(notes), 0o666); err != nil {
		t.Fatal(err)
	}
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(config), &document); err != nil {
		t.Fatal(err)
	}
	found, diags := slice.Stamps(filepath.Join(dir, "graphslice.yaml"), document.Content[0])
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	byName := map[string]string{}
	for out, stamp := range found {
		if !strings.HasPrefix(stamp, "sha256:") || len(stamp) != len("sha256:")+64 {
			t.Fatalf("%s: %q", out, stamp)
		}
		byName[filepath.Base(out)] = stamp
	}
	return byName
}

// A stamp changes with what decides what is in the slice, and with nothing else.
func TestStamps(t *testing.T) {
	const notes = "types:\n  lib.book: {description: Read it.}\n"
	was := stamps(t, stampedConfig, notes)
	if len(was) != 2 || was["books.yaml"] == was["authors.yaml"] {
		t.Fatalf("stamps %v", was)
	}
	replaced := func(old, with string) string {
		if !strings.Contains(stampedConfig, old) {
			t.Fatalf("%q is not there", old)
		}
		return strings.Replace(stampedConfig, old, with, 1)
	}
	tests := map[string]struct {
		config, notes string
		// changed are the slices to cut anew: b for books, a for authors.
		changed string
	}{
		"the same":                 {stampedConfig, notes, ""},
		"a comment":                {replaced("notes: [", "# why\nnotes: # which\n  ["), notes, ""},
		"quotes":                   {replaced("[/authors]", "[\"/authors\"]"), notes, ""},
		"the order of keys":        {replaced("metadata: lib.xml\nnotes: [notes.yaml]", "notes: [notes.yaml]\nmetadata: lib.xml"), notes, ""},
		"a list of one source":     {replaced("lib.xml", "[lib.xml]"), notes, ""},
		"one table of permissions": {stampedConfig + "permissions: p.json\n", notes, "ab"},
		"the order of patterns":    {replaced("'/books#GET', '/books/{id}'", "'/books/{id}', '/books#GET'"), notes, ""},
		"the order of properties":  {replaced("{book: [title, pages], author: [name]}", "{author: [name], book: [pages, title]}"), notes, ""},
		"the order of follow":      {replaced("book.author, book.reviews", "book.reviews, book.author"), notes, ""},
		"the title of another":     {replaced("[/authors]", "[/authors]\n    title: Writers"), notes, "a"},
		"the title it has anyway":  {replaced("[/authors]", "[/authors]\n    title: authors"), notes, ""},
		"another's path":           {replaced("specs/authors.yaml", "elsewhere/authors.yaml"), notes, ""},
		"a comment in the notes":   {stampedConfig, "# mine\n" + notes, ""},
		"quotes in the notes":      {stampedConfig, strings.Replace(notes, "Read it.", "'Read it.'", 1), ""},
		"a pattern":                {replaced("#GET", "#POST"), notes, "ab"},
		"a pattern that excludes":  {replaced("[/authors]", "[/authors]\n    exclude: [/x]"), notes, "ab"},
		"a source":                 {replaced("lib.xml", "v2.xml"), notes, "ab"},
		"a second source":          {replaced("lib.xml", "[lib.xml, more.xml]"), notes, "ab"},
		"one property fewer":       {replaced("title, pages", "title"), notes, "ab"},
		"what is followed":         {replaced(", book.reviews", ""), notes, "ab"},
		"a key of its own":         {stampedConfig + "without: [lib.x]\n", notes, "ab"},
		"a key that nobody knows":  {stampedConfig + "clouds: {China: c.xml}\n", notes, "ab"},
		"what the notes say":       {stampedConfig, strings.Replace(notes, "Read", "Burn", 1), "ab"},
		"a pattern of another one": {replaced("/authors]", "'/authors/{id}']"), notes, "ab"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			now := stamps(t, test.config, test.notes)
			for file, letter := range map[string]string{"books.yaml": "b", "authors.yaml": "a"} {
				if changed := now[file] != was[file]; changed != strings.Contains(test.changed, letter) {
					t.Errorf("%s: changed %v", file, changed)
				}
			}
		})
	}
}

// Notes that cannot be read are a fault where the configuration names them, and those that are no notes where they are at fault.
func TestStampsOfBadNotes(t *testing.T) {
	tests := map[string]struct{ notes, want string }{
		"not YAML":        {"a: [", "notes.yaml:1:5: error: this is not YAML: did not find expected node content (not-yaml)\n\thint: look at this line and the one before it: indentation, quotes, colons"},
		"in a circle":     {"a: &a [*a]\n", "notes.yaml:1:4: error: anchors and aliases, & and *, are not read (anchor)\n\thint: write the value out, or quote the text"},
		"a key twice":     {"a: 1\na: 2\n", "notes.yaml:2:1: error: \"a\" stands twice in this mapping (duplicate-key)\n\tsee also DIR/notes.yaml:1:1\n\thint: remove one of the two"},
		"no notes at all": {"", ""},
		"none":            {"-", "graphslice.yaml:2:9: error: the notes in DIR/notes.yaml cannot be read: there is no such file (bad-config)"},
	}
	for name, test := range tests {
		dir := t.TempDir()
		if test.notes != "-" {
			if err := os.WriteFile(filepath.Join(dir, "notes.yaml"), []byte(test.notes), 0o666); err != nil {
				t.Fatal(err)
			}
		}
		var document yaml.Node
		if err := yaml.Unmarshal([]byte(stampedConfig), &document); err != nil {
			t.Fatal(err)
		}
		_, diags := slice.Stamps(filepath.Join(dir, "graphslice.yaml"), document.Content[0])
		got := strings.ReplaceAll(strings.TrimPrefix(diags.Error(), filepath.ToSlash(dir)+"/"), filepath.ToSlash(dir), "DIR")
		if got != test.want {
			t.Errorf("%s: got %q, want %q", name, got, test.want)
		}
	}
}

func TestStampOf(t *testing.T) {
	const head = "# A slice\nopenapi: 3.0.4\ninfo:\n  title: x\n"
	tests := map[string]string{
		head + "  x-graphslice-cut: sha256:ab\nservers:\n":   "sha256:ab",
		head + "  x-graphslice-cut: 'sha256:ab'\r\nservers:": "sha256:ab",
		head + "servers:\npaths: {}\n":                       "",
		head + "paths:\n  x-graphslice-cut: sha256:ab\n":     "",
		"": "",
	}
	for text, want := range tests {
		if got := slice.StampOf([]byte(text)); got != want {
			t.Errorf("%q: got %q, want %q", text, got, want)
		}
	}
}
