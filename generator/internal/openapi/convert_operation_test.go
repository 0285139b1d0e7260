package openapi

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// boards are components that the operations of these tests use.
const boards = `components:
  parameters:
    top: {name: $top, in: query, description: How many., schema: {type: integer, format: int32}}
    id: {name: board-id, in: path, required: true, schema: {type: string}, x-ms-docs-key-type: board}
  requestBodies:
    card: {required: true, content: {application/json: {schema: {$ref: '#/components/schemas/ex.card'}}}}
  responses:
    cards: {description: Cards, content: {application/json: {schema: {$ref: '#/components/schemas/ex.cardCollection'}}}}
    count: {description: Count, content: {text/plain: {schema: {$ref: '#/components/schemas/Count'}}}}
    error: {description: Error, content: {application/json: {schema: {$ref: '#/components/schemas/ex.error'}}}}
  schemas:
    ex.board: {type: object, properties: {id: {type: string}, name: {type: string}}}
    ex.card: {type: object, properties: {id: {type: string}}}
    ex.dated: {allOf: [{$ref: '#/components/schemas/ex.card'}, {type: object, properties: {due: {type: string}}}]}
    ex.color: {type: string, enum: [red]}
    ex.cardCollection: {type: object, properties: {value: {type: array, items: {$ref: '#/components/schemas/ex.card'}}, '@odata.nextLink': {type: string}}}
    ex.error: {type: object, properties: {error: {$ref: '#/components/schemas/ex.mainError'}}}
    ex.mainError: {type: object, properties: {code: {type: string}}}
    Count: {type: integer, format: int32}
`

