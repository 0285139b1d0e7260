package docs

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator"
)

const module = "github.com/graphslice/graphslice"

// The newest section of the changelog is what the code calls itself, what pages tell people to run, and what the locks say.
func TestVersion(t *testing.T) {
	version := "v" + generator.Version
	first := regexp.MustCompile(`(?m)^## (\S+)`).FindStringSubmatch(readPage(t, "../CHANGELOG.md"))
	if first == nil || first[1] != version {
		t.Errorf("CHANGELOG.md begins with %q, generator.Version is %s", first, version)
	}
	named := regexp.MustCompile(`cmd/gen@(v[\w.-]+)`)
	found := 0
	for _, page := range pages(t) {
		for _, m := range named.FindAllStringSubmatch(readPage(t, page), -1) {
			found++
			if m[1] != version {
				t.Errorf("%s runs %s, generator.Version is %s", page, m[0], version)
			}
		}
	}
	if found == 0 {
		t.Error("no page runs a version")
	}
	locks, err := filepath.Glob("../generated/*/graph/graphslice.lock")
	if err != nil || len(locks) == 0 {
		t.Fatal(locks, err)
	}
	for _, path := range locks {
		if !strings.Contains(readPage(t, path), "\ngraphslice\t"+generator.Version+"\n") {
			t.Errorf("%s: made by another version than %s", path, generator.Version)
		}
	}
}

// oldest is the older of the two releases of Go that graphslice is for. What the module asks for, its users' modules ask for.
const oldest = "1.26.0"

// indirect are the modules that `go get -tool` puts into a user's go.mod beside graphslice.
var indirect = []string{
	"github.com/dave/jennifer",
	"github.com/getkin/kin-openapi",
	"github.com/go-openapi/jsonpointer",
	"github.com/go-openapi/swag/jsonname",
	"github.com/gofrs/flock",
	"github.com/santhosh-tekuri/jsonschema/v6",
	"github.com/spf13/pflag",
	"golang.org/x/exp",
	"golang.org/x/mod",
	"golang.org/x/sync",
	"golang.org/x/sys",
	"golang.org/x/text",
	"golang.org/x/tools",
	"go.yaml.in/yaml/v4",
}

// A tool changes its user's module no more than it must.
func TestWhatAToolCosts(t *testing.T) {
	gomod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(gomod), "\ngo "+oldest+"\n") {
		t.Errorf("go.mod does not say go %s", oldest)
	}
	seen := map[string]bool{}
	for _, system := range []string{"linux", "darwin", "windows"} {
		cmd := exec.Command("go", "list", "-deps", "-f", "{{with .Module}}{{.Path}}{{end}}", module+"/cmd/gen")
		cmd.Env = append(os.Environ(), "GOOS="+system)
		out, err := cmd.Output()
		if err != nil {
			t.Fatalf("go list: %v", err)
		}
		for path := range strings.FieldsSeq(string(out)) {
			seen[path] = path != module
		}
	}
	for path, isOther := range seen {
		if isOther && !slices.Contains(indirect, path) {
			t.Errorf("cmd/gen needs %s, which its users' modules did not need before", path)
		}
	}
	for _, path := range indirect {
		if !seen[path] {
			t.Errorf("cmd/gen does not need %s any more", path)
		}
	}
}

// named are the packages in ARCHITECTURE.md's table.
var named = regexp.MustCompile("(?m)^\\| `([a-z0-9/]+)` \\|")

// Each room in ARCHITECTURE.md is there, and each room that is there stands in it.
func TestRooms(t *testing.T) {
	told := map[string]bool{}
	for _, m := range named.FindAllStringSubmatch(readPage(t, "../ARCHITECTURE.md"), -1) {
		told[m[1]] = true
		if !hasPackage(t, m[1]) {
			t.Errorf("ARCHITECTURE.md tells of %s, which is not there", m[1])
		}
	}
	out, err := exec.Command("go", "list", module+"/cmd/...", module+"/generator/...").Output()
	if err != nil {
		t.Fatal(err)
	}
	for path := range strings.FieldsSeq(string(out)) {
		path = strings.TrimPrefix(path, module+"/")
		if !told[path] {
			t.Errorf("ARCHITECTURE.md does not tell of %s", path)
		}
	}
	if len(told) < 20 {
		t.Errorf("%d rooms: the search has lost its subject", len(told))
	}
}

// hasPackage reports whether a folder has Go files.
func hasPackage(t *testing.T, path string) bool {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", filepath.FromSlash(path), "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	return len(files) > 0
}
