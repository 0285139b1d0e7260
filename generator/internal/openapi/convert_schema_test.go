package openapi

import (
	"strings"
	"testing"
)

// indent puts spaces before every line of text.
func indent(n int, text string) string {
	pad := strings.Repeat(" ", n)
	return pad + strings.ReplaceAll(strings.TrimSuffix(text, "\n"), "\n", "\n"+pad) + "\n"
}

// schemas is a document of component schemas.
func schemas(text string) string { return header + "components:\n  schemas:\n" + indent(4, text) }

func TestTypes(t *testing.T) {
	const others = `
ex.color: {type: string, enum: [red, blue]}
ex.size: {type: object, properties: {width: {type: integer, format: int32}}}
ex.name: {type: string}
ex.names: {type: array, items: {$ref: '#/components/schemas/ex.name'}}
ex.maybe: {type: string, format: date, nullable: true}
ex.same: {$ref: '#/components/schemas/ex.size'}
ex.open: {type: object}
ex.labels: {type: object, additionalProperties: {type: string}}
ex.step: {type: integer, enum: [-1, 0, 1]}
ReferenceNumeric: {enum: ['-INF', INF, NaN]}
ReferenceCreate: {type: object, properties: {'@odata.id': {type: string}}, additionalProperties: {type: object}}
`
	tests := []struct{ schema, want string }{
		{"{}", "any"},
		{"{type: string}", "string"},
		{"{type: string, format: whatever}", "string"},
		{"{type: string, nullable: true}", "string?"},
		{"{type: string, format: date-time, pattern: x}", "datetime"},
		{"{type: string, format: date}", "date"},
		{"{type: string, format: time}", "time"},
		{"{type: string, format: duration}", "duration"},
		{"{type: string, format: uuid}", "guid"},
		{"{type: string, format: base64url}", "binary"},
		{"{type: string, format: byte}", "binary"},
		{"{type: string, format: binary}", "binary"},
		{"{type: string, format: decimal}", "decimal"},
		{"{type: boolean}", "bool"},
		{"{type: integer}", "int64"},
		{"{type: integer, format: uint8}", "uint8"},
		{"{type: integer, format: int8}", "int8"},
		{"{type: integer, format: int16}", "int16"},
		{"{type: integer, format: uint16}", "int32"},
		{"{type: integer, format: int32}", "int32"},
		{"{type: integer, format: uint32}", "int64"},
		{"{type: integer, format: int64}", "int64"},
		{"{type: number, format: int32, maximum: 2147483647}", "int32"},
		{"{type: number, format: int64}", "int64"},
		{"{type: number}", "float64"},
		{"{type: number, format: double}", "float64"},
		{"{type: number, format: float}", "float32"},
		{"{type: number, format: decimal}", "decimal"},
		{"{type: array, items: {}}", "[]any"},
		{"{type: array, items: {type: string, nullable: true}}", "[]string?"},
		{"{type: array, nullable: true, items: {$ref: '#/components/schemas/ex.size'}}", "[]ex.size?"},
		{"{type: array, items: {type: array, items: {type: boolean}}}", "[][]bool"},
		{"{type: object}", "any"},
		// without a type
		{"{nullable: true, description: Anything.}", "any?"},
		{"{type: array, items: {nullable: true}}", "[]any?"},
		{"{items: {type: string}}", "[]string"},
		{"{format: date-time}", "datetime"},
		{"{format: int32}", "int32"},
		{"{format: double, minimum: 0, exclusiveMinimum: 0}", "float64"},
		{"{pattern: a+, default: 5, example: {a: 1}}", "any"},
		{"{allOf: [{nullable: true}]}", "any"},
		// objects of any names
		{"{type: object, additionalProperties: {type: string}}", "map[string]"},
		{"{additionalProperties: {type: integer, format: int32, nullable: true}, nullable: true}", "map[int32?]?"},
		{"{type: object, additionalProperties: {$ref: '#/components/schemas/ex.size'}}", "map[ex.size]"},
		{"{type: object, additionalProperties: {allOf: [{$ref: '#/components/schemas/ex.color'}], nullable: true}}", "map[ex.color?]"},
		{"{type: object, additionalProperties: {type: array, items: {type: string}}}", "map[[]string]"},
		{"{type: object, additionalProperties: {type: object, additionalProperties: {type: boolean}}}", "map[map[bool]]"},
		{"{type: object, additionalProperties: {type: object, properties: {a: {type: string}}}}", "map[<ex.test p>]"},
		{"{type: array, items: {type: object, additionalProperties: {type: string}}}", "[]map[string]"},
		{"{$ref: '#/components/schemas/ex.labels'}", "map[string]"},
		{"{type: object, additionalProperties: {}}", "any"},
		{"{type: object, additionalProperties: true}", "any"},
		{"{type: object, additionalProperties: false}", "any"},
		{"{type: object, additionalProperties: {type: object, nullable: true}}", "any"},
		{"{type: object, properties: {a: {type: string}}, additionalProperties: {type: string}}", "<ex.test p>"},
		// enums of integers
		{"{type: integer, enum: [-1, 0, 1]}", "<ex.test p>"},
		{"{enum: [1, 2, null], nullable: true}", "<ex.test p>?"},
		{"{type: array, items: {type: number, enum: [1.0, 2]}}", "[]<ex.test p>"},
		{"{$ref: '#/components/schemas/ex.step'}", "ex.step"},
		{"{oneOf: [{$ref: '#/components/schemas/ex.step'}], nullable: true}", "ex.step?"},
		// what other tools write of text
		{"{type: string, format: uri}", "string"},
		{"{type: string, format: email, default: 1}", "string"},
		{"{type: string, enum: [a, null, 'null'], nullable: true, default: null}", "<ex.test p>?"},
		{"{type: array, maxItems: 2147483647, items: {type: string}}", "[]string"},
		{"{type: object, additionalProperties: {type: object}}", "any"},
		{"{type: object, title: thing}", "<ex.test p>"},
		{"{type: object, properties: {a: {type: string}}}", "<ex.test p>"},
		{"{properties: {a: {type: string}}, nullable: true}", "<ex.test p>?"},
		{"{type: array, items: {type: object, properties: {a: {type: string}}}}", "[]<ex.test p>"},
		{"{type: string, enum: [a, b]}", "<ex.test p>"},
		{"{enum: [a, null], nullable: true}", "<ex.test p>?"},
		{"{type: string, enum: [2020-01-01, 'on']}", "<ex.test p>"},
		{"{enum: ['-INF', INF, NaN]}", "float64"},
		// references
		{"{$ref: '#/components/schemas/ex.size'}", "ex.size"},
		{"{$ref: '#/components/schemas/ex.same'}", "ex.size"},
		{"{$ref: '#/components/schemas/ex.color'}", "ex.color"},
		{"{$ref: '#/components/schemas/ex.name'}", "string"},
		{"{$ref: '#/components/schemas/ex.names'}", "[]string"},
		{"{$ref: '#/components/schemas/ex.maybe'}", "date?"},
		{"{$ref: '#/components/schemas/ex.open'}", "ex.open"},
		{"{$ref: '#/components/schemas/ReferenceNumeric'}", "float64"},
		{"{$ref: '#/components/schemas/ReferenceCreate'}", "any"},
		{"{$ref: '#/components/schemas/ex.size', nullable: true}", "ex.size?"},
		{"{$ref: '#/components/schemas/ex.size', nullable: false}", "ex.size"},
		// nullable references
		{"{anyOf: [{$ref: '#/components/schemas/ex.size'}, {type: object, nullable: true}]}", "ex.size?"},
		{"{anyOf: [{$ref: '#/components/schemas/ex.color'}, {type: object, nullable: true}]}", "ex.color?"},
		{"{oneOf: [{type: object, nullable: true}, {$ref: '#/components/schemas/ex.size'}]}", "ex.size?"},
		{"{anyOf: [{$ref: '#/components/schemas/ex.size'}], nullable: true}", "ex.size?"},
		{"{anyOf: [{type: object, nullable: true}]}", "any?"},
		{"{allOf: [{$ref: '#/components/schemas/ex.size'}]}", "ex.size"},
		{"{allOf: [{$ref: '#/components/schemas/ex.size'}], nullable: true}", "ex.size?"},
		{"{allOf: [{$ref: '#/components/schemas/ex.color'}, {description: x}]}", "ex.color"},
		{"{allOf: [{$ref: '#/components/schemas/ex.size'}, {type: object, nullable: true}]}", "ex.size?"},
		{"{allOf: [{type: string, format: date}]}", "date"},
		{"{allOf: [{$ref: '#/components/schemas/ex.size'}, {type: object, properties: {b: {type: string}}}]}", "<ex.test p>"},
		// numbers that may be text
		{"{oneOf: [{type: number, format: double}, {type: string}, {enum: ['-INF', INF, NaN]}]}", "float64"},
		{"{oneOf: [{type: number, format: float, nullable: true}, {type: string, nullable: true}, {$ref: '#/components/schemas/ReferenceNumeric'}]}", "float32?"},
		{"{anyOf: [{type: number, format: decimal}, {type: string}]}", "decimal"},
		{"{anyOf: [{type: number}, {type: string}], format: decimal, nullable: true}", "decimal?"},
		{"{anyOf: [{type: string}, {type: integer, format: int64}]}", "int64"},
		// text
		{"{anyOf: [{type: string}, {$ref: '#/components/schemas/ex.color'}]}", "ex.color"},
		{"{anyOf: [{type: string, format: date}, {type: string}]}", "string"},
	}
	for _, test := range tests {
		t.Run(test.schema, func(t *testing.T) {
			pkg := loadText(t, schemas(others+"ex.test: {type: object, properties: {p: "+test.schema+"}}\n"))
			for _, m := range pkg.Models {
				if m.Name == "ex.test" {
					if got := typeText(m.Properties[0].Type); got != test.want {
						t.Errorf("got %s, want %s", got, test.want)
					}
				}
			}
		})
	}
}

