package generator

import (
	"bytes"
	"encoding/json"
	"os/exec"
	"slices"
	"strings"
	"testing"
)

const module = "github.com/graphslice/graphslice"

// listed is what go list says of a package, without its tests.
type listed struct {
	ImportPath    string
	Standard      bool
	Imports, Deps []string
}

// listPackages returns every package of the module and everything that they depend on, by import path.
func listPackages(t *testing.T) map[string]listed {
	t.Helper()
	cmd := exec.Command("go", "list", "-deps", "-json=ImportPath,Standard,Imports,Deps", module+"/...")
	cmd.Dir = ".."
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("go list: %v", err)
	}
	all := map[string]listed{}
	for decoder := json.NewDecoder(bytes.NewReader(out)); decoder.More(); {
		var p listed
		if err := decoder.Decode(&p); err != nil {
			t.Fatal(err)
		}
		all[p.ImportPath] = p
	}
	return all
}

// The stages of the generator depend on each other in one direction only, and each library is one stage's affair.
func TestArchitecture(t *testing.T) {
	all := listPackages(t)
	under := func(path, tree string) bool { return path == tree || strings.HasPrefix(path, tree+"/") }

	// Who may import a library directly, and that somebody does.
	for library, owner := range map[string]string{
		"github.com/getkin/kin-openapi":  module + "/generator/openapi",
		"github.com/dave/jennifer":       module + "/generator/emit",
		"github.com/spf13/pflag":         module + "/cmd/gen",
		"golang.org/x/exp":               module + "/generator/diff",
		"golang.org/x/tools/go/packages": module + "/generator/usage",
	} {
		found := false
		for path, p := range all {
			if under(path, library) || !slices.ContainsFunc(p.Imports, func(i string) bool { return under(i, library) }) {
				continue
			}
			found = found || path == owner
			if path != owner {
				t.Errorf("%s imports %s; only %s may", path, library, owner)
			}
		}
		if !found {
			t.Errorf("%s does not import %s; the rule has lost its subject", owner, library)
		}
	}

	// What a package may not depend on, even through others.
	for path, banned := range map[string][]string{
		"generator/diag":          {module},
		"generator/service":       {module},
		"generator/lock":          {module + "/generator/ir", module + "/generator/disk", module + "/generator/gosource", module + "/generator/names"},
		"generator/api":           {module + "/generator/openapi", module + "/generator/emit", module + "/generator/disk", module + "/generator/gosource"},
		"generator/names":         {module + "/generator/openapi", module + "/generator/emit", module + "/generator/disk", module + "/generator/gosource"},
		"generator/emit":          {module + "/generator/openapi", module + "/generator/overrides", module + "/generator/disk", module + "/generator/gosource"},
		"generator/openapi":       {module + "/generator/names", module + "/generator/emit", module + "/generator/disk", module + "/generator/gosource"},
		"generator/gosource":      {module + "/generator/ir", module + "/generator/openapi", module + "/generator/emit", module + "/generator/names", module + "/generator/disk"},
		"generator/disk":          {module + "/generator/ir", module + "/generator/openapi", module + "/generator/emit", module + "/generator/names", module + "/generator/gosource", "go"},
		"generator/disk/swap":     {module + "/generator/ir", module + "/generator/gosource", "go"},
		"generator/csdl":          {module + "/generator/openapi", "github.com/getkin/kin-openapi"},
		"generator/slice":         {module + "/generator/names", module + "/generator/emit", "github.com/getkin/kin-openapi"},
		"generator/diff":          {module + "/generator/openapi", module + "/generator/emit", module + "/generator/disk", module + "/generator/gosource", module + "/generator/slice"},
		"generator/inspect":       {module + "/generator/openapi", module + "/generator/emit", module + "/generator/disk", module + "/generator/gosource"},
		"generator":               {module + "/cmd"},
		"generator/config":        {module + "/generator/slice", module + "/generator/ir"},
		"generator/cut":           {"github.com/getkin/kin-openapi", module + "/generator/names", module + "/generator/emit", module + "/generator/disk/swap"},
		"generator/starter":       {module + "/generator/slice", module + "/generator/ir"},
		"generator/revision":      {module + "/generator/openapi", module + "/generator/emit", module + "/generator/slice"},
		"templates/graph":         {module},
		"generator/overrides":     {"github.com/getkin/kin-openapi", module + "/generator/openapi", module + "/generator/emit"},
		"generator/usage":         {module + "/generator/openapi", module + "/generator/emit", module + "/generator/slice"},
		"generator/usage/cover":   {module + "/generator"},
		"generator/usage/permits": {module + "/generator/openapi", module + "/generator/emit"},
		"generator/tidy":          {module + "/generator/openapi", module + "/generator/emit", module + "/generator/slice"},

		"generator/slice/tree":        {module},
		"generator/slice/derive":      {module + "/generator/slice", "go.yaml.in/yaml/v4"},
		"generator/slice/index":       {module + "/generator/slice/derive", module + "/generator/slice/model", module + "/generator/slice/fetch", module + "/generator/slice/tree", module + "/generator/csdl", module + "/generator/ir"},
		"generator/slice/fetch":       {module + "/generator/slice/derive", module + "/generator/slice/model", module + "/generator/csdl", module + "/generator/ir"},
		"generator/slice/model":       {module + "/generator/slice/derive", module + "/generator/slice/fetch"},
		"generator/slice/permissions": {module + "/generator/csdl", module + "/generator/ir", "go.yaml.in/yaml/v4"},
	} {
		p, ok := all[module+"/"+path]
		if !ok {
			t.Errorf("there is no package %s", path)
		}
		for _, dep := range p.Deps {
			if slices.ContainsFunc(banned, func(tree string) bool { return under(dep, tree) }) {
				t.Errorf("%s depends on %s", path, dep)
			}
		}
	}

	// The command knows the generator's face and nothing behind it.
	for _, dep := range all[module+"/cmd/gen"].Imports {
		if under(dep, module) && dep != module+"/generator" {
			t.Errorf("cmd/gen imports %s", dep)
		}
	}

	// Text is one affair and the disk another.
	for _, dep := range all[module+"/generator/gosource"].Imports {
		if dep == "os" || dep == "path/filepath" || dep == "io/fs" {
			t.Errorf("generator/gosource imports %s, and is not to touch the disk", dep)
		}
	}

	// ir is the vocabulary, and document knows no meaning: of ours they know diag and nothing else.
	for _, path := range []string{"generator/ir", "generator/document"} {
		for _, dep := range all[module+"/"+path].Deps {
			if under(dep, module) && dep != module+"/"+path && dep != module+"/generator/diag" {
				t.Errorf("%s depends on %s", path, dep)
			}
		}
	}

	// What a user compiles needs the standard library only.
	for path, p := range all {
		if !under(path, module+"/templates/graph") && !under(path, module+"/generated") {
			continue
		}
		for _, dep := range p.Deps {
			if !all[dep].Standard {
				t.Errorf("%s depends on %s, which is not in the standard library", path, dep)
			}
		}
	}
}
