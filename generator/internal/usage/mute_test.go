package usage

import (
	"context"
	"encoding/json"
	"go/ast"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// mutedCode has functions of which a comment says whose bodies are left out.
var mutedCode = map[string]string{
	"go.mod": "module example.com/program\n\ngo 1.24\n",
	"main.go": `package main

import (
	"context"
	"fmt"
	"strings"

	"example.com/program/graph"
	"example.com/program/other"
	clean "example.com/program/plain"
)

func main() { show(); uses(nil) }

func init() { show() }

func show() { fmt.Println(pure(strings.ToUpper("a")), calls()) } // muted

func pure(text string) string { return text + clean.Text() } // muted

func calls() int { return len(pure("b")) + (&counter{}).add() } // muted

type counter struct{ n int }

func (c *counter) add() int { c.n++; return c.n } // muted

type holder struct{ client *graph.Client }

func (h *holder) size() int { return 1 }

func hold() { h := holder{}; _ = h.size() }

func holds() { hold() }

func uses(c *graph.Client) { _ = c.Chats().ByID("1").Delete(context.Background()) }

func asks(v any) bool { _, ok := v.(fmt.Stringer); return ok }

func asking() bool { return asks(1) }

func writes(v interface{ Close() error }) { _ = v.Close() }

func generic[T any](v T) { fmt.Println(v) }

func generics() { generic(1) }

type box[T any] struct{ v T }

func (b box[T]) show() { fmt.Println(b.v) }

func others() { other.Func() }

func local() { // muted
	strings := []string{"a"}
	fmt.Println(strings)
}

type tested struct{}

func (tested) name() string { return "a" }

func named() string { return tested{}.name() }
`,
	"main_test.go":   "package main\n\nimport \"example.com/program/graph\"\n\nfunc (tested) chat() *graph.Chat { return nil }\n",
	"plain/plain.go": "package plain\n\nfunc Text() string { return \"a\" }\n",
	"other/other.go": "package other\n\ntype Other interface{ Do() }\n\nfunc Func() {}\n",
}

// checkMuted compares which bodies of mutedCode are left out with what it says.
func checkMuted(t *testing.T, dir string) {
	t.Helper()
	p, _, err := list(context.Background(), Request{Dir: dir, Patterns: []string{"./..."}}, true)
	if err != nil {
		t.Fatal(err)
	}
	relevant := newRelevance(p, nil)
	p.packages = slices.DeleteFunc(p.packages, relevant.leaves)
	if !relevant.mute() {
		t.Error("nothing is left out")
	}
	file, err := p.parsed.file(p.fset, filepath.Join(dir, "main.go"), nil)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(mutedCode["main.go"], "\n")
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok {
			want := strings.HasSuffix(lines[p.fset.Position(f.Pos()).Line-1], "// muted")
			if got := f.Body == nil; got != want {
				t.Errorf("%s: left out: %v", f.Name.Name, got)
			}
		}
	}
}

// otherMain puts a builder into an interface of another module, whose method is called in a body that nothing generated comes into.
const otherMain = `package main

import (
	"context"

	"example.com/other"
	"example.com/program/graph"
)

func main() {
	client, _ := graph.NewClient(nil)
	var d other.Deleter[graph.CallOption] = client.Chats().ByID("1")
	other.Drop(d)
	_ = call(nil)
}

func call(d other.Deleter[string]) error { return d.Delete(context.Background()) }
`

// otherCode is the other module.
const otherCode = `package other

import "context"

type Deleter[O any] interface{ Delete(ctx context.Context, opts ...O) error }

func Drop(any) {}
`

// layOther lays a program with the other module.
func layOther(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	lay(t, dir, map[string]string{
		"go.mod":  "module example.com/program\n\ngo 1.24\n\nrequire example.com/other v0.0.0\n\nreplace example.com/other => ./other\n",
		"main.go": otherMain, "other/go.mod": "module example.com/other\n\ngo 1.24\n", "other/other.go": otherCode,
	})
	copyPackage(t, filepath.Join(dir, "graph"))
	return dir
}

// Bodies are left out into which nothing generated comes, and that changes no answer.
func TestMute(t *testing.T) {
	muted := t.TempDir()
	lay(t, muted, mutedCode)
	copyPackage(t, filepath.Join(muted, "graph"))
	checkMuted(t, muted)
	for name, dir := range map[string]string{"functions": muted, "program": newProgram(t), "another's interface": layOther(t)} {
		t.Run(name, func(t *testing.T) {
			r := Request{Dir: dir}
			uses, err := Find(context.Background(), r)
			if err != nil {
				t.Fatal(err)
			}
			c, err := collect(context.Background(), r, false)
			if err != nil {
				t.Fatal(err)
			}
			c.interfaces()
			c.generics()
			whole, err := c.result()
			if err != nil {
				t.Fatal(err)
			}
			var texts [2]string
			for i, u := range []*Uses{whole, uses} {
				text, err := json.MarshalIndent(u, "", " ")
				if err != nil {
					t.Fatal(err)
				}
				texts[i] = string(text)
			}
			if diff := cmp.Diff(texts[0], texts[1]); diff != "" {
				t.Errorf("-whole +muted:\n%s", diff)
			}
			if len(uses.Packages[0].Operations) == 0 {
				t.Error("nothing is used")
			}
		})
	}
}
