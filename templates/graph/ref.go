package graph

import (
	"fmt"
	"net/url"
	"reflect"
	"strings"
)

// Ref is a single-valued navigation property, or an item of a collection of them. It is absent (the zero value, not
// sent), null (NullRef), bound to an entity that exists (by a Bind function, BindPath or BindURL; sent as
// "name@odata.bind"), or it holds an expanded value (Expanded, ExpandedAs; sent as the value).
//
// A Ref that was decoded may be bound and hold a value, if the JSON has both; it is written back with both. In a
// collection that is an error, as any mixture of bound and expanded items is.
//
// A Ref takes an expanded value of a type derived from T as well. Of what arrived, one that is derived from T is a *T,
// which keeps its ODataType and all else, unless T is abstract; Any gives it in its own type.
//
// Its methods are those of RefTo.
type Ref[T any] = RefTo[*T]

// RefTo is what a Ref[T] is, with P for *T: of pointers the compiler makes one form, whatever they point to, where it
// would make the code of Refs anew for each type.
type RefTo[P any] struct{ ref }

// AnyRef is what Expanded returns. It can be assigned to a Ref of its value's type and of any base of that.
type AnyRef = struct{ ref }

// ref is a Ref without its type, so that there is but one of most of its code. What the runtime alone does with it are
// functions: methods would be promoted to each type of Refs.
type ref struct {
	bind  bindKind
	null  bool
	set   string // the entity set's path, for bindByKey and bindBySegment
	text  string // the key, path or URL
	value model  // the expanded value
}

type bindKind uint8

const (
	bindNone      bindKind = iota
	bindByKey              // set('key')
	bindBySegment          // set/key
	bindByPath             // text, below the service root
	bindByURL              // text, checked when it is sent
	bindArrived            // text as it arrived, which may be relative or empty, and goes back as it is
	bindNull               // "name@odata.bind": null, as it arrived
)

// bindKey returns a Ref to the entity of a set, such as "things" or "things/parts", that has the key.
func bindKey[T any](set, key string) Ref[T] { return Ref[T]{ref{bind: bindByKey, set: set, text: key}} }

// BindPath returns a Ref to what stands at path below the client's service root, such as "me". The path is sent as it
// is: percent-encode what needs it. It is an error at the call if the path leads elsewhere or is none.
func BindPath[T any](path string) Ref[T] { return Ref[T]{ref{bind: bindByPath, text: path}} }

// BindURL returns a Ref to an absolute https or http URL, which is sent as it is, whatever the client's service root.
// It is an error at the call if it is not one.
func BindURL[T any](link string) Ref[T] { return Ref[T]{ref{bind: bindByURL, text: link}} }

// NullRef returns a Ref that is sent as null, which takes the reference away.
func NullRef[T any]() Ref[T] { return Ref[T]{ref{null: true}} }

// Expanded returns a reference that holds value itself, for a Ref of its type or of a base; a nil value makes it
// absent.
//
//	v.Owner = graph.Expanded(owner) // a Ref of owner's type, or of a base of that
//
// It is an error at the call if the value's type is neither that of the Ref nor derived from it.
func Expanded(value model) AnyRef {
	if isNil(value) {
		return AnyRef{}
	}
	return AnyRef{ref{value: value}}
}

// ExpandedAs is Expanded for where the type of the Ref has to be told.
func ExpandedAs[T any](value model) Ref[T] { return Expanded(value) }

// BySegment returns the Ref with its key as a path segment, things/id, instead of in parentheses, things('id').
// It changes nothing for a Ref that is not bound by key.
//
//go:noinline
func (r RefTo[P]) BySegment() RefTo[P] {
	if r.ref.bind == bindByKey {
		r.ref.bind = bindBySegment
	}
	return r
}

// Value returns the expanded value. For a value of a derived type that is held as such it is another that stands in for
// it, and changing that one changes nothing here; see Any.
//
//go:noinline
func (r RefTo[P]) Value() (P, bool) {
	var none P
	if value, ok := any(r.ref.value).(P); ok {
		return value, true
	}
	base, ok := any(none).(model)
	if !ok || isNil(r.ref.value) || !derivesFrom(r.ref.value, base) {
		return none, false
	}
	value, ok := any(standIn(r.ref.value, base)).(P)
	return value, ok
}

