package graph

import (
	"errors"
	"fmt"
	"strings"
)

// byTemplate appends a segment that holds arguments inside of text, such as "{name}.{ext}".
func (r *resource) byTemplate(template string, args ...keyArg) *resource {
	r = r.copied()
	text, escaped, err := fill(template, args, escapeSegment)
	if err == nil && hasOtherMeaning(text) {
		err = fmt.Errorf("%.40q has another meaning in a path", text)
	}
	if err != nil {
		return r.fail(fmt.Errorf("the segment %s after %s: %w", template, r.path, err))
	}
	return r.addAs("/"+escaped, "/"+template)
}

// byPath appends an address, such as "{item-path}": a path by which the service finds what is below the entity. It
// stands between colons, root:/a/b:/content; that behind it is left out where nothing follows.
func (r *resource) byPath(template string, args ...keyArg) *resource {
	r = r.copied()
	text, escaped, err := fill(template, args, escapeAddress)
	if err == nil {
		err = checkAddress(text)
	}
	if err != nil {
		return r.fail(fmt.Errorf("the path after %s: %w", r.path, err))
	}
	next := r.addAs(":/"+escaped, ":/"+template)
	next.open = true
	return next
}

// closed ends an address by its colon although nothing follows.
func (r *resource) closed() *resource { return r.addAs("", "") }

// fill puts the arguments into a template, as they are and percent-encoded.
func fill(template string, args []keyArg, escape func(string) string) (text, escaped string, err error) {
	raw, encoded := make([]string, 0, 2*len(args)), make([]string, 0, 2*len(args))
	for _, arg := range args {
		value := queryText(arg.value)
		if value == "" {
			return "", "", fmt.Errorf("%s is empty", arg.name)
		}
		if err := textFault(value); err != nil {
			return "", "", fmt.Errorf("%s: %w", arg.name, err)
		}
		name := "{" + arg.name + "}"
		raw, encoded = append(raw, name, value), append(encoded, name, escape(value))
	}
	return strings.NewReplacer(raw...).Replace(template), strings.NewReplacer(encoded...).Replace(template), nil
}

// escapeAddress percent-encodes a path for an address. Its slashes stay; a colon would end the address.
func escapeAddress(path string) string {
	segments := strings.Split(path, "/")
	for i, segment := range segments {
		segments[i] = strings.ReplaceAll(escapeSegment(segment), ":", "%3A")
	}
	return strings.Join(segments, "/")
}

// checkAddress refuses a path that would lead elsewhere than down. Some servers read a backslash as a slash.
func checkAddress(path string) error {
	if strings.Contains("/"+path+"/", "//") {
		return errors.New("a segment of it is empty; it begins and ends without a slash, as in Documents/report.txt")
	}
	for _, segment := range strings.FieldsFunc(path, func(c rune) bool { return c == '/' || c == '\\' }) {
		if hasOtherMeaning(segment) {
			return fmt.Errorf("it has the segment %.40q, which has another meaning in a path", segment)
		}
	}
	return nil
}
