package config

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// Of a.user, name and null stay, of a.room nothing; a.other stays as it is.
func TestTrim(t *testing.T) {
	const head = "packages:\n  - specs: [s.yaml]\n    out: graph\n    slice:\n      metadata: m.xml\n"
	const files = "      files: [{out: s.yaml, include: [/x]}]\n"
	const all = "a.room: []\n        a.user: [name, 'null']\n"
	tests := map[string]struct{ before, want, err string }{
		"none yet":         {head + files, head + "      properties:\n        " + all + files, ""},
		"others":           {head + "      properties: # why\n        other: [x] # so\n" + files, head + "      properties: # why\n        " + all + "        other: [x] # so\n" + files, ""},
		"others in braces": {head + "      properties: {other: [x]}\n" + files, head + "      properties: {a.room: [], a.user: [name, 'null'], other: [x]}\n" + files, ""},
		"these":            {head + "      properties: {user: [mail, name, 'null'], room: [name, mail]}\n" + files, head + "      properties: {user: [name, 'null'], room: []}\n" + files, ""},
		"these in lines":   {head + "      properties:\n        user:\n          - mail # gone\n          - name\n        room:\n          - mail\n" + files, head + "      properties:\n        user:\n          - name\n        room: []\n" + files, ""},
		"nothing to do":    {head + "      properties: {user: [name], room: []}\n" + files, head + "      properties: {user: [name], room: []}\n" + files, ""},
		"Windows":          {strings.ReplaceAll(head+files, "\n", "\r\n"), strings.ReplaceAll(head+"      properties:\n        "+all+files, "\n", "\r\n"), ""},
		"one line":         {"packages:\n  - specs: [s.yaml]\n    out: graph\n    slice: {metadata: m.xml, files: [{out: s.yaml, include: [/x]}]}\n", "", "it is written in a way that cannot be edited"},
	}
	kept := map[string][]string{"a.user": {"name", "null"}, "a.room": {}}
	idOf := func(name string) string { return "a." + strings.TrimPrefix(name, "a.") }
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			e := NewEdit("graphslice.yaml", []byte(test.before), nil)
			err := e.Trim(kept, idOf)
			if test.err != "" {
				if err == nil || !strings.Contains(err.Error(), test.err) {
					t.Errorf("error %v, want %s", err, test.err)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, string(e.After)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}