func TestOperations(t *testing.T) {
	tests := []struct{ name, paths, want string }{
		{"list", `
/boards/{board-id}/cards:
  get:
    operationId: list
    summary: "List cards "
    description: "All of them.\r\n"
    externalDocs: {url: https://example.com/list}
    security: [{oauth: [Card.Read, Board.Read]}, {oauth: [Everything]}]
    x-graphslice-application-permissions: [Card.Read.All]
    parameters:
      - $ref: '#/components/parameters/id'
      - $ref: '#/components/parameters/top'
      - {name: $select, in: query, schema: {type: array, uniqueItems: true, items: {type: string, enum: [id, name]}}}
      - {name: since, in: query, required: true, deprecated: true, schema: {type: string, format: date-time}}
      - {name: color, in: query, schema: {$ref: '#/components/schemas/ex.color'}}
      - {name: If-Match, in: header, schema: {type: string}}
      - {name: any, in: query}
      - {name: more, in: query, content: {application/json: {schema: {type: boolean}}}}
    responses:
      2XX: {$ref: '#/components/responses/cards'}
      default: {$ref: '#/components/responses/error'}
    x-ms-pageable: {nextLinkName: '@odata.nextLink'}`, `
GET /boards/{board-id}/cards list pageable 2XX scopes ["Card.Read Board.Read" "Everything"] ["Card.Read.All"] id list "List cards" "All of them." see "https://example.com/list"
  segments | boards | key board-id of ex.board | cards
  query $top int32 "How many."
  query $select []string
  query since datetime required deprecated: "deprecated"
  query color ex.color
  query any string
  query more bool
  response application/json []ex.card wrapped`},
		{"create with a body elsewhere", `
/boards/{board-id}/cards:
  parameters: [{$ref: '#/components/parameters/id'}]
  post:
    requestBody: {$ref: '#/components/requestBodies/card'}
    x-ms-long-running-operation: true
    x-graphslice-pause: PT2S
    responses:
      '201': {description: Created}
      '202': {description: Later}
      '200': {description: There, content: {application/json: {schema: {$ref: '#/components/schemas/ex.card'}}}}
      '400': {description: Bad, content: {application/json: {schema: {$ref: '#/components/schemas/ex.error'}}}}`, `
POST /boards/{board-id}/cards create long-running 200,201,202 pause PT2S
  segments | boards | key board-id of ex.board | cards
  request application/json ex.card required
  response application/json ex.card`},
		{"202 is long-running", `
/boards: {post: {responses: {'202': {description: Later}}}}`, `
POST /boards create long-running 202
  segments | boards`},
		{"get, update, replace, delete and the rest", `
/boards/{board-id}:
  parameters: [{$ref: '#/components/parameters/id'}]
  get: {responses: {'200': {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/ex.board'}}}}}}
  patch: {responses: {'204': {description: x}}, requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/ex.board'}}}}}
  put: {responses: {'204': {description: x}}, deprecated: true}
  delete: {responses: {'204': {description: x}}, x-ms-deprecation: {description: Do not., removalDate: 2027-01-01}}
  options: {responses: {'204': {description: x}}}`, `
DELETE /boards/{board-id} delete 204 deprecated: "Do not." until "2027-01-01"
  segments | boards | key board-id of ex.board
GET /boards/{board-id} get 200
  segments | boards | key board-id of ex.board
  response application/json ex.board
OPTIONS /boards/{board-id} custom 204
  segments | boards | key board-id of ex.board
PATCH /boards/{board-id} update 204
  segments | boards | key board-id of ex.board
  request application/json ex.board
PUT /boards/{board-id} replace 204 deprecated: "deprecated"
  segments | boards | key board-id of ex.board`},
		{"count, value, ref", `
/boards/$count: {get: {responses: {2XX: {$ref: '#/components/responses/count'}}}}
/boards/{board-id}/photo/$value:
  parameters: [{$ref: '#/components/parameters/id'}]
  get: {responses: {2XX: {description: x, content: {application/octet-stream: {schema: {type: string, format: binary}}}}}}
  put: {requestBody: {content: {application/octet-stream: {schema: {type: string, format: binary}}}}, responses: {2XX: {description: x}}}
/boards/{board-id}/cards/$ref:
  parameters: [{$ref: '#/components/parameters/id'}]
  get: {responses: {2XX: {description: x, content: {application/json: {schema: {type: object, properties: {value: {type: array, items: {type: string}}}}}}}}}
  post: {requestBody: {content: {application/json: {schema: {type: object, additionalProperties: {type: object}}}}}, responses: {'204': {description: x}}}
/boards/{board-id}/owner/$ref:
  parameters: [{$ref: '#/components/parameters/id'}]
  get: {responses: {2XX: {description: x, content: {application/json: {schema: {type: string}}}}}}
  put: {requestBody: {content: {application/json: {schema: {type: object}}}}, responses: {'204': {description: x}}}
  delete: {responses: {'204': {description: x}}}`, `
GET /boards/$count count 2XX
  segments | boards | count $count
  response text/plain int64
GET /boards/{board-id}/cards/$ref list 2XX
  segments | boards | key board-id of ex.board | cards | ref $ref
  response application/json []string wrapped
POST /boards/{board-id}/cards/$ref create 204
  segments | boards | key board-id of ex.board | cards | ref $ref
  request application/json any
DELETE /boards/{board-id}/owner/$ref delete 204
  segments | boards | key board-id of ex.board | owner | ref $ref
GET /boards/{board-id}/owner/$ref get 2XX
  segments | boards | key board-id of ex.board | owner | ref $ref
  response application/json string
PUT /boards/{board-id}/owner/$ref replace 204
  segments | boards | key board-id of ex.board | owner | ref $ref
  request application/json any
GET /boards/{board-id}/photo/$value get 2XX
  segments | boards | key board-id of ex.board | photo | value $value
  response application/octet-stream stream
PUT /boards/{board-id}/photo/$value replace 2XX
  segments | boards | key board-id of ex.board | photo | value $value
  request application/octet-stream stream`},
		{"actions", `
/boards/ex.clear: {post: {responses: {'204': {description: x}}}}
/boards/{board-id}/ex.paint:
  parameters: [{$ref: '#/components/parameters/id'}]
  post:
    requestBody: {required: true, content: {application/json: {schema: {type: object, properties: {color: {$ref: '#/components/schemas/ex.color'}}}}}}
    responses: {2XX: {description: x, content: {application/json: {schema: {type: object, properties: {value: {type: array, items: {$ref: '#/components/schemas/ex.card'}}, '@odata.nextLink': {type: string}}}}}}}
/boards/{board-id}/rename:
  parameters: [{$ref: '#/components/parameters/id'}]
  post: {x-ms-docs-operation-type: action, responses: {2XX: {description: x, content: {application/json: {schema: {type: object, properties: {old: {type: string}}}}}}}}`, `
POST /boards/ex.clear action 204
  segments | boards | action ex.clear
POST /boards/{board-id}/ex.paint action pageable 2XX
  segments | boards | key board-id of ex.board | action ex.paint
  request application/json </boards/{board-id}/ex.paint POST request> required
  response application/json []ex.card wrapped
POST /boards/{board-id}/rename action 2XX
  segments | boards | key board-id of ex.board | action rename
  response application/json </boards/{board-id}/rename POST response>`},
		{"functions", `
/cards/ex.delta(): {get: {responses: {'200': {description: x, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/ex.card'}}}}}}}}
/cards/ex.changes(): {get: {responses: {2XX: {description: x, content: {application/json: {schema: {type: object, properties: {value: {type: array, items: {$ref: '#/components/schemas/ex.card'}}, '@odata.deltaLink': {type: string}}}}}}}}}
/boards/ex.delta(): {get: {responses: {2XX: {$ref: '#/components/responses/cards'}}}}
/boards/ex.name(): {get: {responses: {2XX: {description: x, content: {application/json: {schema: {type: object, properties: {value: {type: string, nullable: true}}}}}}}}}
/boards/ex.cards(): {get: {responses: {'200': {description: x, content: {application/json: {schema: {type: array, items: {$ref: '#/components/schemas/ex.card'}}}}}}}}
/boards/ex.first(): {get: {responses: {'200': {description: x, content: {application/json: {schema: {anyOf: [{$ref: '#/components/schemas/ex.card'}, {type: object, nullable: true}]}}}}}}}
/boards/ex.report(day={day},period='{period}'):
  get:
    parameters:
      - {name: day, in: path, required: true, schema: {type: string, format: date}}
      - {name: period, in: path, required: true, schema: {type: string}}
    responses: {2XX: {description: x, content: {application/octet-stream: {schema: {type: string, format: binary}}}}}
/boards/{board-id}/ex.has(user='@user',color=@color):
  get:
    parameters:
      - {$ref: '#/components/parameters/id'}
      - {name: user, in: query, schema: {type: string, nullable: true}}
      - {name: '@color', in: query, schema: {$ref: '#/components/schemas/ex.color'}}
      - {$ref: '#/components/parameters/top'}
    responses: {2XX: {description: x, content: {application/json: {schema: {type: object, properties: {value: {type: boolean}}}}}}}
/boards/find(name='{name}'):
  get: {x-ms-docs-operation-type: function, parameters: [{name: name, in: path, required: true, schema: {type: string}}], responses: {2XX: {$ref: '#/components/responses/cards'}}}
/boards/latest: {get: {x-ms-docs-operation-type: function, responses: {2XX: {$ref: '#/components/responses/cards'}}}}`, `
GET /boards/ex.cards() function 200
  segments | boards | function ex.cards
  response application/json []ex.card
GET /boards/ex.delta() function delta pageable 2XX
  segments | boards | function ex.delta
  response application/json []ex.card wrapped
GET /boards/ex.first() function 200
  segments | boards | function ex.first
  response application/json ex.card?
GET /boards/ex.name() function 2XX
  segments | boards | function ex.name
  response application/json string? wrapped
GET /boards/ex.report(day={day},period='{period}') function 2XX
  segments | boards | function ex.report day=day:date period=period:string quoted
  response application/octet-stream stream
GET /boards/find(name='{name}') function pageable 2XX
  segments | boards | function find name=name:string quoted
  response application/json []ex.card wrapped
GET /boards/latest function pageable 2XX
  segments | boards | function latest
  response application/json []ex.card wrapped
GET /boards/{board-id}/ex.has(user='@user',color=@color) function 2XX
  segments | boards | key board-id of ex.board | function ex.has user=user:string? quoted alias color=color:ex.color alias
  query $top int32 "How many."
  response application/json bool wrapped
GET /cards/ex.changes() function delta pageable 2XX
  segments | cards | function ex.changes
  response application/json []ex.card wrapped
GET /cards/ex.delta() function delta 200
  segments | cards | function ex.delta
  response application/json []ex.card`},
		{"casts", `
/cards/ex.dated: {get: {responses: {2XX: {$ref: '#/components/responses/cards'}}}}
/cards/ex.dated/$count: {get: {responses: {2XX: {$ref: '#/components/responses/count'}}}}
/cards/ex.other/$count: {get: {responses: {2XX: {$ref: '#/components/responses/count'}}}}
/cards/ex.move/result: {get: {responses: {2XX: {$ref: '#/components/responses/cards'}}}}
/cards/ex.move: {post: {responses: {'204': {description: x}}}}`, `
GET /cards/ex.dated list pageable 2XX
  segments | cards | cast ex.dated
  response application/json []ex.card wrapped
GET /cards/ex.dated/$count count 2XX
  segments | cards | cast ex.dated | count $count
  response text/plain int64
POST /cards/ex.move action 204
  segments | cards | action ex.move
GET /cards/ex.move/result list pageable 2XX
  segments | cards | action ex.move | result
  response application/json []ex.card wrapped
GET /cards/ex.other/$count count 2XX
  segments | cards | cast ex.other | count $count
  response text/plain int64`},
		{"keys", `
/boards: {get: {responses: {2XX: {description: x}}}}
/boards(name='{name}'):
  parameters: [{name: name, in: path, required: true, schema: {type: string}}]
  get: {responses: {2XX: {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/ex.board'}}}}}}
/boards(name='{name}')/cards:
  parameters: [{name: name, in: path, required: true, schema: {type: string}}]
  get: {responses: {2XX: {$ref: '#/components/responses/cards'}}}
/cards/{card-id}/next/{card-id1}/{other}:
  parameters:
    - {name: card-id, in: path, required: true, schema: {type: string}}
    - {name: card-id1, in: path, required: true, schema: {type: string}}
    - {name: other, in: path, required: true, schema: {type: string}}
  get: {responses: {2XX: {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/ex.dated'}}}}}}`, `
GET /boards get 2XX
  segments | boards
GET /boards(name='{name}') get 2XX
  segments | boards | key  name=name:string quoted of ex.board
  response application/json ex.board
GET /boards(name='{name}')/cards list pageable 2XX
  segments | boards | key  name=name:string quoted of ex.board | cards
  response application/json []ex.card wrapped
GET /cards/{card-id}/next/{card-id1}/{other} get 2XX
  segments | cards | key card-id of ex.card | next | key card-id1 of ex.card | key other of ex.dated
  response application/json ex.dated`},
		{"bodies", `
/a: {get: {responses: {2XX: {description: x, content: {text/html: {schema: {type: string}}}}}}}
/b: {get: {responses: {2XX: {description: x, content: {application/json: {}}}}}}
/c: {get: {responses: {2XX: {description: x, content: {image/png: {}}}}}}
/d: {get: {responses: {2XX: {description: x, content: {text/plain: {schema: {type: string}}, 'application/json;charset=utf-8': {schema: {type: boolean}}}}}}}
/e: {get: {responses: {2XX: {description: x, content: {application/problem+json: {schema: {type: integer}}}}}}}
/f: {get: {responses: {2XX: {description: x, content: {application/json: {schema: {type: string, format: binary}}}}}}}
/g: {get: {responses: {2XX: {description: x, content: {application/json: {schema: {type: array, items: {type: object, properties: {x: {type: string}}}}}}}}}}`, `
GET /a get 2XX
  segments | a
  response text/html string
GET /b get 2XX
  segments | b
  response application/json any
GET /c get 2XX
  segments | c
  response image/png stream
GET /d get 2XX
  segments | d
  response application/json;charset=utf-8 bool
GET /e get 2XX
  segments | e
  response application/problem+json int64
GET /f get 2XX
  segments | f
  response application/octet-stream stream
GET /g list 2XX
  segments | g
  response application/json []</g GET response>`},
		{"a parameter of the operation replaces that of the path", `
/a/{x}:
  parameters: [{name: x, in: path, required: true, schema: {type: string}}, {name: y, in: query, schema: {type: string}}]
  get: {parameters: [{name: y, in: query, schema: {type: boolean}}], responses: {}}`, `
GET /a/{x} get
  segments | a | key x
  query y bool`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := describe(loadText(t, header+"paths:\n"+indent(2, strings.TrimPrefix(test.paths, "\n"))+boards))
			for i, line := range got {
				if strings.Contains(line, " /") && !strings.HasPrefix(line, "model") {
					got = got[i:]
					break
				}
			}
			checkLines(t, test.want, got)
		})
	}
}

