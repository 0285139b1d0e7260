package csdl_test

import (
	"testing"

	"github.com/graphslice/graphslice/generator/internal/csdl"
)

func TestDeprecation(t *testing.T) {
	revision := func(kind, date, text string) string {
		return `<Record><PropertyValue Property="Kind" EnumMember="Org.OData.Core.V1.RevisionKind/` + kind + `"/>` +
			`<PropertyValue Property="Date" Date="` + date + `"/><PropertyValue Property="RemovalDate" Date="2029-01-01"/>` +
			`<PropertyValue Property="Version" String="v"/><PropertyValue Property="Description" String="` + text + `"/></Record>`
	}
	doc := read(t, document(`<ComplexType Name="old"><Annotation Term="Org.OData.Core.V1.Revisions"><Collection>`+
		revision("Added", "2020-01-01", "new")+revision("Deprecated", "2022-01-01", "last")+revision("Deprecated", "2021-01-01", "first")+
		`</Collection></Annotation></ComplexType><ComplexType Name="new"><Annotation Term="Org.OData.Core.V1.Revisions"><Collection>`+
		revision("Added", "2020-01-01", "new")+`</Collection></Annotation></ComplexType>`))
	got, ok := doc.Type("some.shop.old").Annotations.Deprecation()
	if want := (csdl.Deprecation{Date: "2022-01-01", Removal: "2029-01-01", Version: "v", Description: "last"}); !ok || got != want {
		t.Errorf("got %+v, %t, want %+v", got, ok, want)
	}
	if got, ok := doc.Type("some.shop.new").Annotations.Deprecation(); ok {
		t.Errorf("a type that was added is deprecated: %+v", got)
	}
}
