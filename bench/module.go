//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// The module that a program's own questions are measured on.
const (
	modulePackages = 50
	moduleLines    = 20_000
)

// moduleCalls are operations of both packages, as a program calls them; c is the client.
var moduleCalls = []string{
	"c.Chats().List(ctx, nil)",
	"c.Chats().Create(ctx, nil)",
	"c.Chats().ByID(id).Get(ctx, nil)",
	"c.Chats().ByID(id).Update(ctx, nil)",
	"c.Chats().ByID(id).Members().List(ctx, nil)",
	"c.Chats().ByID(id).Members().Create(ctx, nil)",
	"c.Chats().ByID(id).Members().ByID(id).Get(ctx, nil)",
	"c.Chats().ByID(id).InstalledApps().List(ctx, nil)",
	"c.Chats().ByID(id).InstalledApps().ByID(id).Get(ctx, nil)",
	"c.Me().Chats().List(ctx, nil)",
	"c.Me().Chats().ByID(id).Get(ctx, nil)",
	"c.Users().ByID(id).Chats().List(ctx, nil)",
	"c.Teams().ByID(id).Members().List(ctx, nil)",
	"c.Teams().ByID(id).Members().Create(ctx, nil)",
	"c.Teams().ByID(id).Members().ByID(id).Get(ctx, nil)",
}

// asking measures what a program's module is asked: what it uses. It is a module of 50 packages and 20,000 lines that uses 30
// operations of two generated packages.
func asking(work string) ([]row, error) {
	dir := filepath.Join(work, "module")
	if err := writeModule(dir); err != nil {
		return nil, err
	}
	gen, err := filepath.Abs(filepath.Join(work, "gen"))
	if err != nil {
		return nil, err
	}
	in := func(name string, args ...string) func() (usage, error) {
		command := append([]string{"-C", dir, name}, args...)
		return func() (usage, error) { return execute(0, "env", command...) }
	}
	uses, list := in(gen, "uses", "--format", "json", "./..."), in("go", "list", "-export", "-deps", "./...")
	for _, warm := range []func() (usage, error){list, uses} {
		if _, err := warm(); err != nil {
			return nil, err
		}
	}
	ours, theirs, err := inTurn(7, uses, list)
	if err != nil {
		return nil, err
	}
	return []row{
		{"gen uses in a module of 50 packages: time", ours.Seconds / theirs.Seconds, 1.5, "of go list -export -deps",
			fmt.Sprintf("%.2f s and %.2f s, medians of 7 pairs", ours.Seconds, theirs.Seconds)},
		{"… memory", ours.Megabytes, 400, "MB", "largest resident set"},
	}, nil
}

// inTurn measures two commands in pairs, and returns the medians of each.
func inTurn(pairs int, first, second func() (usage, error)) (a, b figure, err error) {
	var ours, theirs []figure
	for range pairs {
		u, err := first()
		if err != nil {
			return a, b, err
		}
		v, err := second()
		if err != nil {
			return a, b, err
		}
		ours, theirs = append(ours, u.figure()), append(theirs, v.figure())
	}
	return medians(ours), medians(theirs), nil
}

// writeModule writes the module, with copies of both committed packages.
func writeModule(dir string) error {
	files := map[string]string{"go.mod": "module example.com/program\n\ngo 1.26.0\n"}
	for i := range modulePackages {
		name := fmt.Sprintf("part%02d", i)
		files[filepath.Join(name, name+".go")] = modulePackage(name, i)
	}
	for name, text := range files {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
			return err
		}
	}
	for version, name := range map[string]string{"v1.0": "graph", "beta": "beta"} {
		to := filepath.Join(dir, "internal", name)
		if err := os.CopyFS(to, os.DirFS(filepath.Join("generated", version, "graph"))); err != nil {
			return err
		}
		examples, err := filepath.Glob(filepath.Join(to, "*_test.go")) // which import the package by its own path
		if err != nil {
			return err
		}
		for _, example := range examples {
			if err := os.Remove(example); err != nil {
				return err
			}
		}
	}
	return nil
}

// modulePackage is one package: a call of each version where there is one for it, and code that calls nothing.
func modulePackage(name string, i int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "package %s\n\nimport (\n\t\"context\"\n\n\tbeta \"example.com/program/internal/beta\"\n\t\"example.com/program/internal/graph\"\n)\n", name)
	call := moduleCalls[i%len(moduleCalls)]
	for _, alias := range []string{"beta", "graph"} {
		fmt.Fprintf(&b, "\n// Call_%s calls an operation.\nfunc Call_%s(ctx context.Context, c *%s.Client, id string) error {\n\t_, err := %s\n\treturn err\n}\n", alias, alias, alias, call)
	}
	for n := 0; strings.Count(b.String(), "\n") < moduleLines/modulePackages; n++ {
		fmt.Fprintf(&b, "\nfunc step%d(values []int) (sum int) {\n\tfor i, v := range values {\n\t\tif v%%%d == 0 {\n\t\t\tsum += i * v\n\t\t}\n\t}\n\treturn sum\n}\n", n, n+2)
	}
	return b.String()
}

// notifying measures reading encrypted notifications beside the cryptography alone.
func notifying(work string) ([]row, error) {
	binary := filepath.Join(work, "graph.test")
	if _, err := goIn(".", nil, "test", "-c", "-o", binary, "./templates/graph"); err != nil {
		return nil, err
	}
	var output strings.Builder
	for range 5 {
		u, err := execute(0, binary, "-test.run", "^$", "-test.bench", "BenchmarkNotification$", "-test.benchtime", "100x")
		if err != nil {
			return nil, err
		}
		output.WriteString(u.output)
	}
	results := parseBenchmarks(output.String())
	read, bare := results["Notification/read"], results["Notification/bare"]
	if len(read.ns) == 0 || len(bare.ns) == 0 {
		return nil, fmt.Errorf("no figures for notifications in:\n%s", output.String())
	}
	return []row{{"an encrypted notification of 2 KB: time", slices.Min(read.ns) / slices.Min(bare.ns), 1.3, "of the cryptography alone",
		fmt.Sprintf("%.2f ms and %.2f ms, best of %d", slices.Min(read.ns)/1e6, slices.Min(bare.ns)/1e6, len(read.ns))}}, nil
}
