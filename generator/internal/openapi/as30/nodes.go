package as30

import (
	"slices"

	"go.yaml.in/yaml/v4"
)

// field returns an entry of a mapping; nil if there is none.
func field(n *yaml.Node, name string) (key, value *yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i], n.Content[i+1]
		}
	}
	return nil, nil
}

func get(n *yaml.Node, name string) *yaml.Node {
	_, value := field(n, name)
	return value
}

// take removes an entry of a mapping and returns its value.
func take(n *yaml.Node, name string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			value := n.Content[i+1]
			n.Content = slices.Delete(n.Content, i, i+2)
			return value
		}
	}
	return nil
}

// exchange puts an entry in the place of another one, which may be of the same name; of two of the new name the first goes.
func exchange(n *yaml.Node, old, name string, value *yaml.Node) {
	if old != name {
		take(n, name)
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == old {
			n.Content[i], n.Content[i+1] = scalar("!!str", name, n.Content[i]), value
			return
		}
	}
}

// insert adds an entry after another one, unless there is one of its name.
func insert(n *yaml.Node, after, name string, value *yaml.Node) {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == after && get(n, name) == nil {
			n.Content = slices.Insert(n.Content, i+2, scalar("!!str", name, value), value)
			return
		}
	}
}

// scalar is a new scalar where another node stands.
func scalar(tag, text string, at *yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: text, Line: at.Line, Column: at.Column}
}

// mapping is an empty mapping where another node stands.
func mapping(at *yaml.Node) *yaml.Node {
	return &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map", Line: at.Line, Column: at.Column}
}
