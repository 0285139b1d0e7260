package graph

import (
	"encoding/json"
	"reflect"
	"strings"
)

// model is implemented by a pointer to every generated struct.
type model interface {
	// encode writes the properties; jsonWriter.object writes what stands around them.
	encode(w *jsonWriter)
	// decodeProperty reads the value of a property, or nothing if the type has no such property.
	decodeProperty(r *jsonReader, name string)
	// rest is the type's name and points at what every struct has beside its properties.
	rest() rest
}

// rest is what is read and written alike for every struct. The pointers to strings are nil where it has no such field.
type rest struct {
	own             string  // the type, such as "#microsoft.graph.chat"; "" for an object that has none
	odataType, etag *string // @odata.type, @odata.etag
	extra           *map[string]json.RawMessage
	nulls           *nulls
}

// pointer is the type *T of a generated struct T.
type pointer[T any] interface {
	*T
	model
}

// nulls is what a struct knows of nulls that its fields cannot hold.
type nulls struct {
	self  bool     // the value itself is sent as null: NullValue
	names []string // properties that arrived as null
}

// keyed is implemented by entities that have one string for a key.
type keyed interface{ key() string }

// polymorphic is implemented by types with descendants.
type polymorphic interface {
	// resolve returns a new value of the descendant that odataType names, without a #; nil if it names none.
	// It does not look at its receiver, which may be nil.
	resolve(odataType string) model
}

// upcaster is implemented by types that can stand where a base of theirs is declared.
type upcaster interface {
	// upcast sets target, a **Base, to the part of the value that is a Base; false if Base is no base of its type.
	upcast(target any) bool
}

// NullValue returns a value that is sent as null, for complex properties, where nil means absent.
func NullValue[T any, P pointer[T]]() *T {
	value := new(T)
	P(value).rest().nulls.self = true
	return value
}

// declaredFor returns what to take for declared where nothing is known of the place that v goes to: a type that can
// stand for a base of it says what it is, others do not.
func declaredFor(v model) string {
	if _, derived := v.(upcaster); derived {
		return declaredUnknown
	}
	return declaredSame
}

// marshal returns v as JSON with binds below the default service root: outside of a client there is no other.
func marshal(v model) ([]byte, error) {
	w := newWriter(defaultServiceRoot)
	if isNil(v) {
		w.buf = append(w.buf, "null"...)
	} else {
		w.object(v, declaredFor(v))
	}
	return w.finish()
}

// unmarshal reads an object into v, and null as nothing at all, as encoding/json asks of an UnmarshalJSON.
func unmarshal(data []byte, v model) error {
	r := newReader(data)
	if !r.skipNull() {
		r.object(v)
	}
	return r.finish()
}

// object reads an object into v. A null for a property whose field cannot hold one is noted, so that it goes back.
//
//go:noinline
func (r *jsonReader) object(v model) {
	rest := v.rest()
	r.members(func(name string) {
		isNull := r.peek() == 'n'
		r.nullKept = false
		start := r.pos
		switch {
		case name == "@odata.type" && rest.odataType != nil:
			*rest.odataType = r.string()
		case name == "@odata.etag" && rest.etag != nil:
			*rest.etag = r.string()
		default:
			if v.decodeProperty(r, name); r.pos == start { // no value is read without its first byte
				r.keep(rest.extra, name)
				return
			}
		}
		if isNull && !r.nullKept {
			rest.nulls.names = append(rest.nulls.names, name)
		}
	})
}

// null reads a null in place of an object.
//
//go:noinline
func (r *jsonReader) null() bool { return r.skipNull() }

// keep reads a value and keeps its text under name.
func (r *jsonReader) keep(extra *map[string]json.RawMessage, name string) {
	if *extra == nil {
		*extra = make(map[string]json.RawMessage)
	}
	(*extra)[name] = r.raw()
}

// readAny reads a value declared with base's type; null is nil. I is the interface of that type and its descendants.
func readAny[I model](r *jsonReader, base model) I {
	v, _ := r.any(base).(I)
	return v
}

// any reads an object as the type that its @odata.type names, or as base's if that is the one or unknown; null is nil.
// It does not look at what base points to, which may be nil.
func (r *jsonReader) any(base model) model {
	if r.skipNull() {
		return nil
	}
	v := r.derived(base)
	if v == nil {
		v = newModel(reflect.TypeOf(base))
	}
	r.object(v)
	return v
}

// newModel makes a struct of which pointer is the type of a pointer to it.
func newModel(pointer reflect.Type) model { return reflect.New(pointer.Elem()).Interface().(model) }

// derived returns a new value of the type that the object's @odata.type names, nil if it is base's own or unknown.
func (r *jsonReader) derived(base model) model {
	p, ok := base.(polymorphic)
	if !ok {
		return nil
	}
	name := r.odataType()
	if name == "" {
		return nil
	}
	return p.resolve(name)
}

