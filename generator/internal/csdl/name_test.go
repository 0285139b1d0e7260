package csdl

import (
	"encoding/xml"
	"fmt"
	"strings"
	"testing"
)

func TestSimpleIdentifiers(t *testing.T) {
	for name, want := range map[string]bool{
		"id": true, "_x1": true, "straße": true, "名前": true, "été": true, "a\u0301": true, strings.Repeat("a", 128): true,
		"": false, "1a": false, "request-id": true, "-a": false, "a b": false, "a.b": false, "a/b": false, "a{b}": false, "a'b": false, `a"b`: false, "$value": false,
		"a@b": false, "a%00": false, "a\x00": false, "a\tb": false, "a\u202eb": false, "a\u200bb": false, "a\ufeff": false, "\xff": false, "a\u00a0b": false,
		strings.Repeat("a", 129): false,
	} {
		if got := isSimpleIdentifier(name); got != want {
			t.Errorf("isSimpleIdentifier(%q) = %t, want %t", name, got, want)
		}
	}
}

// A name that is none is refused wherever it stands, where it stands.
func TestRefusedNames(t *testing.T) {
	const bad = "a\u202e/{b}'"
	var escaped strings.Builder
	if err := xml.EscapeText(&escaped, []byte(bad)); err != nil {
		t.Fatal(err)
	}
	for what, place := range map[string]string{
		"type":        `<ComplexType Name="NAME" />`,
		"property":    `<ComplexType Name="t"><Property Name="NAME" Type="Edm.String" /></ComplexType>`,
		"enumeration": `<EnumType Name="NAME" />`,
		"member":      `<EnumType Name="e"><Member Name="NAME" /></EnumType>`,
		"operation":   `<Action Name="NAME" />`,
		"parameter":   `<Action Name="a"><Parameter Name="NAME" Type="Edm.String" /></Action>`,
		"entity set":  `<EntityType Name="t" /><EntityContainer Name="c"><EntitySet Name="NAME" EntityType="x.t" /></EntityContainer>`,
		"singleton":   `<EntityType Name="t" /><EntityContainer Name="c"><Singleton Name="NAME" Type="x.t" /></EntityContainer>`,
	} {
		text := `<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>` +
			"\n" + `<Schema Namespace="x" xmlns="http://docs.oasis-open.org/odata/ns/edm">` +
			"\n" + strings.ReplaceAll(place, "NAME", escaped.String()) + `</Schema></edmx:DataServices></edmx:Edmx>`
		doc, diags := Read(Input{Name: "m.xml", Text: strings.NewReader(text)})
		want := fmt.Sprintf("error: the name of the %s, %+q, is none that OData knows (metadata-name)", what, bad)
		if doc != nil || len(diags) != 1 || !strings.Contains(diags[0].String(), want) || diags[0].Line != 3 || diags[0].Column == 0 {
			t.Errorf("%s: got %v, want %s", what, diags, want)
		}
	}
}
