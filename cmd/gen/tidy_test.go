package main

import (
	"os"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// shopMetadata is a service whose types have more than a program reads.
const shopMetadata = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="shop" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <EnumType Name="colour"><Member Name="red" Value="0"/><Member Name="blue" Value="1"/></EnumType>
  <EnumType Name="mood"><Member Name="good" Value="0"/></EnumType>
  <ComplexType Name="size"><Property Name="width" Type="Edm.Int32"/><Property Name="height" Type="Edm.Int32"/></ComplexType>
  <ComplexType Name="note"><Property Name="text" Type="Edm.String"/><Property Name="mood" Type="shop.mood"/></ComplexType>
  <EntityType Name="thing"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/>
    <Property Name="changed" Type="Edm.DateTimeOffset"><Annotation Term="Org.OData.Core.V1.Computed" Bool="true"/></Property></EntityType>
  <EntityType Name="hat" BaseType="shop.thing"><Property Name="name" Type="Edm.String"/><Property Name="colour" Type="shop.colour"/>
    <Property Name="other" Type="shop.colour"/><Property Name="size" Type="shop.size"/><Property Name="notes" Type="Collection(shop.note)"/>
    <NavigationProperty Name="maker" Type="shop.maker"/></EntityType>
  <EntityType Name="maker" BaseType="shop.thing"><Property Name="name" Type="Edm.String"/><Property Name="town" Type="Edm.String"/></EntityType>
  <EntityContainer Name="all"><EntitySet Name="hats" EntityType="shop.hat"><NavigationPropertyBinding Path="maker" Target="makers"/></EntitySet>
    <EntitySet Name="makers" EntityType="shop.maker"/></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>`

const shopConfig = `packages:
  - specs: [specs/shop.yaml]
    out: internal/shop
    slice:
      metadata: shop.xml
      serviceRoot: https://shop.example/v1
      files:
        - out: specs/shop.yaml
          include: ['/hats#GET,POST', '/hats/{id}#PATCH', '/makers#GET']
`

// shopMain is a program that does something with its client.
func shopMain(imports, does string) string {
	return "package main\n\nimport (\n\t\"context\"\n" + imports + "\n\t\"example.com/buyer/internal/shop\"\n)\n\n" +
		"func main() {\n\tctx := context.Background()\n\tclient, err := shop.NewClient(nil)\n\tif err != nil {\n\t\tpanic(err)\n\t}\n" +
		"\t_, _ = client.Makers().List(ctx, nil)\n" + does + "}\n"
}

// What gen tidy --properties leaves of types, by what a program does: the lines that it writes, and what it tells. All programs read
// the list of makers, and nothing of them.
func TestTidyProperties(t *testing.T) {
	const list = "\tpage, _ := client.Hats().List(ctx, nil)\n\tprintln(len(page.Items))\n"
	const nothing = "        shop.thing: []\n"
	tests := map[string]struct{ imports, does, keep, properties, notes string }{
		"parts": {"", list + `	hat := page.Items[0]
	println(hat.Name.Or(""), hat.Size.Width.Or(0), shop.ShopColourRed)
	name, _ := shop.Property[string](hat, "name")
	_, _ = client.Hats().Create(ctx, &shop.ShopHat{Name: shop.Some(name), Maker: shop.BindShopMaker("1")})
	_, _ = client.Hats().ByID("1").Update(ctx, &shop.ShopHat{Name: shop.Some("a")})
	_, _ = client.Hats().List(ctx, &shop.ListOptions{Select: []string{shop.ShopHatPropertyOther}})
	var note shop.ShopNote
	println(note.Text.Or(""))
`, "", "        shop.hat: [maker, name, other, size]\n        shop.maker: []\n        shop.note: [text]\n        shop.size: [width]\n" + nothing, ""},
		"held": {"\t\"encoding/json\"\n", list + "\t_, _ = json.Marshal(page.Items[0].Size)\n\t_, _ = client.Hats().ByID(\"1\").Update(ctx, page.Items[0])\n",
			"keep: [maker.changed, shop.note, hat.notes]", "        shop.hat: [notes, size]\n        shop.maker: []\n",
			"graphslice.yaml:2:5: note: shop.size keeps all properties, and so does what it holds: which of its properties are read cannot be seen here (main.go:19:22) (not-narrowed)\n"},
	}
	t.Chdir(t.TempDir())
	lay(t, map[string]string{"shop.xml": shopMetadata, "graphslice.yaml": shopConfig, "go.mod": "module example.com/buyer\n\ngo 1.24\n"})
	for _, args := range [][]string{{"slice", "--quiet"}, {"--quiet"}} {
		if got := ask(args...); got.code != exitOK {
			t.Fatalf("gen %v: %s", args, got.stderr)
		}
	}
	good := tree(t)
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			lay(t, good)
			if test.keep != "" {
				lay(t, map[string]string{"graphslice.yaml": strings.Replace(shopConfig, "      files:", "      "+test.keep+"\n      files:", 1)})
			}
			lay(t, map[string]string{"main.go": shopMain(test.imports, test.does)})
			if quiet := ask("tidy", "--properties", "--dry-run", "--quiet"); quiet != (result{exitOK, "", ""}) {
				t.Errorf("quietly: %v", quiet)
			}
			got := ask("tidy", "--properties")
			notes, _, _ := strings.Cut(got.stderr, "gen: ")
			if diff := cmp.Diff(result{exitOK, "", test.notes}, result{got.code, "", notes}, cmp.AllowUnexported(result{})); diff != "" {
				t.Errorf("-want +got:\n%s%s", diff, got.stderr)
			}
			data, err := os.ReadFile("graphslice.yaml")
			if err != nil {
				t.Fatal(err)
			}
			_, properties, _ := strings.Cut(string(data), "      properties:\n")
			properties, _, _ = strings.Cut(properties, "      files:\n")
			if diff := cmp.Diff(test.properties, properties); diff != "" {
				t.Errorf("properties: -want +got:\n%s", diff)
			}
			if name != "parts" {
				return
			}
			if again := ask("tidy", "--properties", "--check"); again.code != exitOK {
				t.Errorf("again: %s%s", again.stdout, again.stderr)
			}
		})
	}
}
