package config

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"go.yaml.in/yaml/v4"
)

// Each document has one list, below "list"; an item is added.
func TestInsertItem(t *testing.T) {
	const added = "/a/{b}#GET,POST"
	tests := map[string]struct{ document, want, err string }{
		"block, plain":                {"list:\n  - /x\n", "list:\n  - /x\n  - /a/{b}#GET,POST\n", ""},
		"block, not indented":         {"list:\n- /x\nother: 1\n", "list:\n- /x\n- /a/{b}#GET,POST\nother: 1\n", ""},
		"block, comments":             {"list: # of\n  # first\n  - /x # why\n  # after\nother: 1\n", "list: # of\n  # first\n  - /x # why\n  - /a/{b}#GET,POST\n  # after\nother: 1\n", ""},
		"block, single quotes":        {"list:\n  - '/x''#'   # '\n", "list:\n  - '/x''#'   # '\n  - '/a/{b}#GET,POST'\n", ""},
		"block, double quotes":        {"list:\n  - \"/x\\\"\"\n", "list:\n  - \"/x\\\"\"\n  - \"/a/{b}#GET,POST\"\n", ""},
		"block, no end of line":       {"list:\n  - /x", "list:\n  - /x\n  - /a/{b}#GET,POST", ""},
		"block, Windows":              {"list:\r\n  - /x\r\nother: 1\r\n", "list:\r\n  - /x\r\n  - /a/{b}#GET,POST\r\nother: 1\r\n", ""},
		"block, far from its dash":    {"list:\n  -    /x\n", "list:\n  -    /x\n  - /a/{b}#GET,POST\n", ""},
		"block, letters of two bytes": {"list:\n  - /ä#GET # ö\n", "list:\n  - /ä#GET # ö\n  - /a/{b}#GET,POST\n", ""},
		"flow":                        {"list: ['/x']\n", "list: ['/x', '/a/{b}#GET,POST']\n", ""},
		"flow, plain":                 {"list: [/x, /y#GET ] # why\n", "list: [/x, /y#GET, '/a/{b}#GET,POST' ] # why\n", ""},
		"flow, empty":                 {"list: [ ]\n", "list: ['/a/{b}#GET,POST' ]\n", ""},
		"flow, a comma at the end":    {"list: ['/x',]\n", "list: ['/x', '/a/{b}#GET,POST',]\n", ""},
		"flow, in flow":               {"x: {list: [\"/x\"], y: 1}\n", "x: {list: [\"/x\", \"/a/{b}#GET,POST\"], y: 1}\n", ""},
		"flow, on lines":              {"list: [\n  '/x', # one\n  '/y' # two\n]\n", "list: [\n  '/x', # one\n  '/y',\n  '/a/{b}#GET,POST' # two\n]\n", ""},
		"JSON":                        {`{"list": ["/x"]}`, `{"list": ["/x", "/a/{b}#GET,POST"]}`, ""},
		"a folded last item":          {"list:\n  - >-\n    /x\n", "", "its last item is not a plain text"},
		"an item on two lines":        {"list:\n  - /x\n    y\n", "", "it is written in a way that cannot be added to"},
		"quotes on two lines":         {"list:\n  - 'x\n    y'\n", "", "its last item does not end on its line"},
		"a list in a list":            {"list:\n  - - /x\n", "", "its last item is not a plain text"},
		"an anchor":                   {"list:\n  - &a /x\n", "", "its last item is not a plain text"},
		"a text":                      {"list: /x\n", "", "it is no list"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			var document yaml.Node
			if err := yaml.Unmarshal([]byte(test.document), &document); err != nil {
				t.Fatal(err)
			}
			got, err := insertItem([]byte(test.document), valueOf(&document, "list"), added)
			said := ""
			if err != nil {
				got, said = nil, err.Error()
			}
			if diff := cmp.Diff(test.want, string(got)); diff != "" || said != test.err {
				t.Errorf("error %q, want %q; -want +got:\n%s", said, test.err, diff)
			}
		})
	}
}

// valueOf is the value of a key, wherever it stands.
func valueOf(n *yaml.Node, key string) *yaml.Node {
	for i, child := range n.Content {
		if n.Kind == yaml.MappingNode && i%2 == 0 && child.Value == key {
			return n.Content[i+1]
		}
		if found := valueOf(child, key); found != nil {
			return found
		}
	}
	return nil
}
