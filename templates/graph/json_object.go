package graph

import (
	"encoding/json"
	"reflect"
	"sort"
	"strings"
)

// How the members of an object find the properties of a struct.

// object reads an object into v. A null for a property whose field cannot hold one is noted, so that it goes back.
//
// The service mostly sends properties in the order in which they are declared, and so one walk through them reads most
// of an object: each takes the member that comes next if it is its own. What is left begins another walk.
//
//go:noinline
func (r *jsonReader) object(v model) {
	if r.peek() != '{' {
		r.mismatch("an object") // of the object around this one
		return
	}
	r.spend(reflect.TypeOf(v).Elem().Size())
	outer := r.frame
	r.frame, r.nullKept = frame{of: v}, false
	for r.begin(r.enter('{', '}')); r.member != ""; {
		if !r.offer(v) {
			r.undeclared(v)
		}
	}
	if _, isAbstract := v.(abstract); isAbstract && *v.rest().odataType == "" {
		r.noted().untyped = true
	}
	r.frame = outer
}

// offer reads members into the fields that they have; false if the next one has none.
func (r *jsonReader) offer(v model) bool {
	start := r.pos
	if strings.HasPrefix(r.member, `"@`) {
		rest := v.rest()
		r.annotation(`"@odata.type":`, rest.odataType)
		r.annotation(`"@odata.etag":`, rest.etag)
	}
	if r.pos == start { // no member ends where it begins
		v.properties(&r.codec)
	}
	return r.pos != start
}

func (r *jsonReader) annotation(key string, into *string) {
	if into != nil && r.at(key) {
		*into = r.string()
		r.advance(key)
	}
}

// undeclared keeps a member that has no field, unless its name is written in another way than in a key: with escapes,
// or a blank behind it.
func (r *jsonReader) undeclared(v model) {
	start := r.pos
	name := r.name()
	switch value := r.pos; {
	case r.err != nil:
		r.begin(false)
		return
	case value-start != len(`"":`)+len(name):
		r.member = keyText(name)
		r.pos -= len(r.member) // at goes this much forward
		if r.offer(v) {
			return
		}
		r.pos = value
	}
	r.frame.valueAt = r.pos
	r.keep(v.rest().extra, name)
	r.nullKept = true // as its text
	r.note(name)
	r.proceed()
}

// begin looks at the object's next member, if there is one.
func (r *jsonReader) begin(more bool) {
	r.member = ""
	if !more {
		return
	}
	if r.peek() != '"' {
		r.expected("a property name")
		return
	}
	r.member = r.data[r.pos:]
}

// at goes to the value of the member that comes next if it is the property with the key, such as "topic": with quotes
// and colon. So the names of properties are not read, but compared; those of most begin with another letter.
func (r *jsonReader) at(key string) bool {
	return len(key) <= len(r.member) && key[1] == r.member[1] && r.take(key)
}

func (r *jsonReader) take(key string) bool {
	if !strings.HasPrefix(r.member, key) {
		return false
	}
	r.pos += len(key)
	r.frame.valueAt = r.pos
	return true
}

// atBind is at for the property's "name@odata.bind".
func (r *jsonReader) atBind(key string) bool {
	name := key[:len(key)-len(`":`)]
	return strings.HasPrefix(r.member, name) && strings.HasPrefix(r.member[len(name):], bindSuffix) &&
		r.at(name+bindSuffix)
}

// advance goes on to the next member when the value of the one with the key has been read.
func (r *jsonReader) advance(key string) {
	if r.err != nil || r.isUnread() || r.isLost() {
		r.note(keyName(key))
	}
	r.proceed()
}

func (r *jsonReader) proceed() {
	r.nullKept = false
	r.begin(r.err == nil && r.next('}'))
}

// note notes what is to be told of the value that has been read, or to be kept.
func (r *jsonReader) note(name string) {
	if r.err != nil {
		r.err = inside(r.err, name)
		return
	}
	if r.isUnread() {
		r.setAside(name)
	}
	if r.isLost() {
		r.noted().names = append(r.noted().names, name)
	}
}

// noted is what is noted of the object that is being read.
func (r *jsonReader) noted() *nulls {
	if r.frame.noted == nil {
		r.spend(nullsSize)
		r.frame.noted = r.frame.of.rest().noted()
	}
	return r.frame.noted
}

// isLost reports whether the value that has been read is a null that its field cannot hold.
func (r *jsonReader) isLost() bool {
	return !r.nullKept && strings.HasSuffix(r.data[:r.pos], "null") // which no other value ends with
}

// keep reads a value and keeps its text under name.
func (r *jsonReader) keep(extra *map[string]json.RawMessage, name string) {
	if *extra == nil {
		*extra = make(map[string]json.RawMessage)
	}
	r.spend(extraSize)
	(*extra)[name] = r.raw()
}

// sortedNames are the keys of m. The sort is the standard library's own: one of slices would be compiled into each
// package.
func sortedNames[T any](m map[string]T) []string {
	names := make([]string, 0, len(m))
	for name := range m {
		names = append(names, name)
	}
	sort.Strings(names)
	return names
}
