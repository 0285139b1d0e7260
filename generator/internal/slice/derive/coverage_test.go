package derive

import (
	"bufio"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/pathglob"
)

// coveredModules are documents that Microsoft published, each about a part of the API.
var coveredModules = []string{"Calendar", "Files", "Groups", "Mail", "Planner", "Teams", "Users"}

// TestCoverage names every published path in a pattern, and counts which published operations come out of the metadata. What
// does not is in testdata/coverage.txt, with the cause.
func TestCoverage(t *testing.T) {
	var b strings.Builder
	b.WriteString("Written by TestCoverage: the operations that were published in July 2023 for v1.0, and those of them that come out of\n" +
		"the cleaned metadata of August 2026 if each published path is a pattern.\n\n")
	doc := readTestMetadata(t, shared(t, "graph-csdl", "v1.0-clean-2026-08.xml"))
	causes := map[string][]string{}
	total, found := 0, 0
	for _, module := range coveredModules {
		published := publishedMethods(t, shared(t, "graph-openapi", "2023-07", "v1.0", module+".yml"))
		include, err := pathglob.ParseAll(slices.Sorted(maps.Keys(published)))
		if err != nil {
			t.Fatal(err)
		}
		derived := map[string]bool{}
		operations := Operations(doc, pathglob.Set{Include: include}, Options{}).Operations
		for _, o := range operations {
			derived[o.Method+" "+plainPath(o.Path)] = true
		}
		all, both := 0, 0
		for path, methods := range published {
			for _, method := range methods {
				all++
				if derived[method+" "+plainPath(path)] {
					both++
					continue
				}
				cause := causeOfMissing(operations, method, path)
				if cause == "" {
					t.Errorf("no cause is known for the published %s %s", method, path)
				}
				causes[cause] = append(causes[cause], method+" "+path)
			}
		}
		fmt.Fprintf(&b, "%-8s %4d of %4d\n", module, both, all)
		total, found = total+all, found+both
	}
	fmt.Fprintf(&b, "%-8s %4d of %4d, %.1f %%\n", "together", found, total, 100*float64(found)/float64(total))
	for _, cause := range slices.Sorted(maps.Keys(causes)) {
		slices.Sort(causes[cause])
		fmt.Fprintf(&b, "\n%s:\n  %s\n", cause, strings.Join(causes[cause], "\n  "))
	}
	if 100*found < 98*total {
		t.Errorf("%d of %d come out, which is less than 98 %%", found, total)
	}
	compareWithTable(t, "coverage.txt", b.String())
}

func compareWithTable(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(got, "\n")); diff != "" {
		t.Errorf("%s (-want +got):\n%s\nrewrite it with: go test ./generator/internal/slice/derive -update", path, diff)
	}
}

// publishedMethods reads the methods of a document's paths. The documents are written a key a line, so no YAML is read.
func publishedMethods(t *testing.T, file string) map[string][]string {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	top, path := regexp.MustCompile(`^(\S+):`), regexp.MustCompile(`^  '?(/.*?)'?:\s*$`)
	method := regexp.MustCompile(`^    (get|post|put|patch|delete):`)
	published := map[string][]string{}
	section, at := "", ""
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		line := lines.Text()
		if m := top.FindStringSubmatch(line); m != nil {
			section = m[1]
		} else if m := path.FindStringSubmatch(line); m != nil && section == "paths" {
			at = strings.ReplaceAll(m[1], "''", "'")
		} else if m := method.FindStringSubmatch(line); m != nil && section == "paths" {
			published[at] = append(published[at], strings.ToUpper(m[1]))
		}
	}
	if err := lines.Err(); err != nil || len(published) == 0 {
		t.Fatalf("%s: %d paths, %v", file, len(published), err)
	}
	return published
}

var (
	parameterName = regexp.MustCompile(`\{[^}]*\}`)
	argumentValue = regexp.MustCompile(`'@?\{\}'|'?@\w+'?`)
)

// plainPath is a path without the names of its parameters and the ways to write them.
func plainPath(path string) string {
	return argumentValue.ReplaceAllString(parameterName.ReplaceAllString(path, "{}"), "{}")
}

// causeOfMissing says which capability forbids an operation that was published: one at the same path, or at the collection that
// is counted.
func causeOfMissing(operations []*Operation, method, path string) string {
	term, property := map[string]string{
		"POST": "InsertRestrictions", "PATCH": "UpdateRestrictions", "PUT": "UpdateRestrictions", "DELETE": "DeleteRestrictions", "GET": "ReadRestrictions",
	}[method], map[string]string{"POST": "Insertable", "PATCH": "Updatable", "PUT": "Updatable", "DELETE": "Deletable", "GET": "Readable"}[method]
	at := path
	if counted, ok := strings.CutSuffix(path, "/$count"); ok {
		term, property, at = "CountRestrictions", "Countable", counted
	}
	for _, o := range operations {
		if plainPath(o.Path) != plainPath(at) {
			continue
		}
		for _, as := range o.about {
			if value, ok := as.Find("Org.OData.Capabilities.V1." + term); ok && value.Field(property).Text == "false" {
				return fmt.Sprintf("The metadata says that it cannot be (%s/%s)", term, property)
			}
		}
	}
	return ""
}
