package main

import (
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestMiddle(t *testing.T) {
	for _, test := range []struct {
		values []float64
		want   float64
	}{{nil, 0}, {[]float64{4}, 4}, {[]float64{9, 1, 5}, 5}, {[]float64{9, 1, 5, 2}, 3.5}} {
		if got := middle(test.values); got != test.want {
			t.Errorf("middle(%v) = %v, want %v", test.values, got, test.want)
		}
	}
}

func TestMedians(t *testing.T) {
	got := medians([]figure{{1, 20, 300}, {2, 10, 100}, {3, 30, 200}})
	if want := (figure{2, 20, 200}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAnd(t *testing.T) {
	if got, want := (figure{1, 2, 300}).and(figure{10, 20, 100}), (figure{11, 22, 300}); got != want {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestPublic(t *testing.T) {
	got := public("unsafe\ninternal/abi\ncrypto/internal/fips140\ncrypto\nvendor/golang.org/x/net/idna\nnet/http\nnet/http/internal\n")
	if want := []string{"unsafe", "crypto", "net/http"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestRatio(t *testing.T) {
	for _, test := range []struct {
		a, b float64
		want string
	}{{8, 2, "4"}, {1, 3, "0.333"}, {1, 0, ""}, {0, 1, ""}} {
		if got := ratio(test.a, test.b); got != test.want {
			t.Errorf("ratio(%v, %v) = %q, want %q", test.a, test.b, got, test.want)
		}
	}
}

func TestParseBenchmarks(t *testing.T) {
	const output = `goos: linux
BenchmarkEncode-2         	  100	      1200 ns/op	     640 B/op	       7 allocs/op
BenchmarkEncode-2         	  100	      1100 ns/op	     640 B/op	       7 allocs/op
BenchmarkDecode/plain-2   	   10	   5000.5 ns/op	      16 B/op	       1 allocs/op
PASS
`
	got := parseBenchmarks(output)
	if names := slices.Sorted(maps.Keys(got)); !slices.Equal(names, []string{"Decode/plain", "Encode"}) {
		t.Fatalf("names: %v", names)
	}
	if got, want := got["Encode"].cost(), (cost{1150, 640, 7}); got != want {
		t.Errorf("Encode: %v, want %v", got, want)
	}
	if got, want := got["Decode/plain"].cost(), (cost{5000.5, 16, 1}); got != want {
		t.Errorf("Decode/plain: %v, want %v", got, want)
	}
}

func TestParseSummary(t *testing.T) {
	types, operations, err := parseSummary("gen: 1 package, 450 types, 278 operations, 0 binds; files: 40 written\n")
	if err != nil || types != 450 || operations != 278 {
		t.Errorf("got %d, %d, %v", types, operations, err)
	}
	if _, _, err := parseSummary("nothing"); err == nil || err.Error() != `no summary in "nothing"` {
		t.Errorf("got %v", err)
	}
}

func TestFirstLine(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"exit status 1", "exit status 1"},
		{"tool: exit code 1, want 0\nloading\n  Error: no such schema\nerror: second", "Error: no such schema"},
		{"tool --loglevel error: exit code 1, want 0\ntool cannot", "tool cannot"},
		{"tool: exit code 1, want 0\n/tmp/a/b/c.go: error at /home/me/x.yml:3:1", "c.go: error at x.yml:3:1"},
		{strings.Repeat("ä", 301), strings.Repeat("ä", 300) + " …"},
	} {
		if got := firstLine(errors.New(test.text)); got != test.want {
			t.Errorf("firstLine(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

func TestValueOf(t *testing.T) {
	const text = "processor\t: 0\nmodel name\t: A CPU @ 2 GHz\nmodel name\t: another\nMemTotal:       24 kB\n"
	for name, want := range map[string]string{"model name": "A CPU @ 2 GHz", "MemTotal": "24 kB", "flags": ""} {
		if got := valueOf(text, name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
}

// What was to be measured and failed is a target that is missed.
func TestScaleThatFails(t *testing.T) {
	for _, series := range []string{metadataSeries, splitSeries} {
		r := results{scale: &measured[[]step]{Figures: []step{{Series: series, Part: wholePart, Error: "two paths get one name"}}}}
		goals := r.goals()
		if len(goals) != 1 || goals[0].verdict() != "MISSED" || goals[0].Note != "two paths get one name" {
			t.Errorf("%s: got %v", series, goals)
		}
	}
}

func TestCount(t *testing.T) {
	folder := t.TempDir()
	if err := os.Mkdir(filepath.Join(folder, "below"), 0o777); err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{"a.go": "1\n2\n", "below/runtime_b.go": "3\n", "runtime_c.txt": "4\n"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for names, want := range map[string][2]int{"*.go": {3, 6}, "runtime_*.go": {1, 2}, "*.md": {0, 0}} {
		lines, bytes, err := count(folder, names)
		if got := [2]int{lines, bytes}; err != nil || got != want {
			t.Errorf("%s: got %v, %v, want %v", names, got, err, want)
		}
	}
}

func TestCountOperations(t *testing.T) {
	const document = `openapi: 3.0.0
paths:
  /chats:
    get:
      summary: a
    post:
      summary: b
  '/chats/{chat-id}':
    parameters: []
    delete:
  '/users(name=''{name}'')':
    patch:
  /users:
    put:
components:
  schemas:
    get:
`
	got, err := countOperations(strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]int{"chats": 3, "users": 2}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestSmallest(t *testing.T) {
	counts := map[string]int{"d": 8, "c": 4, "b": 2, "a": 2}
	for parts, want := range map[int][]string{16: {"a"}, 4: {"a", "b"}, 2: {"a", "b", "c"}, 1: {"a", "b", "c", "d"}} {
		if got := smallest(counts, parts); !slices.Equal(got, want) {
			t.Errorf("1/%d: %v, want %v", parts, got, want)
		}
	}
}

func TestApplicable(t *testing.T) {
	const overrides = "# Why.\npaths:\n  /a/{a-id}: {rename: A}\n  /b: {rename: B}\n"
	got := applicable(overrides, map[string]bool{"/a/{a-id}": true})
	if want := "# Why.\npaths:\n  /a/{a-id}: {rename: A}\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestKeysOf(t *testing.T) {
	const document = "paths:\n  /a:\n    get:\n      x: 1\n  '/b(c)':\n"
	got, err := keysOf(strings.NewReader(document))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(map[string]bool{"/a": true, "get": true, "/b(c)": true}, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
