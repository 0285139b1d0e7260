package diff_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/diff"
)

const shop = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="shop" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <EntityType Name="item"><Key><PropertyRef Name="id"/></Key>
    <Property Name="id" Type="Edm.String" Nullable="false"/>
    <Property Name="price" Type="Edm.Decimal"/>
    <NavigationProperty Name="maker" Type="shop.item"/>
  </EntityType>
  <EntityType Name="book" BaseType="shop.item"/>
  <EntityType Name="map" BaseType="shop.item"/>
  <EnumType Name="size"><Member Name="small"/><Member Name="large"/></EnumType>
  <Action Name="sell" IsBound="true"><Parameter Name="it" Type="shop.item"/><Parameter Name="to" Type="Edm.String"/></Action>
  <Function Name="best" IsBound="true"><Parameter Name="them" Type="Collection(shop.item)"/><ReturnType Type="shop.item"/></Function>
  <EntityContainer Name="Service"><EntitySet Name="items" EntityType="shop.item"/><Singleton Name="me" Type="shop.book"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`

func metadata(t *testing.T, text string) diff.Side {
	t.Helper()
	doc, found := csdl.Read(csdl.Input{Name: "in.xml", Text: strings.NewReader(text)})
	if doc == nil {
		t.Fatal(found)
	}
	return diff.Side{Elements: diff.Metadata(doc)}
}

func TestMetadata(t *testing.T) {
	tests := []struct {
		name, old, new string
		there, back    []string
	}{
		{"property", `    <Property Name="price" Type="Edm.Decimal"/>`, "",
			[]string{"breaking property shop.item/price () removed: removed"}, []string{"compatible property shop.item/price () added: added"}},
		{"type", `"price" Type="Edm.Decimal"`, `"price" Type="Collection(Edm.Decimal)"`,
			[]string{"breaking property shop.item/price () changed: type changed from Edm.Decimal to Collection(Edm.Decimal)"},
			[]string{"breaking property shop.item/price () changed: type changed from Collection(Edm.Decimal) to Edm.Decimal"}},
		{"member", `<Member Name="large"/>`, "",
			[]string{"breaking member shop.size/large () removed: removed"}, []string{"compatible member shop.size/large () added: added"}},
		{"base", `Name="map" BaseType="shop.item"`, `Name="map" BaseType="shop.book"`,
			[]string{"compatible type shop.map () changed: derived from shop.book now, which is derived from shop.item"},
			[]string{"breaking type shop.map () changed: base changed from shop.book to shop.item"}},
		{"contained", `Type="shop.item"/>`, `Type="shop.item" ContainsTarget="true"/>`,
			[]string{"breaking property shop.item/maker () changed: cannot be bound any more, it was in items"},
			[]string{"compatible property shop.item/maker () changed: can be bound, in items"}},
		{"action", `Name="sell"`, `Name="send"`,
			[]string{"breaking operation shop.item shop.sell() () removed: removed", "compatible operation shop.item shop.send() () added: added"},
			[]string{"breaking operation shop.item shop.send() () removed: removed", "compatible operation shop.item shop.sell() () added: added"}},
		{"parameter", `"to" Type="Edm.String"`, `"to" Type="Edm.String" Nullable="false"`,
			[]string{"breaking parameter shop.item shop.sell()?to () changed: required now"},
			[]string{"compatible parameter shop.item shop.sell()?to () changed: not required any more"}},
		{"answer", `<ReturnType Type="shop.item"/>`, `<ReturnType Type="shop.book"/>`,
			[]string{"breaking operation Collection(shop.item) shop.best() () changed: answer changed from shop.item to shop.book"},
			[]string{"breaking operation Collection(shop.item) shop.best() () changed: answer changed from shop.book to shop.item"}},
		{"singleton", `<Singleton Name="me" Type="shop.book"/>`, "",
			[]string{"breaking path /me () removed: removed"}, []string{"compatible path /me () added: added"}},
		{"entity set", `<EntitySet Name="items"`, `<EntitySet Name="goods"`,
			[]string{
				"breaking path /items () removed: removed",
				"compatible path /goods () added: added",
				"compatible type shop.item () changed: bound in goods instead of items",
				"compatible property shop.item/maker () changed: bound in goods instead of items",
			},
			[]string{
				"breaking path /goods () removed: removed",
				"compatible path /items () added: added",
				"compatible type shop.item () changed: bound in items instead of goods",
				"compatible property shop.item/maker () changed: bound in items instead of goods",
			}},
		{"deprecation", `"price" Type="Edm.Decimal"/>`, `"price" Type="Edm.Decimal"><Annotation Term="Org.OData.Core.V1.Revisions"><Collection><Record>` +
			`<PropertyValue Property="Kind" EnumMember="Org.OData.Core.V1.RevisionKind/Deprecated"/><PropertyValue Property="RemovalDate" Date="2028-01-02"/>` +
			`</Record></Collection></Annotation></Property>`,
			[]string{"compatible property shop.item/price () deprecated: deprecated, to be removed on 2028-01-02"},
			[]string{"compatible property shop.item/price () deprecated: not deprecated any more"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if !strings.Contains(shop, test.old) {
				t.Fatalf("the metadata has no %q", test.old)
			}
			old, new := metadata(t, shop), metadata(t, strings.Replace(shop, test.old, test.new, 1))
			if diff := cmp.Diff(test.there, compare(t, old, new)); diff != "" {
				t.Errorf("there (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(test.back, compare(t, new, old)); diff != "" {
				t.Errorf("back (-want +got):\n%s", diff)
			}
		})
	}
}

// Overloads that only their types tell apart are two.
func TestMetadataOverloads(t *testing.T) {
	const old = `<Function Name="best" IsBound="true"><Parameter Name="them" Type="Collection(shop.item)"/><ReturnType Type="shop.item"/></Function>`
	overload := func(argument string) string {
		return fmt.Sprintf(`<Function Name="at" IsBound="true"><Parameter Name="it" Type="shop.item"/><Parameter Name="place" Type="%s"/>`+
			`<ReturnType Type="shop.item"/></Function>`, argument)
	}
	two := strings.Replace(shop, old, overload("Edm.String")+overload("Edm.Int32"), 1)
	one := strings.Replace(shop, old, overload("Edm.String"), 1)
	want := []string{"breaking operation shop.item shop.at(place) #2 () removed: removed"}
	if diff := cmp.Diff(want, compare(t, metadata(t, two), metadata(t, one))); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
