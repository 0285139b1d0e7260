package diff_test

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator"
	"github.com/graphslice/graphslice/generator/internal/diff"
	"github.com/graphslice/graphslice/generator/internal/lock"
)

// library is the slice that the cases below change.
const library = `
openapi: 3.0.4
info: {title: Library, version: v1.0}
servers: [{url: 'https://graph.microsoft.com/v1.0'}]
paths:
  /shelves:
    get:
      parameters:
        - {name: $top, in: query, schema: {type: integer, format: int32}}
        - {name: room, in: query, schema: {type: string}}
        - {name: floor, in: query, schema: {type: string}}
      responses:
        2XX:
          description: The shelves.
          content:
            application/json:
              schema:
                type: object
                properties:
                  value: {type: array, items: {$ref: '#/components/schemas/microsoft.graph.shelf'}}
                  '@odata.nextLink': {type: string}
    post:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.shelf'}}}}
      responses:
        2XX:
          description: The shelf.
          content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.shelf'}}}
  /shelves/{shelf-id}:
    parameters: [{name: shelf-id, in: path, required: true, schema: {type: string}}]
    delete: {responses: {'204': {description: Gone.}}}
  /newest:
    patch:
      requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.shelf'}}}}
      responses: {'204': {description: Changed.}}
components:
  schemas:
    microsoft.graph.entity:
      title: entity
      type: object
      properties: {id: {type: string}}
    microsoft.graph.thing:
      allOf: [{$ref: '#/components/schemas/microsoft.graph.entity'}, {title: thing, type: object}]
    microsoft.graph.user:
      allOf: [{$ref: '#/components/schemas/microsoft.graph.entity'}, {title: user, type: object}]
      x-graphslice-entity-set: users
    microsoft.graph.kind:
      title: kind
      type: string
      enum: [open, closed]
    microsoft.graph.shelf:
      allOf:
        - $ref: '#/components/schemas/microsoft.graph.entity'
        - title: shelf
          type: object
          properties:
            displayName: {type: string, nullable: true, description: The name.}
            size: {type: integer, format: int32}
            kind: {$ref: '#/components/schemas/microsoft.graph.kind'}
            tags: {type: array, items: {type: string}}
            role: {type: string, x-ms-enum: {name: role, modelAsString: true, values: [{value: reader}, {value: writer}]}}
            owner:
              allOf: [{$ref: '#/components/schemas/microsoft.graph.user'}]
              x-ms-navigationProperty: true
            thing: {$ref: '#/components/schemas/microsoft.graph.thing'}
`

// edit replaces texts of the slice: pairs of old and new. A text that is not there is a fault of the test.
func edit(t *testing.T, replace ...string) string {
	t.Helper()
	text := library
	for i := 0; i < len(replace); i += 2 {
		if !strings.Contains(text, replace[i]) {
			t.Fatalf("the slice has no %q", replace[i])
		}
		text = strings.Replace(text, replace[i], replace[i+1], 1)
	}
	return text
}

