package graph

import (
	"fmt"
	"net/url"
	"strings"
)

// Ref is a single-valued navigation property, or an item of a collection of them. It is absent (the zero value, not
// sent), null (NullRef), bound to an entity that exists (by a Bind function, BindPath or BindURL; sent as
// "name@odata.bind"), or it holds an expanded value (Expanded, ExpandedAs; sent as the value).
//
// A Ref that was decoded may be bound and hold a value, if the JSON has both; it is written back with both. In a
// collection that is an error, as any mixture of bound and expanded items is.
type Ref[T any] struct {
	bind  bindKind
	null  bool
	set   string // the entity set's path, for bindByKey and bindBySegment
	text  string // the key, path or URL
	value any    // *T or a pointer to a type derived from T; or what ExpandedAs was given wrongly
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

// bindKey returns a Ref to the entity of a set, such as "users" or "appCatalogs/teamsApps", that has the key.
func bindKey[T any](set, key string) Ref[T] { return Ref[T]{bind: bindByKey, set: set, text: key} }

// BindPath returns a Ref to what stands at path below the client's service root, such as "me". The path is sent as it
// is: percent-encode what needs it. It is an error at the call if the path leads elsewhere or is none.
func BindPath[T any](path string) Ref[T] { return Ref[T]{bind: bindByPath, text: path} }

// BindURL returns a Ref to an absolute https or http URL, which is sent as it is, whatever the client's service root.
// It is an error at the call if it is not one.
func BindURL[T any](link string) Ref[T] { return Ref[T]{bind: bindByURL, text: link} }

// NullRef returns a Ref that is sent as null, which takes the reference away.
func NullRef[T any]() Ref[T] { return Ref[T]{null: true} }

// Expanded returns a Ref that holds value itself; a nil value makes it absent.
func Expanded[T any](value *T) Ref[T] {
	if value == nil {
		return Ref[T]{}
	}
	return Ref[T]{value: value}
}

// ExpandedAs returns a Ref that holds a value of a type derived from T; a nil value makes it absent. It is an error at
// the call if its type is not derived from T.
func ExpandedAs[T any](value model) Ref[T] {
	if isNil(value) {
		return Ref[T]{}
	}
	return Ref[T]{value: value}
}

// BySegment returns the Ref with its key as a path segment, users/id, instead of in parentheses, users('id').
// It changes nothing for a Ref that is not bound by key.
func (r Ref[T]) BySegment() Ref[T] {
	if r.bind == bindByKey {
		r.bind = bindBySegment
	}
	return r
}

// Value returns the expanded value. Of a value of a derived type it is a copy of the part that is a T; see Any.
func (r Ref[T]) Value() (*T, bool) {
	if value, ok := r.value.(*T); ok {
		return value, true
	}
	if derived, ok := r.value.(upcaster); ok {
		var base *T
		if derived.upcast(&base) {
			return base, true
		}
	}
	return nil, false
}

// Any returns the expanded value in its own type, a *T or a pointer to a type derived from T; nil if there is none.
func (r Ref[T]) Any() any { return r.value }

// ID returns the key of the entity: of the expanded value, else the one it is bound by; "" if there is none.
func (r Ref[T]) ID() string {
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
func (r Ref[T]) IsBound() bool { return r.bind != bindNone && r.bind != bindNull }

// IsNull reports whether the Ref is an explicit null.
func (r Ref[T]) IsNull() bool { return r.null }

// IsZero reports whether the Ref is absent.
func (r Ref[T]) IsZero() bool { return r.bind == bindNone && !r.null && r.value == nil }

// writeRef writes what the Ref holds: the bind under bindKey, the null or the value under key.
func writeRef[T any](w *jsonWriter, key, bindKey string, ref Ref[T]) {
	if ref.bind != bindNone {
		w.member(bindKey, func() { ref.writeBind(w) })
	}
	switch {
	case ref.null:
		w.null(key)
	case ref.value != nil:
		w.member(key, func() { ref.writeValue(w) })
	}
}

// writeRefs writes a collection of Refs, which are all bound or all expanded. An empty one is an empty collection.
func writeRefs[T any](w *jsonWriter, key, bindKey string, refs []Ref[T], null bool) {
	bound, expanded := 0, 0
	for i, ref := range refs {
		if ref.IsZero() || ref.null {
			w.member(key, func() {
				w.fail("an item of a collection is bound or expanded, not absent or null")
				w.err = inside(w.err, indexStep(i))
			})
			return
		}
		if ref.bind != bindNone {
			bound++
		}
		if ref.value != nil {
			expanded++
		}
	}
	switch {
	case bound > 0 && expanded > 0:
		w.member(key, func() {
			w.fail("the collection has bound and expanded items; send the ones or the others")
		})
	case bound > 0:
		writeSlice(w, bindKey, refs, null, func(w *jsonWriter, ref Ref[T]) { ref.writeBind(w) })
	default:
		writeSlice(w, key, refs, null, func(w *jsonWriter, ref Ref[T]) { ref.writeValue(w) })
	}
}

// writeValue writes the expanded value, with its type if that is not the declared one.
func (r Ref[T]) writeValue(w *jsonWriter) {
	value, ok := r.value.(model)
	_, isT := r.value.(*T)
	if _, derived := r.Value(); !ok || !derived {
		w.fail(fmt.Sprintf("a %T cannot stand for a %T", r.value, *new(T)))
		return
	}
	value.encode(w, !isT)
}

// writeBind writes the URL of the entity, which is below w.root unless the Ref has a whole URL.
func (r Ref[T]) writeBind(w *jsonWriter) {
	if r.bind == bindNull {
		w.begin(true)
		return
	}
	if fault := r.bindFault(); fault != "" {
		w.fail(fault)
		return
	}
	w.buf = append(w.buf, '"')
	switch r.bind {
	case bindByURL, bindArrived:
		w.buf = appendStringText(w.buf, r.text)
	case bindByPath:
		w.buf = append(appendStringText(w.buf, w.root), '/')
		w.buf = appendStringText(w.buf, strings.TrimPrefix(r.text, "/"))
	case bindByKey, bindBySegment:
		w.buf = append(appendStringText(w.buf, w.root), '/')
		w.buf = r.appendKey(append(w.buf, r.set...))
	}
	w.buf = append(w.buf, '"')
}

func (r Ref[T]) appendKey(dst []byte) []byte {
	if r.bind == bindBySegment {
		return appendEscaped(append(dst, '/'), r.text)
	}
	return append(appendQuotedKey(append(dst, '('), r.text), ')')
}

// bindFault says why the Ref cannot be sent; "" if it can. What arrived can always go back.
func (r Ref[T]) bindFault() string {
	switch r.bind {
	case bindByKey, bindBySegment:
		if r.text == "" {
			return "bind of " + r.set + ": the key is empty"
		}
		if r.bind == bindBySegment && (r.text == "." || r.text == "..") {
			return "bind of " + r.set + ": the key " + r.text + " has another meaning as a segment; bind it without BySegment"
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

// readRef reads a value into ref, which keeps its bind if it has one.
func readRef[T any, P pointer[T]](r *jsonReader, ref *Ref[T]) {
	ref.value, ref.null = nil, r.skipNull()
	if ref.null {
		return
	}
	v := r.derived(P(nil))
	if v == nil {
		v = P(new(T))
	}
	r.object(v)
	ref.value = v
}

// readBind reads "name@odata.bind" into ref, which keeps its value if it has one.
func readBind[T any](r *jsonReader, ref *Ref[T]) {
	ref.bind, ref.set, ref.text = bindNull, "", ""
	if !r.skipNull() {
		ref.bind, ref.text = bindArrived, r.quoted("a URL")
	}
}

// readRefs reads a collection of values, after the binds that are there already.
func readRefs[T any, P pointer[T]](r *jsonReader, refs *[]Ref[T]) {
	items := readSlice(r, func(r *jsonReader) Ref[T] {
		var ref Ref[T]
		readRef[T, P](r, &ref)
		return ref
	})
	*refs = joinRefs(*refs, items, func(old Ref[T]) bool { return old.bind == bindNone })
}

// readBinds reads "name@odata.bind" of a collection, after the values that are there already.
func readBinds[T any](r *jsonReader, refs *[]Ref[T]) {
	items := readSlice(r, func(r *jsonReader) Ref[T] {
		var ref Ref[T]
		readBind(r, &ref)
		return ref
	})
	*refs = joinRefs(*refs, items, func(old Ref[T]) bool { return old.bind != bindNone })
}

// joinRefs appends items to those of refs that are not replaced by them.
func joinRefs[T any](refs, items []Ref[T], replaced func(Ref[T]) bool) []Ref[T] {
	var kept []Ref[T]
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
