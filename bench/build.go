//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// building measures what a generated package adds to a program that uses net/http and encoding/json already. Each build
// starts with the same cache, which holds the standard packages that the smaller program needs and nothing else.
func building(work string) ([]row, error) {
	warm := filepath.Join(work, "cache")
	if _, err := goCommand([]string{"GOCACHE=" + warm}, "build", "net/http", "encoding/json"); err != nil {
		return nil, err
	}
	base, err := buildProgram(work, warm, "bench", "./program/base")
	if err != nil {
		return nil, err
	}
	chats, err := buildProgram(work, warm, "bench", "./program/chats")
	if err != nil {
		return nil, err
	}
	smallest, err := smallestProgram(work, "")
	if err != nil {
		return nil, err
	}
	one, err := buildProgram(work, warm, smallest, ".")
	if err != nil {
		return nil, err
	}
	lines, err := runtimeLines(filepath.Join(smallest, "graph"))
	if err != nil {
		return nil, err
	}
	without, err := smallestProgram(work, "batch,logs,pacing,traces")
	if err != nil {
		return nil, err
	}
	least, err := runtimeLines(filepath.Join(without, "graph"))
	if err != nil {
		return nil, err
	}
	note := func(u usage) string {
		return fmt.Sprintf("best of 5 each, standard library built; %.2f s of processor time", u.cpu-base.cpu)
	}
	return []row{
		{"the package adds to a cold build", chats.seconds - base.seconds, 1, "s", note(chats)},
		{"the package adds to the stripped size", chats.megabytes - base.megabytes, 0.45, "MB", ""},
		{"a package of one GET: lines of code in its runtime", float64(lines), 2500, "", fmt.Sprintf("%d without batches, logs, pacing and traces", least)},
		{"… what it adds to a cold build", one.seconds - base.seconds, 1.3, "s", note(one)},
		{"… what it adds to the stripped size", one.megabytes - base.megabytes, 0.45, "MB", ""},
	}, nil
}

// oneGet is a slice with one call.
const oneGet = "golden/testdata/smallest.yaml"

// useOne calls it, in a program that is base otherwise.
const useOne = `package main

import (
	"context"
	"fmt"

	"example.com/smallest/graph"
)

func init() {
	client, err := graph.NewClient(graph.StaticToken("token"))
	if err == nil {
		lamp, err := client.Lamp().Get(context.Background(), nil)
		fmt.Println(lamp, err)
	}
}
`

// smallestProgram makes program base with the package of one call on top, a module of its own, and returns its folder. The generator
// is there from building.
func smallestProgram(work, leave string) (string, error) {
	folder := filepath.Join(work, "smallest"+leave)
	if err := os.MkdirAll(folder, 0o777); err != nil {
		return "", err
	}
	base, err := os.ReadFile("bench/program/base/main.go")
	if err != nil {
		return "", err
	}
	for name, text := range map[string]string{"go.mod": "module example.com/smallest\n\ngo 1.24\n", "main.go": string(base), "one.go": useOne} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o666); err != nil {
			return "", err
		}
	}
	gen, err := buildGen(work)
	if err != nil {
		return "", err
	}
	_, err = execute(0, gen, "--quiet", "--spec", oneGet, "--out", filepath.Join(folder, "graph"), "--package", "graph", "--leave", leave)
	return folder, err
}

// buildProgram returns the time to build a program of the module in a folder, and the size of the stripped binary in MB.
func buildProgram(work, warm, folder, program string) (usage, error) {
	binary := filepath.Join(work, "program")
	fastest, err := best(5, func() (usage, error) {
		cold := filepath.Join(work, "cold")
		if err := os.RemoveAll(cold); err != nil {
			return usage{}, err
		}
		if err := os.CopyFS(cold, os.DirFS(warm)); err != nil {
			return usage{}, err
		}
		return goIn(folder, []string{"GOCACHE=" + cold}, "build", "-ldflags=-s -w", "-o", binary, program)
	})
	if err != nil {
		return usage{}, err
	}
	info, err := os.Stat(binary)
	if err != nil {
		return usage{}, err
	}
	fastest.megabytes = float64(info.Size()) / 1e6
	return fastest, nil
}