// side is what a comparison knows of the package made of a slice.
func side(t *testing.T, text string) diff.Side {
	t.Helper()
	path := filepath.Join(t.TempDir(), "slice.yaml")
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	d, err := generator.Describe(context.Background(), generator.Config{Specs: []string{path}, Package: "graph", Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	if d.Diagnostics.HasErrors() {
		t.Fatal(d.Diagnostics)
	}
	s := diff.Side{Elements: d.Elements}
	for _, f := range d.Files {
		s.Files = append(s.Files, diff.File{Name: f.Name, Data: f.Data})
	}
	return s
}

// compare returns the findings, each as one line, with Go changes indented below.
func compare(t *testing.T, old, new diff.Side) []string {
	t.Helper()
	findings, err := diff.Compare("graph", old, new)
	if err != nil {
		t.Fatal(err)
	}
	lines := []string{}
	for _, f := range findings {
		line := fmt.Sprintf("%s %s %s (%s) %s: %s", f.Verdict, f.Kind, f.ID, f.Name, f.Change, f.What)
		if (f.Do != "") != (f.Verdict == diff.Breaking) {
			t.Errorf("%s: do is %q", line, f.Do)
		}
		if f.Renamed != "" {
			line += ", renamed to " + f.Renamed + "?"
		}
		lines = append(lines, line)
		for _, ch := range f.Go {
			if !ch.Compatible && f.Verdict != diff.Breaking {
				t.Errorf("%s: %s %s is incompatible", line, ch.Subject, ch.Message)
			}
			lines = append(lines, fmt.Sprintf("  %s: %s", ch.Subject, ch.Message))
		}
	}
	return lines
}

const nameProperty = "            displayName: {type: string, nullable: true, description: The name.}\n"

// Each case is compared in both directions: there is what it says, back is the opposite.
func TestCompare(t *testing.T) {
	tests := []struct {
		name        string
		edit        []string
		there, back []string
	}{
		{"a property", []string{nameProperty, ""},
			[]string{
				"breaking property microsoft.graph.shelf/displayName (Shelf.DisplayName) removed: removed",
				"  Shelf.DisplayName: removed", "  ShelfPropertyDisplayName: removed",
			},
			[]string{
				"compatible property microsoft.graph.shelf/displayName (Shelf.DisplayName) added: added",
				"  Shelf.DisplayName: added", "  ShelfPropertyDisplayName: added",
			}},
		{"a property's type", []string{"size: {type: integer, format: int32}", "size: {type: string}"},
			[]string{
				"breaking property microsoft.graph.shelf/size (Shelf.Size) changed: type changed from Edm.Int32 to Edm.String",
				"  Shelf.Size: changed from Opt[int32] to Opt[string]",
			},
			[]string{
				"breaking property microsoft.graph.shelf/size (Shelf.Size) changed: type changed from Edm.String to Edm.Int32",
				"  Shelf.Size: changed from Opt[string] to Opt[int32]",
			}},
		{"a type that is the same in Go", []string{"tags: {type: array, items: {type: string}}", "tags: {type: array, items: {type: string, format: uuid}}"},
			[]string{"breaking property microsoft.graph.shelf/tags (Shelf.Tags) changed: type changed from Collection(Edm.String) to Collection(Edm.Guid)"},
			[]string{"breaking property microsoft.graph.shelf/tags (Shelf.Tags) changed: type changed from Collection(Edm.Guid) to Collection(Edm.String)"}},
		{"a property that became a collection", []string{"size: {type: integer, format: int32}", "size: {type: array, items: {type: integer, format: int32}}"},
			[]string{
				"breaking property microsoft.graph.shelf/size (Shelf.Size) changed: type changed from Edm.Int32 to Collection(Edm.Int32)",
				"  Shelf.Size: changed from Opt[int32] to []int32",
			},
			[]string{
				"breaking property microsoft.graph.shelf/size (Shelf.Size) changed: type changed from Collection(Edm.Int32) to Edm.Int32",
				"  Shelf.Size: changed from []int32 to Opt[int32]",
			}},
		{"a property that became a map", []string{"size: {type: integer, format: int32}", "size: {type: object, additionalProperties: {type: string, nullable: true}}"},
			[]string{
				"breaking property microsoft.graph.shelf/size (Shelf.Size) changed: type changed from Edm.Int32 to Map(Edm.String?)",
				"  Shelf.Size: changed from Opt[int32] to map[string]Opt[string]",
			},
			[]string{
				"breaking property microsoft.graph.shelf/size (Shelf.Size) changed: type changed from Map(Edm.String?) to Edm.Int32",
				"  Shelf.Size: changed from map[string]Opt[string] to Opt[int32]",
			}},
		{"an enumeration of integers", []string{"      type: string\n      enum: [open, closed]", "      type: integer\n      enum: [1, 2]"},
			[]string{
				"breaking enum microsoft.graph.kind (Kind) changed: values changed from text to numbers (Edm.Int32)",
				"  Kind: changed from string to int32", "  Shelf.Kind: changed from Kind to Opt[Kind]",
				"breaking member microsoft.graph.kind/closed (KindClosed) removed: removed", "  KindClosed: removed",
				"breaking member microsoft.graph.kind/open (KindOpen) removed: removed", "  KindOpen: removed",
				"compatible member microsoft.graph.kind/1 (Kind1) added: added", "  Kind1: added",
				"compatible member microsoft.graph.kind/2 (Kind2) added: added", "  Kind2: added",
			},
			[]string{
				"breaking enum microsoft.graph.kind (Kind) changed: values changed from numbers (Edm.Int32) to text",
				"  Kind: changed from int32 to string", "  Shelf.Kind: changed from Opt[Kind] to Kind",
				"breaking member microsoft.graph.kind/1 (Kind1) removed: removed", "  Kind1: removed",
				"breaking member microsoft.graph.kind/2 (Kind2) removed: removed", "  Kind2: removed",
				"compatible member microsoft.graph.kind/closed (KindClosed) added: added", "  KindClosed: added",
				"compatible member microsoft.graph.kind/open (KindOpen) added: added", "  KindOpen: added",
			}},
		{"an imported type", []string{"size: {type: integer, format: int32}", "size: {type: string, format: date-time}"},
			[]string{
				"breaking property microsoft.graph.shelf/size (Shelf.Size) changed: type changed from Edm.Int32 to Edm.DateTimeOffset",
				"  Shelf.Size: changed from Opt[int32] to Opt[time.Time]",
			},
			[]string{
				"breaking property microsoft.graph.shelf/size (Shelf.Size) changed: type changed from Edm.DateTimeOffset to Edm.Int32",
				"  Shelf.Size: changed from Opt[time.Time] to Opt[int32]",
			}},
		{"an enum member", []string{"enum: [open, closed]", "enum: [open]"},
			[]string{"breaking member microsoft.graph.kind/closed (KindClosed) removed: removed", "  KindClosed: removed"},
			[]string{"compatible member microsoft.graph.kind/closed (KindClosed) added: added", "  KindClosed: added"}},
		{"a well-known value", []string{", {value: writer}", ""},
			[]string{"breaking constant role/writer (RoleWriter) removed: removed", "  RoleWriter: removed"},
			[]string{"compatible constant role/writer (RoleWriter) added: added", "  RoleWriter: added"}},
		{"another base", []string{"        - $ref: '#/components/schemas/microsoft.graph.entity'\n        - title: shelf", "        - $ref: '#/components/schemas/microsoft.graph.user'\n        - title: shelf"},
			[]string{"compatible type microsoft.graph.shelf (Shelf) changed: derived from microsoft.graph.user now, which is derived from microsoft.graph.entity"},
			[]string{"breaking type microsoft.graph.shelf (Shelf) changed: base changed from microsoft.graph.user to microsoft.graph.entity"}},
		{"an answer of an update", []string{"{'204': {description: Changed.}}",
			"{'204': {description: Changed., content: {application/json: {schema: {$ref: '#/components/schemas/microsoft.graph.shelf'}}}}}"},
			[]string{"compatible operation PATCH /newest (NewestRequests.Update) changed: answer is microsoft.graph.shelf now, there was none"},
			[]string{"breaking operation PATCH /newest (NewestRequests.Update) changed: answer is gone, it was microsoft.graph.shelf"}},
		{"an operation", []string{"    delete: {responses: {'204': {description: Gone.}}}\n", "    get: {responses: {'204': {description: Gone.}}}\n"},
			[]string{
				"breaking operation DELETE /shelves/{shelf-id} (ShelfRequests.Delete) removed: removed",
				"  (*ShelfRequests).Delete: removed",
				"compatible operation GET /shelves/{shelf-id} (ShelfRequests.Get) added: added",
				"  (*ShelfRequests).Get: added", "  GetOptions: added", // of the runtime: no other call has a use for it
			},
			[]string{
				"breaking operation GET /shelves/{shelf-id} (ShelfRequests.Get) removed: removed",
				"  (*ShelfRequests).Get: removed", "  GetOptions: removed",
				"compatible operation DELETE /shelves/{shelf-id} (ShelfRequests.Delete) added: added",
				"  (*ShelfRequests).Delete: added",
			}},
		{"a path", []string{"  /shelves/{shelf-id}:", "  /shelfs/{shelf-id}:"},
			[]string{
				"breaking operation DELETE /shelves/{shelf-id} (ShelfRequests.Delete) removed: removed, renamed to DELETE /shelfs/{shelf-id}?",
				"  (*ShelvesRequests).ByID: removed",
				"compatible operation DELETE /shelfs/{shelf-id} (ShelfRequests.Delete) added: added",
				"  (*Client).Shelfs: added", "  ShelfsRequests: added",
			},
			[]string{
				"breaking operation DELETE /shelfs/{shelf-id} (ShelfRequests.Delete) removed: removed, renamed to DELETE /shelves/{shelf-id}?",
				"  (*Client).Shelfs: removed", "  ShelfsRequests: removed",
				"compatible operation DELETE /shelves/{shelf-id} (ShelfRequests.Delete) added: added",
				"  (*ShelvesRequests).ByID: added",
			}},
		{"a path parameter's name", []string{"  /shelves/{shelf-id}:", "  /shelves/{shelf-id1}:", "name: shelf-id, in: path", "name: shelf-id1, in: path"},
			[]string{"compatible operation DELETE /shelves/{shelf-id1} (ShelfRequests.Delete) changed: path written DELETE /shelves/{shelf-id1} instead of DELETE /shelves/{shelf-id}"},
			[]string{"compatible operation DELETE /shelves/{shelf-id} (ShelfRequests.Delete) changed: path written DELETE /shelves/{shelf-id} instead of DELETE /shelves/{shelf-id1}"}},
		{"a path parameter's name, which Go shows", []string{"  /shelves/{shelf-id}:", "  /shelves/{rack-id}:", "name: shelf-id, in: path", "name: rack-id, in: path"},
			[]string{
				"breaking path /shelves/{rack-id} (RackRequests) changed: called graph.RackRequests in Go, it was graph.ShelfRequests",
				"  (*ShelvesRequests).ByID: changed from func(string) *ShelfRequests to func(string) *RackRequests",
				"  RackRequests: added", "  ShelfRequests: removed",
				"compatible operation DELETE /shelves/{rack-id} (RackRequests.Delete) changed: path written DELETE /shelves/{rack-id} instead of DELETE /shelves/{shelf-id}",
			},
			[]string{
				"breaking path /shelves/{shelf-id} (ShelfRequests) changed: called graph.ShelfRequests in Go, it was graph.RackRequests",
				"  (*ShelvesRequests).ByID: changed from func(string) *RackRequests to func(string) *ShelfRequests",
				"  RackRequests: removed", "  ShelfRequests: added",
				"compatible operation DELETE /shelves/{shelf-id} (ShelfRequests.Delete) changed: path written DELETE /shelves/{shelf-id} instead of DELETE /shelves/{rack-id}",
			}},
		{"a required parameter", []string{"{name: room, in: query, schema", "{name: room, in: query, required: true, schema"},
			[]string{"breaking parameter GET /shelves?room (ShelvesListOptions.Room) changed: required now"},
			[]string{"compatible parameter GET /shelves?room (ShelvesListOptions.Room) changed: not required any more"}},
		{"one of OData's own options", []string{"        - {name: $top, in: query, schema: {type: integer, format: int32}}\n", ""},
			[]string{"compatible parameter GET /shelves?$top (ShelvesListOptions.Top) removed: not described any more"},
			[]string{"compatible parameter GET /shelves?$top (ShelvesListOptions.Top) added: added"}},
		{"the type of one", []string{"{name: $top, in: query, schema: {type: integer, format: int32}}", "{name: $top, in: query, required: true, schema: {type: string}}"},
			[]string{"breaking parameter GET /shelves?$top (ShelvesListOptions.Top) changed: required now"},
			[]string{"compatible parameter GET /shelves?$top (ShelvesListOptions.Top) changed: not required any more"}},
		{"all parameters", []string{"        - {name: room, in: query, schema: {type: string}}\n        - {name: floor, in: query, schema: {type: string}}\n", ""},
			[]string{
				"breaking parameter GET /shelves?floor (ShelvesListOptions.Floor) removed: removed",
				"  (*ShelvesRequests).All: changed from func(context.Context, *ShelvesListOptions, ...CallOption) iter.Seq2[*Shelf, error] to func(context.Context, *ListOptions, ...CallOption) iter.Seq2[*Shelf, error]",
				"  (*ShelvesRequests).List: changed from func(context.Context, *ShelvesListOptions, ...CallOption) (*Page[*Shelf], error) to func(context.Context, *ListOptions, ...CallOption) (*Page[*Shelf], error)",
				"  ShelvesListOptions: removed",
				"breaking parameter GET /shelves?room (ShelvesListOptions.Room) removed: removed",
			},
			[]string{
				"breaking parameter GET /shelves?floor (ShelvesListOptions.Floor) added: added",
				"  (*ShelvesRequests).All: changed from func(context.Context, *ListOptions, ...CallOption) iter.Seq2[*Shelf, error] to func(context.Context, *ShelvesListOptions, ...CallOption) iter.Seq2[*Shelf, error]",
				"  (*ShelvesRequests).List: changed from func(context.Context, *ListOptions, ...CallOption) (*Page[*Shelf], error) to func(context.Context, *ShelvesListOptions, ...CallOption) (*Page[*Shelf], error)",
				"  ShelvesListOptions: added",
				"compatible parameter GET /shelves?room (ShelvesListOptions.Room) added: added",
			}},
		{"a parameter", []string{"        - {name: room, in: query, schema: {type: string}}\n", ""},
			[]string{"breaking parameter GET /shelves?room (ShelvesListOptions.Room) removed: removed", "  ShelvesListOptions.Room: removed"},
			[]string{"compatible parameter GET /shelves?room (ShelvesListOptions.Room) added: added", "  ShelvesListOptions.Room: added"}},
		{"a bind", []string{"      x-graphslice-entity-set: users\n", ""},
			[]string{
				"breaking type microsoft.graph.user (User) changed: cannot be bound any more, it was in users",
				"  BindUser: removed",
				"breaking property microsoft.graph.shelf/owner (Shelf.Owner) changed: cannot be bound any more, it was in users",
			},
			[]string{
				"compatible type microsoft.graph.user (User) changed: can be bound, in users",
				"  BindUser: added",
				"compatible property microsoft.graph.shelf/owner (Shelf.Owner) changed: can be bound, in users",
			}},
		{"a contained target", []string{"              x-ms-navigationProperty: true\n", "              x-ms-navigationProperty: true\n              x-graphslice-contains-target: true\n"},
			[]string{"breaking property microsoft.graph.shelf/owner (Shelf.Owner) changed: cannot be bound any more, it was in users"},
			[]string{"compatible property microsoft.graph.shelf/owner (Shelf.Owner) changed: can be bound, in users"}},
		{"null", []string{"displayName: {type: string, nullable: true,", "displayName: {type: string,"},
			[]string{"breaking property microsoft.graph.shelf/displayName (Shelf.DisplayName) changed: cannot be null any more"},
			[]string{"compatible property microsoft.graph.shelf/displayName (Shelf.DisplayName) changed: can be null"}},
		{"null for an enum, which Go shows", []string{"kind: {$ref: '#/components/schemas/microsoft.graph.kind'}", "kind: {nullable: true, anyOf: [{$ref: '#/components/schemas/microsoft.graph.kind'}]}"},
			[]string{
				"breaking property microsoft.graph.shelf/kind (Shelf.Kind) changed: can be null",
				"  Shelf.Kind: changed from Kind to Opt[Kind]",
			},
			[]string{
				"breaking property microsoft.graph.shelf/kind (Shelf.Kind) changed: cannot be null any more",
				"  Shelf.Kind: changed from Opt[Kind] to Kind",
			}},
		{"a required property", []string{"          type: object\n          properties:\n            displayName", "          type: object\n          required: [displayName]\n          properties:\n            displayName"},
			[]string{"breaking property microsoft.graph.shelf/displayName (Shelf.DisplayName) changed: required now"},
			[]string{"compatible property microsoft.graph.shelf/displayName (Shelf.DisplayName) changed: not required any more"}},
		{"a read-only property", []string{"displayName: {type: string, nullable: true,", "displayName: {type: string, nullable: true, readOnly: true,"},
			[]string{"breaking property microsoft.graph.shelf/displayName (Shelf.DisplayName) changed: read-only now"},
			[]string{"compatible property microsoft.graph.shelf/displayName (Shelf.DisplayName) changed: can be written now"}},
		{"documentation", []string{"description: The name.", "description: A name."},
			[]string{"documentation property microsoft.graph.shelf/displayName (Shelf.DisplayName) documented: documentation changed"},
			[]string{"documentation property microsoft.graph.shelf/displayName (Shelf.DisplayName) documented: documentation changed"}},
		{"a deprecation", []string{"description: The name.", "description: The name., deprecated: true, x-ms-deprecation: {removalDate: '2027-03-01', description: Use title.}"},
			[]string{"compatible property microsoft.graph.shelf/displayName (Shelf.DisplayName) deprecated: deprecated, to be removed on 2027-03-01: Use title."},
			[]string{"compatible property microsoft.graph.shelf/displayName (Shelf.DisplayName) deprecated: not deprecated any more"}},
		{"a renamed property", []string{"displayName: {type: string,", "displayNames: {type: string,"},
			[]string{
				"breaking property microsoft.graph.shelf/displayName (Shelf.DisplayName) removed: removed, renamed to microsoft.graph.shelf/displayNames?",
				"  Shelf.DisplayName: removed", "  ShelfPropertyDisplayName: removed",
				"compatible property microsoft.graph.shelf/displayNames (Shelf.DisplayNames) added: added",
				"  Shelf.DisplayNames: added", "  ShelfPropertyDisplayNames: added",
			},
			[]string{
				"breaking property microsoft.graph.shelf/displayNames (Shelf.DisplayNames) removed: removed, renamed to microsoft.graph.shelf/displayName?",
				"  Shelf.DisplayNames: removed", "  ShelfPropertyDisplayNames: removed",
				"compatible property microsoft.graph.shelf/displayName (Shelf.DisplayName) added: added",
				"  Shelf.DisplayName: added", "  ShelfPropertyDisplayName: added",
			}},
		{"a property that moved to the base", []string{"            size: {type: integer, format: int32}\n", "", "properties: {id: {type: string}}", "properties: {id: {type: string}, size: {type: integer, format: int32}}"},
			[]string{
				"compatible property microsoft.graph.entity/size (Entity.Size) added: added",
				"  Entity.Size: added", "  EntityPropertySize: added",
				"  Thing.Size: added", "  ThingPropertySize: added", "  User.Size: added", "  UserPropertySize: added",
				"compatible property microsoft.graph.shelf/size (Shelf.Size) changed: declared by its base microsoft.graph.entity now",
			},
			[]string{
				"breaking property microsoft.graph.entity/size (Entity.Size) removed: removed",
				"  Entity.Size: removed", "  EntityPropertySize: removed",
				"  Thing.Size: removed", "  ThingPropertySize: removed", "  User.Size: removed", "  UserPropertySize: removed",
				"compatible property microsoft.graph.shelf/size (Shelf.Size) added: added",
			}},
		{"a function", []string{
			"  /shelves/{shelf-id}:\n", "  /shelves/microsoft.graph.find(no={no}):\n    get:\n      parameters: [{name: no, in: path, required: true, schema: {type: string}}]\n      responses: {'204': {description: x}}\n  /shelves/{shelf-id}:\n",
		},
			[]string{
				"compatible operation GET /shelves/microsoft.graph.find(no={no}) (ShelvesRequests.Find) added: added",
				"  (*ShelvesRequests).Find: added", "  ShelvesFindOptions: added",
				"compatible go GetOptions (GetOptions) added: added", "  GetOptions: added",
			},
			[]string{
				"breaking operation GET /shelves/microsoft.graph.find(no={no}) (ShelvesRequests.Find) removed: removed",
				"  (*ShelvesRequests).Find: removed", "  ShelvesFindOptions: removed",
				"breaking go GetOptions (GetOptions) removed: removed", "  GetOptions: removed",
			}},
		{"nothing", nil, []string{}, []string{}},
	}
	original := side(t, library)
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			changed := side(t, edit(t, test.edit...))
			if diff := cmp.Diff(test.there, compare(t, original, changed)); diff != "" {
				t.Errorf("there (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.back, compare(t, changed, original)); diff != "" {
				t.Errorf("back (-want +got):\n%s", diff)
			}
		})
	}
}

