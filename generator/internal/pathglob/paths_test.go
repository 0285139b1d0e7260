package pathglob

import (
	"slices"
	"strings"
	"testing"
)

// All paths at once are as each by itself.
func TestPaths(t *testing.T) {
	paths := []string{
		"/", "/a", "/a/b", "/a/b/{id}", "/a/b/{id}/c", "/a/x.y.call()", "/a/x.y.call(z='{z}')", "/a/{a-id}", "/a/{a-id}/$ref", "/a(no='{no}')", "/b", "/c/d/e", "/c/d/e/f", "/c/d2",
	}
	read := ReadPaths(paths)
	for _, text := range []string{"", "/**", "/a", "/a/*", "/a/**", "/a/{x}", "/a/call", "/a(no='{n}')", "/c/**", "/c/d/*", "/nothing", "/a/** -/a/b/**", "/**#GET -/a", "/b /c/d/e"} {
		var set Set
		for pattern := range strings.FieldsSeq(text) {
			list := &set.Include
			if rest, excluded := strings.CutPrefix(pattern, "-"); excluded {
				pattern, list = rest, &set.Exclude
			}
			parsed, err := Parse(pattern)
			if err != nil {
				t.Fatal(err)
			}
			*list = append(*list, parsed)
		}
		var got, want []string
		read.Walk(set, func(i int, w Walk) {
			if w.Match("GET") {
				got = append(got, paths[i])
			}
		})
		each := Set{Include: Among(set.Include, paths), Exclude: Among(set.Exclude, paths)}
		for _, path := range paths {
			if each.Match("GET", path) {
				want = append(want, path)
			}
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}
