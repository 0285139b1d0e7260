package overrides

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/diag"
)

// Entries are added to a file whose text stays, or the file is refused with the line and the reason.
func TestAdd(t *testing.T) {
	rename := func(section, key, name string) diag.Override {
		return diag.Override{Section: section, Key: key, Fields: []diag.OverrideField{{Name: "rename", Value: name}}}
	}
	entries := []diag.Override{rename("types", "a.b", "ABModel"), rename("paths", "/x", "XPath"), rename("types", "a.c", "ACModel"), rename("types", "a.b", "ABModel")}
	const paths, types = "paths:\n  \"/x\": {rename: XPath}\n", "types:\n  \"a.b\": {rename: ABModel}\n  \"a.c\": {rename: ACModel}\n"
	for name, test := range map[string]struct {
		before    string // "-": no file
		want, err string
	}{
		"no file":              {before: "-", want: fileHead + paths + types},
		"empty":                {before: "", want: paths + types},
		"comments":             {before: "# mine", want: "# mine\n" + paths + types},
		"another section":      {before: "enums:\n    x: {hide: true} # why\n", want: "enums:\n    x: {hide: true} # why\n" + paths + types},
		"an empty section":     {before: "types:\nenums: {}\n", want: types + "enums: {}\n" + paths},
		"a section":            {before: "types: # all\n    # one\n    x:\n        rename: X\n", want: "types: # all\n    \"a.b\": {rename: ABModel}\n    \"a.c\": {rename: ACModel}\n    # one\n    x:\n        rename: X\n" + paths},
		"no newline":           {before: "types:\n  x: {rename: X}", want: types + "  x: {rename: X}\n" + paths},
		"lines of Windows":     {before: "types:\r\n  x: {rename: X}\r\n", want: strings.ReplaceAll(types+"  x: {rename: X}\n"+paths, "\n", "\r\n")},
		"a mark":               {before: "---\ntypes:\n  x: {rename: X}\n", want: "---\n" + types + "  x: {rename: X}\n" + paths},
		"on one line":          {before: "types: {x: {rename: X}}\n", err: "F:1:1: error: entries can only be added to a section that has one a line; write types: so (overrides-not-written)"},
		"all on one line":      {before: "{types: {x: {rename: X}}}\n", err: "F:1:1: error: entries can only be added to a file with a section a line, and nothing behind them (overrides-not-written)"},
		"an end":               {before: "types:\n  x: {rename: X}\n...\n", err: "F:1:1: error: entries can only be added to a file with a section a line, and nothing behind them (overrides-not-written)"},
		"an entry of the name": {before: "types:\n  a.b: {hide: true}\n", err: `F:2:3: error: "a.b" has an entry already; add to it: "a.b": {rename: ABModel} (overrides-not-written)`},
		"indented":             {before: " enums:\n   x: {hide: true}\n", err: "F:1:2: error: sections can only be added to a file whose sections start a line (overrides-not-written)"},
		"not overrides":        {before: "typos: {}\n", err: `F:1:1: error: unknown key "typos" (unknown-key)`},
		"not YAML":             {before: "types: {\n", err: "F:1:9: error: this is not YAML"},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "o.yaml")
			if test.before != "-" {
				if err := os.WriteFile(path, []byte(test.before), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			got, err := Add(path, entries)
			if test.err != "" {
				if err == nil || !strings.HasPrefix(strings.ReplaceAll(err.Error(), filepath.ToSlash(path), "F"), test.err) {
					t.Errorf("error %v, want %s", err, test.err)
				}
				return
			}
			if diff := cmp.Diff(test.want, string(got)); err != nil || diff != "" {
				t.Errorf("%v, -want +got:\n%s", err, diff)
			}
		})
	}
}
