//go:build unix

package main

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// Tools take turns; one that fails is not asked again, and one that is known to fail is not asked at all.
func TestTakeTurns(t *testing.T) {
	work := t.TempDir()
	module, warm := filepath.Join(work, "module"), filepath.Join(work, "warm")
	if err := errors.Join(newModule(module), os.Mkdir(warm, 0o777)); err != nil {
		t.Fatal(err)
	}
	var asked []string
	tool := func(name, text string) generator {
		return generator{name: name, module: module, run: func(_ limits, _, out string) (usage, error) {
			asked = append(asked, name)
			if text == "" {
				return usage{}, errors.New("that is too much")
			}
			err := errors.Join(os.MkdirAll(out, 0o777), os.WriteFile(filepath.Join(out, "output.go"), []byte(text), 0o666))
			return usage{seconds: 2, megabytes: 10, cpu: 3}, err
		}}
	}
	before := generation{Tool: "known", Error: "duplicate operationId", Before: "a commit"}
	all := []generation{{Tool: "good", Runs: 2}, {Tool: "failing", Runs: 2}, before, {Tool: "wrong", Runs: 2}}
	tools := []generator{tool("good", "package output\n"), tool("failing", ""), tool("known", ""), tool("wrong", "package output\n\nvar a int = b\n")}
	for i := range tools { // each has a folder of its own
		tools[i].module = filepath.Join(module, tools[i].name)
		if err := newModule(tools[i].module); err != nil {
			t.Fatal(err)
		}
	}
	if err := takeTurns(all, work, warm, limits{time: time.Minute}, tools, "document.yaml"); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff("good failing wrong good wrong", strings.Join(asked, " ")); diff != "" {
		t.Errorf("asked: -want +got:\n%s", diff)
	}
	if all[0].Runs != 2 || all[0].Lines != 1 || all[0].Compile == nil || all[0].Generate != (figure{2, 3, 10}) {
		t.Errorf("good: %+v", all[0])
	}
	if all[1].Runs != 0 || all[1].Error != "that is too much" {
		t.Errorf("failing: %+v", all[1])
	}
	if all[2] != before {
		t.Errorf("known: %+v", all[2])
	}
	if all[3].Runs != 2 || all[3].Lines != 3 || all[3].Compile != nil || all[3].CompileError == "" {
		t.Errorf("wrong: %+v", all[3])
	}
}
