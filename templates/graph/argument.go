package graph

import "encoding/json"

// argument is a function's argument as it stands in options.
func argument[T any](name string, v Opt[T]) funcArg {
	a := funcArg{name: name, set: !v.IsZero()}
	if value, ok := v.Get(); ok {
		a.value = value
	}
	return a
}

// Lists and objects among a function's arguments go as JSON, in the query, where the call has their name with an @.

// listArgument is a list of single values; nil is none.
func listArgument[T any](name string, items []T, write func(*jsonWriter, T)) funcArg {
	return funcArg{name, encoder(func(w *jsonWriter) {
		w.list(len(items), func(i int) { write(w, items[i]) })
	}), items != nil}
}

// modelsArgument is a list of objects; nil is none.
func modelsArgument[T model](name string, items []T, declared string) funcArg {
	return funcArg{name, encoder(func(w *jsonWriter) {
		w.list(len(items), func(i int) {
			if isNil(items[i]) {
				w.nullValue()
			} else {
				w.value(items[i], declared)
			}
		})
	}), items != nil}
}

// modelArgument is an object; nil is none.
func modelArgument(name string, v model, declared string) funcArg {
	return funcArg{name, anyBody(v, declared), !isNil(v)}
}

// rawArgument is JSON as the caller wrote it; nil is none.
func rawArgument(name string, text json.RawMessage) funcArg {
	return funcArg{name, encoder(func(w *jsonWriter) { w.rawValue(text) }), text != nil}
}

// writeTextArgument writes text that may be an argument.
func writeTextArgument[T ~string](w *jsonWriter, v T) {
	if err := textFault(string(v)); err != nil {
		w.fail(err.Error())
	}
	w.stringValue(string(v))
}
