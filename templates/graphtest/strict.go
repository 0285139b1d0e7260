package graphtest

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
)

// check says why the service refuses a request; nil if it does not. The first fault is enough: headers come before the
// query, the query before the body, and a body is read from its beginning.
//
// Where the service differs from place to place, the stricter way is taken if a program that keeps to the reference never
// notices, and the more forgiving one otherwise:
//
//   - A read-only property in the body of a creation or a change is refused unless its value is null. The service ignores
//     some and refuses others; a client's Update sends none.
//   - The key in the body of a change is refused unless it is the one in the path. In that of a creation it is taken, since
//     there are entities whose keys the program chooses.
//   - A change need not name its type, for the service knows what it changes: the properties of derived types are taken.
//   - Letters of names are taken large or small, as the reference mixes them.
//   - A date-time may be written without an offset, and be a date alone; a Boolean may stand in quotes; a collection may be
//     null.
//   - An action whose parameters can all be null needs no body. Of others those are due that cannot be null, but for
//     enumerations: the service has values for those that are missing, as for the visibility of a team's clone.
//   - A parameter of the query that is none of OData's is refused if it is one letter away from one that is known. Others
//     are taken: the service ignores what it does not know, and the description leaves parameters out.
//   - OData's own options are taken wherever OData has them, whatever the description says: it leaves out too many.
//     $count is taken on single things as well, as the reference writes it.
//   - A link to a next page, or to later changes, that the fake has given out is not looked at.
func (in *request) check() error {
	c := &checker{schema: in.server.schema, in: in}
	switch in.op.kind {
	case create, replace:
		c.writes = true
	case update:
		c.writes, c.partial = true, true
	}
	if err := c.headers(); err != nil {
		return err
	}
	if !in.server.gave(in) {
		if err := c.query(); err != nil {
			return err
		}
	}
	return c.body()
}

// checker looks for what the service refuses in a request.
type checker struct {
	schema  *schema
	in      *request
	writes  bool // the body is an entity that is created or changed
	partial bool // of which only what changes is sent
}

// gave reports whether the address of a request is a link that the fake has given out.
func (s *fake) gave(in *request) bool {
	if len(in.query) == 0 {
		return false
	}
	s.mu.Lock()
	isGiven := s.links[linkKey(in.path+"?"+in.query.Encode())]
	s.mu.Unlock()
	return isGiven
}

// headers looks for those that a call cannot do without, and at what they say.
func (c *checker) headers() error {
	for _, name := range c.in.op.headers {
		if c.in.head(name) == "" {
			return bad("Required header '%s' is missing.", name)
		}
	}
	for _, name := range []string{"If-Match", "If-None-Match"} {
		for _, value := range c.in.header.Values(name) {
			if !isETags(value) {
				return bad("The etag value in one of the request headers is not valid: %s: %.60s", name, value)
			}
		}
	}
	return nil
}

// isETags reports whether a header is *, or entity tags with commas between. There are services whose tags have no quotes.
func isETags(text string) bool {
	if text == "*" {
		return true
	}
	for rest := strings.TrimSpace(text); ; {
		tag := strings.TrimPrefix(rest, "W/")
		end := strings.IndexByte(tag, ',')
		if strings.HasPrefix(tag, `"`) {
			if end = strings.IndexByte(tag[1:], '"') + 2; end < 2 {
				return false
			}
		} else if tag != rest || tag == "" || strings.ContainsAny(tag, "\" \t*") {
			return false
		}
		if end < 0 {
			return true
		}
		tag = strings.TrimSpace(tag[end:])
		if tag == "" {
			return true
		}
		if tag[0] != ',' {
			return false
		}
		rest = strings.TrimSpace(tag[1:])
	}
}

// body looks at what is sent.
func (c *checker) body() error {
	op, data := c.in.op, c.in.body
	isReference := strings.HasSuffix(op.path, "/$ref")
	switch {
	case len(data) == 0 && op.flags&bodyRequired != 0 && !c.isOptional(c.schema.types[op.body]):
		return bad("Empty Payload. JSON content expected.")
	case len(data) == 0, op.body == "stream", op.body == "text", op.body == "" && !isReference, op.kind == remove:
		return nil
	}
	if !isJSON(c.in.head("Content-Type")) {
		return bad("Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of "+
			"valid JSON format: the Content-Type is %q.", c.in.head("Content-Type"))
	}
	if !json.Valid(data) {
		err := json.Unmarshal(data, new(json.RawMessage))
		return bad("Unable to read JSON request payload. Please ensure Content-Type header is set and payload is of "+
			"valid JSON format: %s", err.Error())
	}
	data = bytes.TrimSpace(data)
	if isReference {
		return c.referenceBody(data)
	}
	if t := c.schema.types[op.body]; t != nil {
		return c.object("", t, data)
	}
	return c.value("", &property{of: op.body}, data)
}

