package graph

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
)

// model is implemented by a pointer to every generated struct.
type model interface {
	// properties goes through the properties, in the order in which they are written.
	properties(c *codec)
	// rest is the type's name and points at what every struct has beside its properties.
	rest() rest
}

// rest is what is read and written alike for every struct. The pointers to strings are nil where it has no such field.
type rest struct {
	own             string  // the type, such as "#microsoft.graph.chat"; "" for an object that has none
	odataType, etag *string // @odata.type, @odata.etag
	extra           *map[string]json.RawMessage
	nulls           **nulls
}

// noted is what is noted of the value, to be changed: of this value alone, for copies of a struct share it.
func (of rest) noted() *nulls {
	var own nulls
	if *of.nulls != nil {
		own = **of.nulls
		own.names, own.empty, own.items = slices.Clip(own.names), slices.Clip(own.empty), slices.Clip(own.items)
	}
	*of.nulls = &own
	return &own
}

// pointer is the type *T of a generated struct T.
type pointer[T any] interface {
	*T
	model
}

// nulls is what a struct knows of values that its fields cannot tell from absent ones, so that they go back as they
// came, and of what it stands in for. Few have any.
type nulls struct {
	self bool // the value itself is sent as null
	// untyped: a value of an abstract type that arrived without its own, and goes back so.
	untyped bool
	names   []string   // properties that arrived as null
	empty   []string   // properties that arrived as ""
	items   []nullItem // items that arrived as null
	// derived is the value of a derived type that this one stands in for, without what this one has.
	derived model
}

// abstract is implemented by types of which no value is, but of those that derive from them.
type abstract interface {
	// abstract names these, all or the first of them, for people.
	abstract() []string
}

// keyed is implemented by entities that have one string for a key.
type keyed interface{ key() string }

// polymorphic is implemented by types with descendants.
type polymorphic interface {
	// resolve returns a new value of the descendant that odataType names, without a #; nil if it names none.
	// It does not look at its receiver, which may be nil.
	resolve(odataType string) model
}

// derived is implemented by types that can stand where an interface is declared that their base has.
type derived interface{ derived() }

// NullValue returns a value that is sent as null, for complex properties, where nil means absent.
func NullValue[T any, P pointer[T]]() *T {
	value := new(T)
	P(value).rest().noted().self = true
	return value
}

// declaredFor returns what to take for declared where nothing is known of the place that v is sent to: a type that can
// stand for a base of it says what it is, others do not.
func declaredFor(v model) string {
	if _, isDerived := v.(derived); isDerived {
		return declaredUnknown
	}
	return declaredSame
}

// marshal returns v as JSON with binds below the default service root: outside of a client there is no other. A value
// alone says of which type it is only if it arrived so, or was told to: where it goes decides whether that is needed.
func marshal(v model) ([]byte, error) {
	w := newWriter(defaultServiceRoot)
	if isNil(v) {
		w.buf = append(w.buf, "null"...)
	} else {
		w.object(v, declaredSame)
	}
	return w.finish()
}

// unmarshal reads an object into v, and null as nothing at all, as encoding/json asks for.
func unmarshal(data []byte, v model) error {
	r := newReader(data)
	if !r.skipNull() {
		r.object(v)
	}
	return r.finish()
}

// null reads a null in place of an object.
//
//go:noinline
func (r *jsonReader) null() bool { return r.skipNull() }

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
	v := r.declared(base)
	if v == nil {
		v = newModel(reflect.TypeOf(base))
	}
	return r.filled(v)
}

// filled reads an object into v; nil if it is none.
func (r *jsonReader) filled(v model) model {
	if r.object(v); r.isUnread() {
		return nil
	}
	return v
}

// readValue reads an object declared with base's type, or of the type pointed to if base is nil; null is nil. It is no
// method: what methods have of package reflect, every package that calls this one compiles with it.
func readValue(r *jsonReader, base model, pointer reflect.Type) model {
	if base != nil {
		return r.any(base)
	}
	if r.skipNull() {
		return nil
	}
	return r.filled(newModel(pointer))
}

