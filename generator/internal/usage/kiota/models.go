package kiota

import (
	"go/types"
	"maps"
	"slices"
	"strings"
	"unicode"
)

// models are the types of clients that code touches, with their properties.
type models map[string]map[string]bool

// ident takes in what a name refers to: a getter or setter of a model.
func (m models) ident(obj types.Object) {
	method, ok := obj.(*types.Func)
	if !ok || method.Signature().Recv() == nil {
		return
	}
	model := modelOf(method.Signature().Recv().Type())
	property, isProperty := strings.CutPrefix(method.Name(), "Get")
	if !isProperty {
		property, isProperty = strings.CutPrefix(method.Name(), "Set")
	}
	if model == "" || !isProperty || property == "" || slices.Contains(ofAll, property) {
		return
	}
	if m[model] == nil {
		m[model] = map[string]bool{}
	}
	m[model][lower(property)] = true
}

// ofAll is what every model has beside its properties.
var ofAll = []string{"FieldDeserializers", "AdditionalData", "BackingStore", "OdataType", "OdataNextLink", "OdataDeltaLink"}

// modelOf is the name of the model that a type is, or is the interface of; "" if it is none. A model is known by its methods.
func modelOf(t types.Type) string {
	t = types.Unalias(t)
	if p, ok := t.(*types.Pointer); ok {
		t = types.Unalias(p.Elem())
	}
	named, ok := t.(*types.Named)
	if !ok || named.Obj().Pkg() == nil {
		return ""
	}
	if !hasMethod(named, "GetFieldDeserializers") {
		return ""
	}
	name := named.Obj().Name()
	if types.IsInterface(named) {
		whole, ok := strings.CutSuffix(name, "able")
		if !ok {
			return ""
		}
		name = whole
	}
	isWire := strings.HasSuffix(name, "RequestBody") || strings.HasSuffix(name, "Response") || strings.HasPrefix(name, "Reference") && hasMethod(named, "GetOdataId")
	if isWire || strings.HasSuffix(named.Obj().Pkg().Path(), "/odataerrors") { // of the client alone
		return ""
	}
	return lower(name)
}

func hasMethod(t *types.Named, name string) bool {
	obj, _, _ := types.LookupFieldOrMethod(t, true, t.Obj().Pkg(), name)
	return obj != nil
}

func lower(name string) string {
	runes := []rune(name)
	runes[0] = unicode.ToLower(runes[0])
	return string(runes)
}

func (m models) sorted() []Model {
	all := []Model{}
	for _, name := range slices.Sorted(maps.Keys(m)) {
		all = append(all, Model{name, slices.Sorted(maps.Keys(m[name]))})
	}
	return all
}
