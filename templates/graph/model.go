package graph

import (
	"encoding/json"
	"strings"
)

// model is implemented by a pointer to every generated struct.
type model interface {
	// encode writes the value. typed: the declared type is another one, or unknown, so @odata.type is needed.
	encode(w *jsonWriter, typed bool)
	// decodeProperty reads the value of a property; false: the type has no such property, and nothing was read.
	decodeProperty(r *jsonReader, name string) bool
	// extra points at what is kept of unknown properties.
	extra() *map[string]json.RawMessage
	// setNull makes the value one that is written as null.
	setNull()
}

// pointer is the type *T of a generated struct T.
type pointer[T any] interface {
	*T
	model
}

// keyed is implemented by entities that have one string for a key.
type keyed interface{ key() string }

// polymorphic is implemented by types with descendants.
type polymorphic interface {
	// resolve returns a new value of the descendant that odataType names, without a #; nil if it names none.
	// It does not look at its receiver, which may be nil.
	resolve(odataType string) model
}

// upcaster is implemented by types with a base.
type upcaster interface {
	// upcast sets target, a **Base, to the part of the value that is a Base; false if Base is no base of its type.
	upcast(target any) bool
}

// NullValue returns a value that is sent as null, for complex properties, where nil means absent.
func NullValue[T any, P pointer[T]]() *T {
	value := P(new(T))
	value.setNull()
	return value
}

// hasNull reports whether bit is set. Bit 0 is the value itself, others are plain properties that arrived as null.
func hasNull(nulls []uint64, bit int) bool { return nulls[bit/64]&(1<<(bit%64)) != 0 }

// null reads a null if it is the next value and notes it in nulls.
func (r *jsonReader) null(nulls []uint64, bit int) bool {
	if !r.skipNull() {
		return false
	}
	nulls[bit/64] |= 1 << (bit % 64)
	return true
}

// marshal returns v as JSON with binds below the default service root: outside of a client there is no other.
func marshal(v model, typed bool) ([]byte, error) {
	w := newWriter(defaultServiceRoot)
	v.encode(w, typed)
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

// object reads an object into v.
func (r *jsonReader) object(v model) {
	r.members(func(name string) {
		if !v.decodeProperty(r, name) {
			r.keep(v.extra(), name)
		}
	})
}

// keep reads a value and keeps its text under name.
func (r *jsonReader) keep(extra *map[string]json.RawMessage, name string) {
	if *extra == nil {
		*extra = make(map[string]json.RawMessage)
	}
	(*extra)[name] = r.raw()
}

// readModel reads an object; null is nil.
func readModel[T any, P pointer[T]](r *jsonReader) *T {
	if r.skipNull() {
		return nil
	}
	v := P(new(T))
	r.object(v)
	return v
}

// readAny reads an object as the type that its @odata.type names, or into base if that is base's own or unknown;
// null is nil. I is the interface of base and its descendants.
func readAny[I model](r *jsonReader, base model) I {
	var none I
	if r.skipNull() {
		return none
	}
	v, ok := r.derived(base).(I)
	if !ok {
		v, ok = base.(I)
	}
	if !ok {
		return none
	}
	r.object(v)
	return v
}

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
func readSlice[T any](r *jsonReader, item func(*jsonReader) T) []T {
	if r.skipNull() {
		return nil
	}
	// Most collections are short. They are gathered here first, so that they cost one allocation of their own size.
	var few [8]T
	var items []T
	n := 0
	for more := r.enter('[', ']'); more; more = r.next(']') {
		v := item(r)
		if r.err != nil {
			r.err = inside(r.err, indexStep(n))
			return nil
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
	return items
}

// writeModel writes a complex or expanded property: nil is absent, or null if that is what arrived.
func writeModel[T any, P pointer[T]](w *jsonWriter, key string, v *T, typed, null bool) {
	if v == nil {
		w.nullIf(null, key)
		return
	}
	w.member(key, func() { P(v).encode(w, typed) })
}

// writeModels writes a collection of objects; a nil item is null.
func writeModels[T any, P pointer[T]](w *jsonWriter, key string, items []*T, typed, null bool) {
	writeSlice(w, key, items, null, func(w *jsonWriter, v *T) { P(v).encode(w, typed) })
}

// writeAny writes a property whose type has descendants. base reports whether a value is of the declared type itself;
// any other needs its @odata.type.
func writeAny[T model](w *jsonWriter, key string, v T, base func(T) bool, null bool) {
	if isNil(v) {
		w.nullIf(null, key)
		return
	}
	w.member(key, func() { v.encode(w, !base(v)) })
}

// writeAnys writes a collection of values whose type has descendants; a nil item is null.
func writeAnys[T model](w *jsonWriter, key string, items []T, base func(T) bool, null bool) {
	writeSlice(w, key, items, null, func(w *jsonWriter, v T) {
		if isNil(v) {
			w.begin(true)
			return
		}
		v.encode(w, !base(v))
	})
}
