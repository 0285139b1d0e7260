//go:build unix

package main

import (
	"fmt"
	"os"
	"path/filepath"
)

// splitSeries is all that /** takes of the cleaned metadata, with a package of calls for each first segment.
const splitSeries = "v1.0, cleaned metadata, split by path"

// splitConfig names what collides in overrides, which gen writes.
const splitConfig = `packages:
  - specs: [slice.yaml]
    overrides: [overrides.yaml]
    out: graph
    split: path
runtime: msgraph
`

// splitProgram calls two of the packages.
const splitProgram = `package main

import (
	"context"
	"os"

	"output/graph"
	"output/graph/chats"
	"output/graph/planner"
)

func main() {
	client, err := graph.NewClient(graph.StaticToken(os.Getenv("TOKEN")))
	if err != nil {
		panic(err)
	}
	_, _ = chats.New(client).List(context.Background(), nil)
	_, _ = planner.New(client).Get(context.Background(), nil)
}
`

// splitting generates and compiles all of v1.0 in packages, and a program that imports two of them.
func splitting(work, warm string, l limits, gen string) step {
	s := step{Series: splitSeries, Part: wholePart}
	progress("%s: %s", s.Series, s.Part)
	if err := measureSplit(&s, work, warm, l, gen); err != nil {
		s.Error = firstLine(err)
	}
	return s
}

func measureSplit(s *step, work, warm string, l limits, gen string) error {
	module := filepath.Join(work, "split")
	if err := newModule(module); err != nil {
		return err
	}
	for name, text := range map[string]string{"graphslice.yaml": splitConfig, "overrides.yaml": "", "two/main.go": splitProgram} {
		if err := os.MkdirAll(filepath.Dir(filepath.Join(module, name)), 0o777); err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(module, name), []byte(text), 0o666); err != nil {
			return err
		}
	}
	if _, err := l.execute("", nil, gen, "slice", "--quiet", "--metadata", cleanedMetadata, "--service-root", "https://graph.microsoft.com/v1.0",
		"--include", "/**", "--out", filepath.Join(module, "slice.yaml")); err != nil {
		return err
	}
	// Once for the names of what collides: then there is nothing in the folders yet, and nothing is written.
	_, _ = l.execute(module, nil, gen, "--write-overrides", "overrides.yaml")
	u, err := l.execute(module, nil, gen)
	if err != nil {
		return err
	}
	s.Generate = u.figure()
	if s.Types, s.Operations, err = parseSummary(u.output); err != nil {
		return err
	}
	if s.Lines, s.Bytes, err = count(module, "*.go"); err != nil {
		return err
	}
	// One compiler at a time: what the largest takes is what none takes more than.
	if u, err = buildCold(work, warm, l, module, "-p", "1", "./graph/..."); err != nil {
		return err
	}
	compiled := u.figure()
	s.Compile = &compiled
	if u, err = buildCold(work, warm, l, module, "-p", "1", "-o", os.DevNull, "./two"); err != nil {
		return err
	}
	two := u.figure()
	s.Program = &two
	return nil
}

// splitGoals are those for it, if it was measured.
func splitGoals(all []step) []row {
	var rows []row
	for _, s := range all {
		if s.Series != splitSeries {
			continue
		}
		if s.Error != "" || s.Compile == nil || s.Program == nil {
			rows = append(rows, row{"all of v1.0 in packages by path: what fails", 1, 0, "", s.Error})
			continue
		}
		rows = append(rows,
			row{"all of v1.0 in packages by path: time", s.Generate.Seconds, 30, "s",
				fmt.Sprintf("%s operations; %.1f s of processor time", thousands(s.Operations), s.Generate.CPU)},
			row{"… memory", s.Generate.Megabytes, 1500, "MB", "largest resident set"},
			row{"… processor time to compile", s.Compile.CPU, 200, "s", "standard library built"},
			row{"… memory of the largest compile", s.Compile.Megabytes, 2000, "MB", "that of the types"},
			row{"… a program that imports two of them: processor time to build", s.Program.CPU / s.Compile.CPU, 0.5, "of all",
				fmt.Sprintf("%.1f s", s.Program.CPU)})
	}
	return rows
}
