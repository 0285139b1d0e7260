//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// faking measures what a fake of the slices of v1.0 costs: those who compile it, those who do not import it, and those who ask its store.
func faking(work string) ([]row, error) {
	var rows []row
	for _, measure := range []func(work string) ([]row, error){compilingFake, besideFake, askingStore} {
		more, err := measure(work)
		if err != nil {
			return nil, err
		}
		rows = append(rows, more...)
	}
	return rows, nil
}

// compilingFake compares the compiler's processor time for the fake with that for its client. What they import is compiled before.
func compilingFake(work string) ([]row, error) {
	const client, fake = "./generated/v1.0/graph", "./generated/v1.0/graphtest"
	config, err := importConfig(work, client, fake)
	if err != nil {
		return nil, err
	}
	var took [2][]float64
	for range 7 { // in turn
		for i, folder := range []string{client, fake} {
			files, err := goFiles(folder)
			if err != nil {
				return nil, err
			}
			args := append([]string{"tool", "compile", "-p", "fake/" + filepath.Base(folder), "-complete", "-importcfg", config, "-o", filepath.Join(work, "package.a")}, files...)
			u, err := goIn(".", nil, args...)
			if err != nil {
				return nil, err
			}
			took[i] = append(took[i], u.cpu)
		}
	}
	ours, theirs := middle(took[1]), middle(took[0])
	return []row{{"the fake of the chats slice: processor time to compile", ours / theirs, 0.5, "of the client",
		fmt.Sprintf("%.2f s and %.2f s, medians of 7", ours, theirs)}}, nil
}

// importConfig writes where the compiler finds what packages import.
func importConfig(work string, packages ...string) (string, error) {
	list, err := goIn(".", nil, append([]string{"list", "-export", "-deps", "-f", "{{if .Export}}packagefile {{.ImportPath}}={{.Export}}{{end}}"}, packages...)...)
	if err != nil {
		return "", err
	}
	path, err := filepath.Abs(filepath.Join(work, "importcfg"))
	if err != nil {
		return "", err
	}
	return path, os.WriteFile(path, []byte(list.output), 0o666)
}

// goFiles are the files of a package.
func goFiles(folder string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.go"))
	return slices.DeleteFunc(files, func(name string) bool { return strings.HasSuffix(name, "_test.go") }), err
}

// withClient is a program that imports the client and not its fake.
const withClient = `package main

import (
	"context"
	"fmt"

	"output/graph"
)

func main() {
	client, err := graph.NewClient(graph.StaticToken("token"))
	if err != nil {
		panic(err)
	}
	fmt.Println(client.Chats().Create(context.Background(), &graph.Chat{ChatType: graph.ChatTypeGroup}))
}
`

// besideFake compares the size of a program whose package has a fake beside it with that of the same program without.
func besideFake(work string) ([]row, error) {
	gen, err := buildGen(work)
	if err != nil {
		return nil, err
	}
	module := filepath.Join(work, "faked")
	if err := newModule(module); err != nil {
		return nil, err
	}
	if err := os.WriteFile(filepath.Join(module, "main.go"), []byte(withClient), 0o666); err != nil {
		return nil, err
	}
	spec, err := filepath.Abs("specs/v1.0/chats.yaml")
	if err != nil {
		return nil, err
	}
	var sizes [2]int64
	for i, more := range [][]string{nil, {"--fake", "graph/graphtest"}} {
		if _, err := inFolder(module, nil, gen, append([]string{"--quiet", "--spec", spec, "--out", "graph"}, more...)...); err != nil {
			return nil, err
		}
		if _, err := goIn(module, []string{"GOWORK=off"}, "build", "-trimpath", "-o", "program", "."); err != nil {
			return nil, err
		}
		info, err := os.Stat(filepath.Join(module, "program"))
		if err != nil {
			return nil, err
		}
		sizes[i] = info.Size()
	}
	return []row{{"a fake adds to the size of a program that does not import it", float64(sizes[1] - sizes[0]), 0, "bytes",
		fmt.Sprintf("%.2f MB", float64(sizes[0])/1e6)}}, nil
}

// askingStore compares creations and reads against a store with the same against a handler that keeps plain structs.
func askingStore(work string) ([]row, error) {
	binary := filepath.Join(work, "store.test")
	if _, err := goCommand(nil, "test", "-c", "-o", binary, "."); err != nil {
		return nil, err
	}
	u, err := execute(0, binary, "-test.run", "^$", "-test.bench", "^BenchmarkStoreInTurn$", "-test.benchtime", "1x", "-test.count", "5")
	if err != nil {
		return nil, err
	}
	times := parseBenchmarks(u.output)["StoreInTurn"].reported
	store, plain, direct := times["store-ns"], times["plain-ns"], times["direct-ns"]
	if len(store) == 0 || len(store) != len(plain) || len(store) != len(direct) {
		return nil, fmt.Errorf("no figures in:\n%s", u.output)
	}
	ratio := func(what string, ours []float64) row {
		var ratios []float64
		for i := range ours {
			ratios = append(ratios, ours[i]/plain[i])
		}
		return row{what, middle(ratios), 1.5, "of a bare handler of plain structs, over loopback",
			fmt.Sprintf("%.2f s and %.2f s, called in turn; median of %d", middle(ours)/1e9, middle(plain)/1e9, len(ours))}
	}
	return []row{
		ratio("10,000 creations and reads of a chat against the store: time", direct), ratio("… with the store over loopback, too", store),
	}, nil
}
