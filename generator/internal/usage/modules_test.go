package usage

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// appMain uses a generated package of another module without importing it itself.
const appMain = `package main

import (
	"context"

	"example.com/lib"
)

func main() {
	_ = lib.Client().Chats().ByID("1").Delete(context.Background())
}
`

const libCode = `// Package lib makes clients.
package lib

import "example.com/lib/graph"

// Client makes one.
func Client() *graph.Client {
	c, _ := graph.NewClient(nil)
	return c
}
`

// layModules lays two modules, of which one uses the other's generated package.
func layModules(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	lay(t, dir, map[string]string{
		"app/go.mod":  "module example.com/app\n\ngo 1.24\n\nrequire example.com/lib v0.0.0\n\nreplace example.com/lib => ../lib\n",
		"app/main.go": appMain, "lib/go.mod": "module example.com/lib\n\ngo 1.24\n", "lib/lib.go": libCode,
	})
	copyPackage(t, filepath.Join(dir, "lib", "graph"))
	return dir
}

// A generated package is found wherever it is: in another module, in vendor, in a workspace.
func TestFindInOtherModules(t *testing.T) {
	dir := layModules(t)
	want := []Use{{ID: "DELETE /chats/{chat-id}", Go: "ChatRequests.Delete", Places: []Place{{File: "main.go", Line: 10, Column: 37}}}}
	check := func(name string, r Request, want []Use) {
		t.Helper()
		uses, err := Find(context.Background(), r)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		if diff := cmp.Diff(want, uses.Packages[0].Operations); diff != "" {
			t.Errorf("%s: -want +got:\n%s", name, diff)
		}
	}
	app := filepath.Join(dir, "app")
	check("another module", Request{Dir: app}, want)

	vendor := exec.Command("go", "mod", "vendor")
	vendor.Dir, vendor.Env = app, append(os.Environ(), "GOWORK=off")
	if out, err := vendor.CombinedOutput(); err != nil {
		t.Fatalf("go mod vendor: %v\n%s", err, out)
	}
	check("vendor", Request{Dir: app}, want)
	if err := os.RemoveAll(filepath.Join(app, "vendor")); err != nil {
		t.Fatal(err)
	}

	if err := os.WriteFile(filepath.Join(dir, "go.work"), []byte("go 1.24\n\nuse (\n\t./app\n\t./lib\n)\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	want[0].Places[0].File = "app/main.go"
	check("a workspace", Request{Dir: dir, Patterns: []string{"./app/...", "./lib/..."}}, want)
}
