package gosource

import "testing"

func TestSameCode(t *testing.T) {
	const base = "// Code generated.\n\npackage x\n\n// A is a.\ntype A struct {\n\tB int `json:\"b\"` // b\n}\n"
	for name, test := range map[string]struct {
		other string
		want  bool
	}{
		"the same":           {base, true},
		"another comment":    {"// Code generated.\n\npackage x\n\n// A is an a, and\n// more.\ntype A struct {\n\tB int `json:\"b\"`\n}\n", true},
		"deprecated":         {"package x\n\n// A is a.\n//\n// Deprecated: no.\ntype A struct {\n\tB int `json:\"b\"` /* b */\n}\n", true},
		"written on a line":  {"package x; type A struct { B int `json:\"b\"`; }", true},
		"another name":       {"package x\n\ntype A struct {\n\tC int `json:\"b\"`\n}\n", false},
		"another tag":        {"package x\n\ntype A struct {\n\tB int `json:\"c\"`\n}\n", false},
		"more":               {base + "\ntype B int\n", false},
		"less":               {"package x\n", false},
		"an instruction":     {"//go:build linux\n\npackage x\n\ntype A struct {\n\tB int `json:\"b\"`\n}\n", false},
		"not Go":             {base + "\x00", false},
		"conflict markers":   {base + "<<<<<<< HEAD\n=======\n>>>>>>> other\n", false},
		"a comment not over": {base + "/* ", false},
	} {
		t.Run(name, func(t *testing.T) {
			if got := SameCode([]byte(base), []byte(test.other)); got != test.want {
				t.Errorf("%t, want %t", got, test.want)
			}
			if got := SameCode([]byte(test.other), []byte(base)); got != test.want {
				t.Errorf("the other way round: %t, want %t", got, test.want)
			}
		})
	}
}
