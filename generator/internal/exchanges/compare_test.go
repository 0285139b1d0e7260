package exchanges

import (
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/graphslice/graphslice/generator"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/golden/jsonvalue"
)

// outcome is what came of a call: the same as the driver's type Outcome.
type outcome struct {
	N                 int
	Error             string
	Method, URL, Sent string
	Got               json.RawMessage
	Unreadable        []string
}

// drive builds the driver for a package in a directory and runs it.
func drive(t *testing.T, dir string, files []generator.File, registry string, calls []call) []outcome {
	t.Helper()
	driver, err := os.ReadFile("testdata/driver.go.txt")
	if err != nil {
		t.Fatal(err)
	}
	writeFile(t, filepath.Join(dir, "go.mod"), []byte("module exch\n\ngo 1.24\n"))
	writeFile(t, filepath.Join(dir, "main.go"), driver)
	writeFile(t, filepath.Join(dir, "registry.go"), []byte(registry))
	for _, f := range files {
		writeFile(t, filepath.Join(dir, "graph", f.Name), f.Data)
	}
	return runIn[outcome](t, dir, ".", calls)
}

func writeFile(t *testing.T, path string, data []byte) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
}

// runIn runs a program that reads one JSON value and writes several.
func runIn[R any](t *testing.T, dir, program string, in any) []R {
	t.Helper()
	input, err := json.Marshal(in)
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("go", "run", program)
	cmd.Dir, cmd.Stdin = dir, bytes.NewReader(input)
	cmd.Env = append(os.Environ(), "GOFLAGS=-trimpath") // the same package is compiled once, whatever the folder
	var out, faults bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &faults
	if err := cmd.Run(); err != nil {
		t.Fatalf("the program %s: %v\n%s", program, err, faults.String())
	}
	var all []R
	for decoder := json.NewDecoder(&out); decoder.More(); {
		var r R
		if err := decoder.Decode(&r); err != nil {
			t.Fatal(err)
		}
		all = append(all, r)
	}
	return all
}

// sameBody compares what was sent with what is documented.
func sameBody(e *exchange, o outcome) error {
	want := []byte(e.Request.Body)
	if e.op.Kind == ir.Update {
		want = withoutFixed(e.op, want)
	}
	return jsonvalue.Kept(want, []byte(o.Sent))
}

// sameAnswer compares what the client made of the answer with the answer.
func sameAnswer(e *exchange, o outcome) error {
	if o.Got == nil {
		return errors.New("nothing was read")
	}
	return jsonvalue.Kept(unwrapped(e.op, e.Response.Body), o.Got)
}

// unwrapped is the value of an answer that stands in {"value": …} alone.
func unwrapped(op *ir.Operation, answer []byte) []byte {
	var object map[string]json.RawMessage
	if op.Response == nil || !op.Response.Wrapped || op.Response.Type.Kind == ir.Collection || json.Unmarshal(answer, &object) != nil || object["value"] == nil {
		return answer
	}
	return object["value"]
}

// withoutFixed is the body of an update without what an update does not send.
func withoutFixed(op *ir.Operation, body []byte) []byte {
	var object map[string]json.RawMessage
	if op.Request == nil || op.Request.Type.Kind != ir.ModelKind || json.Unmarshal(body, &object) != nil {
		return body
	}
	var drop func(m *ir.Model)
	drop = func(m *ir.Model) {
		for _, p := range m.Properties {
			if p.Key || p.ReadOnly {
				delete(object, p.Name)
			}
		}
		for _, d := range m.Derived {
			drop(d)
		}
	}
	for m := op.Request.Type.Model; m != nil; m = m.Base {
		for _, p := range m.Properties {
			if p.Key || p.ReadOnly {
				delete(object, p.Name)
			}
		}
	}
	drop(op.Request.Type.Model)
	delete(object, "@odata.context")
	delete(object, "@odata.etag")
	text, _ := json.Marshal(object)
	return text
}
