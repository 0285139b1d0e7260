package main

import (
	"os"
	"strings"
	"testing"
)

// colliding is a slice with a type and a member of an enum that want one name.
const colliding = `openapi: 3.0.3
info: {title: t, version: v1.0}
servers: [{url: https://graph.microsoft.com/v1.0}]
paths:
  /books:
    get: {responses: {2XX: {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.colourRed'}}}}}}
components:
  schemas:
    microsoft.graph.colourRed: {type: object, properties: {colour: {$ref: '#/components/schemas/microsoft.graph.colour'}}}
    microsoft.graph.colour: {type: string, enum: [red, blue]}
`

// What collides is mended by the file that is written, whether flags or a configuration describe the package.
func TestWriteOverrides(t *testing.T) {
	const wanted = "enums:\n  \"microsoft.graph.colour/red\": {rename: ColourRedValue}\n"
	t.Chdir(t.TempDir())
	lay(t, map[string]string{"a.yaml": colliding, "sub/graphslice.yaml": "packages: [{specs: [../a.yaml], out: ../two, package: graph}]\n"})
	for _, test := range []struct {
		args        []string
		want, after string
		then        []string
	}{
		{[]string{"--spec", "a.yaml", "--out", "one", "--package", "graph", "--write-overrides", "o.yaml"},
			"gen: wrote 1 name to o.yaml; run this again with --overrides o.yaml\n", "",
			[]string{"--spec", "a.yaml", "--out", "one", "--package", "graph", "--overrides", "o.yaml"}},
		{[]string{"--config", "sub/graphslice.yaml", "--write-overrides", "sub/more.yaml"},
			"gen: wrote 1 name to sub/more.yaml; list it in sub/graphslice.yaml for the package that goes to two, and run this again:\n" +
				"    overrides: [more.yaml]\n",
			"packages: [{specs: [../a.yaml], out: ../two, package: graph, overrides: [more.yaml]}]\n", []string{"--config", "sub/graphslice.yaml"}},
	} {
		got, _ := genReally(test.args...)
		if got.code != exitInput || !strings.HasSuffix(got.stderr, test.want) {
			t.Errorf("%v: exit code %d, %s", test.args, got.code, got.stderr)
		}
		text, err := os.ReadFile(test.args[len(test.args)-1])
		if _, rest, _ := strings.Cut(string(text), "\n"); err != nil || rest != wanted {
			t.Errorf("%v wrote %q, %v", test.args, text, err)
		}
		if test.after != "" {
			lay(t, map[string]string{"sub/graphslice.yaml": test.after})
		}
		mustGen(t, test.then...)
		got, _ = genReally(append(test.then, "--write-overrides", "no.yaml")...)
		if got.code != exitOK || !strings.HasSuffix(got.stderr, "gen: no names collide: no.yaml is left alone\n") {
			t.Errorf("%v: exit code %d, %s", test.then, got.code, got.stderr)
		}
	}
	if _, err := os.Stat("no.yaml"); !os.IsNotExist(err) {
		t.Errorf("no.yaml: %v", err)
	}
	for _, flags := range [][]string{{"--write-overrides", ""}, {"--write-overrides", "x", "--check"}, {"--write-overrides", "x", "--dry-run"}} {
		if got := gen(flags...); got.code != exitUsage {
			t.Errorf("%v: exit code %d, %s", flags, got.code, got.stderr)
		}
	}
}
