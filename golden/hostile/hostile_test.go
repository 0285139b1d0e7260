package hostile

import (
	"fmt"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestValues(t *testing.T) {
	values, err := Values()
	if err != nil {
		t.Fatal(err)
	}
	if len(values) < 200 {
		t.Errorf("%d values, want 200 at least", len(values))
	}
	places := []Place{Segment, Key, Argument, Bare, Filter, Query, Header}
	seen := map[string]bool{}
	for _, v := range values {
		if seen[v.Text] {
			t.Errorf("%s is there twice", v)
		}
		seen[v.Text] = true
		if v.Category == "" {
			t.Errorf("%s has no category", v)
		}
		for place := range v.Refused {
			if !slices.Contains(places, place) {
				t.Errorf("%s: %q is no place", v, place)
			}
		}
	}
}

// TestCall holds that what breaks out of a literal is seen.
func TestCall(t *testing.T) {
	for _, test := range []struct{ in, want string }{
		{"users('a')", "users map[:a]"},
		{"users('a''b')", "users map[:a'b]"},
		{"f(a='x,y)',b=5)", "f map[a:x,y) b:5]"},
		{"f('')", "f map[:]"},
		{"f(a='x')/g('y')", `"f(a='x')/g('y')" goes on after an argument with ")/g('y')"`},
		{"f(a='x'b)", `"f(a='x'b)" goes on after an argument with "b)"`},
		{"f(a='x',a='y')", `"f(a='x',a='y')" has the argument a twice`},
		{"f(a=x y)", `"f(a=x y)" goes on after an argument with " y)"`},
		{"f(a=)", `"f(a=)": no argument is at ")"`},
		{"f('a", `"f('a": the literal at "'a" is not closed`},
		{"f(a)", `"f(a)" has an argument without a value`},
		{"f", `"f" has no parentheses`},
	} {
		name, args, err := Call(test.in)
		got := fmt.Sprint(name, " ", args)
		if err != nil {
			got = err.Error()
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%s (-want +got):\n%s", test.in, diff)
		}
	}
}

func TestQueryValues(t *testing.T) {
	if got, err := QueryValues("a=1&b=%26c%3D2"); err != nil || got["a"] != "1" || got["b"] != "&c=2" {
		t.Errorf("got %v, %v", got, err)
	}
	for _, raw := range []string{"a=1&a=2", "a=1;b=2", "a=%zz"} {
		if got, err := QueryValues(raw); err == nil {
			t.Errorf("%s is read as %v", raw, got)
		}
	}
}
