package graph

import (
	"maps"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"
)

// This file is about values of derived types where a base is declared whose values are pointers to its struct. What
// arrives there is such a struct, with its @odata.type and all else that arrived. What is sent there is one that stands
// in for the value.

// As returns a value as one of type T, a pointer to a struct of this package or one of its interfaces, and whether it
// is one.
//
//	if special, ok := graph.As[T](value); ok { … }
//
// It takes a value of any type of this package, one held in an interface, and a reference, of which it takes the
// expanded value. An interface is given the value in its own type, which is what its ODataType says. A value that
// arrived where its base is declared is read again, whole: it is a copy. So is a value of a derived type that is asked
// for as its base's. What is changed in a copy is sent if it is put back, by the copy's method of the base's name or as
// the value of a reference.
//
// The bases are those that a property, a body or an argument is declared with, and what derives from them. Of another
// type, one that only gives others its properties, no value is but what was made as such. A value that says it is of a
// type which this package does not have, is one of the type that it arrived as, and of no other: its bases are unknown.
func As[T model](v any) (T, bool) {
	var none T
	own, ok := as(v, none).(T)
	return own, ok
}

// as returns a value as one of the type of a nil pointer, in its own type if that is nil; nil if it is none.
func as(v any, of model) model {
	if ref, ok := v.(interface{ expanded() model }); ok {
		v = ref.expanded()
	}
	from, ok := v.(model)
	switch {
	case !ok || isNil(from):
		return nil
	case of == nil:
		return ownForm(from)
	case reflect.TypeOf(from) == reflect.TypeOf(of):
		return from
	}
	to := newModel(reflect.TypeOf(of))
	if derivesFrom(from, to) {
		return standIn(from, to)
	}
	return lifted(from, to)
}

func (r ref) expanded() model { return r.value }

// lifted returns a value that says it is of to's type, or of one derived from that, as one of to's type; nil if it is
// none.
func lifted(from, to model) model {
	for held := heldIn(from); held != nil; held = heldIn(from) {
		if from = unfold(from, held); reflect.TypeOf(from) == reflect.TypeOf(to) {
			return from
		}
	}
	name := typeName(from)
	if name == "" || !strings.EqualFold(name, ownName(to)) && resolvedBelow(to, name) == nil {
		return nil
	}
	return readAgain(from, to)
}

// ownForm returns a value in the type that it says it is of, as far as this package knows that: another one if that is
// derived from the value's own.
func ownForm(v model) model {
	for held := heldIn(v); held != nil; held = heldIn(v) {
		v = unfold(v, held)
	}
	if to := resolvedBelow(v, typeName(v)); to != nil {
		if own := readAgain(v, to); own != nil {
			return own
		}
	}
	return v
}

// readAgain reads what from is written as into to; nil if it cannot be written.
func readAgain(from, to model) model {
	w := newWriter(defaultServiceRoot)
	w.object(from, declaredSame)
	data, err := w.finish()
	if err != nil || unmarshal(data, to) != nil {
		return nil
	}
	return to
}

// derivesFrom reports whether the type of v is derived from that of base, which may be nil.
func derivesFrom(v, base model) bool {
	below := resolvedBelow(base, ownName(v))
	return below != nil && reflect.TypeOf(below) == reflect.TypeOf(v)
}

// ownName is the name of a value's type in Go, without a #.
func ownName(v model) string { return strings.TrimPrefix(v.rest().own, "#") }

// typeName is the name of the type that a value says it is of, without a # and what stands before it; "" if it says
// none.
func typeName(v model) string {
	if said := v.rest().odataType; said != nil {
		return (*said)[strings.LastIndexByte(*said, '#')+1:]
	}
	return ""
}

// resolvedBelow returns a new value of the type that name says, if that is derived from base's; nil if not.
func resolvedBelow(base model, name string) model {
	p, ok := base.(polymorphic)
	if !ok || name == "" {
		return nil
	}
	return resolved(p, name)
}

// resolved is resolve for a name as services write it: change notifications have capitals in it, as in
// Microsoft.Graph.Message.
func resolved(p polymorphic, name string) model {
	if v := p.resolve(name); v != nil {
		return v
	}
	if first, _ := utf8.DecodeRuneInString(name); !unicode.IsUpper(first) {
		return nil
	}
	parts := strings.Split(name, ".")
	for i, part := range parts {
		first, size := utf8.DecodeRuneInString(part)
		parts[i] = string(unicode.ToLower(first)) + part[size:]
	}
	return p.resolve(strings.Join(parts, "."))
}

// standIn returns a value of base's type that stands in for v, whose type is derived from that: it has what the base
// has, to be read and changed, and holds what v has beside it. It is written as v would be, with its type. A nil v is
// base, a nil pointer.
//
//go:noinline
func standIn(v, base model) model {
	if isNil(v) {
		return base
	}
	of := v.rest()
	held := reflect.New(reflect.TypeOf(v).Elem())
	held.Elem().Set(reflect.ValueOf(v).Elem())
	into := reflect.New(reflect.TypeOf(base).Elem())
	moveFields(into.Elem(), held.Elem(), true)
	result := into.Interface().(model)
	rest := result.rest()
	if rest.odataType != nil && *rest.odataType == "" {
		*rest.odataType = of.own
	}
	*rest.extra = maps.Clone(*rest.extra)
	*rest.nulls = nil
	noted := rest.noted()
	if *of.nulls != nil {
		*noted = **of.nulls
	}
	noted.untyped, noted.derived = false, held.Interface().(model)
	return result
}

// standInAs is standIn for where the type is told, a pointer to the base's struct.
//
//go:noinline
func standInAs[P model](v model) P {
	var base P
	return standIn(v, base).(P)
}

// heldIn is what a value stands in for; nil if it stands for itself.
func heldIn(v model) model {
	if noted := *v.rest().nulls; noted != nil {
		return noted.derived
	}
	return nil
}

// unfold returns what v stands in for, of which it holds one part, whole again.
func unfold(v, held model) model {
	whole := reflect.New(reflect.TypeOf(held).Elem())
	whole.Elem().Set(reflect.ValueOf(held).Elem())
	moveFields(reflect.ValueOf(v).Elem(), whole.Elem(), false)
	result := whole.Interface().(model)
	noted := **v.rest().nulls
	noted.untyped, noted.derived = false, heldIn(held)
	*result.rest().nulls = &noted
	return result
}

// moveFields moves what the struct of a base has out of that of a derived type, or copies it back.
func moveFields(base, derived reflect.Value, out bool) {
	for i := range base.NumField() {
		field := base.Type().Field(i)
		if !field.IsExported() {
			continue
		}
		same := derived.FieldByName(field.Name)
		if out {
			base.Field(i).Set(same)
			same.SetZero()
		} else {
			same.Set(base.Field(i))
		}
	}
}
