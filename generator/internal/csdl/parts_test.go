package csdl_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/csdl"
	"github.com/graphslice/graphslice/generator/internal/diag"
)

// readNamed reads documents with names of their own: 0.xml, 1.xml.
func readNamed(texts ...string) (*csdl.Document, diag.List) {
	var inputs []csdl.Input
	for i, text := range texts {
		inputs = append(inputs, csdl.Input{Name: strconv.Itoa(i) + ".xml", Text: strings.NewReader(text)})
	}
	return csdl.Read(inputs...)
}

// TestReadParts reads a type of which two documents declare a part each, in either order.
func TestReadParts(t *testing.T) {
	first := document(`
<EntityType Name="a" Abstract="true"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String" Nullable="false"/></EntityType>
<EntityType Name="b" BaseType="shop.a" OpenType="true"><Property Name="p" Type="Edm.String"/></EntityType>
<EnumType Name="e"><Member Name="m"/></EnumType>`)
	second := document(`
<EntityType Name="b"><Property Name="q" Type="shop.e"/><NavigationProperty Name="r" Type="Collection(shop.a)" ContainsTarget="true"/></EntityType>
<EnumType Name="e"><Member Name="n"/></EnumType>`)
	for name, texts := range map[string][]string{"whole first": {first, second}, "part first": {second, first}} {
		doc, diags := readNamed(texts...)
		if len(diags) > 0 {
			t.Fatalf("%s: %v", name, diags)
		}
		b, e := doc.Type("some.shop.b"), doc.Enum("some.shop.e")
		var got []string
		for _, p := range b.Properties {
			got = append(got, p.Path()+" "+p.Type.String())
		}
		want := map[string]bool{"some.shop.b/p Edm.String": true, "some.shop.b/q some.shop.e": true, "some.shop.b/r Collection(some.shop.a)": true}
		for _, line := range got {
			if !want[line] {
				t.Errorf("%s: there is %s", name, line)
			}
		}
		if len(got) != 3 || b.Base != doc.Type("some.shop.a") || !b.Open || b.Property("q").Type.Enum != e || len(e.Members) != 2 || !b.Property("r").Contained {
			t.Errorf("%s: the type is %+v, the enumeration %+v", name, b, e)
		}
		if len(doc.Types) != 2 {
			t.Errorf("%s: %d types", name, len(doc.Types))
		}
	}
}

func TestReadPartsFaults(t *testing.T) {
	cases := map[string]struct{ first, second, want string }{
		"both whole": {"\n<EntityType Name=\"a\" OpenType=\"true\"/>", "\n<EntityType Name=\"a\" OpenType=\"true\"/>",
			"1.xml:2:1: error: some.shop.a is declared twice (metadata-duplicate)\n\tsee also 0.xml:2:1"},
		"another kind": {"\n<EntityType Name=\"a\"/>", "\n<ComplexType Name=\"a\"/>",
			"1.xml:2:1: error: some.shop.a is declared twice (metadata-duplicate)\n\tsee also 0.xml:2:1"},
		"a property of both": {"\n<ComplexType Name=\"a\">\n<Property Name=\"p\" Type=\"Edm.String\"/></ComplexType>", "\n<ComplexType Name=\"a\"><Property Name=\"p\" Type=\"Edm.String\"/></ComplexType>",
			"1.xml:2:23: error: some.shop.a/p is declared twice (metadata-duplicate)\n\tsee also 0.xml:3:1"},
		"a member of both": {"\n<EnumType Name=\"a\">\n<Member Name=\"m\"/></EnumType>", "\n<EnumType Name=\"a\"><Member Name=\"m\"/></EnumType>",
			"1.xml:2:20: error: some.shop.a/m is declared twice (metadata-duplicate)\n\tsee also 0.xml:3:1"},
	}
	for name, c := range cases {
		_, diags := readNamed(document(c.first), document(c.second))
		if diff := cmp.Diff(c.want, diags.Error()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", name, diff)
		}
	}
}
