package graphtest

import (
	"encoding/json"
)

// What the store keeps stays the JSON that was sent: an object is cut into its members, and whatever they hold is read
// when somebody asks for it.

// fieldsOf cuts an object, which is valid JSON, into its members, of those of one name the last; nil if it is no object.
func fieldsOf(data []byte) []member {
	if at := blanks(data, 0); at == len(data) || data[at] != '{' {
		return nil
	}
	fields := []member{}
	walk(data, '{', func(name, value []byte) {
		fields = setField(fields, unquoted(name), value[:len(value):len(value)])
	})
	return fields
}

// elementsOf cuts an array, which is valid JSON, into its elements; nil if it is no array.
func elementsOf(data []byte) []json.RawMessage {
	if at := blanks(data, 0); at == len(data) || data[at] != '[' {
		return nil
	}
	elements := []json.RawMessage{}
	walk(data, '[', func(_, value []byte) { elements = append(elements, value[:len(value):len(value)]) })
	return elements
}

// lookup finds a field; nil if there is none.
//
//go:noinline
func lookup(fields []member, name string) json.RawMessage {
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
func setField(fields []member, name string, value json.RawMessage) []member {
	for i := range fields {
		if fields[i].name == name {
			fields[i].value = value
			return fields
		}
	}
	return append(fields, member{name, value})
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
func objectJSON(fields []member) json.RawMessage {
	return append(appendFields([]byte{'{'}, fields), '}')
}

// appendFields writes fields with commas between.
func appendFields(b []byte, fields []member) []byte {
	for i, f := range fields {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(append(appendString(b, f.name), ':'), f.value...)
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
	return append(append(append(b, '"'), text...), '"')
}

// stringJSON is a string of JSON.
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
