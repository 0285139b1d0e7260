package csdl_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/diag"
)

// document wraps declarations as one schema with a container, so that line 1 is the first of them.
func document(declarations string) string {
	return `<?xml version="1.0"?><edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>` +
		`<Schema Namespace="some.shop" Alias="shop" xmlns="http://docs.oasis-open.org/odata/ns/edm">` + declarations +
		`<EntityContainer Name="Service"/></Schema></edmx:DataServices></edmx:Edmx>`
}

func read(t *testing.T, texts ...string) *csdl.Document {
	t.Helper()
	var inputs []csdl.Input
	for _, text := range texts {
		inputs = append(inputs, csdl.Input{Name: "in.xml", Text: strings.NewReader(text)})
	}
	doc, diags := csdl.Read(inputs...)
	if len(diags) > 0 {
		t.Fatal(diags)
	}
	return doc
}

const shop = `
<EntityType Name="entity" Abstract="true"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
<EntityType Name="order" BaseType="shop.entity" OpenType="true" HasStream="true">
  <Property Name="lines" Type="Collection(some.shop.line)" Nullable="false"><Annotation Term="Org.OData.Core.V1.Computed" Bool="true"/></Property>
  <Property Name="size" Type="shop.size"/>
  <Property Name="weight" Type="shop.kilograms"/>
  <NavigationProperty Name="notes" Type="Collection(shop.note)" ContainsTarget="true"/>
  <NavigationProperty Name="buyer" Type="shop.buyer" Partner="orders"/>
  <Annotation Term="Org.OData.Core.V1.AlternateKeys"><Collection><Record><PropertyValue Property="Key"><Collection>
    <Record><PropertyValue Property="Alias" String="no"/><PropertyValue Property="Name" PropertyPath="number"/></Record>
    <Record><PropertyValue Property="Name" PropertyPath="year"/></Record>
  </Collection></PropertyValue></Record></Collection></Annotation>
</EntityType>
<EntityType Name="note" BaseType="shop.entity"/>
<EntityType Name="buyer" BaseType="shop.entity"/>
<EntityType Name="bulkOrder" BaseType="shop.order"/>
<ComplexType Name="line"><Property Name="count" Type="Edm.Int32" Nullable="false"/></ComplexType>
<EnumType Name="size" IsFlags="true"><Member Name="s" Value="1"/><Member Name="m" Value="2"/></EnumType>
<TypeDefinition Name="kilograms" UnderlyingType="Edm.Double"/>
<Action Name="ship" IsBound="true"><Parameter Name="it" Type="shop.order"/><Parameter Name="to" Type="Edm.String"/><ReturnType Type="Edm.Boolean" Nullable="false"/></Action>
<Function Name="ship" IsBound="true"><Parameter Name="it" Type="Collection(shop.order)"/><Parameter Name="on" Type="Edm.Date"><Annotation Term="Org.OData.Core.V1.OptionalParameter"/></Parameter><ReturnType Type="Collection(shop.order)"/></Function>
<Annotations Target="shop.order/size"><Annotation Term="Org.OData.Core.V1.Description" String="How &amp; large"/></Annotations>
<Annotations Target="some.shop.size/m"><Annotation Term="Org.OData.Core.V1.Description" String="medium"/></Annotations>
<Annotations Target="shop.ship(shop.order, Edm.String)"><Annotation Term="Org.OData.Core.V1.Description" String="Ships it."/></Annotations>
<Annotations Target="shop.Main/orders"><Annotation Term="Org.OData.Capabilities.V1.UpdateRestrictions"><Record><PropertyValue Property="UpdateMethod"><EnumMember>x/PUT</EnumMember></PropertyValue></Record></Annotation></Annotations>
<EntityContainer Name="Main">
  <EntitySet Name="orders" EntityType="shop.order"><NavigationPropertyBinding Path="shop.bulkOrder/buyer" Target="shop.Main/buyers"/></EntitySet>
  <EntitySet Name="buyers" EntityType="shop.buyer"/>
  <Singleton Name="me" Type="shop.buyer"/>
</EntityContainer>`

