// Package jsonvalue compares what a model was decoded from with what it is encoded to, both as encoding/json reads them:
// for tests and fuzz tests of models.
package jsonvalue

import (
	"bytes"
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// Kept returns an error if the JSON text sent does not say the same as the text arrived. It allows what is known to
// change in a model:
//
//   - a plain property or annotation that is "" is left out;
//   - a number in quotes loses them, and digits that do not matter; one that is typed as a float is rounded to it;
//   - the fraction of a second ends with its ninth digit, and a time of day has seconds;
//   - a time in a collection has the shortest form that says the same;
//   - base64 is written in the standard alphabet, with padding;
//   - null in a collection of scalars is the zero value.
func Kept(arrived, sent []byte) error {
	want, err := decode(arrived)
	if err != nil {
		return fmt.Errorf("what arrived: %w", err)
	}
	got, err := decode(sent)
	if err != nil {
		return fmt.Errorf("what is sent: %w", err)
	}
	return kept(want, got)
}

func decode(data []byte) (value any, err error) {
	if !json.Valid(data) {
		return nil, fmt.Errorf("%.200q is not JSON", data)
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	return value, d.Decode(&value)
}

func kept(want, got any) error {
	switch want := want.(type) {
	case map[string]any:
		if got, ok := got.(map[string]any); ok {
			return keptObject(want, got)
		}
	case []any:
		if got, ok := got.([]any); ok {
			return keptArray(want, got)
		}
	case string:
		if keptText(want, got) {
			return nil
		}
	case json.Number:
		if got, ok := got.(json.Number); ok && sameNumber(want, got) {
			return nil
		}
	default: // null and bools
		if want == got {
			return nil
		}
	}
	return fmt.Errorf("%.100q became %.100q", fmt.Sprint(want), fmt.Sprint(got))
}

func keptObject(want, got map[string]any) error {
	for name, value := range want {
		sent, ok := got[name]
		if !ok && value == "" {
			continue
		}
		if !ok {
			return fmt.Errorf("%.100q is lost", name)
		}
		if err := kept(value, sent); err != nil {
			return fmt.Errorf("%.100q: %w", name, err)
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			return fmt.Errorf("%.100q has come from nowhere", name)
		}
	}
	return nil
}

func keptArray(want, got []any) error {
	if len(want) != len(got) {
		return fmt.Errorf("%d items became %d", len(want), len(got))
	}
	for i := range want {
		if want[i] == nil && isZero(got[i]) || sameTime(want[i], got[i]) {
			continue
		}
		if err := kept(want[i], got[i]); err != nil {
			return fmt.Errorf("[%d]: %w", i, err)
		}
	}
	return nil
}

// isZero reports whether value is what a scalar's zero value is encoded to.
func isZero(value any) bool {
	return slices.Contains([]any{nil, "", false, json.Number("0"), "0001-01-01T00:00:00Z", "00:00:00"}, value)
}

var timeText = regexp.MustCompile(`^(\d{4}-\d\d-\d\dT)?(\d\d:\d\d)(:\d\d)?(\.\d{1,9})?\d*(Z?|[-+]\d\d:\d\d)$`)

// timeForms returns the form in which a time is written as it arrived, and the shortest one that says the same; "" for
// what is no time.
func timeForms(text string) (kept, short string) {
	parts := timeText.FindStringSubmatch(text)
	if parts == nil {
		return "", ""
	}
	date, clock, second, fraction, zone := parts[1], parts[2], parts[3], parts[4], parts[5]
	clock = date + clock + cmp.Or(second, ":00")
	short = clock
	if digits := strings.TrimRight(fraction, "0"); digits != "." {
		short += digits
	}
	return clock + fraction + zone, short + strings.Replace(zone, "+00:00", "Z", 1)
}

// sameTime reports whether both are the same text but for the form of a time.
func sameTime(want, got any) bool {
	a, _ := want.(string)
	b, _ := got.(string)
	_, wantShort := timeForms(a)
	return wantShort != "" && wantShort == b
}

func keptText(want string, got any) bool {
	switch got := got.(type) {
	case string:
		written, _ := timeForms(want)
		return want == got || written != "" && written == got || sameBase64(want, got)
	case json.Number:
		return sameNumber(json.Number(want), got)
	}
	return false
}

func sameBase64(want, got string) bool {
	standard := strings.NewReplacer("-", "+", "_", "/", "\r", "", "\n", "", "=", "").Replace(want)
	data, err := base64.RawStdEncoding.DecodeString(standard)
	return err == nil && base64.StdEncoding.EncodeToString(data) == got
}

// sameNumber compares numbers by their value, as far as the floats of OData can tell.
func sameNumber(want, got json.Number) bool {
	if want == got {
		return true
	}
	a, errA := want.Float64()
	b, errB := got.Float64()
	return errA == nil && errB == nil && (a == b || float32(a) == float32(b))
}