// Any returns the expanded value in its own type, a *T or a pointer to a type derived from T; nil if there is none.
// What is of a derived type and is held as a *T is a copy.
//
//go:noinline
func (r ref) Any() any {
	if r.value == nil {
		return nil
	}
	return ownForm(r.value)
}

// ID returns the key of the entity: of the expanded value, else the one it is bound by; "" if there is none.
//
//go:noinline
func (r ref) ID() string {
	if entity, ok := r.value.(keyed); ok {
		return entity.key()
	}
	switch r.bind {
	case bindByKey, bindBySegment:
		return r.text
	case bindByPath, bindByURL, bindArrived:
		return lastKey(r.text)
	}
	return ""
}

// IsBound reports whether the Ref is bound to an entity.
func (r ref) IsBound() bool { return r.bind != bindNone && r.bind != bindNull }

// IsNull reports whether the Ref is an explicit null.
func (r ref) IsNull() bool { return r.null }

// IsZero reports whether the Ref is absent.
func (r ref) IsZero() bool { return r.bind == bindNone && !r.null && r.value == nil }

// ref writes what a Ref holds: the bind under its own key, the null or the value under key.
func (w *jsonWriter) ref(key string, r *ref, base model) {
	if r.bind != bindNone && w.enter(key[:len(key)-2]) {
		w.buf = append(w.buf, bindSuffix...)
		if writeBind(w, r); w.err != nil {
			w.leave(bindText(key))
		}
	}
	if r.null {
		w.null(key)
	}
	if r.value != nil && w.enter(key) {
		writeRefValue(w, r, base)
		w.leave(key)
	}
}

// bindSuffix makes "name@odata.bind": of "name": without its last two characters.
const bindSuffix = `@odata.bind":`

func bindText(key string) string { return key[:len(key)-2] + bindSuffix }

// writeRefs writes a collection of Refs, which are all bound or all expanded. An empty one is an empty collection.
func writeRefs[P any](w *jsonWriter, key string, refs []RefTo[P], base model) {
	bound := len(refs) > 0 && refs[0].ref.bind != bindNone
	if bound {
		key = bindText(key)
	}
	writeSlice(w, key, refs, func(w *jsonWriter, r RefTo[P]) { writeRefItem(w, &r.ref, bound, base) })
}

func writeRefItem(w *jsonWriter, r *ref, bound bool, base model) {
	switch isBound, isExpanded := r.bind != bindNone, r.value != nil; {
	case !isBound && !isExpanded:
		w.fail("an item of a collection is bound or expanded, not absent or null")
	case isBound != bound || isBound && isExpanded:
		w.fail("the collection has bound and expanded items; send the ones or the others")
	case bound:
		writeBind(w, r)
	default:
		writeRefValue(w, r, base)
	}
}

// writeRefValue writes the expanded value, with its type if that is not the declared one.
func writeRefValue(w *jsonWriter, r *ref, base model) {
	switch {
	case reflect.TypeOf(r.value) == reflect.TypeOf(base):
		w.value(r.value, declaredSame)
	case derivesFrom(r.value, base):
		w.value(r.value, declaredUnknown)
	default:
		w.fail(fmt.Sprintf("a %T cannot stand for a %T", r.value, base))
	}
}

// writeBind writes the URL of the entity, which is below w.root unless the Ref has a whole URL.
func writeBind(w *jsonWriter, r *ref) {
	if r.bind == bindNull {
		w.nullValue()
		return
	}
	if r.bind == bindByKey && r.text != "" {
		if plainKeyLen(r.text) == len(r.text) { // as keys are: it can be sent, and as it is
			buf := append(append(append(append(w.buf, '"'), w.root...), '/'), r.set...)
			w.buf = append(append(append(buf, "('"...), r.text...), `')"`...)
			return
		}
	}
	if fault := bindFault(r); fault != "" {
		w.fail(fault)
		return
	}
	w.buf = append(appendBind(append(w.buf, '"'), r, w.root), '"')
}

