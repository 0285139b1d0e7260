package graph

import (
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"net/url"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"
)

// A key that goes into a URL is encoded in two layers: as an OData literal, where ' is doubled, and then for the
// URL, where everything with a meaning of its own is percent-encoded. The functions of this file do one layer each.

// GUID marks text as an Edm.Guid, which OData writes without quotes; a plain string is quoted. It is for arguments
// that are written into a filter.
type GUID string

// literal returns value as an OData literal, not yet encoded for a URL. Strings (enums are strings) are quoted,
// numbers, bools, times, dates and GUIDs are bare, a slice is a list for the operator "in", nil is null.
// A type without a literal, or a value that its type does not allow, is an error; its text never has the value.
func literal(value any) (string, error) {
	switch v := value.(type) {
	case nil:
		return "null", nil
	case GUID:
		if !isGUID(string(v)) {
			return "", errors.New("a GUID has 32 hexadecimal digits in groups of 8-4-4-4-12")
		}
		return string(v), nil
	case time.Time:
		b, err := appendTime(nil, v, 0)
		return string(b), err
	case Date:
		return v.String(), v.check()
	case TimeOfDay:
		return v.String(), v.check()
	case time.Duration:
		return "duration'" + string(DurationOf(v)) + "'", nil
	case Duration:
		_, err := ParseDuration(string(v))
		return "duration'" + string(v) + "'", err
	case Decimal:
		return string(v), v.check()
	case []byte:
		return "binary'" + base64.URLEncoding.EncodeToString(v) + "'", nil
	}
	return kindLiteral(reflect.ValueOf(value))
}

// kindLiteral goes by the underlying type, so that an enum is a string.
func kindLiteral(v reflect.Value) (string, error) {
	switch v.Kind() {
	case reflect.String:
		return quoteLiteral(v.String()), textFault(v.String())
	case reflect.Bool:
		return strconv.FormatBool(v.Bool()), nil
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64:
		return strconv.FormatInt(v.Int(), 10), nil
	case reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64:
		return strconv.FormatUint(v.Uint(), 10), nil
	case reflect.Float32, reflect.Float64:
		return floatLiteral(v.Float(), v.Type().Bits()), nil
	case reflect.Slice:
		return listLiteral(v)
	}
	return "", fmt.Errorf("a value of type %s has no OData literal", v.Type())
}

func floatLiteral(f float64, bits int) string {
	switch {
	case math.IsInf(f, 1):
		return "INF"
	case math.IsInf(f, -1):
		return "-INF"
	}
	return strconv.FormatFloat(f, 'g', -1, bits) // NaN is "NaN"
}

func listLiteral(list reflect.Value) (string, error) {
	if list.Type().Elem().Kind() == reflect.Uint8 {
		return "", fmt.Errorf("a value of type %s has no OData literal", list.Type())
	}
	if list.Len() == 0 {
		return "", errors.New("the list is empty, and OData has no empty list")
	}
	items := make([]string, list.Len())
	for i := range items {
		item, err := literal(list.Index(i).Interface())
		if err != nil {
			return "", fmt.Errorf("item %d of a list: %w", i, err)
		}
		items[i] = item
	}
	return "(" + strings.Join(items, ",") + ")", nil
}

// The faults of text.
const (
	errZeroByte = constError("the text holds a zero byte")
	errNoUTF8   = constError("the text is not valid UTF-8")
)

// textFault returns why s is no text that OData has; nil if it is. Services differ in what they take such bytes for:
// some end the text at a zero byte, and some read overlong UTF-8 as dots and slashes.
func textFault(s string) error {
	switch {
	case strings.IndexByte(s, 0) >= 0:
		return errZeroByte
	case !utf8.ValidString(s):
		return errNoUTF8
	}
	return nil
}

// hasOtherMeaning reports whether a key would not be one as a segment of a path: "." and ".." climb, and what begins
// with $ is OData's own, such as $count.
func hasOtherMeaning(key string) bool {
	return key == "." || key == ".." || strings.HasPrefix(key, "$")
}

// quoteLiteral returns s as an OData string literal: in quotes, with each quote inside doubled.
func quoteLiteral(s string) string { return "'" + strings.ReplaceAll(s, "'", "''") + "'" }

