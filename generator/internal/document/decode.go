package document

import (
	"reflect"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v4"
)

// Decoder is a value that reads itself from a node, which is not null.
type Decoder interface {
	Decode(r Reader, n *yaml.Node)
}

// Decode reads a node into the value that a pointer points to: texts, flags, whole numbers, pointers, lists, maps by text, structures,
// and Decoders. A key of a structure is the name of the field in small letters, or what its yaml tag says; fields that
// Go does not export have none. What is already in a map stays unless the node says otherwise, and null says nothing.
func (r Reader) Decode(n *yaml.Node, into any) { r.decode(n, reflect.ValueOf(into).Elem()) }

func (r Reader) decode(n *yaml.Node, v reflect.Value) {
	if n == nil || IsNull(n) {
		return
	}
	if d, ok := v.Addr().Interface().(Decoder); ok {
		d.Decode(r, n)
		return
	}
	switch v.Kind() {
	case reflect.Pointer:
		if v.IsNil() {
			v.Set(reflect.New(v.Type().Elem()))
		}
		r.decode(n, v.Elem())
	case reflect.Slice:
		items := r.List(n, plural(v.Type().Elem()))
		list := reflect.MakeSlice(v.Type(), len(items), len(items))
		for i, item := range items {
			r.decode(item, list.Index(i))
		}
		v.Set(list)
	case reflect.Map:
		r.decodeMap(n, v)
	case reflect.Struct:
		r.decodeStruct(n, v)
	default:
		r.decodeScalar(n, v)
	}
}

func (r Reader) decodeMap(n *yaml.Node, v reflect.Value) {
	fields := r.Fields(n, "a mapping")
	if v.IsNil() {
		v.Set(reflect.MakeMapWithSize(v.Type(), len(fields)))
	}
	for _, f := range fields {
		value := reflect.New(v.Type().Elem()).Elem()
		r.decode(f.Value, value)
		v.SetMapIndex(reflect.ValueOf(f.Name()).Convert(v.Type().Key()), value)
	}
}

func (r Reader) decodeStruct(n *yaml.Node, v reflect.Value) {
	places := map[string]int{}
	var known []string
	for i := range v.NumField() {
		if field := v.Type().Field(i); field.IsExported() {
			key := keyOf(field)
			places[key], known = i, append(known, key)
		}
	}
	for _, f := range r.Fields(n, "a mapping with "+strings.Join(known, ", ")) {
		place, ok := places[f.Name()]
		if !ok {
			r.Unknown(f.Key, known)
			continue
		}
		r.decode(f.Value, v.Field(place))
	}
}

// keyOf is the key of a field.
func keyOf(field reflect.StructField) string {
	if key := field.Tag.Get("yaml"); key != "" {
		return key
	}
	return strings.ToLower(field.Name)
}

func (r Reader) decodeScalar(n *yaml.Node, v reflect.Value) {
	switch v.Kind() {
	case reflect.String:
		if n.Kind != yaml.ScalarNode {
			r.Wrong(n, "a text")
			return
		}
		v.SetString(n.Value) // a number or a date is text as well where text is expected
	case reflect.Bool:
		if !IsFlag(n) {
			r.Wrong(n, "true or false")
			return
		}
		v.SetBool(strings.EqualFold(n.Value, "true"))
	case reflect.Int:
		number, err := strconv.Atoi(n.Value)
		if err != nil || n.Kind != yaml.ScalarNode || n.ShortTag() != "!!int" {
			r.Wrong(n, "a whole number")
			return
		}
		v.SetInt(int64(number))
	default: // no document has such a field
		panic("document: a field of the type " + v.Type().String())
	}
}

// plural names the items of a list.
func plural(t reflect.Type) string {
	switch t.Kind() {
	case reflect.String:
		return "texts"
	case reflect.Bool:
		return "true and false"
	case reflect.Int:
		return "whole numbers"
	}
	return "mappings"
}
