package graph

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Clone returns a deep copy of a value of this package, a pointer to a struct or an interface; nil of nil. What
// is changed in the copy, in a collection, a complex property or an expanded entity of it, does not change the
// original.
//
//	after := graph.Clone(before)
//
//go:noinline
func Clone[T model](v T) T {
	copied, _ := clonedModel(v).(T)
	return copied
}

// clonedModel is Clone without its type: what mentions reflection in every package that calls it costs each of them.
func clonedModel(v model) model {
	if isNil(v) {
		return v
	}
	return cloned(reflect.ValueOf(v)).Interface().(model)
}

// cloned copies what a value points to, however deep.
func cloned(v reflect.Value) reflect.Value {
	switch v.Kind() {
	case reflect.Pointer, reflect.Interface:
		if v.IsNil() {
			return v
		}
		if v.Kind() == reflect.Interface {
			return cloned(v.Elem())
		}
		copied := reflect.New(v.Type().Elem())
		copied.Elem().Set(cloned(v.Elem()))
		return copied
	case reflect.Slice:
		if v.IsNil() {
			return v
		}
		copied := reflect.MakeSlice(v.Type(), v.Len(), v.Len())
		for i := range v.Len() {
			copied.Index(i).Set(cloned(v.Index(i)))
		}
		return copied
	case reflect.Map:
		if v.IsNil() {
			return v
		}
		copied := reflect.MakeMapWithSize(v.Type(), v.Len())
		for key, value := range v.Seq2() {
			copied.SetMapIndex(key, cloned(value))
		}
		return copied
	case reflect.Struct:
		return clonedStruct(v)
	}
	return v
}

// detacher is implemented by what holds values in fields that reflection cannot set.
type detacher interface{ detach() }

// clonedStruct copies a struct. Fields without a name for others, such as an Opt's, hold values that are never changed
// in place.
func clonedStruct(v reflect.Value) reflect.Value {
	copied := reflect.New(v.Type()).Elem()
	copied.Set(v)
	if holder, ok := copied.Addr().Interface().(detacher); ok {
		holder.detach()
	}
	for i := range v.NumField() {
		if v.Type().Field(i).IsExported() {
			copied.Field(i).Set(cloned(v.Field(i)))
		}
	}
	return copied
}

// detach gives the Ref a copy of its expanded value.
func (r *ref) detach() {
	if r.value != nil {
		r.value = clonedModel(r.value)
	}
}

// Changed returns the body of an update that makes after of before: a value of the same type with nothing but the
// properties in which the two differ, and null (of a collection: empty) for what before has and after has not. A
// complex property or a collection that differs is there as a whole, the former with null for what it has no longer,
// since services merge what is sent. Annotations do not count. Both have to be of one type, and after must not be nil;
// a nil before has nothing.
func Changed[T model](before, after T) (T, error) {
	patch, err := changedModel(before, after)
	if err != nil {
		var none T
		return none, fmt.Errorf("Changed: %w", err)
	}
	return patch.(T), nil
}

func changedModel(before, after model) (model, error) {
	switch {
	case isNil(after):
		return nil, errors.New("the value after the change is nil")
	case !isNil(before) && reflect.TypeOf(before) != reflect.TypeOf(after):
		return nil, fmt.Errorf("the values are a %T and a %T", before, after)
	}
	old, err := memberTexts(before)
	if err != nil {
		return nil, err
	}
	now, err := memberTexts(after)
	if err != nil {
		return nil, err
	}
	patch := newModel(reflect.TypeOf(after))
	if err := unmarshal(difference(old, now, false), patch); err != nil {
		return nil, err
	}
	takeFields(reflect.ValueOf(patch).Elem(), reflect.ValueOf(after).Elem())
	return patch, nil
}

// member is a member of an object as text.
type member struct {
	name string
	text json.RawMessage
}