// Security that the document asks for counts where an operation says nothing.
func TestDefaultSecurity(t *testing.T) {
	pkg := loadText(t, header+`
security: [{oauth: [Board.Read]}]
paths:
  /a: {get: {responses: {}}}
  /b: {get: {responses: {}, security: []}}
  /c: {get: {responses: {}, security: [{oauth: [Other]}]}}
`)
	checkLines(t, `
GET /a get scopes ["Board.Read"] []
  segments | a
GET /b get
  segments | b
GET /c get scopes ["Other"] []
  segments | c`, describe(pkg)[1:])
}

// Which types are in the package: everything but answers of failure and of collections.
func TestWhole(t *testing.T) {
	pkg := loadText(t, header+`
paths:
  /cards: {get: {responses: {2XX: {$ref: '#/components/responses/cards'}, default: {$ref: '#/components/responses/error'}}}}
`+boards)
	checkLines(t, `
package Test, v1.0 at https://example.com/v1.0
model ex.board
  id string key
  name string
model ex.card derived ex.dated used
  id string key
model ex.dated base ex.card
  due string
enum ex.color
    red
GET /cards list pageable 2XX
  segments | cards
  response application/json []ex.card wrapped`, describe(pkg))
}

// An error schema that something else is declared with is a type like any other.
func TestErrorThatIsUsed(t *testing.T) {
	pkg := loadText(t, header+`
paths:
  /cards: {get: {responses: {2XX: {description: x, content: {application/json: {schema: {$ref: '#/components/schemas/ex.mainError'}}}}, default: {$ref: '#/components/responses/error'}}}}
`+boards)
	checkLines(t, `
model ex.mainError used
  code string`, part(pkg, "model ex.mainError"))
	checkLines(t, "", append(part(pkg, "model ex.error"), ""))
}

