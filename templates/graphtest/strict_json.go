package graphtest

import (
	"encoding/json"
	"strconv"
)

// membersOf are the fields of an object in valid JSON, in their order, those of the same name as well; nil for what is
// none.
func membersOf(data []byte) []field {
	at := skipSpace(data, 0)
	if at == len(data) || data[at] != '{' {
		return nil
	}
	var all []field
	for at = skipSpace(data, at+1); at < len(data) && data[at] != '}'; {
		end := skipValue(data, at)
		name := unquoted(data[at:end])
		at = skipSpace(data, skipSpace(data, end)+1) // behind the colon
		end = skipValue(data, at)
		all = append(all, field{name, data[at:end:end]})
		at = skipComma(data, end)
	}
	return all
}

// unquoted is a JSON string as text; "" for what is none.
func unquoted(value []byte) string {
	if !isString(value) {
		return ""
	}
	for _, c := range value {
		if c == '\\' || c >= 0x80 {
			var text string
			_ = json.Unmarshal(value, &text) // it is valid
			return text
		}
	}
	return string(value[1 : len(value)-1])
}

func isString(value []byte) bool { return len(value) >= 2 && value[0] == '"' }

func isNull(value []byte) bool { return string(value) == "null" }

func isNumber(value []byte) bool {
	return len(value) > 0 && (value[0] == '-' || value[0] >= '0' && value[0] <= '9')
}

// jsonKind is what a JSON value is called.
func jsonKind(value []byte) string {
	switch {
	case len(value) == 0:
		return "nothing"
	case value[0] == '{':
		return "an object"
	case value[0] == '[':
		return "an array"
	case value[0] == '"':
		return "a string"
	case value[0] == 't', value[0] == 'f':
		return "a boolean"
	case value[0] == 'n':
		return "null"
	}
	return "a number"
}

// inPlace is a place inside of another: members[0].user.
func inPlace(place, name string) string {
	if place == "" {
		return name
	}
	return place + "." + name
}

func atIndex(place string, i int) string { return place + "[" + strconv.Itoa(i) + "]" }
