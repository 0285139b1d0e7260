// Package hostile holds values that try to be more than a value, for tests and as the seeds of fuzz tests, and reads a
// request back as a service does, to see whether they were.
package hostile

import (
	_ "embed"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/url"
	"strings"
)

// Place is where a call puts a value.
type Place string

// The places of a call. A value that arrives has to arrive as it is in every place that does not refuse it.
const (
	Segment  Place = "segment"  // a key that is a segment of a path, or of a bind: users/{value}
	Key      Place = "key"      // a key in parentheses: users('{value}'), users(name='{value}')
	Argument Place = "argument" // a function's argument in quotes: f(name='{value}')
	Bare     Place = "bare"     // a function's argument without quotes: f(name={value})
	Filter   Place = "filter"   // an argument of Filterf
	Query    Place = "query"    // a query parameter
	Header   Place = "header"   // a header
)

// Value is one value of values.json.
type Value struct {
	// Text is the value itself.
	Text string
	// Category says what it tries.
	Category string
	// Refused are the places where a call has to be refused before anything is sent.
	Refused map[Place]bool
}

//go:embed values.json
var values []byte

// Values returns the values of values.json.
func Values() ([]Value, error) {
	var stored []struct {
		Category, Value, Hex string
		Why                  string // for readers
		Times                int    // how often Value is repeated; 0 is once
		Refused              []Place
	}
	if err := json.Unmarshal(values, &stored); err != nil {
		return nil, err
	}
	all := make([]Value, len(stored))
	for i, s := range stored {
		text := strings.Repeat(s.Value, max(s.Times, 1))
		if s.Hex != "" { // what JSON cannot say
			raw, err := hex.DecodeString(s.Hex)
			if err != nil {
				return nil, fmt.Errorf("value %d: %w", i, err)
			}
			text = string(raw)
		}
		all[i] = Value{text, s.Category, map[Place]bool{}}
		for _, place := range s.Refused {
			all[i].Refused[place] = true
		}
	}
	return all, nil
}

// String returns the category and the start of the value, for the messages of tests.
func (v Value) String() string { return fmt.Sprintf("%s %.60q", v.Category, v.Text) }

// Segments returns the segments of a path as it stood in the request, each decoded after they were parted.
func Segments(rawPath string) ([]string, error) {
	segments := strings.Split(strings.TrimPrefix(rawPath, "/"), "/")
	for i, segment := range segments {
		text, err := url.PathUnescape(segment)
		if err != nil {
			return nil, err
		}
		segments[i] = text
	}
	return segments, nil
}

// QueryValues returns the parameters of a query as it stood in the request. A parameter that is there twice is an error,
// for it would be anybody's guess which one counts.
func QueryValues(rawQuery string) (map[string]string, error) {
	parsed, err := url.ParseQuery(rawQuery)
	if err != nil {
		return nil, err
	}
	single := map[string]string{}
	for name, values := range parsed {
		if len(values) != 1 {
			return nil, fmt.Errorf("the parameter %s is there %d times", name, len(values))
		}
		single[name] = values[0]
	}
	return single, nil
}

// Call reads a segment name(args), decoded already: a key in parentheses, or the call of a function. A key without a
// name has the name "". Nothing may follow, and values that are no strings are returned as they stand.
func Call(segment string) (name string, args map[string]string, err error) {
	name, rest, ok := strings.Cut(segment, "(")
	if !ok {
		return "", nil, fmt.Errorf("%.100q has no parentheses", segment)
	}
	args = map[string]string{}
	for {
		arg, value := "", ""
		if !strings.HasPrefix(rest, "'") {
			if arg, rest, ok = strings.Cut(rest, "="); !ok {
				return "", nil, fmt.Errorf("%.100q has an argument without a value", segment)
			}
		}
		if value, rest, err = argument(rest); err != nil {
			return "", nil, fmt.Errorf("%.100q: %w", segment, err)
		}
		if _, twice := args[arg]; twice {
			return "", nil, fmt.Errorf("%.100q has the argument %s twice", segment, arg)
		}
		args[arg] = value
		if rest == ")" {
			return name, args, nil
		}
		if rest, ok = strings.CutPrefix(rest, ","); !ok {
			return "", nil, fmt.Errorf("%.100q goes on after an argument with %.20q", segment, rest)
		}
	}
}

func argument(text string) (value, rest string, err error) {
	if strings.HasPrefix(text, "'") {
		return Literal(text)
	}
	end := strings.IndexAny(text, ",)('= \t\r\n")
	if end <= 0 {
		return "", "", fmt.Errorf("no argument is at %.20q", text)
	}
	return text[:end], text[end:], nil
}

// Literal reads the OData string literal that text begins with, and returns what follows it.
func Literal(text string) (value, rest string, err error) {
	body, ok := strings.CutPrefix(text, "'")
	if !ok {
		return "", "", fmt.Errorf("no literal is at %.20q", text)
	}
	var b strings.Builder
	for {
		before, after, closed := strings.Cut(body, "'")
		if !closed {
			return "", "", fmt.Errorf("the literal at %.20q is not closed", text)
		}
		b.WriteString(before)
		if body, ok = strings.CutPrefix(after, "'"); !ok {
			return b.String(), after, nil
		}
		b.WriteByte('\'')
	}
}