func isGUID(s string) bool {
	if len(s) != 36 {
		return false
	}
	for i := range len(s) {
		switch c := s[i]; i {
		case 8, 13, 18, 23:
			if c != '-' {
				return false
			}
		default:
			if !isHex(c) {
				return false
			}
		}
	}
	return true
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// escapeLiteral percent-encodes an OData literal for a URL's path; the literal's quotes stay as they are.
func escapeLiteral(literal string) string { return string(appendEscaped(nil, literal, "'")) }

// escapeSegment percent-encodes a key that is a path segment by itself: users/{key}. A quote has no meaning there, so
// it is not doubled; servers differ in how they read a bare one, so it is percent-encoded.
func escapeSegment(key string) string { return string(appendEscaped(nil, key, "%27")) }

// appendEscaped appends s with quote for every ' in it, and with every other byte percent-encoded that may not stand
// for itself in a path segment.
func appendEscaped(dst []byte, s, quote string) []byte {
	const hex = "0123456789ABCDEF"
	n := plainKeyLen(s)
	for n < len(s) {
		dst = append(dst, s[:n]...)
		if c := s[n]; c == '\'' {
			dst = append(dst, quote...)
		} else {
			dst = append(dst, '%', hex[c>>4], hex[c&15])
		}
		s = s[n+1:]
		n = plainKeyLen(s)
	}
	return append(dst, s...)
}

// plainKeyLen returns how many bytes s begins with that may stand for themselves in a path segment (RFC 3986: pchar),
// the quote excepted, and the semicolon, from which on some proxies cut a segment off: they read "..;" as "..". So keys
// such as alex@contoso.com stay readable.
func plainKeyLen(s string) int {
	const plain = "" + // a table, since branches on the characters of a random key cannot be predicted
		"                                " +
		" !  $ & ()*+,-. 0123456789:  =  " +
		"@ABCDEFGHIJKLMNOPQRSTUVWXYZ    _" +
		" abcdefghijklmnopqrstuvwxyz   ~ "
	n := 0
	for n < len(s) && s[n] < 128 && plain[s[n]] != ' ' {
		n++
	}
	return n
}

// lastKey returns the decoded key that a link ends with, from set('19:…') as from set/19:…; "" if there is none.
// The link may be absolute or relative, percent-encoded or raw; a query is left out. A # belongs to the key: links in
// a Location have no fragment, but keys that nobody encoded do have it.
func lastKey(link string) string {
	if _, rest, absolute := strings.Cut(link, "://"); absolute {
		_, link, _ = strings.Cut(rest, "/")
	}
	first, last := lastSegment(link)
	text, err := url.PathUnescape(last)
	if err != nil {
		text = last // a raw key with a % in it
	}
	if name, args, ok := strings.Cut(text, "("); ok && name != "" && strings.HasSuffix(args, ")") {
		return keyInParens(strings.TrimSuffix(args, ")"))
	}
	if first {
		return ""
	}
	return text
}

// lastSegment returns the last segment of a path and whether it is the only one. Slashes inside of a quoted key do
// not part segments, and neither an empty segment nor a system one such as $value counts.
func lastSegment(path string) (first bool, last string) {
	count, start, quoted, closed := 0, 0, false, -1
	take := func(end int) {
		if segment := path[start:end]; segment != "" && segment[0] != '$' {
			last, count = segment, count+1
		}
		start = end + 1
	}
	for i := range len(path) {
		switch c := path[i]; {
		case c == '\'' && quoted:
			quoted, closed = false, i
		case c == '\'':
			// A doubled quote closes and opens again. In other places a quote is part of a raw key: users/o'neil.
			quoted = i > start && (strings.IndexByte("(=,", path[i-1]) >= 0 || closed == i-1)
		case quoted:
		case c == '/':
			take(i)
		case c == '?':
			take(i)
			return count == 1, last
		}
	}
	take(len(path))
	return count == 1, last
}

// keyInParens reads what stands in parentheses: 'key', key, or name='key'. Several keys are no single key: "".
func keyInParens(args string) string {
	if name, value, named := strings.Cut(args, "="); named && !strings.HasPrefix(args, "'") && name != "" {
		args = value
	}
	inner, quoted := strings.CutPrefix(args, "'")
	if !quoted {
		if strings.ContainsAny(args, ",=") {
			return ""
		}
		return args
	}
	inner, quoted = strings.CutSuffix(inner, "'")
	key := strings.ReplaceAll(inner, "''", "'")
	if !quoted || strings.Count(key, "'")*2 != strings.Count(inner, "'") {
		return ""
	}
	return key
}
