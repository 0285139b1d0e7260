package graphtest

import (
	"encoding/base64"
	"math/big"
	"strconv"
	"strings"
	"time"

	"github.com/graphslice/graphslice/templates/graph"
)

// primitive looks at a value of one of OData's own types.
func primitive(place, of string, data []byte) error {
	ok := true
	text := unquoted(data)
	switch of {
	case "Edm.String":
		ok = isString(data)
	case "Edm.Boolean":
		word := strings.ToLower(literalText(data))
		ok = word == "true" || word == "false"
	case "Edm.Byte", "Edm.SByte", "Edm.Int16", "Edm.Int32", "Edm.Int64":
		ok = isInteger(of, data)
	case "Edm.Single", "Edm.Double":
		ok = isNumber(data) || text == "INF" || text == "-INF" || text == "NaN"
	case "Edm.Decimal":
		ok = isNumber(data)
	default:
		ok = isForm(of, data)
	}
	if !ok {
		return at(place, "Cannot convert the literal '%.60s' to the expected type '%s'.", literalText(data), of)
	}
	return nil
}

// literalText is a value as it is shown.
//
//go:noinline
func literalText(data []byte) string {
	if isString(data) {
		return unquoted(data)
	}
	return string(data)
}

// isForm reports whether a value is a text of a type. Of types that are not here anything is.
func isForm(of string, data []byte) bool {
	var isOne bool
	var err error
	switch text := unquoted(data); of {
	case "Edm.DateTimeOffset":
		isOne = isTime(text)
	case "Edm.Guid":
		isOne = isGUID(text)
	case "Edm.Binary":
		isOne = isBase64(text)
	case "Edm.Date":
		_, err = graph.ParseDate(text)
		isOne = err == nil
	case "Edm.TimeOfDay":
		_, err = graph.ParseTimeOfDay(text)
		isOne = err == nil
	case "Edm.Duration":
		_, err = graph.ParseDuration(text)
		isOne = err == nil
	default:
		return true
	}
	return isOne && isString(data)
}

// isTime reports whether text is a date-time, in one of the forms that the service takes: without an offset, with a blank
// in place of the T, or a date alone as well.
func isTime(text string) bool {
	if len(text) > len(time.DateOnly) && text[len(time.DateOnly)] == ' ' {
		text = text[:len(time.DateOnly)] + "T" + text[len(time.DateOnly)+1:]
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateOnly} {
		if _, err := time.Parse(layout, text); err == nil {
			return true
		}
	}
	return false
}

// isGUID reports whether text is of the form 8b081ef6-4792-4def-b2c9-c363a1bf41d5.
func isGUID(text string) bool {
	if len(text) != 36 {
		return false
	}
	for i, c := range []byte(strings.ToLower(text)) {
		isDash := i == 8 || i == 13 || i == 18 || i == 23
		if isDash != (c == '-') || !isDash && (c < '0' || c > '9') && (c < 'a' || c > 'f') {
			return false
		}
	}
	return true
}

// isBase64 reports whether text is base64 in either alphabet, with or without what fills it up.
func isBase64(text string) bool {
	text = strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(text, "="))
	_, err := base64.RawStdEncoding.DecodeString(text)
	return err == nil
}

// isInteger reports whether a value is an integer in the range of its type, in whatever form JSON writes it: 1.0 is one.
func isInteger(of string, data []byte) bool {
	if !isNumber(data) {
		return false
	}
	text := string(data)
	if strings.ContainsAny(text, ".eE") {
		f, _, err := big.ParseFloat(text, 10, 128, big.ToNearestEven)
		if err != nil || !f.IsInt() || f.MantExp(nil) > 64 {
			return false
		}
		text = f.Text('f', 0)
	}
	bits, err := strconv.Atoi(strings.TrimPrefix(of, "Edm.Int"))
	if err != nil {
		bits = 8 // of a Byte, which has no sign, and an SByte
	}
	if of == "Edm.Byte" {
		_, err = strconv.ParseUint(text, 10, bits)
	} else {
		_, err = strconv.ParseInt(text, 10, bits)
	}
	return err == nil
}

// check looks at a value of the enumeration.
func (e *enumType) check(place string, data []byte) error {
	if e.integer {
		if !isNumber(data) || !e.has(string(data)) {
			return at(place, "Invalid value '%.60s' for the enumeration '%s'.", literalText(data), e.name)
		}
		return nil
	}
	if !isString(data) {
		return at(place, "A string is expected for the enumeration '%s', and this is %s.", e.name, jsonKind(data))
	}
	values := []string{unquoted(data)}
	if e.flags {
		values = strings.Split(values[0], ",")
	}
	for _, value := range values {
		if !e.has(strings.TrimSpace(value)) {
			return at(place, "Requested value '%.60s' was not found in the enumeration '%s'.", strings.TrimSpace(value), e.name)
		}
	}
	return nil
}

//go:noinline
func (e *enumType) has(value string) bool {
	for _, member := range e.members {
		if strings.EqualFold(member, value) {
			return true
		}
	}
	return false
}
