package golden

import (
	"context"
	"go/format"
	"path/filepath"
	"sync"
	"testing"

	"github.com/graphslice/graphslice/generator"
)

// made is the case as generate makes it of its own input, bare without a fake, which needs more of the runtime: each is made once for
// all tests, and nobody changes it.
func (c goldenCase) made(t *testing.T, bare bool) *generator.Result {
	t.Helper()
	type key struct {
		name string
		bare bool
	}
	type outcome struct {
		result *generator.Result
		err    error
	}
	cfg := c.config(filepath.Join(c.dir, "input"))
	if bare {
		cfg.Fake = ""
	}
	once, _ := allMade.LoadOrStore(key{c.name, bare}, sync.OnceValue(func() outcome {
		result, err := generator.Generate(context.Background(), cfg)
		return outcome{result, err}
	}))
	o := once.(func() outcome)()
	if o.err != nil {
		t.Fatalf("the generator is at fault: %v", o.err)
	}
	return o.result
}

// allMade has what made has made.
var allMade sync.Map

// once is what is made of a file, once for all cases that have the same one: most files of a package are those of others as well.
func once[T any](t *testing.T, all *sync.Map, f generator.File, of func(generator.File) (T, error)) T {
	t.Helper()
	made, _ := all.LoadOrStore(f.Name+"\n"+string(f.Data), sync.OnceValues(func() (T, error) { return of(f) }))
	value, err := made.(func() (T, error))()
	if err != nil {
		t.Fatal(err)
	}
	return value
}

// checkRuntime holds a file of the runtime to what it is of the whole one, and to gofmt: once for all cases that have the same of it.
func checkRuntime(t *testing.T, text string, f generator.File) {
	t.Helper()
	key := f.Name + "\n" + string(f.Data)
	if _, known := looked.Load(key); known { // in another case
		return
	}
	if line := strangeLine(text, string(f.Data)); line != "" {
		t.Errorf("%s has a line that is not in templates/graph, or not in this place: %q", f.Name, line)
	} else if formatted, err := format.Source(f.Data); err != nil || string(formatted) != string(f.Data) {
		t.Errorf("%s is not formatted: %v", f.Name, err)
	} else {
		looked.Store(key, true)
	}
}

// looked are files of the runtime with which nothing is wrong.
var looked sync.Map
