package usage

import (
	"go/types"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/go/packages"

	"github.com/graphslice/graphslice/generator/internal/disk"
	"github.com/graphslice/graphslice/generator/internal/gosource"
)

// runtimeFiles are the files that every generated package has.
func runtimeFiles(t *testing.T) []string {
	t.Helper()
	files, err := gosource.RuntimeFiles("graph")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range files {
		names = append(names, f.Name)
	}
	return names
}

// Everything that a generated package exports, its runtime apart, is an element of its lock, found by its name in Go.
func TestIndexIsComplete(t *testing.T) {
	runtime := append(runtimeFiles(t), "scopes.go", "service.go")
	config := &packages.Config{Mode: packages.NeedName | packages.NeedFiles | packages.NeedTypes | packages.NeedSyntax | packages.NeedImports}
	loaded, err := packages.Load(config, "../../../generated/...")
	if err != nil || len(loaded) < 2 {
		t.Fatal(loaded, err)
	}
	for _, pkg := range loaded {
		l, err := disk.ReadLock(filepath.Dir(pkg.GoFiles[0]))
		if err != nil {
			t.Fatal(err)
		}
		if l.Fakes != "" {
			continue // it is nobody's code
		}
		x, err := newIndex(l)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range pkg.Types.Scope().Names() {
			obj := pkg.Types.Scope().Lookup(name)
			file := filepath.Base(pkg.Fset.Position(obj.Pos()).Filename)
			if !obj.Exported() || slices.Contains(runtime, file) {
				continue
			}
			if _, known := x.declared[name]; !known && !strings.HasSuffix(name, "Options") {
				t.Errorf("%s: %s.%s is no element", file, pkg.Name, name)
			}
			checkMembers(t, x, obj)
		}
		client := pkg.Types.Scope().Lookup(clientType).Type().(*types.Named)
		for m := range client.Methods() {
			if file := filepath.Base(pkg.Fset.Position(m.Pos()).Filename); m.Exported() && !slices.Contains(runtime, file) && x.methods["Client."+m.Name()] == nil {
				t.Errorf("%s: Client.%s is no element", file, m.Name())
			}
		}
	}
}

// fieldsOfAll are those that a struct has beside its properties.
var fieldsOfAll = []string{"ETag", "ODataType", "AdditionalProperties"}

func checkMembers(t *testing.T, x *index, obj types.Object) {
	t.Helper()
	named, ok := obj.Type().(*types.Named)
	if _, isType := obj.(*types.TypeName); !ok || !isType {
		return
	}
	if x.builders[obj.Name()] {
		for m := range named.Methods() {
			if name := obj.Name() + "." + m.Name(); m.Exported() && x.methods[name] == nil {
				t.Errorf("%s is no element", name)
			}
		}
		return
	}
	if s, ok := named.Underlying().(*types.Struct); ok && x.declared[obj.Name()].kind == typeKind {
		for f := range s.Fields() {
			name := obj.Name() + "." + f.Name()
			if _, known := x.fields[name]; f.Exported() && !known && !slices.Contains(fieldsOfAll, f.Name()) {
				t.Errorf("%s is no element", name)
			}
		}
	}
}

// The names of the open ends are still those of the runtime.
func TestOpenEnds(t *testing.T) {
	files, err := filepath.Glob("../../../templates/graph/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var text strings.Builder
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		text.Write(data)
	}
	for name := range openEnds {
		if name == "Subscribe" { // which is emitted, with the type of subscriptions
			name = "subscribe"
		}
		on, method, isMethod := strings.Cut(name, ".")
		want := []string{"func " + name + "[T", "func " + name + "("}
		if isMethod {
			want = []string{"*" + on + ") " + method + "(", "*" + on + "[T]) " + method + "("}
		}
		if !slices.ContainsFunc(want, func(w string) bool { return strings.Contains(text.String(), w) }) {
			t.Errorf("the runtime has no %s", name)
		}
	}
}