// An argument in the path changes its type while the path stays.
func TestCompareArguments(t *testing.T) {
	find := func(schema string) string {
		return edit(t, "  /shelves/{shelf-id}:\n", "  /shelves/microsoft.graph.find(no={no}):\n    get:\n"+
			"      parameters: [{name: no, in: path, required: true, schema: "+schema+"}]\n      responses: {'204': {description: x}}\n  /shelves/{shelf-id}:\n")
	}
	want := []string{
		"breaking operation GET /shelves/microsoft.graph.find(no={no}) (ShelvesRequests.Find) changed: type of argument no changed from Edm.String to Edm.Int32",
		"  ShelvesFindOptions.No: changed from Opt[string] to Opt[int32]",
	}
	if diff := cmp.Diff(want, compare(t, side(t, find("{type: string}")), side(t, find("{type: integer, format: int32}")))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

// A lock can be anybody's: IDs of no form are compared as they are, facts of no form are an error.
func TestCompareBadLocks(t *testing.T) {
	var odd []lock.Element
	for _, kind := range []string{"type", "property", "enum", "member", "constant", "path", "operation", "parameter"} {
		odd = append(odd, lock.Element{Kind: kind, ID: "odd", Name: "Odd", Facts: "{}"})
	}
	if got := compare(t, diff.Side{Elements: odd}, diff.Side{}); len(got) != len(odd)-1 { // a path is said by its operations
		t.Errorf("removed: %q", got)
	}
	bad := diff.Side{Elements: []lock.Element{{Kind: "type", ID: "a", Name: "A", Facts: "{"}}}
	const want = "the old side: the facts of type a cannot be read: unexpected end of JSON input"
	if _, err := diff.Compare("graph", bad, diff.Side{}); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}
