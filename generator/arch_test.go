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
		"github.com/getkin/kin-openapi":  module + "/generator/internal/openapi",
		"github.com/dave/jennifer":       module + "/generator/internal/emit",
		"github.com/spf13/pflag":         module + "/cmd/gen",
		"golang.org/x/exp":               module + "/generator/internal/diff",
		"golang.org/x/mod/modfile":       module + "/generator/internal/gomod",
		"golang.org/x/tools/go/packages": module + "/generator/internal/usage",
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
		"generator/internal/diag":          {module},
		"generator/internal/service":       {module},
		"generator/internal/lock":          {module + "/generator/internal/ir", module + "/generator/internal/disk", module + "/generator/internal/gosource", module + "/generator/internal/names"},
		"generator/internal/api":           {module + "/generator/internal/openapi", module + "/generator/internal/emit", module + "/generator/internal/disk", module + "/generator/internal/gosource"},
		"generator/internal/names":         {module + "/generator/internal/openapi", module + "/generator/internal/emit", module + "/generator/internal/disk", module + "/generator/internal/gosource"},
		"generator/internal/emit":          {module + "/generator/internal/openapi", module + "/generator/internal/overrides", module + "/generator/internal/disk", module + "/generator/internal/gosource"},
		"generator/internal/openapi":       {module + "/generator/internal/names", module + "/generator/internal/emit", module + "/generator/internal/disk", module + "/generator/internal/gosource"},
		"generator/internal/gosource":      {module + "/generator/internal/ir", module + "/generator/internal/openapi", module + "/generator/internal/emit", module + "/generator/internal/names", module + "/generator/internal/disk"},
		"generator/internal/sharing":       {module + "/generator/internal/ir", module + "/generator/internal/openapi", module + "/generator/internal/emit", module + "/generator/internal/names", module + "/generator/internal/disk"},
		"generator/internal/disk":          {module + "/generator/internal/ir", module + "/generator/internal/openapi", module + "/generator/internal/emit", module + "/generator/internal/names", module + "/generator/internal/gosource", "go"},
		"generator/internal/disk/swap":     {module + "/generator/internal/ir", module + "/generator/internal/gosource", "go"},
		"generator/internal/csdl":          {module + "/generator/internal/openapi", "github.com/getkin/kin-openapi"},
		"generator/internal/slice":         {module + "/generator/internal/names", module + "/generator/internal/emit", "github.com/getkin/kin-openapi"},
		"generator/internal/diff":          {module + "/generator/internal/openapi", module + "/generator/internal/emit", module + "/generator/internal/disk", module + "/generator/internal/gosource", module + "/generator/internal/slice"},
		"generator/internal/inspect":       {module + "/generator/internal/openapi", module + "/generator/internal/emit", module + "/generator/internal/disk", module + "/generator/internal/gosource"},
		"generator":                        {module + "/cmd"},
		"generator/internal/config":        {module + "/generator/internal/slice", module + "/generator/internal/ir"},
		"generator/internal/cut":           {"github.com/getkin/kin-openapi", module + "/generator/internal/names", module + "/generator/internal/emit", module + "/generator/internal/disk/swap"},
		"generator/internal/starter":       {module + "/generator/internal/slice", module + "/generator/internal/ir"},
		"generator/internal/revision":      {module + "/generator/internal/openapi", module + "/generator/internal/emit", module + "/generator/internal/slice"},
		"templates/graph":                  {module},
		"generator/internal/overrides":     {"github.com/getkin/kin-openapi", module + "/generator/internal/openapi", module + "/generator/internal/emit"},
		"generator/internal/usage":         {module + "/generator/internal/openapi", module + "/generator/internal/emit", module + "/generator/internal/slice"},
		"generator/internal/usage/cover":   {module + "/generator"},
		"generator/internal/usage/kiota":   {module + "/generator/internal/openapi", module + "/generator/internal/emit", module + "/generator/internal/slice"},
		"generator/internal/usage/permits": {module + "/generator/internal/openapi", module + "/generator/internal/emit"},
		"generator/internal/usage/touch":   {module + "/generator/internal/openapi", module + "/generator/internal/emit", module + "/generator/internal/slice"},
		"generator/internal/tidy":          {module + "/generator/internal/openapi", module + "/generator/internal/emit", module + "/generator/internal/slice"},

		"generator/internal/pick":            {"github.com/getkin/kin-openapi", module + "/generator/internal/emit", module + "/generator/internal/config", module + "/generator/internal/gosource"},
		"generator/internal/picture":         {module},
		"generator/internal/picture/layered": {module + "/generator/internal/ir", module + "/generator/internal/inspect"},

		"generator/internal/slice/tree":        {module},
		"generator/internal/slice/derive":      {module + "/generator/internal/slice", "go.yaml.in/yaml/v4"},
		"generator/internal/slice/index":       {module + "/generator/internal/slice/derive", module + "/generator/internal/slice/model", module + "/generator/internal/slice/fetch", module + "/generator/internal/slice/tree", module + "/generator/internal/csdl", module + "/generator/internal/ir"},
		"generator/internal/slice/fetch":       {module + "/generator/internal/slice/derive", module + "/generator/internal/slice/model", module + "/generator/internal/csdl", module + "/generator/internal/ir"},
		"generator/internal/slice/model":       {module + "/generator/internal/slice/derive", module + "/generator/internal/slice/fetch"},
		"generator/internal/slice/permissions": {module + "/generator/internal/csdl", module + "/generator/internal/ir", "go.yaml.in/yaml/v4"},
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

	// What is no promise is internal.
	public := []string{"/generator", "/templates", "/templates/graph", "/templates/graphtest", "/generated/beta/graph", "/generated/beta/graphtest", "/generated/v1.0/graph", "/generated/v1.0/graphtest", "/cmd/gen", "/docs", "/golden"}
	for path := range all {
		inside, ours := strings.CutPrefix(path, module)
		if ours && !strings.Contains(inside, "/internal/") && !strings.HasPrefix(inside, "/golden/") && !slices.Contains(public, inside) {
			t.Errorf("%s can be imported by anybody", path)
		}
	}

	// The command knows the generator's face and nothing behind it.
	for _, dep := range all[module+"/cmd/gen"].Imports {
		if under(dep, module) && dep != module+"/generator" {
			t.Errorf("cmd/gen imports %s", dep)
		}
	}

	// Text is one affair and the disk another.
	for _, dep := range all[module+"/generator/internal/gosource"].Imports {
		if dep == "os" || dep == "path/filepath" || dep == "io/fs" {
			t.Errorf("generator/internal/gosource imports %s, and is not to touch the disk", dep)
		}
	}

	// ir is the vocabulary, and document knows no meaning: of ours they know diag and nothing else.
	for _, path := range []string{"generator/internal/ir", "generator/internal/document"} {
		for _, dep := range all[module+"/"+path].Deps {
			if under(dep, module) && dep != module+"/"+path && dep != module+"/generator/internal/diag" {
				t.Errorf("%s depends on %s", path, dep)
			}
		}
	}

	// What a user compiles needs the standard library only.
	for path, p := range all {
		if !under(path, module+"/templates/graph") && !under(path, module+"/generated") {
			continue
		}
		client := strings.TrimSuffix(path, "test")
		for _, dep := range p.Deps {
			if !all[dep].Standard && dep != client {
				t.Errorf("%s depends on %s, which is not in the standard library", path, dep)
			}
		}
	}
}
