package docs

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// sources are the files beside the repository that answer the addresses on the pages, as in .ci/offline.
var sources = map[string]string{
	"https://raw.githubusercontent.com/microsoftgraph/msgraph-metadata/master/clean_v10_metadata/cleanMetadata.xml":                                            "graph-csdl/v1.0-clean-2026-08.xml",
	"https://raw.githubusercontent.com/microsoftgraph/msgraph-metadata/master/clean_v10_metadata/cleanMetadataWithDescriptionsAndAnnotationsAndErrorsv1.0.xml": "graph-csdl/v1.0-clean-2026-08.xml",
	"https://raw.githubusercontent.com/microsoftgraph/microsoft-graph-devx-content/master/permissions/new/permissions.json":                                    "graph-permissions/permissions.json",
}

// fetches are the commands that ask an address.
var fetches = map[string]bool{"slice": true, "paths": true, "add": true}

// What the README and the page of slices tell a newcomer to run is run, each block in a module of its own, and makes a package.
func (h *help) testFirstSteps(t *testing.T) {
	shared, err := filepath.Abs(filepath.Join("..", "..", "shared"))
	if err != nil {
		t.Fatal(err)
	}
	var from []string
	for address, file := range sources {
		path := filepath.Join(shared, filepath.FromSlash(file))
		if _, err := os.Stat(path); err != nil {
			t.Skipf("SKIPPED: the metadata and the permissions are needed beside the repository: %v", err)
		}
		from = append(from, "--from", address+"="+path)
	}
	ran := 0
	for _, page := range []string{"../README.md", "slices.md"} {
		for _, b := range blocks(t, page) {
			if b.lang != "sh" || !strings.Contains(b.text, "gen init") && !strings.Contains(b.text, "gen slice --metadata") {
				continue
			}
			dir := t.TempDir()
			write(t, filepath.Join(dir, "go.mod"), "module example.com/program\n\ngo "+oldest+"\n")
			ran += h.runScript(t, dir, b, from)
			if packages, err := filepath.Glob(filepath.Join(dir, "internal", "*", "runtime_client.go")); err != nil || len(packages) != 1 {
				t.Errorf("%s:%d: these packages came of it: %v %v", b.page, b.line, packages, err)
			}
		}
	}
	if ran < 9 {
		t.Errorf("%d commands were run: the search has lost its subject", ran)
	}
}

var (
	document = regexp.MustCompile(`(?ms)^cat > (\S+) <<'END'\n(.*?)^END\n`)
	variable = regexp.MustCompile(`(?m)^(\w+)=(\S+)$`)
)

// runScript writes the files of a block and runs its calls of gen, one after the other. go generate is gen, as in the file that
// gen init writes.
func (h *help) runScript(t *testing.T, dir string, b block, from []string) int {
	t.Helper()
	script := strings.ReplaceAll(b.text, "\\\n", " ")
	for _, m := range document.FindAllStringSubmatch(script, -1) {
		write(t, filepath.Join(dir, m[1]), m[2])
	}
	script = document.ReplaceAllString(script, "")
	for _, m := range variable.FindAllStringSubmatch(script, -1) {
		script = strings.ReplaceAll(script, "$"+m[1], m[2])
	}
	ran := 0
	for line := range strings.Lines(strings.ReplaceAll(script, "go generate ./...", "gen")) {
		args, ok := genCall(words(line))
		if !ok {
			continue
		}
		if len(args) > 0 && fetches[args[0]] {
			args = append(args, from...)
		}
		ran++
		if got := h.run(t, dir, args...); got.code != 0 {
			t.Errorf("%s:%d: gen %s: exit code %d\n%s", b.page, b.line, strings.Join(args, " "), got.code, got.stderr)
		}
	}
	return ran
}
