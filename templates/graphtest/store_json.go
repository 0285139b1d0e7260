package graphtest

import (
	"encoding/json"
)

// What the store keeps stays the JSON that was sent: an object is cut into its fields, and whatever they hold is read
// when somebody asks for it.

// field is one property of an object, its value as it was written.
type field struct {
	name  string
	value json.RawMessage
}

// fieldsOf cuts an object, which is valid JSON, into its fields, of those of one name the last; nil if it is no object.
func fieldsOf(data []byte) []field {
	if i := blanks(data, 0); i == len(data) || data[i] != '{' {
		return nil
	}
	members := membersOf(data)
	fields := make([]field, 0, len(members))
	for _, m := range members {
		fields = setField(fields, m.name, m.value)
	}
	return fields
}

// elementsOf cuts an array, which is valid JSON, into its elements; nil if it is no array.
func elementsOf(data []byte) []json.RawMessage {
	if i := blanks(data, 0); i == len(data) || data[i] != '[' {
		return nil
	}
	elements := []json.RawMessage{}
	walk(data, '[', func(_, value []byte) { elements = append(elements, value[:len(value):len(value)]) })
	return elements
}

// lookup finds a field; nil if there is none.
//
//go:noinline
func lookup(fields []field, name string) json.RawMessage {
	for i := range fields {
		if fields[i].name == name {
			return fields[i].value
		}
	}
	return nil
}

// setField sets a field, where it stands or behind the others.
//
//go:noinline
func setField(fields []field, name string, value json.RawMessage) []field {
	for i := range fields {
		if fields[i].name == name {
			fields[i].value = value
			return fields
		}
	}
	return append(fields, field{name, value})
}

// withField is a copy of fields in which one is set.
//
//go:noinline
func withField(fields []field, name string, value json.RawMessage) []field {
	return setField(append([]field(nil), fields...), name, value)
}

// merged is a complex value that another changes: what it does not name stays.
func merged(old, change json.RawMessage) json.RawMessage {
	was, now := fieldsOf(old), fieldsOf(change)
	if was == nil || now == nil {
		return change
	}
	for _, f := range now {
		was = setField(was, f.name, merged(lookup(was, f.name), f.value))
	}
	return objectJSON(was)
}

// objectJSON is an object with fields.
//
//go:noinline
func objectJSON(fields []field) json.RawMessage {
	return with(appendFields([]byte{'{'}, fields), "}")
}

// with writes texts one behind the other.
//
//go:noinline
func with(b []byte, texts ...string) []byte {
	for _, text := range texts {
		b = append(b, text...)
	}
	return b
}

// appendName writes the name of a property that is not the first.
//
//go:noinline
func appendName(b []byte, name string) []byte { return with(appendString(with(b, ","), name), ":") }

// appendFields writes fields with commas between.
func appendFields(b []byte, fields []field) []byte {
	for i, f := range fields {
		if i > 0 {
			b = with(b, ",")
		}
		b = append(with(appendString(b, f.name), ":"), f.value...)
	}
	return b
}

// appendString writes a string of JSON.
//
//go:noinline
func appendString(b []byte, text string) []byte {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c == '"' || c == '\\' || c >= 0x7f {
			quoted, _ := json.Marshal(text) // a string can always be written
			return append(b, quoted...)
		}
	}
	return with(b, `"`, text, `"`)
}

// stringJSON is a string of JSON.
//
//go:noinline
func stringJSON(text string) json.RawMessage { return appendString(nil, text) }

// stringOf is the text of a string of JSON, or any other value as it is written; "" for null and for nothing.
//
//go:noinline
func stringOf(value json.RawMessage) string {
	switch {
	case len(value) == 0 || isNull(value):
		return ""
	case value[0] == '"':
		return unquoted(value)
	}
	return string(value)
}