// isOptional reports whether an action needs none of its parameters, and so no body.
//
//go:noinline
func (c *checker) isOptional(t *structuredType) bool {
	if t == nil || t.flags&parameters == 0 {
		return false
	}
	for _, p := range t.properties {
		if p.flags&nullable == 0 || p.flags&required != 0 {
			return false
		}
	}
	return true
}

// value looks at the value of a property.
func (c *checker) value(place string, p *property, data []byte) error {
	of, isCollection := itemOf(p.of)
	if !isCollection {
		return c.single(place, of, p.flags&nullable != 0, data)
	}
	switch {
	case isNull(data):
		return nil
	case len(data) == 0 || data[0] != '[':
		return at(place, "A collection of '%s' is expected, and this is %s.", of, jsonKind(data))
	}
	for i, item := range elementsOf(data) {
		if p.maxItems > 0 && i >= p.maxItems {
			return at(place, "The collection has more than %s items.", strconv.Itoa(p.maxItems))
		}
		if err := c.single(atIndex(place, i), of, p.flags&nullable != 0, item); err != nil {
			return err
		}
	}
	return nil
}

// single looks at a value that is no collection.
func (c *checker) single(place, of string, canBeNull bool, data []byte) error {
	if isNull(data) {
		if !canBeNull && of != "Edm.Untyped" && c.schema.tellsNull(of) {
			return at(place, "A null value was found, and the expected type '%s' does not allow null values.", of)
		}
		return nil
	}
	if strings.HasPrefix(of, "Edm.") {
		return primitive(place, of, data)
	}
	if e := c.schema.enums[of]; e != nil {
		return e.check(place, data)
	}
	if t := c.schema.types[of]; t != nil {
		return c.object(place, t, data)
	}
	return nil // the tables do not say what it is
}

// object looks at an entity or a complex value, or the parameters of an action.
func (c *checker) object(place string, declared *structuredType, data []byte) error {
	if len(data) == 0 || data[0] != '{' {
		return at(place, "An object of type '%s' is expected, and this is %s.", declared.name, jsonKind(data))
	}
	all := membersOf(data)
	t, isNamed, err := c.typeOf(place, declared, all)
	if err != nil {
		return err
	}
	if id := memberOf(all, "@odata.id"); id != nil {
		return c.address(inPlace(place, "@odata.id"), declared, c.schema.setOf(declared), id.value) // it stands for what is there
	}
	o := &inspected{checker: c, place: place, t: t, isTop: place == "", isGuessed: !isNamed && place == "" && c.partial}
	if t.flags&abstract != 0 && !isNamed && !o.isGuessed {
		return at(place, "Cannot create an abstract class: '%s' is abstract, and the value has no @odata.type.", t.name)
	}
	for i, m := range all {
		if memberOf(all[:i], m.name) != nil {
			return at(inPlace(place, m.name), "Multiple properties with the name '%s' were detected.", m.name)
		}
		if err := o.member(m); err != nil {
			return err
		}
	}
	return o.complete(all)
}

// typeOf is the type of an object: the one that it names, or else the one that is declared.
func (c *checker) typeOf(place string, declared *structuredType, all []member) (t *structuredType, isNamed bool, err error) {
	named := memberOf(all, "@odata.type")
	if named == nil {
		return declared, false, nil
	}
	place = inPlace(place, "@odata.type")
	name := strings.TrimPrefix(unquoted(named.value), "#")
	t = c.schema.types[name]
	switch {
	case !isString(named.value) || name == "":
		return nil, false, at(place, "The name of a type is expected, and this is %s.", jsonKind(named.value))
	case t == nil && declared.flags&border != 0:
		return declared, true, nil // what is derived from it is outside of the slice
	case t == nil || t.flags&parameters != 0:
		return nil, false, at(place, "A type named '%s' could not be resolved: the slice has none.", name)
	case !c.schema.isA(t, declared):
		return nil, false, at(place, "The value specifies its type as '%s', which is incompatible with the expected type '%s'.",
			name, declared.name)
	case t.flags&abstract != 0:
		return nil, false, at(place, "Cannot create an abstract class: '%s' is abstract.", name)
	}
	return t, true, nil
}

// at is a fault and its place in the body.
//
//go:noinline
func at(place, format string, args ...string) error {
	if place == "" {
		place = "the body"
	}
	return bad("%s: "+format, append([]string{place}, args...)...)
}

// fault is why a request is refused, in the words of the service as far as it has any.
type fault string

func (f fault) Error() string { return string(f) }

//go:noinline
func bad(format string, args ...string) error {
	all := make([]any, len(args))
	for i, arg := range args {
		all[i] = arg
	}
	return fault(fmt.Sprintf(format, all...))
}