func TestModels(t *testing.T) {
	tests := []struct{ name, schemas, want string }{
		{"properties by name, the key first", `
ex.card:
  title: card
  required: [text]
  type: object
  description: "A card.\r\n\r\nIt has two sides.  "
  externalDocs: {url: https://example.com/card}
  properties:
    text: {type: string, description: What it says., deprecated: true}
    id: {type: string, readOnly: true}
    '@odata.type': {type: string}
    color@odata.bind: {type: string}
    back: {type: string, x-ms-deprecation: {description: turn it yourself, removalDate: 2027-01-01}}
    tags: {type: array, maxItems: 3, items: {type: string}}
  additionalProperties: {type: object}`, `
model ex.card "A card.\n\nIt has two sides." see "https://example.com/card"
  id string key readonly
  back string deprecated: "turn it yourself" until "2027-01-01"
  tags []string max 3
  text string required "What it says." deprecated: "deprecated"`},
		{"keys", `
ex.a: {type: object, properties: {id: {type: string, nullable: true}}}
ex.b: {type: object, x-graphslice-key: [nr], properties: {id: {type: string}, nr: {type: integer}}}
ex.c: {type: object, properties: {id: {type: string, format: uuid}}}
ex.d: {type: object, properties: {id: {type: integer}}}
ex.e: {allOf: [{$ref: '#/components/schemas/ex.c'}, {type: object, x-graphslice-key: [id], properties: {x: {type: string}}}]}`, `
model ex.a
  id string?
model ex.b
  nr int64 key
  id string
model ex.c derived ex.e
  id guid key
model ex.d
  id int64
model ex.e base ex.c
  x string`},
		{"inheritance", `
ex.thing: {type: object, properties: {id: {type: string}}}
ex.card:
  allOf:
    - $ref: '#/components/schemas/ex.thing'
    - {title: card, type: object, properties: {text: {type: string}}, description: A card.}
ex.dated:
  allOf:
    - $ref: '#/components/schemas/ex.card'
    - {type: object, properties: {due: {type: string, format: date}, text: {type: string}}}
    - {type: object, properties: {done: {type: boolean}}}
ex.plain: {allOf: [{$ref: '#/components/schemas/ex.thing'}, {type: object}]}
ex.bare: {allOf: [{$ref: '#/components/schemas/ex.card'}]}`, `
model ex.bare base ex.card
model ex.card base ex.thing derived ex.bare ex.dated "A card."
  text string
model ex.dated base ex.card
  done bool
  due date
model ex.plain base ex.thing
model ex.thing derived ex.card ex.plain
  id string key`},
		{"discriminator", `
ex.card:
  type: object
  x-graphslice-abstract: true
  x-graphslice-open-type: true
  x-graphslice-entity-set: cards
  required: ['@odata.type']
  properties: {'@odata.type': {type: string}, next: {$ref: '#/components/schemas/ex.card'}}
  discriminator: {propertyName: '@odata.type', mapping: {'#ex.dated': '#/components/schemas/ex.dated'}}
ex.dated: {allOf: [{$ref: '#/components/schemas/ex.card'}, {type: object, x-graphslice-reference: true, properties: {due: {type: string}}}]}`, `
model ex.card derived ex.dated discriminator used abstract open in cards
  next ex.card
model ex.dated base ex.card reference
  due string`},
		{"navigation", `
ex.card: {type: object, properties: {id: {type: string}}}
ex.board:
  type: object
  properties:
    cards: {type: array, items: {$ref: '#/components/schemas/ex.card'}, x-ms-navigationProperty: true, x-graphslice-contains-target: true}
    first:
      anyOf: [{$ref: '#/components/schemas/ex.card'}, {type: object, nullable: true}]
      description: The first.
      x-ms-navigationProperty: true
    last: {$ref: '#/components/schemas/ex.card', x-ms-navigationProperty: true, x-graphslice-entity-set: a/cards, description: The last.}
    none: {$ref: '#/components/schemas/ex.card', x-ms-navigationProperty: false}`, `
model ex.board
  cards []ex.card navigation contained
  first ex.card? navigation "The first."
  last ex.card navigation in a/cards "The last."
  none ex.card
model ex.card used
  id string key`},
		{"objects without a name", `
ex.board:
  type: object
  properties:
    size: {type: object, description: How big., properties: {unit: {type: string, enum: [mm, in]}, of: {type: object, properties: {x: {type: number}}}}}
    cards: {type: array, items: {allOf: [{$ref: '#/components/schemas/ex.card'}, {type: object, properties: {at: {type: integer}}}]}}
ex.card: {type: object, properties: {id: {type: string}}}`, `
model <ex.board cards> base ex.card used
  at int64
model <ex.board size> used "How big."
  of <ex.board size of>
  unit <ex.board size unit>
model <ex.board size of> used
  x float64
model ex.board
  cards []<ex.board cards>
  size <ex.board size> "How big."
model ex.card
  id string key
enum <ex.board size unit>
    mm
    in`},
		{"enums", `
ex.color:
  title: color
  description: Which color.
  type: string
  enum: [red, unknownFutureValue, blue]
  x-ms-enum: {name: color, modelAsString: false, values: [{value: red, description: Like blood., name: red}, {value: blue}]}
ex.days: {type: string, enum: [mo, tu], x-ms-enum-flags: {isFlags: true}, deprecated: true}`, `
enum ex.color "Which color."
    red "Like blood."
    unknownFutureValue
    blue
enum ex.days flags deprecated: "deprecated"
    mo
    tu`},
		{"constants", `
ex.member:
  type: object
  properties:
    role: {type: string, x-ms-enum: {name: role, modelAsString: true, values: [{value: owner, description: Owns it.}, {value: guest}]}}
    roles: {type: array, items: {type: string, nullable: true, x-ms-enum: {name: role, modelAsString: true, values: [{value: owner}]}}}
    size: {type: string, x-ms-enum: {name: size, modelAsString: true}}`, `
model ex.member
  role string
  constants role
    owner "Owns it."
    guest
  roles []string?
  constants role
    owner
  size string`},
		{"a component of nothing but prose and properties of a base", `
ex.thing: {type: object, properties: {id: {type: string}}}
ex.card: {description: A card., allOf: [{$ref: '#/components/schemas/ex.thing'}], properties: {text: {type: string}}}`, `
model ex.card base ex.thing "A card."
  text string
model ex.thing derived ex.card
  id string key`},
		{"collection answers are no types", `
BaseCollection: {type: object, properties: {'@odata.count': {type: integer}, '@odata.nextLink': {type: string}}}
ex.cards: {allOf: [{$ref: '#/components/schemas/BaseCollection'}, {type: object, properties: {value: {type: array, items: {$ref: '#/components/schemas/ex.card'}}}}]}
ex.oldCards: {title: Collection of card, type: object, properties: {value: {type: array, items: {$ref: '#/components/schemas/ex.card'}}, '@odata.nextLink': {type: string}}}
ex.card: {type: object, properties: {value: {type: string}}}`, `
model ex.card
  value string`},
		{"unless a property is declared with one", `
ex.list: {type: object, properties: {value: {type: array, items: {type: string}}}}
ex.card: {type: object, properties: {lines: {$ref: '#/components/schemas/ex.list'}}}`, `
model ex.card
  lines ex.list
model ex.list used
  value []string`},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got := describe(loadText(t, schemas(strings.TrimPrefix(test.schemas, "\n"))))
			checkLines(t, test.want, got[1:])
		})
	}
}

// A second base gives its properties and those of its own bases, but none that the first has.
func TestSecondBase(t *testing.T) {
	pkg, _ := loadFiles(t, map[string]string{"a.yaml": schemas(`
ex.a: {type: object, properties: {a: {type: string}}}
ex.b: {type: object, properties: {b: {type: string}}}
ex.c: {allOf: [{$ref: '#/components/schemas/ex.b'}, {type: object, properties: {a: {type: string}, c: {type: string}}}]}
ex.d: {allOf: [{$ref: '#/components/schemas/ex.a'}, {$ref: '#/components/schemas/ex.c'}, {type: object, properties: {d: {type: string}}}]}`)},
		Options{Specs: []string{"a.yaml"}})
	checkLines(t, `
model ex.d base ex.a
  b string
  c string
  d string`, part(pkg, "model ex.d"))
}
