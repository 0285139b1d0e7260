package ir

import "testing"

// Every name has a kind, and the kind has that name; the abstract types have none, and are OData's all the same.
func TestEdmNames(t *testing.T) {
	for _, name := range EdmNames() {
		kind, ok := KindOfEdm(name)
		if !ok || kind.Edm() != name || !IsEdm(name) {
			t.Errorf("%s: kind %d, %v, which is called %q", name, kind, ok, kind.Edm())
		}
	}
	for name, want := range map[string]bool{"Edm.ComplexType": true, "Edm.GeographyPoint": true, "Edm.Integer": false, "String": false, "": false} {
		if _, ok := KindOfEdm(name); ok || IsEdm(name) != want {
			t.Errorf("%q: has a kind: %v; is of OData: %v, want %v", name, ok, IsEdm(name), want)
		}
	}
}

func TestInheritance(t *testing.T) {
	p := &Property{Name: "p"}
	top := &Model{Name: "top", Properties: []*Property{p}}
	left, right := &Model{Name: "left", Base: top}, &Model{Name: "right", Base: top}
	low := &Model{Name: "low", Base: left}
	top.Derived, left.Derived = []*Model{left, right}, []*Model{low}

	var up, down string
	for m := range low.WithBases() {
		up += m.Name + " "
	}
	for m := range top.WithDescendants() {
		if down += m.Name + " "; m == low {
			break
		}
	}
	if up != "low left top " || down != "top left low " {
		t.Errorf("bases %q, descendants %q", up, down)
	}
	if low.Property("p") != p || low.OwnProperty("p") != nil || !low.Is(top) || right.Is(left) || (*Model)(nil).Is(top) {
		t.Error("a type has the properties of its bases, and is each of them")
	}
}
