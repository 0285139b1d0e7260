package ir

import (
	"maps"
	"slices"
	"strings"
)

// EdmPrefix begins the names of the types that OData has itself.
const EdmPrefix = "Edm."

// edmKinds are the primitive types of OData by their names.
var edmKinds = map[string]Kind{
	"Edm.Untyped": Untyped, "Edm.String": String, "Edm.Boolean": Bool, "Edm.Byte": Uint8, "Edm.SByte": Int8, "Edm.Int16": Int16,
	"Edm.Int32": Int32, "Edm.Int64": Int64, "Edm.Single": Float32, "Edm.Double": Float64, "Edm.Decimal": Decimal,
	"Edm.DateTimeOffset": DateTime, "Edm.Date": Date, "Edm.TimeOfDay": TimeOfDay, "Edm.Duration": Duration, "Edm.Guid": GUID,
	"Edm.Binary": Binary, "Edm.Stream": Stream,
}

// edmNames are the same the other way around.
var edmNames = func() map[Kind]string {
	names := map[Kind]string{}
	for name, kind := range edmKinds {
		names[kind] = name
	}
	return names
}()

// Edm is the name of a primitive type in OData, such as Edm.String; "" for other kinds.
func (k Kind) Edm() string { return edmNames[k] }

// KindOfEdm returns the kind of a primitive type by its name in OData, such as Edm.String. Abstract and geographic types, which can
// be any JSON here, are not among them; see IsEdm.
func KindOfEdm(name string) (Kind, bool) {
	kind, ok := edmKinds[name]
	return kind, ok
}

// EdmNames are the names of the primitive types in OData, sorted.
func EdmNames() []string { return slices.Sorted(maps.Keys(edmKinds)) }

// IsEdm reports whether a name is that of a type that OData has itself, the abstract ones among them.
func IsEdm(name string) bool {
	switch name {
	case "Edm.PrimitiveType", "Edm.ComplexType", "Edm.EntityType":
		return true
	}
	_, ok := edmKinds[name]
	return ok || strings.HasPrefix(name, "Edm.Geography") || strings.HasPrefix(name, "Edm.Geometry")
}

// ShortName is the last part of a qualified name: chat of microsoft.graph.chat.
func ShortName(name string) string { return name[strings.LastIndexByte(name, '.')+1:] }

// Namespace is what stands before the last part of a qualified name, without the dot; "" if there is nothing.
func Namespace(name string) string { return name[:max(strings.LastIndexByte(name, '.'), 0)] }
