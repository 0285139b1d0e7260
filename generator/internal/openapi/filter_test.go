package openapi

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// books is a document for the selection of operations, with types that only some operations lead to.
const books = header + `paths:
  /books: {get: {responses: {2XX: {$ref: '#/components/responses/books'}}}, post: {responses: {'201': {description: x}}}}
  /books/{book-id}:
    parameters: [{name: book-id, in: path, required: true, schema: {type: string}}]
    get: {responses: {2XX: {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/ex.book'}}}}}}
    delete: {responses: {'204': {description: x}}}
  /books/{book-id}/author:
    parameters: [{name: book-id, in: path, required: true, schema: {type: string}}]
    get: {responses: {2XX: {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/ex.author'}}}}}}
  /me/books: {get: {responses: {2XX: {$ref: '#/components/responses/books'}}}}
components:
  responses: {books: {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/ex.books'}}}}}
  schemas:
    ex.books: {type: object, properties: {value: {type: array, items: {$ref: '#/components/schemas/ex.book'}}}}
    ex.entity: {type: object, properties: {'@odata.type': {type: string}}, discriminator: {propertyName: '@odata.type', mapping: {
      '#ex.book': '#/components/schemas/ex.book', '#ex.author': '#/components/schemas/ex.author', '#ex.shop': '#/components/schemas/ex.shop'}}}
    ex.book:
      allOf:
        - $ref: '#/components/schemas/ex.entity'
        - {type: object, properties: {kind: {$ref: '#/components/schemas/ex.kind'}}, discriminator: {propertyName: '@odata.type', mapping: {'#ex.novel': '#/components/schemas/ex.novel'}}}
    ex.novel: {allOf: [{$ref: '#/components/schemas/ex.book'}, {type: object, properties: {hero: {$ref: '#/components/schemas/ex.hero'}}}]}
    ex.hero: {type: object}
    ex.author: {allOf: [{$ref: '#/components/schemas/ex.entity'}, {type: object}]}
    ex.shop: {allOf: [{$ref: '#/components/schemas/ex.entity'}, {type: object}]}
    ex.kind: {type: string, enum: [paper]}
    ex.unused: {type: object}
`

func TestSelection(t *testing.T) {
	all := []string{"DELETE /books/{book-id}", "GET /books", "GET /books/{book-id}", "GET /books/{book-id}/author", "GET /me/books", "POST /books"}
	tests := []struct {
		name             string
		include, exclude []string
		operations       []string
		types            string
	}{
		{"everything", nil, nil, all, "ex.author ex.book ex.entity ex.hero ex.novel ex.shop ex.unused ex.kind"},
		{"everything asked for", []string{"/**"}, nil, all, "ex.author ex.book ex.entity ex.hero ex.novel ex.kind"},
		{"an exact path", []string{"/books"}, nil, []string{"GET /books", "POST /books"}, "ex.book ex.entity ex.hero ex.novel ex.kind"},
		{"a path and what is below, by method", []string{"/books/**#GET"}, nil, []string{"GET /books", "GET /books/{book-id}", "GET /books/{book-id}/author"},
			"ex.author ex.book ex.entity ex.hero ex.novel ex.kind"},
		{"methods", []string{"/books#POST", "/books/*#DELETE,GET"}, []string{"/**#get"}, []string{"DELETE /books/{book-id}", "POST /books"}, ""},
		{"an end", []string{"/**/author"}, nil, []string{"GET /books/{book-id}/author"}, "ex.author ex.entity"},
		{"one segment", []string{"/*/books"}, nil, []string{"GET /me/books"}, "ex.book ex.entity ex.hero ex.novel ex.kind"},
		{"exclude alone", nil, []string{"/books/**", "/me/**#POST,GET"}, nil, ""},
		{"any key", []string{"/books/{id}"}, []string{"/books/{x}#GET"}, []string{"DELETE /books/{book-id}"}, ""},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			pkg, diags := loadFiles(t, map[string]string{"a.yaml": books}, Options{Specs: []string{"a.yaml"}, Include: test.include, Exclude: test.exclude})
			if test.operations == nil {
				checkLines(t, "error: include and exclude leave no operation (nothing-selected)\n\thint: exclude less", strings.Split(diags.Error(), "\n"))
				return
			}
			if len(diags) > 0 {
				t.Fatal(diags)
			}
			var operations, types []string
			for _, op := range pkg.Operations {
				operations = append(operations, op.Method+" "+op.Path)
			}
			for _, m := range pkg.Models {
				types = append(types, m.Name)
			}
			for _, e := range pkg.Enums {
				types = append(types, e.Name)
			}
			if diff := cmp.Diff(sorted(test.operations), sorted(operations)); diff != "" {
				t.Errorf("operations (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.types, strings.Join(types, " ")); diff != "" {
				t.Errorf("types (-want +got):\n%s", diff)
			}
		})
	}
}

// A type that only operations left out lead to is not looked at, not even for what is wrong with it.
func TestUnselectedFaults(t *testing.T) {
	text := header + `paths:
  /a: {get: {responses: {2XX: {description: x}}}}
  /b: {get: {responses: {2XX: {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/none'}}}}}}}
`
	_, diags := loadFiles(t, map[string]string{"a.yaml": text}, Options{Specs: []string{"a.yaml"}, Include: []string{"/a"}})
	if len(diags) > 0 {
		t.Error(diags)
	}
}

func TestSelectionFaults(t *testing.T) {
	tests := []struct {
		name             string
		include, exclude []string
		want             []string
	}{
		{"no slash", []string{"books"}, nil, []string{
			"error: include: the path pattern \"books\" does not begin with / (bad-pattern)\n\thint: write a path, and methods after a # if not all are meant: /chats/**#GET,POST"}},
		{"no method", nil, []string{"/books#FETCH"}, []string{
			"error: exclude: the path pattern \"/books#FETCH\" names \"FETCH\", which is not a method (bad-pattern)\n\thint: write a path, and methods after a # if not all are meant: /chats/**#GET,POST"}},
		{"no such path", []string{"/boks"}, nil, []string{
			"error: include \"/boks\" matches no operation (unmatched-pattern)\n\thint: the nearest paths are /books, /books/{book-id}, /me/books"}},
		{"no such method", []string{"/books/*#PATCH"}, nil, []string{
			"error: include \"/books/*#PATCH\" matches no operation (unmatched-pattern)\n\thint: its paths have DELETE, GET only"}},
		{"capitals", []string{"/Books/*#get"}, nil, []string{
			"warning: include \"/Books/*#get\" matches no operation with these capitals, and is taken without regard to them (capitals)\n\thint: write them as in /books/{book-id}"}},
		{"nothing to exclude", nil, []string{"/me/boks/**"}, []string{
			"error: exclude \"/me/boks/**\" matches no operation (unmatched-pattern)\n\thint: the nearest paths are /me/books, /books, /books/{book-id}"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, diags := loadFiles(t, map[string]string{"a.yaml": books}, Options{Specs: []string{"a.yaml"}, Include: test.include, Exclude: test.exclude})
			if diff := cmp.Diff(test.want, texts(diags)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