// memberTexts are the members that a value is written with, but for its annotations; none of nil.
func memberTexts(v model) ([]member, error) {
	if isNil(v) {
		return nil, nil
	}
	w := newWriter(defaultServiceRoot)
	w.object(v, declaredSame)
	data, err := w.finish()
	if err != nil {
		return nil, err
	}
	return slices.DeleteFunc(membersOf(data), func(m member) bool { return strings.HasPrefix(m.name, "@") }), nil
}

// difference is an object with the members that are other ones now, or with all of them, and null for those that are
// gone; an empty collection for one.
func difference(old, now []member, all bool) []byte {
	w := newWriter(defaultServiceRoot)
	w.buf = append(w.buf, '{')
	for _, m := range now {
		if i := find(old, m.name); i >= 0 {
			if !all && bytes.Equal(old[i].text, m.text) {
				continue
			}
			m.text = withGone(old[i].text, m.text)
		}
		w.key(keyText(m.name))
		w.buf = append(w.buf, m.text...)
	}
	for _, m := range old {
		switch {
		case find(now, m.name) >= 0 || strings.Contains(m.name, "@"):
		case m.text[0] == '[':
			w.key(keyText(m.name))
			w.buf = append(w.buf, "[]"...)
		case string(m.text) != "null":
			w.null(keyText(m.name))
		}
	}
	return append(w.buf, '}')
}

// withGone is a value as it is now, with null for what it has no longer if it was an object of the same type, and no
// other entity.
func withGone(before, after json.RawMessage) json.RawMessage {
	if before[0] != '{' || after[0] != '{' {
		return after
	}
	old, now := membersOf(before), membersOf(after)
	for _, name := range []string{"@odata.type", "id"} {
		if !bytes.Equal(textOfMember(old, name), textOfMember(now, name)) {
			return after
		}
	}
	return difference(old, now, true)
}

// membersOf are the members of an object, which is JSON as it was written.
func membersOf(object json.RawMessage) []member {
	var members []member
	r := newReader(object)
	r.members(func(name string) { members = append(members, member{name, r.raw()}) })
	return members
}

func textOfMember(members []member, name string) json.RawMessage {
	if i := find(members, name); i >= 0 {
		return members[i].text
	}
	return nil
}

func find(members []member, name string) int {
	return slices.IndexFunc(members, func(m member) bool { return m.name == name })
}

var modelType = reflect.TypeFor[model]()

// takeFields replaces the fields that were read from text by those that the text was written from: they know whose key
// a bind is made of, so that it is resolved against the service root of whoever sends it.
func takeFields(patch, after reflect.Value) {
	for i := range patch.NumField() {
		name := patch.Type().Field(i).Name
		if !patch.Type().Field(i).IsExported() || name == "AdditionalProperties" {
			continue
		}
		to, from := patch.Field(i), after.Field(i)
		switch isBoth := !to.IsZero() && !from.IsZero(); {
		case isBoth && to.Kind() == reflect.Pointer && to.Type().Implements(modelType):
			takeFields(to.Elem(), from.Elem()) // which has null for what is gone
		case isBoth || name == "ODataType":
			to.Set(cloned(from))
		}
	}
}

// updateBody encodes the body of an update without what cannot be updated, whatever it holds: annotations that came
// with an answer, and the properties named, which are the key and those that only the service sets.
//
//go:noinline
func updateBody(body encoder, fixed ...string) encoder {
	return func(w *jsonWriter) {
		start := len(w.buf)
		w.update = true
		body(w)
		if w.err != nil {
			return
		}
		r := newReader(bytes.Clone(w.buf[start:]))
		if r.peek() != '{' {
			return // null
		}
		w.buf = append(w.buf[:start], '{')
		r.members(func(name string) {
			text := r.raw()
			if name != "@odata.context" && name != "@odata.etag" && !slices.Contains(fixed, name) {
				w.key(keyText(name))
				w.buf = append(w.buf, text...)
			}
		})
		w.buf = append(w.buf, '}')
	}
}
