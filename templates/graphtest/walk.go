package graphtest

import (
	"encoding/json"
	"strconv"
)

// member is a name and a value of a JSON object.
type member struct {
	name  string
	value []byte
}

// membersOf are those of an object in valid JSON, in their order; nil for what is none.
func membersOf(object []byte) []member {
	var all []member
	walk(object, '{', func(name, value []byte) {
		all = append(all, member{unquoted(name), value})
	})
	return all
}

// memberOf finds a member by its name; nil if there is none.
//
//go:noinline
func memberOf(all []member, name string) *member {
	for i := range all {
		if all[i].name == name {
			return &all[i]
		}
	}
	return nil
}

// walk calls visit for everything that stands in an object or an array, which is valid. Names have their quotes.
func walk(data []byte, opening byte, visit func(name, value []byte)) {
	i := blanks(data, 0)
	if i == len(data) || data[i] != opening {
		return
	}
	for i = blanks(data, i+1); i < len(data) && data[i] != opening+2; i = blanks(data, i) { // ASCII: [ ] and { }
		var name []byte
		if opening == '{' {
			end := valueEnd(data, i)
			name = data[i:end]
			i = blanks(data, blanks(data, end)+1) // behind the colon
		}
		end := valueEnd(data, i)
		visit(name, data[i:end])
		if i = blanks(data, end); i < len(data) && data[i] == ',' {
			i = blanks(data, i+1)
		}
	}
}

// valueEnd is where the value that begins at i ends.
func valueEnd(data []byte, i int) int {
	depth := 0
	for i < len(data) {
		switch c := data[i]; c {
		case '"':
			i = stringEnd(data, i)
		case '{', '[':
			depth++
			i++
		case '}', ']':
			if depth == 0 {
				return i
			}
			depth--
			i++
		case ',', ':', ' ', '\t', '\r', '\n':
			if depth == 0 {
				return i
			}
			i++
			continue
		default:
			for i++; i < len(data) && !endsWord(data[i]); i++ {
			}
		}
		if depth == 0 {
			return i
		}
	}
	return i
}

// endsWord reports whether a byte ends a number or a word.
//
//go:noinline
func endsWord(c byte) bool {
	switch c {
	case ',', ':', ' ', '\t', '\r', '\n', '}', ']', '"', '{', '[':
		return true
	}
	return false
}

//go:noinline
func stringEnd(data []byte, i int) int {
	for i++; i < len(data); i++ {
		switch data[i] {
		case '\\':
			i++
		case '"':
			return i + 1
		}
	}
	return i
}

//go:noinline
func blanks(data []byte, i int) int {
	for i < len(data) && (data[i] == ' ' || data[i] == '\t' || data[i] == '\r' || data[i] == '\n') {
		i++
	}
	return i
}

// unquoted is a JSON string as text; "" for what is none.
func unquoted(value []byte) string {
	if !isString(value) {
		return ""
	}
	for _, c := range value[1 : len(value)-1] {
		if c == '\\' || c >= 0x80 {
			var text string
			_ = json.Unmarshal(value, &text) // it is valid
			return text
		}
	}
	return string(value[1 : len(value)-1])
}

//go:noinline
func isString(value []byte) bool { return len(value) >= 2 && value[0] == '"' }

//go:noinline
func isNull(value []byte) bool { return string(value) == "null" }

//go:noinline
func isNumber(value []byte) bool {
	return len(value) > 0 && (value[0] == '-' || value[0] >= '0' && value[0] <= '9')
}

// jsonKind is what a JSON value is called.
//
//go:noinline
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
//
//go:noinline
func inPlace(place, name string) string {
	if place == "" {
		return name
	}
	return place + "." + name
}

//go:noinline
func atIndex(place string, i int) string { return place + "[" + strconv.Itoa(i) + "]" }
