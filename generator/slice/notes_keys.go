package slice

import (
	"bytes"

	"gopkg.in/yaml.v3"

	"github.com/graphslice/graphslice/generator/diag"
)

const (
	// maxKeys is more than any mapping of notes has: the YAML reader compares each key with each other.
	maxKeys = 10_000
	// maxFaults is how many faults of one kind are worth reading.
	maxFaults = 20
)

// checkKeys refuses mappings with too many keys, or with one twice, and a second document. What is no YAML is left to the reader.
func checkKeys(diags *diag.List, path string, data []byte) bool {
	var root, next yaml.Node
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	if decoder.Decode(&root) != nil {
		return true
	}
	found := len(*diags)
	if decoder.Decode(&next) == nil {
		diags.Errorf(diag.Pos{File: path, Line: next.Line, Column: next.Column}, "bad-notes", "this is a second document in one file")
	}
	checkNode(diags, path, &root, found+maxFaults)
	return len(*diags) == found
}

func checkNode(diags *diag.List, path string, node *yaml.Node, most int) {
	seen := map[string]int{}
	for i, child := range node.Content {
		switch {
		case len(*diags) >= most:
			return
		case node.Kind != yaml.MappingNode || i%2 == 1:
			checkNode(diags, path, child, most) // an alias has no content, and its anchor is looked at where it stands
		case i/2 == maxKeys:
			diags.Errorf(diag.Pos{File: path, Line: child.Line, Column: child.Column}, "bad-notes", "the mapping has more than %d keys", maxKeys)
		case seen[child.Value] > 0:
			diags.Errorf(diag.Pos{File: path, Line: child.Line, Column: child.Column}, "bad-notes",
				"the key %q stands in line %d already", child.Value, seen[child.Value])
		}
		if node.Kind == yaml.MappingNode && i%2 == 0 {
			seen[child.Value] = child.Line
		}
	}
}
