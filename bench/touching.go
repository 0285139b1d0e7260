//go:build unix

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// The module that gen diff and gen uses look at: packages that call so many operations together, half of them of each generated package.
const (
	touchedPackages   = 50
	touchedOperations = 30
)

// touching measures what gen diff needs to say which changes touch a module, beside what go build needs for the module, both with all
// built before.
func touching(work string) ([]row, error) {
	gen, err := buildGen(work)
	if err != nil {
		return nil, err
	}
	module := filepath.Join(work, "touched")
	if err := layTouched(module, gen); err != nil {
		return nil, err
	}
	env := []string{"GOWORK=off"}
	if _, err := goIn(module, env, "build", "./..."); err != nil {
		return nil, err
	}
	diff := func() (usage, error) { return inFolder(module, env, gen, "diff", "--uses", "./...") }
	first, err := diff() // builds what tests need
	if err != nil {
		return nil, err
	}
	if !strings.Contains(first.output, "touches this module") {
		return nil, fmt.Errorf("gen diff does not find what touches the module:\n%s", first.output)
	}
	build, err := best(5, func() (usage, error) { return goIn(module, env, "build", "./...") })
	if err != nil {
		return nil, err
	}
	warm, err := best(5, diff)
	if err != nil {
		return nil, err
	}
	what := fmt.Sprintf("gen diff --uses, %d packages that use %d operations of 2 generated ones", touchedPackages, touchedOperations)
	return []row{
		{what + ": time", warm.seconds, 3, "s", fmt.Sprintf("best of 5; %.2f s of processor time", warm.cpu)},
		{"… of go build ./... with nothing to compile, which links the program", warm.seconds / build.seconds, 2, "", fmt.Sprintf("which is %.2f s", build.seconds)},
	}, nil
}

// property is one that the newer slice does not have.
var property = regexp.MustCompile(`\n            topic:\n(              .*\n)+`)

// touchedConfig makes the two packages, of v1.0 and of beta.
const touchedConfig = `packages:
  - {specs: [specs/v1.0/chats.yaml, specs/v1.0/conversationMember.yaml], out: graph, package: graph}
  - {specs: [specs/beta/chats.yaml, specs/beta/conversationMember.yaml], out: beta, package: beta}
`

// layTouched lays the module with packages of the slices, and then those of v1.0 without a property that the code reads.
func layTouched(module, gen string) error {
	if err := newModule(module); err != nil {
		return err
	}
	for _, version := range []string{"v1.0", "beta"} {
		if err := os.CopyFS(filepath.Join(module, "specs", version), os.DirFS(filepath.Join("specs", version))); err != nil {
			return err
		}
	}
	if err := os.WriteFile(filepath.Join(module, "graphslice.yaml"), []byte(touchedConfig), 0o666); err != nil {
		return err
	}
	if _, err := inFolder(module, nil, gen, "--quiet"); err != nil {
		return err
	}
	methods, err := touchedMethods(module)
	if err != nil {
		return err
	}
	for i := range touchedPackages {
		if err := writeTouched(module, i, methods); err != nil {
			return err
		}
	}
	if err := writeTouchedMain(module); err != nil {
		return err
	}
	chats := filepath.Join(module, "specs", "v1.0", "chats.yaml")
	text, err := os.ReadFile(chats)
	if err != nil {
		return err
	}
	if !property.Match(text) {
		return errors.New("chats.yaml has no property to take out")
	}
	return os.WriteFile(chats, property.ReplaceAll(text, []byte("\n")), 0o666)
}

// method is one that calls an operation.
var method = regexp.MustCompile(`(?m)^func \(r \*(\w+Requests)\) (\w+)\(\n?\t?ctx `)

// touchedMethods are the operations that the module uses, as expressions: of one package and of the other in turn.
func touchedMethods(module string) ([]string, error) {
	of := [2][]string{}
	for i, name := range []string{"graph", "beta"} {
		var err error
		if of[i], err = methodsOf(module, name, touchedOperations/2); err != nil {
			return nil, err
		}
	}
	var all []string
	for i := range of[0] {
		all = append(all, of[0][i], of[1][i])
	}
	return all, nil
}

// methodsOf are so many operations of a package, as expressions.
func methodsOf(module, name string, number int) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(module, name, "*_requests.go"))
	if err != nil {
		return nil, err
	}
	var all []string
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		for _, m := range method.FindAllSubmatch(text, -1) {
			if !strings.HasPrefix(string(m[2]), "All") { // which goes on where List stops
				all = append(all, fmt.Sprintf("(*%s.%s).%s", name, m[1], m[2]))
			}
		}
	}
	if len(all) < number {
		return nil, fmt.Errorf("package %s has %d operations only", name, len(all))
	}
	slices.Sort(all)
	return all[:number], nil
}

// writeTouchedMain writes the program that has all packages.
func writeTouchedMain(module string) error {
	var imports, calls strings.Builder
	for i := range touchedPackages {
		fmt.Fprintf(&imports, "\t\"output/p%d\"\n", i)
		fmt.Fprintf(&calls, "\tprintln(p%d.Use(&graph.Chat{}), len(p%d.F1(nil)))\n", i, i)
	}
	text := "package main\n\nimport (\n\t\"output/graph\"\n" + imports.String() + ")\n\nfunc main() {\n" + calls.String() + "}\n"
	return os.WriteFile(filepath.Join(module, "main.go"), []byte(text), 0o666)
}

// writeTouched writes one package, with code beside the calls.
func writeTouched(module string, i int, methods []string) error {
	var b strings.Builder
	fmt.Fprintf(&b, "package p%d\n\nimport (\n\t\"strings\"\n\n\t\"output/beta\"\n\t\"output/graph\"\n)\n\nfunc Use(chat *graph.Chat) string {\n", i)
	for k := range 6 {
		fmt.Fprintf(&b, "\t_ = %s\n", methods[(3*i+k)%len(methods)])
	}
	b.WriteString("\treturn chat.Topic.Or(\"\")\n}\n")
	for k := range 40 {
		fmt.Fprintf(&b, "\nfunc F%d(in []string) map[string]int {\n\tout := map[string]int{}\n\tfor i, s := range in {\n\t\tout[strings.ToLower(s)] += i * %d\n\t}\n\treturn out\n}\n", k, k)
	}
	folder := filepath.Join(module, fmt.Sprintf("p%d", i))
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "p.go"), []byte(b.String()), 0o666)
}
