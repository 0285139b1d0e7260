package api_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/api"
	"github.com/graphslice/graphslice/generator/internal/ir"
	"github.com/graphslice/graphslice/generator/internal/lock"
	"github.com/graphslice/graphslice/generator/internal/names"
	"github.com/graphslice/graphslice/generator/internal/openapi"
)

const stalls = `openapi: 3.0.4
info: {title: Stalls, version: v1.0}
servers: [{url: 'https://graph.microsoft.com/v1.0'}]
paths:
  /stalls/{stall-id}/goods:
    parameters: [{name: stall-id, in: path, required: true, schema: {type: string}}]
    get:
      description: Lists the goods.
      security: [{delegated: [Stall.Read]}]
      parameters:
        - {name: $top, in: query, schema: {type: integer, format: int32}}
        - {name: day, in: query, required: true, deprecated: true, schema: {type: string, format: date}}
      responses:
        2XX:
          description: The goods.
          content:
            application/json:
              schema:
                type: object
                properties:
                  value: {type: array, items: {$ref: '#/components/schemas/ex.good'}}
                  '@odata.nextLink': {type: string}
  /stalls/{stall-id}/ex.close(at='{at}'):
    get:
      parameters:
        - {name: stall-id, in: path, required: true, schema: {type: string}}
        - {name: at, in: path, required: true, schema: {type: string, format: date-time}}
      responses: {'204': {description: Closed.}}
components:
  securitySchemes: {delegated: {type: oauth2, flows: {}}}
  schemas:
    ex.thing: {title: thing, type: object, properties: {id: {type: string}}, x-graphslice-abstract: true}
    ex.good:
      allOf:
        - $ref: '#/components/schemas/ex.thing'
        - title: good
          type: object
          required: [price]
          properties:
            price: {type: string, format: decimal, readOnly: true, description: In pounds.}
            kinds: {type: array, maxItems: 3, items: {$ref: '#/components/schemas/ex.kind'}}
            from: {allOf: [{$ref: '#/components/schemas/ex.good'}], x-ms-navigationProperty: true}
            box: {allOf: [{$ref: '#/components/schemas/ex.good'}], x-ms-navigationProperty: true, x-graphslice-contains-target: true}
            mood: {type: string, nullable: true, x-ms-enum: {name: mood, modelAsString: true, values: [{value: fresh}]}}
      x-graphslice-entity-set: goods
      x-graphslice-open-type: true
      deprecated: true
      x-ms-deprecation: {removalDate: '2027-01-01', description: Use wares.}
    ex.kind: {title: kind, type: string, enum: [b, a], x-ms-enum-flags: {isFlags: true}}
`

func TestElements(t *testing.T) {
	path := filepath.Join(t.TempDir(), "slice.yaml")
	if err := os.WriteFile(path, []byte(stalls), 0o666); err != nil {
		t.Fatal(err)
	}
	pkg, diags := openapi.Load(context.Background(), openapi.Options{Specs: []string{path}})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	roots := ir.Resources(pkg.Operations)
	table, diags := names.Assign(pkg, roots, names.Reserved{}, names.Pins{})
	if diags.HasErrors() {
		t.Fatal(diags)
	}
	const stall = `{"name":"stalls"},{"kind":"key","name":"stall-id"}`
	want := []lock.Element{
		{Kind: "constant", ID: "mood/fresh", Name: "MoodFresh", Facts: `{}`},
		{Kind: "enum", ID: "ex.kind", Name: "ExKind", Facts: `{"flags":true}`},
		{Kind: "member", ID: "ex.kind/a", Name: "ExKindA", Facts: `{"order":1}`},
		{Kind: "member", ID: "ex.kind/b", Name: "ExKindB", Facts: `{}`},
		{Kind: "operation", ID: "GET /stalls/{stall-id}/ex.close(at='{at}')", Name: "ExClose",
			Facts: `{"does":"function","on":"StallRequests","options":"StallExCloseOptions","statuses":["204"],"segments":[` + stall +
				`,{"kind":"function","name":"ex.close","args":[{"name":"at","param":"at","quoted":true,"type":"Edm.DateTimeOffset"}]}]}`},
		{Kind: "operation", ID: "GET /stalls/{stall-id}/goods", Name: "List",
			Facts: `{"does":"list","on":"StallGoodsRequests","options":"StallGoodsListOptions","response":{"type":"Collection(ex.good)","wrapped":true},` +
				`"statuses":["2XX"],"pageable":true,"scopes":["Stall.Read"],"segments":[` + stall + `,{"name":"goods"}],"doc":"` +
				api.DocHash("", "Lists the goods.", "") + `"}`},
		{Kind: "parameter", ID: "GET /stalls/{stall-id}/goods?$top", Name: "Top", Facts: `{"type":"Edm.Int32","system":true}`},
		{Kind: "parameter", ID: "GET /stalls/{stall-id}/goods?day", Name: "Day",
			Facts: `{"type":"Edm.Date","required":true,"order":1,"deprecated":{"text":"deprecated"}}`},
		{Kind: "path", ID: "/stalls", Name: "Stalls", Facts: `{"accessor":"Stalls","requests":"StallsRequests"}`},
		{Kind: "path", ID: "/stalls/{stall-id}", Name: "Stall", Facts: `{"accessor":"ByID","requests":"StallRequests"}`},
		{Kind: "path", ID: "/stalls/{stall-id}/ex.close(at='{at}')", Name: "StallExClose", Facts: `{"accessor":"ExClosePath"}`},
		{Kind: "path", ID: "/stalls/{stall-id}/goods", Name: "StallGoods", Facts: `{"accessor":"Goods","requests":"StallGoodsRequests"}`},
		{Kind: "property", ID: "ex.good/box", Name: "Box", Facts: `{"type":"ex.good","navigation":true,"contained":true}`},
		{Kind: "property", ID: "ex.good/from", Name: "From", Facts: `{"type":"ex.good","navigation":true,"binds":"goods"}`},
		{Kind: "property", ID: "ex.good/kinds", Name: "Kinds", Facts: `{"type":"Collection(ex.kind)","maxItems":3}`},
		{Kind: "property", ID: "ex.good/mood", Name: "Mood", Facts: `{"type":"Edm.String","nullable":true,"constants":"mood"}`},
		{Kind: "property", ID: "ex.good/price", Name: "Price",
			Facts: `{"type":"Edm.Decimal","readOnly":true,"required":true,"doc":"` + api.DocHash("", "In pounds.", "") + `"}`},
		{Kind: "property", ID: "ex.thing/id", Name: "ID", Facts: `{"type":"Edm.String","key":true}`},
		{Kind: "service", ID: "service", Facts: `{"root":"https://graph.microsoft.com/v1.0"}`},
		{Kind: "type", ID: "ex.good", Name: "ExGood",
			Facts: `{"base":"ex.thing","open":true,"entitySet":"goods","deprecated":{"text":"Use wares.","removal":"2027-01-01"}}`},
		{Kind: "type", ID: "ex.thing", Name: "ExThing", Facts: `{"abstract":true}`},
	}
	if diff := cmp.Diff(want, api.Elements(pkg, roots, table, nil)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
