package openapi

import (
	"slices"
	"testing"
)

// What the segments of a path are, by the path alone or by what else the document says.
func TestSegments(t *testing.T) {
	const text = header + `
paths:
  /people('{Login}'): {get: {parameters: [{$ref: '#/components/parameters/Login'}], responses: {'200': {$ref: '#/components/responses/person'}}}}
  /people(login='{Login}')/age: {get: {parameters: [{$ref: '#/components/parameters/Login'}], responses: {'200': {$ref: '#/components/responses/person'}}}}
  /firms(login='{Login}'): {get: {parameters: [{$ref: '#/components/parameters/Login'}], responses: {'200': {$ref: '#/components/responses/firm'}}}}
  /crews(login='{Login}'): {get: {parameters: [{$ref: '#/components/parameters/Login'}], responses: {'200': {$ref: '#/components/responses/crew'}}}}
  /nearest(lat='{Login}'): {get: {parameters: [{$ref: '#/components/parameters/Login'}], responses: {'200': {$ref: '#/components/responses/crew'}}}}
  /inline(lat='{Login}'): {get: {parameters: [{$ref: '#/components/parameters/Login'}], responses: {'200': {description: ok, content: {application/json: {schema: {type: object, properties: {value: {type: array, items: {type: string}}}}}}}}}}
  /nothing(lat='{Login}'): {get: {parameters: [{$ref: '#/components/parameters/Login'}], responses: {'204': {description: ok}}}}
  /people/ex.boss('{Login}'): {get: {parameters: [{$ref: '#/components/parameters/Login'}], responses: {'200': {$ref: '#/components/responses/person'}}}}
  /a/f(): {get: {responses: {'200': {$ref: '#/components/responses/crew'}}}}
  /a/f(x='{Login}')/b: {get: {parameters: [{$ref: '#/components/parameters/Login'}], responses: {'200': {$ref: '#/components/responses/crew'}}}}
  /a:/{Login}: {get: {parameters: [{$ref: '#/components/parameters/Login'}], responses: {'200': {$ref: '#/components/responses/crew'}}}}
  /a:/{Login}:/b.{Login}: {get: {parameters: [{$ref: '#/components/parameters/Login'}], responses: {'200': {$ref: '#/components/responses/crew'}}}}
  /a:/{Login}:: {get: {parameters: [{$ref: '#/components/parameters/Login'}], responses: {'200': {$ref: '#/components/responses/crew'}}}}
components:
  parameters: {Login: {name: Login, in: path, required: true, schema: {type: string}}}
  responses:
    person: {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/ex.person'}}}}
    firm: {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/ex.firm'}}}}
    crew: {description: ok, content: {application/json: {schema: {$ref: '#/components/schemas/ex.crew'}}}}
  schemas:
    ex.person: {type: object, x-graphslice-key: [login], properties: {login: {type: string}}}
    ex.firm: {type: object, properties: {id: {type: string}, login: {type: string}}}
    ex.crew: {allOf: [{$ref: '#/components/schemas/ex.base'}, {type: object, properties: {name: {type: string}}}]}
    ex.base: {type: object, properties: {login: {type: string}}}
`
	want := map[string]string{
		"/people('{Login}')":           " | people | key  =Login:string quoted of ex.person",
		"/people(login='{Login}')/age": " | people | key  login=Login:string quoted | age",
		"/firms(login='{Login}')":      " | firms | key  login=Login:string quoted of ex.firm",
		"/crews(login='{Login}')":      " | crews | key  login=Login:string quoted of ex.crew primary",
		"/nearest(lat='{Login}')":      " | function nearest lat=Login:string quoted",
		"/inline(lat='{Login}')":       " | function inline lat=Login:string quoted",
		"/nothing(lat='{Login}')":      " | nothing | key  lat=Login:string quoted",
		"/people/ex.boss('{Login}')":   " | people | cast ex.boss | key  =Login:string quoted of ex.person",
		"/a/f()":                       " | a | function f",
		"/a/f(x='{Login}')/b":          " | a | function f x=Login:string quoted | b",
		"/a:/{Login}":                  " | a | address {Login} Login=Login:string",
		"/a:/{Login}:/b.{Login}":       " | a | address {Login} Login=Login:string | template b.{Login} Login=Login:string",
		"/a:/{Login}:":                 " | a | address {Login} Login=Login:string closed",
	}
	pkg := loadText(t, text)
	for _, op := range pkg.Operations {
		if got := segmentText(op.Segments); got != want[op.Path] {
			t.Errorf("%s is%s\nwant%s", op.Path, got, want[op.Path])
		}
	}
	if len(pkg.Operations) != len(want) {
		t.Errorf("%d operations, want %d", len(pkg.Operations), len(want))
	}
}

// Lists and objects among a function's arguments have their types.
func TestArgumentTypes(t *testing.T) {
	const text = header + `
paths:
  /a/ex.f(a=@a,b='@b',c=@c,d=@d,e=@e,g={g}):
    get:
      parameters:
        - {name: a, in: query, schema: {type: array, items: {type: string}}}
        - {name: '@b', in: query, schema: {type: array, items: {anyOf: [{$ref: '#/components/schemas/ex.box'}, {type: object, nullable: true}]}}}
        - {name: c, in: query, content: {application/json: {schema: {$ref: '#/components/schemas/ex.box'}}}}
        - {name: d, in: query, schema: {type: object, properties: {x: {type: string}}}}
        - {name: e, in: query, schema: {type: array, items: {$ref: '#/components/schemas/ex.color'}}}
        - {name: g, in: path, required: true, schema: {type: array, items: {type: integer, format: int32}}}
      responses: {'204': {description: ok}}
components:
  schemas:
    ex.box: {type: object, properties: {x: {type: string}}}
    ex.color: {type: string, enum: [red, blue]}
`
	const want = " | a | function ex.f a=a:[]string alias b=b:[]ex.box quoted alias c=c:ex.box alias d=d:any alias e=e:[]ex.color alias g=g:[]int32"
	if got := segmentText(loadText(t, text).Operations[0].Segments); got != want {
		t.Errorf("got %s\nwant %s", got, want)
	}
}

// A document that has each entity in both forms of its key, as some frameworks write them.
func TestKeysInTwoForms(t *testing.T) {
	const parameters = "parameters: [{name: key, in: path, required: true, schema: {type: integer}}]"
	const text = header + `
paths:
  /people/{key}: {` + parameters + `, get: {responses: {'204': {description: ok}}}, delete: {responses: {'204': {description: ok}}}}
  /people({key}): {` + parameters + `, get: {responses: {'204': {description: ok}}}, delete: {responses: {'204': {description: ok}}}}
  /people({key})/friends: {` + parameters + `, get: {responses: {'204': {description: ok}}}}
`
	pkg, diags := loadFiles(t, map[string]string{"a.yaml": text}, Options{Specs: []string{"a.yaml"}})
	var got []string
	for _, op := range pkg.Operations {
		got = append(got, op.Key())
	}
	if want := []string{"GET /people({key})/friends", "DELETE /people/{key}", "GET /people/{key}"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	want := "a.yaml:7:144: warning: 2 operations are here twice, with keys in parentheses and with keys as segments, such as " +
		"DELETE /people({key}): requests have them as segments (key-in-two-forms)\n" +
		"\thint: for requests with parentheses exclude the other paths, such as /people/{key}"
	if got := texts(diags); len(got) != 1 || got[0] != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
