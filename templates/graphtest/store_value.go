package graphtest

import (
	"cmp"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"
)

// What expressions are worth: nil, bool, string, loose, guid, number, time.Time; a subject where a path leads to
// something that has properties of its own, and []subject where it leads to a collection.
type (
	// loose is a string of which the slice does not say what it is.
	loose string
	// guid is in lower case.
	guid string
	// number has its text beside it, for whole numbers that a float64 does not tell apart.
	number struct {
		float float64
		whole int64
		exact bool
	}
)

// subject is what has properties: an entity, or JSON.
type subject struct {
	record *record
	raw    json.RawMessage
}

var (
	dateForm = regexp.MustCompile(`^\d{4}-\d\d-\d\d$`)
	timeForm = regexp.MustCompile(`^\d\d:\d\d(?::\d\d(?:\.\d+)?)?$`)
)

// literalOf reads a literal.
func literalOf(t token) (*expression, error) {
	text := t.text
	switch t.kind {
	case stringToken:
		e := constant("Edm.String", text)
		e.literal = &text
		return e, nil
	case typedToken:
		if t.prefix == "duration" {
			return constant("Edm.Duration", text), nil
		}
		e := constant(t.prefix, text)
		e.literal = &text
		return e, nil
	}
	if when, ok := timeOf(text); ok {
		if dateForm.MatchString(text) {
			return constant("Edm.Date", when), nil
		}
		return constant("Edm.DateTimeOffset", when), nil
	}
	if guidForm.FindString(text) == text {
		return constant("Edm.Guid", guid(strings.ToLower(text))), nil
	}
	if timeForm.MatchString(text) {
		return constant("Edm.TimeOfDay", text), nil
	}
	if n, ok := numberOf(text); ok {
		return constant("Edm.Decimal", n), nil
	}
	return nil, syntaxError(t.at, "'"+text+"' is no literal")
}

// timeOf reads a date, which is its beginning in UTC, or a point in time.
func timeOf(text string) (time.Time, bool) {
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", time.DateOnly} {
		if t, err := time.Parse(layout, text); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

func numberOf(text string) (number, bool) {
	float, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return number{}, false
	}
	whole, err := strconv.ParseInt(text, 10, 64)
	return number{float, whole, err == nil}, true
}

// valueOf reads JSON as a value of a type.
func valueOf(raw json.RawMessage, of string) any {
	switch {
	case len(raw) == 0 || isNull(raw):
		return nil
	case raw[0] == '"':
		return textValue(unquoted(raw), of)
	case raw[0] == 't' || raw[0] == 'f':
		return raw[0] == 't'
	case raw[0] == '{':
		return subject{raw: raw}
	case raw[0] == '[':
		return subjectsOf(raw)
	}
	n, _ := numberOf(string(raw))
	return n
}

func textValue(text, of string) any {
	switch of {
	case "":
		return loose(text)
	case "Edm.Guid":
		return guid(strings.ToLower(text))
	case "Edm.Date", "Edm.DateTimeOffset":
		if t, ok := timeOf(text); ok {
			return t
		}
	}
	return text
}

//go:noinline
func subjectsOf(array json.RawMessage) []subject {
	var all []subject
	for _, raw := range elementsOf(array) {
		all = append(all, subject{raw: raw})
	}
	return all
}

// textOf is the text of a string.
//
//go:noinline
func textOf(v any) (string, bool) {
	switch v := v.(type) {
	case string:
		return v, true
	case loose:
		return string(v), true
	case guid:
		return string(v), true
	}
	return "", false
}

// compared makes a comparison, if its sides can be compared.
func (p *parser) compared(operator string, left, right *expression) (*expression, error) {
	if !p.comparable(left, right) {
		return nil, invalid(fmt.Sprintf("Invalid filter clause: A binary operator "+
			"with incompatible types was detected. Found operand types '%s' and '%s' for operator kind '%s'.",
			left.of, right.of, operator))
	}
	for _, side := range [2][2]*expression{{left, right}, {right, left}} {
		if err := p.member(side[0].of, side[1].literal); err != nil {
			return nil, err
		}
	}
	return condition(func(s *scope) any {
		a, b := left.eval(s), right.eval(s)
		if a == nil || b == nil {
			same := a == nil && b == nil
			return operator == "eq" && same || operator == "ne" && !same
		}
		order, ok := compare(a, b)
		if !ok {
			s.fail(invalid("Invalid filter clause: the sides of '" + operator + "' cannot be compared."))
			return nil
		}
		isTrue, _ := holds(operator, order)
		return isTrue
	}), nil
}

//go:noinline
func (s *scope) fail(err error) {
	if s.err == nil {
		s.err = err
	}
}

var numeric = []string{
	"Edm.Byte", "Edm.SByte", "Edm.Int16", "Edm.Int32", "Edm.Int64", "Edm.Single", "Edm.Double", "Edm.Decimal",
}

// comparable reports whether values of two types can be compared.
func (p *parser) comparable(left, right *expression) bool {
	a, b := left.of, right.of
	switch {
	case a == "" || b == "" || a == "null" || b == "null" || a == b:
		_, many := itemOf(a)
		return !many
	case contains(numeric, a) && contains(numeric, b):
		return true
	case a == "Edm.String" || b == "Edm.String":
		return p.memory.schema.enums[a] != nil || p.memory.schema.enums[b] != nil
	}
	return strings.HasPrefix(a, "Edm.Date") && strings.HasPrefix(b, "Edm.Date")
}

// member says that a text is no member of an enumeration.
func (p *parser) member(of string, text *string) error {
	enum := p.memory.schema.enums[of]
	if enum == nil || text == nil || enum.integer {
		return nil
	}
	for _, name := range strings.Split(*text, ",") {
		if !contains(enum.members, strings.TrimSpace(name)) {
			return invalid("Invalid filter clause: the string '" + *text + "' is not a valid enumeration type constant of '" + of + "'.")
		}
	}
	return nil
}

// compare orders two values that are not null; false if they cannot be compared.
func compare(a, b any) (int, bool) {
	if l, ok := a.(loose); ok {
		a = l.as(b)
	}
	if l, ok := b.(loose); ok {
		b = l.as(a)
	}
	switch a := a.(type) {
	case string:
		b, ok := b.(string)
		return strings.Compare(a, b), ok
	case guid:
		b, ok := b.(guid)
		return strings.Compare(string(a), string(b)), ok
	case time.Time:
		b, ok := b.(time.Time)
		return a.Compare(b), ok
	case number:
		b, ok := b.(number)
		if a.exact && b.exact {
			return cmp.Compare(a.whole, b.whole), ok
		}
		return cmp.Compare(a.float, b.float), ok
	case bool:
		b, ok := b.(bool)
		switch {
		case a == b:
			return 0, ok
		case b:
			return -1, ok
		}
		return 1, ok
	}
	return 0, false
}

// as is the text as what it is compared with.
func (l loose) as(other any) any {
	switch other.(type) {
	case time.Time:
		if t, ok := timeOf(string(l)); ok {
			return t
		}
	case guid:
		return guid(strings.ToLower(string(l)))
	}
	return string(l)
}
