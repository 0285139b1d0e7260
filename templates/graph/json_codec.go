package graph

import (
	"encoding/json"
	"fmt"
	"reflect"
	"time"
)

// codec goes through the properties of a struct, to write them or to read those that an object has. Generated code has
// one list of them for both, and calls a method for each; see model. They take a pointer to the field and are kept out
// of line: there are thousands of such calls, and it is their size that compile time and programs consist of.
type codec struct {
	w *jsonWriter // nil: the properties are read
	r *jsonReader
}

//go:noinline
func (c *codec) string(key string, v *string) {
	if c.w != nil {
		c.w.string(key, *v)
	} else if c.r.at(key) {
		if *v = c.r.string(); *v == "" {
			c.r.noteEmpty(key)
		}
		c.r.advance(key)
	}
}

// opt codes a property that may be absent, as nearly all properties of a body are, or null. It gets what the Opt holds.
func (c *codec) opt(key string, held *any, read func(*jsonReader) any, write func(*jsonWriter, any)) {
	if c.w == nil {
		if c.r.at(key) {
			*held = c.r.held(read)
			c.r.advance(key)
		}
	} else if *held != nil && c.w.enter(key) {
		if _, isNull := (*held).(optNull); isNull {
			c.w.nullValue()
		} else {
			write(c.w, *held)
		}
		c.w.leave(key)
	}
}

//go:noinline
func (c *codec) optString(key string, v *Opt[string]) {
	if c.w == nil || v.held != nil { // most are strings, and absent
		c.opt(key, &v.held, func(r *jsonReader) any { return r.string() },
			func(w *jsonWriter, v any) { w.stringValue(v.(string)) })
	}
}

//go:noinline
func (c *codec) optBool(key string, v *Opt[bool]) {
	c.opt(key, &v.held, func(r *jsonReader) any { return r.bool() },
		func(w *jsonWriter, v any) { w.boolValue(v.(bool)) })
}

//go:noinline
func (c *codec) optDecimal(key string, v *Opt[Decimal]) {
	c.opt(key, &v.held, func(r *jsonReader) any { return r.decimal() },
		func(w *jsonWriter, v any) { w.decimalValue(v.(Decimal)) })
}

//go:noinline
func (c *codec) optDate(key string, v *Opt[Date]) {
	c.opt(key, &v.held, func(r *jsonReader) any { return r.date() },
		func(w *jsonWriter, v any) { w.dateValue(v.(Date)) })
}

//go:noinline
func (c *codec) optDuration(key string, v *Opt[Duration]) {
	c.opt(key, &v.held, func(r *jsonReader) any { return r.duration() },
		func(w *jsonWriter, v any) { w.durationValue(v.(Duration)) })
}

//go:noinline
func (c *codec) optBytes(key string, v *Opt[[]byte]) {
	c.opt(key, &v.held, func(r *jsonReader) any { return r.bytes() },
		func(w *jsonWriter, v any) { w.bytesValue(v.([]byte)) })
}

//go:noinline
func (c *codec) optTime(key string, v *Opt[time.Time]) {
	c.opt(key, &v.held, func(r *jsonReader) any { return formedAs(readText(r, "a time", r.timeParser())) },
		func(w *jsonWriter, v any) {
			t, form := whole[time.Time](v)
			w.timeIn(t, form)
		})
}

//go:noinline
func (c *codec) optTimeOfDay(key string, v *Opt[TimeOfDay]) {
	c.opt(key, &v.held, func(r *jsonReader) any { return formedAs(readText(r, "a time of day", parseTimeOfDay)) },
		func(w *jsonWriter, v any) { w.timeOfDayIn(whole[TimeOfDay](v)) })
}

func codeOptInt[T integer](c *codec, key string, v *Opt[T]) {
	c.opt(key, &v.held, func(r *jsonReader) any { return readInt[T](r) },
		func(w *jsonWriter, v any) { writeIntValue(w, v.(T)) })
}

func codeOptFloat[T float](c *codec, key string, v *Opt[T]) {
	c.opt(key, &v.held, func(r *jsonReader) any { return readFloat[T](r) },
		func(w *jsonWriter, v any) { writeFloatValue(w, v.(T)) })
}

func codeOptEnum[T ~string](c *codec, key string, v *Opt[T]) {
	c.opt(key, &v.held, func(r *jsonReader) any { return readEnum[T](r) },
		func(w *jsonWriter, v any) { writeEnumValue(w, v.(T)) })
}

//go:noinline
func (c *codec) raw(key string, v *json.RawMessage) {
	if c.w != nil {
		c.w.raw(key, *v)
	} else if c.r.at(key) {
		c.r.rawInto(v)
		c.r.advance(key)
	}
}

