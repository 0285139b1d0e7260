package csdl_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/graphslice/graphslice/generator/internal/csdl"
)

// What is odd about an annotation leaves it out, with a note for each kind; the rest of the document is read.
func TestReadOddAnnotations(t *testing.T) {
	text := document(`
<ComplexType Name="x">
<Property Name="p" Type="Edm.String"><Annotation Term="Core.Description" String="a"/><Annotation Term="Org.OData.Core.V1.Description" String="kept"/></Property>
<Annotation Term="Core.Description" String="b"/>
<Annotation Term="com.example.other.V1.Colour" String="b"/>
<Annotation String="no term"/>
<Annotation Term="bare" String="no namespace"/>
<Annotation Term="shop.Own" String="own"/>
<Annotation Term="Org.OData.Core.V1.Example"><Record><PropertyValue String="nameless"/><x:y xmlns:x="urn:x"/><PropertyValue Property="Value" String="1"/></Record></Annotation>
<Annotation Term="Org.OData.Core.V1.Description" Qualifier="Tablet" String="short"/>
</ComplexType>
<Annotations><Annotation Term="Org.OData.Core.V1.Description" String="of nothing"/></Annotations>
<Annotations Target="Core.x"><Annotation Term="Org.OData.Core.V1.Description" String="of something else"/></Annotations>`)
	doc, diags := csdl.Read(csdl.Input{Name: "in.xml", Text: strings.NewReader(text)})
	want := `in.xml:3:38: note: annotations that have a term of the unknown namespace or alias "Core" are left out: 2, the first of them here (metadata-annotation)
	hint: an <edmx:Include> of the metadata says what an alias stands for
in.xml:5:1: note: annotations that have a term of the unknown namespace or alias "com.example.other.V1" are left out: 1, the first of them here (metadata-annotation)
	hint: an <edmx:Include> of the metadata says what an alias stands for
in.xml:6:1: note: annotations that have no Term with a namespace are left out: 2, the first of them here (metadata-annotation)
in.xml:9:54: note: annotations that hold a PropertyValue without a Property are left out: 1, the first of them here (metadata-annotation)
in.xml:9:88: note: annotations that hold elements of the unknown namespace "urn:x" are left out: 1, the first of them here (metadata-annotation)
in.xml:12:1: note: annotations that have no Target are left out: 1, the first of them here (metadata-annotation)`
	if diff := cmp.Diff(want, diags.Error()); diff != "" {
		t.Fatalf("diagnostics (-want +got):\n%s", diff)
	}
	x := doc.Type("some.shop.x")
	example, _ := x.Annotations.Find("Org.OData.Core.V1.Example")
	got := []string{x.Property("p").Annotations.Text("Org.OData.Core.V1.Description"), x.Annotations.Text("Org.OData.Core.V1.Description"),
		x.Annotations.Text("some.shop.Own"), example.Field("Value").Text}
	if diff := cmp.Diff([]string{"kept", "", "own", "1"}, got); diff != "" {
		t.Errorf("annotations (-want +got):\n%s", diff)
	}
}

// Names in values are written with their namespace; annotations of a function without types of its parameters are about all its
// overloads, and those of its answer are the answer's.
func TestReadAnnotationsOfOperations(t *testing.T) {
	doc := read(t, document(`
<EntityType Name="thing"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/></EntityType>
<Function Name="f" IsBound="true"><Parameter Name="it" Type="shop.thing"/><ReturnType Type="Edm.Stream"><Annotation Term="shop.A" String="inside"/></ReturnType></Function>
<Function Name="f" IsBound="true"><Parameter Name="it" Type="shop.thing"/><Parameter Name="n" Type="Edm.Int32"/><ReturnType Type="Edm.Stream"/></Function>
<Annotations Target="shop.f"><Annotation Term="shop.B" String="all"/></Annotations>
<Annotations Target="shop.f/n"><Annotation Term="shop.B" String="its n"/></Annotations>
<Annotations Target="shop.f(shop.thing,Edm.Int32)/$ReturnType"><Annotation Term="shop.A" String="apart"/></Annotations>
<Annotations Target="shop.thing"><Annotation Term="Org.OData.Core.V1.ExplicitOperationBindings"><Collection><String>shop.f</String><String>shop.f(shop.thing, Edm.Int32)</String></Collection></Annotation></Annotations>`))
	one, two := doc.Operations[0], doc.Operations[1]
	got := []string{one.ReturnAnnotations.Text("some.shop.A"), two.ReturnAnnotations.Text("some.shop.A"), one.Annotations.Text("some.shop.B"),
		two.Annotations.Text("some.shop.B"), two.Parameters[1].Annotations.Text("some.shop.B")}
	bindings, _ := doc.Type("some.shop.thing").Annotations.Find("Org.OData.Core.V1.ExplicitOperationBindings")
	for _, b := range bindings.Items {
		got = append(got, b.Text)
	}
	want := []string{"inside", "apart", "all", "all", "its n", "some.shop.f", "some.shop.f(some.shop.thing,Edm.Int32)"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("annotations (-want +got):\n%s", diff)
	}
	if two.Signature() != want[6] {
		t.Errorf("the signature is %s", two.Signature())
	}
}

// What is said of an element twice, in it and apart from it, is joined.
func TestReadAnnotationsTwice(t *testing.T) {
	doc := read(t, document(`
<ComplexType Name="x">
<Annotation Term="shop.Record"><Record><PropertyValue Property="a" String="1"/><PropertyValue Property="b" String="2"/></Record></Annotation>
<Annotation Term="shop.List"><Collection><String>1</String></Collection></Annotation>
<Annotation Term="shop.Text" String="1"/>
</ComplexType>
<Annotations Target="shop.x">
<Annotation Term="shop.Record"><Record><PropertyValue Property="b" String="3"/><PropertyValue Property="c" String="4"/></Record></Annotation>
<Annotation Term="shop.List"><Collection><String>2</String></Collection></Annotation>
<Annotation Term="shop.Text" String="2"/>
</Annotations>`))
	want := csdl.Annotations{
		{Term: "some.shop.Record", Value: csdl.Value{Fields: []csdl.Field{
			{Name: "a", Value: csdl.Value{Text: "1"}}, {Name: "b", Value: csdl.Value{Text: "3"}}, {Name: "c", Value: csdl.Value{Text: "4"}}}}},
		{Term: "some.shop.List", Value: csdl.Value{Items: []csdl.Value{{Text: "1"}, {Text: "2"}}}},
		{Term: "some.shop.Text", Value: csdl.Value{Text: "2"}},
	}
	if diff := cmp.Diff(want, doc.Type("some.shop.x").Annotations); diff != "" {
		t.Errorf("annotations (-want +got):\n%s", diff)
	}
}
