package names

import (
	"fmt"
	"strings"
	"unicode"

	"github.com/graphslice/graphslice/generator/internal/service"
)

// initialisms are the words that Go writes in capitals; the plural keeps a small s.
var initialisms = map[string]string{
	"acl": "ACL", "api": "API", "apis": "APIs", "cpu": "CPU", "css": "CSS", "dns": "DNS", "eof": "EOF",
	"guid": "GUID", "guids": "GUIDs", "html": "HTML", "http": "HTTP", "https": "HTTPS", "id": "ID", "ids": "IDs",
	"ip": "IP", "ips": "IPs", "json": "JSON", "qps": "QPS", "ram": "RAM", "rpc": "RPC", "sla": "SLA", "smtp": "SMTP",
	"sql": "SQL", "ssh": "SSH", "tcp": "TCP", "tls": "TLS", "ttl": "TTL", "udp": "UDP", "ui": "UI", "uri": "URI",
	"uris": "URIs", "url": "URL", "urls": "URLs", "utc": "UTC", "utf8": "UTF8", "uuid": "UUID", "vm": "VM", "xml": "XML",
	"xmpp": "XMPP", "xss": "XSS",
	// Words that OData writes as one.
	"etag": "ETag", "orderby": "OrderBy", "odata": "OData",
}

// symbols spells the characters that may be all that a name has, so that it still has a Go name.
var symbols = map[rune]string{
	'+': "Plus", '-': "Minus", '*': "Star", '/': "Slash", '<': "Less", '>': "Greater", '=': "Equal",
	'!': "Not", '%': "Percent", '&': "And", '|': "Or", '#': "Hash", '$': "Dollar", '@': "At", '.': "Dot", '_': "Underscore",
}

// words splits a name where its case changes and at everything that is neither letter nor digit:
// "webUrl" is web, Url; "iOSApp" is i, OS, App; "3dModel" is 3d, Model.
func words(name string) []string {
	var out []string
	var word []rune
	flush := func() {
		if len(word) > 0 {
			out = append(out, string(word))
			word = nil
		}
	}
	runes := []rune(name)
	for i, r := range runes {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			flush()
			continue
		}
		if i > 0 && unicode.IsUpper(r) {
			afterLower := unicode.IsLower(runes[i-1]) || unicode.IsDigit(runes[i-1])
			endsCapitals := unicode.IsUpper(runes[i-1]) && i+1 < len(runes) && unicode.IsLower(runes[i+1])
			if afterLower || endsCapitals {
				flush()
			}
		}
		word = append(word, r)
	}
	flush()
	return out
}

// exported returns name as an exported Go identifier: "webUrl" is WebURL, "3dModel" is X3dModel, "+" is Plus.
func exported(name string) string {
	s := camel(name)
	if s == "" {
		return "X"
	}
	if r := []rune(s)[0]; !unicode.IsUpper(r) {
		return "X" + s
	}
	return s
}

// camel returns the words of name with capitals in front, fit to follow a prefix.
func camel(name string) string {
	var b strings.Builder
	for i, part := range underscored(name) {
		if i > 0 {
			b.WriteByte('_')
		}
		for _, w := range words(part) {
			b.WriteString(capital(w))
		}
	}
	if strings.Trim(b.String(), "_") == "" {
		b.Reset()
		for _, r := range name {
			if s, ok := symbols[r]; ok {
				b.WriteString(s)
			} else {
				fmt.Fprintf(&b, "U%04X", r)
			}
		}
	}
	return b.String()
}

// spelled is prefix and name with the symbols of name in words, where it has any that are more than a gap between words: "Grade" and
// "a+" are GradeAPlus.
func spelled(prefix, name string) string {
	var b strings.Builder
	hasSymbols := false
	for _, r := range name {
		if s, ok := symbols[r]; ok && !strings.ContainsRune("-_./", r) {
			hasSymbols = true
			b.WriteString(" " + s + " ")
		} else {
			b.WriteRune(r)
		}
	}
	if !hasSymbols {
		return ""
	}
	return prefix + camel(b.String())
}

// underscored splits a name where an underscore stands before a capital. There it is more than the place of a capital
// that snake case leaves out, and it is kept: Microsoft has enumerations with remoteControl and remote_Control.
func underscored(name string) []string {
	var parts []string
	start := 0
	for i := 0; i+1 < len(name); i++ {
		if name[i] == '_' && name[i+1] >= 'A' && name[i+1] <= 'Z' && i > start {
			parts = append(parts, name[start:i])
			start = i + 1
		}
	}
	return append(parts, name[start:])
}

func capital(word string) string {
	if s, ok := initialisms[strings.ToLower(word)]; ok {
		return s
	}
	runes := []rune(word)
	return string(unicode.ToUpper(runes[0])) + string(runes[1:])
}

// field returns name as an exported identifier that keeps its underscores, for a property: OData writes names without
// them, and where Microsoft has both query_string and queryString they are two properties.
func field(name string) string {
	parts := strings.Split(name, "_")
	for i, part := range parts {
		if part != "" {
			parts[i] = camel(part)
		}
	}
	s := strings.Join(parts, "_")
	switch {
	case strings.Trim(s, "_") == "":
		return exported(name)
	case !unicode.IsUpper([]rune(s)[0]):
		return "X" + s
	}
	return s
}

// unexported returns name as an unexported Go identifier that is no keyword and hides nothing: "appId" is appID,
// "type" is typeValue.
func unexported(name string) string {
	ws := words(name)
	if len(ws) == 0 {
		return "value"
	}
	var b strings.Builder
	b.WriteString(strings.ToLower(ws[0]))
	for _, w := range ws[1:] {
		b.WriteString(capital(w))
	}
	s := b.String()
	if hidden[s] {
		return s + "Value"
	}
	if unicode.IsDigit([]rune(s)[0]) {
		return "x" + s
	}
	return s
}

// hidden are the names that a parameter must not take: keywords, predeclared identifiers, the packages that generated
// files import and the names that generated functions use themselves.
var hidden = func() map[string]bool {
	m := map[string]bool{}
	for _, s := range strings.Fields(`
		break case chan const continue default defer else fallthrough for func go goto if import interface map package
		range return select struct switch type var
		any append bool byte cap clear close comparable complex complex64 complex128 copy delete error false float32
		float64 imag int int8 int16 int32 int64 iota len make max min new nil panic print println real recover rune
		string true uint uint8 uint16 uint32 uint64 uintptr
		context http io iter json time url
		c ctx opts options parameters q r v w`) {
		m[s] = true
	}
	return m
}()

// qualified returns the Go name of a qualified OData name: "microsoft.graph.callRecords.session" is
// CallRecordsSession.
func qualified(name string) string { return exported(service.Graph.Short(name)) }
