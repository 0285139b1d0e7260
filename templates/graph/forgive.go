package graph

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"time"
)

// Unreadable is a value of an answer that is not of its form, such as a text where a number is described. It has failed
// nothing around it: the property is absent, its JSON is in AdditionalProperties under its name, and goes back as it
// came.
type Unreadable struct {
	// Type is the type that has the property, by its name in the metadata; "" for an object without a name.
	Type     string
	Property string
	// Text is the value's JSON.
	Text json.RawMessage
	// Reason says what was expected.
	Reason string
}

// WithUnreadable tells a function of every value of an answer that is not of its form. It may be called by several
// goroutines at once.
func WithUnreadable(report func(Unreadable)) ClientOption {
	return clientOption(func(c *Client) error {
		if report == nil {
			return errors.New("WithUnreadable: the function is nil")
		}
		c.reading.report = report
		return nil
	})
}

// WithStrictReading makes an answer an error that has a value which is not of its form; the error names its path.
// Without it such a value fails nothing: a date-time without an offset is taken for UTC, a date for its midnight, and
// what cannot be understood is kept as it came; see Unreadable.
func WithStrictReading() ClientOption {
	return clientOption(func(c *Client) error {
		c.reading.strict = true
		return nil
	})
}

// reading is how answers are read.
type reading struct {
	strict bool
	report func(Unreadable) // nil: nobody asks
	memory int64            // what an answer may become in memory, beside eight times its own size; 0: maxBody
}

// tell reports a value, if somebody asks.
func (r *reading) tell(u Unreadable) {
	if r.report != nil {
		r.report(u)
	}
}

// frame is what the reader knows of the object that it is in.
type frame struct {
	of      model  // nil outside of all objects
	valueAt int    // where the value of the member that is being read begins
	unread  string // why that value is not of its form; "" if it is
	noted   *nulls // what is noted of the object; nil: nothing yet
}

// mismatch is for a value that is of another kind than what is wanted: a value of a property is left out and kept, see
// misform; anything else is an error.
func (r *jsonReader) mismatch(want string) { r.misform(r.pos, "expected "+want+", found "+r.found()) }

// misform notes that the value which begins at start is not of its form, and goes on behind it. Text that is no JSON is
// an error all the same.
func (r *jsonReader) misform(start int, what string) {
	if r.err != nil {
		return
	}
	if r.frame.of == nil || r.reading.strict {
		r.failAt(start, what)
		return
	}
	r.pos = start
	if r.skip(); r.err == nil && r.frame.unread == "" {
		r.frame.unread = what
	}
}

// isUnread reports whether the value that has just been read, or a part of it, is not of its form, so that the field
// stays empty.
func (r *jsonReader) isUnread() bool { return r.frame.unread != "" }

// setAside keeps the value that could not be read under its name, and tells of it.
func (r *jsonReader) setAside(name string) {
	text, of := strings.TrimLeft(r.data[r.frame.valueAt:r.pos], " \t\n\r"), r.frame.of.rest()
	if *of.extra == nil {
		*of.extra = make(map[string]json.RawMessage)
	}
	(*of.extra)[name] = json.RawMessage(text)
	r.reading.tell(Unreadable{strings.TrimPrefix(of.own, "#"), name, json.RawMessage(text), r.frame.unread})
	r.frame.unread = ""
	r.nullKept = true // as its text
}

// spend counts memory that the text becomes, so that a small text of nothing but braces does not become a large heap.
func (r *jsonReader) spend(bytes uintptr) {
	r.spent += int64(bytes)
	limit := r.reading.memory
	if limit == 0 {
		limit = maxBody
	}
	if limit += 8 * int64(len(r.data)); r.spent > limit {
		r.fail(fmt.Sprintf("it would take more than %d bytes of memory", limit))
	}
}

// About what an entry of a map of json.RawMessage takes, and nulls.
const extraSize, nullsSize = 96, 112

// nullItem is an item of a collection that arrived as null although its type has no null: it reads as the zero value.
type nullItem struct {
	key          string
	index, count int
}

// noteEmpty notes that a plain property arrived as "", which would not be written.
func (r *jsonReader) noteEmpty(key string) {
	if strings.HasSuffix(r.data[:r.pos], `""`) && !r.isUnread() {
		r.noted().empty = append(r.noted().empty, keyName(key))
	}
}

// noteNullItems notes the items of a collection of count that were null.
func (r *jsonReader) noteNullItems(key string, items []int, count int) {
	for _, index := range items {
		r.noted().items = append(r.noted().items, nullItem{key, index, count})
	}
}

// isNullItem reports whether an item arrived as null, and still is what that was read as.
func isNullItem(n *nulls, key string, index, count int, item reflect.Value) bool {
	for _, odd := range n.items {
		if odd == (nullItem{key, index, count}) {
			return item.IsZero()
		}
	}
	return false
}

// forgivingTime reads what services write in place of a time of RFC 3339: one without an offset, which is taken for
// UTC, with a blank for the T, or a date, which is taken for its midnight. The form is kept, so that it goes back as it
// came.
func forgivingTime(s string) (time.Time, timeForm, error) {
	t, form, err := parseTime(s)
	if err == nil {
		return t, form, nil
	}
	const date = len("2006-01-02")
	if len(s) == date {
		if midnight, _, dayErr := parseTime(s + "T00:00:00Z"); dayErr == nil {
			return midnight, formDate, nil
		}
	}
	var odd timeForm
	if len(s) > date && s[date] == ' ' {
		s, odd = s[:date]+"T"+s[date+1:], formBlank
	}
	if t, form, zoned := parseTime(s); zoned == nil {
		return t, form | odd, nil
	}
	t, form, zoned := parseTime(s + "Z")
	if zoned != nil {
		return t, 0, err
	}
	return t, form | odd | formNoOffset, nil
}