// newModel makes a struct of which pointer is the type of a pointer to it.
func newModel(pointer reflect.Type) model { return reflect.New(pointer.Elem()).Interface().(model) }

// derived returns a new value of the type that the object's @odata.type names, nil if it is base's own or unknown.
func (r *jsonReader) declared(base model) model {
	p, ok := base.(polymorphic)
	if !ok {
		return nil
	}
	name := r.odataType()
	if name == "" {
		return nil
	}
	return resolved(p, name)
}

// maxAhead is how many times its length a text may be read to find names of types. Where @odata.type comes first, as
// the service sends it, that is nearly nothing; a hostile text could ask for its own length at each of 10,000 levels.
const maxAhead = 32

// odataType returns the next object's @odata.type without a # and what stands before it, "" if it has none. It reads
// ahead, as far as to the annotation, and goes back.
func (r *jsonReader) odataType() string {
	start, depth, err := r.pos, r.depth, r.err
	var name string
	for more := r.enter('{', '}'); more && name == ""; more = name == "" && r.next('}') {
		if r.name() == "@odata.type" && r.peek() == '"' {
			name = r.quoted("a string")
		} else {
			r.skip()
		}
	}
	r.ahead += r.pos - start
	r.pos, r.depth, r.err = start, depth, err // what is wrong will be found again, and then with its path
	if r.ahead > maxAhead*len(r.data) {
		r.fail("too many nested objects have their @odata.type at the end")
	}
	return name[strings.LastIndexByte(name, '#')+1:]
}

// readSlice reads an array with item; null is nil, and an empty array is not. It returns which items are null.
func readSlice[T any](r *jsonReader, into *[]T, item func(*jsonReader) T) (nulls []int) {
	*into = nil
	if r.skipNull() {
		return nil
	}
	// Most collections are short. They are gathered here first, so that they cost one allocation of their own size.
	var few [8]T
	var items []T
	n := 0
	for more := r.enter('[', ']'); more; more = r.next(']') {
		if r.peek() == 'n' {
			nulls = append(nulls, n)
		}
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
	if !r.isUnread() {
		*into = items
	}
	return nulls
}

// readModels reads a collection of objects, each as readValue does, and hands them over unless it is null.
func readModels(r *jsonReader, base model, pointer reflect.Type, into func(items []model)) {
	if r.skipNull() {
		return
	}
	// The items are gathered behind those of the collections around this one, so that it costs one allocation of its
	// size.
	start := len(r.items)
	for more := r.enter('[', ']'); more; more = r.next(']') {
		v := readValue(r, base, pointer)
		if r.err != nil {
			r.err = inside(r.err, indexStep(len(r.items)-start))
			return
		}
		r.items = append(r.items, v)
	}
	items := r.items[start:]
	if !r.isUnread() {
		into(items)
	}
	clear(items) // so that they do not live on as long as the reader
	r.items = r.items[:start]
}

// property writes a property that holds an object; base is of the declared type, nil if that is v's own.
func (w *jsonWriter) property(key string, v, base model) {
	if !isNil(v) && w.enter(key) {
		w.value(v, declaredAs(v, base))
		w.leave(key)
	}
}

// declaredAs returns what to take for declared where v stands and the type is that of base.
func declaredAs(v, base model) string {
	if base == nil || reflect.TypeOf(v) == reflect.TypeOf(base) {
		return declaredSame
	}
	return declaredUnknown
}

// models writes a collection of n objects; see property. A nil item is null.
func (w *jsonWriter) models(key string, n int, base model, item func(i int) model) {
	w.array(key, n, func(i int) {
		v := item(i)
		if isNil(v) {
			w.nullValue()
			return
		}
		w.value(v, declaredAs(v, base))
	})
}