func TestRead(t *testing.T) {
	doc := read(t, document(shop))
	order := doc.Type("some.shop.order")

	type facts struct {
		Base                        string
		Entity, Abstract, Open, Own bool
		Keys                        []string
		Derived                     []string
	}
	about := func(name string) facts {
		typ := doc.Type(name)
		f := facts{Entity: typ.Entity, Abstract: typ.Abstract, Open: typ.Open, Own: len(typ.Key) > 0, Keys: typ.Keys()}
		if typ.Base != nil {
			f.Base = typ.Base.Name
		}
		for _, d := range typ.Derived {
			f.Derived = append(f.Derived, d.ShortName())
		}
		return f
	}
	for name, want := range map[string]facts{
		"some.shop.entity": {Entity: true, Abstract: true, Own: true, Keys: []string{"id"}, Derived: []string{"buyer", "note", "order"}},
		"some.shop.order":  {Base: "some.shop.entity", Entity: true, Open: true, Keys: []string{"id"}, Derived: []string{"bulkOrder"}},
		"some.shop.line":   {},
	} {
		if diff := cmp.Diff(want, about(name)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}

	var properties []string
	for _, p := range order.AllProperties() {
		text := p.Path() + " " + p.Type.String()
		for word, is := range map[string]bool{" nullable": p.Nullable, " navigation": p.Navigation, " contained": p.Contained} {
			if is && !(word == " nullable" && p.Navigation) {
				text += word
			}
		}
		properties = append(properties, strings.Replace(text, " contained navigation", " navigation contained", 1))
	}
	want := []string{
		"some.shop.entity/id Edm.String",
		"some.shop.order/lines Collection(some.shop.line)",
		"some.shop.order/size some.shop.size nullable",
		"some.shop.order/weight Edm.Double nullable",
		"some.shop.order/notes Collection(some.shop.note) navigation contained",
		"some.shop.order/buyer some.shop.buyer navigation",
	}
	if diff := cmp.Diff(want, properties); diff != "" {
		t.Errorf("properties (-want +got):\n%s", diff)
	}
	if order.Property("lines").Type.Type != doc.Type("some.shop.line") || order.Property("size").Type.Enum != doc.Enum("some.shop.size") {
		t.Error("types are not resolved")
	}
	wantKeys := []csdl.AlternateKey{{{Property: "number", Alias: "no"}, {Property: "year", Alias: "year"}}}
	if diff := cmp.Diff(wantKeys, order.AlternateKeys()); diff != "" {
		t.Errorf("alternate keys (-want +got):\n%s", diff)
	}
	if pos := order.Pos; pos != (diag.Pos{File: "in.xml", Line: 3, Column: 1}) {
		t.Errorf("order is at %v", pos)
	}
	if pos := order.Property("size").Pos; pos != (diag.Pos{File: "in.xml", Line: 5, Column: 3}) {
		t.Errorf("size is at %v", pos)
	}
}

func TestReadAnnotations(t *testing.T) {
	doc := read(t, document(shop))
	order := doc.Type("some.shop.order")
	description := "Org.OData.Core.V1.Description"
	texts := map[string]string{
		"property": order.Property("size").Annotations.Text(description),
		"member":   doc.Enum("some.shop.size").Members[1].Annotations.Text(description),
		"overload": doc.Operations[0].Annotations.Text(description),
		"other":    doc.Operations[1].Annotations.Text(description),
		"inline":   order.Property("lines").Annotations.Text("Org.OData.Core.V1.Computed"),
		"tag":      doc.Operations[1].Parameters[1].Annotations.Text("Org.OData.Core.V1.OptionalParameter"),
	}
	value, _ := doc.EntitySets[0].Annotations.Find("Org.OData.Capabilities.V1.UpdateRestrictions")
	texts["record"] = value.Field("UpdateMethod").Text
	want := map[string]string{
		"property": "How & large", "member": "medium", "overload": "Ships it.", "other": "", "inline": "true", "tag": "true", "record": "x/PUT",
	}
	if diff := cmp.Diff(want, texts); diff != "" {
		t.Errorf("annotations (-want +got):\n%s", diff)
	}
}

func TestReadOperationsAndContainer(t *testing.T) {
	doc := read(t, document(shop))
	ship, find := doc.Operations[0], doc.Operations[1]
	if ship.Function || !find.Function || !ship.Bound || ship.ReturnNullable || !find.ReturnNullable {
		t.Errorf("operations are %+v and %+v", ship, find)
	}
	if len(ship.Arguments()) != 1 || ship.Arguments()[0].Optional() || !find.Arguments()[0].Optional() {
		t.Error("arguments are not what was declared")
	}
	if find.Return.String() != "Collection(some.shop.order)" || find.Return.Type != doc.Type("some.shop.order") {
		t.Errorf("the function returns %v", find.Return)
	}
	set := doc.EntitySets[0]
	if set.Type != doc.Type("some.shop.order") || doc.Singletons[0].Type != doc.Type("some.shop.buyer") {
		t.Error("types of entity sets and singletons are not resolved")
	}
	wantBinding := csdl.Binding{Path: "some.shop.bulkOrder/buyer", Target: "buyers", Pos: set.Bindings[0].Pos}
	if diff := cmp.Diff([]csdl.Binding{wantBinding}, set.Bindings); diff != "" {
		t.Errorf("bindings (-want +got):\n%s", diff)
	}
}

// TestReadSeveral reads a document that refers to types of another one.
func TestReadSeveral(t *testing.T) {
	more := `<edmx:Edmx Version="4.01" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
<edmx:Reference Uri="x"><edmx:Include Namespace="some.shop" Alias="s"/></edmx:Reference><edmx:DataServices>
<Schema Namespace="some.more" xmlns="http://docs.oasis-open.org/odata/ns/edm"><EntityType Name="gift" BaseType="s.order"/></Schema>
</edmx:DataServices></edmx:Edmx>`
	doc := read(t, document(shop), more)
	if gift := doc.Type("some.more.gift"); gift == nil || gift.Base != doc.Type("some.shop.order") {
		t.Errorf("the second document's type is %+v", gift)
	}
}

func TestReadFaults(t *testing.T) {
	head := `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>` + "\n"
	schema := head + `<Schema Namespace="a" xmlns="http://docs.oasis-open.org/odata/ns/edm">` + "\n"
	cases := map[string]struct{ text, want string }{
		"empty":         {"", "in.xml:1:1: error: the document is not XML (metadata-syntax)\n\thint: OData metadata is what a service serves at $metadata"},
		"JSON":          {`{"openapi": "3.0.4"}`, "in.xml:1:1: error: the document is not XML (metadata-syntax)\n\thint: OData metadata is what a service serves at $metadata"},
		"HTML":          {"<html><body>", `in.xml:1:1: error: the document begins with <html>, it is not OData 4 metadata (metadata-root)` + "\n\thint: OData metadata begins with <edmx:Edmx xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\">"},
		"cut short":     {schema + "<EntityType Name=\"x\">\n<Property Na", "in.xml:4:13: error: the document ends inside <EntityType> of line 3 (metadata-cut-short)\n\thint: fetch it again"},
		"DOCTYPE":       {"<!DOCTYPE x [<!ENTITY a \"b\">]>\n" + head, "in.xml:1:1: error: the document has a DOCTYPE (metadata-doctype)\n\thint: metadata has none; DOCTYPE and entities are refused"},
		"entity":        {schema + "<EntityType Name=\"&lol;\"/>", "in.xml:3:24: error: invalid character entity &lol; (metadata-entity)\n\thint: only &amp; &lt; &gt; &apos; &quot; and character references are read"},
		"encoding":      {`<?xml version="1.0" encoding="utf-16"?><x/>`, "in.xml:1:1: error: the document is not in UTF-8 (metadata-encoding)\n\thint: convert it to UTF-8"},
		"version":       {`<edmx:Edmx Version="3.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"/>`, "in.xml:1:1: error: the metadata is of version \"3.0\" (metadata-version)\n\thint: versions 4.0 and 4.01 are read"},
		"XML namespace": {head + `<Schema Namespace="a" xmlns="http://schemas.microsoft.com/ado/2009/11/edm"/>`, "in.xml:2:1: error: <Schema> is of the unknown namespace \"http://schemas.microsoft.com/ado/2009/11/edm\" (metadata-namespace)\n\thint: metadata of OData 4.0 and 4.01 is read: http://docs.oasis-open.org/odata/ns/edm"},
		"no container":  {schema + "</Schema></edmx:DataServices></edmx:Edmx>", "in.xml: error: the metadata has no entity container, so nothing in it can be addressed (metadata-container)\n\thint: a service's whole metadata has one <EntityContainer>; fetch it from $metadata"},
		"no name":       {document("\n<EntityType/>"), "in.xml:2:1: error: <EntityType> has no Name (metadata-attribute)"},
		"not closed":    {document("\n<EntityType Name=\"a\"></Property>"), "in.xml:2:33: error: element <EntityType> closed by </Property> (metadata-syntax)"},
		"alias": {document("\n<ComplexType Name=\"x\"><Property Name=\"p\" Type=\"foo.y\"/>\n<Property Name=\"q\" Type=\"foo.z\"/></ComplexType>"),
			"in.xml:2:23: error: some.shop.x/p: \"foo.y\" is of an unknown namespace or alias (metadata-unknown-namespace)\n\thint: known are shop, some.shop"},
		"type": {document("\n<ComplexType Name=\"x\"><Property Name=\"p\" Type=\"shop.y\"/>\n<Property Name=\"q\" Type=\"shop.y\"/></ComplexType>"),
			"in.xml:2:23: error: some.shop.x/p is of type some.shop.y, which is not declared (metadata-unknown-type)"},
		"primitive type": {document("\n<ComplexType Name=\"x\"><Property Name=\"p\" Type=\"Edm.Integer\"/></ComplexType>"),
			"in.xml:2:23: error: some.shop.x/p is of type Edm.Integer, which OData does not have (metadata-unknown-type)"},
		"base": {document("\n<EntityType Name=\"x\" BaseType=\"shop.y\"/>"),
			"in.xml:2:1: error: some.shop.x derives from some.shop.y, which is not declared (metadata-unknown-type)"},
		"navigation": {document("\n<EntityType Name=\"x\">\n<NavigationProperty Name=\"n\" Type=\"shop.gone\"/></EntityType>"),
			"in.xml:3:1: error: some.shop.x/n is of type some.shop.gone, which is not declared (metadata-unknown-type)"},
		"navigation to a complex type": {document("\n<ComplexType Name=\"c\"/><EntityType Name=\"x\">\n<NavigationProperty Name=\"n\" Type=\"shop.c\"/></EntityType>"),
			"in.xml:3:1: error: some.shop.x/n navigates to some.shop.c, which is not an entity type (metadata-navigation)"},
		"circle": {document("\n<EntityType Name=\"a\" BaseType=\"shop.b\"/>\n<EntityType Name=\"b\" BaseType=\"shop.c\"/>\n<EntityType Name=\"c\" BaseType=\"shop.b\"/>"),
			"in.xml:3:1: error: types inherit in a circle: some.shop.b, some.shop.c, some.shop.b (metadata-circle)"},
		"duplicate type": {document("\n<EntityType Name=\"a\"/>\n<EnumType Name=\"a\"/>"),
			"in.xml:3:1: error: some.shop.a is declared twice (metadata-duplicate)\n\tsee also in.xml:2:1"},
		"duplicate property": {document("\n<ComplexType Name=\"a\">\n<Property Name=\"p\" Type=\"Edm.String\"/>\n<Property Name=\"p\" Type=\"Edm.String\"/></ComplexType>"),
			"in.xml:4:1: error: some.shop.a/p is declared twice (metadata-duplicate)\n\tsee also in.xml:3:1"},
		"bound to nothing": {document("\n<Action Name=\"a\" IsBound=\"true\"/>"),
			"in.xml:2:1: error: some.shop.a is bound, but has no parameter for what it is called on (metadata-binding)"},
		"depth": {schema + strings.Repeat("<Annotation Term=\"t\">", 200),
			"in.xml:3:2038: error: elements are nested more than 100 deep (metadata-depth)"},
	}
	for name, c := range cases {
		t.Run(name, func(t *testing.T) {
			doc, diags := csdl.Read(csdl.Input{Name: "in.xml", Text: strings.NewReader(c.text)})
			if doc != nil {
				t.Error("a document came back all the same")
			}
			if diff := cmp.Diff(c.want, diags.Error()); diff != "" {
				t.Errorf("diagnostics (-want +got):\n%s", diff)
			}
		})
	}
}

// FuzzRead looks for documents that make the reader panic or that it neither reads nor refuses.
func FuzzRead(f *testing.F) {
	f.Add(document(shop))
	f.Add(document(`<EntityType Name="a" BaseType="shop.a"/>`))
	f.Add(document(`<Annotations Target="shop.f(Collection(shop.a),/)/x"><Annotation Term="a.b"><Record><PropertyValue Property="p"/></Record></Annotation></Annotations>`))
	f.Add("<!DOCTYPE a>")
	f.Fuzz(func(t *testing.T, text string) {
		doc, diags := csdl.Read(csdl.Input{Name: "in.xml", Text: strings.NewReader(text)})
		if (doc == nil) != diags.HasErrors() {
			t.Errorf("document %v with diagnostics %v", doc != nil, diags)
		}
	})
}