// maxAhead is how many times its length a text may be read to find names of types. Where @odata.type comes first, as
// the service sends it, that is nearly nothing; a hostile text could ask for its own length at each of 10,000 levels.
const maxAhead = 32

// odataType returns the next object's @odata.type without a # and what stands before it, "" if it has none. It reads
// ahead, as far as to the annotation, and goes back.
func (r *jsonReader) odataType() string {
	start := *r
	var name string
	for more := r.enter('{', '}'); more && name == ""; more = name == "" && r.next('}') {
		if r.name() == "@odata.type" {
			name = r.string()
		} else {
			r.skip()
		}
	}
	ahead := r.pos - start.pos
	*r = start // with its err: what is wrong will be found again, and then with its path
	r.ahead += ahead
	if r.ahead > maxAhead*len(r.data) {
		r.fail("too many nested objects have their @odata.type at the end")
	}
	return name[strings.LastIndexByte(name, '#')+1:]
}

// readSlice reads an array with item; null is nil, and an empty array is not.
func readSlice[T any](r *jsonReader, into *[]T, item func(*jsonReader) T) {
	*into = nil
	if r.skipNull() {
		return
	}
	// Most collections are short. They are gathered here first, so that they cost one allocation of their own size.
	var few [8]T
	var items []T
	n := 0
	for more := r.enter('[', ']'); more; more = r.next(']') {
		v := item(r)
		if r.err != nil {
			r.err = inside(r.err, indexStep(n))
			return
		}
		if n == len(few) {
			items = append(make([]T, 0, 4*len(few)), few[:]...)
		}
		if n < len(few) {
			few[n] = v
		} else {
			items = append(items, v)
		}
		n++
	}
	if n <= len(few) {
		items = append(make([]T, 0, n), few[:n]...)
	}
	*into = items
}

// What follows takes models as interfaces, and fields and collections of them through package reflect: functions that are
// generic over the type would be compiled again for each of the thousands.

// optModel reads a complex property, of which it gets a pointer to the field; null is nil.
//
//go:noinline
func (r *jsonReader) optModel(into any) {
	field := reflect.ValueOf(into).Elem()
	if r.skipNull() {
		field.SetZero()
		return
	}
	v := newModel(field.Type())
	r.object(v)
	field.Set(reflect.ValueOf(v))
}

// optAny reads a property whose declared type, that of base, has descendants; see optModel and any.
//
//go:noinline
func (r *jsonReader) optAny(into any, base model) { set(reflect.ValueOf(into).Elem(), r.any(base)) }

// set sets a field or an item to v, which is of a type that it can hold; nil is its zero value.
func set(place reflect.Value, v model) {
	if v == nil {
		place.SetZero()
		return
	}
	place.Set(reflect.ValueOf(v))
}

// models reads a collection of objects, of which it gets a pointer to the slice; a null item is nil.
//
//go:noinline
func (r *jsonReader) models(into any) { r.anys(into, nil) }

// anys reads a collection of values whose declared type, that of base, has descendants; see models. A nil base stands
// for the type that the slice's items point to.
//
//go:noinline
func (r *jsonReader) anys(into any, base model) {
	list := reflect.ValueOf(into).Elem()
	list.SetZero()
	if r.skipNull() {
		return
	}
	if base == nil {
		base = reflect.Zero(list.Type().Elem()).Interface().(model)
	}
	// The items are gathered behind those of the collections around this one, so that it costs one allocation of its size.
	start := len(r.items)
	for more := r.enter('[', ']'); more; more = r.next(']') {
		v := r.any(base)
		if r.err != nil {
			r.err = inside(r.err, indexStep(len(r.items)-start))
			return
		}
		r.items = append(r.items, v)
	}
	items := r.items[start:]
	slice := reflect.MakeSlice(list.Type(), len(items), len(items))
	for i, v := range items {
		set(slice.Index(i), v)
	}
	list.Set(slice)
	r.items = r.items[:start]
}

// optModel writes a complex property; nil is absent.
//
//go:noinline
func (w *jsonWriter) optModel(key string, v model) { w.optAny(key, v, declaredSame) }

// optAny writes a property whose declared type has descendants; nil is absent.
//
//go:noinline
func (w *jsonWriter) optAny(key string, v model, declared string) {
	if !isNil(v) && w.enter(key) {
		w.value(v, declared)
		w.leave(key)
	}
}

// models writes a collection of objects, of which it gets a pointer to the slice; a nil item is null.
//
//go:noinline
func (w *jsonWriter) models(key string, items any) { w.anys(key, items, declaredSame) }

// anys writes a collection of values whose declared type has descendants; see models.
//
//go:noinline
func (w *jsonWriter) anys(key string, items any, declared string) {
	list := reflect.ValueOf(items).Elem()
	if list.IsNil() {
		return
	}
	w.array(key, list.Len(), func(i int) {
		v, _ := list.Index(i).Interface().(model)
		if isNil(v) {
			w.nullValue()
			return
		}
		w.value(v, declared)
	})
}
