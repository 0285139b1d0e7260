package model

import (
	"strings"
	"testing"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/diag"
)

const metadata = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="a" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="root"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType>
<EntityType Name="book" BaseType="a.root"><Property Name="size" Type="a.size"/><NavigationProperty Name="next" Type="a.book"/></EntityType>
<EnumType Name="size"><Member Name="large"/></EnumType><EntityContainer Name="c"><EntitySet Name="books" EntityType="a.book"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`

const document = `openapi: 3.0.4
paths: {}
components:
  schemas:
    a.root: {type: object, properties: {id: {type: string}}}
    a.book:
      allOf:
        - $ref: '#/components/schemas/a.root'
        - type: object
          properties:
            size: {type: string}
            gone: {type: string}
    a.atlas:
      allOf:
        - $ref: '#/components/schemas/a.book'
        - type: object
          properties:
            maps: {type: array, items: {$ref: '#/components/schemas/a.map'}}
            of: {$ref: '#/components/schemas/a.book'}
            about: {$ref: '#/components/schemas/a.plain'}
            marked: {anyOf: [{$ref: '#/components/schemas/a.plain'}, {type: object, nullable: true}], x-ms-navigationProperty: true}
    a.map: {allOf: [{$ref: '#/components/schemas/a.root'}, {type: object}]}
    a.plain: {type: object, properties: {id: {type: string}, name: {type: string}}}
    a.ring: {allOf: [{$ref: '#/components/schemas/a.chain'}, {type: object}]}
    a.chain: {allOf: [{$ref: '#/components/schemas/a.ring'}, {type: object}]}
`

func read(t *testing.T) *Types {
	t.Helper()
	doc, diags := csdl.Read(csdl.Input{Name: "a.xml", Text: strings.NewReader(metadata)})
	var found diag.List
	published := Open("a.yaml", []byte(document), &found)
	if diags = append(diags, found...); len(diags) > 0 {
		t.Fatal(diags)
	}
	return New(doc, published)
}

// A schema that the metadata lacks inherits from its types; what the document says of those is another type beside.
func TestInheritance(t *testing.T) {
	m := read(t)
	for name, want := range map[string]string{
		"a.root": "", "a.book": "a.root", "a.atlas": "a.book a.root", "a.map": "a.root", "a.ring": "a.chain", "a.chain": "a.ring", "a.size": "",
	} {
		if got := strings.Join(m.Type(name).Bases(), " "); got != want {
			t.Errorf("bases of %s: %q, want %q", name, got, want)
		}
	}
	book, theirs := m.Type("a.book"), m.Published("a.book")
	if book.Metadata == nil || theirs.Metadata != nil || m.Type("a.book") != book || m.Type("a.atlas") != m.Published("a.atlas") {
		t.Error("the metadata's type counts, and is one value")
	}
	if book.Property("gone") != nil || theirs.Property("gone") == nil || theirs.Property("next") != nil || theirs.Property("id").Schema == nil {
		t.Error("each source has its own properties, inherited ones as well")
	}
	if p := m.Type("a.atlas").Property("next"); p == nil || p.Metadata == nil {
		t.Error("a schema has the properties of its base in the metadata")
	}
	if m.Type("a.nothing") != nil || m.Has("a.nothing") || !m.Has("a.plain") || m.InMetadata("a.plain") {
		t.Error("what the sources have")
	}
}

// One rule says for both sources what leads to another entity, and what is the root of all.
func TestNavigation(t *testing.T) {
	m := read(t)
	for path, want := range map[string]bool{
		"a.book/next": true, "a.book/size": false, "a.atlas/maps": true, "a.atlas/of": true, "a.atlas/about": false, "a.atlas/marked": true,
		"a.plain/name": false,
	} {
		name, property, _ := strings.Cut(path, "/")
		if got := m.Type(name).Property(property).IsNavigation(); got != want {
			t.Errorf("%s is navigation: %v, want %v", path, got, want)
		}
	}
	for name, want := range map[string]bool{"a.root": true, "a.book": false, "a.map": false, "a.plain": false, "a.size": false, "a.nothing": false} {
		if m.Type(name).IsRoot() != want || name != "a.nothing" && m.Published(name) != nil && m.Published(name).IsRoot() != want {
			t.Errorf("%s is the root: want %v", name, want)
		}
	}
}
