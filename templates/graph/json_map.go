package graph

import (
	"strings"
)

// Maps are objects of any names, whose values are all of one type. They are read and written by functions that are put
// together from those of what they hold.

// codeMap codes a property that is a map: absent if it is nil, {} if it is empty.
func codeMap[T any](c *codec, key string, v *map[string]T, read func(*jsonReader) T, write func(*jsonWriter, T)) {
	switch {
	case c.w == nil && c.r.at(key):
		*v = readMap(c.r, read)
		c.r.advance(key)
	case c.w != nil && *v != nil && c.w.enter(key):
		writeMap(c.w, *v, write)
		c.w.leave(key)
	}
}

// readMap reads an object; null is nil, and an empty one is not. What a service says about the object, such as its
// @odata.type, is none of its entries.
func readMap[T any](r *jsonReader, read func(*jsonReader) T) map[string]T {
	if r.skipNull() {
		return nil
	}
	m := map[string]T{}
	r.members(func(name string) {
		if strings.HasPrefix(name, "@odata.") {
			r.skip()
			return
		}
		m[name] = read(r)
	})
	if r.isUnread() {
		return nil
	}
	return m
}

// writeMap writes the entries by their names; nil is null.
func writeMap[T any](w *jsonWriter, m map[string]T, write func(*jsonWriter, T)) {
	switch {
	case m == nil:
		w.nullValue()
		return
	case w.depth == maxDepth:
		w.fail("the value nests more than 10,000 deep; does it contain itself?")
		return
	}
	w.depth++
	w.buf = append(w.buf, '{')
	for _, name := range sortedNames(m) {
		key := keyText(name)
		if !w.enter(key) {
			break
		}
		write(w, m[name])
		w.leave(key)
	}
	w.buf = append(w.buf, '}')
	w.depth--
}

func mapReader[T any](read func(*jsonReader) T) func(*jsonReader) map[string]T {
	return func(r *jsonReader) map[string]T { return readMap(r, read) }
}

func mapWriter[T any](write func(*jsonWriter, T)) func(*jsonWriter, map[string]T) {
	return func(w *jsonWriter, m map[string]T) { writeMap(w, m, write) }
}

// listReader makes a reader of lists inside a map; null is nil.
func listReader[T any](read func(*jsonReader) T) func(*jsonReader) []T {
	return func(r *jsonReader) (items []T) {
		readSlice(r, &items, read)
		return items
	}
}

// listWriter makes a writer of lists inside a map; nil is null.
func listWriter[T any](write func(*jsonWriter, T)) func(*jsonWriter, []T) {
	return func(w *jsonWriter, items []T) {
		if items == nil {
			w.nullValue()
			return
		}
		w.list(len(items), func(i int) { write(w, items[i]) })
	}
}

// optWriter makes a writer of values that may be null. One that is absent has a name all the same: it is null, too.
func optWriter[T any](write func(*jsonWriter, T)) func(*jsonWriter, Opt[T]) {
	return func(w *jsonWriter, v Opt[T]) {
		if value, ok := v.Get(); ok {
			write(w, value)
		} else {
			w.nullValue()
		}
	}
}

// objectReader makes a reader of objects declared with the type of base, a nil pointer; null is nil.
func objectReader[M model](base model) func(*jsonReader) M {
	return func(r *jsonReader) M { return readAny[M](r, base) }
}

// objectWriter makes a writer of objects declared with the type of base; nil is null.
func objectWriter[M model](base model) func(*jsonWriter, M) {
	return func(w *jsonWriter, v M) {
		if isNil(v) {
			w.nullValue()
			return
		}
		w.value(v, declaredAs(v, base))
	}
}

// mapBody encodes a map as a body; nil is an error, as for an object.
func mapBody[T any](m map[string]T, write func(*jsonWriter, T)) encoder {
	return func(w *jsonWriter) {
		if m == nil {
			w.fail(errNilBody.Error())
			return
		}
		writeMap(w, m, write)
	}
}

// writtenBody encodes a value as a body by the function that writes it.
func writtenBody[T any](v T, write func(*jsonWriter, T)) encoder {
	return func(w *jsonWriter) { write(w, v) }
}
