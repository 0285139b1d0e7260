package openapi

import (
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// A field that nobody knows and that looks like another is told of once, where it stands first; what may be somebody else's is not.
func TestMisspeltFields(t *testing.T) {
	_, diags := loadFiles(t, map[string]string{"a.yaml": header + `
tag: []
paths:
  /a:
    sumary: a
    get:
      operationID: a
      paramters: []
      x-respones: {}
      responses: {200: {descripton: x, content: {application/json: {shema: {}, schema: {$ref: '#/components/schemas/a'}}}}}
components:
  schema: {}
  schemas:
    a:
      tpye: object
      reqired: [id]
      properties:
        nulable: {type: string, nulable: true, exmaple: a, anyOff: [], x-nulable: true}
        reqired: {type: string, nulable: true, read-only: true, nil: true, comment: a, $idd: a, additionalPropertys: false, maximumItems: 3}
`}, Options{Specs: []string{"a.yaml"}})
	var got []string
	for _, text := range texts(diags) {
		got = append(got, strings.ReplaceAll(text, " is no field of ", ": "))
	}
	const passed = ", and is passed over (unknown-field)\n\thint: did you mean "
	want := []string{
		`a.yaml:5:1: warning: "tag": a document` + passed + "tags?",
		`a.yaml:8:5: warning: "sumary": a path` + passed + "summary?",
		`a.yaml:10:7: warning: "operationID": an operation` + passed + "operationId?",
		`a.yaml:11:7: warning: "paramters": an operation` + passed + "parameters?",
		`a.yaml:13:25: warning: "descripton": a response` + passed + "description?",
		`a.yaml:13:69: warning: "shema": a media type` + passed + "schema?",
		`a.yaml:15:3: warning: "schema": components` + passed + "schemas?",
		`a.yaml:18:7: warning: "tpye": a schema` + passed + "type?",
		`a.yaml:19:7: warning: "reqired": a schema` + passed + "required?",
		`a.yaml:21:33: warning: "nulable": a schema` + passed + "nullable?",
		`a.yaml:21:48: warning: "exmaple": a schema` + passed + "example?",
		`a.yaml:21:60: warning: "anyOff": a schema` + passed + "anyOf?",
		`a.yaml:22:48: warning: "read-only": a schema` + passed + "readOnly?",
		`a.yaml:22:97: warning: "additionalPropertys": a schema` + passed + "additionalProperties?",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// No field of a committed slice is unknown, and what is read stands in no list of what is not.
func TestKnownFields(t *testing.T) {
	names, err := filepath.Glob("../../../specs/*/*.yaml")
	if err != nil || len(names) == 0 {
		t.Fatal(err)
	}
	for _, name := range names {
		_, diags := Load(t.Context(), Options{Specs: []string{name}})
		for _, d := range diags {
			if d.Code == "unknown-field" {
				t.Error(d)
			}
		}
	}
	for k, others := range unread {
		for _, name := range others {
			if _, isRead := grammar[k][name]; isRead {
				t.Errorf("%s: %s is read", kindNames[k], name)
			}
		}
		if kindNames[k] == "" {
			t.Errorf("the kind %d has no name", k)
		}
	}
}