// appendBind appends the URL as the text of a JSON string.
func appendBind(dst []byte, r *ref, root string) []byte {
	if r.bind == bindByURL || r.bind == bindArrived {
		return appendStringText(dst, r.text)
	}
	dst = append(append(dst, root...), '/')
	switch r.bind {
	case bindByKey:
		dst = append(append(dst, r.set...), "('"...)
		return append(appendEscaped(dst, r.text, "''"), "')"...)
	case bindBySegment:
		dst = append(append(dst, r.set...), '/')
		return appendEscaped(dst, r.text, "%27")
	}
	return appendStringText(dst, strings.TrimPrefix(r.text, "/"))
}

// bindFault says why the Ref cannot be sent; "" if it can. What arrived can always go back.
func bindFault(r *ref) string {
	switch r.bind {
	case bindByKey, bindBySegment:
		switch err := textFault(r.text); {
		case r.text == "":
			return "bind of " + r.set + ": the key is empty"
		case err != nil:
			return "bind of " + r.set + ": the key: " + err.Error()
		case r.bind == bindBySegment && hasOtherMeaning(r.text):
			return fmt.Sprintf("bind of %s: the key %.40q has another meaning as a segment; bind it without BySegment",
				r.set, r.text)
		}
	case bindByPath:
		return pathFault(r.text)
	case bindByURL:
		u, err := url.Parse(r.text)
		if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
			return "BindURL takes an absolute https or http URL"
		}
	}
	return ""
}

// pathFault says why path is none below the service root; "" if it is.
func pathFault(path string) string {
	if strings.Trim(path, "/") == "" {
		return "BindPath takes a path below the service root; it is empty"
	}
	if strings.HasPrefix(path, "//") || strings.Contains(path, "://") {
		return "BindPath takes a path below the service root; for a whole URL there is BindURL"
	}
	if strings.ContainsAny(path, `?#\`) {
		return `BindPath takes a path without ?, # and \`
	}
	for segment := range strings.SplitSeq(path, "/") {
		plain, err := url.PathUnescape(segment)
		if err != nil {
			return "BindPath takes a path with valid percent-encoding"
		}
		if plain == "." || plain == ".." {
			return "BindPath takes a path without . and .."
		}
	}
	return ""
}

// ref reads a value into a Ref, which keeps its bind if it has one. base is of the declared type and may be nil; typed
// makes the value that is read into, nil for one of that type.
func (r *jsonReader) ref(into *ref, base model, typed func(*jsonReader, model) model) {
	into.value, into.null = nil, r.heldNull()
	if into.null {
		return
	}
	v := typed(r, base)
	if v == nil {
		v = newModel(reflect.TypeOf(base))
	}
	into.value = r.filled(v)
}

// exactly makes no value of a derived type, whatever the object says of itself.
func (r *jsonReader) exactly(model) model { return nil }

// readBind reads "name@odata.bind" into a Ref, which keeps its value if it has one.
func (r *jsonReader) readBind(into *ref) {
	into.bind, into.set, into.text = bindNull, "", ""
	if !r.heldNull() {
		into.bind, into.text = bindArrived, r.text("a URL")
		switch {
		case r.isUnread():
			*into = ref{value: into.value}
		case r.rebased:
			rebase(into)
		}
	}
}

// readRefs reads a collection of values, after the binds that are there already.
func readRefs[P any](r *jsonReader, refs *[]RefTo[P], base model, typed func(*jsonReader, model) model) {
	var items []RefTo[P]
	readSlice(r, &items, func(r *jsonReader) (v RefTo[P]) {
		r.ref(&v.ref, base, typed)
		return v
	})
	*refs = joinRefs(*refs, items, func(old RefTo[P]) bool { return old.ref.bind == bindNone })
}

// readBinds reads "name@odata.bind" of a collection, after the values that are there already.
func readBinds[P any](r *jsonReader, refs *[]RefTo[P]) {
	var items []RefTo[P]
	readSlice(r, &items, func(r *jsonReader) (v RefTo[P]) {
		r.readBind(&v.ref)
		return v
	})
	*refs = joinRefs(*refs, items, func(old RefTo[P]) bool { return old.ref.bind != bindNone })
}

// joinRefs appends items to those of refs that are not replaced by them.
func joinRefs[P any](refs, items []RefTo[P], replaced func(RefTo[P]) bool) []RefTo[P] {
	var kept []RefTo[P]
	for _, ref := range refs {
		if !replaced(ref) {
			kept = append(kept, ref)
		}
	}
	if len(kept) == 0 {
		return items
	}
	return append(kept, items...)
}
