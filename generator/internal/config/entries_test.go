package config

import (
	"strings"
	"testing"
)

const beforeFollow = `# The packages.
packages:
  - specs: [a.yaml]
    out: a
    slice: # cut from this
      metadata: m.xml
FOLLOW
      # The slices.
      files:
        - {out: a.yaml, include: [/a]}
`

// What is followed comes and goes without anything else changing: comments, order and form stay.
func TestFollow(t *testing.T) {
	for name, c := range map[string]struct {
		before           string
		follow, unfollow []string
		after            string // or the fault
	}{
		"the first":                 {"", []string{"a.b"}, nil, "      # The slices.\n      follow: ['a.b']"},
		"the first two":             {"", []string{"a.b", "a.c"}, nil, "      # The slices.\n      follow: ['a.b', 'a.c']"},
		"one more":                  {"      follow: [a.b] # needed", []string{"a.c"}, nil, "      follow: [a.b, 'a.c'] # needed"},
		"one more of a block":       {"      follow:\n        - a.b # needed", []string{"a.c"}, nil, "      follow:\n        - a.b # needed\n        - 'a.c'"},
		"one less":                  {"      follow: [a.b, a.c] # needed", nil, []string{"a.b"}, "      follow: [a.c] # needed"},
		"one less of a block":       {"      follow:\n        - a.b # one\n        - a.c # two", nil, []string{"a.c"}, "      follow:\n        - a.b # one"},
		"the last":                  {"      follow: [a.b] # needed", nil, []string{"a.b"}, ""},
		"the last of a block":       {"      follow:\n        - a.b\n        - a.c", nil, []string{"a.c", "a.b"}, ""},
		"one comes, one goes":       {"      follow: [a.b]", []string{"a.c"}, []string{"a.b"}, "      follow: ['a.c']"},
		"a word for all":            {"      follow: bodies", []string{"a.c"}, nil, "follow: cannot be added to: it is no list"},
		"a word for all, that goes": {"      follow: bodies", nil, []string{"bodies"}, "follow: cannot be narrowed: it is no list"},
		"a list over lines":         {"      follow: [a.b,\n        a.c\n        ]", nil, []string{"a.b", "a.c"}, "follow: cannot be narrowed: it is written in a way that cannot be edited"},
	} {
		t.Run(name, func(t *testing.T) {
			text := func(follow string) string {
				if follow == "" {
					return strings.Replace(beforeFollow, "FOLLOW\n", "", 1)
				}
				if rest, ok := strings.CutPrefix(follow, "      # The slices.\n"); ok { // a list of its own stands before the files
					return strings.Replace(strings.Replace(beforeFollow, "FOLLOW\n", "", 1), "      files:", rest+"\n      files:", 1)
				}
				return strings.Replace(beforeFollow, "FOLLOW", follow, 1)
			}
			e := NewEdit("graphslice.yaml", []byte(text(c.before)), nil)
			err := e.Follow(c.follow)
			if err == nil {
				err = e.Unfollow(c.unfollow)
			}
			if err != nil {
				if !strings.Contains(err.Error(), c.after) || c.after == "" {
					t.Error(err)
				}
				return
			}
			if got, want := string(e.After), text(c.after); got != want {
				t.Errorf("got:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}
