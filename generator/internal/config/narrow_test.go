package config

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
)

// Each document has one list, below "list"; /x goes, /y becomes /y/1 and /y/2, the rest stays.
func TestNarrowed(t *testing.T) {
	replace := func(pattern string) []string {
		switch pattern {
		case "/x":
			return nil
		case "/y":
			return []string{"/y/1#GET,POST", "/y/2"}
		}
		return []string{pattern}
	}
	tests := map[string]struct{ document, want, err string }{
		"block":                 {"list:\n  - /x\n  - /y\n  - /z\n", "list:\n  - /y/1#GET,POST\n  - /y/2\n  - /z\n", ""},
		"block, comments":       {"list: # of\n  # first\n  - /x # why\n  # second\n  - /y # too\nother: 1\n", "list: # of\n  # first\n  # second\n  - /y/1#GET,POST\n  - /y/2 # too\nother: 1\n", ""},
		"block, quotes":         {"list:\n- '/y'\n- \"/x\"\n", "list:\n- '/y/1#GET,POST'\n- '/y/2'\n", ""},
		"block, no end of line": {"list:\n  - /z\n  - /x", "list:\n  - /z\n", ""},
		"block, Windows":        {"list:\r\n  - /x\r\n  - /y\r\n", "list:\r\n  - /y/1#GET,POST\r\n  - /y/2\r\n", ""},
		"flow":                  {"list: [/x, '/y', /z]\n", "list: ['/y/1#GET,POST', '/y/2', /z]\n", ""},
		"flow, the last":        {"list: ['/z', '/x' ] # why\n", "list: ['/z' ] # why\n", ""},
		"flow, the last two":    {"list: ['/z', /x, '/x']\n", "list: ['/z']\n", ""},
		"flow, around one":      {"list: [ '/x', '/y' , '/x', '/x' ]\n", "list: [ '/y/1#GET,POST', '/y/2' ]\n", ""},
		"flow, in flow":         {"x: {list: ['/x', '/z'], y: 1}\n", "x: {list: ['/z'], y: 1}\n", ""},
		"flow, all but one":     {"list: ['/x', '/x', '/z']\n", "list: ['/z']\n", ""},
		"nothing to do":         {"list: [ /z ]\n", "list: [ /z ]\n", ""},
		"nothing left":          {"list: [/x]\n", "", "nothing would be left of it"},
		"an anchor":             {"list:\n  - &a /x\n  - /z\n", "", "its last item is not a plain text"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var document yaml.Node
			if err := yaml.Unmarshal([]byte(test.document), &document); err != nil {
				t.Fatal(err)
			}
			root := document.Content[0]
			if inner := fieldOf(root, "x"); inner != nil {
				root = inner
			}
			got, err := narrowed([]byte(test.document), fieldOf(root, "list"), replace)
			if test.err != "" {
				if err == nil || err.Error() != test.err {
					t.Errorf("error %v, want %s", err, test.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, string(got)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

func TestDescribe(t *testing.T) {
	const head = "packages:\n  - specs: [s.yaml]\n    out: graph\n    slice:\n      metadata: m.xml\n"
	tests := map[string]struct{ before, want string }{
		"a list of its own": {head + "      files: [{out: s.yaml, include: [/x]}]\n", head + "      types: ['a.b', 'c.d']\n      files: [{out: s.yaml, include: [/x]}]\n"},
		"one that is there": {head + "      types: [z]\n      files: [{out: s.yaml, include: [/x]}]\n", head + "      types: [z, 'a.b', 'c.d']\n      files: [{out: s.yaml, include: [/x]}]\n"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e := NewEdit("graphslice.yaml", []byte(test.before), nil)
			if err := e.Describe([]string{"a.b", "c.d"}); err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, string(e.After)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