// atMost refuses a request with more items in a collection than the service takes, before anything is sent. What
// arrived may have any number.
//
//go:noinline
func (c *codec) atMost(key string, items, most int) {
	if c.w != nil && c.w.request && items > most && c.w.err == nil {
		c.w.fail(fmt.Sprintf("the service takes at most %d, not %d", most, items))
		c.w.faultIn(key)
	}
}

// codeSlice codes a collection.
func codeSlice[T any](c *codec, key string, v *[]T, read func(*jsonReader) T, write func(*jsonWriter, T)) {
	if c.w != nil {
		writeSlice(c.w, key, *v, write)
	} else if c.r.at(key) {
		nulls := readSlice(c.r, v, read)
		c.r.noteNullItems(key, nulls, len(*v))
		c.r.advance(key)
	}
}

//go:noinline
func (c *codec) strings(key string, v *[]string) {
	codeSlice(c, key, v, (*jsonReader).string, (*jsonWriter).stringValue)
}

// ref codes a reference. base is of the declared type and may be nil.
//
//go:noinline
func (c *codec) ref(key string, v *ref, base model) { codeRef(c, key, v, base, (*jsonReader).exactly) }

// anyRef codes a reference to a type that others stand for: what arrives is read as the one that it says it is.
//
//go:noinline
func (c *codec) anyRef(key string, v *ref, base model) {
	codeRef(c, key, v, base, (*jsonReader).declared)
}

//go:noinline
func codeRef(c *codec, key string, v *ref, base model, typed func(*jsonReader, model) model) {
	switch {
	case c.w != nil:
		c.w.ref(key, v, base)
	case c.r.at(key):
		c.r.ref(v, base, typed)
		c.r.advance(key)
	case c.r.atBind(key):
		c.r.readBind(v)
		c.r.advance(bindText(key))
	}
}

// codeRefs codes a collection of references; see ref.
func codeRefs[P any](c *codec, key string, v *[]RefTo[P], base model) {
	codeTypedRefs(c, key, v, base, (*jsonReader).exactly)
}

// codeAnyRefs codes a collection of references; see anyRef.
func codeAnyRefs[P any](c *codec, key string, v *[]RefTo[P], base model) {
	codeTypedRefs(c, key, v, base, (*jsonReader).declared)
}

func codeTypedRefs[P any](c *codec, key string, v *[]RefTo[P], base model, typed func(*jsonReader, model) model) {
	switch {
	case c.w != nil:
		writeRefs(c.w, key, *v, base)
	case c.r.at(key):
		readRefs(c.r, v, base, typed)
		c.r.advance(key)
	case c.r.atBind(key):
		readBinds(c.r, v)
		c.r.advance(bindText(key))
	}
}

// What follows takes models as interfaces, and fields and collections of them through package reflect: functions that
// are generic over the type would be compiled again for each of the thousands.

// optModel codes a complex property, of which it gets a pointer to the field; nil is absent.
//
//go:noinline
func (c *codec) optModel(key string, field any) { c.optAny(key, field, nil) }

// optAny codes a property whose declared type, that of base, has descendants; see optModel. A nil base stands for the
// type that the field points to.
//
//go:noinline
func (c *codec) optAny(key string, field any, base model) {
	v := reflect.ValueOf(field).Elem()
	switch {
	case c.w == nil && c.r.at(key):
		set(v, readValue(c.r, base, v.Type()))
		c.r.advance(key)
	case c.w != nil && !v.IsNil():
		c.w.property(key, v.Interface().(model), base)
	}
}

// models codes a collection of objects, of which it gets a pointer to the slice; a nil item is null.
//
//go:noinline
func (c *codec) models(key string, items any) {
	list := reflect.ValueOf(items).Elem()
	if c.w != nil {
		if !list.IsNil() {
			c.w.models(key, list.Len(), nil, func(i int) model { return list.Index(i).Interface().(model) })
		}
	} else if c.r.at(key) {
		list.SetZero()
		readModels(c.r, nil, list.Type().Elem(), func(items []model) {
			list.Set(reflect.MakeSlice(list.Type(), len(items), len(items)))
			for i, v := range items {
				set(list.Index(i), v)
			}
		})
		c.r.advance(key)
	}
}

// codeAnys codes a collection of values whose declared type, that of base, has descendants. It is generic, since
// package reflect takes long to put a value into an interface; there are few such types.
func codeAnys[I model](c *codec, key string, v *[]I, base model) {
	if c.w != nil {
		if *v != nil {
			c.w.models(key, len(*v), base, func(i int) model { return (*v)[i] })
		}
	} else if c.r.at(key) {
		*v = nil
		readModels(c.r, base, nil, func(items []model) {
			*v = make([]I, len(items))
			for i, item := range items {
				(*v)[i], _ = item.(I)
			}
		})
		c.r.advance(key)
	}
}

// set sets a field or an item to v, which is of a type that it can hold; nil is its zero value.
func set(place reflect.Value, v model) {
	if v == nil {
		place.SetZero()
		return
	}
	place.Set(reflect.ValueOf(v))
}