func TestVersion(t *testing.T) {
	tests := []struct{ server, want string }{
		{"https://example.com/v1.0/", "package T, v1.0 at https://example.com/v1.0"},
		{"https://example.com/beta", "package T, beta at https://example.com/beta"},
		{"https://example.com", "package T, info at https://example.com"},
	}
	for _, test := range tests {
		pkg := loadText(t, "openapi: 3.0.4\ninfo: {title: T, version: info}\nservers: [{url: '"+test.server+"'}]\npaths: {}\n")
		checkLines(t, test.want, describe(pkg))
	}
}

func TestOperationFaults(t *testing.T) {
	tests := []struct{ name, paths, want string }{
		{"undeclared key", `
/boards/{board-id}:
  get:
    responses: {}`, `
a.yaml:6:5: error: GET /boards/{board-id}: the path's parameter {board-id} is not declared (undeclared-parameter)
	hint: add a parameter with "name: board-id" and "in: path"`},
		{"declared for the query", `
/boards/{board-id}:
  get:
    parameters: [{name: board-id, in: query, schema: {type: string}}]
    responses: {}`, `
a.yaml:6:5: error: GET /boards/{board-id}: the path's parameter {board-id} is not declared (undeclared-parameter)
	hint: add a parameter with "name: board-id" and "in: path"`},
		{"undeclared argument", `
/ex.find(name='{name}'):
  get:
    responses: {}`, `
a.yaml:6:5: error: GET /ex.find(name='{name}'): the path's parameter {name} is not declared (undeclared-parameter)
	hint: add a parameter with "name: name" and "in: path"`},
		{"undeclared alias", `
/ex.find(name=@name):
  get:
    responses: {}`, `
a.yaml:6:5: error: GET /ex.find(name=@name): the argument @name is not declared (undeclared-parameter)
	hint: add a parameter with "name: name" and "in: query"`},
		{"a parameter that the path does not have", `
/boards:
  get:
    parameters:
      - {name: board-id, in: path, required: true, schema: {type: string}}
    responses: {}`, `
a.yaml:8:11: warning: GET /boards: the path has no parameter {board-id} (unused-parameter)`},
		{"an object", `
/boards:
  get:
    parameters: [{name: x, in: query, schema: {type: object, properties: {y: {type: string}}}}]
    responses: {}`, `
a.yaml:7:41: warning: a parameter that is an object is sent as the text that the caller gives (parameter)`},
		{"a parameter without a name", `
/boards:
  get:
    parameters: [{in: query, schema: {type: string}}]
    responses: {}`, `
a.yaml:7:20: error: this parameter has no name (parameter)
	hint: it needs "name" and "in"`},
		{"a pause that is none", `
/boards:
  post: {x-graphslice-pause: 2s, responses: {}}`, `
a.yaml:6:32: error: "x-graphslice-pause" must be a duration of seconds, such as PT2S (wrong-shape)`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			_, diags := loadFiles(t, map[string]string{"a.yaml": header + "paths:\n" + indent(2, strings.TrimPrefix(test.paths, "\n"))},
				Options{Specs: []string{"a.yaml"}})
			if diff := cmp.Diff([]string{strings.TrimPrefix(test.want, "\n")}, texts(diags)); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}
