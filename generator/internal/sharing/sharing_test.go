package sharing

import (
	"bytes"
	"errors"
	"go/types"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator/internal/gosource"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// allParts are those of the runtime.
func allParts(t *testing.T) []string {
	t.Helper()
	files, err := gosource.RuntimeFiles("graph")
	if err != nil {
		t.Fatal(err)
	}
	return Parts(files)
}

// What the table names is there, once.
func TestTable(t *testing.T) {
	r, err := rename(allParts(t), "msgraph", true)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, entry := range append(append([]string{}, exported...), spoken...) {
		if seen[entry] {
			t.Errorf("%s stands twice in the table", entry)
		}
		seen[entry] = true
		owner, member, isMember := strings.Cut(entry, ".")
		object := r.types.Scope().Lookup(owner)
		if object == nil {
			t.Errorf("the runtime has no %s", owner)
			continue
		}
		if isMember && member != "*" {
			of := object.Type()
			if !types.IsInterface(of) {
				of = types.NewPointer(of)
			}
			if found, _, _ := types.LookupFieldOrMethod(of, true, r.types, member); found == nil {
				t.Errorf("%s has no %s", owner, member)
			}
		}
	}
}

// The runtime is the same, whatever the order of its parts, and knows no package's service. It may lack what not every package needs.
func TestRuntime(t *testing.T) {
	parts := allParts(t)
	whole, err := Runtime(parts, "msgraph")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range whole {
		for _, word := range []string{"defaultServiceRoot", "serviceVersion", "generatorVersion"} {
			if bytes.Contains(f.Data, []byte(word)) {
				t.Errorf("%s knows %s", f.Name, word)
			}
		}
	}
	var fewer []string
	for _, name := range parts {
		if !strings.Contains(name, "notification") && !strings.Contains(name, "subscribe") && !strings.Contains(name, "batch") &&
			!strings.Contains(name, "upload") && !strings.Contains(name, "delta") {
			fewer = append([]string{name}, fewer...)
		}
	}
	small, err := Runtime(fewer, "msgraph")
	if err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{}
	for _, f := range whole {
		texts[f.Name] = string(f.Data)
	}
	if len(small) >= len(whole) {
		t.Errorf("%d files of %d", len(small), len(whole))
	}
	for _, f := range small {
		if texts[f.Name] != string(f.Data) {
			t.Errorf("%s depends on the other parts", f.Name)
		}
	}
}

// A patch whose place is gone is an error.
func TestPatched(t *testing.T) {
	if _, err := patched("cloud.go", []byte("package graph\n")); err == nil || !strings.Contains(err.Error(), "cloud.go has") {
		t.Error(err)
	}
	if text, err := patched("opt.go", []byte("package graph\n")); err != nil || string(text) != "package graph\n" {
		t.Errorf("%q, %v", text, err)
	}
	names := allParts(t)
	for _, p := range patches {
		if !strings.Contains(strings.Join(names, "\n"), gosource.RuntimePrefix+p.file) {
			t.Errorf("there is no %s to change", p.file)
		}
	}
}

func TestWrapped(t *testing.T) {
	words := strings.TrimSpace(strings.Repeat("word ", 25)) // 124 characters
	short := strings.TrimSpace(strings.Repeat("word ", 23))
	for text, want := range map[string]string{
		"// " + words + "\n// and more\n//\n// next\n":    "// " + short + "\n// word word and more\n//\n// next\n",
		"\t// " + words + "\n\tvar x int\n":               "\t// " + strings.TrimSpace(strings.Repeat("word ", 22)) + "\n\t// word word word\n\tvar x int\n",
		"// " + strings.Repeat("x", 130) + "\nfunc f()\n": "// " + strings.Repeat("x", 130) + "\nfunc f()\n",
		"//\t" + words + "\n":                             "//\t" + words + "\n",
	} {
		if got := string(wrapped([]byte(text))); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

// standAlone is a package with code of its own.
func standAlone(t *testing.T, code string) []gosource.File {
	t.Helper()
	files, err := gosource.RuntimeFiles("graph")
	if err != nil {
		t.Fatal(err)
	}
	service := "\nconst (\n\tdefaultServiceRoot = \"https://graph.microsoft.com/v1.0\"\n\tserviceVersion = \"v1.0\"\n\tgeneratorVersion = \"test\"\n)\n"
	return append(files, gosource.File{Name: "own.go", Data: []byte(lock.Header + "\n\npackage graph\n" + code + service)})
}

// Package of own code: names are qualified, those of others stay.
func TestPackage(t *testing.T) {
	files, err := Package(standAlone(t, `
import "context"

type ThingsRequests resource

func (c *Client) Things() *ThingsRequests { return (*ThingsRequests)(c.at("/things")) }

func (r *ThingsRequests) Delete(ctx context.Context, opts ...CallOption) error {
	return exec(ctx, (*resource)(r).add("/x"), "DELETE", nil, opts)
}
`), "example.com/x/internal/msgraph", nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		if f.Name != "own.go" {
			continue
		}
		for _, want := range []string{`"example.com/x/internal/msgraph"`, "type ThingsRequests msgraph.XResource", `c.core().At("/things")`,
			"opts ...CallOption", `msgraph.XExec(ctx, (*msgraph.XResource)(r).Add("/x"), "DELETE", nil, opts)`} {
			if !bytes.Contains(f.Data, []byte(want)) {
				t.Errorf("own.go lacks %s:\n%s", want, f.Data)
			}
		}
	}
}

// A name of the import that the package has itself gives way.
func TestImportGivesWay(t *testing.T) {
	for name, want := range map[string]string{"msgraph": "msgraphruntime ", "string": "stringruntime ", "fmt": "fmtruntime ", "token": "tokenruntime ",
		"service": "serviceruntime ", "core": "", "graph": ""} {
		files, err := Package(standAlone(t, "\nfunc f(msgraph string) *resource { return (&Client{}).at(msgraph) }\n"), "example.com/x/internal/"+name, nil)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if f.Name == "own.go" && !bytes.Contains(f.Data, []byte(want+`"example.com/x/internal/`+name+`"`)) {
				t.Errorf("%s", f.Data)
			}
		}
	}
}

// What packages may not use, and what they may not have, is an error.
func TestFaults(t *testing.T) {
	_, err := Package(standAlone(t, "\nvar x = newUUID()\n"), "example.com/x/msgraph", nil)
	if err == nil || !strings.Contains(err.Error(), "newUUID is used, which is not in the table") {
		t.Error(err)
	}
	_, err = Package(standAlone(t, "\ntype T struct { XKey string }\n"), "example.com/x/msgraph", nil)
	var clash *Clash
	if !errors.As(err, &clash) || clash.Type != "T" || clash.Member != "XKey" {
		t.Error(err)
	}
}
