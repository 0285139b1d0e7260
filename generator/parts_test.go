package generator

import (
	"bytes"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/gosource"
)

// paced is a description of one call, with and without the pause that its notes may ask for.
const paced = `openapi: 3.0.3
info: {title: Pets, version: "1"}
servers: [{url: "https://pets.example/v1.0"}]
paths:
  /pets:
    post:
      summary: Add a pet
      x-graphslice-pause: PT2S
      requestBody: {content: {application/json: {schema: {$ref: "#/components/schemas/ns.pet"}}}}
      responses: {"201": {description: Created, content: {application/json: {schema: {$ref: "#/components/schemas/ns.pet"}}}}}
components:
  schemas:
    ns.pet: {title: pet, type: object, properties: {id: {type: string}}}
`

// A package is without the parts of the runtime that the slice has no use for, and those that it is told to leave out, and
// compiles without them: Generate checks the types of all that it makes.
func TestLeave(t *testing.T) {
	unpaced := strings.ReplaceAll(paced, "      x-graphslice-pause: PT2S\n", "")
	tests := map[string]struct {
		spec    string
		leave   []string
		without []string // of the files that some packages lack for what leave says
	}{
		"all that it can use":  {paced, nil, nil},
		"nothing to pace":      {unpaced, nil, []string{"pacing.go"}},
		"no batches":           {paced, []string{"batch"}, []string{"batch.go", "batch_run.go", "batch_wire.go"}},
		"no pacing":            {paced, []string{"pacing"}, []string{"pacing.go"}},
		"no logs":              {paced, []string{"logs"}, []string{"logging.go"}},
		"no traces":            {paced, []string{"traces"}, []string{"trace.go"}},
		"nothing to spare":     {paced, Leavable(), []string{"batch.go", "batch_run.go", "batch_wire.go", "logging.go", "pacing.go", "trace.go"}},
		"left out and useless": {unpaced, []string{"pacing"}, []string{"pacing.go"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			cfg := Config{Specs: []string{write(t, test.spec)}, Package: "pets", Leave: test.leave}
			result, err := Generate(t.Context(), cfg)
			if err != nil || result.Diagnostics.HasErrors() {
				t.Fatal(err, result.Diagnostics)
			}
			has := func(name string) bool {
				name = gosource.RuntimePrefix + name
				return slices.ContainsFunc(result.Files, func(f File) bool { return f.Name == name })
			}
			var without []string
			for _, p := range parts {
				for _, name := range p.files {
					if (p.name != "") && !has(name) {
						without = append(without, name)
					}
				}
			}
			slices.Sort(without)
			if diff := cmp.Diff(test.without, without); diff != "" {
				t.Errorf("files that the package lacks (-want +got):\n%s", diff)
			}
			requests := result.Files[slices.IndexFunc(result.Files, func(f File) bool { return f.Name == "pets_requests.go" })].Data
			isPaced := test.spec == paced && has("pacing.go")
			if got := bytes.Contains(requests, []byte("paced(2*time.Second)")); got != isPaced {
				t.Errorf("the call is paced: %t, want %t", got, isPaced)
			}
			if got := bytes.Contains(requests, []byte("WithPacing")); got != isPaced {
				t.Errorf("the comment speaks of WithPacing: %t, want %t", got, isPaced)
			}
		})
	}
}

func TestLeaveUnknown(t *testing.T) {
	cfg := Config{Specs: []string{write(t, paced)}, Package: "pets", Leave: []string{"batches"}}
	result, err := Generate(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	want := `error: "batches" is no part of a package that can be left out`
	if len(result.Diagnostics) != 1 || !strings.Contains(result.Diagnostics[0].String(), want) || result.Files != nil {
		t.Errorf("got %v and %d files, want %s", result.Diagnostics, len(result.Files), want)
	}
}
