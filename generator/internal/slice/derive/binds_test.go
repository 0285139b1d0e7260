package derive

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestBindTargets has a type for each of the ways to find where binds point, and for each way that does not lead to one place.
func TestBindTargets(t *testing.T) {
	const metadata = `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="a" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="root"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType>
<EntityType Name="inSet" BaseType="a.root"/>
<EntityType Name="inTwoSets" BaseType="a.root"/>
<EntityType Name="ofBase" BaseType="a.inSet"/>
<EntityType Name="contained" BaseType="a.root"/>
<EntityType Name="deep" BaseType="a.root"/>
<EntityType Name="nearAndDeep" BaseType="a.root"/>
<EntityType Name="twice" BaseType="a.root"/>
<EntityType Name="ofMember" BaseType="a.root"/>
<EntityType Name="overridden" BaseType="a.root"/>
<EntityType Name="nowhere" BaseType="a.root"/>
<EntityType Name="member" BaseType="a.root"><NavigationProperty Name="own" Type="Collection(a.ofMember)" ContainsTarget="true"/></EntityType>
<EntityType Name="catalog"><NavigationProperty Name="things" Type="Collection(a.contained)" ContainsTarget="true"/>
  <NavigationProperty Name="near" Type="Collection(a.nearAndDeep)" ContainsTarget="true"/>
  <NavigationProperty Name="one" Type="Collection(a.twice)" ContainsTarget="true"/>
  <NavigationProperty Name="two" Type="Collection(a.twice)" ContainsTarget="true"/>
  <NavigationProperty Name="inner" Type="a.inner" ContainsTarget="true"/></EntityType>
<EntityType Name="inner"><NavigationProperty Name="deeps" Type="Collection(a.deep)" ContainsTarget="true"/>
  <NavigationProperty Name="deepToo" Type="Collection(a.nearAndDeep)" ContainsTarget="true"/></EntityType>
<EntityType Name="from" BaseType="a.root"><NavigationProperty Name="plain" Type="a.inSet"/><NavigationProperty Name="bound" Type="a.inTwoSets"/>
  <NavigationProperty Name="same" Type="a.inSet"/><NavigationProperty Name="said" Type="a.inSet"/></EntityType>
<EntityType Name="special" BaseType="a.from"><NavigationProperty Name="byCast" Type="a.nowhere"/></EntityType>
<EntityContainer Name="c">
<EntitySet Name="sets" EntityType="a.inSet"/><EntitySet Name="first" EntityType="a.inTwoSets"/><EntitySet Name="second" EntityType="a.inTwoSets"/>
<EntitySet Name="members" EntityType="a.member"/>
<EntitySet Name="froms" EntityType="a.from">
  <NavigationPropertyBinding Path="bound" Target="second"/><NavigationPropertyBinding Path="same" Target="sets"/>
  <NavigationPropertyBinding Path="a.special/byCast" Target="catalog/cast"/></EntitySet>
<Singleton Name="catalog" Type="a.catalog"/><Singleton Name="me" Type="a.member"/>
</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>`
	path := filepath.Join(t.TempDir(), "binds.xml")
	if err := os.WriteFile(path, []byte(metadata), 0o644); err != nil {
		t.Fatal(err)
	}
	doc := readTestMetadata(t, path)
	notes := map[string]string{"a.overridden": "there", "a.from/said": "elsewhere"}
	b := NewBinds(doc, func(name string) string { return notes[name] })

	want := map[string]string{
		"a.inSet": "sets", "a.inTwoSets": "", "a.ofBase": "sets", "a.contained": "catalog/things", "a.deep": "catalog/inner/deeps",
		"a.nearAndDeep": "catalog/near", "a.twice": "", "a.ofMember": "", "a.overridden": "there", "a.nowhere": "",
	}
	got := map[string]string{}
	for name := range want {
		got[name] = b.OfType(doc.Type(name))
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("targets of types (-want +got):\n%s", diff)
	}

	wantProperties := map[string]string{"plain": "", "bound": "second", "same": "", "said": "elsewhere", "byCast": "catalog/cast"}
	got = map[string]string{}
	for name := range wantProperties {
		got[name] = b.OfProperty(doc.Type("a.special").Property(name))
	}
	if diff := cmp.Diff(wantProperties, got); diff != "" {
		t.Errorf("targets of properties (-want +got):\n%s", diff)
	}
}
